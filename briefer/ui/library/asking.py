"""What the Library asks the services for a query (on a worker's thread)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefer.domain.queries import EVERYTHING, Hint, Node, Words, as_typed, words_in
from briefer.domain.results import HitPage, Sort, SourceHit
from briefer.ui.library.grouping import Grouped, Grouping, grouped
from briefer.ui.library.results import PAGE

if TYPE_CHECKING:
    from briefer.services.desk import Desk

SOURCES_SHOWN = 1000


@dataclass(frozen=True)
class Asked:
    """A query as it was asked: the text, the order, the groups, and whether sources are listed."""

    text: str
    sort: Sort = Sort.NEWEST
    grouping: Grouping = Grouping.NONE
    sources: bool = False


@dataclass(frozen=True)
class Found:
    """The answer to a query: the tree that it was read as, its words, and the first hits.

    ``sources`` is None where they are not listed and were not looked for; ``groups`` None for an undivided list.
    """

    query: Node
    words: tuple[Words, ...]
    sort: Sort
    page: HitPage
    groups: tuple[Grouped, ...] | None
    sources: tuple[SourceHit, ...] | None
    anything: bool


def find(desk: Desk, asked: Asked) -> Found:
    """Answer a query. Sources are looked for where they are listed, or where no excerpt is found."""
    from briefer.services.query_language import parse_query

    query = as_typed(parse_query(asked.text), asked.text)
    page = desk.find.excerpts(query, limit=PAGE, sort=asked.sort)
    groups = grouped(desk, query, page.total, asked.grouping, asked.sort)
    sources = None
    if asked.sources or not page.total:
        sources = desk.find.sources(query, limit=SOURCES_SHOWN)
    anything = bool(page.total or sources or desk.find.sources(EVERYTHING, limit=1))
    return Found(query, words_in(query), asked.sort, page, groups, sources, anything)


def hints_of(desk: Desk, text: str, *, in_vain: bool) -> tuple[Hint, ...]:
    """Return what was passed over in a query, and what is perhaps meant; above all where it found nothing."""
    return desk.find.hints(text, in_vain=in_vain, typing=True)
