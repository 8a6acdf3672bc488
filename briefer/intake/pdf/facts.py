"""What a PDF tells of itself: the facts of a document, or those of a web page that was printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from briefer.domain.pages import Pages
from briefer.domain.sources import Capture, How, Reading, SegmentKind
from briefer.intake.captures import finish
from briefer.intake.facts.claims import Claims
from briefer.intake.facts.origins import web_address
from briefer.intake.office.heads import Properties, read_top
from briefer.intake.pasted.lines import Judged, Line, is_prose
from briefer.intake.pasted.reading import Read, build, read_lines
from briefer.intake.pdf.files import MEDIA_TYPE
from briefer.intake.pdf.text import Placed, Written
from briefer.intake.web.metadata import Page

_URL = re.compile(r"https?://[^\s\u3000]+")
_SHORTEST_TITLE = 6
_TOP = 200


def capture(written: Written, properties: Properties, modified: datetime, pages: Pages) -> Capture:
    """Make the capture of a document that has text."""
    address = _address(written)
    if address:
        claims, read = _as_web_page(written, modified)
        claims.add("url", address, How.WRITTEN, 0.7, "edge of the page")
    else:
        judged = [_judged(placed, written.text, top=i < _TOP) for i, placed in enumerate(written.blocks)]
        _mark_largest(judged, written.blocks)
        top = read_top(judged, properties, modified)
        # Facts stand on the first pages and on the last; to look for them in between takes long and misleads.
        telling = judged if len(judged) < 2 * _TOP else [*judged[:_TOP], *judged[-_TOP:]]
        claims, read = top.claims, Read(build(judged, ()), top.head, tuple(telling))
    found = finish(written.text, "", MEDIA_TYPE, read, Page(claims), modified)
    return replace(found, pages=pages)


def _judged(placed: Placed, text: str, *, top: bool = False) -> Judged:
    line = Line(placed.start, placed.end, text[placed.start : placed.end], 1)
    kind, why = placed.block.kind, placed.block.why
    # Whether it is running text matters only to where the head of the document ends.
    prose = kind is SegmentKind.PARAGRAPH and not why and (not top or is_prose(line))
    return Judged(line, prose=prose, junk="", kind=kind, why=why)


def _address(written: Written) -> str | None:
    """Return the address that a browser has printed at the edge of the pages."""
    for placed in written.blocks:
        if placed.block.kind is SegmentKind.FURNITURE:
            match = _URL.search(written.text[placed.start : placed.end])
            if match:
                return web_address(match[0])
    return None


def _as_web_page(written: Written, modified: datetime) -> tuple[Claims, Read]:
    """Read a printed web page by the rules for pasted ones, which know menus and related stories."""
    judged = [_judged(placed, written.text) for placed in written.blocks]
    edges = [item for item in judged if item.kind is SegmentKind.FURNITURE]
    read = read_lines([item.line for item in judged if item.kind is not SegmentKind.FURNITURE], modified)
    lines = sorted([*edges, *read.lines], key=lambda item: item.line.start)
    return Claims(), Read(_with(read, edges), read.head, tuple(lines))


def _with(read: Read, edges: Sequence[Judged]) -> Reading:
    """Return the reading with the heads and feet of the pages, which come between its paragraphs."""
    segments = [*read.reading.segments, *build(edges, ()).segments]
    return replace(read.reading, segments=tuple(sorted(segments, key=lambda s: s.span.start)))


def _mark_largest(judged: Sequence[Judged], blocks: Sequence[Placed]) -> None:
    """Mark the heading in the largest type of the first page as the one above all others."""
    first = min((placed.block.lines[0].page for placed in blocks), default=1)
    large = [
        (placed.block.size, -i)
        for i, placed in enumerate(blocks)
        if placed.block.kind is SegmentKind.HEADING
        and placed.block.lines[0].page == first
        and judged[i].line.weight >= _SHORTEST_TITLE
    ]
    if large:
        item = judged[-max(large)[1]]
        item.line = replace(item.line, tag="h1")
