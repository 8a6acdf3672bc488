"""Models of the middle list: matching excerpts by the page, matching sources."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from briefer.domain.dates import in_words
from briefer.domain.queries import Node, Words
from briefer.domain.results import Hit, HitPage, Sort, SourceHit
from briefer.domain.sources import Source
from briefer.ui.context import Context
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.desk import Desk

PAGE = 50
_KEPT_PAGES = 40
ITEM = Qt.ItemDataRole.UserRole
"""The role of the :class:`Hit` or :class:`SourceHit` of a row; None until its page has been read."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ExcerptModel(QAbstractListModel):
    """All hits of a query, read page by page as rows are shown; few pages are kept."""

    page_read = Signal(int, int)
    """The first and last row that came in."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._query: Node | None = None
        self._sort = Sort.NEWEST
        self._total = 0
        self._pages: OrderedDict[int, tuple[Hit, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._round = 0
        self.words: tuple[Words, ...] = ()

    def show(self, query: Node, sort: Sort, words: tuple[Words, ...], first: HitPage) -> None:
        """Show the hits of another query, of which the first page is read already."""
        self.beginResetModel()
        self._query, self._sort, self.words = query, sort, words
        self._total = first.total
        self._forget()
        self._pages[0] = first.hits
        self.endResetModel()

    def refresh(self, first: HitPage) -> None:
        """Show the same query anew after a change, keeping the place in the list."""
        former = self._total
        if first.total > former:
            self.beginInsertRows(QModelIndex(), former, first.total - 1)
            self._total = first.total
            self.endInsertRows()
        elif first.total < former:
            self.beginRemoveRows(QModelIndex(), first.total, former - 1)
            self._total = first.total
            self.endRemoveRows()
        kept = [number for number in self._pages if number and number * PAGE < self._total]
        self._round += 1
        self._asked.clear()
        self._pages[0] = first.hits
        self._tell(0)
        for number in kept:
            self._ask(number)

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._query, self._total = None, 0
        self._forget()
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        """Return the hit of a row, or None while it is being read."""
        page = self._pages.get(row // PAGE, ())
        return page[row % PAGE] if 0 <= row % PAGE < len(page) and row >= 0 else None

    def row_of(self, excerpt_id: str) -> int | None:
        """Return the row of an excerpt, if its page is at hand."""
        for number, hits in self._pages.items():
            for place, hit in enumerate(hits):
                if hit.excerpt.id == excerpt_id:
                    return number * PAGE + place
        return None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not index.isValid() or role not in {ITEM, Qt.ItemDataRole.DisplayRole}:
            return None
        number = row // PAGE
        if number in self._pages:
            self._pages.move_to_end(number)
        else:
            self._ask(number)
        hit = self.hit(row)
        if role == ITEM or hit is None:
            return hit
        return f"{hit.excerpt.quote} — {meta_of_hit(hit, self._context)}"

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()
        self._round += 1

    def _ask(self, number: int) -> None:
        desk, query = self._context.desk, self._query
        if number in self._asked or desk is None or query is None:
            return
        self._asked.add(number)
        asked_in, sort = self._round, self._sort

        def take(page: HitPage) -> None:
            if asked_in == self._round:
                self._take(number, page)

        self._context.run(lambda: _page(desk, query, number, sort), take)

    def _take(self, number: int, page: HitPage) -> None:
        self._asked.discard(number)
        self._pages[number] = page.hits
        self._pages.move_to_end(number)
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        self._tell(number)

    def _tell(self, number: int) -> None:
        first, last = number * PAGE, min(number * PAGE + PAGE, self._total) - 1
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


def date_of(source: Source, context: Context) -> str:
    """Return a source's date in words; in brackets where it was not written out; «n.d.» for none."""
    if source.published.value is None:
        return context.tr("n.d.")
    text = in_words(source.published.value, context.language)
    return text if source.published.certain else f"[{text}]"


def publisher_of(source: Source, context: Context) -> str:
    """Return who published a source, or that this is not known."""
    return source.publisher or source.container or context.tr("publisher not stated")


def meta_of_hit(hit: Hit, context: Context) -> str:
    """Return «publisher · date · ¶ n · graded B2 · used in 2 briefs»."""
    excerpt, source = hit.excerpt, hit.source
    parts = [publisher_of(source, context), date_of(source, context)]
    if excerpt.paragraph is not None:
        parts.append(fill(context.tr("¶ %1"), excerpt.paragraph))
    grade = f"{source.reliability}{excerpt.credibility}"
    parts.append(context.tr("not graded") if grade == "F6" else fill(context.tr("graded %1"), grade))
    if hit.used_in:
        parts.append(counted(hit.used_in, context.tr("used in 1 brief"), context.tr("used in %1 briefs")))
    return " · ".join(parts)


def meta_of_source(hit: SourceHit, context: Context) -> str:
    """Return «publisher · date · n excerpts»."""
    parts = [publisher_of(hit.source, context), date_of(hit.source, context)]
    if hit.excerpts:
        parts.append(counted(hit.excerpts, context.tr("1 excerpt"), context.tr("%1 excerpts")))
    else:
        parts.append(context.tr("no excerpts yet"))
    return " · ".join(parts)


def _page(desk: Desk, query: Node, number: int, sort: Sort) -> HitPage:
    return desk.find.excerpts(query, limit=PAGE, offset=number * PAGE, sort=sort)
