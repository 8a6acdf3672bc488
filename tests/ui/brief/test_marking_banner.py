from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.brief.conftest import Open

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_the_marking_is_chosen_by_keys_and_can_be_undone(opened: Open) -> None:
    banner, before = opened.workspace.banner, opened.session.brief.marking
    assert banner.text() == "OFFICIAL"
    opened.page.activateWindow()
    opened.qtbot.waitUntil(opened.page.isActiveWindow)
    opened.press(opened.workspace, Qt.Key.Key_M, CONTROL_SHIFT)
    line = banner.popup.box.line
    opened.qtbot.waitUntil(banner.popup.isVisible)
    opened.qtbot.keyClicks(line, "TLP:AMBER+")
    opened.press(line, Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: not banner.popup.isVisible())
    assert opened.stored.marking == "tlp-2/amber-strict"
    assert banner.text() == "TLP:AMBER+STRICT"
    opened.undo()
    assert opened.stored.marking == before
    assert banner.text() == "OFFICIAL"


def test_a_brief_without_marking_says_so_and_keeps_its_place(opened: Open) -> None:
    banner = opened.workspace.banner
    height = banner.height()
    banner.click()
    popup = banner.popup
    popup.box.show_entry(0)
    popup.box.chosen.emit("")
    assert opened.stored.marking == ""
    assert banner.text() == "Not marked"
    assert banner.property("empty") is True
    QApplication.processEvents()
    assert banner.height() == height


def test_escape_leaves_the_marking_as_it_is(opened: Open) -> None:
    banner = opened.workspace.banner
    banner.click()
    opened.qtbot.keyClicks(banner.popup.box.line, "TLP:RED")
    opened.press(banner.popup.box.line, Qt.Key.Key_Escape)
    opened.press(banner.popup, Qt.Key.Key_Escape)
    assert not banner.popup.isVisible()
    assert opened.stored.marking == opened.session.brief.marking
    assert banner.text() == "OFFICIAL"
