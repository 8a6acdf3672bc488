"""A line of text edited in place: what is typed is stored when the user leaves it, and nothing else ever is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


class KeptLine(QLineEdit):
    """Emits ``kept`` with what was typed; an empty line is given back what is stored."""

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
        """Store what was typed."""
        text = self.text().strip()
        if text and text != self._stored:
            self._stored = text
            self.kept.emit(text)
        elif self.text() != self._stored:
            self.setText(self._stored)
