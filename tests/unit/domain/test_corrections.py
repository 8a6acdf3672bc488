from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.corrections import SET_ASIDE, settled, turned
from briefer.domain.sources import BODY_KINDS, Embedded, Reading, Segment, SegmentKind
from briefer.domain.spans import Span

LINES = ("Menu", "Ports agree", "First paragraph.", "Other story", "Its lead.", "Second paragraph.")
TEXT = "\n".join(LINES)


def at(line: str) -> Span:
    return Span(TEXT.index(line), TEXT.index(line) + len(line))


OTHER = Span(at("Other story").start, at("Its lead.").end)
READING = Reading(
    (
        Segment(at("Menu"), SegmentKind.FURNITURE, why="menu"),
        Segment(at("Ports agree"), SegmentKind.TITLE),
        Segment(at("First paragraph."), SegmentKind.PARAGRAPH, 1),
        Segment(OTHER, SegmentKind.EMBEDDED, why="another article"),
        Segment(at("Second paragraph."), SegmentKind.PARAGRAPH, 2, doubt="may belong to another article"),
    ),
    (Embedded(OTHER, "Other story"),),
)


def body(reading: Reading) -> list[tuple[int | None, str]]:
    return [(s.number, TEXT[s.span.start : s.span.end]) for s in reading.body()]


def test_a_line_is_set_aside_and_the_body_numbered_anew() -> None:
    reading = turned(READING, TEXT, at("First paragraph."), body=False)
    assert body(reading) == [(1, "Second paragraph.")]
    gone = reading.segments[2]
    assert (gone.kind, gone.machine, gone.why) == (
        SegmentKind.FURNITURE,
        SegmentKind.PARAGRAPH,
        SET_ASIDE,
    )


def test_furniture_becomes_body_and_the_machines_judgement_is_kept() -> None:
    reading = turned(READING, TEXT, at("Menu"), body=True)
    assert body(reading)[0] == (1, "Menu")
    assert reading.segments[0].machine is SegmentKind.FURNITURE


def test_turning_back_restores_what_the_machine_said() -> None:
    there = turned(READING, TEXT, at("First paragraph."), body=False)
    assert turned(there, TEXT, at("First paragraph."), body=True) == READING


def test_one_line_of_an_embedded_article_is_turned() -> None:
    reading = turned(READING, TEXT, at("Its lead."), body=True)
    assert body(reading)[1] == (2, "Its lead.")
    left = [s for s in reading.segments if s.kind is SegmentKind.EMBEDDED]
    assert [TEXT[s.span.start : s.span.end] for s in left] == ["Other story"]
    assert reading.embedded == READING.embedded
    assert turned(reading, TEXT, at("Other story"), body=True).embedded == ()


def test_what_is_so_already_stays() -> None:
    assert turned(READING, TEXT, at("First paragraph."), body=True) == READING
    assert turned(READING, TEXT, at("Menu"), body=False) == READING


def test_a_doubt_is_settled_in_favour_of_the_article() -> None:
    reading = settled(READING, at("Second paragraph."))
    assert reading.segments[-1].doubt == ""
    assert reading.segments[-1].machine is SegmentKind.PARAGRAPH
    assert settled(READING, at("Menu")) == READING


def test_a_doubtful_passage_is_set_aside() -> None:
    reading = turned(READING, TEXT, at("Second paragraph."), body=False)
    assert reading.segments[-1].doubt == ""
    assert body(reading) == [(1, "First paragraph.")]
    settled_first = settled(READING, at("Second paragraph."))
    assert body(turned(settled_first, TEXT, at("Second paragraph."), body=False)) == [(1, "First paragraph.")]


@given(
    st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30), st.booleans()), max_size=6),
)
def test_any_corrections_keep_the_text_and_number_the_body(steps: list[tuple[int, int, bool]]) -> None:
    reading = READING
    for start, size, wanted in steps:
        reading = turned(reading, TEXT, Span(start, min(start + size, len(TEXT))), body=wanted)
    numbers = [s.number for s in reading.segments if s.kind in BODY_KINDS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(s.number is None for s in reading.segments if s.kind not in BODY_KINDS)
    spans = [s.span for s in reading.segments]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert all(i in covered for i, ch in enumerate(TEXT) if not ch.isspace())


def test_a_heading_set_aside_comes_back_as_a_heading() -> None:
    heading = replace(READING.segments[2], kind=SegmentKind.HEADING)
    reading = replace(READING, segments=(*READING.segments[:2], heading, *READING.segments[3:]))
    there = turned(reading, TEXT, at("First paragraph."), body=False)
    assert turned(there, TEXT, at("First paragraph."), body=True) == reading
