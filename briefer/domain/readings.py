"""Readings of texts that hold nothing but an article."""

from __future__ import annotations

import re

from briefer.domain.sources import Reading, Segment, SegmentKind
from briefer.domain.spans import Span

_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)


def paragraphs(text: str) -> Reading:
    """Return a reading in which whatever stands between empty lines is a paragraph."""
    spans = (Span(*match.span()) for match in _PARAGRAPH.finditer(text))
    return Reading(tuple(Segment(span, SegmentKind.PARAGRAPH, n) for n, span in enumerate(spans, 1)))
