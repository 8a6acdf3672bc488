"""Models of the middle list: matching excerpts by the page, matching sources."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from briefer.domain.queries import EVERYTHING, Node, Words
from briefer.domain.results import Hit, HitPage, Sort, SourceHit
from briefer.errors import KnownError
from briefer.ui.context import Context
from briefer.ui.library.in_words import heading_in_words, meta_of_hit, meta_of_source, why_in_words

if TYPE_CHECKING:
    from briefer.services.desk import Desk

PAGE = 50
_KEPT_PAGES = 40
_AT_ONCE = 2
_MOST_WANTED = 24
"""So many pages wait to be read at most: while a person drags through a long list, those passed by are dropped."""
ITEM = Qt.ItemDataRole.UserRole
"""The role of the :class:`Hit`, :class:`SourceHit` or :class:`Heading` of a row; None until its page has been read."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLES = {
    ITEM,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
}


@dataclass(frozen=True)
class Group:
    """Hits that are listed together: their heading, their number, and the query that finds them."""

    label: str
    count: int
    query: Node


@dataclass(frozen=True)
class Heading:
    """The row above a group."""

    label: str
    count: int
    folded: bool


@dataclass(frozen=True)
class Stretch:
    """Hits ``first`` to ``last`` (from 0, both included) of a query, in the order of the list."""

    query: Node
    first: int
    last: int


