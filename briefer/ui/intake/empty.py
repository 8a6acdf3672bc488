"""What the review shows when everything has been looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class NothingToReview(QWidget):
    """Says so, and how more comes in."""

    files_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(600)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
        self._fill_card(QVBoxLayout(card))

    def focus(self) -> None:
        """Put the focus on the prominent button."""
        self._files.setFocus()

    def _fill_card(self, column: QVBoxLayout) -> None:
        title = QLabel(self.tr("Nothing to review"))
        title.setProperty("role", "title")
        hint = QLabel(
            self.tr(
                "Import files or folders, drop them anywhere on this window, or paste a selection. "
                "What comes in is listed here, the least sure first, until you accept it."
            )
        )
        hint.setWordWrap(True)
        self._files = QPushButton(self.tr("Import files…"))
        self._files.setProperty("primary", True)
        self._files.setMinimumHeight(44)
        self._files.clicked.connect(self.files_wanted)
        folder = QPushButton(self.tr("Import a folder…"))
        folder.clicked.connect(self.folder_wanted)
        paste = QPushButton(self.tr("Paste"))
        paste.setToolTip(self.tr("What is on the clipboard, as a source (Ctrl+Shift+V)"))
        paste.clicked.connect(self.paste_wanted)
        others = QHBoxLayout()
        others.addWidget(folder)
        others.addWidget(paste)
        others.addStretch(1)
        column.setContentsMargins(36, 30, 36, 30)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(hint)
        column.addSpacing(4)
        column.addWidget(self._files)
        column.addLayout(others)
