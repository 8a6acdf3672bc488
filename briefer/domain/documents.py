"""The format-neutral document that a brief renders to; the preview and every writer read it.

Markup makes blocks with :class:`Citation` inlines; ``services.publish`` replaces each by a :class:`NoteRef`
and adds the :class:`Note`; writers never see a Citation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from briefer.domain.manifests import Manifest


class RunStyle(StrEnum):
    """The part that a run plays within its paragraph; writers map it to a character style of theirs.

    EDITORIAL is what an editor put into a quotation («[…]», «[inserted]»), PORTION the mark of a portion's own
    protection («(S)»).
    """

    NONE = ""
    EDITORIAL = "editorial"
    PORTION = "portion"


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
    style: RunStyle = RunStyle.NONE


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
    """A citation that is not resolved yet: one note about one or more excerpts.

    ``note`` is what the note says besides (the whole text of a shortened quotation); where the style cites in the
    text it is a note of its own.
    """

    cited: tuple[CitedExcerpt, ...]
    note: Inlines = ()


@dataclass(frozen=True)
class CiteItem:
    """One work in a formatted citation: ``work`` is the id of a :class:`Work`, the rest as in ``ports.Cite``."""

    work: str
    excerpt_id: str = ""
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class CitationText:
    """A formatted citation, in a note or in the text, and the works that it cites.

    ``id`` is the same at every export of the same citation of a brief. Writers without live citations write
    its inlines (:func:`flattened`).
    """

    id: str
    inlines: tuple[Run | LineBreak, ...]
    items: tuple[CiteItem, ...]


@dataclass(frozen=True)
class CrossReference:
    """A reference to the block of ``anchor`` in the same document; ``text`` is what a reader sees."""

    anchor: str
    text: str


Inline = Run | LineBreak | NoteRef | Citation | CitationText | CrossReference
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
    TRANSLATION = "translation"
    HANDLING = "handling"


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3. ``anchor`` is the id of the section, for bookmarks and the preview.

    An annex (``annex``) begins on a page of its own and is not numbered with the sections. ``section`` is the
    type of the section that it opens, for house templates that give it a place of its own. That of a ``lane`` is
    not numbered and opens no section: it stands over some of the blocks of one.
    """

    level: int
    inlines: Inlines
    anchor: str = ""
    annex: bool = False
    section: str = ""
    lane: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``anchor`` is the id of the block that it comes from.

    ``number`` is its number where the document numbers its paragraphs, counting on from 1 to its end.
    """

    inlines: Inlines
    style: ParagraphStyle = ParagraphStyle.BODY
    anchor: str = ""
    number: int | None = None


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


@dataclass(frozen=True)
class HeatMap:
    """A table of counts to be drawn as a picture: ``counts[row][column]``, 0 and more.

    ``rows`` and ``columns`` are labels; ``alt`` says in words what the picture shows.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    caption: str
    alt: str
    anchor: str = ""


@dataclass(frozen=True)
class Contents:
    """A table of contents: the headings down to level ``depth`` (1 to 3), under ``title``."""

    title: str
    depth: int = 2
    anchor: str = ""


BlockNode = Heading | Paragraph | ListBlock | Table | HeatMap | Contents


@dataclass(frozen=True)
class Note:
    """A foot- or endnote: its number from 1 and its text."""

    number: int
    inlines: Inlines


@dataclass(frozen=True)
class Work:
    """A cited work: ``id`` is the source's, ``csl`` its CSL-JSON."""

    id: str
    csl: dict[str, object] = field(default_factory=dict)


class HeadingNumbering(StrEnum):
    """How headings are numbered: not at all; 1, 1.1, 1.1.1; or 第1, 1, (1)."""

    NONE = "none"
    DECIMAL = "decimal"
    JAPANESE = "japanese"

    def number(self, counts: Sequence[int]) -> str:
        """Return the number of a heading, by the places (from 1) of those above it and its own; three deep at most."""
        match self:
            case HeadingNumbering.NONE:
                return ""
            case HeadingNumbering.DECIMAL:
                return ".".join(map(str, counts))
            case HeadingNumbering.JAPANESE:
                return ("第{}", "{}", "({})")[len(counts) - 1].format(counts[-1])


@dataclass(frozen=True)
class Marking:
    """How a marking is shown: its text, ``#rrggbb``, alignment and where (``header``, ``footer``).

    Where it stands on a ground of its own (``ground``), its letters are ``on_ground``; ``colour`` is for paper.
    """

    text: str
    colour: str = "#000000"
    align: str = "center"
    placement: tuple[str, ...] = ("header", "footer")
    bold: bool = True
    size_pt: int = 12
    ground: str = ""
    on_ground: str = ""


@dataclass(frozen=True)
class Document:
    """A rendered brief.

    ``language`` is a BCP 47 tag; ``date`` an ISO day or empty; ``modified`` an ISO UTC time that goes into
    the file's properties, so that the same version gives the same bytes. ``works`` are all cited works,
    ``manifest`` what a writer with a place for it keeps beside the text. ``draft`` («DRAFT»), ``copy``
    («Copy 2 of 5») and ``handling`` (instructions, a line each) are shown with the marking; ``style`` is
    the name of the citation style. ``audience`` is in words («For …»), ``addressee`` the bare name.
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
    style: str = ""
    numbering: HeadingNumbering = HeadingNumbering.NONE
    works: tuple[Work, ...] = ()
    draft: str = ""
    copy: str = ""
    handling: tuple[str, ...] = ()
    manifest: Manifest | None = None
    addressee: str = ""


def flattened(inlines: Iterable[Inline]) -> Iterator[Run | LineBreak | NoteRef | Citation]:
    """Yield ``inlines`` with citations as their text, and cross-references as links to ``#anchor``."""
    for inline in inlines:
        match inline:
            case CitationText(inlines=inner):
                yield from inner
            case CrossReference(anchor=anchor, text=text):
                yield Run(text, link=f"#{anchor}")
            case _:
                yield inline


def plain_text(inlines: Iterable[Inline]) -> str:
    """Return the text of ``inlines`` without formats, notes and unresolved citations."""
    return "".join(
        "\n" if isinstance(i, LineBreak) else i.text
        for i in flattened(inlines)
        if isinstance(i, Run | LineBreak)
    )
