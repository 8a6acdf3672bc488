"""The starter vocabulary, and what it suggests for one paragraph."""

from __future__ import annotations

import functools

import msgspec

from briefer import assets
from briefer.domain.sources import Reading, Segment, SegmentKind
from briefer.domain.spans import Span
from briefer.domain.suggestions import suggest
from briefer.domain.tags import Tag, Vocabulary


@functools.cache
def starter() -> Vocabulary:
    data = (assets.resources() / "vocabulary" / "starter.json").read_bytes()
    return msgspec.json.decode(data, type=Vocabulary)


def suggested(text: str, vocabulary: Vocabulary) -> dict[Tag, tuple[str, ...]]:
    reading = Reading((Segment(Span(0, len(text)), SegmentKind.PARAGRAPH, 1),))
    return {s.tag: s.because for s in suggest(text, reading, vocabulary)}
