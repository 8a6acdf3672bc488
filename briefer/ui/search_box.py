"""A box of many entries, found by typing any part of one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyleOptionFrame,
    QStylePainter,
    QWidget,
)

from briefer.ui.choice import Choice

_ROWS = 14
_MARGIN = 2
"""Between the rim of a line and its text, as QLineEdit has it; in pixels."""


class _Line(QLineEdit):
    """A line that shows by «…» that there is more of it, as long as nobody writes in it."""

    _clicked_into = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._clicked_into = event.reason() is Qt.FocusReason.MouseFocusReason

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._clicked_into and not self.hasSelectedText():
            # What is typed takes the place of the entry, as after Tab: among its letters it would name nothing.
            self.selectAll()
        self._clicked_into = False

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        inside.adjust(_MARGIN, 0, -_MARGIN, 0)
        metrics = self.fontMetrics()
        if self.hasFocus() or metrics.horizontalAdvance(self.text()) <= inside.width():
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        told = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, told)


class SearchBox(Choice):
    """Typing narrows the list to the entries that hold what was typed, wherever it stands in them.

    Leaving the field takes the one entry that fits; where none or several do, subclasses say what becomes of the
    text by :meth:`take_other`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line: QLineEdit = _Line()
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
            self.line.setCursorPosition(0)
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
