"""Finding: searches over excerpts and sources, counts by tag, coverage."""

from __future__ import annotations

from briefer.domain.queries import Node
from briefer.domain.results import CoverageCell, Facets, HitPage, LibraryCounts, Sort, SourceHit
from briefer.errors import InputError
from briefer.services.ports import Library
from briefer.services.query_language import parse_query

PAGE = 50


class Find:
    """The use cases of the search field, the facets and the Coverage page. Queries come as text or tree."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def excerpts(
        self, query: str | Node, *, limit: int = PAGE, offset: int = 0, sort: Sort = Sort.NEWEST
    ) -> HitPage:
        """Return one page of matching excerpts. Raises UsageError ``query-form``."""
        with self._library.read() as work:
            return work.search.page(_node(query), limit=limit, offset=offset, sort=sort)

    def excerpt_ids(self, query: str | Node, sort: Sort = Sort.NEWEST) -> tuple[str, ...]:
        """Return the ids of all matching excerpts, in order."""
        with self._library.read() as work:
            return work.search.ids(_node(query), sort)

    def facets(self, query: str | Node) -> Facets:
        """Return the tag counts among all matching excerpts."""
        with self._library.read() as work:
            return work.search.facets(_node(query))

    def sources(self, query: str | Node, *, limit: int = 200) -> tuple[SourceHit, ...]:
        """Return matching sources, newest first."""
        with self._library.read() as work:
            return work.search.sources(_node(query), limit=limit)

    def coverage(self, query: str | Node = "") -> tuple[CoverageCell, ...]:
        """Return the partner × risk counts of all matching excerpts."""
        with self._library.read() as work:
            return work.search.coverage(_node(query))

    def counts(self) -> LibraryCounts:
        """Return how much the library holds."""
        with self._library.read() as work:
            return work.counts()

    def one(self, kind: str, start: str) -> str:
        """Return the one id of a ``source``, ``excerpt`` or ``brief`` that is, or begins with, ``start``.

        Raises:
            InputError: ``not-found`` or ``ambiguous``.
        """
        with self._library.read() as work:
            found = work.search.ids_like(kind, start)
        if not found:
            listing = {"source": "sources", "excerpt": "search", "brief": "briefs"}[kind]
            raise InputError("not-found", kind=kind, id=start, listing=listing)
        if len(found) > 1 and start not in found:
            raise InputError("ambiguous", kind=kind, id=start)
        return start if start in found else found[0]


def _node(query: str | Node) -> Node:
    return parse_query(query) if isinstance(query, str) else query
