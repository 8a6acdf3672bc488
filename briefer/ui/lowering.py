"""Stores what was said of a source or an excerpt, asking for the reason where it is marked lower than it was."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QInputDialog, QWidget

from briefer.domain.excerpts import Excerpt
from briefer.domain.markings import MarkingScheme, lowers
from briefer.domain.sources import Source
from briefer.services.curate import markings_of
from briefer.ui.context import Context
from briefer.ui.text import fill


def change_source(parent: QWidget, context: Context, before: Source, after: Source) -> None:
    """Store a source's data, unless its marking is lowered and the user gives no reason."""
    desk = context.desk
    if desk is None or after == before:
        return
    reason = _reason(parent, [(before.marking or "", after.marking or "")], desk.markings)
    if reason is not None:
        named = fill(QCoreApplication.translate("Unstored", "Data of “%1”"), after.title)
        context.change(lambda: desk.collect.change_source(after, reason), named=named)


def annotate(parent: QWidget, context: Context, before: Excerpt, after: Excerpt) -> bool:
    """Store what is said of an excerpt; return False where a marking is lowered and the user gives no reason."""
    desk = context.desk
    reason = _reason(parent, markings_of(before, after), desk.markings) if desk else None
    if desk is None or reason is None:
        return False
    named = fill(QCoreApplication.translate("Unstored", "Notes of the excerpt “%1”"), after.quote)
    context.change(lambda: desk.curate.annotate(after, reason), named=named)
    return True


def _reason(
    parent: QWidget, markings: Iterable[tuple[str, str]], schemes: tuple[MarkingScheme, ...]
) -> str | None:
    """Return why markings, each as it was and as it will be, are lowered; empty where none is, None without a reason."""
    lowered = next(((was, now) for was, now in markings if lowers(was, now, schemes)), None)
    if lowered is None:
        return ""
    tr = QCoreApplication.translate
    was, now = lowered
    told = fill(
        tr(
            "Lowering",
            "%2 is less than %1, or does not compare with it. Why may it be marked lower? The record keeps this.",
        ),
        was,
        now or tr("Lowering", "No marking"),
    )
    reason, given = QInputDialog.getText(parent, tr("Lowering", "Lower the marking"), told)
    return reason.strip() or None if given else None
