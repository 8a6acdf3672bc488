"""The texts of excerpts as ranking compares them: read and folded once in a state of the library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from briefer.domain.dates import first_day
from briefer.domain.folding import folded
from briefer.storage.directly import rows
from briefer.storage.pages import listed
from briefer.storage.tables import excerpts, sources

OTHER_WEIGHTS = (0.4, 0.4, 0.6, 0.2, 0.2)
"""What a find counts for beside one in the quotation: in comment, speaker, title, publisher, container.

In the order of the columns of the full-text index, the fourth of which has the last two.
"""
# Okapi BM25 (Robertson and Zaragoza, 2009): how fast further finds count less, and how much length matters.
K1, _B = 1.2, 0.75
_USUAL_LENGTH = 350
# What a date of today and what the grade A1 add to the fit, as a part of it.
_RECENT = 0.3
_GRADED = 0.1
# From worst to best; what cannot be judged (F, 6) stands in the middle.
_RELIABILITY = "EDFCBA"
_CREDIBILITY = "546321"
_MOST_KEPT = 4_000

_ROWS = f"""
SELECT e.number, e.source_number, e.quote, e.translation, e.published, e.credibility, s.reliability,
    e.comment, e.speaker, s.title, s.publisher, s.container
FROM json_each(?) AS wanted CROSS JOIN {excerpts.name} AS e ON e.number = wanted.value
CROSS JOIN {sources.name} AS s ON s.number = e.source_number
"""  # noqa: S608  (own names)
BETWEEN = "\x1f"
"""What stands between two such texts: in no query, and in hardly any text."""


class Weighed(NamedTuple):
    """An excerpt's texts, folded, and the number of its source.

    ``others`` are those beside the quotation and its translation, as :data:`OTHER_WEIGHTS` has them, with
    :data:`BETWEEN` between. ``length`` is BM25's share of the length, ``worth`` what date and grade multiply a fit by.
    """

    number: int
    source: int
    published: str
    body: str
    others: str
    length: float
    worth: float


class Weigher:
    """Texts in one state of the library, whose newest date is the day that ages are counted from."""

    def __init__(self) -> None:
        self._kept: dict[int, Weighed] = {}

    def weighed(self, connection: Connection, numbers: Iterable[int], today: date | None) -> list[Weighed]:
        """Return the texts of these excerpts, in any order."""
        wanted = set(numbers)
        found = [self._kept[number] for number in wanted & self._kept.keys()]
        missing = wanted - self._kept.keys()
        if missing:
            new = [_weighed(row, today) for row in rows(connection, _ROWS, listed(sorted(missing)))]
            if len(self._kept) + len(new) > _MOST_KEPT:
                self._kept = {}
            self._kept.update((one.number, one) for one in new)
            found += new
        return found


folded_once = lru_cache(maxsize=4096)(folded)
"""The same for short texts that many excerpts share, such as titles."""


def age(published: str, today: date | None) -> int | None:
    """Return how many days old a date is ``today``, less than none where it is still to come; None for the undated."""
    return (today - _first_day(published)).days if published and today else None


def _weighed(row: Any, today: date | None) -> Weighed:
    number, source, quote, translation, published, credibility, reliability, comment, speaker, *shared = row
    body = folded(f"{quote}\n{translation}" if translation else quote)
    # Folded in one: by far the most of them have none of the words, and are not looked at one by one.
    others = folded(BETWEEN.join([text or "" for text in (comment, speaker, *shared)]))
    length = K1 * (1 - _B + _B * len(body) / _USUAL_LENGTH)
    return Weighed(
        number, source, published, body, others, length, worth(published, today, reliability, credibility)
    )


@lru_cache(maxsize=4096)
def worth(published: str, today: date | None, reliability: str, credibility: str) -> float:
    """Return what date and grade multiply a fit by."""
    days = age(published, today)
    recency = 0.0 if days is None else _RECENT / (1.0 + max(days, 0) / 365.25)
    rank = 2 + _RELIABILITY.find(reliability) + _CREDIBILITY.find(credibility)
    return 1.0 + recency + rank * _GRADED / 12


_first_day = lru_cache(maxsize=4096)(first_day)
