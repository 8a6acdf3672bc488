"""What an export may choose about the document: annexes, numbers, originals, translations, portions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.documents import (
    Contents,
    CrossReference,
    Document,
    Heading,
    HeatMap,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    RunStyle,
    Table,
    plain_text,
)
from briefer.domain.editing import add_block, shorten
from briefer.domain.excerpts import Annotation, Excerpt
from briefer.domain.exporting import Annex, ExportOptions
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import InputError
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk


@pytest.fixture
def brief(desk: Desk, port: Source, cable: Source) -> Brief:
    tags = [parse_tag("partner:IN"), parse_tag("risk:supply-chain")]
    desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox", Annotation(), tags)
    desk.curate.mark_quote(
        cable.id, "攻撃は偶然ではない", tags=[parse_tag("partner:IN"), parse_tag("risk:cyber")]
    )
    wanted = NewBrief("country-brief", (parse_tag("partner:IN"),), marking="uk-gscp/official")
    return desk.compose.create(wanted)[0]


def quotations(document: Document) -> list[Paragraph]:
    return styled(document, ParagraphStyle.QUOTATION)


def styled(document: Document, style: ParagraphStyle) -> list[Paragraph]:
    return [b for b in document.blocks if isinstance(b, Paragraph) and b.style is style]


def edit(desk: Desk, brief: Brief, shown: str) -> None:
    """Show the English quotation in an edited form."""
    (block,) = (
        b for _, b in brief.blocks() if b.excerpt_id and excerpt(desk, b.excerpt_id).quote.startswith("We")
    )
    desk.compose.edit(brief.id, "Shorten", lambda b: shorten(b, block.id, shown))


def excerpt(desk: Desk, excerpt_id: str) -> Excerpt:
    return next(hit.excerpt for hit in desk.find.excerpts("").hits if hit.excerpt.id == excerpt_id)


def test_a_shortened_quotation_shows_what_the_editor_did(desk: Desk, brief: Brief) -> None:
    edit(desk, brief, "We cannot wait […] for a [single] gearbox")
    shown = next(q for q in quotations(desk.publish.document(brief.id)) if "cannot" in plain_text(q.inlines))
    runs = [i for i in shown.inlines if isinstance(i, Run)]
    assert [(r.text, r.style) for r in runs] == [
        ("We cannot wait ", RunStyle.NONE),
        ("[…]", RunStyle.EDITORIAL),
        (" for a ", RunStyle.NONE),
        ("[single]", RunStyle.EDITORIAL),
        (" gearbox", RunStyle.NONE),
    ]


@pytest.mark.parametrize(("style", "notes"), [("chicago-notes", 2), ("apa", 1)])
def test_the_whole_text_of_a_shortened_quotation_stands_in_a_note_on_request(
    desk: Desk, brief: Brief, style: str, notes: int
) -> None:
    edit(desk, brief, "We cannot wait […]")
    whole = "Full text of the quotation: “We cannot wait eight months for a gearbox”"
    plain = desk.publish.document(brief.id, ExportOptions(style=style))
    assert not any(whole in plain_text(note.inlines) for note in plain.notes)
    document = desk.publish.document(brief.id, ExportOptions(style=style, originals=True))
    assert [n.number for n in document.notes] == list(range(1, notes + 1))
    (note,) = (n for n in document.notes if whole in plain_text(n.inlines))
    marks = [i.number for q in quotations(document) for i in q.inlines if isinstance(i, NoteRef)]
    assert note.number in marks
    assert marks == [n.number for n in document.notes]


def test_an_edit_that_changes_the_wording_does_not_leave(desk: Desk, brief: Brief, tmp_path: Path) -> None:
    edit(desk, brief, "We can wait eight months")
    with pytest.raises(InputError, match="is not what its source says"):
        desk.publish.export(brief.id, tmp_path / "out.docx")


@pytest.mark.parametrize(
    ("official", "label"), [(False, "Working translation: "), (True, "Official translation: ")]
)
def test_a_translation_stands_under_its_original(
    desk: Desk, brief: Brief, *, official: bool, label: str
) -> None:
    ids = [i for i in brief.excerpt_ids() if excerpt(desk, i).quote.startswith("攻撃")]
    japanese = excerpt(desk, ids[0])
    text = "The attack was no accident"
    desk.curate.annotate(replace(japanese, translation=text, translation_official=official))
    document = desk.publish.document(brief.id)
    (translation,) = styled(document, ParagraphStyle.TRANSLATION)
    assert plain_text(translation.inlines) == label + text
    before = document.blocks[document.blocks.index(translation) - 1]
    assert isinstance(before, Paragraph)
    assert plain_text(before.inlines).startswith("攻撃")


def test_portions_bear_their_own_markings(desk: Desk, brief: Brief) -> None:
    first = excerpt(desk, brief.excerpt_ids()[0])
    desk.curate.annotate(replace(first, marking="uk-gscp/official-sensitive"))
    marked = quotations(desk.publish.document(brief.id, ExportOptions(portions=True)))
    assert isinstance(marked[0].inlines[0], Run)
    assert marked[0].inlines[0].style is RunStyle.PORTION
    assert marked[0].inlines[0].text.startswith("(")
    assert not any(isinstance(i, Run) and i.style is RunStyle.PORTION for i in marked[1].inlines)
    plain = quotations(desk.publish.document(brief.id))
    assert plain[0].inlines[0] != marked[0].inlines[0]


def test_paragraphs_are_numbered_through(desk: Desk, brief: Brief) -> None:
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, section, prose("One.\n\nTwo.\n\n- a point")))
    document = desk.publish.document(brief.id, ExportOptions(numbered=True, annexes=(Annex.SOURCES,)))
    numbers = [b.number for b in styled(document, ParagraphStyle.BODY)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 2
    assert all(q.number is None for q in quotations(document))
    assert all(b.number is None for b in styled(desk.publish.document(brief.id), ParagraphStyle.BODY))


def test_what_stands_around_the_text_is_chosen(desk: Desk, brief: Brief) -> None:
    options = ExportOptions(contents=True, draft=True, copy="2 of 5", handling=("Not to be copied",))
    document = desk.publish.document(brief.id, options)
    assert document.blocks[0] == Contents("Contents")
    assert (document.draft, document.copy, document.handling) == (
        "DRAFT",
        "Copy 2 of 5",
        ("Not to be copied",),
    )
    japanese = desk.publish.document(brief.id, replace(options, language="ja"))
    assert (japanese.draft, japanese.copy) == ("案", "第2 of 5号")
    assert {work.id for work in document.works} == {s.id for s in desk.collect.sources()}
    assert all(work.csl["title"] for work in document.works)


def test_the_annex_on_coverage_counts_by_risk_and_partner(desk: Desk, brief: Brief) -> None:
    document = desk.publish.document(brief.id, ExportOptions(annexes=(Annex.COVERAGE,)))
    heading = next(b for b in document.blocks if isinstance(b, Heading) and b.annex)
    assert plain_text(heading.inlines) == "What is cited, by risk and partner"
    (heat_map,) = (b for b in document.blocks if isinstance(b, HeatMap))
    assert heat_map.columns == ("India",)
    assert sorted(heat_map.rows) == ["Cyber threats", "Supply-chain disruption"]
    assert heat_map.counts == ((1,), (1,))
    assert heat_map.alt.startswith("Heat map of 2 excerpts by risk (2) and partner (1). Most (1): ")
    table = document.blocks[-1]
    assert isinstance(table, Table)
    assert [plain_text(cell) for cell in table.rows[1]][1:4] == ["India", "1", "1"]


def test_the_annex_on_sources_has_no_column_of_remarks_where_there_are_none(desk: Desk, brief: Brief) -> None:
    table = desk.publish.document(brief.id, ExportOptions(annexes=(Annex.SOURCES,))).blocks[-1]
    assert isinstance(table, Table)
    assert [plain_text(c) for c in table.header] == ["Source", "Reliability", "Date", "Access"]
    assert {len(row) for row in table.rows} == {4}


def test_the_annex_on_sources_describes_each_and_sums_up(desk: Desk, brief: Brief, port: Source) -> None:
    desk.collect.change_source(replace(port, reliability="B", flags=("withdrawn",), publisher="Navapur Post"))
    document = desk.publish.document(brief.id, ExportOptions(annexes=(Annex.SOURCES,)))
    table = document.blocks[-1]
    assert isinstance(table, Table)
    assert [plain_text(c) for c in table.header] == ["Source", "Reliability", "Date", "Access", "Remarks"]
    rows = {plain_text(r[0]): [plain_text(c) for c in r[1:]] for r in table.rows}
    described = rows["Navapur Post; Port operators in India agree on spare parts"]
    assert described[0] == "B – usually reliable"
    assert described[1] == "3 March 2026", "as the style writes dates in the list of sources"
    assert described[3] == "withdrawn"
    text = " ".join(plain_text(p.inlines) for p in styled(document, ParagraphStyle.BODY))
    assert "This brief cites 2 excerpts from 2 sources, of 2 independent origins." in text
    assert "Strengths: 1 of 2 sources are graded reliable (A or B)." in text
    assert (
        "Weaknesses: the reliability of 1 of 2 sources cannot be judged (F); 1 of 2 sources bear a warning."
        in text
    )


def test_annexes_of_a_brief_that_cites_nothing_say_so(desk: Desk) -> None:
    empty, _ = desk.compose.create(NewBrief("country-brief", (parse_tag("partner:IN"),)))
    annexes = (Annex.COVERAGE, Annex.SOURCES)
    document = desk.publish.document(empty.id, ExportOptions(annexes=annexes))
    assert [plain_text(b.inlines) for b in document.blocks[-4:] if isinstance(b, Paragraph)] == [
        "This brief cites no source yet."
    ] * 2


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "bears a tag of this kind: risk"), ("ja", "リスクのタグがない。")],
)
def test_a_brief_whose_excerpts_bear_no_such_tag_is_not_said_to_cite_nothing(
    desk: Desk, port: Source, language: str, told: str
) -> None:
    tags = [parse_tag("partner:IN")]
    desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox", tags=tags)
    brief, _ = desk.compose.create(NewBrief("country-brief", tuple(tags), language=language))
    options = ExportOptions(annexes=(Annex.COVERAGE,), language=language)
    document = desk.publish.document(brief.id, options)
    texts = [plain_text(b.inlines) for b in document.blocks if isinstance(b, Paragraph)]
    assert sum(told in text or "×" in text for text in texts) >= 2
    assert not [text for text in texts if "no source yet" in text or "まだ出典がない" in text]


def test_a_link_to_a_section_is_a_cross_reference(desk: Desk, brief: Brief) -> None:
    section = brief.sections[0]
    text = f"See [the sources](#sources) and [this]( #{section.id} )."
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, section.id, prose(text)))
    document = desk.publish.document(brief.id)
    found = [
        i for p in styled(document, ParagraphStyle.BODY) for i in p.inlines if isinstance(i, CrossReference)
    ]
    (last,) = (s.id for s in brief.sections if s.type == "sources")
    assert found == [CrossReference(last, "the sources"), CrossReference(section.id, "this")]
    assert last in {b.anchor for b in document.blocks if isinstance(b, Heading)}


def test_a_citation_in_the_text_keeps_off_english_words_in_a_japanese_brief_too(
    desk: Desk, brief: Brief
) -> None:
    found = [
        plain_text(q.inlines)
        for q in quotations(desk.publish.document(brief.id, ExportOptions(style="apa", language="ja")))
    ]
    english, japanese = sorted(found, key=lambda text: text.startswith("攻撃"))
    assert "gearbox (" in english
    assert "偶然ではない(" in japanese
