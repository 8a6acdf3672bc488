"""What an empty library shows: how to begin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyLibrary(QWidget):
    """One prominent button to import, and the sample for those who only look."""

    import_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()
    sample_wanted = Signal()

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
        self._bring.setFocus()

    def _fill_card(self, column: QVBoxLayout) -> None:
        title = QLabel(self.tr("This library is empty"))
        title.setProperty("role", "title")
        hint = QLabel(
            self.tr(
                "Import web pages, PDFs, Word files, e-mails or reference lists, drop them anywhere on this "
                "window, or paste a selection. "
                "Briefer finds title, date and paragraphs, hides menus and adverts, and suggests tags."
            )
        )
        hint.setWordWrap(True)
        self._bring = QPushButton(self.tr("Import files…"))
        self._bring.setProperty("primary", True)
        self._bring.setMinimumHeight(44)
        self._bring.clicked.connect(self.import_wanted)
        sample = QPushButton(self.tr("Open the sample library instead…"))
        sample.clicked.connect(self.sample_wanted)
        folder = QPushButton(self.tr("Import a folder…"))
        folder.clicked.connect(self.folder_wanted)
        paste = QPushButton(self.tr("Paste"))
        paste.setToolTip(self.tr("What is on the clipboard, as a source (Ctrl+Shift+V)"))
        paste.clicked.connect(self.paste_wanted)
        others = QHBoxLayout()
        for button in (folder, paste, sample):
            others.addWidget(button)
        others.addStretch(1)
        column.setContentsMargins(36, 30, 36, 30)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(hint)
        column.addSpacing(4)
        column.addWidget(self._bring)
        column.addLayout(others)
