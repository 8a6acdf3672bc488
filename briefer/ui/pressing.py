"""What keys do everywhere: Return presses the button that has the focus, in the window as in dialogs.

Qt leaves that to the desktop: some have Return press a button, others only the space bar, and outside of dialogs most
do not.
"""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QToolButton, QWidget

MENU_KEY = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
_RETURN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
).value


def types(event: QKeyEvent) -> bool:
    """Whether a key types a character."""
    text = event.text()
    return bool(text) and text.isprintable() and not event.keyCombination().toCombined() & _COMMANDS


def press_focused(window: QWidget, event: QKeyEvent) -> bool:
    """Press the button of ``window`` that has the focus, if ``event`` is Return alone; return whether there was one.

    A key that is held presses once.
    """
    button = window.focusWidget()
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in _RETURN or not plain or not isinstance(button, QPushButton | QToolButton):
        return False
    if event.isAutoRepeat():
        event.accept()  # the key is still held from a press that was meant for what had the focus before
        return True
    if isinstance(button, QToolButton) and button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup:
        button.showMenu()
    else:
        button.click()
    event.accept()
    return True


def open_context_menu() -> None:
    """Open the menu of what has the focus, as the menu key does: not every keyboard has one.

    Where Qt itself takes Shift+F10 for that key, as on Windows, this does the same.
    """
    widget = QApplication.focusWidget()
    if widget is not None and widget.isEnabled():
        cursor = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        place = QRectF(cursor).center().toPoint()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))


class KeyDialog(QDialog):
    """A dialog in which Return is for the field or button that has the focus, and for no default button.

    What has no use for Return leaves it unused: a list or a line in which it chooses something must not end the dialog
    in passing.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.keyCombination() == MENU_KEY:
            open_context_menu()
        elif event.key() not in _RETURN:
            super().keyPressEvent(event)
        elif not press_focused(self, event):
            event.ignore()
