"""An FTS5 index over a table of text: the one way in which either is written.

FTS5 must be told the text that goes, and rots silently when told another; here it is always taken from the
table. Triggers would do that too, but SQLite before 3.44 forbids them under ``trusted_schema=OFF``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Table, TableClause, bindparam, delete, literal, select
from sqlalchemy.dialects.sqlite import insert

from briefer.storage.ids import chunks

Texts = dict[str, object]
"""A row of the table: ``number`` and the columns of the index."""


class FullText:
    """A table of text with an integer key ``number``, and its index."""

    def __init__(self, texts: Table, index: TableClause) -> None:
        self.texts = texts
        self.index = index
        # Made once: building these for each of thousands of imported lines costs more than running them.
        names = [c.name for c in texts.c if not c.primary_key]
        among = texts.c.number.in_(bindparam("numbers", expanding=True))
        rows = select(*texts.c["number", *names]).where(among)
        gone = select(literal("delete"), *texts.c["number", *names]).where(among)
        self._add = insert(texts)
        changed = {name: self._add.excluded[name] for name in names}
        self._put = self._add.on_conflict_do_update(index_elements=["number"], set_=changed)
        self._remove = delete(texts).where(among)
        self._enter = insert(index)
        self._enter_rows = insert(index).from_select(["rowid", *names], rows)
        self._forget_rows = insert(index).from_select([index.name, "rowid", *names], gone)

    def add(self, connection: Connection, rows: Sequence[Texts]) -> None:
        """Store and index new rows."""
        connection.execute(self._add, rows)
        entries = [{"rowid" if key == "number" else key: row[key] for key in row} for row in rows]
        connection.execute(self._enter, entries)

    def put(self, connection: Connection, rows: Sequence[Texts]) -> None:
        """Store and index rows, new or changed."""
        # An upsert, because REPLACE could not say what was there before.
        for some in chunks(rows):
            with self._changing(connection, [row["number"] for row in some]):
                connection.execute(self._put, some)

    def drop(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Take rows out."""
        for some in chunks(numbers):
            connection.execute(self._forget_rows, {"numbers": some})
            connection.execute(self._remove, {"numbers": some})

    def clear(self, connection: Connection) -> None:
        """Take everything out, whatever state the index is in."""
        connection.execute(insert(self.index).values({self.index.name: "delete-all"}))
        connection.execute(delete(self.texts))

    @contextmanager
    def _changing(self, connection: Connection, numbers: Sequence[object]) -> Iterator[None]:
        connection.execute(self._forget_rows, {"numbers": numbers})
        yield
        connection.execute(self._enter_rows, {"numbers": numbers})
