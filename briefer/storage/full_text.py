"""A contentless FTS5 index: the one way in which it is written.

FTS5 must be told the text that goes, and rots silently when told another, or calls the file damaged. So the text that
goes is always prepared from the rows as they were when it came: whatever changes them does so inside
`search_index.changing`, and ``doctor`` counts after it. Rows that something else than Briefer has changed have another
text than they came with: these are told by how many words each column had, and the first few word by word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import islice

import msgspec
from pyroaring import BitMap
from sqlalchemy import Connection, TableClause, insert
from sqlalchemy.exc import DBAPIError

from briefer.domain.indexing import Texts
from briefer.storage.directly import rows, value
from briefer.storage.index_damage import told_as_damage
from briefer.storage.pages import listed

# The tables that FTS5 keeps a contentless index in (sqlite.org/fts5.html, 9.2), and where one is without places.
_PARTS = ("data", "idx", "docsize", "config")
_PARTS_WITHOUT = ("data", "idx", "config")
# Fewer and larger pieces, and these put together less often: an import is a fifth faster.
_OPTIONS = {"hashsize": 32 << 20, "automerge": 8}
MOST = 1 << 32  # numbers of sets are of 32 bits
_WITHOUT = ", detail=none, columnsize=0"
# To look a text of seventy words up in the index of a million excerpts takes a twentieth of a second.
_LOOKED_UP = 2
_LONGEST = 200  # of words: what is longer is known by their number
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}


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
        self._firsts = (
            f"SELECT (SELECT json_group_array(rowid) FROM (SELECT rowid FROM {index.name} "  # noqa: S608
            f"WHERE {index.name} MATCH each.value AND rowid < ? LIMIT ?)) FROM json_each(?) AS each"
        )

        # Of a weight that great, BM25 is what it is at the most.
        scores = [", ".join("0" if other != own else "1" for other in self.columns) for own in self.columns]
        weights = [", ".join(["1e12"] * len(self.columns)), *scores]
        fits = ", ".join(f"-bm25({index.name}, {each})" for each in weights)
        # With the sign, SQLite tests each row that matches, and works BM25 out for those wanted alone.
        self._fits = (
            f"SELECT rowid, {fits} FROM {index.name} "  # noqa: S608
            f"WHERE {index.name} MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"
        )

    def enter(self, connection: Connection, texts: dict[int, Texts]) -> None:
        """Index rows that are not in it."""
        if texts:
            connection.exec_driver_sql(self._enter, [(number, *row) for number, row in texts.items()])

    def forget(self, connection: Connection, texts: dict[int, Texts]) -> None:
        """Take rows out; their texts have to be those with which they were entered."""
        if texts:
            connection.exec_driver_sql(self._forget, [(number, *row) for number, row in texts.items()])

    def exchange(
        self, connection: Connection, before: Mapping[int, Texts], after: Mapping[int, Texts]
    ) -> bool:
        """Index rows anew whose texts were ``before`` and are ``after``, and return whether the index is true to them.

        It is not where a row came in with another text than it had before, or where the index is damaged.
        """
        gone = {number: texts for number, texts in before.items() if after.get(number) != texts}
        try:
            strange = self._strange(connection, before, gone)
            self.forget(connection, {n: texts for n, texts in gone.items() if n not in strange})
            self.enter(connection, {n: texts for n, texts in after.items() if before.get(n) != texts})
        except DBAPIError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                raise
            return False
        return not strange

    def _strange(
        self, connection: Connection, before: Mapping[int, Texts], gone: Mapping[int, Texts]
    ) -> set[int]:
        """Return the numbers of rows that came in with other texts than ``before``, as far as can be told soon."""
        if not self._places:
            return set()
        sized = f"SELECT id, sz FROM {self.index.name}_docsize WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608  (own names)
        sizes = dict(rows(connection, sized, listed(before)))
        found = {number for number, texts in before.items() if sizes.get(number) != _sizes(texts)}
        some = islice(gone.items(), _LOOKED_UP)
        return found.union(number for number, texts in some if not self._holds(connection, number, texts))

    def _holds(self, connection: Connection, number: int, texts: Texts) -> bool:
        """Whether a row has these texts in the index, word for word, but for such as are long."""
        short = {
            c: own
            for c, own in zip(self.columns, texts, strict=True)
            if 0 < own.count(" ") + 1 <= _LONGEST and own
        }
        sought = " AND ".join(f'{column} : "{own}"' for column, own in short.items())
        found = f"SELECT count(*) FROM {self.index.name} WHERE {self.index.name} MATCH ? AND rowid = ?"  # noqa: S608
        return not sought or value(connection, found, sought, number) == 1

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

    def fits(self, connection: Connection, expression: str, among: BitMap) -> list[tuple[float, ...]]:
        """Return of those rows ``among`` that match their number, and how well they do by BM25.

        That is: what it is at the most, however often the words are there, and what it is by each column alone. Raises
        as :meth:`found`.
        """
        with told_as_damage(self.index.name):
            return rows(connection, self._fits, expression, listed(among))

    def found(self, connection: Connection, expression: str, before: int = MOST) -> BitMap:
        """Return the numbers of the rows that match an FTS5 expression, of those less than ``before``.

        Raises:
            LibraryError: ``index-damaged``.
        """
        with told_as_damage(self.index.name):
            packed = value(connection, self._found, expression, before)
        return BitMap(_numbers(packed))

    def firsts(
        self, connection: Connection, expressions: Iterable[str], before: int, most: int
    ) -> list[list[int]]:
        """Return the same numbers for each of many expressions, ascending, at most so many."""
        with told_as_damage(self.index.name):
            found = rows(connection, self._firsts, before, most, listed(expressions))
            return [_numbers(packed) for (packed,) in found]


def _numbers(packed: str | None) -> list[int]:
    return msgspec.json.decode(packed or "[]", type=list[int])


def _sizes(texts: Texts) -> bytes:
    """Return the numbers of words of a row's columns as FTS5 keeps them (sqlite.org/fileformat2.html, 1.6, varints)."""
    found = bytearray()
    for text in texts:
        count = len(text.split())
        parts = [count & 0x7F]
        while count := count >> 7:
            parts.append(count & 0x7F | 0x80)
        found += bytes(reversed(parts))
    return bytes(found)
