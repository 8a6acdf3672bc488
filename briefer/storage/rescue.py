"""Copies what can still be read of a damaged library into a new one, row by row, and tells what cannot."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Row, Table, select

from briefer import in_use
from briefer.atomic import discard, sweep, sync, unfinished
from briefer.domain.passphrases import Passphrase
from briefer.domain.record import LIBRARY, Act, Draft
from briefer.domain.rescue import Rescued
from briefer.domain.results import LibraryCounts
from briefer.errors import LibraryError
from briefer.services.ports import Progress
from briefer.storage import cipher, doctor, migrations
from briefer.storage.engine import (
    APPLICATION_ID,
    Access,
    connect,
    disposing,
    known_errors,
    known_os_errors,
    new_engine,
    transaction,
)
from briefer.storage.ids import chunks
from briefer.storage.library import SqliteLibrary, SqliteUnitOfWork
from briefer.storage.opening import open_library
from briefer.storage.rereading import Reread, read_anew
from briefer.storage.rows import DamagedTable, mend_schema, open_leniently, sound
from briefer.storage.tables import excerpts, is_index_table, metadata, snapshots
from briefer.storage.types import UnreadableValueError

_DERIVED = frozenset({"alembic_version", "postings", "loose"})
_HEADER = 100
_FIXED = bytes((0, 64, 32, 32))
"""What stands in every library's header from the 21st byte on: no reserved room, and how full pages are."""
_UTF_8 = (1).to_bytes(4, "big")
_SHOWN = 80
# What a row is called by those who lost it.
_NAMES = {
    "terms": "key",
    "sources": "title",
    "excerpts": "quote",
    "briefs": "title",
    "sections": "heading",
    "blocks": "markdown",
    "trash": "label",
    "saved_searches": "name",
}
# What has no name of its own is called by what it belongs to.
_OWNERS = {
    "snapshots": ("source_number", "SELECT title FROM sources WHERE number = ?"),
    "versions": ("brief_id", "SELECT title FROM briefs WHERE id = ?"),
}
_WITHOUT_LATEST = (
    "SELECT title FROM sources WHERE snapshot_id NOT IN (SELECT id FROM snapshots) "
    "AND number IN (SELECT source_number FROM snapshots)"
)
_LATEST = (
    "UPDATE sources SET snapshot_id = ifnull((SELECT id FROM snapshots WHERE source_number = sources.number "
    "ORDER BY position DESC LIMIT 1), snapshot_id)"
)
_UNHELD = "DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM snapshots UNION SELECT sha256 FROM trash_blobs)"
_UNREADABLE = (
    LibraryError,
    UnreadableValueError,
    ArithmeticError,
    AssertionError,
    LookupError,
    TypeError,
    ValueError,
)


def rescue(
    damaged: Path,
    target: Path,
    passphrase: Passphrase | None = None,
    progress: Progress | None = None,
    reread: Reread = lambda _taken: (),
) -> Rescued:
    """Make a new library at ``target`` of what can be read of another, which is left as it is, and may be open.

    ``reread`` reads originals anew where it is lost which lines of them are the article.

    Raises:
        LibraryError: ``library-missing``, ``file-exists``, ``library-lost`` where nothing can be read,
            ``library-full``, ``library-unwritable``; ``library-encrypted``, ``library-passphrase``.
    """
    if not damaged.is_file():
        raise LibraryError("library-missing", name=damaged.name)
    if target.exists():
        raise LibraryError("file-exists", name=target.name)
    sweep(target.parent)
    copy, made = unfinished(target), unfinished(target)
    try:
        with known_os_errors(target), _standing(damaged, passphrase):
            in_use.copy(damaged, copy)
            journal = Path(f"{damaged}-wal")
            if journal.exists():
                in_use.copy(journal, Path(f"{copy}-wal"))
            if cipher.salt_of(copy) is None and not _has_header(copy):
                _put_header(copy)
        rescued = _Rescue(copy, made, damaged.name, passphrase).run(progress, reread)
        with known_os_errors(target):
            sync(made)
            made.rename(target)
            sync(target.parent)
    finally:
        for file in (copy, made):
            discard(file)
    return rescued


