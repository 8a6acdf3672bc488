"""«para. n» is what a reader counts: paragraphs and items of lists, not headings, captions and furniture."""

from __future__ import annotations

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.documents import plain_text
from briefer.domain.editing import add_block
from briefer.domain.sources import Reading, Segment, SegmentKind
from briefer.domain.spans import Span
from briefer.domain.tags import parse_tag
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from briefer.services.kept import Proof
from tests.unit.services.conftest import imported, taken

PAPER = """<html><body><article><h1>Ports share their cranes</h1>
<p>Port operators in India agreed on Tuesday to hold spare parts for cranes in common, after a year of late deliveries.</p>
<h2>What they want to do</h2>
<p>They will list all parts that they own in a register, which each operator may read at any time of the day.</p>
<ul><li>Gearboxes that take months to make come first, because nobody can wait for them.</li>
<li>Sensors that fail in the rain come second, because there are few makers of them.</li></ul>
<h2>What it costs</h2>
<p>The operators pay for the register together, as each of them told the paper on Wednesday.</p>
</article></body></html>"""


def brief_on(desk: Desk, *quotes: str) -> Brief:
    source = imported(desk, taken(PAPER, "paper.html"))
    brief = desk.compose.create(NewBrief("country-brief", (parse_tag("partner:IN"),)))[0]
    ids = [desk.curate.mark_quote(source.id, quote)[0].id for quote in quotes]
    text = prose("\n\n".join(f"Said [@{id_}]." for id_ in ids))
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Add", lambda b: add_block(b, section, text))
    return desk.compose.brief(brief.id)


def test_notes_count_as_readers_do_and_nothing_stored_changes(desk: Desk) -> None:
    brief = brief_on(
        desk,
        "Port operators in India",
        "They will list all parts",
        "Sensors that fail",
        "pay for the register",
    )
    stored = [hit.excerpt.paragraph for hit in desk.find.excerpts("").hits]
    notes = [plain_text(note.inlines) for note in desk.publish.document(brief.id).notes]
    assert [note.partition("para. ")[2].partition(",")[0].rstrip(".") for note in notes] == [
        "1",
        "2",
        "4",
        "5",
    ]
    assert [hit.excerpt.paragraph for hit in desk.find.excerpts("").hits] == stored
    assert max(filter(None, stored)) == 7, "the library counts headings"


def test_the_preview_counts_alike_and_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    brief = brief_on(desk, "pay for the register")
    proof = Proof()
    first = desk.publish.pieces(brief, proof)
    assert "para. 5" in repr(first)

    def refused(_reading: Reading, _span: Span) -> int:
        raise AssertionError("counted twice")

    monkeypatch.setattr(Reading, "counted", refused)
    assert "para. 5" in repr(desk.publish.pieces(brief, proof))


def test_what_begins_with_a_heading_is_of_the_paragraph_under_it() -> None:
    kinds = (SegmentKind.PARAGRAPH, SegmentKind.HEADING, SegmentKind.PARAGRAPH, SegmentKind.HEADING)
    segments = [Segment(Span(10 * n, 10 * n + 9), kind, n + 1) for n, kind in enumerate(kinds)]
    reading = Reading((Segment(Span(100, 109), SegmentKind.CAPTION), *segments))
    assert [reading.counted(Span(start, start + 3)) for start in (0, 12, 20, 25)] == [1, 2, 2, 2]
    assert reading.counted(Span(30, 33)) is None
