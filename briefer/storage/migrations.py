"""Brings a library's schema up to date: each upgrade happens whole or not at all."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection, create_engine

from briefer import assets
from briefer.errors import LibraryError
from briefer.storage import engine, record
from briefer.storage.cipher import Key
from briefer.storage.schema import Shape, Traits, foreign, shape_of, traits_of

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


def known_revision(connection: sqlite3.Connection, path: Path, *, sure: bool = False) -> str:
    """Return the revision of the library that ``connection`` leads to; ``sure`` is whether it has a table for it.

    Raises:
        LibraryError: ``library-newer``, ``library-damaged``, ``library-foreign``.
    """
    # As Alembic keeps it, which takes longer to import than a library to open.
    found = sure or connection.execute(_HAS_REVISION).fetchone()
    rows = connection.execute("SELECT version_num FROM alembic_version LIMIT 2").fetchall() if found else []
    if not rows:
        raise LibraryError("library-damaged", name=path.name, detail="it has no schema")
    if len(rows) > 1:
        raise LibraryError("library-foreign", name=path.name, what="more than one number of its schema")
    revision = str(rows[0][0])
    if not is_known(revision):
        raise LibraryError("library-newer", name=path.name, found=revision)
    return revision


def check_revision(connection: sqlite3.Connection, path: Path, revision: str) -> None:
    """See that a library has the columns of the revision that it says, before anything is done to it.

    Raises:
        LibraryError: ``library-damaged``.
    """
    if shape_of(connection) != _shape(revision):
        detail = f"it says that its schema is {revision}, and its tables are of another"
        raise LibraryError("library-damaged", name=path.name, detail=detail)


def check_definitions(connection: sqlite3.Connection, path: Path, revision: str) -> None:
    """See that columns, foreign keys and indexes of a library are those of its revision; what lacks is found where it is read.

    Raises:
        LibraryError: ``library-foreign``.
    """
    if extra := traits_of(connection) - _traits(revision):
        kind, name, table, *_ = min(extra, key=repr)
        raise foreign(path, f"{kind} {name} of {table}")


def likely_revision(connection: sqlite3.Connection, stated: str) -> str:
    """Return the revision whose schema a library has: the ``stated`` one, unless there is some that came later."""
    if stated == head():
        return stated
    found, shapes = shape_of(connection), {each: _shape(each) for each in _revisions()[1]}
    if not (found & frozenset[tuple[str, str]]().union(*shapes.values())) - shapes[stated]:
        return stated
    # The latest of those that differ in indexes or data alone.
    return min(sorted(shapes, reverse=True), key=lambda each: len(shapes[each] ^ found))


@lru_cache
def _shape(revision: str) -> Shape:
    """Return the shape of a library that was never of another revision."""
    with _made_at(revision) as connection:
        return shape_of(connection)


@lru_cache
def _traits(revision: str) -> Traits:
    """Return what the definitions come to in a library that was never of another revision."""
    with _made_at(revision) as connection:
        return traits_of(connection)


@contextmanager
def _made_at(revision: str) -> Iterator[sqlite3.Connection]:
    """Make the tables of a revision in memory."""
    with engine.disposing(create_engine("sqlite://")) as scratch, scratch.begin() as connection:
        run(connection, revision)
        yield cast("sqlite3.Connection", connection.connection.driver_connection)


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
