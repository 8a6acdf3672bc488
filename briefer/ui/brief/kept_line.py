"""Lines of text in the open brief: their undo goes on in the brief, and what is edited in place is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from briefer.ui.brief.prose_keys import Key, key_of

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
            # What was undone here came after the brief's step: it could not be done again in its order.
            self.forget_steps()
            return False
        return True

    def forget_steps(self) -> None:
        """Let nothing be undone or done again in the line itself."""
        place = self.cursorPosition()
        self.setText(self.text())
        self.setCursorPosition(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if key not in STEPS:
            super().keyPressEvent(event)
        elif not self.take_step(STEPS[key]):
            self.step_wanted.emit(STEPS[key])


class KeptLine(SteppingLine):
    """Emits ``kept`` with what was typed when the user leaves it; an empty line is given back what is stored."""

    kept = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""
        self.editingFinished.connect(self.keep)

    def show_stored(self, text: str) -> None:
        """Show what is stored, unless the user is in the midst of changing it."""
        untouched = self.text() == self._stored
        self._stored = text
        if untouched and self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def keep(self) -> None:
        """Store what was typed; it is a step of the brief then."""
        text = self.text().strip()
        if text and text != self._stored:
            self._stored = text
            self.forget_steps()
            self.kept.emit(text)
        elif self.text() != self._stored:
            self.setText(self._stored)
