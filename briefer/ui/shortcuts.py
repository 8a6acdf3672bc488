"""The list of shortcuts (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget


class ShortcutsDialog(QDialog):
    """What can be done with the keyboard, by place."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(3)
        column, row = -1, 0
        tallest = max(len(keys) for _heading, keys in groups) + 1
        for heading, keys in groups:
            # A short group stands below the one before, where there is room.
            beside = column < 0 or row + len(keys) + 2 > tallest
            column, row = (column + 1, 0) if beside else (column, row + 2)
            title = QLabel(heading)
            title.setProperty("role", "heading")
            grid.addWidget(title, row, 2 * column, 1, 2)
            for key, what in keys:
                row += 1
                shown = QLabel(key)
                shown.setProperty("role", "soft")
                grid.addWidget(shown, row, 2 * column, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(QLabel(what), row, 2 * column + 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.addLayout(grid)
        layout.addSpacing(10)
        layout.addWidget(buttons)
