"""Headings are counted alike for the editor and for exports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.briefs import Block, BlockKind, Lane, Section
from briefer.domain.documents import HeadingNumbering
from briefer.domain.heading_numbers import HeadingCount, by_lane, filled, has_text, section_numbers

TEXT = Block("t", BlockKind.PROSE, "Text.")
EMPTY = Block("e", BlockKind.PROSE, "  ")
DECIMAL = HeadingNumbering.DECIMAL


def section(name: str, level: int, *blocks: Block, kind: str = "background") -> Section:
    return Section(name, name, kind, level, blocks=blocks)


def numbers(*sections: Section, numbering: HeadingNumbering = DECIMAL, inside: int = 0) -> dict[str, str]:
    return section_numbers(sections, numbering, lambda block: [3] * inside if block is TEXT else [])


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        (HeadingNumbering.NONE, {}),
        (HeadingNumbering.DECIMAL, {"A": "1", "B": "2", "C": "2.1", "D": "3", "S": "4"}),
        (HeadingNumbering.JAPANESE, {"A": "第1", "B": "第2", "C": "1", "D": "第3", "S": "第4"}),
    ],
)
def test_sections_bear_the_numbers_of_an_export(
    numbering: HeadingNumbering, expected: dict[str, str]
) -> None:
    sections = [
        section("A", 1, TEXT),
        section("B", 1, TEXT),
        section("C", 2, TEXT),
        section("D", 1, TEXT),
        section("S", 1, kind="sources"),
    ]
    assert numbers(*sections, numbering=numbering) == expected


def test_what_is_left_out_does_not_count() -> None:
    sections = [
        section("A", 1),
        section("B", 1, EMPTY),
        section("C", 2, TEXT),
        section("D", 2),
        section("E", 1, TEXT),
    ]
    assert numbers(*sections) == {"B": "1", "C": "1.1", "E": "2"}


def test_headings_in_texts_count_on_and_names_of_lanes_do_not() -> None:
    closed = Block("c", BlockKind.QUOTATION, excerpt_id="x", lane=Lane.CLOSED)
    first = section("A", 1, TEXT, closed)
    assert numbers(first, section("B", 2, TEXT), inside=1) == {"A": "1", "B": "1.1"}
    assert numbers(section("A", 1, TEXT), section("B", 2, TEXT), inside=1) == {"A": "1", "B": "1.2"}
    assert [(lane, headed) for lane, headed, _ in by_lane(first)] == [(Lane.OPEN, True), (Lane.CLOSED, True)]
    assert not any(headed for _, headed, _ in by_lane(section("B", 2, TEXT)))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([1, 3, 3, 3], ["1", "1.1", "1.2", "1.3"]),
        ([1, 3, 3, 2, 3, 3, 1, 3], ["1", "1.1", "1.2", "1.3", "1.3.1", "1.3.2", "2", "2.1"]),
        ([2, 2, 1, 3, 2], ["1", "2", "3", "3.1", "3.2"]),
        ([1, 2, 3, 4, 4, 2], ["1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.2"]),
    ],
)
def test_headings_of_one_level_are_siblings_whatever_level_is_left_out(
    wanted: list[int], expected: list[str]
) -> None:
    count, found = HeadingCount(DECIMAL), []
    for level in wanted:
        count.level(level)
        found.append(count.number())
    assert found == expected


def test_what_stands_below_a_heading_without_a_number_has_none() -> None:
    count = HeadingCount(DECIMAL)
    assert (count.level(1), count.number()) == (1, "1")
    assert count.level(2) == 2  # the name of a lane
    assert (count.level(3), count.number()) == (3, "")
    assert (count.level(2), count.number()) == (2, "1.1")
    assert (count.level(3), count.number()) == (3, "1.1.1")


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=20))
def test_no_number_has_a_zero_whichever_headings_have_none(made: list[tuple[int, bool]]) -> None:
    count, found = HeadingCount(DECIMAL), []
    for level, numbered in made:
        count.level(level)
        if numbered:
            found.append(count.number())
    assert not any("0" in number.split(".") for number in found)
    told = [number for number in found if number]
    assert len(set(told)) == len(told)


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=12))
def test_a_section_stays_where_something_is_in_it_or_below_it(made: list[tuple[int, bool]]) -> None:
    sections = [section(str(at), level, *([TEXT] if full else [])) for at, (level, full) in enumerate(made)]
    expected = []
    for at, one in enumerate(sections):
        family = [one]
        for later in sections[at + 1 :]:
            if later.level <= one.level:
                break
            family.append(later)
        if any(has_text(block) for member in family for block in member.blocks):
            expected.append(one)
    assert list(filled(sections)) == expected
