from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefer.domain.characters import by_script, has_cjk, is_japanese, xml_safe
from briefer.domain.documents import Citation, CitedExcerpt, Inlines, LineBreak, NoteRef, Run, plain_text

any_text = st.text(st.characters(exclude_categories=()))


@given(any_text)
def test_what_is_left_can_stand_in_xml(text: str) -> None:
    element = etree.Element("x")
    element.text = xml_safe(text)
    assert etree.fromstring(etree.tostring(element)).text in {element.text, None}


@given(any_text)
def test_only_what_xml_forbids_is_lost(text: str) -> None:
    kept = xml_safe(text)
    element = etree.Element("x")
    for lost in set(text) - set(kept):
        with pytest.raises((ValueError, UnicodeEncodeError)):
            element.text = lost
    assert kept == "".join(c for c in text if c in kept)


def test_forbidden_characters_go_and_white_space_stays() -> None:
    assert xml_safe("a\x00b\x0bc\ud800d\uffffe\tf\ng\r😀語") == "abcde\tf\ng\r😀語"


@pytest.mark.parametrize(
    ("language", "japanese"),
    [
        ("ja", True),
        ("ja-JP", True),
        ("JA", True),
        ("en-GB", False),
        ("jav", False),
        ("", False),
        (None, False),
    ],
)
def test_a_tag_is_japanese(language: str | None, japanese: bool) -> None:
    assert is_japanese(language) is japanese


@pytest.mark.parametrize("text", ["語", "かな", "カナ", "ﾊﾝ", "a。", "（", "𠮷"])
def test_japanese_is_seen(text: str) -> None:
    assert has_cjk(text)


@pytest.mark.parametrize("text", ["", "abc", "2025-12-17", "Müller", "“quoted”", "Ω", "😀"])
def test_other_scripts_are_not_taken_for_japanese(text: str) -> None:
    assert not has_cjk(text)


def split(text: str) -> list[tuple[str, str | None]]:
    return [(run.text, run.language) for run in by_script((Run(text),)) if isinstance(run, Run)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("plain", [("plain", None)]),
        ("経済", [("経済", "ja")]),
        ("The 経済 paper", [("The ", None), ("経済", "ja"), (" paper", None)]),
        ("on 2025年12月17日.", [("on ", None), ("2025年12月17日", "ja"), (".", None)]),
        ("v1.5経済", [("v1.5", None), ("経済", "ja")]),
        ("in 日報(夕刊)別刷, p. 3", [("in ", None), ("日報(夕刊)別刷", "ja"), (", p. 3", None)]),
        ("law (日本) of", [("law (", None), ("日本", "ja"), (") of", None)]),
        ("Müller", [("Müller", None)]),
        ("", [("", None)]),
    ],
)
def test_japanese_stretches_become_runs(text: str, parts: list[tuple[str, str | None]]) -> None:
    assert split(text) == parts


def test_the_format_of_a_run_is_kept() -> None:
    run = Run("a 語", bold=True, link="https://example.org")
    first, second = by_script((run,))
    assert first == Run("a ", bold=True, link="https://example.org")
    assert second == Run("語", bold=True, link="https://example.org", language="ja")


def test_what_names_its_language_or_is_no_text_stays() -> None:
    inlines: Inlines = (
        Run("中文", language="zh"),
        LineBreak(),
        NoteRef(1),
        Citation((CitedExcerpt("abcd", "参照"),)),
    )
    assert by_script(inlines) == inlines


def test_a_japanese_document_needs_no_marks() -> None:
    assert by_script((Run("a 語"),), "ja-JP") == (Run("a 語"),)


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("日本、。 12.ab")))
def test_no_character_is_lost_and_every_japanese_one_is_marked(text: str) -> None:
    parts = by_script((Run(text),))
    assert plain_text(parts) == text
    assert not any(has_cjk(p.text) for p in parts if isinstance(p, Run) and p.language is None)
