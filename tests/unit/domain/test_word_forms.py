from __future__ import annotations

import pytest

from briefer.domain.word_forms import other_numbers, other_spellings


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defence", "defense"),
        ("organisation", "organization"),
        ("organised", "organized"),
        ("labour", "labor"),
        ("harbours", "harbors"),
        ("neighbouring", "neighboring"),
        ("centre", "center"),
        ("fibres", "fibers"),
        ("analyse", "analyze"),
        ("licence", "license"),
        ("travelled", "traveled"),
        ("modelling", "modeling"),
        ("programmes", "programs"),
        ("judgement", "judgment"),
        ("catalogue", "catalog"),
        ("practising", "practicing"),
        ("aluminium", "aluminum"),
    ],
)
def test_a_word_has_another_spelling_on_the_other_side(british: str, american: str) -> None:
    assert american in other_spellings(british)
    assert british in other_spellings(american)


@pytest.mark.parametrize(
    "word", ["four", "tour", "rise", "port", "filled", "G7", "", "東京", "U.S.", "e-mail"]
)
def test_what_has_no_other_spelling_gets_none(word: str) -> None:
    assert other_spellings(word) == ()


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("semiconductor", "semiconductor*"),
        ("minerals", "mineral"),
        ("companies", "company"),
        ("company", "companies"),
        ("taxes", "tax"),
        ("launches", "launch"),
        ("Chips", "Chip"),
        ("GLASS", "GLASS*"),
        ("crisis", "crisis*"),
        ("status", "status*"),
    ],
)
def test_a_word_has_another_number(word: str, other: str) -> None:
    assert other_numbers(word) == (other,)


def test_signs_and_other_scripts_have_no_number() -> None:
    assert other_numbers("半導体") == other_numbers("AI") == other_numbers("x*") == ()


def test_letters_stay_as_large_as_they_were() -> None:
    assert other_spellings("DEFENCE") == ("DEFENSE",)
    assert other_spellings("Defence") == ("Defense",)
