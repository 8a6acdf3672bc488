"""Folding, and its short way for text without accents."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain import folding
from briefer.domain.folding import folded, letters
from briefer.domain.variants import NEW_FORMS


def slowly(text: str) -> str:
    """Fold by the rules in full, one after the other."""
    same = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    same = folding._UNSEEN.sub("", same)
    bare = folding._ACCENT.sub("", unicodedata.normalize("NFD", same))
    return (
        unicodedata.normalize("NFC", bare)
        .translate({ord(old): new for old, new in folding._PLAIN.items()})
        .translate(NEW_FORMS)
    )


@given(st.text(max_size=20) | st.text("aZé ①ｶﾞがｱ國国日Ａ\u0301\u3099\ufe00Ⅳ㌢“–Øæ\u00ad\u200d", max_size=8))
def test_the_short_way_gives_the_same(text: str) -> None:
    assert letters(text) == slowly(text)


@given(st.text(max_size=20) | st.text("aU.S.日本サ・ア-＝゠‐國\u302a\u200b\u3099ｱ･Éक्ि", max_size=8))
def test_text_that_no_rule_changes_is_told_at_once(text: str) -> None:
    assert folded(text) == folding.parted(folding.WITHIN.sub("", letters(text)))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ＮＡＴＯ", "nato"),
        ("ｶﾞ", "ガ"),
        ("國會", "国会"),
        ("Élan", "elan"),
        ("が", "が"),
        ("semi\u00adcon\u200bductor", "semicon ductor"),
        ("\ufeff\u200f半\u2060導", "半導"),
    ],
)
def test_letters_that_are_the_same_to_a_reader(text: str, plain: str) -> None:
    assert folded(text) == plain