@contextmanager
def _standing(library: Path, passphrase: Passphrase | None) -> Iterator[None]:
    """Have an open library's journal only grow inside, by reading it: else it could begin anew between two copies."""
    with ExitStack() as stack:
        if in_use.has_connections(library):
            with suppress(*cipher.reading_errors(LibraryError)):
                access = Access(read_only=True, key=cipher.key_of(library, passphrase))
                reader = stack.enter_context(closing(connect(library, access)))
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield


def _has_header(copy: Path) -> bool:
    """Whether a copy begins as every library does; of other wrong bytes SQLite tells, but with one of these it reads past pages."""
    with copy.open("rb") as file:
        header = file.read(_HEADER)
    pages = copy.stat().st_size // cipher.PAGE
    return (
        header.startswith(in_use.DATABASE)
        and header[20:24] == _FIXED
        and header[28:32] == pages.to_bytes(4, "big")
        and header[56:60] == _UTF_8
        and header[68:72] == APPLICATION_ID.to_bytes(4, "big")
    )


def _put_header(copy: Path) -> None:
    """Put the header that every library has in the place of one that is lost (sqlite.org/fileformat2.html, 1.3)."""
    with copy.open("r+b") as file:
        size = file.seek(0, 2)
        made = bytearray(_HEADER)
        made[:16] = in_use.DATABASE
        made[16:18] = cipher.PAGE.to_bytes(2, "big")
        made[18:20] = bytes((2, 2))
        made[20:24] = _FIXED
        made[24:28] = made[92:96] = (1).to_bytes(4, "big")
        made[28:32] = (size // cipher.PAGE).to_bytes(4, "big")
        made[44:48] = (4).to_bytes(4, "big")
        made[56:60] = _UTF_8
        made[68:72] = APPLICATION_ID.to_bytes(4, "big")
        file.seek(0)
        file.write(made)


@dataclass
class _Rescue:
    """One rescue; ``name`` is what the damaged library is called.

    ``shaped`` is whether it is of the present schema, so that its values have to be what is written now.
    """

    copy: Path
    made: Path
    name: str
    passphrase: Passphrase | None
    shaped: bool = True
    lost: list[str] = field(default_factory=list)
    harmed: list[str] = field(default_factory=list)

    def run(self, progress: Progress | None, reread: Reread) -> Rescued:
        with known_errors(self.made):
            try:
                with closing(self._old()) as old:
                    self._copy_all(old, progress)
            except cipher.reading_errors() as error:
                raise LibraryError("library-lost", name=self.name, detail=str(error)) from error
            with closing(
                connect(self.made, Access(foreign_keys=False, key=cipher.key_of(self.made, self.passphrase)))
            ) as new:
                self._drop_orphans(new)
        library = open_library(self.made, passphrase=self.passphrase)
        try:
            self._drop_unreadable(library)
            if self.lost:
                # What is lost of a brief is told; it is no other program's doing.
                with library.write() as work:
                    work.briefs.unseal_changed()
            library.repair(progress)
            self.harmed += read_anew(library, reread)
            with library.write() as work:
                # What is lost was lost by damage: it is no other program that has taken it out.
                told = Draft(datetime.now(UTC), "", Act.STARTED, LIBRARY, {"rescued": True})
                work.record.add_if_it_ends(told)
            with library.read() as work:
                saved = work.counts()
            self.lost += [f"left as it is: {problem}" for problem in library.problems()]
        finally:
            library.close()
        if saved == LibraryCounts(0, 0, 0) and self.lost:
            raise LibraryError("library-lost", name=self.name, detail=self.lost[0])
        return Rescued(saved, tuple(self.lost), tuple(self.harmed))

    def _old(self) -> sqlite3.Connection:
        key = cipher.key_of(self.copy, self.passphrase)
        try:
            old = open_leniently(self.copy, key)
        except cipher.reading_errors():
            # A journal that makes the file worse is left out.
            for ending in ("-wal", "-shm"):
                Path(f"{self.copy}{ending}").unlink(missing_ok=True)
            try:
                old = open_leniently(self.copy, key)
            except cipher.reading_errors():
                if key is not None:
                    raise
                _put_header(self.copy)
                old = open_leniently(self.copy, key)
        self._make(self._revision(old))
        with closing(connect(self.made, Access(key=cipher.key_of(self.made, self.passphrase)))) as new:
            mend_schema(old, new)
        old.close()  # it has in mind what it found
        return open_leniently(self.copy, key)

    def _revision(self, old: sqlite3.Connection) -> str:
        with suppress(*cipher.reading_errors(LibraryError)):
            return migrations.likely_revision(old, migrations.known_revision(old, self.copy))
        return migrations.head()

    def _make(self, revision: str) -> None:
        key = cipher.new_key(self.passphrase) if self.passphrase else None
        with (
            disposing(new_engine(self.made, Access(create=True, key=key))) as engine,
            transaction(engine, write=True) as connection,
        ):
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            migrations.run(connection, revision)
        self.shaped = revision == migrations.head()

    def _copy_all(self, old: sqlite3.Connection, progress: Progress | None) -> None:
        old.text_factory = bytes
        tables = [t for t in metadata.sorted_tables if t.name not in _DERIVED and not is_index_table(t.name)]
        with closing(
            connect(self.made, Access(foreign_keys=False, key=cipher.key_of(self.made, self.passphrase)))
        ) as new:
            new.execute("BEGIN IMMEDIATE")
            for done, table in enumerate(tables):
                if progress:
                    progress(done, len(tables), table.name)
                held = frozenset(row[1] for row in new.execute(f"PRAGMA table_info({table.name})"))
                if held:
                    self._copy_table(DamagedTable(old, table, held), table, new)
            new.execute("COMMIT")

    def _copy_table(self, damaged: DamagedTable, table: Table, new: sqlite3.Connection) -> None:
        names = ", ".join(f'"{c.name}"' for c in damaged.columns)
        marks = ", ".join("?" * len(damaged.columns))
        put = f'INSERT OR IGNORE INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608  (its own names)
        saved = 0
        for row in damaged.rows():
            try:
                values = [sound(c, v, shaped=self.shaped) for c, v in zip(damaged.columns, row, strict=True)]
            except UnreadableValueError as error:
                self.lost.append(f"{_called(table, damaged, row, new)}: {error}")
                continue
            saved += new.execute(put, [value for value, _ in values]).rowcount
            harms = [
                lost
                for column, (_, lost) in zip(damaged.columns, values, strict=True)
                if lost and column is not snapshots.c.reading  # told when it is read anew
            ]
            if harms:
                self.harmed += [f"{_called(table, damaged, row, new)}: {harm}" for harm in harms]
        expected = damaged.count()
        if expected is None:
            self.lost.append(f"{table.name}: {saved} rows were saved; how many there were cannot be told")
        elif expected > saved:
            self.lost.append(f"{table.name}: {expected - saved} of {expected} rows cannot be read")

    def _drop_orphans(self, new: sqlite3.Connection) -> None:
        """Delete what belongs to something that is lost, until nothing does."""
        new.execute("BEGIN IMMEDIATE")
        gone: Counter[tuple[str, str]] = Counter()
        while orphans := new.execute("PRAGMA foreign_key_check").fetchall():
            for table, rowid, parent, _number in orphans:
                gone[table, parent] += 1
                if rowid is None:
                    self._drop_without_number(new, table)
                else:
                    self._name_orphan(new, table, rowid)
                    new.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608  (own names)
        new.execute("COMMIT")
        self.lost += [
            f"{table}: {n} rows belonged to {parent} that are lost" for (table, parent), n in gone.items()
        ]

    def _name_orphan(self, new: sqlite3.Connection, table: str, rowid: int) -> None:
        if table in {"excerpts", "blocks"}:
            column = _NAMES[table]
            found = new.execute(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (rowid,)).fetchone()  # noqa: S608
            if found and found[0]:
                self.lost.append(f"{table}: “{_shortened(found[0])}”: what it belongs to is lost")

    def _drop_without_number(self, new: sqlite3.Connection, table: str) -> None:
        for key in metadata.tables[table].foreign_keys:
            own, other = key.parent.name, key.column
            new.execute(
                f'DELETE FROM "{table}" WHERE "{own}" NOT IN (SELECT "{other.name}" FROM "{other.table.name}")'  # noqa: S608
            )

    def _drop_unreadable(self, library: SqliteLibrary) -> None:
        """Delete what lies in sound rows and is no value of Briefer's all the same, and excerpts that quote no more."""
        for table, read in _READERS.items():
            with library.write() as work:
                connection = work._connection  # noqa: SLF001  (of this package)
                for title in connection.exec_driver_sql(_WITHOUT_LATEST).scalars().all():
                    self.harmed.append(
                        f"sources: “{_shortened(title)}”: its latest capture is lost; the one before stands"
                    )
                connection.exec_driver_sql(_LATEST)
                ids = connection.exec_driver_sql(f"SELECT id, {_NAMES[table]} AS name FROM {table}").all()  # noqa: S608
                for some in chunks(ids):
                    for row, error in _unreadable(partial(read, work), some):
                        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", (row.id,))  # noqa: S608
                        self.lost.append(f"{table}: “{_shortened(row.name)}”: {error}")
        with library.write() as work:
            connection = work._connection  # noqa: SLF001  (of this package)
            for identifier, why in list(doctor.misplaced(connection)):
                quote = connection.scalar(select(excerpts.c.quote).where(excerpts.c.id == identifier))
                connection.exec_driver_sql("DELETE FROM excerpts WHERE id = ?", (identifier,))
                self.lost.append(f"excerpts: “{_shortened(quote or '')}”: {why}")
            connection.exec_driver_sql(_UNHELD)


def _called(table: Table, damaged: DamagedTable, row: tuple[object, ...], new: sqlite3.Connection) -> str:
    """Return what a row is called: by its name, or else by that of what it belongs to, or by its id."""
    named = dict(zip((c.name for c in damaged.columns), row, strict=True))
    name = named.get(_NAMES.get(table.name, "id"), named.get("id", b""))
    owner, wanted = _OWNERS.get(table.name, ("", ""))
    found = new.execute(wanted, (_text(named[owner]),)).fetchone() if owner in named else None
    of = "of " if found else ""
    return f"{table.name}: {of}“{_shortened(_text(found[0] if found else name))}”"


def _text(value: object) -> str:
    """Return a raw value, whose text comes as bytes, as text."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _unreadable(
    read: Callable[[Sequence[str]], object], rows: Sequence[Row[tuple[str, str]]]
) -> Iterator[tuple[Row[tuple[str, str]], Exception]]:
    """Yield those of some rows that cannot be read, with why: all are read at once, and halved where that fails."""
    try:
        read([row.id for row in rows])
    except _UNREADABLE as error:
        if len(rows) == 1:
            yield rows[0], error
            return
        middle = len(rows) // 2
        for half in (rows[:middle], rows[middle:]):
            yield from _unreadable(read, half)


def _read_sources(work: SqliteUnitOfWork, ids: Sequence[str]) -> None:
    found = work.sources.get_many(ids)
    for identifier in ids:
        source = found.get(identifier)
        if source is None or source.snapshot_id not in {s.id for s in work.sources.snapshots(identifier)}:
            raise LookupError("its text is lost")


def _read_briefs(work: SqliteUnitOfWork, ids: Sequence[str]) -> None:
    for identifier in ids:
        work.briefs.get(identifier)
        work.briefs.versions(identifier)


_READERS: dict[str, Callable[[SqliteUnitOfWork, Sequence[str]], object]] = {
    "sources": _read_sources,
    "excerpts": lambda work, ids: work.excerpts.get_many(ids),
    "briefs": _read_briefs,
}


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
