"""Looking things up by id, and by the beginning of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, and_

T = TypeVar("T")

ID_LENGTH = 36
_CHUNK = 500


def chunks(things: Iterable[T]) -> Iterator[Sequence[T]]:
    """Yield things a few at a time: SQLite limits the parameters of a statement."""
    rest = iter(things)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def starts_with(column: ColumnElement[str], start: str) -> ColumnElement[bool]:
    """Return the condition that an id begins with ``start``, in the form that an index serves."""
    start = start.lower()
    return and_(column >= start, column < f"{start}\U0010ffff")
