"""A person's corrections over a reading. The snapshot's text stays as it is, so no excerpt moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefer.domain.sources import BODY_KINDS, Reading, Segment, SegmentKind
from briefer.domain.spans import Span

SET_ASIDE = "set aside by a person"


def turned(reading: Reading, text: str, span: Span, *, body: bool) -> Reading:
    """Return the reading with the lines that ``span`` touches made part of the article, or set aside.

    What the machine had judged is kept in ``Segment.machine``; turning a line back restores it. Of an embedded
    article only the lines touched are turned. The body is numbered anew.
    """
    segments: list[Segment] = []
    for segment in reading.segments:
        if not segment.span.touches(span) or (segment.kind in BODY_KINDS) is body:
            segments.append(segment)
            continue
        segments += [
            _turned(piece, body=body) if piece.span.touches(span) else piece
            for piece in pieces(segment, text)
        ]
    embedded = tuple(e for e in reading.embedded if _still_embedded(e.span, segments))
    return Reading(tuple(_numbered(segments)), embedded)


def settled(reading: Reading, span: Span) -> Reading:
    """Return the reading with the doubt over what ``span`` touches cleared: it is the article's."""
    return replace(
        reading,
        segments=tuple(
            replace(s, doubt="", machine=s.kind) if s.doubt and s.span.touches(span) else s
            for s in reading.segments
        ),
    )


def pieces(segment: Segment, text: str) -> Iterator[Segment]:
    """Yield what can be turned for itself: an embedded article line by line, anything else as it is."""
    if segment.kind is not SegmentKind.EMBEDDED:
        yield segment
        return
    at = segment.span.start
    for line in text[segment.span.start : segment.span.end].split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            yield replace(segment, span=Span(start, at + len(line.rstrip())))
        at += len(line) + 1


def _turned(segment: Segment, *, body: bool) -> Segment:
    machine = segment.machine or segment.kind
    if segment.machine is not None and (segment.machine in BODY_KINDS) is body:
        return replace(segment, kind=segment.machine, machine=None, why="", doubt="")
    if body:
        return replace(segment, kind=SegmentKind.PARAGRAPH, machine=machine, why="")
    return replace(segment, kind=SegmentKind.FURNITURE, machine=machine, why=SET_ASIDE, doubt="")


def _still_embedded(span: Span, segments: Iterable[Segment]) -> bool:
    return any(s.kind is SegmentKind.EMBEDDED and s.span.touches(span) for s in segments)


def _numbered(segments: Iterable[Segment]) -> Iterator[Segment]:
    number = 0
    for segment in segments:
        if segment.kind in BODY_KINDS:
            number += 1
            yield replace(segment, number=number)
        else:
            yield replace(segment, number=None)
