"""Every text here is made up for these tests."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.anchoring import LEAST_LIKENESS, anchor, context
from briefer.domain.excerpts import Anchoring
from briefer.domain.sources import Reading, Segment, SegmentKind
from briefer.domain.spans import Span, find_quote, fold, quote_at

MENU = "Home | World | Business"
TITLE = "Harbour strike holds up lithium"
FIRST = "Dock workers in two northern harbours walked out on Monday, and forty ships lie at anchor."
SECOND = "“We will come back to the table when the night shifts are paid as agreed,” the union said."
THIRD = "Carmakers abroad have stocks for three weeks. The ministry declined to comment."
JAPANESE = "港湾当局は、荷役の再開時期を示していない。海外の自動車会社の在庫は三週間分ほどだという。"
OLD = (MENU, TITLE, FIRST, SECOND, THIRD, JAPANESE)


def article(*lines: str, furniture: tuple[str, ...] = (MENU,)) -> tuple[str, Reading]:
    """Return a text of those lines, and its reading: the first that is no furniture is the title."""
    segments: list[Segment] = []
    at = number = 0
    for line in lines:
        span = Span(at, at + len(line))
        at = span.end + 1
        if line in furniture:
            segments.append(Segment(span, SegmentKind.FURNITURE))
        elif all(s.kind is SegmentKind.FURNITURE for s in segments):
            segments.append(Segment(span, SegmentKind.TITLE))
        else:
            number += 1
            segments.append(Segment(span, SegmentKind.PARAGRAPH, number))
    return "\n".join(lines), Reading(tuple(segments))


def carried(quote: str, *lines: str, furniture: tuple[str, ...] = (MENU,)) -> tuple[Anchoring, str] | None:
    """Return how a quotation of the old article is found in another of those lines, and what stands there."""
    old = "\n".join(OLD)
    span = find_quote(old, quote)
    assert span is not None
    text, reading = article(*lines, furniture=furniture)
    found = anchor(quote_at(old, span), *context(old, span), text, reading)
    return (found.method, quote_at(text, found.span)) if found else None


def test_context_is_what_stands_around() -> None:
    assert context("abcdef", Span(2, 4)) == ("ab", "ef")
    before, after = context("x" * 100 + "here" + "y" * 100, Span(100, 104))
    assert (before, after) == ("x" * 60, "y" * 60)


@pytest.mark.parametrize(
    "quote", [TITLE, FIRST, SECOND, f"{FIRST} {SECOND}", "荷役の再開時期を示していない。"]
)
def test_the_same_words_are_found_wherever_they_went(quote: str) -> None:
    moved = ("Updated 3 hours ago", MENU, TITLE, JAPANESE, "A new lead.", FIRST, SECOND, THIRD)
    assert carried(quote, *moved, furniture=(MENU, "Updated 3 hours ago")) == (Anchoring.EXACT, quote)


def test_white_space_is_no_difference() -> None:
    wrapped = FIRST.replace(" northern", "\n  northern")
    assert carried(FIRST, MENU, TITLE, wrapped) == (Anchoring.EXACT, FIRST)
    broken = JAPANESE.replace("自動車", "自動\n車")
    assert carried(JAPANESE, TITLE, broken) == (Anchoring.EXACT, JAPANESE)


def test_of_several_places_the_one_with_its_surroundings() -> None:
    quote = "The ministry declined to comment."
    other = "Miners in the south went back to work. The ministry declined to comment."
    for lines in ((TITLE, other, THIRD), (TITLE, THIRD, other)):
        text, reading = article(*lines)
        old = "\n".join(OLD)
        span = find_quote(old, quote)
        assert span is not None
        found = anchor(quote, *context(old, span), text, reading)
        assert found is not None
        assert text[: found.span.start].endswith("three weeks. ")
        assert found.likeness == 1.0


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        (SECOND, SECOND.replace("“", '"').replace("”", '"').upper()),
        (JAPANESE, JAPANESE.replace("、", "､").replace("荷役", "荷 役")),
        (FIRST, FIRST.replace("northern", "north\u00adern")),
        ("Carmakers abroad have stocks for three weeks.", "CARMAKERS abroad have stocks for three weeks."),
    ],
    ids=["quotation marks and capitals", "width", "soft hyphen", "capitals"],
)
def test_the_same_letters_otherwise_written(quote: str, now: str) -> None:
    assert carried(quote, MENU, TITLE, "Before it.", now, "After it.") == (Anchoring.NORMALISED, fold(now))


def test_combined_characters_are_the_same_as_composed_ones() -> None:
    text, reading = article(TITLE, "Der Europa\u0308ische Rat tagte, und ﾊﾞｯﾃﾘｰ wurden knapp.")
    found = anchor("Der Europäische Rat tagte, und バッテリー wurden knapp.", "", "", text, reading)
    assert found is not None
    assert (found.method, text[found.span.start : found.span.end]) == (Anchoring.NORMALISED, text[32:])


@pytest.mark.parametrize(
    ("quote", "now", "found"),
    [
        (FIRST, FIRST.replace("forty", "some sixty"), FIRST.replace("forty", "some sixty")),
        (FIRST, f"On the coast, {FIRST} Others left.", FIRST),
        (
            FIRST,
            f"Late news: {FIRST.replace('walked out', 'stopped work')} More follows.",
            FIRST.replace("walked out", "stopped work"),
        ),
        (
            JAPANESE,
            f"続報。{JAPANESE.replace('三週間分', 'およそ四週間分')}以上。",
            JAPANESE.replace("三週間分", "およそ四週間分"),
        ),
    ],
    ids=["a number", "inside another paragraph", "a phrase", "Japanese"],
)
def test_nearly_the_same_words(quote: str, now: str, found: str) -> None:
    told = carried(quote, MENU, TITLE, "Nothing of it.", now, "Nor here, where the talk is of else.")
    assert told is not None
    method, words = told
    assert words == found
    assert method is (Anchoring.EXACT if found == quote else Anchoring.FUZZY)


def test_how_like_they_are_is_told() -> None:
    now = FIRST.replace("northern", "southern")
    text, reading = article(TITLE, now)
    found = anchor(FIRST, "", "", text, reading)
    assert found is not None
    assert LEAST_LIKENESS <= found.likeness < 1.0


def test_of_two_like_places_the_one_with_its_surroundings() -> None:
    now = FIRST.replace("forty", "fifty")
    text, reading = article(TITLE, "Elsewhere it began so.", now, THIRD, "Here as before.", now, SECOND)
    found = anchor(FIRST, "Here as before.", SECOND, text, reading)
    assert found is not None
    assert found.span.start == text.rindex(now)


def test_words_that_stand_everywhere_do_not_lead_astray() -> None:
    usual = "The ministry declined to comment on the harbour. "
    now = FIRST.replace("forty", "fifty")
    text, reading = article(TITLE, usual * 60, now, usual * 60)
    found = anchor(f"{FIRST} {usual}", "", "", text, reading)
    assert found is not None
    assert text[found.span.start :].startswith(now)


@pytest.mark.parametrize("quote", [FIRST, SECOND, JAPANESE, THIRD])
def test_what_is_gone_is_not_found(quote: str) -> None:
    others = (
        "Talks about the harbour went on all night, the mediators told reporters on Tuesday.",
        "電池材料を積んだ船は沖合で待機を続けており、荷主は別の港を探している。",
    )
    assert carried(quote, MENU, TITLE, *others) is None


def test_a_fact_that_was_turned_round_is_only_nearly_the_same() -> None:
    now = SECOND.replace("will come", "will not come")
    assert carried(SECOND, TITLE, now) == (Anchoring.FUZZY, now)


@pytest.mark.parametrize("kind", [SegmentKind.FURNITURE, SegmentKind.CAPTION, SegmentKind.EMBEDDED])
def test_never_outside_the_article(kind: SegmentKind) -> None:
    text, reading = article(MENU, TITLE, FIRST, THIRD)
    outside = Reading(tuple(replace(s, kind=kind) if s.number == 1 else s for s in reading.segments))
    for quote in (FIRST, FIRST.upper(), FIRST.replace("forty", "fifty"), f"{TITLE} {FIRST}"):
        assert anchor(quote, "", "", text, outside) is None
    assert anchor(THIRD, "", "", text, outside) is not None
    assert anchor(f"{FIRST} {THIRD}", "", "", text, reading) is not None
    assert anchor(f"{FIRST} {THIRD}", "", "", text, outside) is None


def test_a_passage_that_was_parted_is_not_found() -> None:
    assert carried(f"{FIRST} {SECOND}", TITLE, FIRST, MENU, SECOND) is None


def test_few_words_need_their_surroundings() -> None:
    assert carried("forty ships", TITLE, FIRST) == (Anchoring.EXACT, "forty ships")
    assert carried("forty ships", TITLE, "A navy of forty ships was what the kingdom had in 1588.") is None
    assert carried("forty ships", TITLE, FIRST.replace("forty", "Forty")) == (
        Anchoring.NORMALISED,
        "Forty ships",
    )
    assert carried("forty ships", TITLE, FIRST.replace("forty", "fourty")) is None


def test_whole_words_come_first() -> None:
    text, reading = article(TITLE, "The startling art of the smart party: art.")
    found = anchor("art", "The startling", "of the smart party", text, reading)
    assert found is not None
    assert found.span == Span(text.index(" art ") + 1, text.index(" art ") + 4)


@pytest.mark.parametrize("quote", ["", " \n", "\u200b"])
def test_nothing_is_nowhere(quote: str) -> None:
    assert anchor(quote, "", "", *article(TITLE, FIRST)) is None


def test_in_an_empty_article_nothing_is_found() -> None:
    assert anchor(FIRST, "", "", "", Reading()) is None
    assert anchor(FIRST, "", "", MENU, article(MENU)[1]) is None


@given(
    st.lists(st.text("ab あいＡ’ﾞ\u0301ß.", min_size=1, max_size=12), min_size=1, max_size=5),
    st.data(),
)
def test_what_stands_there_is_found_exactly(lines: list[str], data: st.DataObject) -> None:
    text, reading = article(*(line for line in lines if line.strip()))
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = quote_at(text, Span(start, end))
    found = anchor(quote, text[:start][-60:], text[end:][:60], text, reading)
    if found is not None:
        assert reading.at(found.span)
        assert found.method is not Anchoring.EXACT or quote_at(text, found.span) == quote
        assert 0.0 <= found.likeness <= 1.0
