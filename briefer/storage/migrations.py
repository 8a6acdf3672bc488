"""Brings a library's schema up to date: each upgrade happens whole or not at all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from briefer import assets
from briefer.errors import LibraryError
from briefer.storage import engine


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
        engine.disposing(engine.new_engine(path, busy_ms=busy_ms)) as reader,
        engine.transaction(reader, write=False) as connection,
    ):
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise LibraryError("library-damaged", name=path.name, detail="it has no schema")
    if not is_known(revision):
        raise LibraryError("library-newer", name=path.name, found=revision)
    return revision


def upgrade(path: Path, *, busy_ms: int = engine.BUSY_MS) -> None:
    """Bring an older library to the newest revision, in one transaction."""
    with (
        engine.known_errors(path),
        engine.disposing(engine.new_engine(path, foreign_keys=False, busy_ms=busy_ms)) as writer,
        engine.transaction(writer, write=True) as connection,
    ):
        run(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise LibraryError("library-damaged", name=path.name, detail=f"{len(broken)} lost references")


def run(connection: Connection, revision: str = "head") -> None:
    """Run what is missing up to a revision, by default the newest, inside the connection's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _revisions() -> tuple[str, frozenset[str]]:
    """Return the newest revision, and all of them."""
    folder = assets.migrations() / "versions"
    return _read_revisions(folder, frozenset(entry.name for entry in folder.iterdir()))


@lru_cache(
    maxsize=4
)  # Alembic runs every revision's file to learn its name, which is most of opening a library
def _read_revisions(_folder: object, _names: frozenset[str]) -> tuple[str, frozenset[str]]:
    scripts = ScriptDirectory.from_config(_config())
    newest = scripts.get_current_head()
    assert newest is not None, "db/versions is empty"
    return newest, frozenset(script.revision for script in scripts.walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(assets.migrations()).replace("%", "%%"))
    return config
