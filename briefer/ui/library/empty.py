"""What an empty library shows: how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyLibrary(QWidget):
    """One prominent button to import, and the sample for those who only look."""

    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("This library is empty"))
        title.setProperty("role", "title")
        hint = QLabel(
            self.tr(
                "Import saved articles (.txt, .html) or drop them anywhere on this window. "
                "Briefer finds title, date and paragraphs, hides menus and adverts, and suggests tags."
            )
        )
        hint.setWordWrap(True)
        hint.setFixedWidth(520)
        bring = QPushButton(self.tr("Import files…"))
        bring.setProperty("primary", True)
        bring.setMinimumHeight(40)
        bring.clicked.connect(self.import_wanted)
        sample = QPushButton(self.tr("Open the sample library instead…"))
        sample.clicked.connect(self.sample_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(bring)
        buttons.addWidget(sample)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(hint)
        column.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(column)
        layout.addStretch(3)
        layout.setAlignment(column, Qt.AlignmentFlag.AlignHCenter)
