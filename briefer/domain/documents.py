"""The format-neutral document that a brief renders to; the preview and every writer read it.

Markup makes blocks with :class:`Citation` inlines; ``services.publish`` replaces each by a :class:`NoteRef`
and adds the :class:`Note`; writers never see a Citation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Run:
    """Text in one character format. ``language`` is a BCP 47 tag where it differs from the document's."""

    text: str
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    superscript: bool = False
    subscript: bool = False
    underline: bool = False
    code: bool = False
    link: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class LineBreak:
    """A forced line break."""


@dataclass(frozen=True)
class NoteRef:
    """The mark of note ``number`` (from 1)."""

    number: int


@dataclass(frozen=True)
class CitedExcerpt:
    """One excerpt in a citation, with what was written around it: ``[see @id, p. 3]``."""

    excerpt_id: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Citation:
    """A citation that is not resolved yet: one note about one or more excerpts."""

    cited: tuple[CitedExcerpt, ...]


Inline = Run | LineBreak | NoteRef | Citation
Inlines = tuple[Inline, ...]


class ParagraphStyle(StrEnum):
    """The part that a paragraph plays; writers map it to a style of theirs."""

    BODY = "body"
    QUOTATION = "quotation"
    MARKING = "marking"
    SUBTITLE = "subtitle"
    SOURCE = "source"
    PROMPT = "prompt"
    CODE = "code"


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3. ``anchor`` is the id of the section, for bookmarks and the preview."""

    level: int
    inlines: Inlines
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``anchor`` is the id of the block that it comes from."""

    inlines: Inlines
    style: ParagraphStyle = ParagraphStyle.BODY
    anchor: str = ""


@dataclass(frozen=True)
class ListItem:
    """One item: paragraphs and nested lists."""

    blocks: tuple[BlockNode, ...]


@dataclass(frozen=True)
class ListBlock:
    """A bulleted or numbered list; each numbered list counts anew from ``start``."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table with one header row; ``rows`` are as wide as ``header``. ``caption`` doubles as alt text."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    caption: str = ""
    anchor: str = ""


BlockNode = Heading | Paragraph | ListBlock | Table


@dataclass(frozen=True)
class Note:
    """A foot- or endnote: its number from 1 and its text."""

    number: int
    inlines: Inlines


@dataclass(frozen=True)
class Marking:
    """How a marking is shown: its text, ``#rrggbb``, alignment and where (``header``, ``footer``)."""

    text: str
    colour: str = "#000000"
    align: str = "center"
    placement: tuple[str, ...] = ("header", "footer")
    bold: bool = True
    size_pt: int = 12


@dataclass(frozen=True)
class Document:
    """A rendered brief.

    ``language`` is a BCP 47 tag; ``date`` an ISO day or empty; ``modified`` an ISO UTC time that goes into
    the file's properties, so that the same version gives the same bytes.
    """

    title: str
    blocks: tuple[BlockNode, ...]
    notes: tuple[Note, ...] = ()
    language: str = "en-GB"
    date: str = ""
    date_text: str = ""
    author: str = ""
    audience: str = ""
    marking: Marking | None = None
    modified: str = ""
    identifier: str = ""
    page_label: str = "Page {page} of {pages}"


def plain_text(inlines: Inlines) -> str:
    """Return the text of ``inlines`` without formats, notes and citations."""
    return "".join(
        "\n" if isinstance(i, LineBreak) else i.text for i in inlines if isinstance(i, Run | LineBreak)
    )
