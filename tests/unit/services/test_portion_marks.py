"""The marks of portions in a document: before the title, sections, texts, comments, and what is made of the sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.documents import (
    CrossReference,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    RunStyle,
    plain_text,
)
from briefer.domain.editing import add_block, mark
from briefer.domain.exporting import Annex, ExportOptions
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from briefer.services.rendering import marked

SECRET = "uk-gscp/secret"
PORTIONS = ExportOptions(portions=True)


@pytest.fixture
def brief(desk: Desk, port: Source) -> Brief:
    desk.curate.mark_quote(
        port.id, "We cannot wait eight months for a gearbox", tags=[parse_tag("partner:IN")]
    )
    return desk.compose.create(NewBrief("country-brief", (parse_tag("partner:IN"),), marking=SECRET))[0]


def write(desk: Desk, brief: Brief, markdown: str, marking: str) -> str:
    block = replace(prose(markdown), marking=marking)
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, b.sections[0].id, block))
    return block.id


def at(document: Document, anchor: str) -> list[str]:
    found = [b for b in document.blocks if getattr(b, "anchor", "") == anchor]
    return [plain_text(b.inlines) for b in found if isinstance(b, Paragraph | Heading)]


def headings(document: Document) -> list[str]:
    return [plain_text(b.inlines) for b in document.blocks if isinstance(b, Heading)]


def test_texts_bear_their_marks_before_their_first_words(desk: Desk, brief: Brief) -> None:
    paragraph = write(desk, brief, "One.\n\nTwo.", SECRET)
    listed = write(desk, brief, "- a point\n- another", SECRET)
    headed = write(desk, brief, "### A heading\n\nText.", SECRET)
    plain = write(desk, brief, "Not marked.", "")
    document = desk.publish.document(brief.id, PORTIONS)
    assert at(document, paragraph) == ["(S) One."]
    assert "Two." in [plain_text(b.inlines) for b in document.blocks if isinstance(b, Paragraph)]
    (points,) = (b for b in document.blocks if isinstance(b, ListBlock) and b.anchor == listed)
    first, second = (item.blocks[0] for item in points.items)
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert (plain_text(first.inlines), plain_text(second.inlines)) == ("(S) a point", "another")
    assert first.inlines[0] == Run("(S)", style=RunStyle.PORTION)
    assert "(S) A heading" in at(document, headed)
    assert at(document, plain) == ["Not marked."]
    assert at(desk.publish.document(brief.id), paragraph) == ["One."]


def test_a_table_has_its_mark_above_it(desk: Desk, brief: Brief) -> None:
    table = desk.markup.blocks("| a | b |\n|---|---|\n| 1 | 2 |")
    above, *rest = marked(table, (Run("(S)"),))
    assert above == Paragraph((Run("(S)"),))
    assert tuple(rest) == table
    assert tuple(marked((), (Run("(S)"),))) == ()


def test_title_sections_and_what_is_made_of_the_sources(desk: Desk, brief: Brief) -> None:
    (excerpt_id,) = brief.excerpt_ids()
    with desk.library.read() as work:
        excerpt = work.excerpts.get_many([excerpt_id])[excerpt_id]
    desk.curate.annotate(replace(excerpt, marking="uk-gscp/official"))
    risks = next(s.id for s in brief.sections if s.heading == "Risks")
    desk.compose.edit(brief.id, "Mark", lambda b: replace(mark(b, risks, SECRET), title_marking=SECRET))
    document = desk.publish.document(brief.id, replace(PORTIONS, annexes=(Annex.SOURCES,)))
    assert document.title == "(S) Country brief: India"
    assert {"(O) Basis", "(O) Sources", "(O) Sources of this brief"} <= set(headings(document))
    assert "(S) Risks" in headings(document)
    unmarked = desk.publish.document(brief.id)
    assert unmarked.title == "Country brief: India"
    assert "Basis" in headings(unmarked)


def test_comments_are_printed_where_they_are_wanted_with_their_own_marks(desk: Desk, brief: Brief) -> None:
    (excerpt_id,) = brief.excerpt_ids()
    with desk.library.read() as work:
        excerpt = work.excerpts.get_many([excerpt_id])[excerpt_id]
    desk.curate.annotate(replace(excerpt, comment="Ask for a list.", comment_marking=SECRET))
    block = next(b.id for _, b in brief.blocks() if b.excerpt_id)
    assert at(desk.publish.document(brief.id), f"{block}-comment") == []
    document = desk.publish.document(brief.id, replace(PORTIONS, comments=True))
    assert at(document, f"{block}-comment") == ["(S) Comment: Ask for a list."]
    japanese = desk.publish.document(brief.id, ExportOptions(comments=True, language="ja"))
    assert at(japanese, f"{block}-comment") == ["コメント：Ask for a list."]


def test_a_reference_to_what_was_left_out_is_its_words_alone(desk: Desk, brief: Brief) -> None:
    there = brief.sections[1].id
    text = write(desk, brief, f"See [there](#{there}) and [the annex](#annex-sources).", "uk-gscp/official")
    write(desk, brief, "Filled.", "")

    def references(options: ExportOptions) -> list[str]:
        document = desk.publish.document(brief.id, options)
        (found,) = (b for b in document.blocks if isinstance(b, Paragraph) and b.anchor == text)
        assert plain_text(found.inlines) == "See there and the annex."
        return [i.text for i in found.inlines if isinstance(i, CrossReference)]

    whole = ExportOptions(annexes=(Annex.SOURCES,))
    assert references(whole) == ["there", "the annex"]
    desk.compose.edit(brief.id, "Mark", lambda b: mark(b, there, SECRET))
    assert references(replace(whole, ceiling="uk-gscp/official")) == ["the annex"]
    assert references(ExportOptions(ceiling="uk-gscp/official")) == []


def test_a_scheme_that_wants_every_portion_marked_has_it_unasked(desk: Desk, brief: Brief) -> None:
    text = write(desk, brief, "One.", "us-classified/c")
    desk.compose.edit(brief.id, "Mark", lambda b: replace(b, marking="us-classified/s"))
    document = desk.publish.document(brief.id)
    assert at(document, text) == ["(C) One."]
    quoted = next(b.id for _, b in brief.blocks() if b.excerpt_id)
    assert at(document, quoted)[0].startswith("(U) ")
