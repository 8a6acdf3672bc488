"""The estimate of pages; ``benchmarks/pages.py`` holds it against the pages that LibreOffice makes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Block, Section
from briefer.domain.excerpts import Excerpt
from briefer.domain.paging import evidence_height, pages_needed, pages_of, section_height
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


def _nothing(_block: Block) -> list[tuple[Excerpt, Source]]:
    return []


def _evidence() -> tuple[Excerpt, Source]:
    source = make_source()
    return make_excerpt(make_snapshot(source), tags="risk:supply-chain theme:promotion"), source


def _height(text: str) -> float:
    return section_height(make_section(prose(text)), _nothing)


@pytest.mark.parametrize(("lines", "expected"), [(0, 1), (30, 1), (60, 2), (460, 10)])
def test_pages_grow_with_the_lines(lines: int, expected: int) -> None:
    assert pages_needed(make_brief(prose(LINE * lines)), _nothing) == expected


@pytest.mark.parametrize(("height", "expected"), [(0.0, 1), (600.0, 1), (650.0, 2), (1_400.0, 3)])
def test_what_stands_above_the_first_section_is_counted(height: float, expected: int) -> None:
    assert pages_of(height) == expected


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

    def height(*types: str) -> float:
        sections = tuple(make_section(id=f"s{n}", type=kind) for n, kind in enumerate(types))
        return evidence_height(replace(make_brief(), sections=sections), [pair])

    assert height() < height("basis") < height("basis", "coverage") < height("basis", "coverage", "sources")
    assert evidence_height(make_brief(), []) == 0


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
