"""What a verification found, in words."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication

from briefer.domain.differences import DifferenceKind
from briefer.domain.findings import Level
from briefer.domain.verification import Row, Shape, Subject, Verdict, Verification
from briefer.ui.text import counted, fill
from briefer.ui.theme import Colours

_MARKS = {Level.RED: "●", Level.AMBER: "▲", None: "✓"}


def mark(level: Level | None) -> str:
    """Return the sign of a level: it is told by more than its colour."""
    return _MARKS[level]


def subject_name(subject: Subject) -> str:
    """Return what a row is about."""
    tr = QCoreApplication.translate
    return {
        Subject.QUOTATION: tr("Verify", "Quotation"),
        Subject.CITATION: tr("Verify", "Citation"),
        Subject.MARKING: tr("Verify", "Marking"),
        Subject.EXCERPT: tr("Verify", "Excerpt in the library"),
        Subject.SOURCE: tr("Verify", "Source in the library"),
    }[subject]


def state(row: Row) -> str:
    """Return how a row stands, with all that is to be said of it."""
    tr = QCoreApplication.translate
    verdict = {
        Verdict.EXACT: tr("Verify", "as exported"),
        Verdict.NORMALISED: tr("Verify", "same words, other signs or blanks"),
        Verdict.AROUND: tr("Verify", "words around it changed"),
        Verdict.ALTERED: tr("Verify", "altered"),
        Verdict.MISSING: tr("Verify", "missing"),
        Verdict.RECORD: tr("Verify", "its record is damaged"),
        Verdict.CHANGED: tr("Verify", "changed since the export"),
        Verdict.GONE: tr("Verify", "not there any more"),
        Verdict.WITHDRAWN: tr("Verify", "withdrawn"),
        Verdict.SUPERSEDED: tr("Verify", "superseded"),
    }[row.verdict]
    shape = {
        Shape.WHOLE: "",
        Shape.SPLIT: tr("Verify", "paragraph split"),
        Shape.JOINED: tr("Verify", "paragraphs joined"),
    }[row.shape]
    parts = (
        verdict,
        tr("Verify", "moved") if row.moved else "",
        shape,
        tr("Verify", "by tracked changes only") if row.tracked else "",
    )
    return ", ".join(filter(None, parts))


def place(row: Row) -> str:
    """Return where a row stands in the document."""
    tr = QCoreApplication.translate
    if row.subject is not Subject.MARKING:
        return row.place
    places = {
        "header": tr("Verify", "Header"),
        "footer": tr("Verify", "Footer"),
        "text": tr("Verify", "First page"),
    }
    return places.get(row.id, row.place)


def amount(row: Row) -> str:
    """Return by how much a row differs, or nothing."""
    tr = QCoreApplication.translate
    if not row.changed:
        return ""
    return counted(row.changed, tr("Verify", "1 character"), tr("Verify", "%1 characters"))


def verdict_line(found: Verification) -> str:
    """Return one line that sums up."""
    tr = QCoreApplication.translate
    levels = [row.level for row in found.rows]
    red, amber = levels.count(Level.RED), levels.count(Level.AMBER)
    if not found.rows:
        return tr("Verify", "There is nothing to compare: the brief quoted and cited nothing.")
    if not red and not amber:
        return fill(tr("Verify", "✓ All %1 points are as they were exported."), len(levels))
    parts = []
    if red:
        parts.append(
            counted(red, tr("Verify", "● 1 to be looked into"), tr("Verify", "● %1 to be looked into"))
        )
    if amber:
        parts.append(
            counted(amber, tr("Verify", "▲ 1 to be looked at"), tr("Verify", "▲ %1 to be looked at"))
        )
    rest = len(levels) - red - amber
    if rest:
        parts.append(counted(rest, tr("Verify", "✓ 1 as exported"), tr("Verify", "✓ %1 as exported")))
    return "   ".join(parts)


def about(found: Verification) -> str:
    """Return what the file is, and what reviewers left in it."""
    tr = QCoreApplication.translate
    manifest = found.manifest
    parts = [fill(tr("Verify", "“%1”, version %2"), manifest.title, manifest.version)]
    if found.tracked:
        parts.append(
            counted(found.tracked, tr("Verify", "1 tracked change"), tr("Verify", "%1 tracked changes"))
        )
    if found.comments:
        parts.append(counted(found.comments, tr("Verify", "1 comment"), tr("Verify", "%1 comments")))
    parts.append(
        tr("Verify", "compared with its own record and the open library")
        if found.with_library
        else tr("Verify", "no library is open: compared with its own record")
    )
    return " · ".join(parts)


def as_text(found: Verification) -> str:
    """Return all that was found as plain text, for a mail or a file note."""
    tr = QCoreApplication.translate
    lines = [found.file, about(found), verdict_line(found), ""]
    for row in found.rows:
        head = (f"{mark(row.level)} {state(row)}", subject_name(row.subject), place(row), amount(row))
        lines.append(" · ".join(filter(None, head)))
        if row.level is None:
            continue
        if row.recorded:
            lines.append(fill(tr("Verify", "   exported: %1"), row.recorded))
        if row.found and row.found != row.recorded:
            lines.append(fill(tr("Verify", "   now: %1"), row.found))
    return "\n".join(lines).rstrip() + "\n"


def as_rich_text(row: Row, colours: Colours) -> str:
    """Return the words of a row, what was taken out struck through and what was put in underlined."""
    tr = QCoreApplication.translate
    if row.pieces:
        return "".join(_piece(piece.kind, piece.text, colours) for piece in row.pieces)
    parts = []
    if row.found == row.recorded or not row.found:
        parts.append(html.escape(row.recorded or row.found))
    else:
        for label, text in (
            (tr("Verify", "Exported:"), row.recorded),
            (tr("Verify", "Now:"), row.found),
        ):
            if text:
                parts.append(f"<b>{html.escape(label)}</b> {html.escape(text)}")
    return "<br>".join(parts)


def _piece(kind: DifferenceKind, text: str, colours: Colours) -> str:
    shown = html.escape(text)
    if kind is DifferenceKind.REMOVED:
        return f'<s style="color: {colours.danger}; background: {colours.danger_surface}">{shown}</s>'
    if kind is DifferenceKind.ADDED:
        return f'<u style="color: {colours.theme}; background: {colours.theme_surface}">{shown}</u>'
    return shown
