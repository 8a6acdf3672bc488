"""The choices of an export in words: names of formats, what differs from the usual, and what a format lacks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

from PySide6.QtCore import QCoreApplication

from briefer.domain.briefs import Brief
from briefer.domain.documents import HeadingNumbering
from briefer.domain.exporting import USUAL, Annex, ExportOptions, Lanes, Live, NotesAt, SourceOrder
from briefer.domain.forms import SPOKEN
from briefer.ui.text import counted, fill

_PAGED = frozenset({".docx", ".odt", ".pdf"})
_WORD = ".docx"
_TALKING_POINTS = ".txt"


@dataclass(frozen=True)
class Names:
    """What people call what is chosen by an id: the title of the citation style, and the label of the ceiling."""

    style: str = ""
    ceiling: str = ""


def format_name(suffix: str) -> str:
    """Return what a person reads for a format."""
    tr = QCoreApplication.translate
    names = {
        ".docx": tr("Export", "Word document"),
        ".html": tr("Export", "Web page (HTML)"),
        ".md": tr("Export", "Markdown"),
        ".odt": tr("Export", "OpenDocument text"),
        ".pdf": tr("Export", "PDF"),
        ".txt": tr("Export", "Talking points, plain text"),
    }
    return names.get(suffix, suffix)


def short_name(suffix: str) -> str:
    """Return the format as a button names it."""
    tr = QCoreApplication.translate
    names = {
        ".docx": tr("Export", "Word"),
        ".html": tr("Export", "HTML"),
        ".odt": tr("Export", "OpenDocument"),
        ".txt": tr("Export", "plain text"),
    }
    return names.get(suffix) or format_name(suffix)


def language_name(language: str | None) -> str:
    """Return what a person reads for the language of an export; the brief's own for None."""
    tr = QCoreApplication.translate
    names = {
        "en": "English",
        "en-GB": tr("Export", "English (United Kingdom)"),
        "en-US": tr("Export", "English (United States)"),
        "ja": "日本語",
    }
    return names.get(language or "", language or "")


def idle(suffix: str, *, in_text: bool = False, spoken: bool = False, apart: bool = True) -> dict[str, str]:
    """Return the options that mean nothing in a format, each with the reason.

    ``in_text`` is whether the citation style cites in the text; ``spoken`` whether the brief has sections that
    are spoken: of such a brief the plain text holds no others. ``apart`` is whether something in it is not for
    disclosure.
    """
    tr = QCoreApplication.translate
    found: dict[str, str] = {}
    if not apart:
        found["lanes"] = tr("Export", "Nothing in this brief is set apart as not for disclosure.")
    if suffix != _WORD:
        found["live"] = tr("Export", "Only Word documents can carry live citations.")
        found["template"] = found["template_styles"] = tr(
            "Export", "Only Word documents can follow a house template."
        )
    if suffix == _TALKING_POINTS:
        found["notes"] = tr("Export", "Plain text has no notes; sources stand in brackets.")
        found["contents"] = tr("Export", "Plain text has no pages to refer to.")
        if spoken:
            reason = tr("Export", "Talking points hold what is spoken, and neither source list nor annexes.")
            found |= dict.fromkeys(("source_order", "wire", "accessed", "archived", "annexes"), reason)
    elif suffix not in _PAGED:
        found["notes"] = tr("Export", "This format has no pages; notes stand at its end.")
    if in_text:
        found["notes"] = tr("Export", "This style cites in the text; there are no notes.")
    return found


def is_spoken(brief: Brief) -> bool:
    """Whether a brief has sections that are spoken (the plain text is then of these alone)."""
    return any(section.type in SPOKEN for section in brief.sections)


def effective(options: ExportOptions, idle_names: Collection[str]) -> ExportOptions:
    """Return ``options`` with the usual in place of what means nothing."""
    usual = {f.name: getattr(USUAL, f.name) for f in fields(USUAL) if f.name in idle_names}
    return replace(options, **usual)


def differences(
    options: ExportOptions, usual: ExportOptions, names: Names, *, of: frozenset[str] | None = None
) -> tuple[str, ...]:
    """Return in words what differs from the usual, at most of the fields ``of``."""
    words = _words(options, names)
    return tuple(
        words[name]
        for name in words
        if getattr(options, name) != getattr(usual, name) and (of is None or name in of)
    )


def _words(options: ExportOptions, names: Names) -> dict[str, str]:
    tr = QCoreApplication.translate
    live = {
        Live.NONE: tr("Export", "plain citations"),
        Live.ZOTERO: tr("Export", "Zotero fields"),
        Live.WORD: tr("Export", "Word sources"),
    }
    numbering = {
        HeadingNumbering.NONE: tr("Export", "headings without numbers"),
        HeadingNumbering.DECIMAL: tr("Export", "headings 1, 1.1"),
        HeadingNumbering.JAPANESE: tr("Export", "headings 第1, 1, (1)"),
    }
    annexes = {
        Annex.COVERAGE: tr("Export", "annex: coverage"),
        Annex.SOURCES: tr("Export", "annex: source descriptors"),
        Annex.RECORD: tr("Export", "annex: record of checks and exports"),
    }
    lanes = {
        Lanes.BOTH: tr("Export", "both lanes"),
        Lanes.MAY_BE_USED: tr("Export", "only what may be used"),
        Lanes.NOT_FOR_DISCLOSURE: tr("Export", "only what is not for disclosure"),
    }
    return {
        "style": names.style,
        "language": language_name(options.language),
        "notes": tr("Export", "endnotes") if options.notes is NotesAt.END else "",
        "source_order": tr("Export", "sources by type") if options.source_order is SourceOrder.TYPE else "",
        "wire": tr("Export", "wire origin"),
        "accessed": tr("Export", "accessed dates"),
        "archived": tr("Export", "archived copies"),
        "originals": tr("Export", "originals of quotations"),
        "live": live[options.live],
        "contents": tr("Export", "contents"),
        "numbering": numbering[options.numbering],
        "numbered": tr("Export", "numbered paragraphs"),
        "lanes": lanes[options.lanes],
        "comments": tr("Export", "comments"),
        "ceiling": fill(tr("Export", "nothing above %1"), names.ceiling),
        "portions": tr("Export", "portion marks"),
        "draft": tr("Export", "draft"),
        "copy": fill(tr("Export", "copy %1"), options.copy),
        "handling": counted(
            len(options.handling),
            tr("Export", "1 handling instruction"),
            tr("Export", "%1 handling instructions"),
        ),
        "annexes": ", ".join(annexes[annex] for annex in options.annexes),
        "template": fill(tr("Export", "template %1"), options.template.name if options.template else ""),
    }


def summary(options: ExportOptions, usual: ExportOptions, names: Names) -> str:
    """Return one line that tells what differs from the usual."""
    tr = QCoreApplication.translate
    found = differences(options, usual, names)
    return (
        fill(tr("Export", "Other than usual: %1."), " · ".join(found))
        if found
        else tr("Export", "All as usual.")
    )