class ExcerptModel(QAbstractListModel):
    """All hits of a query, read page by page as rows are shown; few pages are kept.

    In groups, each has a heading and its hits below it, which a person can fold away.
    """

    page_read = Signal(int, int)
    """The first and last row that came in."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._groups: tuple[Group, ...] = ()
        self._headed = False
        self._folded: set[str] = set()
        self._starts: list[int] = []
        self._total = self._hits = 0
        self._pages: OrderedDict[tuple[int, int], tuple[Hit, ...]] = OrderedDict()
        self._wanted: list[tuple[int, int]] = []
        self._asked: set[tuple[int, int]] = set()
        self._round = 0
        self.query: Node | None = None
        self.order = Sort.NEWEST
        self.words: tuple[Words, ...] = ()

    def show(
        self,
        query: Node,
        sort: Sort,
        words: tuple[Words, ...],
        first: HitPage,
        groups: tuple[Group, ...] | None = None,
    ) -> None:
        """Show the hits of another query, of which the first page is read already; ``groups`` part them."""
        self.beginResetModel()
        self.query, self.order, self.words = query, sort, words
        self._forget()
        self._lay(first, groups)
        self.endResetModel()

    def show_given(self, groups: Sequence[tuple[str, tuple[Hit, ...]]]) -> None:
        """Show hits that are at hand already, in groups of a page at most."""
        self.beginResetModel()
        self.query = None
        self._forget()
        self._headed, self._hits = True, sum(len(hits) for _label, hits in groups)
        self._groups = tuple(Group(label, len(hits), EVERYTHING) for label, hits in groups)
        for number, (_label, hits) in enumerate(groups):
            self._pages[number, 0] = hits
        self._count()
        self.endResetModel()

    def refresh(self, first: HitPage, groups: tuple[Group, ...] | None = None) -> None:
        """Show the same query anew after a change, keeping the place in the list."""
        if self._headed or groups is not None:
            if self.query is not None:
                self.show(self.query, self.order, self.words, first, groups)
            return
        former = self._total
        if first.total > former:
            self.beginInsertRows(QModelIndex(), former, first.total - 1)
        elif first.total < former:
            self.beginRemoveRows(QModelIndex(), first.total, former - 1)
        kept = [page for _group, page in self._pages if page and page * PAGE < first.total]
        self._round += 1
        self._asked.clear()
        self._lay(first, None)
        if first.total > former:
            self.endInsertRows()
        elif first.total < former:
            self.endRemoveRows()
        self._tell((0, 0))
        for number in kept:
            self._ask((0, number))

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.query, self._total, self._groups, self._starts = None, 0, (), []
        self._forget()
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        """Return the hit of a row, or None for a heading and while it is being read."""
        group, place = self._place(row)
        page = self._pages.get((group, place // PAGE), ())
        return page[place % PAGE] if 0 <= place % PAGE < len(page) and place >= 0 else None

    def heading(self, row: int) -> Heading | None:
        """Return the heading in a row, if there is one."""
        number, place = self._place(row)
        if place >= 0 or not self._headed or not 0 <= row < self._total:
            return None
        group = self._groups[number]
        return Heading(group.label, group.count, group.label in self._folded)

    def headings(self) -> tuple[int, ...]:
        """Return the rows of the headings."""
        return tuple(self._starts) if self._headed else ()

    def fold(self, row: int) -> None:
        """Fold the group whose heading is in that row, or unfold it."""
        heading = self.heading(row)
        if heading is not None:
            self.beginResetModel()
            self._folded ^= {heading.label}
            self._count()
            self.endResetModel()

    def stretches(self, rows: Iterable[tuple[int, int]]) -> tuple[Stretch, ...]:
        """Return the hits in ranges of rows (both ends included), by query; headings are left out."""
        ranges = sorted(rows)
        if self.query is not None and ranges == [(0, self._total - 1)]:
            return (Stretch(self.query, 0, self._hits - 1),)
        found = []
        for top, bottom in ranges:
            for number in range(self._place(top)[0], self._place(bottom)[0] + 1):
                group, start = self._groups[number], self._starts[number] + self._headed
                last = min(bottom - start, group.count - 1)
                if group.label not in self._folded and last >= max(top - start, 0):
                    found.append(Stretch(group.query, max(top - start, 0), last))
        return tuple(found)

    def row_of(self, excerpt_id: str) -> int | None:
        """Return the row of an excerpt, if its page is at hand."""
        for (group, page), hits in self._pages.items():
            for place, hit in enumerate(hits):
                if hit.excerpt.id == excerpt_id and self._groups[group].label not in self._folded:
                    return self._starts[group] + self._headed + page * PAGE + place
        return None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    def flags(self, index: _Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return usual if self.heading(index.row()) else usual | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        number, place = self._place(index.row())
        heading = self.heading(index.row())
        if heading is not None:
            return heading if role == ITEM else self._told(heading)
        key = (number, place // PAGE)
        if key in self._pages:
            self._pages.move_to_end(key)
        else:
            self._ask(key)
        hit = self.hit(index.row())
        if role == ITEM or hit is None:
            return hit if role == ITEM else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{hit.excerpt.quote} — {meta_of_hit(hit, self._context)}"
        return why_in_words(hit.why, self._context) if hit.why else None

    def _told(self, heading: Heading) -> str:
        return heading_in_words(heading.label, heading.count, self._context, folded=heading.folded)

    def _lay(self, first: HitPage, groups: tuple[Group, ...] | None) -> None:
        self._headed, self._hits = groups is not None, first.total
        self._groups = groups if groups is not None else (Group("", first.total, self.query or EVERYTHING),)
        if groups is None:
            self._pages[0, 0] = first.hits
        self._count()

    def _count(self) -> None:
        """Count the rows, and note where each group begins."""
        self._starts, self._total = [], 0
        for group in self._groups:
            self._starts.append(self._total)
            folded = self._headed and group.label in self._folded
            self._total += self._headed + (0 if folded else group.count)

    def _place(self, row: int) -> tuple[int, int]:
        """Return the group of a row and the place in it; -1 for its heading."""
        number = max(bisect_right(self._starts, row) - 1, 0)
        return number, row - (self._starts[number] if self._starts else 0) - self._headed

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()
        self._wanted.clear()
        self._round += 1

    def _ask(self, key: tuple[int, int]) -> None:
        if key in self._asked:
            return
        if key in self._wanted:
            self._wanted.remove(key)
        self._wanted.append(key)
        del self._wanted[:-_MOST_WANTED]
        self._send()

    def _send(self) -> None:
        """Read the pages that were asked for last first: those are in view."""
        desk, sort, asked_in = self._context.desk, self.order, self._round
        while desk is not None and self._wanted and len(self._asked) < _AT_ONCE:
            key = self._wanted.pop()
            self._asked.add(key)
            query = self._groups[key[0]].query
            self._context.run(
                partial(_page, desk, query, key[1], sort),
                partial(self._take, asked_in, key),
                failed=partial(self._fail, key),
            )

    def _take(self, asked_in: int, key: tuple[int, int], page: HitPage) -> None:
        if asked_in != self._round:
            return
        self._asked.discard(key)
        self._pages[key] = page.hits
        self._pages.move_to_end(key)
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        self._tell(key)
        self._send()

    def _fail(self, key: tuple[int, int], error: KnownError) -> None:
        self._asked.discard(key)
        self._context.problem.emit(error)

    def _tell(self, key: tuple[int, int]) -> None:
        group, page = key
        if self._headed and self._groups[group].label in self._folded:
            return
        first = self._starts[group] + self._headed + page * PAGE
        last = min(first + PAGE, self._starts[group] + self._headed + self._groups[group].count) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))
            self.page_read.emit(first, last)


class SourceModel(QAbstractListModel):
    """The sources that match."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._hits: tuple[SourceHit, ...] = ()
        self.words: tuple[Words, ...] = ()

    def show(self, hits: tuple[SourceHit, ...], words: tuple[Words, ...]) -> None:
        """Show other sources."""
        self.beginResetModel()
        self._hits, self.words = hits, words
        self.endResetModel()

    def hit(self, row: int) -> SourceHit | None:
        """Return the source of a row, or None."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def row_of(self, source_id: str) -> int | None:
        """Return the row of a source, or None."""
        return next((row for row, hit in enumerate(self._hits) if hit.source.id == source_id), None)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit(index.row()) if index.isValid() else None
        if hit is None or role == ITEM:
            return hit if role == ITEM else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{hit.source.title} — {meta_of_source(hit, self._context)}"
        return None


def _page(desk: Desk, query: Node, number: int, sort: Sort) -> HitPage:
    return desk.find.excerpts(query, limit=PAGE, offset=number * PAGE, sort=sort)
