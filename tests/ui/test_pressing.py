from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefer.ui.pressing import press_focused


def _return(*, held: bool) -> QKeyEvent:
    return QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=held
    )


def test_a_held_return_presses_the_button_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("Undo", window)
    pressed: list[bool] = []
    button.clicked.connect(lambda _checked=False: pressed.append(True))
    with qtbot.waitExposed(window):
        window.show()
    button.setFocus()
    assert press_focused(window, _return(held=False))
    assert len(pressed) == 1
    assert press_focused(window, _return(held=True)), "nobody else takes it either"
    assert len(pressed) == 1
