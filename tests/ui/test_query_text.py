from __future__ import annotations

import pytest

from briefer.domain.queries import Field
from briefer.domain.tags import Role, Tag, TagKind
from briefer.ui.library.query_text import asked_tags, filters, toggled, without


def test_filters_are_found_with_their_places() -> None:
    text = 'rare "partner:no" partner:IN -risk:cyber after:2025-10'
    found = filters(text)
    assert [(f.field, f.value, f.negated) for f in found] == [
        (Field.PARTNER, "IN", False),
        (Field.RISK, "cyber", True),
        (Field.AFTER, "2025-10", False),
    ]
    assert text[found[1].start : found[1].end] == "-risk:cyber"


def test_a_word_that_ends_like_a_field_is_no_filter() -> None:
    assert filters("begin:x main:y") == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "partner:IN"),
        ("rare earth", "rare earth partner:IN"),
        ("partner:in", ""),
        ("rare partner:IN earth", "rare earth"),
        ("-partner:IN", "-partner:IN partner:IN"),
    ],
)
def test_toggling(before: str, after: str) -> None:
    assert toggled(before, Field.PARTNER, "IN") == after


def test_a_value_with_blanks_is_quoted_and_found_again() -> None:
    text = toggled("", Field.FREE, "rare earth")
    assert text == 'free:"rare earth"'
    assert toggled(text, Field.FREE, "rare earth") == ""


def test_taking_one_filter_out_keeps_the_rest() -> None:
    text = "a partner:IN b after:2025"
    assert without(text, filters(text)[0]) == "a b after:2025"


def test_asked_tags() -> None:
    assert asked_tags("partner:CN/source-of-risk risk: theme:promotion after:2025 -partner:IN") == (
        Tag(TagKind.PARTNER, "CN", Role.SOURCE_OF_RISK),
        Tag(TagKind.THEME, "promotion"),
    )
