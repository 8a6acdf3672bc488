"""The page that is shown while no library is open, or an empty one: what to do next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefer.ui.text import fill


class Welcome(QWidget):
    """One prominent way in (the sample), the others beside it, and the libraries used lately."""

    sample_wanted = Signal()
    open_wanted = Signal()
    new_wanted = Signal()
    recent_wanted = Signal(object)
    """The path of a library."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(600)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(36, 30, 36, 30)
        self._column.setSpacing(10)
        self._fill_card()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._column.addLayout(self._recent)

    def show_recent(self, libraries: tuple[Path, ...]) -> None:
        """List the libraries used lately."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if not libraries:
            return
        heading = QLabel(self.tr("Opened lately"))
        heading.setProperty("role", "heading")
        heading.setContentsMargins(0, 14, 0, 2)
        self._recent.addWidget(heading)
        for path in libraries[:5]:
            button = QPushButton(fill(self.tr("%1   —   %2"), path.name, path.parent))
            button.setProperty("quiet", True)
            button.setStyleSheet("text-align: left;")
            button.clicked.connect(lambda _checked=False, library=path: self.recent_wanted.emit(library))
            self._recent.addWidget(button)

    def focus_sample(self) -> None:
        """Put the focus on the prominent button."""
        self._sample.setFocus()

    def _fill_card(self) -> None:
        title = QLabel(self.tr("Briefer"))
        title.setProperty("role", "title")
        intro = QLabel(
            self.tr(
                "Collect sources, mark the passages that matter, tag them by partner and risk, "
                "and compose briefing notes in which every quotation leads back to its source. "
                "All of it stays in one file on this computer."
            )
        )
        intro.setWordWrap(True)
        self._sample = QPushButton(self.tr("Open the sample library"))
        self._sample.setProperty("primary", True)
        self._sample.setMinimumHeight(44)
        self._sample.setAccessibleDescription(
            self.tr("Makes a library of invented articles with a finished brief")
        )
        self._sample.clicked.connect(self.sample_wanted)
        hint = QLabel(
            self.tr("Sixteen invented articles, tagged, with a finished brief to look at and change.")
        )
        hint.setProperty("role", "soft")
        others = QHBoxLayout()
        new = QPushButton(self.tr("New library…"))
        new.clicked.connect(self.new_wanted)
        existing = QPushButton(self.tr("Open a library…"))
        existing.clicked.connect(self.open_wanted)
        others.addWidget(new)
        others.addWidget(existing)
        others.addStretch(1)
        self._column.addWidget(title)
        self._column.addWidget(intro)
        self._column.addSpacing(8)
        self._column.addWidget(self._sample)
        self._column.addWidget(hint, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(4)
        self._column.addLayout(others)
