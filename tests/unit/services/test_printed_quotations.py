"""Quotations from a list, and shortened at a sentence's end: printed clean, held against their source as they are."""

from __future__ import annotations

from pathlib import Path

from briefer.domain.documents import Paragraph, ParagraphStyle, Run, RunStyle, plain_text
from briefer.domain.editing import add_block, shorten
from briefer.domain.tags import parse_tag
from briefer.domain.verification import Verdict
from briefer.services.compose import NewBrief, quotation
from briefer.services.desk import Desk
from tests.unit.services.conftest import imported, taken

LISTED = """Port operators in India agree on cranes

March 3, 2026

The operators said on Tuesday what they want to do together this year, after deliveries of gearboxes had been late:

• More makers: operators will buy from three. They will share the cost. Nobody pays alone.

• Fewer cranes: operators will share them.
"""
PROSE = """Harbours in Sundet agree on one crane

The council of Sundet told reporters on Monday that both harbours would share one crane, which is to be built by spring.

Ship owners had asked for a second crane for years, and said that they would wait for the first one to be finished.

The cost is to be borne by the shipping companies, the council said, and by the two towns in which the harbours lie.
"""
FULL = "• More makers: operators will buy from three. They will share the cost. Nobody pays alone."
CUT = "• More makers: operators will buy from three. They will share the cost. […]"


def test_sign_and_gap_are_not_printed_and_nothing_counts_as_altered(desk: Desk, tmp_path: Path) -> None:
    source = imported(desk, taken(LISTED))
    wanted = NewBrief("country-brief", (parse_tag("partner:IN"),), marking="uk-gscp/official")
    brief = desk.compose.create(wanted)[0]
    section = brief.sections[0].id
    quotes = (FULL, "• Fewer cranes: operators will share them.")
    cut, whole = (quotation(desk.curate.mark_quote(source.id, quote)[0].id) for quote in quotes)
    desk.compose.edit(brief.id, "Add", lambda b: add_block(b, section, cut))
    desk.compose.edit(brief.id, "Add", lambda b: add_block(b, section, whole))
    desk.compose.edit(brief.id, "Shorten", lambda b: shorten(b, cut.id, CUT))
    target = tmp_path / "brief.docx"
    desk.publish.export(brief.id, target)
    blocks = desk.publish.document(brief.id).blocks
    texts = [
        plain_text(i for i in block.inlines if isinstance(i, Run))
        for block in blocks
        if isinstance(block, Paragraph) and block.style is ParagraphStyle.QUOTATION
    ]
    assert texts == [
        "More makers: operators will buy from three. They will share the cost.",
        "Fewer cranes: operators will share them.",
    ]
    rows = desk.verify.check(target).rows
    assert {row.verdict for row in rows} == {Verdict.EXACT}


def test_an_excerpt_that_cuts_its_sentence_shows_it_in_every_format_and_counts_as_exact(
    desk: Desk, tmp_path: Path
) -> None:
    source = imported(desk, taken(PROSE))
    brief = desk.compose.create(NewBrief("country-brief", (parse_tag("partner:IN"),)))[0]
    said = "both harbours would share one crane,"
    block = quotation(desk.curate.mark_quote(source.id, said)[0].id)
    desk.compose.edit(brief.id, "Add", lambda b: add_block(b, brief.sections[0].id, block))
    target = tmp_path / "brief.docx"
    desk.publish.export(brief.id, target)
    (shown,) = (
        block
        for block in desk.publish.document(brief.id).blocks
        if isinstance(block, Paragraph) and block.style is ParagraphStyle.QUOTATION
    )
    runs = [run for run in shown.inlines if isinstance(run, Run)]
    assert [(run.text, run.style is RunStyle.EDITORIAL) for run in runs] == [
        ("[…] ", True),
        (said, False),
        (" […]", True),
    ]
    rows = desk.verify.check(target).rows
    assert {row.verdict for row in rows} == {Verdict.EXACT}
