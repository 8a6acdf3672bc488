"""The order BEST: how well the words fit, with something more for a recent date and for a good grade.

Ranking costs time by the hit. So only a window is ranked: the hits that have all of the query's words where some
have not, and of these the newest. What is outside of it follows, newest first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Row, select

from briefer.domain.dates import first_day
from briefer.domain.excerpts import Excerpt
from briefer.domain.folding import folded
from briefer.domain.queries import Words, words_in
from briefer.domain.results import Hit, Why
from briefer.domain.sources import Source
from briefer.storage import keys
from briefer.storage.hits import Hits, listed
from briefer.storage.prepared import sought
from briefer.storage.tables import excerpts, sources

WINDOW = 400

# What a find in a column counts for: the quotation with its translation, the comment, speaker, title, publisher.
_WEIGHTS = (1.0, 0.4, 0.4, 0.6, 0.2)
# Okapi BM25 (Robertson and Zaragoza, 2009): how fast further finds count less, and how much length matters.
_K1, _B = 1.2, 0.75
_USUAL_LENGTH = 350
# What a date of today and what the grade A1 add to the fit, as a part of it.
_RECENT = 0.3
_GRADED = 0.1
_MOST_WORDS = 20
# From worst to best; what cannot be judged (F, 6) stands in the middle.
_RELIABILITY = "EDFCBA"
_CREDIBILITY = "546321"
_CJK_OR_NOT = re.compile(r"[a-z0-9]")


@dataclass(frozen=True)
class _Sought:
    pattern: re.Pattern[str]
    weight: float


def rank(hits: Hits) -> list[int]:
    """Return the numbers of the hits of the window, those that fit the query's words best first."""
    words = list(dict.fromkeys(w for w in words_in(hits.query) if sought(w)[0]))[:_MOST_WORDS]
    if not words:
        return []
    wanted = [_Sought(_pattern(word), _rarity(hits, word)) for word in words]
    rows = _rows(hits, _window(hits, words))
    today = newest_day(hits)
    scored = []
    for row in rows:
        fit, _ = _fit(_texts(row, row), wanted)
        days = _age(row.published, today)
        scored.append((fit * (1.0 + _recency(days) + _grade(row)), row.published, row.number))
    return [number for *_, number in sorted(scored, reverse=True)]


def explained(hits: Hits, found: Sequence[Hit]) -> list[Hit]:
    """Return hits with why they match, for orders other than the best."""
    words = list(dict.fromkeys(w for w in words_in(hits.query) if sought(w)[0]))[:_MOST_WORDS]
    wanted = [_Sought(_pattern(word), 1.0) for word in words]
    today = newest_day(hits)
    return [replace(hit, why=_why(hit, wanted, today)) for hit in found]


def _why(hit: Hit, wanted: list[_Sought], today: date | None) -> Why:
    _, present = _fit(_texts(hit.excerpt, hit.source), wanted)
    grade = f"{hit.source.reliability}{hit.excerpt.credibility}"
    return Why(present, len(wanted), _age(hit.source.published.value or "", today), grade)


def newest_day(hits: Hits) -> date | None:
    """Return the newest date in the library: against it, not the clock, ages are the same each time."""
    (newest,) = hits.newest(1, among=hits.finder.every()) or (None,)
    published = hits.connection.scalar(select(excerpts.c.published).where(excerpts.c.number == newest))
    return first_day(published) if published else None


def _window(hits: Hits, words: list[Words]) -> list[int]:
    found = [hits.finder.words(word) or BitMap() for word in words]
    full = BitMap.intersection(hits.numbers, *found)
    numbers = hits.newest(WINDOW, among=full)
    if len(numbers) < WINDOW and len(full) < hits.total:
        some = hits.numbers & BitMap.union(*found)
        numbers += hits.newest(WINDOW - len(numbers), among=some - full)
    return numbers


def _rows(hits: Hits, numbers: list[int]) -> list[Row[Any]]:
    wanted = (
        select(
            *excerpts.c["number", "quote", "translation", "comment", "speaker"],
            *excerpts.c["published", "credibility"],
            *sources.c["title", "publisher", "container", "reliability"],
        )
        .join_from(excerpts, sources)
        .where(excerpts.c.number.in_(listed(numbers)))
    )
    return list(hits.connection.execute(wanted))


def _pattern(words: Words) -> re.Pattern[str]:
    pieces = re.findall(r"\w+", folded(words.text))
    text = r"\W+".join(map(re.escape, pieces))
    # Latin words are found whole, or from their beginning; Japanese anywhere.
    start = r"(?<![a-z0-9])" if pieces and _CJK_OR_NOT.match(pieces[0]) else ""
    end = r"(?![a-z0-9])" if pieces and not words.prefix and _CJK_OR_NOT.match(pieces[-1][-1]) else ""
    return re.compile(start + text + end)


def _rarity(hits: Hits, words: Words) -> float:
    total, having = len(hits.finder.every()), len(hits.finder.words(words) or ())
    return math.log(1.0 + (total - having + 0.5) / (having + 0.5))


def _texts(excerpt: Excerpt | Row[Any], source: Source | Row[Any]) -> tuple[str | None, ...]:
    body = f"{excerpt.quote}\n{excerpt.translation}" if excerpt.translation else excerpt.quote
    publisher = f"{source.publisher or ''}\n{source.container or ''}"
    return body, excerpt.comment, excerpt.speaker, source.title, publisher


def _fit(texts: tuple[str | None, ...], wanted: list[_Sought]) -> tuple[float, int]:
    """Return how well texts fit, in the order of the weights, and how many of the words they have."""
    plain = [(folded(text), weight) for text, weight in zip(texts, _WEIGHTS, strict=True) if text]
    length = 1 - _B + _B * len(texts[0] or "") / _USUAL_LENGTH
    fit, present = 0.0, 0
    for one in wanted:
        often = sum(weight * len(one.pattern.findall(text)) for text, weight in plain)
        present += often > 0
        fit += one.weight * often * (_K1 + 1) / (often + _K1 * length)
    return fit, present


def _age(published: str, today: date | None) -> int | None:
    return max((today - first_day(published)).days, 0) if published and today else None


def _recency(days: int | None) -> float:
    return 0.0 if days is None else _RECENT / (1.0 + days / 365.25)


def _grade(row: Row[Any]) -> float:
    rank_ = 2 + _RELIABILITY.find(row.reliability) + _CREDIBILITY.find(row.credibility)
    return rank_ * _GRADED / 12


def by_grade(hits: Hits) -> list[BitMap]:
    """Return the hits in parts, the best grade first; what cannot be judged comes last."""
    reliable, credible = hits.finder.family(keys.RELIABILITY), hits.finder.family(keys.CREDIBILITY)
    parts = (
        hits.numbers & reliable[letter] & credible[figure]
        for letter in sorted(reliable)
        for figure in sorted(credible)
    )
    return [part for part in parts if part]


def by_source(hits: Hits) -> list[BitMap]:
    """Return the hits in parts, one a publisher, by name; without one comes last."""
    publishers = hits.finder.family(keys.PUBLISHER)
    in_order = sorted(publishers, key=lambda name: (not name, folded(name), name))
    return [part for part in (hits.numbers & publishers[name] for name in in_order) if part]
