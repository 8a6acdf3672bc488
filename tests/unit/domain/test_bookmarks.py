from __future__ import annotations

import re
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.bookmarks import PREFIX, bookmark_name

ID = "0198f3a2-7c1e-7b44-9d3a-5e6f7a8b9c0d"


def test_a_block_is_named_by_its_letters_and_digits() -> None:
    assert bookmark_name(ID) == "_b_0198f3a27c1e7b449d3a5e6f7a8b9c0d"


def test_a_following_block_keeps_its_number() -> None:
    assert bookmark_name(f"{ID}-2") == "_b_0198f3a27c1e7b449d3a5e6f7a8b9c0d_2"


def test_a_short_anchor_keeps_no_hyphen() -> None:
    assert bookmark_name("annex-2") == "_b_annex2"


@given(st.text())
def test_word_takes_any_name_and_lists_none(anchor: str) -> None:
    name = bookmark_name(anchor)
    assert name.startswith(PREFIX)
    assert len(name) <= 40


@given(st.text("abc-é_ 語12", max_size=60))
def test_names_are_of_letters_digits_and_low_lines(anchor: str) -> None:
    assert re.fullmatch(r"[0-9A-Za-z_]+", bookmark_name(anchor))


@given(st.lists(st.tuples(st.uuids(), st.integers(1, 10**6)), min_size=2, max_size=6, unique=True))
def test_different_blocks_have_different_names(blocks: list[tuple[UUID, int]]) -> None:
    anchors = [f"{block}-{number}" if number > 1 else str(block) for block, number in blocks]
    assert len({bookmark_name(anchor) for anchor in anchors}) == len(anchors)


def test_long_names_that_begin_alike_stay_apart() -> None:
    assert bookmark_name("a" * 50 + "b") != bookmark_name("a" * 50 + "c")


def test_anchors_that_lose_more_than_hyphens_are_told_apart() -> None:
    names = {bookmark_name(anchor) for anchor in ("日本-1", "中国-1", "日本", "…", "-", "\ud83d")}
    assert len(names) == 6
    assert all(re.fullmatch(r"_b_\w{1,37}", name) for name in names)
