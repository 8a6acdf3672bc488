from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.indexing import Texts
from briefer.storage import word_sums
from briefer.storage.word_sums import Sums, of_rows, of_terms

Rows = Sequence[tuple[int, Texts]]
COLUMNS = st.lists(st.sampled_from(["a", "aa", "b", "日本", "半導", "\ue000", "x9"]), max_size=6).map(
    " ".join
)
ROWS = st.lists(st.tuples(st.integers(1, 1 << 40), st.tuples(COLUMNS, COLUMNS)), max_size=5)


def terms_of(rows: Rows) -> list[tuple[str, int, int, int]]:
    """Return what an index of the rows holds of each word."""
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for number, texts in rows:
        for column, text in enumerate(texts, 1):
            for place, word in enumerate(text.split()):
                for at, more in enumerate((1, number * column, number * place)):
                    found[word][at] += more
    return [(word, *map(_signed, own)) for word, own in sorted(found.items())]  # type: ignore[misc]


def _signed(number: int) -> int:
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)


@given(ROWS, st.sampled_from([8, 1 << 18]))
def test_an_index_of_the_rows_has_their_sums(rows: Rows, at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(word_sums, "_AT_ONCE", at_once)
        assert of_rows(rows) == of_terms(terms_of(rows))


@given(ROWS, ROWS)
def test_other_rows_have_other_sums(one: Rows, other: Rows) -> None:
    assert (of_rows(one) == of_rows(other)) == (terms_of(one) == terms_of(other))


@given(ROWS, ROWS)
def test_sums_are_those_of_parts(one: Rows, more: Rows) -> None:
    assert of_rows(one).with_(of_rows(more)) == of_rows([*one, *more])


def test_a_word_counts_where_it_stands() -> None:
    row = (3, ("port strike", "port"))
    moved = [(3, ("strike port", "port")), (3, ("port", "strike port")), (4, ("port strike", "port"))]
    assert len({of_rows([row]), *(of_rows([other]) for other in moved)}) == 4
    assert of_rows([row], places=False) == of_rows(moved[:1], places=False)


@pytest.mark.parametrize("term", ["", "two words", "line\nbreak", " "])
def test_what_is_no_word_has_no_sums(term: str) -> None:
    assert of_terms([("port", 1, 1, 0), (term, 1, 1, 0)]) is None


def test_the_sums_of_nothing() -> None:
    assert of_rows([]) == of_terms([]) == of_rows([(1, ("", ""))]) == Sums()


def test_words_of_sqlite_are_those_of_prepared_text() -> None:
    rows: Rows = [(1, ("port strike", "")), (2, ("日本 本半 port \ue000 x9", "strike"))]
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE own USING fts5(one, two, content='', tokenize='ascii')")
    connection.executemany("INSERT INTO own (rowid, one, two) VALUES (?, ?, ?)", [(n, *t) for n, t in rows])
    connection.execute("CREATE VIRTUAL TABLE words USING fts5vocab('own', 'instance')")
    held = connection.execute(
        "SELECT term, count(*), sum(doc * CASE col WHEN 'one' THEN 1 ELSE 2 END), sum(doc * \"offset\") "
        "FROM words GROUP BY term"
    ).fetchall()
    connection.close()
    assert of_terms(held) == of_rows(rows)
