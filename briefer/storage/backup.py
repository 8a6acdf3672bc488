"""Copies of a library that is in use, by SQLite's backup API."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, count, takewhile
from pathlib import Path

from briefer import in_use
from briefer.atomic import discard, sweep, sync, unfinished
from briefer.domain.results import LibraryCounts
from briefer.errors import LibraryError
from briefer.storage import cipher
from briefer.storage.cipher import Key
from briefer.storage.engine import APPLICATION_ID, is_library, known_errors, known_os_errors, reading


def folder_beside(library: Path) -> Path:
    """Return the folder of a library's automatic backups."""
    return library.with_name(f"{library.name}-backups")


def copy(library: Path, target: Path, key: Key | None = None) -> None:
    """Copy ``library`` to ``target``, which appears whole or not at all and may replace an older copy of it.

    The copy of an encrypted library has its ``key``.

    Raises:
        LibraryError: ``file-exists`` when the target is the library itself, another library or a file of another kind;
            ``library-locked`` when it is a library in use; ``library-damaged`` when the library is;
            ``library-unwritable``, ``library-full``.
    """
    if target.exists() and (target.samefile(library) or not is_library(target)):
        raise LibraryError("file-exists", name=target.name)
    if Path(f"{target}-wal").exists() or in_use.has_connections(target):
        # SQLite would play the other library's journal into the copy.
        raise LibraryError("library-locked", name=target.name)
    if target.exists() and not _is_older(target, library, key):
        raise LibraryError("file-exists", name=target.name)
    part = unfinished(target)
    sweep(target.parent)
    try:
        copy_checked(library, part, target, key)
        with known_os_errors(target):
            part.replace(target)
            sync(target.parent)
    finally:
        discard(part)


def _is_older(copy_: Path, library: Path, key: Key | None) -> bool:
    """Whether ``copy_`` holds nothing that the library has not held: the library's record goes on where that one ends.

    Where the copy has no record yet, its sources tell; one that cannot be read is none.
    """
    try:
        with (
            closing(cipher.connect(library, reading(library), key)) as now,
            closing(connect_immutable(copy_, key if cipher.salt_of(copy_) else None)) as then,
        ):
            last = then.execute("SELECT number, hash FROM record ORDER BY number DESC LIMIT 1").fetchone()
            if last:
                return (
                    now.execute("SELECT 1 FROM record WHERE number = ? AND hash = ?", last).fetchone()
                    is not None
                )
            ids = "SELECT id FROM sources"
            return set(then.execute(ids)) <= set(now.execute(ids))
    except cipher.reading_errors():
        return False


def before(library: Path, revision: str) -> Path:
    """Return a free name beside ``library`` for its copy from before the upgrade to ``revision``."""
    return next(path for path in _befores(library, revision) if not path.exists())


def befores(library: Path, revision: str) -> Iterator[Path]:
    """Yield the copies that there are from before the upgrade to ``revision``."""
    return takewhile(Path.exists, _befores(library, revision))


def _befores(library: Path, revision: str) -> Iterator[Path]:
    stem = f"{library.stem}.before-{revision}"
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return (library.with_name(f"{name}{library.suffix}") for name in names)


def copy_checked(library: Path, part: Path, target: Path, key: Key | None = None) -> LibraryCounts:
    """Copy the pages of ``library`` to a new file, see that the copy is whole, and return what it holds.

    Errors name ``target``, which ``part`` is to become; a copy that is not whole is the library's fault.
    """
    with known_errors(target):
        expected = _copy_pages(library, part, key)
        with closing(connect_immutable(part, key)) as copied:
            fault = fault_of(copied) or ("" if counts_of(copied) == expected else "a copy has other counts")
    if fault:
        raise LibraryError("library-damaged", name=library.name, detail=fault)
    return expected


def connect_immutable(path: Path, key: Key | None) -> sqlite3.Connection:
    """Return a connection to a file that nothing writes to; it leaves no files beside it."""
    return cipher.connect(path, "immutable=1", key)


def fault_of(connection: sqlite3.Connection) -> str:
    """Return the first fault of the file's structure, or nothing."""
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return "" if found == "ok" else str(found)


def counts_of(connection: sqlite3.Connection) -> LibraryCounts:
    """Return how much a library holds."""
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in ("sources", "excerpts", "briefs"))  # noqa: S608
    return LibraryCounts(*connection.execute(f"SELECT {counts}").fetchone())


def _copy_pages(library: Path, part: Path, key: Key | None) -> LibraryCounts:
    with (
        closing(cipher.connect(library, reading(library), key)) as source,
        closing(cipher.connect(part, "mode=rwc", key)) as copy_,
    ):
        source.execute("BEGIN")  # the copy is of the state that was counted, whatever is written meanwhile
        if source.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise LibraryError("library-not-one", name=library.name)
        expected = counts_of(source)
        source.backup(copy_)
        return expected
