"""What can be chosen when a brief is exported."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from briefer.domain.documents import HeadingNumbering

DEFAULT_STYLE = "chicago-notes"


class NotesAt(StrEnum):
    """Where notes stand; formats without pages always have them at the end."""

    FOOT = "foot"
    END = "end"


class Live(StrEnum):
    """Whether citations can be taken over by a reference manager: as plain text, Zotero's fields, Word's sources."""

    NONE = "none"
    ZOTERO = "zotero"
    WORD = "word"


class SourceOrder(StrEnum):
    """How the source list is ordered: as the style wants, or under primary, press and analysis."""

    STYLE = "style"
    TYPE = "type"


class Lanes(StrEnum):
    """Which lanes of a brief are exported: both, what may be used, or what is not for disclosure."""

    BOTH = "both"
    MAY_BE_USED = "may-be-used"
    NOT_FOR_DISCLOSURE = "not-for-disclosure"


class Annex(StrEnum):
    """What can be added behind the brief.

    COVERAGE is a table and a heat map of what the brief cites; SOURCES a descriptor of each source and a
    summary statement on all of them (ICD 206); RECORD what somebody let pass, and where the brief went before.
    """

    COVERAGE = "coverage"
    SOURCES = "sources"
    RECORD = "record"


@dataclass(frozen=True)
class ExportOptions:
    """The choices of one export; the defaults are the usual ones.

    ``style`` is the name of a citation style or the path of a ``.csl`` file; ``language`` is ``en``, ``ja`` or a
    BCP 47 tag of these, the brief's own where None. ``wire``, ``accessed`` and ``archived`` add to each entry of
    the source list the agency that the text came from, the day of access, and the SHA-256 of the archived copy.
    ``originals`` gives the whole text of each shortened quotation in a note. ``numbering`` is of the headings,
    ``numbered`` numbers the paragraphs; ``contents`` puts a table of contents in front. ``portions`` marks each
    portion with its own marking. ``template`` is a Word file of the house, and ``template_styles`` its style
    names by role (:mod:`briefer.domain.templates`), where they were chosen by a person. ``lanes`` is what of the
    brief is exported: nothing of the other lane is then in the document, sources and counts included.

    ``ceiling`` (``scheme/level``) makes a releasable version (:mod:`briefer.domain.releases`). ``comments`` prints what
    people said of the quoted excerpts below them.
    """

    style: str = DEFAULT_STYLE
    language: str | None = None
    notes: NotesAt = NotesAt.FOOT
    live: Live = Live.NONE
    source_order: SourceOrder = SourceOrder.STYLE
    wire: bool = False
    accessed: bool = False
    archived: bool = False
    originals: bool = False
    contents: bool = False
    numbering: HeadingNumbering = HeadingNumbering.NONE
    numbered: bool = False
    portions: bool = False
    annexes: tuple[Annex, ...] = ()
    draft: bool = False
    copy: str = ""
    handling: tuple[str, ...] = ()
    template: Path | None = None
    template_styles: tuple[tuple[str, str], ...] = ()
    lanes: Lanes = Lanes.BOTH
    ceiling: str = ""
    comments: bool = False

    def chosen(self) -> dict[str, object]:
        """Return the choices that differ from the usual ones; of paths only the name."""
        usual = ExportOptions()
        return {
            f.name: value.name if isinstance(value, Path) else value
            for f in fields(self)
            if (value := getattr(self, f.name)) != getattr(usual, f.name)
        }


USUAL = ExportOptions()
