"""Filling translated sentences: ``tr()`` takes literals only, so values come in by numbered places; moments for people."""

from __future__ import annotations

import re
from datetime import datetime

_PLACE = re.compile(r"%(\d)")


def fill(sentence: str, *values: object) -> str:
    """Return ``sentence`` with ``%1`` … ``%9`` replaced by ``values``, all at once.

    A value that itself contains ``%2`` stays as it is, unlike with chained replacements.
    """
    return _PLACE.sub(lambda place: str(values[int(place[1]) - 1]), sentence)


def counted(count: int, one: str, many: str) -> str:
    """Return ``one`` for one thing, else ``many`` with the count, grouped by thousands, as ``%1``."""
    return one if count == 1 else fill(many, f"{count:,}")


def moment(at: datetime, *, seconds: bool = False) -> str:
    """Return a moment by the clock of this computer, written as dates are everywhere in the window (ISO 8601)."""
    return at.astimezone().replace(tzinfo=None).isoformat(" ", "seconds" if seconds else "minutes")
