"""What an empty library shows: how to begin."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from briefer.ui.card import Card


class EmptyLibrary(Card):
    """One prominent button to import, and the sample for those who only look."""

    import_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = QCoreApplication.translate
        files = QPushButton(tr("EmptyLibrary", "Import files…"))
        folder = QPushButton(tr("EmptyLibrary", "Import a folder…"))
        paste = QPushButton(tr("EmptyLibrary", "Paste"))
        paste.setToolTip(tr("EmptyLibrary", "What is on the clipboard, as a source (Ctrl+Shift+V)"))
        sample = QPushButton(tr("EmptyLibrary", "Open the sample library instead…"))
        text = tr(
            "EmptyLibrary",
            "Import web pages, PDFs, Word files, e-mails or reference lists, drop them anywhere on this "
            "window, or paste a selection. "
            "Briefer finds title, date and paragraphs, hides menus and adverts, and suggests tags.",
        )
        heading = tr("EmptyLibrary", "This library is empty")
        super().__init__(heading, text, files, (folder, paste, sample), parent)
        files.clicked.connect(self.import_wanted)
        folder.clicked.connect(self.folder_wanted)
        paste.clicked.connect(self.paste_wanted)
        sample.clicked.connect(self.sample_wanted)
