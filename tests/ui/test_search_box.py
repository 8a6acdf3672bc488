"""A long entry shows that there is more of it; where somebody writes, the field is as any other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefer.ui.search_box import SearchBox

_LONG = "Manual of a style with a long name, in its second edition, for notes and a bibliography"


def test_an_entry_that_is_cut_off_ends_in_dots_until_it_is_edited(qtbot: QtBot) -> None:
    window, box, other = QWidget(), SearchBox(), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(box)
    layout.addWidget(other)
    qtbot.addWidget(window)
    window.resize(260, 90)
    box.addItems([_LONG, f"{_LONG} of another kind"])
    box.show_entry(0)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    first = box.line.grab().toImage()
    box.show_entry(1)
    assert box.line.grab().toImage() == first  # the same beginning, the same dots
    box.line.setFocus()
    assert box.line.grab().toImage() != first


def test_what_is_typed_after_a_click_takes_the_place_of_the_entry(qtbot: QtBot) -> None:
    window, other, box = QWidget(), QLineEdit(), SearchBox()
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(box)
    qtbot.addWidget(window)
    box.addItems(["None", "Secret"])
    box.show_entry(0)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    qtbot.mouseClick(box.line, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(box.line, "Sec")
    assert box.line.text() in {"Sec", "Secret"}
    qtbot.mouseClick(box.line, Qt.MouseButton.LeftButton)
    assert not box.line.hasSelectedText(), "a second click puts the cursor there"
