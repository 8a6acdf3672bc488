"""The tags of many excerpts, taken back by what the record keeps of their changes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.ids import new_id
from briefer.domain.retagged import Earlier, kept

IDS = [new_id() for _ in range(5)]
TAGS = st.frozensets(st.sampled_from(["partner:IN", "partner:CN/source-of-risk", "risk:cyber", "free:a/b"]))
STATES = st.lists(st.fixed_dictionaries(dict.fromkeys(IDS, TAGS)), min_size=1, max_size=5)


@given(STATES, st.booleans())
def test_changes_taken_back_lead_to_the_tags_before_them(
    states: list[dict[str, frozenset[str]]], together: bool
) -> None:
    earlier = Earlier(states[-1])
    for before, after in reversed(list(pairwise(states))):
        if together:
            earlier.many(kept((i, before[i], after[i]) for i in IDS))
        else:
            for excerpt_id in IDS:
                earlier.one(excerpt_id, before[excerpt_id])
    assert earlier.tags == states[0]


def test_what_concerns_others_or_cannot_be_read_changes_nothing() -> None:
    earlier = Earlier({IDS[0]: ["risk:cyber"]})
    earlier.one(IDS[1], ["free:x"])
    earlier.many(kept([(IDS[2], ["risk:cyber"], [])]))
    odd: Any = {"added/risk:cyber": 7, "removed/free:x": "not base64", "source/1": "ab"}
    earlier.many(odd)
    assert earlier.tags == {IDS[0]: {"risk:cyber"}}


def test_a_thousand_excerpts_take_little_room() -> None:
    ids = [new_id() for _ in range(1000)]
    entry = kept((i, [], ["partner:IN"]) for i in ids)
    assert list(entry) == ["added/partner:IN"]
    assert len(entry["added/partner:IN"]) < 22 * len(ids)
