"""Lanes: what may be used and what is not for disclosure, kept apart within a section."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.briefs import Block, BlockKind, Brief, Lane
from briefer.domain.comparing import compare
from briefer.domain.differences import DifferenceKind
from briefer.domain.editing import (
    add_block,
    in_lane,
    lane_at,
    move_block,
    remove_block,
    set_lane,
    write_prose,
)
from tests.unit.factories import make_brief, make_section


def block(name: str, lane: Lane = Lane.OPEN) -> Block:
    return Block(name, BlockKind.PROSE, f"Text of {name}.", lane=lane)


def brief(opened: str, closed: str = "", *, beside: str = "") -> Brief:
    """A brief with a section of one-letter blocks, those of the second word closed, and another section."""
    blocks = (*(block(n) for n in opened), *(block(n, Lane.CLOSED) for n in closed))
    sections = (make_section(*blocks, id="s"), make_section(*(block(n) for n in beside), id="t"))
    return replace(make_brief(), sections=sections)


def shape(changed: Brief) -> str:
    """The blocks of the first section, the closed ones behind a bar."""
    names = {
        lane: "".join(b.id for b in changed.sections[0].blocks if b.lane is lane)
        for lane in (Lane.OPEN, Lane.CLOSED)
    }
    assert "".join(b.id for b in changed.sections[0].blocks) == "".join(names.values())
    return "|".join(names.values())


def test_a_block_set_apart_goes_to_the_border_and_back() -> None:
    apart = set_lane(brief("abc"), "a", Lane.CLOSED)
    assert shape(apart) == "bc|a"
    assert shape(set_lane(apart, "b", Lane.CLOSED)) == "c|ba"
    assert shape(set_lane(apart, "a", Lane.OPEN)) == "bca|"
    assert set_lane(apart, "a", Lane.CLOSED) is apart


def test_text_added_below_what_is_closed_is_closed() -> None:
    apart = brief("ab", "cd")
    assert [lane_at(apart, "s", at) for at in range(5)] == [
        Lane.OPEN, Lane.OPEN, Lane.OPEN, Lane.CLOSED, Lane.CLOSED
    ]  # fmt: skip
    assert shape(add_block(apart, "s", block("x"))) == "abx|cd"
    assert shape(add_block(apart, "s", block("x", Lane.CLOSED), 0)) == "ab|xcd"


def test_moving_never_opens_what_is_closed() -> None:
    apart = brief("ab", "cd", beside="e")
    assert shape(move_block(apart, "d", "s", 0)) == "ab|dc"
    assert shape(move_block(apart, "a", "s", 4)) == "ba|cd"
    moved = move_block(apart, "c", "t", 0)
    assert [(b.id, b.lane) for b in moved.sections[1].blocks] == [("e", Lane.OPEN), ("c", Lane.CLOSED)]


def test_a_brief_of_one_lane_has_nothing_of_the_other() -> None:
    apart = brief("ab", "c")
    assert shape(in_lane(apart, Lane.OPEN)) == "ab|"
    assert shape(in_lane(apart, Lane.CLOSED)) == "|c"
    assert apart.keeps_apart
    assert not in_lane(apart, Lane.OPEN).keeps_apart


_STEPS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["move", "set", "out"]), st.integers(-1, 8)),
    max_size=12,
)


@given(_STEPS)
def test_whatever_is_done_the_lanes_stay_apart_and_no_block_opens_by_itself(
    steps: list[tuple[str, str, int]],
) -> None:
    now = brief("abc", "def")
    gone: set[str] = set()
    for name, what, number in steps:
        before = {b.id: b.lane for _s, b in now.blocks()}
        if name in gone:
            continue
        if what == "move":
            now = move_block(now, name, "st"[number % 2], number)
            assert {b.id: b.lane for _s, b in now.blocks()} == before
        elif what == "set":
            now = set_lane(now, name, list(Lane)[number % 2])
        else:
            gone.add(name)
            now = remove_block(now, name)
        for section in now.sections:
            lanes = [b.lane for b in section.blocks]
            assert lanes == sorted(lanes)


def test_a_comparison_tells_what_changed_its_lane() -> None:
    before = brief("ab", "c")
    after = set_lane(set_lane(before, "a", Lane.CLOSED), "c", Lane.OPEN)
    told = compare(before, after, {})
    (section, same) = told.sections
    assert section.kind is DifferenceKind.CHANGED
    assert (section.closed, section.opened) == (("Text of a.",), ("Text of c.",))
    assert same.kind is DifferenceKind.SAME
    assert not told.same


def test_only_the_lane_changed_and_still_it_is_told() -> None:
    before = brief("ab")
    after = set_lane(before, "b", Lane.CLOSED)
    (section, _same) = compare(before, after, {}).sections
    assert (section.kind, section.closed) == (DifferenceKind.CHANGED, ("Text of b.",))


def test_in_the_next_brief_blocks_are_known_by_their_text() -> None:
    before = brief("a")
    copy = brief("a", "")
    (section, other) = copy.sections
    renamed = replace(
        copy, sections=(replace(section, id="new", blocks=(replace(section.blocks[0], id="x"),)), other)
    )
    closed = set_lane(renamed, "x", Lane.CLOSED)
    assert compare(before, closed, {}).sections[0].closed == ("Text of a.",)
    rewritten = write_prose(closed, "x", "Something else.")
    assert compare(before, rewritten, {}).sections[0].closed == ()
