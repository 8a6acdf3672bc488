from __future__ import annotations

import pytest

from briefer.domain.tags import Role, Tag, TagKind, Term, Vocabulary
from briefer.ui.library.completion import offers

_VOCABULARY = Vocabulary(
    (
        Term(TagKind.PARTNER, "ID", "Indonesia", "インドネシア"),
        Term(TagKind.PARTNER, "IN", "India", "インド", ("India", "Indian", "New Delhi")),
        Term(TagKind.PARTNER, "CN", "China", "中国"),
        Term(TagKind.RISK, "supply-chain", "Supply-chain disruption"),
        Term(TagKind.RISK, "cyber", "Cyber threats"),
    )
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("in", Tag(TagKind.PARTNER, "IN", Role.PARTNER)),
        ("indo", Tag(TagKind.PARTNER, "ID", Role.PARTNER)),
        ("delhi", Tag(TagKind.FREE, "delhi")),
        ("new d", Tag(TagKind.PARTNER, "IN", Role.PARTNER)),
        ("中", Tag(TagKind.PARTNER, "CN", Role.PARTNER)),
        ("risk supply", Tag(TagKind.RISK, "supply-chain")),
        ("risk:cy", Tag(TagKind.RISK, "cyber")),
        ("disr", Tag(TagKind.RISK, "supply-chain")),
        ("cn/source", Tag(TagKind.PARTNER, "CN", Role.SOURCE_OF_RISK)),
        ("free: cyber", Tag(TagKind.FREE, "cyber")),
    ],
)
def test_first_offer(typed: str, first: Tag) -> None:
    assert offers(typed, _VOCABULARY)[0].tag == first


def test_what_is_unknown_becomes_a_free_tag() -> None:
    (only,) = offers("Hormuz", _VOCABULARY)
    assert only.tag == Tag(TagKind.FREE, "Hormuz")
    assert not only.known


def test_a_kind_that_is_not_free_offers_no_new_tag() -> None:
    assert offers("risk hormuz", _VOCABULARY) == ()


def test_nothing_typed_offers_the_vocabulary() -> None:
    assert len(offers("", _VOCABULARY)) == 5
