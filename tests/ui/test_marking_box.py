from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
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


def test_all_levels_are_offered_from_the_lowest_of_each_scheme(box: MarkingBox) -> None:
    assert [box.itemData(row) for row in range(box.count())] == ["", "uk/official", "uk/secret", "us/s"]
    assert box.itemText(3) == "SECRET – United States"
    assert MarkingBox(_SCHEMES, "ja", "").itemText(3) == "SECRET – 米国"


def test_a_part_of_one_entry_is_enough_and_any_other_text_is_a_marking(box: MarkingBox, qtbot: QtBot) -> None:
    told: list[str] = []
    box.chosen.connect(told.append)
    _type(qtbot, box, "offic")
    assert told == ["uk/official"]
    _type(qtbot, box, "Secret")
    assert box.marking == "Secret", "two schemes have it: whose it is cannot be known"
    _type(qtbot, box, "united states")
    _type(qtbot, box, "取扱注意 (Eyes only)")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    _type(qtbot, box, " ")
    assert told == ["uk/official", "Secret", "us/s", "取扱注意 (Eyes only)", ""]
    assert box.line.text() in {"", "Not marked"}


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
