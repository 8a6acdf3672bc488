"""Entries of the record in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from briefer.domain.record import Act, Break, Entry, Head
from briefer.ui.text import counted, fill, moment


def tr(sentence: str) -> str:
    """Return the sentence in the window's language."""
    return QCoreApplication.translate("Record", sentence)


def act(kind: str) -> str:
    """Return what a kind of entry is called; one that a newer Briefer has written as it is written."""
    known = {
        Act.STARTED: tr("Record begun"),
        Act.UPGRADE: tr("Upgrade"),
        Act.IMPORT: tr("Import"),
        Act.EXCERPT: tr("New excerpt"),
        Act.BRIEF: tr("New brief"),
        Act.EDIT: tr("Correction"),
        Act.MARKING: tr("Marking"),
        Act.WAIVER: tr("Let pass"),
        Act.EXPORT: tr("Export"),
        Act.TRASH: tr("Into the trash"),
        Act.RESTORE: tr("Put back"),
        Act.DELETION: tr("Deleted for good"),
        Act.BACKUP: tr("Back to a backup"),
        Act.ENCRYPTION: tr("Encryption"),
    }
    return known.get(Act(kind), kind) if kind in set(Act) else kind


def subject(kind: str) -> str:
    """Return what a kind of subject is called."""
    return {
        "library": tr("library"),
        "source": tr("source"),
        "capture": tr("capture"),
        "excerpt": tr("excerpt"),
        "brief": tr("brief"),
        "term": tr("term"),
        "form": tr("form"),
        "search": tr("saved search"),
        "file": tr("file"),
    }.get(kind, kind)


def about(entry: Entry) -> str:
    """Return what an entry is about."""
    return fill(tr("%1: %2"), subject(entry.subject), entry.label) if entry.label else subject(entry.subject)


def when(entry: Entry) -> str:
    """Return when it was made, by the clock of this computer."""
    try:
        return moment(datetime.fromisoformat(entry.at), seconds=True)
    except ValueError:  # written by another program
        return entry.at


def verdict(found: Break | None, head: Head) -> str:
    """Return what checking the record has shown."""
    if found:
        return fill(
            tr("Broken at entry %1: %2. What stands from there on may have been altered."),
            found.number,
            found.why,
        )
    return fill(
        tr("Whole: %1. The hash of the last is %2"),
        counted(head.count, tr("1 entry"), tr("%1 entries")),
        head.hash,
    )
