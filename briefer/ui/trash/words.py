"""What is in the trash, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from briefer.domain.trash import Trashed, TrashKind
from briefer.services.trash import Emptying, Restored
from briefer.ui.text import counted, fill, moment


def tr(sentence: str) -> str:
    """Return the sentence in the window's language."""
    return QCoreApplication.translate("Trash", sentence)


def kind(one: Trashed) -> str:
    """Return what kind of thing it is."""
    return {
        TrashKind.SOURCE: tr("Source"),
        TrashKind.CAPTURE: tr("Capture"),
        TrashKind.EXCERPT: tr("Excerpt"),
        TrashKind.TERM: tr("Term"),
        TrashKind.BRIEF: tr("Brief"),
        TrashKind.FORM: tr("Form"),
        TrashKind.SEARCH: tr("Saved search"),
    }[one.kind]


def when(one: Trashed) -> str:
    """Return when it was deleted, by the clock of this computer."""
    return moment(one.at)


def holds(one: Trashed) -> str:
    """Return what went with it, and nothing where it went alone."""
    words = {
        "captures": (tr("1 capture"), tr("%1 captures")),
        "excerpts": (tr("1 excerpt"), tr("%1 excerpts")),
        "versions": (tr("1 version"), tr("%1 versions")),
    }
    return ", ".join(counted(count, *words[name]) for name, count in one.holds.items() if name in words)


def named(one: Trashed) -> str:
    """Return a thing in one line."""
    more = holds(one)
    line = fill(tr("%1: “%2”"), kind(one), one.label)
    return fill(tr("%1, with %2"), line, more) if more else line


def consequences(emptying: Emptying) -> str:
    """Return everything that would be gone for good, and what could not be put back any more, a line each."""
    lines = [named(one) for one in emptying.gone]
    if emptying.stranded:
        lines += ["", tr("This stays in the trash, but could not be put back any more:")]
        lines += [named(one) for one in emptying.stranded]
    return "\n".join(lines)


def restored(result: Restored) -> str:
    """Return what putting things back did, a line each."""
    lines = []
    if result.back:
        lines.append(counted(len(result.back), tr("Put back: 1 thing."), tr("Put back: %1 things.")))
    lines += [f"{note}." for note in result.notes]
    lines += [fill(tr("“%1” stays in the trash: %2."), one.label, why) for one, why in result.left]
    return "\n".join(lines)
