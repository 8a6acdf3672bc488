"""Refuses a library whose schema holds what Briefer has never put there: a file may come from anybody.

Triggers and views run when somebody else's statements do, generated columns and CHECK work at every row, and an index
that is another than it seems gives other results. One statement over the schema finds them: the schema is read at every
opening anyway, and to look at each definition takes as long as to open the file. So the present schema is known by its
digest first, which takes a tenth of that, and only another one is looked through.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from briefer.errors import LibraryError
from briefer.storage.tables import band_index, excerpt_index, metadata, source_index

Shape = frozenset[tuple[str, str]]
"""Columns, generated and hidden ones too: each as the names of its table and of itself."""

_PRESENT: Shape = frozenset(
    {(table.name, column.name) for table in metadata.tables.values() for column in table.columns}
    | {("alembic_version", "version_num")}
)
_DIGEST = "f390607166010bc96b9dbb4509b300243a510de50e3f1d24b8c990a7833877a3"
"""Of the whole schema of a new library, of every column of SQLite's table of it but the places; changes with each revision."""

_INDEXES = (excerpt_index, source_index, band_index)
# Of earlier revisions.
_FORMER_TABLES = {"excerpt_pairs", "excerpt_texts", "source_texts", "source_bands"}
_FORMER_INDEXES = {
    "ix_excerpt_pairs_excerpt_number",
    "ix_excerpt_tags_tag_number_excerpt_number_counts",
    "ix_source_bands_band",
}
# What SQLite itself keeps there after ANALYZE or for an unfinished rename.
_OWN = {"alembic_version", "sqlite_stat1", "sqlite_stat4"}
_LONGEST = 60
_SHADOWS = ("data", "idx", "content", "docsize", "config")
_NOW, _FIRST = "content='',", "content='{}_texts',content_rowid='number',"
_ASCII, _UNICODE = "tokenize='ascii'", "tokenize='unicode61remove_diacritics2',prefix='123'"
_FULL_TEXT = {
    f"excerpt_indexUSINGfts5(body,comment,speaker,title,publisher,{_NOW}{_ASCII})",
    f"excerpt_indexUSINGfts5(body,comment,speaker,title,publisher,{_FIRST.format('excerpt')}{_UNICODE})",
    f"source_indexUSINGfts5(title,publisher,authors,body,{_NOW}{_ASCII})",
    f"source_indexUSINGfts5(title,publisher,authors,body,{_FIRST.format('source')}{_UNICODE})",
    f"band_indexUSINGfts5(bands,{_NOW}detail=none,columnsize=0,{_ASCII})",
}
# Signs of what works by itself in a table or index.
_WORKING = ("CHECK", "GENERATED", "AS(", "COLLATE", "/*", "--")


def is_present(connection: sqlite3.Connection) -> bool:
    """Whether the schema is, to the letter, that of a new library: then there is nothing to be looked for in it."""
    return digest_of(connection) == _DIGEST


def digest_of(connection: sqlite3.Connection) -> str:
    """Return the SHA-256 of a schema's definitions, in the order of their bytes."""
    # MessagePack tells bytes from text, and where each value ends: no two rows look alike.
    definitions = sorted(map(msgspec.msgpack.encode, connection.execute(_DEFINITIONS).fetchall()))
    return hashlib.sha256(b"".join(definitions)).hexdigest()


def check_schema(connection: sqlite3.Connection, path: Path, *, closely: bool) -> None:
    """See that the schema holds only what Briefer makes, in this or an earlier version.

    ``closely`` looks into the definitions too, which takes as long as to open a file.

    Raises:
        LibraryError: ``library-foreign``.
    """
    found = connection.execute(_UNEXPECTED).fetchone()
    if found is None and closely:
        found = connection.execute(_WORKING_BY_ITSELF).fetchone()
    if found is not None:
        shown = " ".join("".join(c if c.isprintable() else "?" for c in str(word)) for word in found)
        raise LibraryError("library-foreign", name=path.name, what=shown[:_LONGEST])


def shape_of(connection: sqlite3.Connection) -> Shape:
    """Return what tells the schema of one revision from that of another."""
    return frozenset(connection.execute(_COLUMNS).fetchall())


def check_columns(connection: sqlite3.Connection, path: Path) -> None:
    """See that a library of the present schema has no columns beside Briefer's; one that lacks is found where it is read.

    Raises:
        LibraryError: ``library-foreign``.
    """
    if extra := shape_of(connection) - _PRESENT:
        table, name = min(extra)
        shown = "".join(c if c.isprintable() else "?" for c in f"column {name} of {table}")
        raise LibraryError("library-foreign", name=path.name, what=shown[:_LONGEST])


def _listed(texts: Iterable[str]) -> str:
    return ", ".join("'{}'".format(text.replace("'", "''")) for text in sorted(texts))


def _unexpected() -> str:
    full_text = {index.name for index in _INDEXES}
    shadows = {f"{index.name}_{part}" for index in _INDEXES for part in _SHADOWS}
    tables = set(metadata.tables) | shadows | _FORMER_TABLES | _OWN
    indexes = {str(i.name) for table in metadata.tables.values() for i in table.indexes} | _FORMER_INDEXES
    definitions = {f"CREATEVIRTUALTABLE{text}" for text in _FULL_TEXT}
    return (
        "SELECT type, name FROM sqlite_schema WHERE CASE "  # noqa: S608  (own names)
        f"WHEN type = 'table' AND name IN ({_listed(full_text)}) "
        f"THEN replace(replace(sql, ' ', ''), char(10), '') NOT IN ({_listed(definitions)}) "
        f"WHEN type = 'table' THEN rootpage = 0 OR name NOT IN ({_listed(tables)}) "
        f"WHEN type = 'index' THEN sql IS NOT NULL AND name NOT IN ({_listed(indexes)}) "
        "ELSE 1 END LIMIT 1"
    )


def _working_by_itself() -> str:
    bare = "replace(replace(replace(replace(sql, ' ', ''), char(10), ''), char(9), ''), char(13), '')"
    signs = " OR ".join(f"bare LIKE '%{sign}%'" for sign in _WORKING)
    return (
        f"SELECT type, name, 'that works by itself' FROM (SELECT type, name, {bare} AS bare FROM sqlite_schema "  # noqa: S608
        f"WHERE sql IS NOT NULL AND rootpage != 0) WHERE {signs} OR type = 'index' AND bare LIKE '%(%(%' LIMIT 1"
    )


_DEFINITIONS = "SELECT type, name, tbl_name, ifnull(rootpage, 0) > 0, sql FROM sqlite_schema"
_COLUMNS = (
    "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c "  # noqa: S608  (own names)
    f"WHERE t.type = 'table' AND t.name IN ({_listed(set(metadata.tables) | _FORMER_TABLES | {'alembic_version'})})"
)
_UNEXPECTED = _unexpected()
_WORKING_BY_ITSELF = _working_by_itself()
