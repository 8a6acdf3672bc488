"""Lines of text in the open brief: their undo goes on in the brief, and what is edited in place is stored as it is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from briefer.ui.brief.prose_keys import Key, key_of

_PASTE = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_V
)
STEPS = {Key.UNDO: -1, Key.REDO: 1}


class SteppingLine(QLineEdit):
    """Undoes what was typed in it; where nothing of that is left, the brief is asked to."""

    step_wanted = Signal(int)
    """Undo (-1) or do again (1) a step of the brief."""

    def take_step(self, step: int) -> bool:
        """Undo (-1) or do again (1) in the line itself; False where that is the brief's to do."""
        if step < 0 and self.isUndoAvailable():
            self.undo()
        elif step > 0 and (self.isUndoAvailable() or self.isRedoAvailable()):
            self.redo()
        else:
            self._hand_on()
            return False
        return True

    def forget_steps(self) -> None:
        """Let nothing be undone or done again in the line itself."""
        place = self.cursorPosition()
        self.setText(self.text())
        self.setCursorPosition(place)

    def _hand_on(self) -> None:
        # What was undone here came after the brief's step: it could not be done again in its order.
        self.forget_steps()

    def event(self, event: QEvent) -> bool:
        # In the window the key pastes a source: here it pastes the words, without their look.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.keyCombination() == _PASTE
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if event.keyCombination() == _PASTE:
            self.paste()
        elif key not in STEPS:
            super().keyPressEvent(event)
        elif not self.take_step(STEPS[key]):
            self.step_wanted.emit(STEPS[key])


class KeptLine(SteppingLine):
    """Tells of each change of what it says, to be stored soon; an empty line is given back what is stored."""

    typed = Signal()
    left = Signal()
    """The stay in the line has ended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""
        self.textChanged.connect(self._tell)
        self.editingFinished.connect(self._leave)

    @property
    def written(self) -> str:
        """What shall be stored."""
        return self.text().strip() or self._stored

    def show_stored(self, text: str) -> None:
        """Show what is stored, unless the user is in the midst of changing it."""
        shown, former = self.text().strip(), self._stored
        self._stored = text
        if shown == former != text:
            self.setText(text)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isUndoAvailable():
            while self.isUndoAvailable():
                self.undo()
        else:
            super().keyPressEvent(event)

    def _hand_on(self) -> None:
        self.left.emit()

    def _tell(self) -> None:
        if self.written != self._stored:
            self.typed.emit()

    def _leave(self) -> None:
        self.left.emit()
        if self.text() != self._stored:
            self.setText(self._stored)
