"""The list below the search field: completions of what is typed, or the searches used lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from briefer.domain.queries import Field
from briefer.domain.tags import TagKind
from briefer.ui.context import Context
from briefer.ui.library.facet_kinds import value_label
from briefer.ui.library.query_completion import Completion, Offered, applied, completions
from briefer.ui.text import fill

_COMPLETION = Qt.ItemDataRole.UserRole
_WIDTH = 520


@dataclass(frozen=True)
class _Keys:
    """What keys do while the list is open."""

    down = frozenset({Qt.Key.Key_Down})
    up = frozenset({Qt.Key.Key_Up})
    take = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class SearchHelp(QListWidget):
    """Offers what may be meant; nothing is chosen until Down, Tab or the mouse chooses it."""

    query_chosen = Signal(str)
    """A whole query was chosen: a recent or a saved one."""
    list_wanted = Signal()
    recent_wanted = Signal()

    def __init__(self, context: Context, field: QLineEdit) -> None:
        super().__init__(field)
        self._context = context
        self._field = field
        self.offered = Offered()
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Completions"))
        field.installEventFilter(self)
        field.textEdited.connect(lambda _text: self.offer())
        self.itemClicked.connect(self._take)

    def offer(self) -> None:
        """Show what may be meant by what is typed."""
        text, cursor = self._field.text(), self._field.cursorPosition()
        self._list([(self._in_words(c), c) for c in completions(text, cursor, self.offered)])

    def show_queries(self, queries: Sequence[str]) -> None:
        """Show the searches used lately; without any, the list of excerpts is next."""
        if not queries:
            self.list_wanted.emit()
            return
        entries = [(query, Completion(0, len(self._field.text()), query)) for query in queries]
        self._list([(fill(self.tr("%1   ·   recent"), text), c) for text, c in entries])
        self.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Act on a key of the field; returns whether it was meant for the list."""
        key, row, opened = event.key(), self.currentRow(), self.isVisible()
        if key in _Keys.down and not opened:
            self.list_wanted.emit() if self._field.text() else self.recent_wanted.emit()
        elif not opened:
            return False
        elif key in _Keys.down:
            self.setCurrentRow(min(row + 1, self.count() - 1))
        elif key in _Keys.up:
            self.setCurrentRow(max(row - 1, 0))
        elif key in _Keys.take and (row >= 0 or key == Qt.Key.Key_Tab):
            self._take(self.item(max(row, 0)))
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            if key in _Keys.take:
                self.hide()
            return False
        return True

    def _list(self, entries: Sequence[tuple[str, Completion]]) -> None:
        self.clear()
        for text, completion in entries:
            item = QListWidgetItem(text)
            item.setData(_COMPLETION, completion)
            if completion.field is not None and completion.field.value in set(TagKind):
                kind = TagKind(completion.field.value)
                item.setForeground(QColor(self._context.colours.pill(kind)[0]))
            self.addItem(item)
        if not entries or not self._field.hasFocus():
            self.hide()
            return
        corner = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        height = self.count() * self.sizeHintForRow(0) + 2 * self.frameWidth() + 4
        self.setGeometry(corner.x(), corner.y(), min(_WIDTH, self._field.width()), height)
        self.show()

    def _take(self, item: QListWidgetItem | None) -> None:
        completion = item.data(_COMPLETION) if item is not None else None
        self.hide()
        if not isinstance(completion, Completion):
            return
        text, cursor = applied(self._field.text(), completion)
        if completion.field is None:
            self.query_chosen.emit(text)
            return
        self._field.setText(text)
        self._field.setCursorPosition(cursor)
        if cursor and text[cursor - 1] == ":":
            self.offer()

    def _in_words(self, completion: Completion) -> str:
        field = completion.field
        if field is None:
            return fill(self.tr("%1   ·   saved search"), completion.name)
        if not completion.value:
            return fill(self.tr("%1   ·   %2"), completion.text, self._meaning(field))
        if field in {Field.AFTER, Field.BEFORE, Field.KIND}:
            return completion.text
        label = value_label(field, completion.value, self._context)
        return fill(self.tr("%1   ·   %2"), label, completion.text)

    def _meaning(self, field: Field) -> str:
        return {
            Field.PARTNER: self.tr("a place or organisation"),
            Field.RISK: self.tr("a risk"),
            Field.THEME: self.tr("a theme"),
            Field.FREE: self.tr("a free tag"),
            Field.SOURCE: self.tr("words of a source's title"),
            Field.PUBLISHER: self.tr("who published it"),
            Field.SPEAKER: self.tr("who is quoted"),
            Field.LANG: self.tr("its language"),
            Field.KIND: self.tr("quotation or fact"),
            Field.GRADE: self.tr("its grade, such as B2"),
            Field.AFTER: self.tr("published in or after, such as 2025-10"),
            Field.BEFORE: self.tr("published before"),
            Field.DATE: self.tr("published within, such as 2025-01..2025-06"),
            Field.USED: self.tr("used in a brief: yes or no"),
            Field.IN: self.tr("used in one brief"),
        }[field]
