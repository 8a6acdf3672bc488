"""Reads the rows of a damaged table: all that lie in pages which SQLite still can read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table

from briefer.storage import cipher
from briefer.storage.types import UnreadableValueError

Values = tuple[object, ...]

_MOST_PROBES = 4_000
_FARTHEST = 1 << 40


class DamagedTable:
    """One table of a damaged library. ``columns`` are those that both the library and this Briefer know."""

    def __init__(self, connection: sqlite3.Connection, table: Table, names: frozenset[str]) -> None:
        self._connection = connection
        self._table = table
        self.columns: tuple[Column[object], ...] = tuple(c for c in table.columns if c.name in names)
        first = next(iter(table.primary_key.columns)).name
        self._key = "rowid" if table.dialect_options["sqlite"].get("with_rowid", True) else f'"{first}"'
        listed = ", ".join(f'"{c.name}"' for c in self.columns)
        self._wanted = f'SELECT {self._key}, {listed} FROM "{table.name}"'  # noqa: S608  (its own names)
        self._probes = 0

    def count(self) -> int | None:
        """Return how many rows there should be, which an index often still knows; None where nothing does."""
        try:
            return int(self._connection.execute(f'SELECT count(*) FROM "{self._table.name}"').fetchone()[0])  # noqa: S608
        except cipher.errors(MemoryError):
            return None

    def rows(self) -> Iterator[Values]:
        """Yield the rows that can be read, each once: from the front, from the back, and what lies between."""
        front: object = None
        try:
            for key, *row in self._connection.execute(f"{self._wanted} ORDER BY {self._key}"):
                yield tuple(row)
                front = key
        except cipher.errors(MemoryError):
            pass
        else:
            return
        back: object = None
        found: list[Values] = []
        beyond = "" if front is None else f" WHERE {self._key} > ?"
        try:
            wanted = f"{self._wanted}{beyond} ORDER BY {self._key} DESC"
            for key, *row in self._connection.execute(wanted, () if front is None else (front,)):
                found.append(tuple(row))
                back = key
        except cipher.errors(MemoryError):
            pass
        yield from reversed(found)
        low = front if isinstance(front, int) else 0
        high = back if isinstance(back, int) else _FARTHEST
        if not isinstance(front or back or 0, (str, bytes)):
            yield from self._between(low + 1, high - 1)

    def _between(self, low: int, high: int) -> Iterator[Values]:
        """Yield rows of a stretch of numbers by halving it wherever it cannot be read."""
        waiting = [(low, high)]
        while waiting and self._probes < _MOST_PROBES:
            low, high = waiting.pop()
            if low > high:
                continue
            self._probes += 1
            try:
                found = self._connection.execute(
                    f"{self._wanted} WHERE {self._key} BETWEEN ? AND ?", (low, high)
                ).fetchall()
            except cipher.errors(MemoryError):
                if low < high:
                    middle = (low + high) // 2
                    waiting += [(middle + 1, high), (low, middle)]
            else:
                yield from (tuple(row) for _key, *row in found)


def sound(column: Column[object], value: object, *, shaped: bool) -> tuple[object, bool]:
    """Return a raw value as it is to be stored, and whether letters of it were lost. Texts come as bytes.

    ``shaped`` is whether it has to be what this Briefer would have written. Raises UnreadableValueError.
    """
    if value is None and column.nullable:
        return None, False
    if isinstance(column.type, LargeBinary):
        wanted: type = bytes
    elif isinstance(column.type, (Boolean, Integer)) or (column.primary_key and isinstance(value, int)):
        wanted = int
    else:
        wanted = str
    harmed = False
    if wanted is str and isinstance(value, bytes):
        text = value.decode("utf-8", "replace")
        harmed = text.encode() != value
        value = text
    if not isinstance(value, wanted):
        raise UnreadableValueError(f"{column.name} is {type(value).__name__}")
    reader = getattr(column.type, "process_result_value", None)
    if shaped and reader is not None:
        reader(value, None)
    return value, harmed
