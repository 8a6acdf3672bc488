"""Searches over excerpts and sources."""

from __future__ import annotations

from datetime import date

from pyroaring import BitMap
from sqlalchemy import Connection, func, select

from briefer.domain.queries import EVERYTHING, Node
from briefer.domain.results import CoverageCell, Facets, HitPage, Sort, SourceHit
from briefer.services.stopping import Stop
from briefer.storage import copies, facets, index_seal, ranking, search_index
from briefer.storage.alike import alike
from briefer.storage.finding import Finder
from briefer.storage.hits import Hits, among
from briefer.storage.ids import starts_with
from briefer.storage.postings import Postings, PostingsCache, fresh
from briefer.storage.source_finding import SourceFinder
from briefer.storage.sources import all_sources, source_of
from briefer.storage.tables import (
    briefs,
    excerpts,
    sources,
)

_TABLES = {"source": sources, "excerpt": excerpts, "brief": briefs}


class SqliteSearch:
    """The searches of one transaction; a reading one shares the sets in ``cache`` with others.

    Counting, which goes on between statements, raises StoppedError once ``stop`` says so.
    """

    def __init__(
        self, connection: Connection, cache: PostingsCache | None = None, stop: Stop | None = None
    ) -> None:
        self._connection = connection
        self._cache = cache
        self._stop = stop or Stop()

    def page(
        self,
        query: Node,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = Sort.NEWEST,
        today: date | None = None,
    ) -> HitPage:
        """Return one page of matching excerpts, with their ages at ``today``, or else at the newest date."""
        hits = self._found(query)
        ranked = ranking.rank(hits) if sort is Sort.BEST else []
        numbers = _in_order(hits, sort, ranked, limit, offset)
        found = ranking.explained(
            hits,
            list(zip(numbers, hits.finder.hits(numbers), strict=True)),
            today or hits.finder.newest_day(),
        )
        return HitPage(hits.total, hits.source_count(), tuple(found), hits.finder.scanned)

    def ids(self, query: Node, sort: Sort = Sort.NEWEST) -> tuple[str, ...]:
        """Return the ids of all matching excerpts, in order."""
        hits = self._found(query)
        if sort is Sort.NEWEST:
            return tuple(hits.all_ids())
        ranked = ranking.rank(hits) if sort is Sort.BEST else []
        return tuple(hits.ids(_in_order(hits, sort, ranked, hits.total, 0)))

    def facets(self, query: Node) -> Facets:
        """Return the counts of all facets among all matching excerpts."""
        return facets.facets(self._found(query), self._stop)

    def sources(self, query: Node, *, limit: int) -> tuple[SourceHit, ...]:
        """Return matching sources, newest first: words are looked for in title, publisher, authors and text."""
        own = select(func.count()).where(excerpts.c.source_number == sources.c.number)
        wanted = all_sources().add_columns(own.scalar_subquery().label("excerpts"))
        found = SourceFinder(self._connection, self._postings()).find_sources(query)
        if found is not None:
            wanted = wanted.where(sources.c.number.in_(among(found)))
        newest = (sources.c.published.desc(), sources.c.created_at.desc(), sources.c.number.desc())
        rows = self._connection.execute(wanted.order_by(*newest).limit(limit))
        return tuple(SourceHit(source_of(row), row.excerpts) for row in rows)

    def coverage(self, query: Node) -> tuple[CoverageCell, ...]:
        """Return the partner × risk counts of all matching excerpts by month; pairs with none are left out."""
        from briefer.storage.coverage import coverage  # which needs numpy, and that a tenth of a second

        return coverage(self._found(query), self._stop)

    def prepare(self) -> None:
        """Bring into memory what searches of a large library are quicker with."""
        self._postings().prepare(self._connection)

    def alike(self, excerpt_id: str, limit: int) -> tuple[str, ...]:
        """Return the ids of other excerpts that share the rarest words of one, those that share most first."""
        finder = Finder(self._connection, self._postings())
        numbers = alike(self._connection, finder, excerpt_id, limit)
        return tuple(Hits(self._connection, finder, EVERYTHING, finder.every()).ids(numbers))

    def ids_like(self, kind: str, start: str) -> tuple[str, ...]:
        """Return at most two ids of ``source``, ``excerpt`` or ``brief`` that begin with ``start``."""
        column = _TABLES[kind].c.id
        return tuple(self._connection.scalars(select(column).where(starts_with(column, start)).limit(2)))

    def index_is_sound(self, *, closely: bool) -> bool:
        """Whether nothing was found in the index that is not true, and ``closely``, whether it is as it was left."""
        if search_index.is_doubted(self._connection) or copies.is_doubted(self._connection):
            return False
        return not closely or index_seal.is_sound(self._connection)

    def _found(self, query: Node) -> Hits:
        return Hits.of(self._connection, Finder(self._connection, self._postings()), query)

    def _postings(self) -> Postings:
        return self._cache.at(self._connection) if self._cache else fresh(self._connection)


def _in_order(hits: Hits, sort: Sort, ranked: list[int], limit: int, offset: int) -> list[int]:
    if sort is Sort.GRADE:
        return hits.page(ranking.by_grade(hits), limit, offset)
    if sort is Sort.SOURCE:
        return hits.page(ranking.by_source(hits), limit, offset)
    best = ranked[offset : offset + limit]
    if len(best) == limit:
        return best
    if len(ranked) == hits.total:
        return best
    rest = hits.numbers - BitMap(ranked)
    return best + hits.newest(limit - len(best), max(offset - len(ranked), 0), rest)
