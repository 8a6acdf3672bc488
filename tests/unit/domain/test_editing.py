from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.editing import (
    add_block,
    add_section,
    block_place,
    change_section,
    family,
    mark,
    move_block,
    move_section,
    remove_block,
    remove_section,
    section_index,
    write_prose,
    write_texts,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def block(name: str) -> Block:
    return Block(name, BlockKind.PROSE, markdown=name)


def brief(*levels: int) -> Brief:
    sections = tuple(
        Section(f"s{n}", f"Section {n}", level=level, blocks=(block(f"b{n}.0"), block(f"b{n}.1")))
        for n, level in enumerate(levels)
    )
    return Brief("b", "meeting-brief", "A brief", NOW, NOW, sections=sections)


def order(changed: Brief) -> list[str]:
    return [section.id for section in changed.sections]


def test_a_section_takes_its_deeper_ones_along() -> None:
    assert list(family(brief(1, 2, 3, 2, 1), "s0")) == [0, 1, 2, 3]
    assert list(family(brief(1, 2, 3, 2, 1), "s1")) == [1, 2]
    assert order(move_section(brief(1, 2, 1, 2), "s0", 4)) == ["s2", "s3", "s0", "s1"]
    assert order(move_section(brief(1, 2, 1, 2), "s2", 0)) == ["s2", "s3", "s0", "s1"]


def test_a_section_dropped_into_itself_stays() -> None:
    original = brief(1, 2, 2, 1)
    for position in range(4):
        assert move_section(original, "s0", position) is original


def test_a_section_dropped_beyond_the_end_goes_to_the_end() -> None:
    assert order(move_section(brief(1, 1, 1), "s0", 99)) == ["s1", "s2", "s0"]
    assert order(add_section(brief(1), Section("new", "New"), 99)) == ["s0", "new"]
    assert order(add_section(brief(1), Section("new", "New"), -1)) == ["new", "s0"]
    assert order(add_section(brief(1), Section("new", "New"))) == ["s0", "new"]


def test_removing_a_section_lets_the_deeper_ones_rise() -> None:
    changed = remove_section(brief(1, 2, 3, 1), "s0")
    assert [(s.id, s.level) for s in changed.sections] == [("s1", 1), ("s2", 2), ("s3", 1)]


def test_levels_stay_between_one_and_three() -> None:
    assert change_section(brief(1), "s0", level=0).sections[0].level == 1
    assert change_section(brief(1), "s0", level=9).sections[0].level == 3
    renamed = change_section(brief(2), "s0", heading="New").sections[0]
    assert (renamed.heading, renamed.level) == ("New", 2)


def test_blocks_move_between_sections() -> None:
    changed = move_block(brief(1, 1), "b0.0", "s1", 1)
    assert [b.id for b in changed.sections[0].blocks] == ["b0.1"]
    assert [b.id for b in changed.sections[1].blocks] == ["b1.0", "b0.0", "b1.1"]
    assert block_place(changed, "b0.0") == (changed.sections[1], 1)


def test_a_block_moves_within_its_section() -> None:
    changed = move_block(brief(1), "b0.0", "s0", 1)
    assert [b.id for b in changed.sections[0].blocks] == ["b0.1", "b0.0"]


def test_a_block_is_not_lost_when_its_target_does_not_exist() -> None:
    with pytest.raises(LookupError):
        move_block(brief(1), "b0.0", "nowhere", 0)


def test_prose_is_written_and_quotations_are_locked() -> None:
    assert block_place(write_prose(brief(1), "b0.1", "new"), "b0.1")[0].blocks[1].markdown == "new"
    locked = add_block(brief(1), "s0", Block("q", BlockKind.QUOTATION, excerpt_id="e"), 0)
    with pytest.raises(ValueError, match="q"):
        write_prose(locked, "q", "forged")


def test_texts_are_written_all_at_once_as_one_by_one() -> None:
    before = brief(1)
    one_by_one = write_prose(write_prose(before, "b0.1", "new"), "b0.0", "also new")
    at_once = write_texts(before, {"b0.1": "new", "b0.0": "also new", "gone": "nowhere"})
    assert at_once == one_by_one
    assert write_texts(before, {"b0.1": before.sections[0].blocks[1].markdown}) == before
    assert write_texts(before, {"gone": "nowhere"}).sections[0] is before.sections[0]


def test_quotations_among_texts_are_locked() -> None:
    locked = add_block(brief(1), "s0", Block("q", BlockKind.QUOTATION, excerpt_id="e"), 0)
    with pytest.raises(ValueError, match="q"):
        write_texts(locked, {"b0.1": "new", "q": "forged"})


def test_unknown_ids_are_bugs() -> None:
    with pytest.raises(LookupError):
        section_index(brief(1), "x")
    with pytest.raises(LookupError):
        remove_block(brief(1), "x")


@given(
    levels=st.lists(st.integers(1, 3), min_size=1, max_size=7),
    moves=st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 9)), max_size=8),
)
def test_moving_sections_loses_and_doubles_nothing(levels: list[int], moves: list[tuple[int, int]]) -> None:
    changed = brief(*levels)
    for which, to in moves:
        changed = move_section(changed, f"s{which % len(levels)}", to)
    assert sorted(order(changed)) == [f"s{n}" for n in range(len(levels))]
    assert sum(len(s.blocks) for s in changed.sections) == 2 * len(levels)


def test_sections_and_blocks_bear_markings_of_their_own() -> None:
    plain = brief(1, 1)
    marked = mark(mark(plain, "s1", "uk/s"), "b1.0", "uk/o")
    assert [section.marking for section in marked.sections] == ["", "uk/s"]
    assert [b.marking for _, b in marked.blocks()] == ["", "", "uk/o", ""]
    assert mark(mark(marked, "s1", ""), "b1.0", "") == plain
    with pytest.raises(LookupError):
        mark(plain, "none", "uk/s")
