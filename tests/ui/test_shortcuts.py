from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from briefer.ui.keys import shortcut_groups
from briefer.ui.shortcuts import ShortcutsDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> ShortcutsDialog:
    made = ShortcutsDialog(shortcut_groups())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _shown(dialog: ShortcutsDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if not label.isHidden()]


def test_the_list_fits_a_small_screen_and_is_scrolled_by_keys(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    (area,) = dialog.findChildren(QScrollArea)
    assert dialog.minimumSizeHint().width() <= 860
    assert dialog.height() <= 660
    assert area.horizontalScrollBar().maximum() == 0
    bar = area.verticalScrollBar()
    qtbot.keyClick(dialog.search, Qt.Key.Key_PageDown)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert bar.value() == bar.pageStep() + bar.singleStep()
    qtbot.keyClick(dialog.search, Qt.Key.Key_PageUp)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Up)
    assert bar.value() == 0


def test_keys_are_found_by_what_they_do(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    every = _shown(dialog)
    qtbot.keyClicks(dialog.search, "replace brief")
    assert _shown(dialog) == ["Briefs", "Ctrl+F, Ctrl+H", "Find, replace in the brief"]
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.search.setText("no such thing")
    assert _shown(dialog) == ["No key does that."]
    dialog.search.clear()
    assert _shown(dialog) == every
