from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionComboBox,
)
from pytestqt.qtbot import QtBot

from briefer.domain.tags import TagKind
from briefer.ui.forms.fields import Fields
from briefer.ui.icons import icon
from briefer.ui.theme import DARK, LIGHT, Colours, blend, contrast, readable_on, style_sheet

_TEXTS = [
    ("text", "window"), ("text", "surface"), ("text", "surface_low"), ("text", "selection"),
    ("text", "excerpt"), ("text_soft", "window"), ("text_soft", "surface"), ("text_soft", "surface_low"),
    ("text_faint", "surface"), ("text_faint", "window"), ("on_accent", "accent"), ("rail_text", "rail"),
    ("rail_text", "rail_current"), ("hit_text", "hit"), ("danger", "surface"), ("danger", "window"),
    ("danger", "danger_surface"), ("warning", "warning_surface"), ("accent_strong", "surface"),
    ("picked_text", "picked"),
]  # fmt: skip


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), _TEXTS)
def test_text_can_be_read(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(QColor(getattr(colours, ink)), QColor(getattr(colours, ground))) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", list(TagKind))
def test_pills_can_be_read(colours: Colours, kind: TagKind) -> None:
    ink, ground = colours.pill(kind)
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("percent", range(0, 101, 5))
def test_counts_can_be_read_on_every_shade(colours: Colours, percent: int) -> None:
    ground = blend(QColor(colours.surface), QColor(colours.heat), percent / 100)
    assert contrast(readable_on(ground, QColor("#10161f"), QColor("#ffffff")), ground) >= 4.5


def test_an_icon_that_is_off_has_the_ink_of_what_is_off(qapp: QApplication) -> None:
    made = icon("library", "#ffffff", "#00ff00", "#123456")

    def inks(mode: QIcon.Mode, state: QIcon.State) -> set[str]:
        picture = made.pixmap(64, mode, state).toImage()
        spots = [picture.pixelColor(x, y) for x in range(64) for y in range(64)]
        return {spot.name() for spot in spots if spot.alpha() == 255}

    assert inks(QIcon.Mode.Normal, QIcon.State.Off) == {"#ffffff"}
    assert inks(QIcon.Mode.Normal, QIcon.State.On) == {"#00ff00"}
    assert inks(QIcon.Mode.Disabled, QIcon.State.Off) == {"#123456"}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_box_to_tick_in_a_list_has_an_outline_that_can_be_seen(colours: Colours, qtbot: QtBot) -> None:
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.setStyleSheet(style_sheet(colours))
    row = QListWidgetItem()
    row.setCheckState(Qt.CheckState.Unchecked)
    rows.addItem(row)
    place = rows.visualItemRect(row)
    with qtbot.waitExposed(rows):
        rows.show()
    shown = rows.viewport().grab(place).toImage()
    inks = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())}
    ground = QColor(colours.surface)
    assert max(contrast(QColor(ink), ground) for ink in inks) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_selected_text_is_told_from_an_excerpt_and_from_the_page(colours: Colours) -> None:
    for ground in (colours.excerpt, colours.surface, colours.hit):
        assert contrast(QColor(colours.picked), QColor(ground)) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_place_unfilled(colours: Colours) -> None:
    assert "$" not in style_sheet(colours)


def test_contrast_of_black_and_white() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


def test_the_list_of_a_choice_stands_whole_below_its_field(qtbot: QtBot) -> None:
    choice = QComboBox()
    qtbot.addWidget(choice)
    choice.setStyleSheet(style_sheet(LIGHT))
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    # Over its field, with arrows to scroll, the list is too low for the room that its entries have.
    assert choice.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup, option, choice) == 0


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_number_can_be_read_in_its_field(colours: Colours, qtbot: QtBot) -> None:
    fields = Fields()
    number = fields.number("pages", "Pages", "no budget")
    qtbot.addWidget(fields)
    fields.setStyleSheet(style_sheet(colours))
    fields.resize(400, 80)
    with qtbot.waitExposed(fields):
        fields.show()
    line = number.findChild(QLineEdit)
    assert line is not None
    for value in (0, 88):
        number.setValue(value)
        assert line.width() >= line.fontMetrics().horizontalAdvance(number.text())
        assert line.height() >= line.fontMetrics().height()
