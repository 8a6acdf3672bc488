"""Automatic backups of a library: which are kept, and what going back to one would change."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from briefer.domain.results import LibraryCounts

_LAST, _DAYS, _WEEKS = 10, 14, 8


class Reason(StrEnum):
    """Why a backup was made."""

    AUTOMATIC = "automatic"
    ASKED = "asked"
    BEFORE_RESTORE = "before-restore"


@dataclass(frozen=True)
class Backup:
    """One backup: its file's name in the folder of backups, when it was made (UTC), its bytes and what it holds.

    ``counts`` is None where it cannot be read: damaged, or ``encrypted`` with another passphrase.
    """

    name: str
    made_at: datetime
    reason: Reason
    size: int
    counts: LibraryCounts | None
    encrypted: bool = False


@dataclass(frozen=True)
class Turned:
    """How many things of one kind going back would take away, bring back and change."""

    lost: int = 0
    back: int = 0
    changed: int = 0

    @property
    def any(self) -> bool:
        """Whether anything would be otherwise."""
        return bool(self.lost or self.back or self.changed)


@dataclass(frozen=True)
class Differences:
    """What would be otherwise after going back to a backup; briefs by their titles."""

    sources: Turned
    excerpts: Turned
    briefs_lost: tuple[str, ...] = ()
    briefs_back: tuple[str, ...] = ()
    briefs_changed: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything would be otherwise."""
        briefs = self.briefs_lost or self.briefs_back or self.briefs_changed
        return bool(self.sources.any or self.excerpts.any or briefs)


def superseded(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return the backups that need not be kept.

    The last 10 are kept, the last one of each of the last 14 days that have any, and likewise of 8 weeks.
    Days without a backup do not count, so that a library that is seldom opened keeps its past.
    """
    latest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept = {
        *latest_first[:_LAST],
        *_last_of_each(latest_first, lambda backup: backup.made_at.date())[:_DAYS],
        *_last_of_each(latest_first, lambda backup: backup.made_at.isocalendar()[:2])[:_WEEKS],
    }
    return tuple(backup for backup in latest_first if backup not in kept)


def _last_of_each(latest_first: Iterable[Backup], period: Callable[[Backup], Hashable]) -> list[Backup]:
    last: dict[Hashable, Backup] = {}
    for backup in latest_first:
        last.setdefault(period(backup), backup)
    return list(last.values())
