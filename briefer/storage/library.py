"""An open library, and units of work over it; ``opening`` makes and opens them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import ModuleType

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from briefer.domain.holders import ReadOnly
from briefer.domain.outside import Altered
from briefer.domain.passphrases import Passphrase
from briefer.domain.results import LibraryCounts
from briefer.errors import LibraryError
from briefer.services.ports import Progress
from briefer.services.stopping import Stop
from briefer.storage import (
    backup,
    copies,
    doctor,
    index_seal,
    inventory,
    retagged,
    search_index,
    states,
    taken_in,
    uses,
)
from briefer.storage.briefs import SqliteBriefs
from briefer.storage.cipher import NOT_ENCRYPTED, Unlocked
from briefer.storage.engine import (
    ROOM_TO_WRITE,
    UNFORESEEN,
    Access,
    connect,
    is_full,
    known_errors,
    lost_schema,
    new_engine,
    transaction,
)
from briefer.storage.excerpts import SqliteExcerpts
from briefer.storage.forms import SqliteForms
from briefer.storage.hold import Hold, on_network
from briefer.storage.interrupting import stopped_by
from briefer.storage.postings import PostingsCache
from briefer.storage.record import SqliteRecord
from briefer.storage.search import SqliteSearch
from briefer.storage.searches import SqliteSearches
from briefer.storage.sources import SqliteSources
from briefer.storage.tables import briefs, excerpts, sources
from briefer.storage.trash import SqliteTrash
from briefer.storage.vocabulary import SqliteVocabulary

DERIVED = (search_index, copies)
"""What is worked out from the rest and kept, and made anew where it was made by other rules."""


class SqliteUnitOfWork:
    """One transaction on one connection, with the repositories that speak through it."""

    def __init__(
        self, connection: Connection, cache: PostingsCache | None = None, stop: Stop | None = None
    ) -> None:
        self._connection = connection
        self._cache = cache
        self._stop = stop

    @cached_property
    def sources(self) -> SqliteSources:
        """Sources with their snapshots and original bytes."""
        return SqliteSources(self._connection)

    @cached_property
    def excerpts(self) -> SqliteExcerpts:
        """Excerpts with their tags."""
        return SqliteExcerpts(self._connection)

    @cached_property
    def briefs(self) -> SqliteBriefs:
        """Briefs and their versions."""
        return SqliteBriefs(self._connection)

    @cached_property
    def vocabulary(self) -> SqliteVocabulary:
        """The terms of the library."""
        return SqliteVocabulary(self._connection)

    @cached_property
    def search(self) -> SqliteSearch:
        """Searches over excerpts and sources."""
        return SqliteSearch(self._connection, self._cache, self._stop)

    @cached_property
    def forms(self) -> SqliteForms:
        """The forms of the library's own."""
        return SqliteForms(self._connection)

    @cached_property
    def searches(self) -> SqliteSearches:
        """Searches that are kept."""
        return SqliteSearches(self._connection)

    @cached_property
    def record(self) -> SqliteRecord:
        """The record of what was done."""
        return SqliteRecord(self._connection)

    @cached_property
    def trash(self) -> SqliteTrash:
        """What was deleted."""
        return SqliteTrash(self._connection)

    def counts(self) -> LibraryCounts:
        """Return how much the library holds."""
        numbers = (select(func.count()).select_from(t).scalar_subquery() for t in (sources, excerpts, briefs))
        return LibraryCounts(*self._connection.execute(select(*numbers)).one())

    def is_empty(self) -> bool:
        """Whether the library has no source."""
        return self._connection.scalar(select(sources.c.number).limit(1)) is None


