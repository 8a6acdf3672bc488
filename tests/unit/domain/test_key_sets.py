"""Sorting many texts at once gives what sorting each of them gives."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.key_sets import sorted_out
from briefer.domain.keys import Frequent, pair_keys, prefix_keys

WORDS = st.sampled_from(["a", "ab", "abc", "abcde", "日本", "本経", "日", "x1"])
COLUMNS = st.lists(st.lists(WORDS, max_size=5).map(" ".join), min_size=2, max_size=2).map(tuple)
KEYS = (
    st.builds("word:{}".format, WORDS)
    | st.builds("prefix:{:.2}".format, WORDS)
    | st.builds("pair:{} {}".format, WORDS, WORDS)
)


@given(st.frozensets(KEYS, max_size=9), st.dictionaries(st.integers(0, 2**32 - 1), COLUMNS, max_size=6))
def test_as_one_by_one(keys: frozenset[str], texts: dict[int, tuple[str, ...]]) -> None:
    frequent = Frequent(keys)
    expected: defaultdict[str, list[int]] = defaultdict(list)
    for number, columns in texts.items():
        for key in frequent.among(columns):
            expected[key].append(number)
    assert {key: list(numbers) for key, numbers in sorted_out(frequent, texts).items()} == expected


@given(COLUMNS)
def test_every_key_of_a_text_is_among_the_frequent_ones(columns: tuple[str, ...]) -> None:
    words = {word for column in columns for word in column.split()}
    keys = {f"word:{word}" for word in words} | prefix_keys(columns) | pair_keys(columns, words)
    assert Frequent(keys).among(columns) == keys
