from __future__ import annotations

import pytest

from briefer.domain.queries import Field, Match, Or
from briefer.domain.tags import Role, Tag, TagKind
from briefer.services.query_language import parse_query
from briefer.ui.library.query_text import (
    asked_tags,
    filters,
    narrowed,
    ticked,
    toggled,
    without,
    without_field,
    written,
)


def test_filters_are_found_with_their_places() -> None:
    text = 'rare "partner:no" partner:IN -risk:cyber after:2025-10'
    found = filters(text)
    assert [(f.field, f.value, f.negated) for f in found] == [
        (Field.PARTNER, "IN", False),
        (Field.RISK, "cyber", True),
        (Field.AFTER, "2025-10", False),
    ]
    assert text[found[1].start : found[1].end] == "-risk:cyber"


def test_a_word_that_ends_like_a_field_is_no_filter() -> None:
    assert filters("begin:x main:y") == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "partner:IN"),
        ("rare earth", "partner:IN rare earth"),
        ("rare ear ", "partner:IN rare ear "),
        ("risk:cyber rare", "risk:cyber partner:IN rare"),
        ("rare risk:cyber", "partner:IN rare risk:cyber"),
        ("partner:in", ""),
        ("partner:IN/venue", ""),
        ("rare partner:IN earth", "rare earth"),
        ("partner:DE", "(partner:DE OR partner:IN)"),
        ("(partner:DE OR partner:IN)", "partner:DE"),
        ("partner:DE OR partner:IN", "partner:DE"),
        ("(partner:DE OR partner:IN OR partner:FR) x", "(partner:DE OR partner:FR) x"),
        ("partner:DE partner:FR", "partner:DE (partner:FR OR partner:IN)"),
        ("-partner:IN", "partner:IN -partner:IN"),
        ("-partner:IN partner:IN a partner:in", "-partner:IN a"),
        ("-(partner:IN)", "partner:IN -(partner:IN)"),
        ("a OR b", "partner:IN (a OR b)"),
        ("(a OR b", "partner:IN (a OR b)"),
        ("a OR (b", "partner:IN (a OR (b)"),
        ("a) b", "partner:IN a b"),
        ("partner: a", "partner:IN partner: a"),
        ('"rare ea', 'partner:IN "rare ea'),
        ("「希土", "partner:IN 「希土"),
        ("partner：ＩＮ　a", "a"),
        ("（partner:DE　ＯＲ　partner:IN）", "partner:DE"),
        ("ａ　ＯＲ　b", "partner:IN (ａ OR b)"),
    ],
)
def test_toggling(before: str, after: str) -> None:
    assert toggled(before, Field.PARTNER, "IN") == after


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (Field.FREE, "rare earth", 'free:"rare earth"'),
        (Field.PUBLISHER, "Courier", "publisher:=Courier"),
        (Field.PUBLISHER, "The Courier (fictional)", 'publisher:"=The Courier (fictional)"'),
        (Field.PUBLISHER, "", "publisher:="),
        (Field.PUBLISHER, "The «Day»", 'publisher:"=The «Day»"'),
        (Field.PUBLISHER, "「昼」社", 'publisher:"=「「昼」」社"'),
        (Field.PUBLISHER, "Agence “Presse” X", 'publisher:"=Agence ““Presse”” X"'),
        (Field.PUBLISHER, "日立（株）", 'publisher:"=日立（株）"'),
        (Field.PUBLISHER, '"', 'publisher:"="""'),
        (Field.LANG, "", "lang:none"),
        (Field.DATE, "", "date:none"),
        (Field.DATE, "2025", "date:2025"),
        (Field.GRADE, "B2", "grade:B2"),
        (Field.FREE, 'a "b"', 'free:"a ""b"""'),
        (Field.FREE, "“quoted”", 'free:"““quoted””"'),
        (Field.FREE, "ＡＩ", "free:ＡＩ"),
    ],
)
def test_a_value_is_written_so_that_it_is_read_again(field: Field, value: str, text: str) -> None:
    assert written(field, value) == text
    node = parse_query(text)
    assert node == Match(field, f"={value}" if field is Field.PUBLISHER else value or "none")
    assert ticked(text) == {(field, value.casefold())}
    assert toggled(text, field, value) == ""
    assert toggled(toggled("a OR b", field, value), field, value) == "(a OR b)"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.FREE, "rare earth"),
        (Field.PUBLISHER, "「週刊」誌"),
        (Field.PUBLISHER, ""),
        (Field.DATE, ""),
        (Field.USED, "no"),
    ],
)
def test_toggling_twice_changes_nothing(field: Field, value: str) -> None:
    text = toggled("x", field, value)
    assert ticked(text) == {(field, value)}
    assert toggled(text, field, value) == "x"


def test_two_ticks_of_a_field_are_read_as_either() -> None:
    text = toggled(toggled("", Field.PARTNER, "IN"), Field.PARTNER, "DE")
    assert parse_query(text) == Or((Match(Field.PARTNER, "IN"), Match(Field.PARTNER, "DE")))


def test_only_what_every_hit_fits_is_ticked() -> None:
    text = "partner:IN (risk:cyber OR risk:supply-chain) -theme:promotion (free:a OR x) (free:b OR lang:ja)"
    assert ticked(text) == {(Field.PARTNER, "in"), (Field.RISK, "cyber"), (Field.RISK, "supply-chain")}
    assert ticked("a OR partner:IN") == frozenset()


def test_without_a_field_its_ticks_are_gone() -> None:
    assert without_field("(partner:IN OR partner:DE) risk:cyber x", Field.PARTNER) == "risk:cyber x"
    assert without_field("a (partner:IN OR b)", Field.PARTNER) == "a (partner:IN OR b)"


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("a partner:IN b after:2025", 0, "a b after:2025"),
        ("a OR partner:IN", 0, "a"),
        ("(a partner:IN) OR b", 0, "a OR b"),
        ("(x OR (partner:IN OR b))", 0, "(x OR b)"),
        ("-(partner:IN OR b) c", 0, "-(b) c"),
        ("(partner:IN) c", 0, "c"),
    ],
)
def test_taking_one_filter_out_keeps_the_rest(text: str, number: int, rest: str) -> None:
    assert without(text, filters(text)[number]) == rest


def test_asked_tags() -> None:
    assert asked_tags("partner:CN/source-of-risk risk: theme:promotion after:2025 -partner:IN") == (
        Tag(TagKind.PARTNER, "CN", Role.SOURCE_OF_RISK),
        Tag(TagKind.THEME, "promotion"),
    )


def test_narrowing_keeps_an_or_together() -> None:
    assert narrowed("a OR b", "partner:IN", "risk:cyber") == "partner:IN risk:cyber (a OR b)"
    assert narrowed("", "partner:IN") == "partner:IN"
