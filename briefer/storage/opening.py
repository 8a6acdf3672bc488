"""Making, opening and upgrading libraries."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefer.atomic import discard, sweep, sync, unfinished
from briefer.domain.holders import Holder, ReadOnly
from briefer.domain.passphrases import Passphrase
from briefer.domain.tags import Vocabulary
from briefer.errors import LibraryError
from briefer.services.ports import Progress
from briefer.storage import backup, cipher, migrations, record
from briefer.storage.cipher import NOT_ENCRYPTED, Unlocked
from briefer.storage.conversion import is_copy
from briefer.storage.engine import (
    APPLICATION_ID,
    BUSY_MS,
    Access,
    check_header,
    connect,
    disposing,
    known_errors,
    known_os_errors,
    lost_schema,
    new_engine,
    transaction,
)
from briefer.storage.hold import Hold, can_be_written, on_network, take
from briefer.storage.journal import keep_damaged, lost_changes
from briefer.storage.library import DERIVED, SqliteLibrary, closed_to_writing
from briefer.storage.schema import check_schema, is_present
from briefer.storage.vocabulary import SqliteVocabulary


def create_library(
    path: Path, vocabulary: Vocabulary, *, who: str = "", passphrase: Passphrase | None = None
) -> SqliteLibrary:
    """Make a library with that vocabulary and open it; it appears whole or not at all. ``who`` does, for the record.

    With a ``passphrase`` it is encrypted from its first byte on.

    Raises:
        LibraryError: ``file-exists``, ``library-unwritable``, ``library-full``.
    """
    if path.exists():
        raise LibraryError("file-exists", name=path.name)
    _refuse_journal(path)
    part = unfinished(path)
    try:
        _make(part, path, vocabulary, who, passphrase)
        with known_os_errors(path):
            part.rename(path)
            sync(path.parent)
    finally:
        discard(part)
    return open_library(path, passphrase=passphrase)


def open_library(
    path: Path,
    *,
    busy_ms: int = BUSY_MS,
    me: Holder | None = None,
    who: str = "",
    passphrase: Passphrase | None = None,
    progress: Progress | None = None,
) -> SqliteLibrary:
    """Open a library; one of an older schema is copied beside itself first and then upgraded, by ``who``.

    One whose schema holds what Briefer never puts there is refused, whoever it came from (``storage.schema``).
    ``busy_ms`` is how long a unit of work waits for another program's. With ``me`` the library is held
    until it is closed; one that somebody else holds, whose file cannot be written, or whose disk is full, is open for
    reading only.
    The ``passphrase`` is of no use where the library is not encrypted. ``progress`` hears how far the indexes are, where
    another version made them and all of it is made anew.

    Raises:
        LibraryError: ``library-missing``, ``library-not-one``, ``library-newer``, ``library-damaged``,
            ``library-locked``, ``library-unwritable``, ``library-full``; ``library-encrypted``, ``library-passphrase``.
    """
    encrypted = check_header(path).startswith(cipher.MARK)
    key = cipher.check_passphrase(path, passphrase, backup.folder_beside(path)) if encrypted else None
    as_ = _Opening(busy_ms, who, Unlocked(passphrase, key) if key else NOT_ENCRYPTED, progress)
    if not can_be_written(path):
        return _open(path, as_, None, ReadOnly())
    if me is None:
        return _open_as_far_as_there_is_room(path, as_, None)
    sweep(path.parent)
    try:
        with known_os_errors(path):
            held = take(path, me)
    except LibraryError as error:
        if error.code != "library-full":
            raise
        return _open(path, as_, None, ReadOnly(full=True))
    if isinstance(held, Holder):
        return _open(path, as_, None, ReadOnly(held))
    try:
        lost = lost_changes(path)
        kept = keep_damaged(path, me.since) if lost else None
        library = _open_as_far_as_there_is_room(path, as_, held)
    except BaseException:
        held.release()
        raise
    if kept is not None:
        library.close()  # with it, the journal is gone: the next time there is nothing to tell
        raise LibraryError(
            "library-journal", name=path.name, lost=lost, kept=kept.name, folder=kept.parent.name
        )
    return library


@dataclass(frozen=True)
class _Opening:
    """How long to wait for other programs, who opens, with what passphrase, and who hears of what takes long."""

    busy_ms: int
    who: str
    unlocked: Unlocked
    progress: Progress | None

    def connect(self, path: Path, *, read_only: bool) -> sqlite3.Connection:
        return connect(path, Access(busy_ms=self.busy_ms, read_only=read_only, key=self.unlocked.key))


def _open_as_far_as_there_is_room(path: Path, as_: _Opening, held: Hold | None) -> SqliteLibrary:
    """Open a library, for reading only where the disk is full; it is not held then."""
    try:
        return _open(path, as_, held, None)
    except LibraryError as error:
        if error.code != "library-full":
            raise
    if held:
        held.release()
    return _open(path, as_, None, ReadOnly(full=True))


def _open(path: Path, as_: _Opening, held: Hold | None, read_only: ReadOnly | None) -> SqliteLibrary:
    with known_errors(path):
        connection = as_.connect(path, read_only=read_only is not None)
        try:
            old = _is_old(connection, path)
            if old and read_only:
                raise closed_to_writing(path, read_only)  # noqa: TRY301  (the connection is closed below)
            if old:
                connection.close()
                _upgrade(path, as_)
                connection = as_.connect(path, read_only=False)
            if not read_only:
                _choose_journal(connection, path)
            with lost_schema(path):
                stale = [derived for derived in DERIVED if not derived.is_current(connection)]
        except BaseException:
            connection.close()
            raise
    library = SqliteLibrary(path, connection, as_.busy_ms, held, read_only, as_.unlocked)
    try:
        if stale and not read_only:
            library.derive(stale, as_.progress)
    except BaseException:
        library.close()
        raise
    return library


def _is_old(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether a library is to be upgraded; see that its schema is that of its revision, and holds nothing else."""
    present = is_present(connection)
    revision = migrations.known_revision(connection, path, sure=present)
    old = revision != migrations.head()
    if present and not old:
        return False
    check_schema(connection, path)
    if old:
        migrations.check_revision(connection, path, revision)
    migrations.check_definitions(connection, path, revision)
    return old


