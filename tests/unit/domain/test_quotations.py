from __future__ import annotations

import pytest

from briefer.domain.quotations import Piece, pieces

QUOTE = "The ministers met in Port Louis on Tuesday, and they agreed on a register of spare parts."


@pytest.mark.parametrize(
    "shown",
    [
        QUOTE,
        "The ministers met in Port Louis […] and they agreed on a register of spare parts.",
        "[They] agreed on a register of spare parts.",
        "[T]hey agreed on a register",
        "The ministers […] agreed on a [public] register of [many] spare parts.",
        "they agreed on a register […]",
        "The  ministers\nmet [again] in Port Louis",
    ],
)
def test_a_visible_edit_says_what_the_source_says(shown: str) -> None:
    found = pieces(shown, QUOTE)
    assert found is not None
    assert "".join(p.text for p in found) == " ".join(shown.split())


@pytest.mark.parametrize(
    "shown",
    [
        "The ministers met in Port Louis and they agreed on a register of spare parts.",
        "The ministers met in Paris",
        "[…] they agreed on a register […] The ministers met",
        "[nothing of it]",
        "[…] […]",
        "",
        "The minister […] agreed",
        "[…] ort Louis on Tuesday",
    ],
)
def test_what_the_source_does_not_say_is_no_visible_edit(shown: str) -> None:
    assert pieces(shown, QUOTE) is None


def test_brackets_of_the_source_are_its_own() -> None:
    quote = "The cable [laid in 2019] was cut twice in one winter."
    assert pieces("The cable [laid in 2019] was cut […] in one winter.", quote) == (
        Piece("The cable ", editorial=False),
        Piece("[laid in 2019]", editorial=False),
        Piece(" was cut ", editorial=False),
        Piece("[…]", editorial=True),
        Piece(" in one winter.", editorial=False),
    )


def test_japanese_is_cut_between_any_two_characters() -> None:
    found = pieces("両国は[…]部品の共有で合意した。", "両国は火曜日に会談し、部品の共有で合意した。")
    assert found is not None
    assert [p.editorial for p in found] == [False, True, False]
