from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.queries import EVERYTHING, And, Field, Match, Node, Not, Or, Words, words_in
from briefer.errors import UsageError
from briefer.services.query_language import parse_query

IN = Match(Field.PARTNER, "IN")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("rare", Words("rare")),
        ("rare earth", And((Words("rare"), Words("earth")))),
        ('"rare earth"', Words("rare earth")),
        ("“rare earth”", Words("rare earth")),
        ("「重要鉱物」", Words("重要鉱物")),
        ('"unfinished', Words("unfinished")),
        ('""', EVERYTHING),
        ("semi*", Words("semi", prefix=True)),
        ("-cyber", Not(Words("cyber"))),
        ("dual-use", Words("dual-use")),
        ("a OR b c", Or((Words("a"), And((Words("b"), Words("c")))))),
        ("OR a", And((Words("OR"), Words("a")))),
        ("ORDER ORacle", And((Words("ORDER"), Words("ORacle")))),
        ("(a OR b) c", And((Or((Words("a"), Words("b"))), Words("c")))),
        ("partner:IN", IN),
        ("PARTNER:IN", IN),
        ('partner:"Southeast Asia"', Match(Field.PARTNER, "Southeast Asia")),
        ("partner:CN/source-of-risk", Match(Field.PARTNER, "CN/source-of-risk")),
        ("theme:", Match(Field.THEME, "")),
        ("after:", EVERYTHING),
        ("theme: x", And((Match(Field.THEME, ""), Words("x")))),
        ("-partner:IN x", And((Not(IN), Words("x")))),
        ("半導体　lang:ja", And((Words("半導体"), Match(Field.LANG, "ja")))),
        ("after:2025-10 before:2026", And((Match(Field.AFTER, "2025-10"), Match(Field.BEFORE, "2026")))),
        ("grade:b2 used:no kind:fact in:018f", And((
            Match(Field.GRADE, "b2"), Match(Field.USED, "no"), Match(Field.KIND, "fact"), Match(Field.IN, "018f"),
        ))),
        ("https://example.org/a", Words("https://example.org/a")),
    ],
)  # fmt: skip
def test_queries_are_read(text: str, node: Node) -> None:
    assert parse_query(text) == node


@pytest.mark.parametrize(
    ("text", "column", "detail"),
    [
        ("a )", 3, "does not fit here"),
        ("(a", 3, "missing at the end"),
        ("a OR", 5, "missing at the end"),
        ("x after:tomorrow", 3, "takes a date"),
        ("before:2025-13", 1, "takes a date"),
        ("used:often", 1, "yes or no"),
        ("kind:rumour", 1, "quotation or fact"),
        ("grade:Z9", 1, "letter A to F"),
        ("partner:CN/friend", 1, "the role is one of"),
    ],
)
def test_errors_point_at_the_place(text: str, column: int, detail: str) -> None:
    with pytest.raises(UsageError, match=detail) as refused:
        parse_query(text)
    assert refused.value.data["column"] == column


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        words_in(parse_query(text))
    except UsageError as error:
        column = error.data["column"]
        assert isinstance(column, int)
        assert 1 <= column <= len(text) + 2


def test_the_words_of_a_query_leave_out_what_must_not_be_there() -> None:
    assert words_in(parse_query("a (b* OR partner:IN) -c")) == (Words("a"), Words("b", prefix=True))
