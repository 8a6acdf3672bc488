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
        row = 0
        for column, (heading, keys) in enumerate(groups):
            row = 0
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
