"""Copies of a library that is in use, by SQLite's backup API."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from briefer.domain.ids import new_id
from briefer.errors import LibraryError
from briefer.storage.engine import is_library, known_errors, known_os_errors


def copy(library: Path, target: Path) -> None:
    """Copy ``library`` to ``target``, which appears whole or not at all and may replace an older copy.

    Raises:
        LibraryError: ``library-exists`` when the target is the library itself or a file of another kind;
            ``library-locked`` when it is a library in use; ``library-unwritable``, ``library-full``.
    """
    if target.exists() and (target.samefile(library) or not is_library(target)):
        raise LibraryError("library-exists", name=target.name)
    if Path(f"{target}-wal").exists():
        # SQLite would play the other library's journal into the copy.
        raise LibraryError("library-locked", name=target.name)
    part = target.with_name(f".{target.name}.{new_id()}")
    try:
        with known_errors(target):
            _copy_pages(library, part)
        with known_os_errors(target):
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def before(library: Path, revision: str) -> Path:
    """Return a free name beside ``library`` for its copy from before the upgrade to ``revision``."""
    stem = f"{library.stem}.before-{revision}"
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        path = library.with_name(f"{name}{library.suffix}")
        if not path.exists():
            return path
        number += 1


def _copy_pages(library: Path, part: Path) -> None:
    with (
        closing(sqlite3.connect(f"{library.absolute().as_uri()}?mode=rw", uri=True)) as source,
        closing(sqlite3.connect(part)) as copy_,
    ):
        source.backup(copy_)
