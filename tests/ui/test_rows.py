from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from briefer.ui.rows import choose_row


def test_a_row_is_chosen_alone_whatever_keys_are_held(qtbot: QtBot) -> None:
    view = QListView()
    view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
    view.setModel(QStringListModel(["Berlin", "Delhi", "Tokyo"], view))
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    choose_row(view, 0)
    window = view.windowHandle()
    QTest.keyPress(window, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
        choose_row(view, 2)
    finally:
        QTest.keyRelease(window, Qt.Key.Key_Control)
    assert [index.row() for index in view.selectedIndexes()] == [2]
    assert view.currentIndex().row() == 2
