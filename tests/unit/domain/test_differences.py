from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain import differences as module
from briefer.domain.differences import Difference, DifferenceKind, differences

SAME, ADDED, REMOVED, CHANGED = DifferenceKind
FIRST = "Dock workers walked out on Monday, and forty ships lie at anchor."
SECOND = "The union wants the night shifts paid as agreed in spring."
THIRD = "Carmakers abroad have stocks for about three weeks."


def body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def kinds(old: str, new: str) -> list[DifferenceKind]:
    return [d.kind for d in differences(old, new)]


def pieces(difference: Difference) -> list[tuple[DifferenceKind, str]]:
    return [(p.kind, p.text) for p in difference.pieces]


def test_nothing_changed() -> None:
    told = differences(body(FIRST, SECOND), body(FIRST, SECOND))
    assert [pieces(d) for d in told] == [[(SAME, FIRST)], [(SAME, SECOND)]]
    assert differences("", "") == ()


def test_paragraphs_that_came_and_went() -> None:
    assert kinds(body(FIRST, SECOND), body(FIRST, SECOND, THIRD)) == [SAME, SAME, ADDED]
    assert kinds(body(FIRST, SECOND, THIRD), body(FIRST, THIRD)) == [SAME, REMOVED, SAME]
    assert kinds("", body(FIRST)) == [ADDED]
    assert kinds(body(FIRST), "") == [REMOVED]
    assert kinds(body(FIRST), body(THIRD)) == [REMOVED, ADDED]


def test_the_words_of_a_changed_paragraph() -> None:
    (told,) = differences(FIRST, FIRST.replace("forty", "some sixty"))
    assert told.kind is CHANGED
    assert pieces(told) == [
        (SAME, "Dock workers walked out on Monday, and "),
        (REMOVED, "forty"),
        (ADDED, "some sixty"),
        (SAME, " ships lie at anchor."),
    ]
    assert (told.old, told.new) == (FIRST, FIRST.replace("forty", "some sixty"))


def test_a_phrase_is_replaced_as_one() -> None:
    (told,) = differences(FIRST, FIRST.replace("walked out", "stopped work"))
    assert pieces(told)[1:3] == [(REMOVED, "walked out"), (ADDED, "stopped work")]


def test_words_put_in_at_both_sides_of_a_mark_keep_the_mark() -> None:
    (told,) = differences("One two three four, five six.", "One two three four now, then five six.")
    assert (told.old, told.new) == ("One two three four, five six.", "One two three four now, then five six.")


def test_japanese_is_compared_by_character() -> None:
    old = "海外の自動車会社の在庫は三週間分ほどだという。"
    (told,) = differences(old, old.replace("三", "四"))
    assert pieces(told)[1:3] == [(REMOVED, "三"), (ADDED, "四")]


def test_paragraphs_are_paired_in_order_and_by_likeness() -> None:
    old = body(FIRST, SECOND, THIRD)
    new = body(
        "Nothing like it was in here.",
        FIRST.replace("forty", "fifty"),
        THIRD.replace("three", "two"),
        "Nor this, which ends the text.",
    )
    assert kinds(old, new) == [ADDED, CHANGED, REMOVED, CHANGED, ADDED]


@pytest.mark.parametrize("limit", ["_MOST_PAIRS", "_MOST_CHARACTERS", "_MOST_TOKENS"])
def test_what_is_too_large_is_shown_as_replaced(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, limit, 1)
    old, new = body(FIRST, SECOND), body(FIRST.replace("forty", "fifty"), SECOND.replace("spring", "May"))
    told = differences(old, new)
    assert {p.kind for d in told for p in d.pieces} == {ADDED, REMOVED}
    assert restored(told) == (old, new)


def restored(told: tuple[Difference, ...]) -> tuple[str, str]:
    return body(*(d.old for d in told if d.old)), body(*(d.new for d in told if d.new))


WORDS = st.sampled_from(["a", "b, ", "c ", " ", ". ", "港", "d-", "。"])
BODIES = st.lists(st.lists(WORDS, min_size=1, max_size=6).map("".join), max_size=5).map("\n\n".join)


@given(BODIES, BODIES)
def test_both_states_can_be_read_from_it(old: str, new: str) -> None:
    told = differences(old, new)
    assert restored(told) == (old, new)
    for difference in told:
        assert all(p.text and p.kind is not CHANGED for p in difference.pieces)
        whole = {p.kind for p in difference.pieces}
        assert whole == {difference.kind} or difference.kind is CHANGED
