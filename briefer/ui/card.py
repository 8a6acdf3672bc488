"""A card in the middle of an empty place: what is not there yet, and the buttons that bring it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_WIDTH = 600


class Card(QWidget):
    """A title, some sentences, one prominent button, and others beside each other below it."""

    def __init__(
        self,
        title: str,
        text: str,
        prominent: QPushButton,
        others: Sequence[QPushButton],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prominent = prominent
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(_WIDTH)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
        heading, hint = QLabel(title), QLabel(text)
        heading.setProperty("role", "title")
        hint.setWordWrap(True)
        prominent.setProperty("primary", True)
        prominent.setMinimumHeight(44)
        line = QHBoxLayout()
        for button in others:
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(36, 30, 36, 30)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addSpacing(4)
        column.addWidget(prominent)
        column.addLayout(line)

    def focus(self) -> None:
        """Put the focus on the prominent button."""
        self._prominent.setFocus()
