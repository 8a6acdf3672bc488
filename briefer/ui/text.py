"""Filling translated sentences: ``tr()`` takes literals only, so values come in by numbered places."""

from __future__ import annotations

import re

_PLACE = re.compile(r"%(\d)")


def fill(sentence: str, *values: object) -> str:
    """Return ``sentence`` with ``%1`` … ``%9`` replaced by ``values``, all at once.

    A value that itself contains ``%2`` stays as it is, unlike with chained replacements.
    """
    return _PLACE.sub(lambda place: str(values[int(place[1]) - 1]), sentence)


def counted(count: int, one: str, many: str) -> str:
    """Return ``one`` for one thing, else ``many`` with the count, grouped by thousands, as ``%1``."""
    return one if count == 1 else fill(many, f"{count:,}")
