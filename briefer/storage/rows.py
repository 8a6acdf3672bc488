"""Reads the rows of a damaged table: all that lie in pages which SQLite still can read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table

from briefer.storage import cipher
from briefer.storage.cipher import Key
from briefer.storage.types import UnreadableValueError

Values = tuple[object, ...]

_READ_SCHEMA = "SELECT count(*) FROM sqlite_schema"
# What stands for a list, for named values and for a time.
_USUAL = ("[]", "{}", "1970-01-01T00:00:00.000000+00:00")
_MOST_PROBES = 4_000
_FARTHEST = 1 << 40


def open_leniently(path: Path, key: Key | None) -> sqlite3.Connection:
    """Return a connection to a copy of a damaged library that knows as much of its schema as can be read.

    Raises what SQLite raises where nothing can be.
    """
    connection = cipher.connect(path, "mode=rw", key, explicit=True)
    try:
        # With a schema that may be written, SQLite passes over what of it is no SQL: from the second statement on.
        for statement in ("PRAGMA writable_schema=ON", _READ_SCHEMA, "PRAGMA trusted_schema=OFF"):
            with suppress(*cipher.reading_errors()):
                connection.execute(statement).fetchone()
        connection.execute(_READ_SCHEMA).fetchone()
    except cipher.reading_errors():
        connection.close()
        raise
    return connection


def mend_schema(damaged: sqlite3.Connection, sound: sqlite3.Connection) -> None:
    """Give the tables of a damaged library the definitions that they have in a sound one, as far as it can be written."""
    with suppress(*cipher.reading_errors()):
        wanted = "SELECT sql, name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
        mended = "UPDATE sqlite_schema SET sql = ?1 WHERE type = 'table' AND name = ?2 AND sql IS NOT ?1"
        damaged.execute("BEGIN IMMEDIATE")
        for definition in sound.execute(wanted).fetchall():
            damaged.execute(mended, definition)
        damaged.execute("COMMIT")


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
        except cipher.reading_errors():
            return None

    def rows(self) -> Iterator[Values]:
        """Yield the rows that can be read, each once: from the front, from the back, and what lies between."""
        front: object = None
        try:
            for key, *row in self._connection.execute(f"{self._wanted} ORDER BY {self._key}"):
                yield tuple(row)
                front = key
        except cipher.reading_errors():
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
        except cipher.reading_errors():
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
            except cipher.reading_errors():
                if low < high:
                    middle = (low + high) // 2
                    waiting += [(middle + 1, high), (low, middle)]
            else:
                yield from (tuple(row) for _key, *row in found)


def sound(column: Column[object], value: object, *, shaped: bool) -> tuple[object, str]:
    """Return a raw value as it is to be stored, and what of it is lost, or nothing. Texts come as bytes.

    ``shaped`` is whether it has to be what this Briefer would have written. Raises UnreadableValueError.
    """
    if value is None and column.nullable:
        return None, ""
    wanted: type = str
    if isinstance(column.type, LargeBinary):
        wanted = bytes
    elif isinstance(column.type, Boolean | Integer):
        wanted = int
    lost = ""
    if wanted is str and isinstance(value, bytes):
        text = value.decode("utf-8", "replace")
        lost = "" if text.encode() == value else f"letters of {column.name} cannot be read and are now �"
        value = text
    if not isinstance(value, wanted):
        raise UnreadableValueError(f"{column.name} is {type(value).__name__}")
    reader = getattr(column.type, "process_result_value", None)
    if not shaped or reader is None or _is_read(reader, value):
        return value, lost
    usual = next((usual for usual in _USUAL if _is_read(reader, usual)), None)
    if usual is None and column.nullable:
        return None, f"{column.name} cannot be read and is now empty"
    if usual is None:
        raise UnreadableValueError(f"{column.name} cannot be read")
    return usual, f"{column.name} cannot be read and is now {usual}"


def _is_read(reader: Callable[[object, None], object], value: object) -> bool:
    try:
        reader(value, None)
    except UnreadableValueError:
        return False
    return True
