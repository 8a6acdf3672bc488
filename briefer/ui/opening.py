"""What is shown while a library opens, and no other is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

_WIDTH = 360


class OpeningPage(QWidget):
    """What is under way; with a bar where it is known how much of it is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self.tr("Opening…"))
        self._label.setProperty("role", "soft")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(_WIDTH)
        self._bar.setTextVisible(False)  # the words above it tell more
        self._bar.hide()
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(self._label)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def text(self) -> str:
        """Return what it says."""
        return self._label.text()

    def say(self, label: str) -> None:
        """Say what is under way."""
        self._label.setText(label)
        self._bar.setAccessibleName(label)

    def advance(self, done: int, total: int) -> None:
        """Show how much is done of how much."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._bar.hide()
