"""Searches over excerpts and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, distinct, func, select

from briefer.domain.queries import Node, words_in
from briefer.domain.results import CoverageCell, Facets, Hit, HitPage, Sort, SourceHit
from briefer.domain.tags import Role, TagKind
from briefer.storage import ranking
from briefer.storage.conditions import ExcerptConditions, Plan, SourceConditions, matches
from briefer.storage.excerpts import SqliteExcerpts
from briefer.storage.ids import starts_with
from briefer.storage.search_index import phrase
from briefer.storage.sources import SqliteSources, all_sources, source_of
from briefer.storage.tables import (
    brief_excerpts,
    briefs,
    excerpt_index,
    excerpt_tags,
    excerpts,
    sources,
    tags,
)

_NEWEST = (excerpts.c.published.desc(), excerpts.c.created_at.desc(), excerpts.c.number.desc())
_TABLES = {"source": sources, "excerpt": excerpts, "brief": briefs}


class SqliteSearch:
    """The searches of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, query: Node, *, limit: int, offset: int = 0, sort: Sort = Sort.NEWEST) -> HitPage:
        """Return one page of matching excerpts."""
        plan = self._plan(query)
        totals = _among(plan, func.count(), func.count(distinct(excerpts.c.source_number)))
        total, source_count = self._connection.execute(totals).one()
        ids = self._connection.scalars(self._ordered(query, plan, sort).limit(limit).offset(offset)).all()
        return HitPage(total, source_count, self._hits(ids))

    def ids(self, query: Node, sort: Sort = Sort.NEWEST) -> tuple[str, ...]:
        """Return the ids of all matching excerpts, in order."""
        return tuple(self._connection.scalars(self._ordered(query, self._plan(query), sort)))

    def facets(self, query: Node) -> Facets:
        """Return the counts of tags among all matching excerpts."""
        plan = self._plan(query)
        bearing = select(excerpt_tags.c.tag_number, func.count().label("count")).where(excerpt_tags.c.counts)
        if not plan.everything:
            bearing = bearing.where(excerpt_tags.c.excerpt_number.in_(_among(plan, excerpts.c.number)))
        by_tag = bearing.group_by(excerpt_tags.c.tag_number).subquery()
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
            for partner, risk, count, newest in self._connection.execute(_coverage(self._plan(query)))
        )

    def ids_like(self, kind: str, start: str) -> tuple[str, ...]:
        """Return at most two ids of ``source``, ``excerpt`` or ``brief`` that begin with ``start``."""
        column = _TABLES[kind].c.id
        return tuple(self._connection.scalars(select(column).where(starts_with(column, start)).limit(2)))

    def _plan(self, query: Node) -> Plan:
        return ExcerptConditions(self._connection).plan(query)

    def _ordered(self, query: Node, plan: Plan, sort: Sort) -> Select[str]:
        if sort is Sort.NEWEST:
            return _among(plan, excerpts.c.id).order_by(*_NEWEST)
        sought = plan.words or " OR ".join(filter(None, map(phrase, words_in(query))))
        return ranking.best(_among(plan, excerpts.c.number), sought)

    def _hits(self, ids: Sequence[str]) -> tuple[Hit, ...]:
        found = SqliteExcerpts(self._connection).get_many(ids)
        sources_ = SqliteSources(self._connection).get_many({e.source_id for e in found.values()})
        used = self._used(ids)
        return tuple(Hit(found[i], sources_[found[i].source_id], used.get(i, 0)) for i in ids)

    def _used(self, ids: Sequence[str]) -> dict[str, int]:
        counts = (
            select(brief_excerpts.c.excerpt_id, func.count())
            .where(brief_excerpts.c.excerpt_id.in_(ids))
            .group_by(brief_excerpts.c.excerpt_id)
        )
        return dict(tuple(row) for row in self._connection.execute(counts))


def _among(plan: Plan, *columns: Any) -> Select[Any]:
    """Return the query of columns of the matching excerpts."""
    wanted = select(*columns).select_from(excerpts)
    if plan.words:
        joined = excerpt_index.join(excerpts, excerpts.c.number == excerpt_index.c.rowid)
        wanted = select(*columns).select_from(joined).where(matches(excerpt_index, plan.words))
    return wanted if plan.rest is None else wanted.where(plan.rest)


def _coverage(plan: Plan) -> Select[Any]:
    place, risk = excerpt_tags.alias("place"), excerpt_tags.alias("risk")
    place_tag, risk_tag = tags.alias("place_tag"), tags.alias("risk_tag")
    pairs = (
        select(
            place.c.tag_number.label("place"),
            risk.c.tag_number.label("risk"),
            func.count().label("count"),
            func.max(excerpts.c.published).label("newest"),
        )
        .join_from(place, risk, risk.c.excerpt_number == place.c.excerpt_number)
        .join(excerpts, excerpts.c.number == place.c.excerpt_number)
        .where(
            place.c.counts,
            risk.c.counts,
            place.c.tag_number.in_(
                select(tags.c.number).where(tags.c.kind == TagKind.PARTNER, tags.c.role != Role.VENUE)
            ),
            risk.c.tag_number.in_(select(tags.c.number).where(tags.c.kind == TagKind.RISK)),
        )
        .group_by(place.c.tag_number, risk.c.tag_number)
    )
    if not plan.everything:
        pairs = pairs.where(place.c.excerpt_number.in_(_among(plan, excerpts.c.number)))
    cells = pairs.subquery()
    return (
        select(place_tag.c.key, risk_tag.c.key, func.sum(cells.c.count), func.max(cells.c.newest))
        .join_from(cells, place_tag, place_tag.c.number == cells.c.place)
        .join(risk_tag, risk_tag.c.number == cells.c.risk)
        .group_by(place_tag.c.key, risk_tag.c.key)
        .order_by(place_tag.c.key, risk_tag.c.key)
    )
