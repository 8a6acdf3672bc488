from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefer.domain.results import Facets, SavedSearch
from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.ui.library.query_completion import Offered, applied, completions

_OFFERED = Offered(
    Vocabulary(
        (
            Term(TagKind.PARTNER, "ID", "Indonesia", "インドネシア"),
            Term(TagKind.PARTNER, "IN", "India", "インド"),
            Term(TagKind.PARTNER, "CN", "China", "中国"),
            Term(TagKind.RISK, "supply-chain", "Supply-chain disruption"),
        )
    ),
    Facets(
        free={"gallium": 3, "rare earth": 9},
        publisher={"The Courier": 4, "Harbour Post": 9, "": 3},
        language={"ja": 5, "en": 9},
        grade={"B2": 2, "A1": 1},
        year={"2024": 1, "2025": 2, "": 1},
    ),
    (SavedSearch("1", "Rare earths, this year", "rare after:2026", datetime(2026, 1, 1, tzinfo=UTC)),),
)


def _texts(text: str, cursor: int | None = None) -> list[str]:
    return [c.text for c in completions(text, len(text) if cursor is None else cursor, _OFFERED)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("par", ["partner:"]),
        ("p", ["partner:", "publisher:"]),
        ("P", []),
        ("ind", ["partner:IN", "partner:ID"]),
        ("インド", ["partner:IN", "partner:ID"]),
        ("中", ["partner:CN"]),
        ("x partner:i", ["partner:IN", "partner:ID"]),
        ("-partner:chi", ["partner:CN"]),
        ("(partner:chi", ["partner:CN"]),
        ("partner:cn/so", ["partner:CN/source-of-risk"]),
        ("risk:dis", ["risk:supply-chain"]),
        ("free:ra", ['free:"rare earth"']),
        ("publisher:", ['publisher:"=Harbour Post"', 'publisher:"=The Courier"']),
        ("publisher:cour", ['publisher:"=The Courier"']),
        ('publisher:"the c', ['publisher:"=The Courier"']),
        ("lang:", ["lang:en", "lang:ja"]),
        ("lang:ja", []),
        ("grade:", ["grade:A1", "grade:B2"]),
        ("date:20", ["date:2025", "date:2024"]),
        ("kind:q", ["kind:quotation"]),
        ("used:", ["used:yes", "used:no"]),
        ("speaker:d", []),
        ("gal", []),
        ("galli", []),
        ('"pa', []),
        ("rare e", ["rare after:2026"]),
        ("x rare e", []),
        ("", []),
    ],
)
def test_what_may_be_meant(typed: str, offered: list[str]) -> None:
    assert _texts(typed) == offered


def test_what_stands_before_the_cursor_is_completed() -> None:
    assert _texts("par rare earth", 3) == ["partner:"]
    (found,) = completions("partner:chi rare", 11, _OFFERED)
    assert applied("partner:chi rare", found) == ("partner:CN rare", 11)


def test_a_field_is_left_open_and_a_value_is_ended() -> None:
    (field,) = completions("x par", 5, _OFFERED)
    assert applied("x par", field) == ("x partner:", 10)
    (value,) = completions("-partner:chi", 12, _OFFERED)
    assert applied("-partner:chi", value) == ("-partner:CN ", 12)


def test_a_saved_search_takes_the_place_of_all() -> None:
    (saved,) = completions("rare", 4, _OFFERED)
    assert (saved.name, applied("rare", saved)) == ("Rare earths, this year", ("rare after:2026", 15))
