"""Searches over excerpts and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from briefer.domain.queries import Node
from briefer.domain.results import CoverageCell, Facets, Hit, HitPage, Sort, SourceHit
from briefer.domain.tags import TagKind
from briefer.storage import ranking
from briefer.storage.conditions import SourceConditions
from briefer.storage.excerpts import SqliteExcerpts
from briefer.storage.hits import Hits
from briefer.storage.ids import starts_with
from briefer.storage.sources import SqliteSources, all_sources, source_of
from briefer.storage.tables import (
    brief_excerpts,
    briefs,
    excerpt_pairs,
    excerpt_tags,
    excerpts,
    sources,
    tags,
)

_TABLES = {"source": sources, "excerpt": excerpts, "brief": briefs}


class SqliteSearch:
    """The searches of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, query: Node, *, limit: int, offset: int = 0, sort: Sort = Sort.NEWEST) -> HitPage:
        """Return one page of matching excerpts."""
        hits = Hits.of(self._connection, query)
        if sort is Sort.BEST:
            ids: Sequence[str] = ranking.best(hits, query, offset + limit)[offset:]
        else:
            ids = self._connection.scalars(hits.newest().limit(limit).offset(offset)).all()
        return HitPage(hits.total, hits.source_count(), self._hits(ids))

    def ids(self, query: Node, sort: Sort = Sort.NEWEST) -> tuple[str, ...]:
        """Return the ids of all matching excerpts, in order."""
        hits = Hits.of(self._connection, query)
        return tuple(ranking.best(hits, query, hits.total) if sort is Sort.BEST else hits.all_ids())

    def facets(self, query: Node) -> Facets:
        """Return the counts of tags among all matching excerpts."""
        bearing = select(excerpt_tags.c.tag_number, func.count().label("count")).where(excerpt_tags.c.counts)
        by_tag = (
            Hits.of(self._connection, query)
            .only(bearing, excerpt_tags.c.excerpt_number)
            .group_by(excerpt_tags.c.tag_number)
            .subquery()
        )
        counts = (
            select(tags.c.kind, tags.c.key, func.sum(by_tag.c.count))
            .join_from(by_tag, tags, tags.c.number == by_tag.c.tag_number)
            .group_by(tags.c.kind, tags.c.key)
        )
        found: dict[str, dict[str, int]] = {kind: {} for kind in TagKind}
        for kind, key, count in self._connection.execute(counts):
            found[kind][key] = count
        return Facets(**found)

    def sources(self, query: Node, *, limit: int) -> tuple[SourceHit, ...]:
        """Return matching sources, newest first: words are looked for in title, publisher, authors and text."""
        own = select(func.count()).where(excerpts.c.source_number == sources.c.number)
        wanted = all_sources().add_columns(own.scalar_subquery().label("excerpts"))
        condition = SourceConditions(self._connection).condition(query)
        if condition is not None:
            wanted = wanted.where(condition)
        newest = (sources.c.published.desc(), sources.c.created_at.desc(), sources.c.number.desc())
        rows = self._connection.execute(wanted.order_by(*newest).limit(limit))
        return tuple(SourceHit(source_of(row), row.excerpts) for row in rows)

    def coverage(self, query: Node) -> tuple[CoverageCell, ...]:
        """Return the partner × risk counts of all matching excerpts; pairs with none are left out.

        A place counts in whatever role it plays but that of the venue: where a thing was said is not what it
        is about.
        """
        return tuple(
            CoverageCell(partner, risk, count, newest or None)
            for partner, risk, count, newest in self._connection.execute(
                _coverage(Hits.of(self._connection, query))
            )
        )

    def ids_like(self, kind: str, start: str) -> tuple[str, ...]:
        """Return at most two ids of ``source``, ``excerpt`` or ``brief`` that begin with ``start``."""
        column = _TABLES[kind].c.id
        return tuple(self._connection.scalars(select(column).where(starts_with(column, start)).limit(2)))

    def _hits(self, ids: Sequence[str]) -> tuple[Hit, ...]:
        found = SqliteExcerpts(self._connection).get_many(ids)
        sources_ = SqliteSources(self._connection).get_many({e.source_id for e in found.values()})
        used = self._used(ids)
        return tuple(Hit(found[i], sources_[found[i].source_id], used.get(i, 0)) for i in ids)

    def _used(self, ids: Sequence[str]) -> dict[str, int]:
        counts = (
            select(brief_excerpts.c.excerpt_id, func.count().label("users"))
            .where(brief_excerpts.c.excerpt_id.in_(ids))
            .group_by(brief_excerpts.c.excerpt_id)
        )
        return {row.excerpt_id: row.users for row in self._connection.execute(counts)}


def _coverage(hits: Hits) -> Select[Any]:
    pairs = select(
        *excerpt_pairs.c["place_number", "risk_number"],
        func.count().label("count"),
        func.max(excerpt_pairs.c.published).label("newest"),
    )
    cells = (
        hits.only(pairs, excerpt_pairs.c.excerpt_number)
        .group_by(excerpt_pairs.c.place_number, excerpt_pairs.c.risk_number)
        .subquery()
    )
    place, risk = tags.alias("place"), tags.alias("risk")
    return (
        select(place.c.key, risk.c.key, func.sum(cells.c.count), func.max(cells.c.newest))
        .join_from(cells, place, place.c.number == cells.c.place_number)
        .join(risk, risk.c.number == cells.c.risk_number)
        .group_by(place.c.key, risk.c.key)
        .order_by(place.c.key, risk.c.key)
    )
