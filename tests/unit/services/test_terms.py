from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.tags import TagKind, Term
from briefer.errors import InputError
from briefer.services.desk import Desk

BOREDOM = Term(TagKind.RISK, "boredom", "Boredom", words_en=("dull",))


def find(desk: Desk) -> Term | None:
    return desk.terms.vocabulary().find(TagKind.RISK, "boredom")


def test_terms_are_edited_with_a_way_back(desk: Desk) -> None:
    change = desk.terms.put([BOREDOM])
    assert find(desk) == BOREDOM
    other = desk.terms.put([replace(BOREDOM, label_en="Tedium")])
    assert other.inverse
    again = other.inverse()
    assert find(desk) == BOREDOM
    assert again.inverse
    again.inverse()
    assert find(desk) == replace(BOREDOM, label_en="Tedium")
    assert change.inverse
    back = change.inverse()
    assert find(desk) is None
    assert back.inverse
    back.inverse()
    assert find(desk) == replace(BOREDOM, label_en="Tedium")


def test_a_term_is_removed_and_comes_back(desk: Desk) -> None:
    desk.terms.put([BOREDOM])
    change = desk.terms.remove(TagKind.RISK, "boredom")
    assert find(desk) is None
    assert change.inverse
    change.inverse()
    assert find(desk) == BOREDOM
    with pytest.raises(InputError, match="no risk nothing"):
        desk.terms.remove(TagKind.RISK, "nothing")


def test_the_table_goes_out_and_comes_in_as_one_change(desk: Desk) -> None:
    desk.terms.put([BOREDOM])
    table = desk.terms.table()
    before = desk.terms.vocabulary()
    change = desk.terms.import_table(table.replace("Boredom", "Tedium"))
    assert find(desk) == replace(BOREDOM, label_en="Tedium")
    assert change.inverse
    change.inverse()
    assert desk.terms.vocabulary() == before
