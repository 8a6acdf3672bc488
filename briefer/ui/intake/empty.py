"""What the review shows when everything has been looked at, and while it is not known yet what there is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from briefer.ui.card import Card


class NothingToReview(Card):
    """Says so, and how more comes in; after a review, where the sources are now."""

    library_wanted = Signal()
    files_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = QCoreApplication.translate
        files = QPushButton(tr("NothingToReview", "Import files…"))
        folder = QPushButton(tr("NothingToReview", "Import a folder…"))
        paste = QPushButton(tr("NothingToReview", "Paste"))
        paste.setToolTip(tr("NothingToReview", "What is on the clipboard, as a source (Ctrl+Shift+V)"))
        text = tr(
            "NothingToReview",
            "Import files or folders, drop them anywhere on this window, or paste a selection. "
            "What comes in is listed here, the least sure first, until you accept it.",
        )
        read = QPushButton(tr("NothingToReview", "Read the sources in the library"))
        read.setToolTip(
            tr("NothingToReview", "Confirm suggested tags there, or select a passage and press E")
        )
        super().__init__(
            tr("NothingToReview", "Nothing to review"), text, files, (folder, paste, read), parent
        )
        self._read = read
        read.hide()  # nothing was reviewed yet
        read.clicked.connect(self.library_wanted)
        files.clicked.connect(self.files_wanted)
        folder.clicked.connect(self.folder_wanted)
        paste.clicked.connect(self.paste_wanted)

    def focus_reading(self) -> None:
        """Show what comes next when all was reviewed, and put the focus there."""
        self._read.show()
        self._read.setFocus()


class BeingRead(QLabel):
    """Says that the list is being read; it holds the focus until the list is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Reading…"))
        self.setProperty("role", "soft")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
