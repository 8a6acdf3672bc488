from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Block, BlockKind
from briefer.domain.spans import Span
from tests.unit.domain.checks.conftest import Bench

SAID = "The ministers met in Port Louis on Tuesday, and they agreed on a “common register” of spare parts."


def test_a_shortened_quotation_must_show_what_is_gone(bench: Bench) -> None:
    own = bench.excerpt(text=SAID)
    block = Block("b", BlockKind.QUOTATION, excerpt_id=own, shown="The ministers met […] and they agreed")
    bench.section(block)
    assert bench.rules() == []
    bench.sections.clear()
    bench.section(replace(block, shown="The ministers met and they agreed"))
    assert bench.rules() == ["quote-hidden-edit"]


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ("They agreed: “on a “common register” of spare parts.”", []),
        ("“The ministers met in Port Louis on Tuesday,” it says", []),
        ("They “agreed on a […] of spare parts” there", []),
        ("They “agreed on a “common ｒegister” of spare parts” there", ["quote-normalised"]),
        ("They “agreed on a joint register of spare parts” there", ["quote-altered"]),
        ('They “agreed on a "common register" of spare parts” there', []),
        ("They “agreed on a ‘common register’ of spare parts” there", ["quote-altered"]),
        ("It was “a success”", []),
    ],
)
def test_quotations_typed_into_prose_are_held_against_what_is_cited(
    bench: Bench, typed: str, rules: list[str]
) -> None:
    own = bench.excerpt(text=SAID)
    bench.section(f"{typed} [@{own}].")
    assert bench.rules() == rules


def cut(bench: Bench, quote: str, text: str = SAID) -> str:
    """Add an excerpt of older making, which holds part of a text, and return its id."""
    own = bench.excerpt(text=text)
    start = text.index(quote)
    bench.excerpts[own] = replace(bench.excerpts[own], span=Span(start, start + len(quote)), quote=quote)
    return own


@pytest.mark.parametrize(
    ("quote", "where"),
    [
        ("inisters met in Port Louis on", "begins"),
        ("The ministers met in Po", "ends"),
        ("inisters met in Po", "begins and ends"),
    ],
)
def test_an_excerpt_that_cuts_a_word_is_told(bench: Bench, quote: str, where: str) -> None:
    own = cut(bench, quote)
    bench.section(f">{own}")
    (found,) = (f for f in bench.found() if f.check == "quote-cut")
    assert f"{where} inside a word" in found.message


def test_an_excerpt_within_japanese_cuts_nothing(bench: Bench) -> None:
    own = cut(bench, "導体の供給", "両国は半導体の供給網を話した。")
    bench.section(f">{own}")
    assert bench.rules() == []


def test_japanese_quotations_too(bench: Bench) -> None:
    own = bench.excerpt(text="両国は半導体の供給網について、来年の春までに新しい協議の場を設けると発表した。")
    bench.section(f"両国は「来年の春までに新しい協議の場を設ける」とした[@{own}]。")
    assert bench.rules() == []
    bench.section(f"両国は「来年の夏までに新しい協議の場を設ける」とした[@{own}]。")
    assert bench.rules() == ["quote-altered"]


def test_quotation_marks_without_any_citation_are_a_claim_without_source(bench: Bench) -> None:
    own = bench.excerpt(text=SAID)
    bench.section(f">{own}", "They agreed on “something else entirely”.")
    assert bench.rules() == ["no-source"]


@pytest.mark.parametrize("said", ["It's the ministers' own plan", "It’s the ministers’ own plan"])
@pytest.mark.parametrize("typed", ["“it's the ministers' […] plan”", "“It’s the ministers’ own plan.”"])
def test_straight_and_curly_apostrophes_are_the_same_words(bench: Bench, said: str, typed: str) -> None:
    own = bench.excerpt(text=f"{said} for the port. And it's the ministers' new plan.")
    bench.section(f"They said: {typed} [@{own}].")
    assert bench.rules() == []
