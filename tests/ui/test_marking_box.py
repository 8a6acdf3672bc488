from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from briefer.domain.markings import MarkingLevel, MarkingScheme
from briefer.ui.marking_box import MarkingBox

_SCHEMES = (
    MarkingScheme(
        "uk", "United Kingdom", (MarkingLevel("secret", "SECRET", 2), MarkingLevel("official", "OFFICIAL", 1))
    ),
    MarkingScheme("us", "United States", (MarkingLevel("s", "SECRET", 1),), name_ja="米国"),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def box(qtbot: QtBot, window: QWidget) -> MarkingBox:
    made = MarkingBox(_SCHEMES, "en", "Not marked", window)
    with qtbot.waitExposed(window):
        window.show()
    return made


def _type(qtbot: QtBot, box: MarkingBox, text: str) -> None:
    box.line.setFocus()
    box.line.selectAll()
    # Keys of letters beyond ASCII cannot be pressed in a test.
    box.line.insert(text)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)


def _popup(box: MarkingBox) -> QAbstractItemView:
    completer = box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    return popup


def test_all_levels_are_offered_from_the_lowest_of_each_scheme(box: MarkingBox) -> None:
    assert [box.itemData(row) for row in range(box.count())] == ["", "uk/official", "uk/secret", "us/s"]
    assert box.itemText(3) == "SECRET – United States"
    assert MarkingBox(_SCHEMES, "ja", "").itemText(3) == "SECRET – 米国"


def test_enter_takes_the_first_level_that_is_offered(box: MarkingBox, qtbot: QtBot) -> None:
    told: list[str] = []
    box.chosen.connect(told.append)
    _type(qtbot, box, "offic")
    assert told == ["uk/official"]
    assert box.line.text() == "OFFICIAL – United Kingdom"
    _type(qtbot, box, "Secret")
    assert box.offered == (
        "SECRET – United Kingdom",
        "SECRET – United States",
        "Other marking: Secret",
    )
    _type(qtbot, box, "united states")
    _type(qtbot, box, " ")
    assert told == ["uk/official", "uk/secret", "us/s", ""]
    assert box.line.text() in {"", "Not marked"}


def test_what_is_typed_as_a_label_comes_before_what_only_holds_it(qtbot: QtBot, window: QWidget) -> None:
    levels = (MarkingLevel("os", "OFFICIAL-SENSITIVE", 1), MarkingLevel("o", "OFFICIAL", 2))
    made = MarkingBox((MarkingScheme("x", "Sensitive Land", levels),), "en", "Not marked", window)
    with qtbot.waitExposed(window):
        window.show()
    _type(qtbot, made, "official")
    assert made.marking == "x/o"
    _type(qtbot, made, "sens")
    assert made.marking == "x/os", "in the label before in the name of the scheme"


def test_a_text_that_is_no_levels_is_taken_only_where_that_is_chosen(box: MarkingBox, qtbot: QtBot) -> None:
    told: list[str] = []
    box.chosen.connect(told.append)
    _type(qtbot, box, "取扱注意 (Eyes only)")
    assert told == []
    popup = _popup(box)
    assert popup.isVisible()
    assert box.offered == ("Other marking: 取扱注意 (Eyes only)",)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.line.text() == "取扱注意 (Eyes only)")
    assert told == [box.marking] == ["取扱注意 (Eyes only)"]


def test_a_level_is_chosen_in_the_list(box: MarkingBox, qtbot: QtBot) -> None:
    box.line.setFocus()
    box.line.selectAll()
    qtbot.keyClicks(box.line, "secret")
    popup = _popup(box)
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.marking == "us/s")
    assert box.line.text() == "SECRET – United States"


def test_leaving_takes_what_is_no_guess_and_else_keeps_what_was(
    box: MarkingBox, window: QWidget, qtbot: QtBot
) -> None:
    other = QLineEdit(window)
    other.show()
    for typed, kept in (
        ("secret", "uk/secret"),
        ("united", "uk/secret"),
        ("house only", "uk/secret"),
        ("states", "us/s"),
    ):
        box.line.setFocus()
        box.line.selectAll()
        box.line.insert(typed)
        _popup(box).hide()
        other.setFocus()
        qtbot.waitUntil(lambda kept=kept: box.marking == kept and not box.line.isModified())  # type: ignore[misc]


def test_the_scheme_of_a_marking_is_offered_first(box: MarkingBox, qtbot: QtBot) -> None:
    told: list[str] = []
    box.show_marking("uk/secret")
    box.chosen.connect(told.append)
    box.put_first("us/s")
    assert [box.itemData(row) for row in range(box.count())] == ["", "us/s", "uk/official", "uk/secret"]
    assert box.marking == "uk/secret"
    assert box.line.text() == "SECRET – United Kingdom"
    _type(qtbot, box, "secret")
    assert told == ["us/s"]


def test_what_is_stored_is_shown_and_nobody_is_told(box: MarkingBox) -> None:
    told: list[str] = []
    box.chosen.connect(told.append)
    for marking, text in (
        ("uk/secret", "SECRET – United Kingdom"),
        ("official", "OFFICIAL – United Kingdom"),
        ("SECRET", "SECRET"),
        ("House only", "House only"),
        ("", "Not marked"),
    ):
        box.show_marking(marking)
        assert box.line.text() == text
        assert box.marking == marking
    assert told == []
