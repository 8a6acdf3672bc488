"""A contentless FTS5 index: the one way in which it is written.

FTS5 must be told the text that goes, and rots silently when told another. So the text that goes is always
prepared from the rows as they were when it came: whatever changes them does so inside
`search_index.changing`, and ``doctor`` counts after it.
"""

from __future__ import annotations

import msgspec
from pyroaring import BitMap
from sqlalchemy import Connection, TableClause, insert

from briefer.domain.indexing import Texts
from briefer.storage.directly import value
from briefer.storage.index_damage import told_as_damage

# The tables that FTS5 keeps a contentless index in (sqlite.org/fts5.html, 9.2), and where one is without places.
_PARTS = ("data", "idx", "docsize", "config")
_PARTS_WITHOUT = ("data", "idx", "config")
# Fewer and larger pieces, and these put together less often: an import is a fifth faster.
_OPTIONS = {"hashsize": 32 << 20, "automerge": 8}
MOST = 1 << 32  # numbers of sets are of 32 bits
_WITHOUT = ", detail=none, columnsize=0"


class FullText:
    """One index; rows are known by their numbers. One without ``places`` keeps only which words a row has."""

    def __init__(self, index: TableClause, *, places: bool = True) -> None:
        self.index = index
        self._places = places
        own = {index.name, "rowid", "rank"}
        self.columns = tuple(c.name for c in index.c if c.name not in own)
        marks = ", ".join("?" * (len(self.columns) + 1))
        names = ", ".join(["rowid", *self.columns])
        # As text: SQLAlchemy takes longer to put such a statement together than SQLite to run it.
        self._enter = f"INSERT INTO {index.name} ({names}) VALUES ({marks})"  # noqa: S608  (own names)
        self._forget = f"INSERT INTO {index.name} ({index.name}, {names}) VALUES ('delete', {marks})"  # noqa: S608
        self._count = f"SELECT count(*) FROM (SELECT 1 FROM {index.name} WHERE {index.name} MATCH ? LIMIT ?)"  # noqa: S608
        # One JSON text instead of a row a number: several times as fast.
        self._found = (
            f"SELECT json_group_array(rowid) FROM {index.name} WHERE {index.name} MATCH ? AND rowid < ?"  # noqa: S608
        )

    def enter(self, connection: Connection, texts: dict[int, Texts]) -> None:
        """Index rows that are not in it."""
        if texts:
            connection.exec_driver_sql(self._enter, [(number, *row) for number, row in texts.items()])

    def forget(self, connection: Connection, texts: dict[int, Texts]) -> None:
        """Take rows out; their texts have to be those with which they were entered."""
        if texts:
            connection.exec_driver_sql(self._forget, [(number, *row) for number, row in texts.items()])

    def clear(self, connection: Connection) -> None:
        """Take everything out, whatever state the index is in."""
        connection.execute(insert(self.index).values({self.index.name: "delete-all"}))
        for option, given in _OPTIONS.items():
            connection.execute(insert(self.index).values({self.index.name: option, "rank": given}))

    def reset(self, connection: Connection) -> None:
        """Empty an index that cannot even be opened, by what SQLite itself puts into an empty one.

        Whoever has it open must open it anew.
        """
        columns = ", ".join(self.columns)
        more = "" if self._places else _WITHOUT
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE temp.blank USING fts5({columns}, content='', tokenize='ascii'{more})"
        )
        for part in _PARTS if self._places else _PARTS_WITHOUT:
            own = f"main.{self.index.name}_{part}"
            connection.exec_driver_sql(f"DELETE FROM {own}")  # noqa: S608  (own names)
            connection.exec_driver_sql(f"INSERT INTO {own} SELECT * FROM temp.blank_{part}")  # noqa: S608
        connection.exec_driver_sql("DROP TABLE temp.blank")

    def count(self, connection: Connection, expression: str, most: int) -> int:
        """Return how many rows match an FTS5 expression, ``most`` where they are more. Raises as :meth:`found`."""
        with told_as_damage(self.index.name):
            return int(value(connection, self._count, expression, most) or 0)

    def found(self, connection: Connection, expression: str, before: int = MOST) -> BitMap:
        """Return the numbers of the rows that match an FTS5 expression, of those less than ``before``.

        Raises:
            LibraryError: ``index-damaged``.
        """
        with told_as_damage(self.index.name):
            packed = value(connection, self._found, expression, before)
        return BitMap(msgspec.json.decode(packed or "[]", type=list[int]))
