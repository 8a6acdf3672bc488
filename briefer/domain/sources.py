"""Sources, what was captured of them, and how the capture is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from briefer.domain.dates import UNDATED, Dating
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
    """

    span: Span
    kind: SegmentKind
    number: int | None = None
    why: str = ""
    doubt: str = ""


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
        return tuple(s for s in self.segments if s.span.touches(span))


@dataclass(frozen=True)
class Snapshot:
    r"""What was captured of a source; never changes.

    ``text`` is everything that was read from the original bytes, furniture included, with ``\n`` line ends;
    ``sha256`` is the hex digest of the original bytes, which the library keeps beside it.
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

    def quote(self, span: Span) -> str:
        """Return the quotation that stands at ``span``: its text, folded."""
        return quote_at(self.text, span)


@dataclass(frozen=True)
class Source:
    """One published thing.

    ``kind`` is a CSL type (``article-newspaper``, ``report``, ``webpage`` …); ``reliability`` the Admiralty
    code A to F (F: cannot be judged); ``extra`` further CSL-JSON variables that were imported with it.
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


@dataclass(frozen=True)
class Capture:
    """What intake makes of one file: facts about the source, the text, and the reading of it."""

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
