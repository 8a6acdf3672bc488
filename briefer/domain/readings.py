"""Readings of texts that hold nothing but an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.domain.sources import Reading, Segment, SegmentKind
from briefer.domain.spans import Span

_BETWEEN = re.compile(r"\n\s*\n")


def paragraphs(text: str) -> Reading:
    """Return a reading in which whatever stands between empty lines is a paragraph."""
    return Reading(tuple(Segment(span, SegmentKind.PARAGRAPH, n) for n, span in enumerate(_spans(text), 1)))


def _spans(text: str) -> Iterator[Span]:
    ends = [(between.start(), between.end()) for between in _BETWEEN.finditer(text)]
    start = 0
    for end, next_ in (*ends, (len(text), len(text))):
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            first = start + len(piece) - len(piece.lstrip())
            yield Span(first, first + len(bare))
        start = next_
