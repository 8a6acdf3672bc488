"""Putting many rows into a table: as the statement of SQLAlchemy's Core does, without its work for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

_DIALECT = sqlite.dialect()


class Many:
    """The statement that puts rows into a table; values are converted as the columns' types say."""

    def __init__(self, table: Table, *, or_ignore: bool = False) -> None:
        columns = [column.name for column in table.c]
        self._values = itemgetter(*columns)
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        what = "INSERT OR IGNORE" if or_ignore else "INSERT"
        self._statement = f"{what} INTO {table.name} ({names}) VALUES ({marks})"
        self._conversions: list[tuple[int, Callable[[Any], Any]]] = [
            (place, convert)
            for place, column in enumerate(table.c)
            if (convert := column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)) is not None
        ]

    def put(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows in, each with a value for every column."""
        if rows:
            connection.exec_driver_sql(self._statement, [tuple(self._converted(row)) for row in rows])

    def _converted(self, row: Mapping[str, Any]) -> list[Any]:
        values = list(self._values(row))
        for place, convert in self._conversions:
            values[place] = convert(values[place])
        return values
