"""Brings a library's schema up to date: each upgrade happens whole or not at all."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from briefer import assets
from briefer.errors import LibraryError
from briefer.storage import engine, record
from briefer.storage.cipher import Key

if TYPE_CHECKING:
    from alembic.config import Config

_running = Lock()  # Alembic keeps what it works on in globals; libraries are made on several threads
# A table, and no view that may do anything.
_HAS_REVISION = (
    "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version' AND type = 'table' AND rootpage > 0"
)
_STATED = re.compile(r'^(revision|down_revision) = "(\w+)"', re.MULTILINE)


def head() -> str:
    """Return the newest revision that this Briefer knows."""
    return _revisions()[0]


def is_known(revision: str) -> bool:
    """Whether this Briefer has that revision."""
    return revision in _revisions()[1]


def revision_of(path: Path, *, busy_ms: int = engine.BUSY_MS) -> str:
    """Return a library's revision, without writing to the file.

    Raises:
        LibraryError: ``library-newer``, ``library-damaged``, ``library-locked``.
    """
    with (
        engine.known_errors(path),
        closing(engine.connect(path, engine.Access(busy_ms=busy_ms))) as connection,
    ):
        return known_revision(connection, path)


def known_revision(connection: sqlite3.Connection, path: Path) -> str:
    """Return the revision of the library that ``connection`` leads to.

    Raises:
        LibraryError: ``library-newer``, ``library-damaged``.
    """
    # As Alembic keeps it, which takes longer to import than a library to open.
    found = connection.execute(_HAS_REVISION).fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
    if row is None:
        raise LibraryError("library-damaged", name=path.name, detail="it has no schema")
    revision = str(row[0])
    if not is_known(revision):
        raise LibraryError("library-newer", name=path.name, found=revision)
    return revision


def upgrade(path: Path, *, busy_ms: int = engine.BUSY_MS, who: str = "", key: Key | None = None) -> None:
    """Bring an older library to the newest revision, in one transaction, and record that ``who`` did."""
    access = engine.Access(foreign_keys=False, busy_ms=busy_ms, key=key)
    with (
        engine.known_errors(path),
        engine.disposing(engine.new_engine(path, access)) as writer,
        engine.transaction(writer, write=True) as connection,
    ):
        before = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
        run(connection)
        record.upgraded(connection, who, before, head())
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise LibraryError("library-damaged", name=path.name, detail=f"{len(broken)} lost references")


def run(connection: Connection, revision: str = "head") -> None:
    """Run what is missing up to a revision, by default the newest, inside the connection's transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    with _running:
        command.upgrade(config, revision)


def _revisions() -> tuple[str, frozenset[str]]:
    """Return the newest revision, and all of them."""
    return _read_revisions(assets.migrations() / "versions")


@lru_cache(maxsize=4)
def _read_revisions(folder: Path) -> tuple[str, frozenset[str]]:
    before: dict[str, str | None] = {}
    for path in folder.glob("*.py"):
        stated = dict(_STATED.findall(path.read_text("utf-8")))
        before[stated["revision"]] = stated.get("down_revision")
    (newest,) = before.keys() - set(before.values())
    return newest, frozenset(before)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(assets.migrations()).replace("%", "%%"))
    return config