class SqliteLibrary:
    """An open library file; made by ``opening.create_library`` and ``open_library``."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        busy_ms: int,
        held: Hold | None = None,
        read_only: ReadOnly | None = None,
        unlocked: Unlocked = NOT_ENCRYPTED,
    ) -> None:
        self._path = path
        self._unlocked = unlocked
        self._ready = [connection]
        self._busy_ms = busy_ms
        self._held = held
        self._read_only = read_only
        self._file = file_at(path)
        self._made: Engine | None = None
        self._making = Lock()
        self._open = True
        self._cache = PostingsCache()

    @property
    def path(self) -> Path:
        """The library file."""
        return self._path

    @property
    def passphrase(self) -> Passphrase | None:
        """What opens the library, and its backups; None where it is not encrypted."""
        return self._unlocked.passphrase

    @property
    def id(self) -> str:
        return self._unlocked.id

    @property
    def read_only(self) -> ReadOnly | None:
        """Why the library is open for reading only, or None."""
        return self._read_only

    @property
    def has_room_again(self) -> bool:
        """Whether it is open for reading only because its disk was full, and is not full any more."""
        was_full = self._read_only is not None and self._read_only.full
        return was_full and not is_full(self._path, ROOM_TO_WRITE)

    @property
    def on_network(self) -> bool:
        """Whether the file lies on another computer's disk; it is then kept without a write-ahead log."""
        return on_network(self._path)

    @contextmanager
    def read(self, stop: Stop | None = None) -> Iterator[SqliteUnitOfWork]:
        """Open a unit of work over one consistent state of the library, which ``stop`` breaks off."""
        with self._transaction(write=False) as connection, stopped_by(stop, connection):
            yield SqliteUnitOfWork(connection, self._cache, stop)

    @contextmanager
    def write(self) -> Iterator[SqliteUnitOfWork]:
        """Open a unit of work that is durably stored at its end, or rolled back when an error leaves it."""
        with self._transaction(write=True) as connection:
            yield SqliteUnitOfWork(connection)

    def require_writing(self) -> None:
        """See that changes can be stored, before something is done that needs it.

        Raises:
            LibraryError: ``library-held``, ``library-read-only``, ``library-gone``.
        """
        if self._read_only:
            raise closed_to_writing(self._path, self._read_only)
        if file_at(self._path) != self._file:
            # Some systems would go on writing into a file that has no name any more.
            raise LibraryError("library-gone", name=self._path.name)

    def backup(self, target: Path) -> None:
        """Copy the library to ``target`` while it is in use; the copy appears whole or not at all."""
        backup.copy(self._path, target, self._unlocked.key)

    def problems(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Look for damage: file integrity, foreign keys, quotes against spans, digests, the index.

        The index of a library that can only be read is not looked at: SQLite wants to write for that.
        """
        writable = self._read_only is None
        with self._transaction(write=writable) as connection:
            found = doctor.problems(connection, progress, index=writable)
            connection.rollback()  # a damaged file may not even take an empty commit
            return found

    def outside(self) -> tuple[Altered, ...]:
        """Return what something else than Briefer has changed, as far as the record tells."""
        with self._transaction(write=False) as connection:
            found = (
                taken_in.outside,
                states.outside,
                inventory.outside,
                states.outside_texts,
                retagged.outside,
            )
            return tuple(altered for look in found for altered in look(connection))

    def uncovered(self) -> tuple[str, ...]:
        """Return of how much the record does not tell how it has to be, in words: what came in long ago."""
        with self._transaction(write=False) as connection:
            return states.uncovered(connection)

    def repair(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Make anew what is worked out from the rest: all indexes, what copies are found by, and what briefs use.

        Return which sources' texts, and which excerpts' tags, were others than those that it was made of: that cannot be
        told afterwards.
        """
        # Of a table that is damaged itself neither index nor uses can be made; `doctor` tells of it.
        with suppress(LibraryError, IntegrityError), self._transaction(write=True) as connection:
            connection.exec_driver_sql("REINDEX")
        with suppress(LibraryError, *UNFORESEEN), self._transaction(write=True) as connection:
            uses.rebuild(connection, SqliteBriefs(connection).each())
        with self._transaction(write=True) as connection:
            differed = doctor.indexed_otherwise(connection)
            for derived in DERIVED:
                derived.reset(connection)
        # Connections that had the index open would take what they remember of it for what is there.
        self._engine.dispose()
        self.derive(DERIVED, progress)
        return differed

    def derive(self, what: Sequence[ModuleType], progress: Progress | None = None) -> None:
        """Make anew what is worked out from excerpts and sources, or some of it; all of it is told as one work."""
        with self._transaction(write=True) as connection:
            steps = [derived.steps(connection) for derived in what]
            for at, derived in enumerate(what):
                derived.rebuild(connection, _part(progress, sum(steps[:at]), sum(steps)))

    def settle(self) -> None:
        """Bring what the journal holds into the file, so that a copy of the file alone has it; nobody waits for that."""
        # What others still read stays in the journal: it is brought there the next time.
        if self._read_only is None:
            with (
                suppress(LibraryError, SQLAlchemyError),
                closing(self._engine.raw_connection()) as connection,
            ):
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Let the file go; what is still in the journal is brought into it, so that one file remains."""
        if self._open and self._held:
            self._seal()
        self._open = False
        if self._made:
            self._made.dispose()
        for connection in self._ready:
            connection.close()
        if self._held:
            self._held.release()
            self._held = None

    def _seal(self) -> None:
        """Keep a sum of the index, by which whoever opens the library next sees damage."""
        # Where it cannot be kept, nothing will be known; and nobody can do anything about it now.
        with suppress(LibraryError, SQLAlchemyError), self._transaction(write=True) as connection:
            index_seal.seal(connection)

    @property
    def _engine(self) -> Engine:
        # Made when it is wanted: that takes several times as long as to open the file.
        with self._making:
            if self._made is None:
                access = Access(
                    busy_ms=self._busy_ms, read_only=self._read_only is not None, key=self._unlocked.key
                )
                self._made = new_engine(self._path, access, ready=self._ready)
            return self._made

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        if not self._open:
            raise RuntimeError(f"{self._path} is closed")
        if write:
            self.require_writing()
        try:
            with (
                lost_schema(self._path),
                known_errors(self._path),
                transaction(self._engine, write=write) as connection,
            ):
                yield connection
        except LibraryError as error:
            if error.code == "library-unwritable" and file_at(self._path) != self._file:
                raise LibraryError("library-gone", name=self._path.name) from error
            raise
        except UNFORESEEN as error:
            found = self._damage()
            if found is None:
                raise
            raise found from error

    def _damage(self) -> LibraryError | None:
        """Return what is wrong with the file that may have brought about an error, or None."""
        name, fault = self._path.name, self._fault()
        if not fault:
            with (
                known_errors(self._path),
                transaction(self._engine, write=self._read_only is None) as connection,
            ):
                problems = doctor.problems(connection, index=self._read_only is None)
                connection.rollback()
            if problems and all(problem.startswith(doctor.SEARCH_INDEX) for problem in problems):
                return LibraryError("index-damaged", name=name)
            fault = problems[0] if problems else ""
        return LibraryError("library-damaged", name=name, detail=fault) if fault else None

    def _fault(self) -> str:
        with (
            known_errors(self._path),
            closing(connect(self._path, Access(read_only=True, key=self._unlocked.key))) as connection,
        ):
            return backup.fault_of(connection)


def _part(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Return what tells of a part of some work, of which so many steps are done ``before``."""
    if progress is None:
        return None
    return lambda done, _own, name: progress(before + done, total, name)


def closed_to_writing(path: Path, read_only: ReadOnly) -> LibraryError:
    """Return the error of a change to a library that is open for reading only."""
    holder = read_only.holder
    if read_only.full:
        return LibraryError("library-full", name=path.name)
    if holder is None:
        return LibraryError("library-read-only", name=path.name)
    since = f"{holder.since.astimezone():%Y-%m-%d %H:%M}" if holder.since else "?"
    return LibraryError(
        "library-held", name=path.name, user=holder.user or "?", host=holder.host or "?", since=since
    )


def file_at(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at ``path`` from every other, or None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
