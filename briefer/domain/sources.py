"""Sources, what was captured of them, and how the capture is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from briefer.domain.dates import UNDATED, Dating
from briefer.domain.pages import UNPAGED, Pages
from briefer.domain.spans import Span, quote_at


class SegmentKind(StrEnum):
    """What a stretch of a snapshot's text is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    FURNITURE = "furniture"
    EMBEDDED = "embedded"


BODY_KINDS = frozenset({SegmentKind.HEADING, SegmentKind.PARAGRAPH})


@dataclass(frozen=True)
class Segment:
    """A span of the snapshot's text and what it is judged to be.

    ``number`` counts the body (headings and paragraphs) from 1 and is None for everything else; ``why`` is
    the reason in a few words; ``doubt`` is set where a person should decide (a lead of another article).
    ``machine`` is what the machine had judged where a person has decided otherwise, else None.
    """

    span: Span
    kind: SegmentKind
    number: int | None = None
    why: str = ""
    doubt: str = ""
    machine: SegmentKind | None = None


@dataclass(frozen=True)
class Embedded:
    """Another article, or the lead of one, inside the capture: never quoted under this source's name."""

    span: Span
    title: str | None = None
    publisher: str | None = None
    published: Dating = UNDATED


@dataclass(frozen=True)
class Reading:
    """The judgement over a snapshot: segments in text order, without overlap, covering every non-blank line."""

    segments: tuple[Segment, ...] = ()
    embedded: tuple[Embedded, ...] = ()

    def body(self) -> Iterator[Segment]:
        """Yield the numbered segments: the article's headings and paragraphs."""
        return (s for s in self.segments if s.number is not None)

    def paragraph(self, number: int) -> Segment | None:
        """Return the body segment of that number, or None."""
        return next((s for s in self.body() if s.number == number), None)

    def at(self, span: Span) -> tuple[Segment, ...]:
        """Return the segments that ``span`` touches."""
        start, end = span.start, span.end
        return tuple([s for s in self.segments if s.span.start < end and start < s.span.end])


class How(StrEnum):
    """How a fact about a source became known, the surest first."""

    PERSON = "person"
    STATED = "stated"
    WRITTEN = "written"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Known:
    """How one fact became known, how sure it is (0 to 1), and where it stood ("og:title", "line 3").

    STATED is what the document says for machines (meta elements, headers, document properties), WRITTEN what
    stands in its visible text, INFERRED what was concluded, PERSON what somebody entered or confirmed.
    """

    how: How
    confidence: float
    where: str = ""


NOT_KNOWN = Known(How.UNKNOWN, 0.0)
FACTS = (
    "title", "authors", "publisher", "container", "wire", "published", "event", "accessed", "url", "language",
    "kind", "genre", "rights",
)  # fmt: skip
"""The fields of a source of which ``Source.known`` tells how they became known."""


@dataclass(frozen=True)
class Snapshot:
    r"""What was captured of a source; never changes.

    ``text`` is everything that was read from the original bytes, furniture included, with ``\n`` line ends;
    ``sha256`` is the hex digest of the original bytes, which the library keeps beside it. ``captured_by`` is
    the user who took it in, ``tool`` the program and version that read it. ``unreadable`` says why the
    original has no text of its own (a scan, a foreign format); ``text`` is then what a person typed in, or
    empty. ``pages`` tells where the text stands on the pages of the original, if it has pages.
    """

    id: str
    source_id: str
    sha256: str
    file_name: str
    media_type: str
    encoding: str
    captured_at: datetime
    text: str
    reading: Reading
    captured_by: str = ""
    tool: str = ""
    unreadable: str = ""
    pages: Pages = UNPAGED

    def quote(self, span: Span) -> str:
        """Return the quotation that stands at ``span``: its text, folded."""
        return quote_at(self.text, span)


@dataclass(frozen=True)
class Source:
    """One published thing.

    ``kind`` is a CSL type (``article-newspaper``, ``report``, ``webpage`` …) and ``genre`` says it closer in
    CSL's sense ("Press release", "Joint statement"); ``container`` is where it was reproduced, ``wire`` the
    agency that it came from; ``accessed`` an EDTF day; ``rights`` its notice of rights as written;
    ``reliability`` the Admiralty code A to F (F: cannot be judged); ``extra`` further CSL-JSON variables that
    were imported with it. ``known`` tells of the fields named there how they became known. ``story`` is shared
    by the sources that carry the same text from one origin, None for a source alone. ``accepted`` is whether a
    person has looked at what intake made of it.
    """

    id: str
    title: str
    created_at: datetime
    kind: str = "article-newspaper"
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    container: str | None = None
    published: Dating = UNDATED
    event: Dating = UNDATED
    accessed: str | None = None
    url: str | None = None
    language: str = ""
    reliability: str = "F"
    marking: str | None = None
    flags: tuple[str, ...] = ()
    extra: dict[str, object] = field(default_factory=dict)
    snapshot_id: str | None = None
    sha256: str | None = None
    genre: str = ""
    wire: str | None = None
    rights: str | None = None
    known: dict[str, Known] = field(default_factory=dict)
    story: str | None = None
    accepted: bool = False

    def how(self, name: str) -> Known:
        """Return how the field ``name`` became known."""
        return self.known.get(name, NOT_KNOWN)


@dataclass(frozen=True)
class Capture:
    """What intake makes of one file: facts about the source, the text, and the reading of it.

    The fields are those of :class:`Source` and :class:`Snapshot`.
    """

    title: str
    text: str
    reading: Reading
    media_type: str
    encoding: str
    kind: str = "article-newspaper"
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    container: str | None = None
    published: Dating = UNDATED
    event: Dating = UNDATED
    url: str | None = None
    language: str = ""
    flags: tuple[str, ...] = ()
    accessed: str | None = None
    genre: str = ""
    wire: str | None = None
    rights: str | None = None
    known: dict[str, Known] = field(default_factory=dict)
    extra: dict[str, object] = field(default_factory=dict)
    tool: str = ""
    unreadable: str = ""
    pages: Pages = UNPAGED