def _choose_journal(connection: sqlite3.Connection, path: Path) -> None:
    # A write-ahead log is shared through memory, which two computers do not have in common.
    if on_network(path):
        connection.execute("PRAGMA journal_mode=DELETE")
        return
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        return
    # Who is killed between one kind of journal and the other leaves an empty one of the first kind: what was in it
    # has been played back by now, and nobody makes one while a write-ahead log is in use.
    with suppress(OSError):
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _refuse_journal(path: Path) -> None:
    # SQLite would play it into the new file. It cannot be known that nobody wants what is in it.
    for journal in (path.with_name(f"{path.name}{end}") for end in ("-wal", "-journal")):
        if journal.exists() and journal.stat().st_size:
            raise LibraryError("library-journal-left", name=path.name, journal=journal.name)


def _make(part: Path, path: Path, vocabulary: Vocabulary, who: str, passphrase: Passphrase | None) -> None:
    with (
        known_errors(path),
        disposing(
            new_engine(part, Access(create=True, key=cipher.new_key(passphrase) if passphrase else None))
        ) as engine,
        transaction(engine, write=True) as connection,
    ):
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.run(connection)
        for derived in DERIVED:
            derived.rebuild(connection)
        SqliteVocabulary(connection).put(vocabulary.terms, vocabulary.home_country)
        record.begin(connection, who, migrations.head(), vocabulary.terms)


def _upgrade(path: Path, as_: _Opening) -> None:
    key, copies = as_.unlocked.key, backup.befores(path, migrations.head())
    # One that was killed over and over leaves one copy: every time it begins with the same state.
    if not any(is_copy(copy, path, key) for copy in copies):
        backup.copy(path, backup.before(path, migrations.head()), key)
    migrations.upgrade(path, busy_ms=as_.busy_ms, who=as_.who, key=key)
