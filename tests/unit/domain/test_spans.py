from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefer.domain.spans import Span, find_quote, fold, lines_of, quote_at, trimmed

TEXTS = st.text(st.sampled_from(" \n\t\u3000\u00a0ab.港湾カ한U😀-Ａｂ１２"), max_size=60)


def test_span_holds_something() -> None:
    for start, end in ((3, 3), (4, 3), (-1, 2)):
        with pytest.raises(ValueError, match="span"):
            Span(start, end)


def test_touching_and_covering() -> None:
    assert Span(0, 4).touches(Span(3, 5))
    assert not Span(0, 3).touches(Span(3, 5))
    assert Span(0, 5).covers(Span(3, 5))
    assert not Span(1, 5).covers(Span(0, 3))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  a \n\t b ", "a b"),
        ("日本\n経済", "日本経済"),
        ("日本\u3000経済", "日本経済"),
        ("日本 NATO 経済", "日本 NATO 経済"),
        ("、\n「港」", "、「港」"),
        ("한국 경제", "한국 경제"),
        ("Ｈｅｌｌｏ\u3000\u3000ｗｏｒｌｄ", "Ｈｅｌｌｏ ｗｏｒｌｄ"),
        ("ＡＩ　半導体　ＣＨＩＰ　２", "ＡＩ半導体ＣＨＩＰ ２"),
        ("Ｓｏｌｄ\nｏｕｔ", "Ｓｏｌｄ ｏｕｔ"),
        ("１０　２０", "１０ ２０"),
        ("２０ \n ２５年１２\n月", "２０２５年１２月"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_trimmed() -> None:
    assert trimmed("  ab  ", Span(0, 6)) == Span(2, 4)
    assert trimmed("    ", Span(0, 4)) is None


@given(TEXTS, st.data())
def test_any_folded_slice_is_found(text: str, data: st.DataObject) -> None:
    assume(text.strip())
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wanted = quote_at(text, Span(start, end))
    assume(wanted)
    found = find_quote(text, wanted)
    assert found is not None
    assert quote_at(text, found) == wanted
    assert found.start <= start + len(text[start:end]) - len(text[start:end].lstrip())
    assert trimmed(text, found) == found
    inside = find_quote(text, wanted, Span(start, end))
    assert inside is not None
    assert Span(start, end).covers(inside)


@given(TEXTS, TEXTS)
def test_what_is_found_is_verbatim(text: str, quote: str) -> None:
    found = find_quote(text, quote)
    assert found is None or quote_at(text, found) == fold(quote)


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("one two\n  three", "two three", Span(4, 15)),
        ("one two", "One", None),
        ("one two", "one  two ", Span(0, 7)),
        ("one two", "   ", None),
        ("経済安全\n保障の", "安全保障", Span(2, 7)),
        ("経済 security", "経済security", None),
        ("a.b", "a?b", None),
        ("twotwo two", "two two", Span(3, 10)),
        ("のＡＩ　ＣＨＩＰを", "ＡＩ ＣＨＩＰ", Span(1, 8)),
        ("のＡＩ　ＣＨＩＰを", "ＡＩＣＨＩＰ", None),
        ("日本\u3000\u3000a", "日本 a", Span(0, 5)),
        ("２０\n２５年", "２０２５年", Span(0, 6)),
    ],
)
def test_find_quote(text: str, quote: str, found: Span | None) -> None:
    assert find_quote(text, quote) == found


def test_find_quote_stays_inside() -> None:
    text = "one two one two"
    assert find_quote(text, "one", Span(3, 15)) == Span(8, 11)
    assert find_quote(text, "two", Span(0, 6)) is None
    assert find_quote(text, "two", Span(12, 99)) == Span(12, 15)


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "日本の経済安全保障。\n" * 90_000, "a" + " " * 1_000_000 + "b", "a\n" * 500_000],
)
def test_find_quote_is_linear(text: str) -> None:
    began = time.monotonic()
    find_quote(text, text[-5000:] + "x")
    find_quote(text, "日本の経済 is not here")
    assert time.monotonic() - began < 30


def test_lines_of() -> None:
    text = "one\ntwo\n\nfour"
    assert lines_of(text, Span(0, 3)) == (1, 1)
    assert lines_of(text, Span(4, 7)) == (2, 2)
    assert lines_of(text, Span(4, 13)) == (2, 4)
    assert lines_of(text, Span(3, 4)) == (1, 2)
