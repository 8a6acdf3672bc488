"""The list of shortcuts (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from briefer.ui.pressing import KeyDialog

Keys = Sequence[tuple[str, str]]


class ShortcutsDialog(KeyDialog):
    """What can be done with the keyboard, by place; typing narrows the list to the keys and words that are looked for."""

    def __init__(self, groups: Sequence[tuple[str, Keys]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._rows: list[tuple[str, tuple[QLabel, ...]]] = []
        self._headings: list[tuple[QLabel, int, int]] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("A key or what it does, such as Ctrl+E or export"))
        self.search.setAccessibleName(self.tr("Search the keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.look_for)
        self.none = QLabel(self.tr("No key does that."))
        self.none.setProperty("role", "soft")
        self.none.hide()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._list(groups))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.search)
        layout.addWidget(self.none)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(buttons)
        self.setMinimumSize(480, 320)
        self.resize(760, 600)

    def look_for(self, text: str) -> None:
        """Show the keys that have all words of ``text`` in their names or in what they do."""
        words = text.casefold().split()
        for told, labels in self._rows:
            for label in labels:
                label.setVisible(all(word in told for word in words))
        for heading, first, last in self._headings:
            heading.setVisible(any(not labels[0].isHidden() for _, labels in self._rows[first:last]))
        self.none.setVisible(all(labels[0].isHidden() for _, labels in self._rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll the list from the field too, which has no use for these keys."""
        bar, key = self._scroll.verticalScrollBar(), event.key()
        steps = {
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
        }
        if key in steps:
            bar.setValue(bar.value() + steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _list(self, groups: Sequence[tuple[str, Keys]]) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for heading, keys in groups:
            title = QLabel(heading)
            title.setProperty("role", "heading")
            title.setContentsMargins(0, 8 if self._rows else 0, 0, 0)
            grid.addWidget(title, grid.rowCount(), 0, 1, 2)
            first = len(self._rows)
            for key, what in keys:
                row, shown, does = grid.rowCount(), QLabel(key), QLabel(what)
                does.setWordWrap(True)
                grid.addWidget(shown, row, 0)
                grid.addWidget(does, row, 1)
                self._rows.append((f"{key} {what} {heading}".casefold(), (shown, does)))
            self._headings.append((title, first, len(self._rows)))
        grid.setRowStretch(grid.rowCount(), 1)
        return page
