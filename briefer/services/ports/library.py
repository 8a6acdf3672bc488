"""What the use cases need of a library's file: opening its transactions, backups, encryption, passphrases."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from briefer.domain.backups import Backup, Differences, Reason
from briefer.domain.holders import Holder, ReadOnly
from briefer.domain.outside import Altered
from briefer.domain.passphrases import Passphrase
from briefer.domain.protection import LooseCopy
from briefer.services.ports.basics import Progress
from briefer.services.ports.storage import UnitOfWork
from briefer.services.stopping import Stop


class BackupShelf(Protocol):
    """The automatic backups of one library, which need not be open, nor sound."""

    def all(self) -> tuple[Backup, ...]:
        """Return the backups, latest first."""

    def written_at(self, name: str) -> datetime:
        """Return when, by the clock of then, a backup was made or found to be the present state."""

    def changed_since(self, moment: datetime) -> bool:
        """Whether the library's files were written to after that moment."""

    def make(self, now: datetime, reason: Reason) -> Backup:
        """Copy the library, see that the copy is whole, and return it; where nothing differs, the latest one.

        Raises LibraryError ``backup-full``, ``backup-unwritable``; ``library-damaged``, ``library-locked``.
        """

    def remove(self, name: str) -> None:
        """Delete a backup."""

    def fault(self, name: str) -> str:
        """Return what is wrong with a backup, or nothing."""

    def differences(self, name: str) -> Differences | None:
        """Return what going back to a backup would change; None where one of the two cannot be read."""

    def restore(self, name: str, now: datetime, who: str = "") -> Path | None:
        """Put a backup in the library's place; the present file is kept first, and its place returned.

        That ``who`` did so is in the record of what comes back.
        """


class Vault(Protocol):
    """The file of one library, closed, as it is encrypted."""

    @property
    def path(self) -> Path:
        """The library's file."""

    @property
    def id(self) -> str:
        """What tells an encrypted library, its copies and its backups from others; empty for one that is not."""

    def check(self, passphrase: Passphrase | None) -> None:
        """See that it is a library which that passphrase opens; one that is not encrypted needs none.

        Raises LibraryError ``library-missing``, ``library-not-one``, ``library-encrypted``,
        ``library-passphrase``, ``library-damaged``.
        """

    def backups_are_encrypted(self) -> bool:
        """Whether the latest backup is."""

    def convert(self, now: Passphrase | None, new: Passphrase | None, me: Holder) -> None:
        """Encrypt, decrypt (``new`` None) or encrypt anew; the library is as before until it is done.

        Raises LibraryError as :meth:`check`, and ``library-held``, ``library-read-only``, ``library-locked``,
        ``library-full``, ``library-unwritable``.
        """

    def copies(self, passphrase: Passphrase | None) -> tuple[LooseCopy, ...]:
        """Return the copies beside it that the passphrase does not open, and those that are not encrypted.

        Copies that somebody has made are known by the beginning of their records, which has to be readable.
        """

    def remove(self, copies: Iterable[LooseCopy]) -> None:
        """Delete such copies. Raises LibraryError ``library-unwritable``."""


class PassphraseKeyring(Protocol):
    """The system's keyring, if there is one; asking it can take long."""

    def recall(self, library: str) -> Passphrase | None:
        """Return the passphrase that is kept for the library of that id."""

    def keep(self, library: str, passphrase: Passphrase) -> None:
        """Keep a passphrase. Raises UsageError ``keyring-none``."""

    def forget(self, library: str) -> None:
        """Keep it no longer."""


class Library(Protocol):
    """An open library file. Safe to use from several threads; each unit of work has its own connection."""

    @property
    def path(self) -> Path:
        """The library's file."""

    @property
    def passphrase(self) -> Passphrase | None:
        """What opens the library, and its backups; None where it is not encrypted."""

    @property
    def id(self) -> str:
        """What tells an encrypted library, its copies and its backups from others; else empty."""

    @property
    def read_only(self) -> ReadOnly | None:
        """Why the library is open for reading only, or None."""

    @property
    def has_room_again(self) -> bool:
        """Whether it is open for reading only because its disk was full, and is not full any more."""

    @property
    def on_network(self) -> bool:
        """Whether the file lies on another computer's disk."""

    def read(self, stop: Stop | None = None) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work over one consistent state of the library. Raises StoppedError when ``stop`` says so."""

    def write(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work that is durably stored at its end, or rolled back when an error leaves it."""

    def require_writing(self) -> None:
        """Raise LibraryError ``library-held``, ``library-read-only``, ``library-gone`` where nothing can be stored."""

    def backup(self, target: Path) -> None:
        """Copy the library to ``target`` while it is in use; the copy appears whole or not at all."""

    def outside(self) -> tuple[Altered, ...]:
        """Return what something else than Briefer has changed, as far as the record tells."""

    def uncovered(self) -> tuple[str, ...]:
        """Return of how much the record does not tell how it has to be, in words: what came in long ago."""

    def problems(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Look for damage: file integrity, foreign keys, quotes against spans, digests, the index."""

    def repair(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Make the search index anew from the excerpts and sources; tell which texts and tags were others than it was made of."""

    def settle(self) -> None:
        """Bring what the journal holds into the file, so that a copy of the file alone has it; nobody waits for that."""

    def close(self) -> None:
        """Let the file go."""
