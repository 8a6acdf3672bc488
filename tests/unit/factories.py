"""Things of the domain with sensible contents; each test names only what it is about."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from briefer.domain.briefs import Block, BlockKind, Brief, Section, Version
from briefer.domain.dates import Basis, Dating
from briefer.domain.excerpts import Excerpt
from briefer.domain.ids import new_id
from briefer.domain.record import LIBRARY, Act, Draft
from briefer.domain.sources import Reading, Segment, SegmentKind, Snapshot, Source
from briefer.domain.spans import Span, find_quote, quote_at
from briefer.domain.tags import parse_tag
from briefer.services.ports import Library

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
TEXT = """\
Home | World | Business
Germany widens its chip export controls
Germany will widen its export controls on chip-making tools from March, the economy ministry said.
Officials in Berlin called the step a matter of supply security.
半導体の輸出管理を強化すると
経済省が発表した。
Subscribe to our newsletter
"""


def make_reading(text: str = TEXT) -> Reading:
    """Return a reading with one segment a line: a menu, a title, numbered paragraphs, a footer."""
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    segments: list[Segment] = []
    at = number = 0
    for line in lines:
        span = Span(text.index(line, at), text.index(line, at) + len(line.rstrip()))
        at = span.end
        if "|" in line or line.startswith("Subscribe"):
            segments.append(Segment(span, SegmentKind.FURNITURE, why="menu"))
        elif len(segments) == 1 and segments[0].kind is SegmentKind.FURNITURE:
            segments.append(Segment(span, SegmentKind.TITLE))
        else:
            number += 1
            segments.append(Segment(span, SegmentKind.PARAGRAPH, number))
    return Reading(tuple(segments))


def make_source(published: str | None = "2025-12-17", **changes: Any) -> Source:
    """Return a source that was published on an EDTF date, or is undated."""
    values: dict[str, Any] = {
        "id": new_id(),
        "title": "Germany widens its chip export controls",
        "created_at": NOW,
        "authors": ("Anna Müller", "Ken Sato"),
        "publisher": "Example Times",
        "published": Dating(published, published, Basis.EXPLICIT) if published else Dating(),
        "language": "en-GB",
        "reliability": "B",
    }
    return Source(**{**values, **changes})


def make_snapshot(source: Source, text: str = TEXT, **changes: Any) -> Snapshot:
    """Return a snapshot of ``source``; its original bytes are :func:`original`."""
    values: dict[str, Any] = {
        "id": new_id(),
        "source_id": source.id,
        "sha256": hashlib.sha256(original(text)).hexdigest(),
        "file_name": "article.txt",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "captured_at": NOW,
        "text": text,
        "reading": make_reading(text),
    }
    return Snapshot(**{**values, **changes})


def original(text: str = TEXT) -> bytes:
    """Return the bytes that a snapshot with that text was made from."""
    return text.encode()


def make_excerpt(snapshot: Snapshot, quote: str | None = None, *, tags: str = "", **changes: Any) -> Excerpt:
    """Return an excerpt of ``quote``, or else of the first paragraph; ``tags`` as the command line has them."""
    first = next(snapshot.reading.body())
    span = first.span if quote is None else find_quote(snapshot.text, quote)
    assert span is not None, f"not in the text: {quote}"
    values: dict[str, Any] = {
        "id": new_id(),
        "source_id": snapshot.source_id,
        "snapshot_id": snapshot.id,
        "span": span,
        "quote": quote_at(snapshot.text, span),
        "paragraph": next((s.number for s in snapshot.reading.at(span) if s.number), None),
        "created_at": NOW,
        "tags": tuple(map(parse_tag, tags.split())),
    }
    return Excerpt(**{**values, **changes})


def prose(markdown: str) -> Block:
    """Return a prose block."""
    return Block(new_id(), BlockKind.PROSE, markdown)


def quotation(excerpt_id: str) -> Block:
    """Return a quotation block."""
    return Block(new_id(), BlockKind.QUOTATION, excerpt_id=excerpt_id)


def make_section(*blocks: Block, **changes: Any) -> Section:
    """Return a section with those blocks."""
    return Section(**{"id": new_id(), "heading": "Background", "blocks": blocks, **changes})


def make_brief(*blocks: Block, **changes: Any) -> Brief:
    """Return a meeting brief whose one section has those blocks."""
    values: dict[str, Any] = {
        "id": new_id(),
        "form": "meeting-brief",
        "title": "Call on the German minister",
        "created_at": NOW,
        "changed_at": NOW,
        "sections": (make_section(*blocks),),
    }
    return Brief(**{**values, **changes})


def make_version(brief: Brief, number: int = 1, **changes: Any) -> Version:
    """Return a version of ``brief``."""
    values = {"id": new_id(), "brief_id": brief.id, "number": number, "name": "", "created_at": NOW}
    return Version(**{**values, "brief": brief, **changes})


def untold(library: Library) -> None:
    """Let the record say, as after a rescue, that it need not tell of all that is there: tests put things in directly."""
    with library.write() as work:
        work.record.add([Draft(NOW, "", Act.STARTED, LIBRARY, {"rescued": True})])
