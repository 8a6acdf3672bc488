"""Excerpts in the order in which they are listed, newest first, with their dates and sources: columns in memory.

A page of the file that is read for one date takes as long as a thousand dates that are in memory.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap
from sqlalchemy import Connection

from briefer.storage.directly import rows
from briefer.storage.tables import excerpts

# The index has the order, and all that is asked for: SQLite sorts nothing, and reads no row of the table.
STATEMENT = (
    "SELECT published, json_group_array(number), json_group_array(source_number) "  # noqa: S608  (own names)
    f"FROM {excerpts.name} INDEXED BY ix_excerpts_newest GROUP BY published ORDER BY published"
)
"""The excerpts of each date, in the order of making."""


class Order:
    """The order of one state of the library; excerpts that are asked for have to be among the ``known``."""

    def __init__(self, connection: Connection) -> None:
        days = rows(connection, STATEMENT)
        numbers, sources = (_numbers(day[column] for day in days) for column in (1, 2))
        self.known = BitMap(numbers)
        self._days = [str(day) for day, *_ in days]
        size = int(numbers.max()) + 1 if len(numbers) else 0
        self._places, self._sources = (np.zeros(size, np.uint32) for _ in range(2))
        self._places[numbers] = np.arange(len(numbers), dtype=np.uint32)
        self._sources[numbers] = sources
        self._day_of = np.zeros(size, np.min_scalar_type(len(days)))
        lengths = [packed.count(",") + 1 for _, packed, _ in days]
        self._day_of[numbers] = np.repeat(np.arange(len(days)), lengths)

    def newest(self, some: BitMap, limit: int) -> list[int]:
        """Return the newest of some excerpts, the newest of all first."""
        numbers = _array(some)
        ages = ~self._places[numbers]
        if limit < len(ages):
            first = np.argpartition(ages, limit)[:limit]
            numbers, ages = numbers[first], ages[first]
        found: list[int] = numbers[ages.argsort()].tolist()
        return found

    def dates(self, some: BitMap) -> list[tuple[int, str]]:
        """Return some excerpts with their dates of publication."""
        numbers, names = _array(some), self._days
        return [
            (n, names[day]) for n, day in zip(numbers.tolist(), self._day_of[numbers].tolist(), strict=True)
        ]

    def source_count(self, some: BitMap) -> int:
        """Return how many sources some excerpts are from."""
        return len(set(self._sources[_array(some)].tolist()))


def _numbers(packed: Iterable[str]) -> NDArray[np.uint32]:
    # Of all days in one: several times as fast as JSON into Python's numbers.
    return np.fromstring(",".join(each[1:-1] for each in packed), np.uint32, sep=",")


def _array(numbers: BitMap) -> NDArray[np.intp]:
    # What numpy takes places by: else it makes them for each column anew.
    return np.frombuffer(numbers.to_array(), np.uint32).astype(np.intp)
