"""The order BEST: how well the words fit, with something more for a recent date and for a good grade."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Select, func, literal_column, select

from briefer.domain.queries import Node, words_in
from briefer.storage.conditions import matches
from briefer.storage.hits import Hits
from briefer.storage.search_index import phrase
from briefer.storage.tables import excerpt_index, excerpts, sources

WINDOW = 5_000
"""So many of the hits that were made last are ranked, because ranking costs time by the hit."""

# Weights of the index's columns: body, comment, speaker, title, publisher. None above 1: bm25 multiplies the
# number of finds by them before it flattens it, and would tell once from three times no more.
_FIT = "bm25(excerpt_index, 1.0, 0.4, 0.4, 0.6, 0.2)"
# What a date of today and what the grade A1 add to the fit, as a part of it.
_RECENT = 0.3
_GRADED = 0.1
# From worst to best; what cannot be judged (F, 6) stands in the middle.
_RELIABILITY = "EDFCBA"
_CREDIBILITY = "546321"


def best(hits: Hits, query: Node, count: int) -> list[str]:
    """Return the ids of the first ``count`` hits, those that fit the query's words best first.

    Hits outside the window, and those that match by something else than words, follow, newest first.
    """
    sought = hits.plan.words or " OR ".join(filter(None, map(phrase, words_in(query))))
    if not sought:
        return list(hits.connection.scalars(hits.newest().limit(count)))
    ids = list(hits.connection.scalars(_ranked(hits, sought)))
    if len(ids) < min(count, hits.total):
        ranked = set(ids)
        ids.extend(i for i in hits.all_ids() if i not in ranked)
    return ids[:count]


def _ranked(hits: Hits, sought: str) -> Select[str]:
    fit = literal_column(_FIT, Float).label("fit")
    found = select(excerpt_index.c.rowid, fit).where(matches(excerpt_index, sought))
    # «+ 0», or FTS5 would search anew for each of few hits.
    number = excerpt_index.c.rowid + literal_column("0", Integer)
    latest = hits.only(found, number).order_by(excerpt_index.c.rowid.desc()).limit(WINDOW)
    fits = latest.subquery("fits")
    # bm25 is the more negative the better.
    return (
        select(excerpts.c.id)
        .join_from(fits, excerpts, excerpts.c.number == fits.c.rowid)
        .join(sources, sources.c.number == excerpts.c.source_number)
        .order_by(
            fits.c.fit * (1.0 + _recency() + _grade()),
            excerpts.c.published.desc(),
            excerpts.c.created_at.desc(),
            excerpts.c.number.desc(),
        )
    )


def _recency() -> ColumnElement[float]:
    # Against the newest date in the library, not the clock: the same library gives the same order.
    latest = select(func.max(excerpts.c.published)).scalar_subquery()
    years = (_day(latest) - _day(excerpts.c.published)) / 365.25
    return func.coalesce(_RECENT / (1.0 + years), 0.0, type_=Float)


def _day(published: ColumnElement[Any]) -> ColumnElement[float]:
    return func.julianday(func.substr(published.concat("-01-01"), 1, 10), type_=Float)


def _grade() -> ColumnElement[float]:
    reliability = func.instr(_RELIABILITY, sources.c.reliability, type_=Float)
    credibility = func.instr(_CREDIBILITY, excerpts.c.credibility, type_=Float)
    return (reliability + credibility) * (_GRADED / 12)
