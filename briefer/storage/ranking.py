"""The order BEST: how well the words fit, with something more for a recent date and for a good grade.

Ranking costs time by the hit. So only a window is ranked: the hits that have all of the query's words where some
have not, and of these the newest. What is outside of it follows, newest first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pyroaring import BitMap

from briefer.domain.dates import first_day
from briefer.domain.folding import folded
from briefer.domain.queries import Words, certain_words, words_in
from briefer.domain.results import Hit, Why
from briefer.storage import keys
from briefer.storage.hits import Hits
from briefer.storage.pages import listed
from briefer.storage.prepared import sought
from briefer.storage.tables import excerpts, sources

WINDOW = 200

# What a find counts for beside one in the quotation: in comment, speaker, title, publisher, container.
_WEIGHTS = (0.4, 0.4, 0.6, 0.2, 0.2)
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


_ROWS = f"""
SELECT e.number, e.quote, e.translation, e.comment, e.speaker, e.published, e.credibility,
    s.title, s.publisher, s.container, s.reliability
FROM json_each(?) AS wanted CROSS JOIN {excerpts.name} AS e ON e.number = wanted.value
CROSS JOIN {sources.name} AS s ON s.number = e.source_number
"""  # noqa: S608  (own names)


@dataclass(frozen=True)
class _Sought:
    # What has to be in a text before it is worth looking for the pattern.
    literal: str
    pattern: re.Pattern[str]
    weight: float


def rank(hits: Hits) -> list[int]:
    """Return the numbers of the hits of the window, those that fit the query's words best first."""
    words = _words(hits)
    if not words:
        return []
    rarities = [_rarity(hits, word) for word in words] if len(words) > 1 else [1.0]
    wanted = [_sought(word, rarity) for word, rarity in zip(words, rarities, strict=True)]
    today = hits.finder.newest_day()
    days_since = lru_cache(maxsize=None)(lambda published: _age(published, today))
    scored = []
    for row in hits.connection.exec_driver_sql(_ROWS, (listed(_window(hits, words)),)).all():
        number, quote, translation, comment, speaker, published, credibility, *of_source, reliability = row
        fit = _fit(quote, translation, (comment, speaker, *of_source), wanted)
        worth = 1.0 + _recency(days_since(published)) + _grade(reliability, credibility)
        scored.append((fit * worth, published, number))
    return [number for *_, number in sorted(scored, reverse=True)]


def explained(hits: Hits, found: Sequence[tuple[int, Hit]]) -> list[Hit]:
    """Return hits, given with their numbers, with why they match."""
    words = _words(hits)
    everywhere = set(certain_words(hits.query))
    sets = [hits.finder.words(word) or BitMap() for word in words if word not in everywhere]
    always = len(words) - len(sets)
    today = hits.finder.newest_day()
    return [
        _explained(hit, always + sum(number in own for own in sets), len(words), today)
        for number, hit in found
    ]


def _explained(hit: Hit, present: int, asked: int, today: date | None) -> Hit:
    grade = f"{hit.source.reliability}{hit.excerpt.credibility}"
    why = Why(present, asked, _age(hit.source.published.value or "", today), grade)
    return Hit(hit.excerpt, hit.source, hit.used_in, why)


def _words(hits: Hits) -> list[Words]:
    return [w for w in dict.fromkeys(words_in(hits.query)) if sought(w)[0]][:_MOST_WORDS]


def _window(hits: Hits, words: list[Words]) -> list[int]:
    everywhere = set(certain_words(hits.query))
    found = [hits.finder.words(word) or BitMap() for word in words if word not in everywhere]
    full = BitMap.intersection(hits.numbers, *found)
    numbers = hits.newest(WINDOW, among=full)
    if len(numbers) < WINDOW and len(full) < hits.total:
        some = hits.numbers if len(found) < len(words) else hits.numbers & BitMap.union(*found)
        numbers += hits.newest(WINDOW - len(numbers), among=some - full)
    return numbers


def _sought(words: Words, weight: float) -> _Sought:
    first, *others = re.findall(r"\w+", folded(words.text))
    # Latin words are found whole, or from their beginning; Japanese anywhere. The letters come first in the
    # pattern: one that begins with what precedes them is tried at every place of a text.
    start = rf"(?<![a-z0-9]{re.escape(first)})" if _CJK_OR_NOT.match(first) else ""
    text = "".join(rf"\W+{re.escape(piece)}" for piece in others)
    last = (first, *others)[-1]
    end = r"(?![a-z0-9])" if not words.prefix and _CJK_OR_NOT.match(last[-1]) else ""
    return _Sought(first, re.compile(f"{re.escape(first)}{start}{text}{end}"), weight)


def _rarity(hits: Hits, words: Words) -> float:
    total, having = len(hits.finder.every()), hits.finder.count(words)
    return math.log(1.0 + max(total - having + 0.5, 0.5) / (having + 0.5))


def _fit(quote: str, translation: str, others: tuple[str | None, ...], wanted: list[_Sought]) -> float:
    """Return how well texts fit, which come in the order of the weights."""
    body = folded(f"{quote}\n{translation}" if translation else quote)
    short = [(_folded(text), weight) for text, weight in zip(others, _WEIGHTS, strict=True) if text]
    length = 1 - _B + _B * len(body) / _USUAL_LENGTH
    fit = 0.0
    for one in wanted:
        often = float(len(one.pattern.findall(body))) if one.literal in body else 0.0
        for text, weight in short:
            if one.literal in text:
                often += weight * len(one.pattern.findall(text))
        fit += one.weight * often * (_K1 + 1) / (often + _K1 * length)
    return fit


_folded = lru_cache(maxsize=4096)(folded)


def _age(published: str, today: date | None) -> int | None:
    return max((today - first_day(published)).days, 0) if published and today else None


def _recency(days: int | None) -> float:
    return 0.0 if days is None else _RECENT / (1.0 + days / 365.25)


def _grade(reliability: str, credibility: str) -> float:
    rank_ = 2 + _RELIABILITY.find(reliability) + _CREDIBILITY.find(credibility)
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
