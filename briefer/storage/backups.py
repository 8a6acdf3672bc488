"""The folder of a library's automatic backups, beside it; works without the library being open, or sound."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefer import in_use
from briefer.atomic import discard, sweep, sync, unfinished
from briefer.domain.backups import Backup, Differences, Reason, Turned
from briefer.domain.passphrases import Passphrase
from briefer.domain.record import LIBRARY, Act, Draft, Facts
from briefer.errors import LibraryError
from briefer.storage import cipher, record
from briefer.storage.backup import connect_immutable, copy_checked, counts_of, fault_of, folder_beside
from briefer.storage.cipher import Key
from briefer.storage.conversion import converted, same_content
from briefer.storage.engine import check_header, is_plain, known_errors, known_os_errors

_FORMAT = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z) ([a-z-]+)\.briefer")
_JOURNALS = ("-wal", "-journal")
_SPARE = 1 << 20  # of bytes: what a file system needs besides the file
_NOT_BACK = {
    f"{of}-{why}": f"restore-{why}"
    for of in ("library", "backup")
    for why in ("full", "limited", "unwritable")
}
_CODES = {f"library-{why}": f"backup-{why}" for why in ("full", "limited", "unwritable")}
# What a person changes in these rows, as far as every schema has it.
_SOURCE_FIELDS = ("title", "publisher", "published", "marking", "reliability", "url", "flags", "extra")
_EXCERPT_FIELDS = ("comment", "kind", "credibility", "speaker", "marking", "translation")


class BackupFolder:
    """``NAME.briefer-backups`` beside ``NAME.briefer``; backups of an encrypted library have its key.

    Those of a time when the library was not encrypted, or had another passphrase, are as they were. With
    ``library_id``, that of a library which is open, its header is not looked at again: the file may be gone.
    """

    def __init__(
        self, library: Path, passphrase: Passphrase | None = None, *, library_id: str | None = None
    ) -> None:
        self._library = library
        self._passphrase = passphrase
        self._id = library_id
        self.folder = folder_beside(library)

    def all(self) -> tuple[Backup, ...]:
        """Return the backups, latest first."""
        return tuple(self._looked_at(file) for file in self._files())

    def written_at(self, name: str) -> datetime:
        """Return when, by the clock of then, a backup was made or found to be the present state.

        Its name may tell a later time: names go on from the latest one, also where the clock was set back.
        """
        return datetime.fromtimestamp((self.folder / name).stat().st_mtime, UTC)

    def changed_since(self, moment: datetime) -> bool:
        """Whether the library's files were written to after that moment; True does not mean that anything differs."""
        files = (self._library, Path(f"{self._library}-wal"))
        times = [file.stat().st_mtime for file in files if file.exists()]
        return any(written > moment.timestamp() for written in times)

    def make(self, now: datetime, reason: Reason) -> Backup:
        """Copy the library, see that the copy is whole, and return it; where nothing differs, the latest one.

        Raises:
            LibraryError: ``backup-full``, ``backup-unwritable``; ``library-missing``, ``library-not-one``,
                ``library-damaged``, ``library-locked``.
        """
        if self._id is None:
            check_header(self._library)
        with self._told(), known_os_errors(self._library):
            self.folder.mkdir(exist_ok=True)
            sweep(self.folder)
            self._see_room()
            part = unfinished(self.folder / self._library.name)
            try:
                copy_checked(self._library, part, self._library, self._key())
                latest = next(iter(self._files()), None)
                if latest is not None and self._is_copy(latest, part):
                    _stamp(latest, now)
                    return self._looked_at(latest)
                _stamp(part, now)
                sync(part)
                target = self._free(now, f" {reason}.briefer")
                part.replace(target)
                sync(self.folder)
            finally:
                discard(part)
        return self._looked_at(target)

    def remove(self, name: str) -> None:
        """Delete a backup."""
        with self._told(), known_os_errors(self._library):
            (self.folder / name).unlink(missing_ok=True)

    def fault(self, name: str) -> str:
        """Return what is wrong with a backup, or nothing."""
        try:
            with closing(self._connected(self.folder / name)) as connection:
                counts_of(connection)
                return fault_of(connection)
        except cipher.reading_errors(LibraryError) as error:
            return str(error) or type(error).__name__

    def differences(self, name: str) -> Differences | None:
        """Return what going back to a backup would change; None where the library or the backup cannot be read."""
        try:
            with closing(cipher.connect(self._library, "mode=rw", self._key())) as connection:
                backup = self.folder / name
                key = cipher.key_of(backup, self._passphrase)
                cipher.attach(connection, backup, "immutable=1", key, "former")
                return Differences(
                    sources=_turned(connection, "sources", _SOURCE_FIELDS),
                    excerpts=_turned(connection, "excerpts", _EXCERPT_FIELDS),
                    briefs_lost=_titles(connection, "main", "former"),
                    briefs_back=_titles(connection, "former", "main"),
                    briefs_changed=_changed_briefs(connection),
                )
        except cipher.reading_errors(LibraryError):
            return None

    def restore(self, name: str, now: datetime, who: str = "") -> Path | None:
        """Put a backup in the library's place; the present file is kept in the folder first, and returned.

        That ``who`` did so is in the record of what comes back, with the end of the record of what it replaces.
        Nothing may have the library open. A file that cannot be read is kept as it is, byte for byte. With a
        passphrase, a backup that is not encrypted becomes an encrypted library.

        Raises:
            LibraryError: ``backup-damaged``, ``backup-locked``, ``library-encrypted``, ``library-passphrase``,
                ``library-locked``; ``restore-full``, ``restore-unwritable``, where the library is as it was.
        """
        self._check_passphrase()
        backup = self.folder / name
        if cipher.salt_of(backup) and not (self._passphrase and cipher.opens(backup, self._passphrase)):
            raise LibraryError("backup-locked", name=name)
        fault = self.fault(name)
        if fault:
            raise LibraryError("backup-damaged", name=name, detail=fault)
        with self._as_it_was(", and no backup of its present state could be made"):
            kept = self._keep_present(now)
        part = unfinished(self._library)
        try:
            with self._as_it_was(""), known_os_errors(self._library):
                self._bring(backup, part)
                entry = Draft(now, who, Act.BACKUP, LIBRARY, self._facts(name, kept))
                record.note_in(part, cipher.key_of(part, self._passphrase), entry)
                sync(part)
                self._let_go()
                part.replace(self._library)
            with known_os_errors(self._library):
                sync(self._library.parent)
        finally:
            discard(part)
        return kept

    @contextmanager
    def _as_it_was(self, kept: str) -> Iterator[None]:
        """Say of what keeps a backup from coming back that nothing was changed; ``kept`` says what else was not done."""
        try:
            yield
        except LibraryError as error:
            code = _NOT_BACK.get(error.code)
            if code is None:
                raise
            data = {"name": self._library.name, "detail": error.data.get("detail", ""), "kept": kept}
            raise LibraryError(code, **data) from error

    def _check_passphrase(self) -> None:
        """See that nobody replaces a library that they cannot open."""
        try:
            cipher.check_passphrase(self._library, self._passphrase, self.folder)
        except LibraryError as error:
            if error.code != "library-damaged":
                raise

    def _bring(self, backup: Path, part: Path) -> None:
        """Copy a backup; to a library that is encrypted, or was, only what is encrypted comes back."""
        if self._passphrase is None or cipher.salt_of(backup) or is_plain(self._library):
            in_use.copy(backup, part)
            return
        salt = cipher.salt_of(self._library)
        with converted(backup, part, None, cipher.new_key(self._passphrase, salt), still=True):
            pass

    def _facts(self, name: str, kept: Path | None) -> Facts:
        """Return what the record tells of going back to a backup."""
        facts: dict[str, object] = {"backup": name, "kept": kept.name if kept else None}
        if kept and _read_name(kept.name):
            with closing(self._connected(kept)) as connection:
                replaced = record.noted_head(connection)
            facts["replaced"] = {"entries": replaced.count, "hash": replaced.hash}
        return facts

    def _key(self) -> Key | None:
        if self._id is None:
            return cipher.key_of(self._library, self._passphrase)
        assert self._passphrase or not self._id
        return cipher.new_key(self._passphrase, bytes.fromhex(self._id)) if self._passphrase else None

    def _connected(self, file: Path) -> sqlite3.Connection:
        return connect_immutable(file, cipher.key_of(file, self._passphrase))

    def _is_copy(self, latest: Path, part: Path) -> bool:
        salt = cipher.salt_of(part)
        if salt is None or self._passphrase is None:
            return filecmp.cmp(part, latest, shallow=False)
        key = cipher.new_key(self._passphrase, salt)
        return cipher.salt_of(latest) == salt and same_content(part, latest, key)

    def _keep_present(self, now: datetime) -> Path | None:
        if not self._library.exists():
            return None
        try:
            return self.folder / self.make(now, Reason.BEFORE_RESTORE).name
        except LibraryError as error:
            if error.code not in {"library-damaged", "library-not-one"}:
                raise
        with self._told(), known_os_errors(self._library):
            self.folder.mkdir(exist_ok=True)
            target = self._free(now, ".damaged")
            in_use.copy(self._library, target)
            for suffix in _JOURNALS:
                journal = Path(f"{self._library}{suffix}")
                if journal.exists():
                    in_use.copy(journal, Path(f"{target}{suffix}"))
        return target

    def _let_go(self) -> None:
        """See that nothing has the library open, and take its journal away, which must not meet another file."""
        if not self._library.exists():
            return
        try:
            with (
                known_errors(self._library),
                closing(cipher.connect(self._library, "mode=rw", self._key(), timeout=0)) as connection,
            ):
                connection.execute("PRAGMA journal_mode=DELETE")
        except LibraryError as error:
            if error.code == "library-locked":
                raise
        for suffix in (*_JOURNALS, "-shm"):
            Path(f"{self._library}{suffix}").unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        """Return the files of the backups, latest first."""
        try:
            found = [file for file in self.folder.iterdir() if _read_name(file.name)]
        except OSError:
            return []
        return sorted(found, key=lambda file: file.name, reverse=True)

    def _looked_at(self, file: Path) -> Backup:
        read = _read_name(file.name)
        assert read is not None
        made_at, reason = read
        try:
            with closing(self._connected(file)) as connection:
                counts = counts_of(connection)
        except cipher.reading_errors(LibraryError):
            counts = None
        size = file.stat().st_size if file.exists() else 0
        encrypted = cipher.salt_of(file) is not None
        return Backup(file.name, made_at, reason, size, counts, encrypted=encrypted)

    def _free(self, now: datetime, ending: str) -> Path:
        latest = next(iter(self._files()), None)
        read = _read_name(latest.name) if latest else None
        if latest and read and now <= read[0]:
            # Never before the latest, also where the clock was set back: it would count as old, and be deleted at once.
            # As long after it as it is, so that of days and weeks to come each keeps its last one.
            now = read[0] + max(timedelta(seconds=1), now - self.written_at(latest.name))
        while True:
            stamp = now.astimezone(UTC).strftime(_FORMAT)
            if not any(self.folder.glob(f"{stamp}*")):
                return self.folder / f"{stamp}{ending}"
            now += timedelta(seconds=1)

    def _see_room(self) -> None:
        journal = Path(f"{self._library}-wal")
        needed = sum(file.stat().st_size for file in (self._library, journal) if file.exists())
        if shutil.disk_usage(self.folder).free < needed + _SPARE:
            raise LibraryError("library-full", name=self._library.name)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell of a full disk or a folder that cannot be written as of the backup's, not of the library's."""
        try:
            yield
        except LibraryError as error:
            if error.code not in _CODES:
                raise
            raise LibraryError(_CODES[error.code], **{"detail": "", **error.data}) from error


def _stamp(file: Path, now: datetime) -> None:
    with suppress(OSError):  # a file system that keeps no such times still keeps the backup
        os.utime(file, (now.timestamp(), now.timestamp()))


def _read_name(name: str) -> tuple[datetime, Reason] | None:
    parts = _NAME.fullmatch(name)
    if parts is None or parts[2] not in set(Reason):
        return None
    return datetime.strptime(parts[1], _FORMAT).replace(tzinfo=UTC), Reason(parts[2])


def _turned(connection: sqlite3.Connection, table: str, fields: tuple[str, ...]) -> Turned:
    differ = " OR ".join(f"now.{field} IS NOT then_.{field}" for field in fields)
    return Turned(
        lost=_count(connection, f"main.{table} WHERE id NOT IN (SELECT id FROM former.{table})"),  # noqa: S608
        back=_count(connection, f"former.{table} WHERE id NOT IN (SELECT id FROM main.{table})"),  # noqa: S608
        changed=_count(
            connection, f"main.{table} now JOIN former.{table} then_ ON then_.id = now.id WHERE {differ}"
        ),
    )


def _count(connection: sqlite3.Connection, what: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608  (own names)


def _titles(connection: sqlite3.Connection, of: str, without: str) -> tuple[str, ...]:
    rows = connection.execute(
        f"SELECT title FROM {of}.briefs WHERE id NOT IN (SELECT id FROM {without}.briefs) ORDER BY title"  # noqa: S608
    )
    return tuple(str(title) for (title,) in rows)


def _changed_briefs(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT now.title FROM main.briefs now JOIN former.briefs then_ ON then_.id = now.id "
        "WHERE now.changed_at IS NOT then_.changed_at ORDER BY now.title"
    )
    return tuple(str(title) for (title,) in rows)
