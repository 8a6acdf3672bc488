"""Automatic backups: making them when due, listing them, and going back to one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from briefer.domain.backups import Backup, Differences, Reason, superseded
from briefer.errors import UsageError
from briefer.services.ports import BackupShelf, Clock

EVERY = timedelta(hours=1)
"""How often a library that is being changed is backed up."""

UNREADABLE = frozenset({"library-damaged", "library-foreign", "library-not-one", "library-missing"})
"""The codes of a library that cannot be read, and may be gone back to a backup of."""


class Backups:
    """The backups of one library, which need not be open, nor sound."""

    def __init__(self, shelf: BackupShelf, clock: Clock, user: str = "") -> None:
        self._shelf = shelf
        self._clock = clock
        self._user = user

    def all(self) -> tuple[Backup, ...]:
        """Return the backups, latest first."""
        return self._shelf.all()

    def numbered(self, number: int) -> Backup:
        """Return a backup by its number, 1 for the latest. Raises UsageError ``backup-missing``."""
        found = self.all()
        if not 1 <= number <= len(found):
            raise UsageError("backup-missing", number=number, count=len(found))
        return found[number - 1]

    def keep(self, *, opening: bool = False) -> Backup | None:
        """Make a backup if one is due, and delete those that need not be kept; return the latest.

        It is due when the library was written to since the latest one, and that one is an hour old or the
        library has just been opened; and where the clock was set back, which tells nothing of that. Raises LibraryError as :meth:`make` does.
        """
        latest = next(iter(self.all()), None)
        if latest is None:
            return self.make(Reason.AUTOMATIC)
        written, now = self._shelf.written_at(latest.name), self._clock()
        early = not opening and now - written < EVERY
        if written <= now and (early or not self._shelf.changed_since(written)):
            return latest
        return self.make(Reason.AUTOMATIC)

    def make(self, reason: Reason = Reason.ASKED) -> Backup:
        """Make a backup now, and delete those that need not be kept.

        Raises:
            LibraryError: ``backup-full``, ``backup-unwritable``; ``library-damaged``, ``library-locked``.
        """
        made = self._shelf.make(self._clock(), reason)
        for backup in superseded(self.all()):
            self._shelf.remove(backup.name)
        return made

    def newest_sound(self) -> Backup | None:
        """Return the latest backup in which nothing is wrong, or None."""
        return next((backup for backup in self.all() if not self._shelf.fault(backup.name)), None)

    def differences(self, backup: Backup) -> Differences | None:
        """Return what going back to a backup would change; None where one of the two cannot be read."""
        return self._shelf.differences(backup.name)

    def restore(self, backup: Backup) -> Path | None:
        """Put a backup in the library's place, and return where the present file is kept, if there was one.

        Nothing may have the library open.

        Raises:
            LibraryError: ``backup-damaged``, ``backup-locked``, ``library-locked``; ``restore-full``,
                ``restore-unwritable``, where the library is as it was.
        """
        return self._shelf.restore(backup.name, self._clock(), self._user)
