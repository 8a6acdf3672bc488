"""Putting many rows into a table: as the statement of SQLAlchemy's Core does, without its work for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

_DIALECT = sqlite.dialect()


class Many:
    """The statement that puts rows into a table; values are converted as the columns' types say."""

    def __init__(self, table: Table, *, or_ignore: bool = False) -> None:
        self._columns = tuple(column.name for column in table.c)
        names = ", ".join(f'"{name}"' for name in self._columns)
        marks = ", ".join("?" * len(self._columns))
        what = "INSERT OR IGNORE" if or_ignore else "INSERT"
        self._statement = f"{what} INTO {table.name} ({names}) VALUES ({marks})"
        self._conversions: list[tuple[str, Callable[[Any], Any]]] = [
            (column.name, convert)
            for column in table.c
            if (convert := column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)) is not None
        ]

    def put(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows in, each with a value for every column."""
        if rows:
            connection.exec_driver_sql(self._statement, [self._converted(row) for row in rows])

    def _converted(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        values = dict(row)
        for name, convert in self._conversions:
            values[name] = convert(values[name])
        return tuple([values[name] for name in self._columns])
