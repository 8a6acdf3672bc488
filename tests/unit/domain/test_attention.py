from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from briefer.domain.attention import (
    _CEILINGS,
    FIELDS,
    Attention,
    Concern,
    ReadingFacts,
    attention,
    rank,
    reading_facts,
)
from briefer.domain.dates import Basis, Dating
from briefer.domain.sources import How, Known, Reading, Segment, SegmentKind
from briefer.domain.spans import Span
from tests.unit.factories import make_reading, make_snapshot, make_source

_READ = ReadingFacts(paragraphs=9, body=3000, aside=500)


def _concerns(facts: ReadingFacts = _READ, **changes: Any) -> tuple[Concern, ...]:
    return attention(make_source(**changes), facts).concerns


def test_a_source_with_stated_facts_needs_nothing() -> None:
    known = {"title": Known(How.STATED, 0.97, "og:title"), "published": Known(How.STATED, 0.99, "JSON-LD")}
    assert attention(make_source(known=known), _READ) == Attention((), 0.97)


def test_a_missing_date_and_a_missing_publisher_are_told_in_their_fields() -> None:
    seen = attention(make_source(published=None, publisher=None), _READ)
    assert seen.concerns == (Concern.NO_DATE, Concern.NO_PUBLISHER)
    assert seen.fields == ("published", "publisher")
    assert seen.confidence == 0.3


@pytest.mark.parametrize("basis", [Basis.RELATIVE, Basis.INFERRED])
def test_a_date_that_is_not_written_out_is_inferred(basis: Basis) -> None:
    source = replace(make_source(), published=Dating("2025-12-17", "13 hours ago", basis))
    assert attention(source, _READ).concerns == (Concern.DATE_INFERRED,)


@pytest.mark.parametrize(
    ("known", "guessed"),
    [
        (Known(How.INFERRED, 0.9, "longest line"), True),
        (Known(How.WRITTEN, 0.5, "line 3"), True),
        (Known(How.WRITTEN, 0.9, "line 3"), False),
        (Known(How.PERSON, 1.0), False),
        (Known(How.UNKNOWN, 0.0), False),
    ],
)
def test_a_title_is_guessed_by_how_it_became_known(known: Known, guessed: bool) -> None:
    assert (Concern.TITLE_GUESSED in _concerns(known={"title": known})) is guessed


def test_an_empty_title_is_a_guess_whoever_left_it() -> None:
    assert _concerns(title=" ") == (Concern.TITLE_GUESSED,)


def test_what_a_person_entered_or_took_out_is_settled() -> None:
    said = Known(How.PERSON, 1.0)
    known = {"published": said, "publisher": said, "title": said}
    assert _concerns(published=None, publisher=None, known=known) == ()
    source = replace(make_source(known=known), published=Dating("2025", None, Basis.INFERRED))
    assert attention(source, _READ) == Attention((), 1.0)


def test_a_doubtful_date_is_inferred_even_if_it_is_explicit() -> None:
    assert _concerns(known={"published": Known(How.WRITTEN, 0.4)}) == (Concern.DATE_INFERRED,)


def test_a_date_that_may_be_two_days_is_missing_rather_than_doubtful() -> None:
    source = replace(
        make_source(None, known={"published": Known(How.WRITTEN, 0.1)}),
        published=Dating(None, "03/04/2025", Basis.UNKNOWN),
    )
    assert attention(source, _READ) == Attention((Concern.NO_DATE,), 0.3)


def test_text_that_cannot_be_read_comes_before_everything() -> None:
    seen = attention(make_source(published=None), ReadingFacts(unreadable="a scan"))
    assert seen.concerns == (Concern.NO_TEXT, Concern.NO_DATE)
    assert seen.confidence == 0.0
    assert _concerns(ReadingFacts(aside=80)) == (Concern.NO_BODY,)


def test_text_typed_in_for_a_scan_is_text() -> None:
    assert _concerns(ReadingFacts(paragraphs=2, body=300, unreadable="a scan")) == ()


def test_a_doubtful_lead_a_shared_story_and_a_machine_author_are_told() -> None:
    facts = ReadingFacts(paragraphs=9, body=3000, doubts=1)
    found = _concerns(facts, story="s", flags=("AI-written",))
    assert found == (Concern.FOREIGN_LEAD, Concern.AI_WRITTEN, Concern.SAME_STORY)
    assert not set(found) & set(FIELDS)


def test_much_furniture_counts_only_beside_little_text() -> None:
    assert _concerns(ReadingFacts(paragraphs=2, body=200, aside=9000)) == (Concern.MUCH_FURNITURE,)
    assert _concerns(ReadingFacts(paragraphs=20, body=5000, aside=90000)) == ()
    assert _concerns(ReadingFacts(paragraphs=2, body=200, aside=300)) == ()


def test_the_least_sure_comes_first_then_the_one_with_more_to_do() -> None:
    sure, two, one = (
        make_source(title="c"),
        make_source(None, title="b", publisher=None),
        make_source(None, title="a"),
    )
    keyed = sorted((sure, two, one), key=lambda s: rank(s, attention(s, _READ)))
    assert [s.title for s in keyed] == ["b", "a", "c"]


def test_facts_are_counted_from_the_reading() -> None:
    source = make_source()
    facts = reading_facts(make_snapshot(source))
    assert facts.paragraphs == sum(1 for _ in make_reading().body()) > 0
    assert 0 < facts.share_aside < 1
    assert facts.body > facts.aside > 0
    assert ReadingFacts().share_aside == 0.0
    doubted = Reading(
        (
            Segment(Span(0, 4), SegmentKind.PARAGRAPH, 1, doubt="another article"),
            Segment(Span(5, 9), SegmentKind.EMBEDDED),
        )
    )
    facts = reading_facts(make_snapshot(source, text="Lead\nmore", reading=doubted, unreadable="a scan"))
    assert (facts.doubts, facts.aside, facts.unreadable) == (1, 4, "a scan")


def test_the_gravest_concern_leaves_the_least_trust() -> None:
    assert list(_CEILINGS) == list(Concern)
    assert sorted(_CEILINGS.values()) == list(_CEILINGS.values())
