"""A box of many entries, found by typing any part of one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

_ROWS = 14


class SearchBox(QComboBox):
    """Typing narrows the list to the entries that hold what was typed, wherever it stands in them.

    Leaving the field takes the one entry that fits; where none or several do, subclasses say what becomes of the
    text by :meth:`take_other`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(_ROWS)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(_ROWS)
        self.setCompleter(completer)
        self.line.editingFinished.connect(self._settle)

    def show_entry(self, row: int) -> None:
        """Show an entry from its beginning, and tell nobody."""
        self.blockSignals(True)
        self.setCurrentIndex(row)
        self.blockSignals(False)
        self.line.setText(self.itemText(row))
        self.line.setCursorPosition(0)

    def take_other(self, text: str) -> None:
        """Take a text that is not one entry; here it gives way to the entry that was chosen."""
        del text
        self.show_entry(self.currentIndex())

    def _settle(self) -> None:
        typed = self.line.text().strip()
        if self.currentIndex() >= 0 and typed == self.itemText(self.currentIndex()):
            return
        folded = typed.casefold()
        texts = [self.itemText(row).casefold() for row in range(self.count())]
        whole = [row for row, text in enumerate(texts) if text == folded]
        found = whole or [row for row, text in enumerate(texts) if folded and folded in text]
        if len(found) == 1:
            self.setCurrentIndex(found[0])
            self.line.setCursorPosition(0)
        else:
            self.take_other(typed)
