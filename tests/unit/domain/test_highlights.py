from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.highlights import highlights, snippet
from briefer.domain.queries import Words


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("Rare earths are rare", Words("rare"), ["Rare", "rare"]),
        ("supply chains", Words("supply chain"), []),
        ("supply chains", Words("supply chain", prefix=True), ["supply chain"]),
        ("the supply  chain", Words("supply chain"), ["supply  chain"]),
        ("Kōbe and café", Words("cafe"), ["café"]),
        ("ＡＩと半導体", Words("ai"), ["ＡＩ"]),
        ("日本の半導体産業", Words("半導"), ["半導"]),
        ("data", Words("  "), []),
        ("carefree", Words("free"), []),
        ("サイバー攻撃", Words("ｻｲﾊﾞｰ"), ["サイバー"]),
        ("AI半導体とAI 半導体", Words("AI 半導体"), ["AI半導体", "AI 半導体"]),
        ("AI半導体とAI 半導体", Words("ＡＩ半導体"), ["AI半導体", "AI 半導体"]),
        ("半導体のAI、ガバナンス", Words("半導体のaiｶﾞﾊﾞ"), ["半導体のAI、ガバ"]),
        ("AI chipsets", Words("AI半"), []),
        ("日本・経済と日本経済", Words("日本・経済"), ["日本・経済"]),
        ("日本の経済", Words("日 本"), ["日本"]),
        ("snake_case", Words("snake case"), ["snake_case"]),
        ("который кот", Words("кот"), ["кот"]),
        ("?! a", Words("?!"), ["?!"]),
    ],
)
def test_words_are_marked_as_the_index_finds_them(text: str, word: Words, marked: list[str]) -> None:
    assert [text[s.start : s.end] for s in highlights(text, [word])] == marked


def test_overlapping_marks_become_one() -> None:
    spans = highlights("economic security policy", [Words("economic security"), Words("security policy")])
    assert [(s.start, s.end) for s in spans] == [(0, 24)]


def test_a_snippet_shows_the_hit_and_says_where_it_is_cut() -> None:
    text = "word " * 60 + "needle " + "word " * 60
    shown = snippet(text, [Words("needle")])
    assert "needle" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert snippet("short", [Words("x")]) == "short"
    assert snippet("word " * 60, []).startswith("word")


@given(st.text(max_size=400), st.text(min_size=1, max_size=5))
def test_marks_lie_in_the_text_and_do_not_overlap(text: str, word: str) -> None:
    spans = highlights(text, [Words(word, prefix=True)])
    assert all(s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    shown = snippet(text, [Words(word)])
    assert shown.strip("…") in text or text == shown
