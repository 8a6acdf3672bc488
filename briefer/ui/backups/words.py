"""Backups and what going back to one would change, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from briefer.domain.backups import Backup, Differences, Reason, Turned
from briefer.ui.text import counted, fill, moment

_TITLES = 5


def tr(sentence: str) -> str:
    """Return the sentence in the window's language."""
    return QCoreApplication.translate("Backups", sentence)


def when(backup: Backup) -> str:
    """Return when it was made, by the clock of this computer."""
    return moment(backup.made_at, seconds=True)


def size(backup: Backup) -> str:
    """Return how large its file is."""
    return QLocale().formattedDataSize(backup.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def protection(backup: Backup) -> str:
    """Return whether it is encrypted."""
    return tr("yes") if backup.encrypted else tr("no")


def reason(backup: Backup) -> str:
    """Return why it was made."""
    return {
        Reason.AUTOMATIC: tr("by itself"),
        Reason.ASKED: tr("asked for"),
        Reason.BEFORE_RESTORE: tr("before going back"),
    }[backup.reason]


def consequences(differences: Differences | None) -> str:
    """Return what going back would change, a line each."""
    if differences is None:
        return tr("What would change cannot be told, because the library or the backup cannot be read.")
    if not differences.any:
        return tr("Nothing would change: the library is as it was then.")
    lines = [
        *_turned(differences.sources, tr("1 source"), tr("%1 sources")),
        *_turned(differences.excerpts, tr("1 excerpt"), tr("%1 excerpts")),
        *_titled(differences.briefs_lost, tr("Brief made since, would go: %1")),
        *_titled(differences.briefs_back, tr("Brief removed since, would come back: %1")),
        *_titled(differences.briefs_changed, tr("Brief changed since, would be as it was: %1")),
    ]
    return "\n".join(lines)


def _turned(turned: Turned, one: str, many: str) -> list[str]:
    told = (
        (turned.lost, tr("%1 taken in since would go")),
        (turned.back, tr("%1 removed since would come back")),
        (turned.changed, tr("%1 changed since would be as before")),
    )
    return [fill(sentence, counted(count, one, many)) for count, sentence in told if count]


def _titled(titles: tuple[str, ...], sentence: str) -> list[str]:
    lines = [fill(sentence, title) for title in titles[:_TITLES]]
    more = len(titles) - _TITLES
    return [*lines, counted(more, tr("and 1 more"), tr("and %1 more"))] if more > 0 else lines
