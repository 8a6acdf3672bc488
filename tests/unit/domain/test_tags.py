from __future__ import annotations

import pytest

from briefer.domain.tags import Role, Tag, TagKind, Term, Vocabulary, parse_tag, partner
from briefer.errors import UsageError


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("partner:DE", partner("DE")),
        (" partner:CN/source-of-risk ", partner("CN", Role.SOURCE_OF_RISK)),
        ("partner:Southeast Asia", partner("Southeast Asia")),
        ("risk:supply-chain", Tag(TagKind.RISK, "supply-chain")),
        ("theme:promotion", Tag(TagKind.THEME, "promotion")),
        ("free:次官級", Tag(TagKind.FREE, "次官級")),
    ],
)
def test_tags_read_and_write_alike(text: str, tag: Tag) -> None:
    assert parse_tag(text) == tag
    assert parse_tag(str(tag)) == tag


@pytest.mark.parametrize(
    "text", ["", "DE", "country:DE", "partner:", "partner:DE/friend", "risk:x/venue", "risk:"]
)
def test_what_is_no_tag_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(UsageError, match="is not understood") as refused:
        parse_tag(text)
    assert refused.value.data["text"] == text


def test_the_role_partner_goes_without_saying() -> None:
    assert str(partner("DE")) == "partner:DE"
    assert str(partner("DE", Role.VENUE)) == "partner:DE/venue"
    assert partner("DE", Role.VENUE).name == "partner:DE"


def test_a_vocabulary_finds_terms_without_case_and_labels_what_it_does_not_know() -> None:
    germany = Term(TagKind.PARTNER, "DE", "Germany", "ドイツ")
    coercion = Term(TagKind.RISK, "coercion", "Coercion")
    vocabulary = Vocabulary((germany, coercion), "JP")
    assert vocabulary.find(TagKind.PARTNER, "de") is germany
    assert vocabulary.find(TagKind.RISK, "de") is None
    assert vocabulary.label(partner("DE"), "ja") == "ドイツ"
    assert vocabulary.label(Tag(TagKind.RISK, "coercion"), "ja") == "Coercion"
    assert vocabulary.label(partner("XX")) == "XX"
