"""The file of one library, closed, as it is encrypted, decrypted and given another passphrase."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from briefer import in_use
from briefer.atomic import discard, sweep, sync, unfinished
from briefer.domain.holders import Holder, ReadOnly
from briefer.domain.passphrases import Passphrase
from briefer.domain.protection import LooseCopy
from briefer.domain.record import LIBRARY, Act, Draft
from briefer.errors import LibraryError
from briefer.storage import cipher, record
from briefer.storage.backup import folder_beside
from briefer.storage.cipher import Key
from briefer.storage.conversion import converted
from briefer.storage.engine import check_header, is_library, is_plain, known_os_errors, reading
from briefer.storage.hold import can_be_written, take
from briefer.storage.library import closed_to_writing
from briefer.storage.schema import check_schema

_SPARE = 1 << 20  # of bytes: what a file system needs besides the file


class LibraryVault:
    """Changes how a library is encrypted: a new file is written beside it, compared, and moved over it.

    ``known_id`` is that of a library which is open: its file may be gone meanwhile.
    """

    def __init__(self, path: Path, known_id: str | None = None) -> None:
        self._path = path
        self._known_id = known_id

    @property
    def path(self) -> Path:
        return self._path

    @property
    def id(self) -> str:
        if self._known_id is not None:
            return self._known_id
        salt = cipher.salt_of(self._path)
        return salt.hex() if salt else ""

    def check(self, passphrase: Passphrase | None) -> None:
        check_header(self._path)
        cipher.check_passphrase(self._path, passphrase, folder_beside(self._path))

    def backups_are_encrypted(self) -> bool:
        newest = max(folder_beside(self._path).glob("*.briefer"), default=None)
        return newest is not None and cipher.salt_of(newest) is not None

    def convert(self, now: Passphrase | None, new: Passphrase | None, me: Holder) -> None:
        self.check(now)
        if not can_be_written(self._path):
            raise closed_to_writing(self._path, ReadOnly())
        with known_os_errors(self._path):
            held = take(self._path, me)
        if isinstance(held, Holder):
            raise closed_to_writing(self._path, ReadOnly(held))
        try:
            self._see_room()
            self._convert(cipher.key_of(self._path, now), new, me)
        finally:
            held.release()

    def copies(self, passphrase: Passphrase | None) -> tuple[LooseCopy, ...]:
        others = set(self._others())
        loose = [
            LooseCopy(file, file.stat().st_size, encrypted=cipher.salt_of(file) is not None)
            for file in sorted(others)
            if not self._is_guarded(file, passphrase)
        ]
        own = (file for file in self._made_by_hand(passphrase) if file not in others)
        loose += (LooseCopy(file, file.stat().st_size, encrypted=False, by_hand=True) for file in own)
        return tuple(loose)

    def remove(self, copies: Iterable[LooseCopy]) -> None:
        with known_os_errors(self._path):
            for copy in copies:
                copy.path.unlink(missing_ok=True)

    def _convert(self, key: Key | None, new: Passphrase | None, me: Holder) -> None:
        sweep(self._path.parent)
        part = unfinished(self._path)
        new_key = cipher.new_key(new) if new else None
        try:
            with known_os_errors(self._path):
                with converted(self._path, part, key, new_key):
                    shutil.copymode(self._path, part)
                    facts = {"encryption": {"from": _state(key), "to": _state(new_key, before=key)}}
                    entry = Draft(me.since or datetime.now(UTC), me.user, Act.ENCRYPTION, LIBRARY, facts)
                    record.note_in(part, new_key, entry)
                    sync(part)
                    if new and not cipher.opens(part, new):
                        raise LibraryError(
                            "library-damaged", name=self._path.name, detail="its copy does not open"
                        )
                    if os.name != "nt":  # there, a file that is open cannot be replaced
                        part.replace(self._path)
                if os.name == "nt":
                    part.replace(self._path)
                sync(self._path.parent)
        finally:
            discard(part)

    def _see_room(self) -> None:
        with known_os_errors(self._path):
            free = shutil.disk_usage(self._path.parent).free
        if free < self._path.stat().st_size + _SPARE:
            raise LibraryError("library-full", name=self._path.name)

    def _others(self) -> Iterator[Path]:
        """Return what is left of former states: backups, copies from before upgrades, kept damaged files."""
        folder = folder_beside(self._path)
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.suffix in {in_use.SUFFIX, ".damaged", ".damaged-wal"}:
                yield file
        for file in self._path.parent.glob(f"*.before-*{self._path.suffix}"):
            if file.name.startswith(f"{self._path.stem}.before-") and is_library(file):
                yield file

    def _made_by_hand(self, passphrase: Passphrase | None) -> Iterator[Path]:
        """Yield the libraries in the same folder that are not encrypted and have the same first entry in their record."""
        if passphrase is None and self.id:
            return  # nobody can tell what is in it
        beginning = _beginning(self._path, reading(self._path), cipher.key_of(self._path, passphrase))
        for file in sorted(self._path.parent.glob("*.briefer")):
            other = is_plain(file) and not file.samefile(self._path)
            if beginning and other and _beginning(file, "immutable=1") == beginning:
                yield file

    @staticmethod
    def _is_guarded(file: Path, passphrase: Passphrase | None) -> bool:
        if file.suffix == ".damaged-wal":
            file = file.with_suffix(".damaged")  # its pages are as those of the file that it belongs to
        return passphrase is not None and cipher.salt_of(file) is not None and cipher.opens(file, passphrase)


def _beginning(library: Path, how: str, key: Key | None = None) -> str:
    """Return the hash of a library's first entry, which all its copies have; nothing where it cannot be read."""
    with (
        suppress(*cipher.reading_errors(LibraryError)),
        closing(cipher.connect(library, how, key)) as connection,
    ):
        connection.execute("PRAGMA trusted_schema=OFF")
        check_schema(connection, library)  # it may be anybody's
        return record.first_hash(connection)
    return ""


def _state(key: Key | None, before: Key | None = None) -> str:
    """Return how a library with that key is kept, for its record."""
    if key is None:
        return "not encrypted"
    return "encrypted with another passphrase" if before else "encrypted"
