"""The order BEST: how well the words fit, with something more for a recent date and for a good grade.

Words that are looked up in the full-text index are weighed by it; where all words have sets, which say nothing of how
often a text has them, the texts are read. Either costs time by the hit. So only a window is ranked: the hits that have all of the query's words where some
have not, and of these the newest. What is outside of it follows, newest first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pyroaring import BitMap

from briefer.domain import keys
from briefer.domain.folding import RUN, folded
from briefer.domain.highlights import pattern_of
from briefer.domain.prepared import sought
from briefer.domain.queries import Words, certain_words, words_in
from briefer.domain.results import Hit, Why
from briefer.storage.hits import Hits
from briefer.storage.pages import made
from briefer.storage.weighing import BETWEEN, K1, OTHER_WEIGHTS, Weighed, age, folded_once, worth

WINDOW = 200

_MOST_WORDS = 20
_Fits = list[tuple[Any, ...]]
_Scored = tuple[bool, float, str, int]
"""What hits are compared by: whether any of the words is in the excerpt itself, how well they fit, date, and number.

Who reads the excerpt sees nothing of what was looked for where only its source has it: it comes last.
"""


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
    window = _window(hits, words)
    fits = hits.finder.fits(words, window)
    scored = _by_texts(hits, window, words) if fits is None else _by_index(hits, window, words, fits)
    return [number for *_, number in sorted(scored, reverse=True)]


def _by_texts(hits: Hits, window: BitMap, words: list[Words]) -> list[_Scored]:
    rarities = [_rarity(hits, word) for word in words] if len(words) > 1 else [1.0]
    wanted = [_Sought(*_looked_for(word), rarity) for word, rarity in zip(words, rarities, strict=True)]
    texts = hits.finder.weighed(window)
    hits.owners.update([(text.number, text.source) for text in texts])
    scored = []
    for text in texts:
        itself, fit = _fit(text, wanted)
        if itself and len(words) == 1:
            hits.inside.add(text.number)
        scored.append((itself, fit * text.worth, text.published, text.number))
    return scored


def _by_index(hits: Hits, window: BitMap, words: list[Words], found: list[_Fits | None]) -> list[_Scored]:
    fits = dict.fromkeys(window, 0.0)
    inside: list[set[int]] = [set() for _ in words]
    looked_up: set[int] = set()
    for of_word, own in zip(found, inside, strict=True):
        if not of_word:
            continue
        # The same of every row: what BM25 has for the idf, made what _rarity has.
        most = of_word[0][1]
        rarity = math.log1p(math.exp(most / (K1 + 1))) if len(words) > 1 else 1.0
        for number, _, body, *others in of_word:
            often = K1 * body / (most - body)
            if any(others):
                often += sum([w for other, w in zip(others, OTHER_WEIGHTS, strict=False) if other > 0])
            fits[number] += rarity * often * (K1 + 1) / (often + K1)
        looked_up.update([row[0] for row in of_word])
        own.update([row[0] for row in of_word if row[2] > 0])
    hits.inside.update(set.intersection(*inside))
    themselves = set().union(*inside)
    for word in [word for word, of_word in zip(words, found, strict=True) if of_word is None]:
        # Of a word that has a set it is known which excerpts have it, and by far the most have it once in their text.
        rarity = _rarity(hits, word)
        for number in window & (hits.finder.words(word) or BitMap()):
            fits[number] += rarity
            if number not in looked_up:
                themselves.add(number)
    return [
        (number in themselves, fits[number] * value, day, number)
        for number, day, value in _worths(hits, window)
    ]


def _worths(hits: Hits, window: BitMap) -> Iterator[tuple[int, str, float]]:
    today = hits.finder.newest_day()
    reliability, credibility = (
        {number: grade for grade, own in hits.finder.family(family).items() for number in own & window}
        for family in (keys.RELIABILITY, keys.CREDIBILITY)
    )
    for number, day in hits.dates(window):
        yield number, day, worth(day, today, reliability.get(number, ""), credibility.get(number, ""))


def explained(hits: Hits, found: Sequence[tuple[int, Hit]], today: date | None) -> list[Hit]:
    """Return hits, given with their numbers, with why they match and their ages at ``today``."""
    words = _words(hits)
    everywhere = set(certain_words(hits.query))
    sets = [hits.finder.words(word) or BitMap() for word in words if word not in everywhere]
    always = len(words) - len(sets)
    wanted = [_Sought(*_looked_for(word), 1.0) for word in words] if found else []
    return [
        _explained(
            hit,
            always + sum([number in own for own in sets]),
            wanted,
            today,
            # The translation is told of where the quotation has not all of the words.
            inside=number in hits.inside and not hit.excerpt.translation,
        )
        for number, hit in found
    ]


def _explained(hit: Hit, present: int, wanted: list[_Sought], today: date | None, *, inside: bool) -> Hit:
    aside, where = (0, "") if inside else _aside(hit, wanted)
    why = {
        "words": present,
        "asked": len(wanted),
        "days": age(hit.source.published.value or "", today),
        "grade": f"{hit.source.reliability}{hit.excerpt.credibility}",
        "aside": aside,
        "where": where,
    }
    return made(Hit, hit.__dict__ | {"why": made(Why, why)})


def _aside(hit: Hit, wanted: list[_Sought]) -> tuple[int, str]:
    """Return how many of the words stand beside the quotation alone, and in which field, if one has them all."""
    quote = folded(hit.excerpt.quote)
    missing = [one for one in wanted if not _has(quote, one)]
    if not missing:
        return 0, ""
    texts = {
        "translation": hit.excerpt.translation,
        "title": hit.source.title,
        "speaker": hit.excerpt.speaker,
        "comment": hit.excerpt.comment,
        "publisher": hit.source.publisher,
        "publication": hit.source.container,
    }
    fields = {name: folded_once(text) for name, text in texts.items() if text}
    there = {name: {one.pattern for one in missing if _has(text, one)} for name, text in fields.items()}
    every = set().union(*there.values())
    return len(every), next((name for name, own in there.items() if every and own == every), "")


def _has(text: str, one: _Sought) -> bool:
    return one.literal in text and one.pattern.search(text) is not None


def _words(hits: Hits) -> list[Words]:
    return [w for w in dict.fromkeys(words_in(hits.query)) if sought(w)[0]][:_MOST_WORDS]


def _window(hits: Hits, words: list[Words]) -> BitMap:
    everywhere = set(certain_words(hits.query))
    found = [hits.finder.words(word) or BitMap() for word in words if word not in everywhere]
    full = BitMap.intersection(hits.numbers, *found)
    if hits.total <= WINDOW and (len(full) == hits.total or len(found) < len(words)):
        return hits.numbers
    numbers = hits.newest_among(full, WINDOW)
    if len(numbers) < WINDOW and len(full) < hits.total:
        some = hits.numbers if len(found) < len(words) else hits.numbers & BitMap.union(*found)
        numbers = numbers | hits.newest_among(some - full, WINDOW - len(numbers))
    return numbers


@lru_cache(maxsize=256)  # a page is ranked and then explained
def _looked_for(words: Words) -> tuple[str, re.Pattern[str]]:
    runs = RUN.search(folded(words.text))
    return runs[0] if runs else "", pattern_of(words)


def _rarity(hits: Hits, words: Words) -> float:
    total, having = len(hits.finder.every()), hits.finder.count(words)
    return math.log(1.0 + max(total - having + 0.5, 0.5) / (having + 0.5))


def _fit(text: Weighed, wanted: list[_Sought]) -> tuple[bool, float]:
    """Return whether any of the words is in the excerpt itself, and how well they fit, by BM25F.

    A long excerpt has a word more easily, but not a long title: so only what is found in it is divided by its length.
    """
    itself, fit = False, 0.0
    for one in wanted:
        often = 0.0
        if one.literal in text.body and (found := len(one.pattern.findall(text.body))):
            itself = True
            often = found * K1 / text.length
        if one.literal in text.others:
            others = zip(text.others.split(BETWEEN), OTHER_WEIGHTS, strict=False)
            often += sum([weight * len(one.pattern.findall(other)) for other, weight in others])
        fit += one.weight * often * (K1 + 1) / (often + K1)
    return itself, fit


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
