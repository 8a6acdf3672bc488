"""Words begin and end where readers see it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.spans import Span
from briefer.domain.words import splits_word, whole_words


@pytest.mark.parametrize(
    "cut",
    [
        "Bot|h",
        "don|’t",
        "don’|t",
        "1|,000",
        "1,|000",
        "12|34",
        "U|.S",
        "U.|S. ships",
        "G|20",
        "snake|_case",
        "e|\u0301t",
        "e\u0301|t",
        "кни|га",
        "नम|स्ते",
        "20|25年",
        "co\u00ad|operate",
    ],
)
def test_a_cut_inside_a_word(cut: str) -> None:
    before, after = cut.split("|")
    assert splits_word(before + after, len(before))


@pytest.mark.parametrize(
    "cut",
    [
        "|Both",
        "Both|",
        "in |their",
        "minerals|. Both",
        "reports.|The",
        "research|,",
        "well|-being",
        "“|We",
        "2025|年",
        "半|導体",
        "インド|ネシア",
        "日本|and",
        "ประเทศ|ไทย",
        "’|t",
    ],
)
def test_a_cut_between_words(cut: str) -> None:
    before, after = cut.split("|")
    assert not splits_word(before + after, len(before))


def test_widening_stops_at_the_paragraph() -> None:
    text = "minerals and both"
    assert whole_words(text, Span(2, 15), 0, 17) == Span(0, 17)
    assert whole_words(text, Span(2, 15), 1, 16) == Span(1, 16)


@given(st.text(alphabet="ab’.,1 本́", min_size=1, max_size=30), st.data())
def test_what_was_widened_cuts_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    wide = whole_words(text, span, 0, len(text))
    assert wide.covers(span)
    assert not splits_word(text, wide.start)
    assert not splits_word(text, wide.end)
    assert whole_words(text, wide, 0, len(text)) == wide
