from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.printed import printed, printed_text, without_sign
from briefer.domain.quotations import OMISSION, pieces

QUOTE = "We met Mr. Doe on Tuesday. They agreed on a register of parts. Ships of the U.S. Navy follow. It is late."


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("• Supply chains: more makers", "Supply chains: more makers"),
        ("・供給網の強化", "供給網の強化"),
        ("○ 供給網の強化", "供給網の強化"),
        ("（1）供給網の強化", "供給網の強化"),
        ("(1) Supply chains", "Supply chains"),
        ("(iv) Supply chains", "Supply chains"),
        ("- Supply chains", "Supply chains"),
        ("– Supply chains", "Supply chains"),
        ("-5 per cent", "-5 per cent"),
        ("○○大臣は述べた", "○○大臣は述べた"),
        ("(2025) was a year", "(2025) was a year"),
        ("2025. A year", "2025. A year"),
        ("Supply • chains", "Supply • chains"),
        ("•", "•"),
    ],
)
def test_the_sign_of_a_list_is_not_printed(quote: str, text: str) -> None:
    assert without_sign(quote) == text
    assert printed_text("", quote) == text
    assert pieces(text, quote) is not None, "what is printed still is of the source"


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("We met Mr. Doe on Tuesday. […]", "We met Mr. Doe on Tuesday."),
        ("[…] They agreed on a register of parts.", "They agreed on a register of parts."),
        ("[…] They agreed on a register of parts. […]", "They agreed on a register of parts."),
        ("[…] They agreed […] of parts. […]", "They agreed […] of parts."),
        ("[…] They agreed […]", "They agreed […]"),
        ("We met Mr. […]", "We met Mr. […]"),
        ("[…] Ships of the U.S. […]", "Ships of the U.S. […]"),
        ("[…] register of parts. […]", "[…] register of parts."),
        ("We met […] It is late.", "We met […] It is late."),
        ("We met [him] […]", "We met [him] […]"),
        ("[They] agreed on a register of parts. […]", "[They] agreed on a register of parts."),
    ],
)
def test_only_where_a_sentence_is_cut_or_in_between_is_it_shown(shown: str, text: str) -> None:
    assert printed_text(shown, QUOTE) == text


def test_japanese_quotations_and_signs_in_edited_ones() -> None:
    quote = "・供給網は弱い。政府は備える。民間も備える。"
    assert printed_text("[…] 政府は備える。[…]", quote) == "政府は備える。"
    assert printed_text("・供給網は弱い。[…]", quote) == "供給網は弱い。"
    assert printed_text("・供給網は […]", quote) == "供給網は […]"
    said = "He said: “It is late.” And he left."
    assert printed_text("He said: “It is late.” […]", said) == "He said: “It is late.”"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("both sides agreed on a register.", "[…] both sides agreed on a register."),
        ("“both sides” agreed.", "[…] “both sides” agreed."),
        ("île de Sundet, he said,", "[…] île de Sundet, he said, […]"),
        ("The ministers agreed on parts;", "The ministers agreed on parts; […]"),
        ("政府は備え、", "政府は備え、 […]"),
        ("• developing common rules", "developing common rules"),
        ("iPhone sales fell.", "iPhone sales fell."),
        ("12 ships came.", "12 ships came."),
        ("Supply chains", "Supply chains"),
    ],
)
def test_an_excerpt_that_cuts_a_sentence_shows_it(quote: str, text: str) -> None:
    assert printed_text("", quote) == text
    assert pieces(text, quote) is not None, "what is printed still is of the source"


def test_what_was_no_visible_edit_is_printed_whole() -> None:
    assert printed_text("We did not meet", QUOTE) == QUOTE


@given(
    st.lists(
        st.sampled_from([OMISSION, "We met", "Mr. Doe", "Tuesday.", "They", "parts.", "It is late."]),
        max_size=6,
    )
)
def test_what_is_printed_is_a_visible_edit_again(parts: list[str]) -> None:
    shown = " ".join(parts)
    if pieces(shown, QUOTE) is not None:
        found = printed(shown, QUOTE)
        assert any(not piece.editorial for piece in found)
        assert pieces(printed_text(shown, QUOTE), QUOTE) is not None
