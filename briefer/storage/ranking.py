"""The order BEST: how well the words fit, with something more for a recent date and for a good grade."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Float, Select, func, literal_column, select

from briefer.storage.conditions import matches
from briefer.storage.tables import excerpt_index, excerpts, sources

WINDOW = 20_000
"""So many of the latest hits are ranked; older ones follow, newest first. Ranking costs time by the hit."""

# Weights of the index's columns: body, comment, speaker, title, publisher.
_FIT = "bm25(excerpt_index, 8.0, 2.0, 2.0, 4.0, 1.0)"
# What a date of today and what the grade A1 add to the fit, as a part of it.
_RECENT = 0.5
_GRADED = 0.15
# From worst to best; what cannot be judged (F, 6) stands in the middle.
_RELIABILITY = "EDFCBA"
_CREDIBILITY = "546321"


def best(hits: Select[int], sought: str) -> Select[str]:
    """Return the query of the ids of ``hits`` (excerpt numbers), those that fit best first.

    ``sought`` is the FTS5 expression of the words that the fit is measured by; without words, date and grade
    alone decide.
    """
    found = hits.cte("hits")
    wanted = (
        select(excerpts.c.id)
        .join_from(found, excerpts, excerpts.c.number == found.c.number)
        .join(sources, sources.c.number == excerpts.c.source_number)
    )
    newest = (excerpts.c.published.desc(), excerpts.c.created_at.desc(), excerpts.c.number.desc())
    merit = 1.0 + _recency() + _grade()
    if not sought:
        return wanted.order_by(merit.desc(), *newest)
    ranked = (
        select(excerpt_index.c.rowid, literal_column(_FIT, Float).label("fit"))
        .where(matches(excerpt_index, sought))
        .order_by(excerpt_index.c.rowid.desc())
        .limit(WINDOW)
        .subquery("ranked")
    )
    # FTS5's bm25 is the more negative the better, and NULL for hits outside the window.
    return wanted.outerjoin(ranked, ranked.c.rowid == excerpts.c.number).order_by(
        ranked.c.fit.is_(None), ranked.c.fit * merit, *newest
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
