"""Libraries written anew: encrypted, with another passphrase, or without one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from briefer.errors import LibraryError
from briefer.storage import cipher
from briefer.storage.cipher import PLAIN, Key
from briefer.storage.engine import known_errors, reading

_OTHER = "other"
_HEADER = ("application_id", "user_version")  # what SQLCipher's export leaves out


@contextmanager
def converted(
    source: Path, part: Path, key: Key | None, new: Key | None, *, still: bool = False
) -> Iterator[None]:
    """Write all that ``source`` holds to the new file ``part``, and keep others out of ``source`` meanwhile.

    ``key`` opens the one and ``new`` will open the other; None is for a file that is not encrypted. ``still``
    is a source that nobody writes to, and that is not touched. Inside, ``part`` is complete and was compared
    row by row. What goes through memory goes nowhere else.

    Raises:
        LibraryError: ``library-locked``, ``library-damaged``, ``library-full``, ``library-unwritable``.
    """
    how = "immutable=1" if still else "mode=rw"
    with (
        known_errors(source),
        closing(cipher.connect(source, how, key or PLAIN, timeout=0, explicit=True)) as reader,
    ):
        for pragma in ("temp_store=MEMORY", "trusted_schema=OFF"):
            reader.execute(f"PRAGMA {pragma}")
        if not still:
            reader.execute("PRAGMA journal_mode=DELETE")
            reader.execute("PRAGMA locking_mode=EXCLUSIVE")  # also after the transaction, until the end
        cipher.attach(reader, part, "mode=rwc", new, _OTHER)
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):  # nobody needs half of it
            reader.execute(f"PRAGMA {_OTHER}.{pragma}")
        reader.execute("BEGIN EXCLUSIVE")
        reader.execute(f"SELECT sqlcipher_export('{_OTHER}')")
        for name in _HEADER:
            (value,) = reader.execute(f"PRAGMA main.{name}").fetchone()
            reader.execute(f"PRAGMA {_OTHER}.{name}={value}")
        reader.execute("COMMIT")
        fault = difference(reader, _OTHER) or _fault(reader)
        reader.execute(f"DETACH {_OTHER}")
        if fault:
            raise LibraryError("library-damaged", name=source.name, detail=fault)
        yield


def same_content(one: Path, other: Path, key: Key) -> bool:
    """Whether two encrypted files of one key hold the same; their bytes differ each time they are written."""
    with closing(cipher.connect(one, "immutable=1", key)) as connection:
        cipher.attach(connection, other, "immutable=1", key, _OTHER)
        return not difference(connection, _OTHER)


def is_copy(copy: Path, library: Path, key: Key | None) -> bool:
    """Whether a file of the same key is whole and holds what a library holds now, which may be in use."""
    try:
        with closing(cipher.connect(library, reading(library), key)) as connection:
            cipher.attach(connection, copy, "immutable=1", key, _OTHER)
            return not difference(connection, _OTHER) and not _fault(connection)
    except cipher.reading_errors():
        return False


def difference(connection: sqlite3.Connection, other: str) -> str:
    """Return in what the attached database ``other`` differs from the main one, or nothing."""
    if _schema(connection, "main") != _schema(connection, other):
        return "its copy has another schema"
    tables = [name for kind, name, _sql, root in _schema(connection, "main") if kind == "table" and root]
    return next(
        (f"its copy differs in {table}" for table in tables if _differs(connection, table, other)), ""
    )


def _schema(connection: sqlite3.Connection, database: str) -> set[tuple[str, str, str | None, bool]]:
    rows = connection.execute(f"SELECT type, name, sql, rootpage > 0 FROM {database}.sqlite_schema")  # noqa: S608
    return {(kind, name, sql, bool(root)) for kind, name, sql, root in rows}


def _differs(connection: sqlite3.Connection, table: str, other: str) -> bool:
    here, there = f"main.{_quoted(table)}", f"{other}.{_quoted(table)}"
    columns = [
        (name, pk) for _n, name, _t, _nn, _d, pk in connection.execute(f"PRAGMA table_info({_quoted(table)})")
    ]
    keys = [_quoted(name) for name, pk in columns if pk]
    if keys:
        joined = " AND ".join(f"there_.{name} = here_.{name}" for name in keys)
        unlike = " OR ".join(f"there_.{_quoted(name)} IS NOT here_.{_quoted(name)}" for name, _pk in columns)
        wanted = f"SELECT 1 FROM {here} here_ LEFT JOIN {there} there_ ON {joined} WHERE {unlike} LIMIT 1"  # noqa: S608
    else:
        wanted = f"SELECT 1 FROM (SELECT * FROM {here} EXCEPT SELECT * FROM {there}) LIMIT 1"  # noqa: S608
    counted = f"SELECT (SELECT count(*) FROM {here}) = (SELECT count(*) FROM {there})"  # noqa: S608
    return not connection.execute(counted).fetchone()[0] or connection.execute(wanted).fetchone() is not None


def _fault(connection: sqlite3.Connection) -> str:
    (found,) = connection.execute(f"PRAGMA {_OTHER}.quick_check(1)").fetchone()
    return "" if found == "ok" else str(found)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
