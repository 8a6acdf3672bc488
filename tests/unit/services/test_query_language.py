from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.queries import EVERYTHING, And, Field, Match, Node, Not, Or, Words, words_in
from briefer.errors import UsageError
from briefer.services.query_language import parse_query, read_query

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
        ("or a", And((Words("or"), Words("a")))),
        ("a -OR", And((Words("a"), Not(Words("OR"))))),
        ('"AND" "NOT" ANDROID', And((Words("AND"), Words("NOT"), Words("ANDROID")))),
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
        ("－cyber", Not(Words("cyber"))),
        ("partner：ＩＮ", IN),
        ("ｐａｒｔｎｅｒ：IN", IN),
        ("a　ＯＲ　b", Or((Words("a"), Words("b")))),
        ("（a ＯＲ b）　c", And((Or((Words("a"), Words("b"))), Words("c")))),
        ("semi＊", Words("semi", prefix=True)),
        ("ｓｅｍｉ＊", Words("ｓｅｍｉ", prefix=True)),
        ("＂rare earth＂", Words("rare earth")),
        ("『希土 類』", Words("希土 類")),
        ("after：２０２５－１０", Match(Field.AFTER, "2025-10")),
        ("date:２０２５ー０１．．２０２５ー０６", Match(Field.DATE, "2025-01..2025-06")),
        ("grade：ｂ２　used:ＮＯ", And((Match(Field.GRADE, "b2"), Match(Field.USED, "NO")))),
        ("partner:CN／source-of-risk", Match(Field.PARTNER, "CN/source-of-risk")),
        ("after:2025/12/1", Match(Field.AFTER, "2025-12-01")),
        ('before:"11 Dec 2025"', Match(Field.BEFORE, "2025-12-11")),
        ("date:令和7年..17.1.2026", Match(Field.DATE, "2025..2026-01-17")),
        ("date:..２０２５年６月", Match(Field.DATE, "..2025-06")),
        ("date:NONE", Match(Field.DATE, "NONE")),
        ("free:ＡＩ", Match(Field.FREE, "ＡＩ")),
        ("publisher:＝ＮＨＫ", Match(Field.PUBLISHER, "=ＮＨＫ")),
        ("source:harbo＊", Match(Field.SOURCE, "harbo*")),
        ('publisher:"=Agence ““Presse”” X"', Match(Field.PUBLISHER, "=Agence “Presse” X")),
        ('free:"""so"""', Match(Field.FREE, '"so"')),
        ('free:""', Match(Field.FREE, "")),
        ('free:"a', Match(Field.FREE, "a")),
    ],
)  # fmt: skip
def test_queries_are_read(text: str, node: Node) -> None:
    assert parse_query(text) == node


