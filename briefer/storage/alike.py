"""Excerpts that resemble one: candidates by its rarest words, which need no index of their own."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from sqlalchemy import Connection, select

from briefer.domain.prepared import prepare
from briefer.errors import LibraryError
from briefer.storage.finding import Finder
from briefer.storage.search_index import EXCERPTS
from briefer.storage.tables import excerpts

# So many of an excerpt's words are looked up; a copy with every third word changed still shares several.
_WORDS = 32
_LEAST_SHARED = 2
# What is more frequent tells little, and takes long to look up.
_MOST_HAVING = 5_000


def alike(connection: Connection, finder: Finder, excerpt_id: str, limit: int) -> list[int]:
    """Return the numbers of other excerpts that share rare words with one, those that share most first."""
    wanted = select(*excerpts.c["number", "quote"]).where(excerpts.c.id == excerpt_id)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return []
    total = len(finder.every())
    shared: dict[int, float] = defaultdict(float)
    often: Counter[int] = Counter()
    try:
        for word, count in _rarest(connection, row.quote):
            for number in EXCERPTS.found(connection, f'{{body}} : "{word}"') & finder.every():
                shared[number] += math.log(1 + total / count)
                often[number] += 1
    except LibraryError:
        return []  # the index is damaged, and to read all texts through for this would take too long
    least = _LEAST_SHARED if len(often) > 1 else 1
    others = [number for number in shared if number != row.number and often[number] >= least]
    return sorted(others, key=lambda number: (-shared[number], -number))[:limit]


def _rarest(connection: Connection, quote: str) -> list[tuple[str, int]]:
    counts: list[tuple[int, str]] = []
    for word in dict.fromkeys(prepare(quote).split()):
        count = EXCERPTS.count(connection, f'{{body}} : "{word}"', _MOST_HAVING)
        if 1 < count < _MOST_HAVING:
            counts.append((count, word))
    return [(word, count) for count, word in sorted(counts)[:_WORDS]]
