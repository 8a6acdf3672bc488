from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.matching import Lookup, level, longest, lowered

LETTERS = st.text("abC 韓国-", max_size=30)


def found(lookup: Lookup[int], text: str) -> list[tuple[int, int, tuple[int, ...]]]:
    return [(match.start, match.end, match.owners) for match in lookup.find(text)]


def test_words_begin_where_words_begin() -> None:
    lookup = Lookup([("cyber", 1), ("ai", 2), ("韓国", 3), ("国", 4)])
    assert found(lookup, "cyberattack macrocyber ai aim 日韓国") == [
        (0, 5, (1,)),
        (23, 25, (2,)),
        (31, 33, (3,)),
    ]


def test_whole_words_end_where_words_end() -> None:
    lookup = Lookup([("India", 1), ("Indian", 2), ("OPEC+", 3), ("EU", 4)], whole=True)
    assert found(lookup, "Indiana India OPEC+ 日EU間 EURO") == [(8, 13, (1,)), (14, 19, (3,)), (21, 23, (4,))]


def test_longest_first_and_several_owners() -> None:
    lookup = Lookup([("Korea", 1), ("South Korea", 2), ("South", 3), ("Korea", 4)])
    every = lookup.find("South Korea")
    assert [(m.start, m.end, m.owners) for m in every] == [(0, 11, (2,)), (0, 5, (3,)), (6, 11, (1, 4))]
    assert [m.owners for m in longest(every)] == [(2,)]


def test_curly_words_are_found_in_levelled_text() -> None:
    assert found(Lookup([("N’Djamena", 1)]), level("N‘Djamena\u00a0")) == [(0, 9, (1,))]
    assert level("a\u2011b\tc\nd") == "a-b c d"
    assert lowered("İX") == "İx"


def test_nothing_to_look_for() -> None:
    assert found(Lookup([]), "text") == []
    assert found(Lookup([("", 1), ("独", 2)]), "独") == []


@given(words=st.lists(st.text("abC韓国", min_size=2, max_size=4), unique=True, max_size=6), text=LETTERS)
def test_every_occurrence_with_its_borders(words: list[str], text: str) -> None:
    lookup = Lookup([(word, word) for word in words], whole=True)
    wanted = {
        (at, at + len(word), (word,))
        for word in words
        for at in range(len(text))
        if text.startswith(word, at)
        and not (
            word[0].isascii() and text[max(0, at - 1) : at].isascii() and text[max(0, at - 1) : at].isalnum()
        )
        and not (
            word[-1].isascii()
            and text[at + len(word) : at + len(word) + 1].isascii()
            and text[at + len(word) : at + len(word) + 1].isalnum()
        )
    }
    matches = lookup.find(text)
    assert {tuple(m) for m in matches} == wanted
    assert [m.start for m in matches] == sorted(m.start for m in matches)