@pytest.mark.parametrize(
    ("text", "column", "detail"),
    [
        ("x date:2025-01..soon", 3, "or two of them"),
        ("x after:tomorrow", 3, "takes a date"),
        ("before:2025-13", 1, "there is no month 13"),
        (
            "x after:03/04/2026",
            3,
            r"after:03/04/2026: it may be 3 April 2026 or 4 March 2026; .* \(2026-04-03\)",
        ),
        ('date:"2025..31 Nov 2026"', 1, "date:31 Nov 2026: that month has no day 31"),
        ("after:2025..2026", 1, "after: takes a date"),
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


@pytest.mark.parametrize(
    ("text", "node", "hints"),
    [
        ("a )", Words("a"), [(3, "closes nothing")]),
        ("(a", Words("a"), [(1, "not closed")]),
        ('"a', Words("a"), [(1, "not closed")]),
        ("a OR", Words("a"), [(3, "nothing follows")]),
        ("(a OR) b", And((Words("a"), Words("b"))), [(4, "nothing follows")]),
        ("a OR OR", Words("a"), [(3, "nothing follows"), (6, "stands between")]),
        ("OR a", Words("a"), [(1, "“OR” stands between two words")]),
        ("a OR OR b", Or((Words("a"), Words("b"))), [(6, "stands between")]),
        ("a AND b", And((Words("a"), Words("b"))), [(3, "a blank is “and” already")]),
        ("a OR AND b", Or((Words("a"), Words("b"))), [(6, "a blank is “and”")]),
        ("AND", EVERYTHING, [(1, "a blank is “and”")]),
        ("a NOT b", And((Words("a"), Words("NOT"), Words("b"))), [(3, "“-” before a word leaves it out")]),
        ("rare - earth", And((Words("rare"), Words("earth"))), [(6, "nothing follows")]),
        ("--a", Not(Words("a")), [(1, "nothing follows")]),
        ("a -", Words("a"), [(3, "nothing follows")]),
        ("-", EVERYTHING, [(1, "nothing follows")]),
        ("OR", EVERYTHING, [(1, "“OR” stands between two words")]),
        ("()", EVERYTHING, []),
        ("a -()", Words("a"), [(3, "nothing follows")]),
        ("a OR () b", Or((Words("a"), Words("b"))), []),
        ("a OR -(", Words("a"), [(3, "nothing follows"), (6, "nothing follows"), (7, "in this bracket")]),
        ("a*OR", Words("a", prefix=True), [(2, "as another one"), (3, "nothing follows")]),
        ("*", Words("*"), [(1, "“*” has no letter and no digit")]),
        ('a "…" ①', And((Words("a"), Words("…"), Words("①"))), [(3, "“…” has no letter")]),
        ("NEAR(a b)", And((Words("NEAR"), Words("a"), Words("b"))), []),
        ("^a", Words("^a"), []),
        ("x*y", And((Words("x", prefix=True), Words("y"))), [(2, "looked for as another one")]),
        ("(x*) y* z*", And((Words("x", prefix=True), Words("y", prefix=True), Words("z", prefix=True))), []),
        ("a title:rare", And((Words("a"), Words("title:rare"))), [(3, "source: is perhaps meant")]),
        ("Body：希土", Words("Body：希土"), [(1, "the word alone is perhaps meant")]),
        ("colour:red", Words("colour:red"), [(1, "is no field, and is looked for as a word")]),
        (
            "http://example.org 10:30 Note: x:y",
            And(
                (
                    Words("http://example.org"),
                    Words("10:30"),
                    Words("Note:"),
                    Words("x:y"),
                )
            ),
            [],
        ),
        (
            "'; DROP TABLE x",
            And((Words("';"), Words("DROP"), Words("TABLE"), Words("x"))),
            [(1, "no letter")],
        ),
        # A voicing mark alone is looked for as it is written.
        ("゙", Words("゙"), []),
        (
            "date:2026..2025",
            Match(Field.DATE, "2026..2025"),
            [(1, "2025 is before 2026; date:2025..2026 is perhaps meant")],
        ),
        ("date:2025-10..2025", Match(Field.DATE, "2025-10..2025"), []),
        ("date:2025..", Match(Field.DATE, "2025.."), []),
        ("「…」", Words("…"), [(1, "“…” has no letter")]),
        ("a\0b 🙂", And((Words("a\0b"), Words("🙂"))), [(5, "“🙂” has no letter")]),
    ],
)
def test_what_does_not_fit_is_passed_over_with_a_hint(
    text: str, node: Node, hints: list[tuple[int, str]]
) -> None:
    read = read_query(text)
    assert read.node == node
    assert [hint.column for hint in read.hints] == [column for column, _ in hints]
    assert all(part in hint.detail for hint, (_, part) in zip(read.hints, hints, strict=True))


def test_brackets_go_only_so_deep() -> None:
    read = read_query("x " + "(" * 500 + "a" + ")" * 500)
    assert read.node == And((Words("x"), Words("a")))
    assert read.hints[0].column == 43
    assert len(read.hints) == 10


def test_minus_and_brackets_too_deep() -> None:
    read = read_query("-(" * 500 + "a" + ")" * 500)
    assert words_in(read.node) == ()
    assert [hint.column for hint in read.hints[:2]] == [81, 82]


def test_a_query_without_end_is_read_to_a_limit() -> None:
    read = read_query("word " * 20_000)
    assert read.node == And((Words("word"),) * 4_000)
    assert [(hint.column, hint.detail) for hint in read.hints] == [
        (20_001, "a search has 20,000 characters at most; the rest is passed over")
    ]


@pytest.mark.parametrize("blank", [" ", "\u3000", "\n"])
def test_the_limit_goes_through_no_word(blank: str) -> None:
    read = read_query(f"{'x' * 19_990}{blank}{'y' * 20}")
    assert read.node == Words("x" * 19_990)
    assert [hint.column for hint in read.hints] == [19_992]


@pytest.mark.parametrize("piece", ["word ", "a OR ", '"', "(", "-", "x", "日", "partner:DE ", "a -(b OR "])
def test_long_queries_are_read(piece: str) -> None:
    read_query((piece * 100_000)[:100_000])


PIECES = st.sampled_from(
    [
        "a",
        "OR",
        "or",
        "AND",
        "NOT",
        "-",
        "(",
        ")",
        '"',
        "*",
        " ",
        "partner:",
        "partner:IN",
        '"b c"',
        "x*",
        "\0",
        "🙂",
        "　",
        "「",
    ]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=14).map("".join) | st.lists(PIECES).map(" ".join))
def test_whatever_is_typed_is_read(text: str) -> None:
    """Only a value that its field cannot have is refused, with its place."""
    try:
        words_in(read_query(text).node)
    except UsageError as error:
        column = error.data["column"]
        assert isinstance(column, int)
        assert ":" in text[column - 1 :]


@pytest.mark.parametrize(
    "text", ["date:2025", "date:2025-01..2025-06", "date:..2025", "date:2025-03-01..", "Used:No"]
)
def test_ranges_and_case(text: str) -> None:
    assert isinstance(parse_query(text), Match)


def test_the_words_of_a_query_leave_out_what_must_not_be_there() -> None:
    assert words_in(parse_query("a (b* OR partner:IN) -c")) == (Words("a"), Words("b", prefix=True))
