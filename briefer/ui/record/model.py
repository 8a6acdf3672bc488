"""Entries of the record as rows, read when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt

from briefer.domain.record import Entry, told
from briefer.ui.context import Context
from briefer.ui.record.facts import wording
from briefer.ui.record.words import about, act, when
from briefer.ui.rows import Index, RowsModel

_PAGE = 100
_KEPT = 20
_LONGEST = 300

Read = Callable[[Sequence[int]], Sequence[Entry]]
_Page = tuple[int, int, Sequence[Entry]]


class RecordModel(RowsModel):
    """When, who, what, about what, and the facts in a line; pages of entries are read beside the window."""

    def __init__(self, context: Context, read: Read, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._read = read
        self._wording = wording(context)
        self._numbers: Sequence[int] = ()
        self._pages: OrderedDict[int, dict[int, Entry]] = OrderedDict()
        self._asked: set[int] = set()
        self._state = 0

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Show the entries of these numbers, in this order."""
        self.beginResetModel()
        self._numbers = numbers
        self._pages.clear()
        self._asked.clear()
        self._state += 1
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """Return the entry of a row, or None while it is being read."""
        page = row // _PAGE
        if page not in self._pages:
            self._ask(page)
            return None
        self._pages.move_to_end(page)
        return self._pages[page].get(self._numbers[row])

    def count(self) -> int:
        return len(self._numbers)

    def headings(self) -> tuple[str, ...]:
        return (self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("About"), self.tr("Facts"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} or not index.isValid():
            return None
        entry = self.entry(index.row())
        if entry is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        match index.column():
            case 0:
                return when(entry)
            case 1:
                return entry.who
            case 2:
                return act(entry.kind)
            case 3:
                return about(entry)
            case _:
                return "; ".join(f"{name}: {text}" for name, text in told(entry.facts, self._wording))[
                    :_LONGEST
                ]

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        numbers = self._numbers[page * _PAGE : (page + 1) * _PAGE]
        self._context.run(partial(_read_page, self._read, self._state, page, numbers), self._take)

    def _take(self, found: _Page) -> None:
        state, page, entries = found
        if state != self._state:
            return
        self._asked.discard(page)
        self._pages[page] = {entry.number: entry for entry in entries}
        if len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        last = min((page + 1) * _PAGE, len(self._numbers)) - 1
        self.dataChanged.emit(self.index(page * _PAGE, 0), self.index(last, self.columnCount() - 1))


def _read_page(read: Read, state: int, page: int, numbers: Sequence[int]) -> _Page:
    return state, page, read(numbers)
