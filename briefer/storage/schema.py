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

Traits = frozenset[tuple[str | int | None, ...]]
"""What columns, foreign keys and indexes are: each begins with its kind, its name and its table's."""

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
# What SQLite itself keeps there after ANALYZE.
_STATISTICS = {
    ("table", "sqlite_stat1", "sqlite_stat1", 1, "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("table", "sqlite_stat4", "sqlite_stat4", 1, "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
}
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
    """Return the SHA-256 of a schema's definitions, in the order of their bytes, but for SQLite's own statistics."""
    found = (row for row in connection.execute(_DEFINITIONS) if row not in _STATISTICS)
    # MessagePack tells bytes from text, and where each value ends: no two rows look alike.
    definitions = sorted(map(msgspec.msgpack.encode, found))
    return hashlib.sha256(b"".join(definitions)).hexdigest()


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """See that the schema holds only what Briefer makes, in this or an earlier version, and nothing that works by itself.

    Raises:
        LibraryError: ``library-foreign``.
    """
    found = connection.execute(_UNEXPECTED).fetchone() or connection.execute(_WORKING_BY_ITSELF).fetchone()
    if found is not None:
        raise foreign(path, " ".join(map(str, found)))


def foreign(path: Path, what: str) -> LibraryError:
    """Return the error that refuses a library because of something in its schema."""
    shown = "".join(c if c.isprintable() else "?" for c in what)
    return LibraryError("library-foreign", name=path.name, what=shown[:_LONGEST])


def shape_of(connection: sqlite3.Connection) -> Shape:
    """Return what tells the schema of one revision from that of another."""
    return frozenset(connection.execute(_COLUMNS).fetchall())


def traits_of(connection: sqlite3.Connection) -> Traits:
    """Return what the definitions of tables come to, however they are written."""
    return frozenset(row for wanted in _TRAITS for row in connection.execute(wanted))


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
_OF_TABLES = (
    f"t.type = 'table' AND t.name IN ({_listed(set(metadata.tables) | _FORMER_TABLES | {'alembic_version'})})"
)
_COLUMNS = (
    f"SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c WHERE {_OF_TABLES}"  # noqa: S608
)
_TRAITS = tuple(
    f"SELECT {columns} FROM sqlite_schema AS t, {pragma} WHERE {_OF_TABLES}"  # noqa: S608  (own names)
    for columns, pragma in (
        (
            "'column', c.name, t.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden",
            "pragma_table_xinfo(t.name) AS c",
        ),
        (
            '\'foreign key\', f."from", t.name, f."table", f."to", f.on_update, f.on_delete, f."match"',
            "pragma_foreign_key_list(t.name) AS f",
        ),
        (
            '\'index\', i.name, t.name, i."unique", i.origin, i.partial, x.seqno, x.name, x."desc", x.coll',
            "pragma_index_list(t.name) AS i, pragma_index_xinfo(i.name) AS x",
        ),
    )
)
_UNEXPECTED = _unexpected()
_WORKING_BY_ITSELF = _working_by_itself()
