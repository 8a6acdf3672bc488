"""Sorting many texts at once gives what sorting each of them gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain import key_sets
from briefer.domain.key_sets import Sorter
from briefer.domain.keys import Frequent

WORDS = st.sampled_from(["a", "ab", "abc", "abcde", "日本", "本経", "日", "x1"])
COLUMNS = st.lists(st.lists(WORDS, max_size=5).map(" ".join), min_size=2, max_size=2).map(tuple)
KEYS = (
    st.builds("word:{}".format, WORDS)
    | st.builds("prefix:{:.2}".format, WORDS)
    | st.builds("pair:{} {}".format, WORDS, WORDS)
)
FACTS = st.frozensets(st.sampled_from(["all:", "year:2025", "risk:cyber"]))
TEXTS = st.lists(st.tuples(COLUMNS, FACTS), max_size=6)


Given = Sequence[tuple[tuple[str, ...], frozenset[str]]]


def one_by_one(frequent: Frequent, texts: Given) -> dict[str, list[int]]:
    expected: defaultdict[str, list[int]] = defaultdict(list)
    for number, (columns, facts) in enumerate(texts, 7):
        for key in frequent.among(columns) | facts:
            expected[key].append(number)
    return expected


def at_once(sorter: Sorter, texts: Given) -> dict[str, list[int]]:
    sets = sorter.sorted_out([columns for columns, _ in texts], [facts for _, facts in texts])
    assert len(set(sets.keys)) == len(sets.keys)
    return {key: list(numbers.cast("I")) for key, numbers in sets.numbers(range(7, 7 + len(texts)))}


@given(st.frozensets(KEYS, max_size=9), TEXTS, TEXTS)
def test_as_one_by_one(
    keys: frozenset[str],
    texts: Given,
    more: Given,
) -> None:
    frequent = Frequent(keys)
    sorter = Sorter(frequent)
    assert at_once(sorter, texts) == one_by_one(frequent, texts)
    assert at_once(sorter, more) == one_by_one(frequent, more)


def test_what_was_learnt_of_too_many_words_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_sets, "_MOST_CODED", 2)
    frequent = Frequent({"word:b", "prefix:c", "pair:b ca"})
    sorter = Sorter(frequent)
    for words in ("a b ca", "ca b", "b ca x y"):
        texts = [((words, "b"), frozenset({"all:"}))]
        assert at_once(sorter, texts) == one_by_one(frequent, texts)


@given(COLUMNS)
def test_every_key_of_a_text_is_among_the_frequent_ones(columns: tuple[str, ...]) -> None:
    words = {word for column in columns for word in column.split()}
    keys = {f"word:{word}" for word in words} | {f"prefix:{word[:n]}" for word in words for n in range(1, 5)}
    keys |= {f"pair:{a} {b}" for column in columns for a, b in pairwise(column.split())}
    assert Frequent(keys).among(columns) == keys
