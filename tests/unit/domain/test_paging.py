"""The estimate of pages; ``benchmarks/pages.py`` holds it against the pages that LibreOffice makes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Block, Brief, Section
from briefer.domain.excerpts import Excerpt
from briefer.domain.paging import KEPT_ROWS, Evidence, evidence_of, pages_needed, pages_of, section_height
from briefer.domain.sources import Source
from tests.unit.factories import (
    make_brief,
    make_excerpt,
    make_section,
    make_snapshot,
    make_source,
    prose,
    quotation,
)

LINE = "about ninety letters fit into a line of the template, which is what the estimate rests on "
NOTHING = Evidence(notes=0, coverage=0, sources=0, basis=0, kept=True)


def _nothing(_block: Block) -> list[tuple[Excerpt, Source]]:
    return []


def _evidence() -> tuple[Excerpt, Source]:
    source = make_source()
    return make_excerpt(make_snapshot(source), tags="risk:supply-chain theme:promotion"), source


def _brief() -> Brief:
    return replace(make_brief(prose("Text.")), meeting_date=None, audience="", author="", marking="")


def _height(text: str) -> float:
    return section_height(make_section(prose(text)), _nothing)


@pytest.mark.parametrize(("lines", "expected"), [(0, 1), (30, 1), (60, 2), (460, 9)])
def test_pages_grow_with_the_lines(lines: int, expected: int) -> None:
    assert pages_needed(make_brief(prose(LINE * lines)), _nothing) == expected


@pytest.mark.parametrize(("height", "expected"), [(0.0, 1), (640.0, 1), (700.0, 2), (1_400.0, 3)])
def test_what_stands_above_the_first_section_is_counted(height: float, expected: int) -> None:
    brief = _brief()
    assert pages_of(brief, {brief.sections[0].id: height}, NOTHING) == expected


def test_day_audience_and_marking_take_a_line_each_where_they_are() -> None:
    plain = _brief()
    heights = {plain.sections[0].id: 660.0}
    assert pages_of(plain, heights, NOTHING) == 1
    assert pages_of(replace(plain, marking="OFFICIAL"), heights, NOTHING) == 2
    assert pages_of(replace(plain, meeting_date="2026-03-09"), heights, NOTHING) == 2


def test_a_short_table_of_what_is_cited_goes_to_the_next_page_where_it_does_not_fit() -> None:
    brief = _brief()
    table, after = make_section(id="table", type="coverage"), make_section(prose("x"), id="after")
    brief = replace(brief, sections=(*brief.sections, table, after))
    heights = {brief.sections[0].id: 400.0, "table": 30.0, "after": 550.0}
    told = replace(NOTHING, coverage=300.0)
    assert pages_of(brief, heights, replace(told, kept=False)) == 2
    assert pages_of(brief, heights, told) == 3


def test_a_table_is_kept_together_up_to_a_number_of_rows() -> None:
    source = make_source()

    def kept(rows: int) -> bool:
        tags = " ".join(f"risk:r{n}" for n in range(rows))
        return evidence_of(make_brief(), [(make_excerpt(make_snapshot(source), tags=tags), source)]).kept

    assert kept(KEPT_ROWS)
    assert not kept(KEPT_ROWS + 1)


def test_signs_and_citations_take_no_room() -> None:
    text = LINE * 5
    assert _height(text) == _height(f"**{text}**[@0198abcd-0000-7000-8000-000000000001]")
    assert _height("see [the page](https://example.org/" + "long/" * 40 + ")") == _height("see the page")


def test_items_stand_closer_than_paragraphs_and_japanese_is_wider() -> None:
    assert _height("- one\n- two\n\n1. three") < _height("one\n\ntwo\n\nthree")
    assert _height("経済安全保障" * 20) > _height("letter" * 20)


def test_notes_and_quotations_are_counted() -> None:
    excerpt, source = _evidence()
    cited = f"{LINE} [@{excerpt.id}]."

    def find(block: Block) -> list[tuple[Excerpt, Source]]:
        return [(excerpt, source) for excerpt_id in block.excerpt_ids() if excerpt_id == excerpt.id]

    def height(block_text: str) -> float:
        return section_height(make_section(prose(block_text)), find)

    assert height(cited) > height(LINE)
    quoted = section_height(make_section(quotation(excerpt.id)), find)
    assert quoted > section_height(make_section(quotation("gone")), find)
    translated = [(replace(excerpt, translation=LINE * 3), source)]
    assert section_height(make_section(quotation(excerpt.id)), lambda _block: translated) > quoted
    short = replace(quotation(excerpt.id), shown="[…]")
    assert section_height(make_section(short), lambda _block: translated) < section_height(
        make_section(quotation(excerpt.id)), lambda _block: translated
    )


def test_what_is_written_on_export_is_counted_where_the_brief_has_a_section_for_it() -> None:
    pair = _evidence()

    def pages(*types: str) -> int:
        sections = tuple(
            make_section(*(prose(LINE),) * (kind == "say"), id=f"s{n}", type=kind)
            for n, kind in enumerate(types)
        )
        brief = replace(make_brief(), sections=sections)
        return pages_of(
            brief, {s.id: 600.0 if s.type == "say" else 0.0 for s in sections}, evidence_of(brief, [pair])
        )

    assert pages("say") == 1
    assert {pages("say", kind, kind, kind, kind, kind) for kind in ("basis", "coverage", "sources")} == {2}
    told = evidence_of(make_brief(), [])
    assert (told.notes, told.sources) == (0, 0)


def test_notes_after_the_first_on_a_source_take_a_line() -> None:
    excerpt, source = _evidence()
    long = replace(source, title="A title of many words " * 10)
    block = prose(f"x [@{excerpt.id}].")

    def height(cited: Source) -> float:
        return section_height(make_section(block), lambda _block: [(excerpt, cited)])

    assert height(long) == height(source)
    assert (
        evidence_of(make_brief(), [(excerpt, long)]).notes
        > evidence_of(make_brief(), [(excerpt, source)]).notes
    )


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize(
    ("section", "kept"),
    [
        (make_section(), False),
        (make_section(prose("  \n")), False),
        (make_section(prose("A text.")), True),
        (make_section(type="sources"), True),
    ],
)
def test_headings_of_empty_sections_are_left_out_of_the_document(
    level: int, section: Section, kept: bool
) -> None:
    many = tuple(replace(section, id=f"section-{number}", level=level) for number in range(40))
    assert (pages_needed(replace(make_brief(), sections=many), _nothing) > 1) == kept


def test_the_heading_above_sections_that_have_text_is_counted() -> None:
    above, below = make_section(), make_section(prose("A text."), level=2)
    parts = tuple(replace(s, id=f"{s.id}-{n}") for n in range(18) for s in (above, below))
    texts = tuple(replace(below, id=f"{below.id}-{n}") for n in range(18))
    brief = make_brief()
    assert pages_needed(replace(brief, sections=parts), _nothing) > pages_needed(
        replace(brief, sections=texts), _nothing
    )
