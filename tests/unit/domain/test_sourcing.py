from __future__ import annotations

from dataclasses import replace

from briefer.domain.dates import Basis, Dating
from briefer.domain.excerpts import Excerpt
from briefer.domain.sources import Source
from briefer.domain.sourcing import sourcing
from tests.unit.factories import make_excerpt, make_snapshot, make_source


def cited(source: Source, *quotes: str, credibility: str = "6") -> list[Excerpt]:
    snapshot = make_snapshot(source)
    return [make_excerpt(snapshot, quote, credibility=credibility) for quote in quotes]


def test_a_story_counts_as_one_origin() -> None:
    one, other = make_source(story="s"), make_source(story="s", publisher="Second Post")
    alone = make_source(publisher=None)
    excerpts = [e for s in (one, other, alone) for e in cited(s, "Officials in Berlin")]
    found = sourcing(excerpts, {s.id: s for s in (one, other, alone)})
    assert (found.excerpts, found.sources, found.origins, found.publishers) == (3, 3, 2, 2)
    assert found.important == ()


def test_what_was_taken_from_one_text_counts_as_one_origin_without_a_story() -> None:
    told = "Officials in Berlin will widen export controls on machine tools before the spring, and will ask partners to follow them within the year."
    sources = [
        make_source(publisher="Morning Post"),
        make_source(publisher="Evening Post"),
        make_source(publisher="Far Post", wire="Harbour Wire"),
        make_source(publisher="Near Post", wire="Harbour Wire"),
    ]
    words = [told, f"Berlin: {told}", "Other words.", "And others."]
    excerpts = [
        make_excerpt(make_snapshot(source, text=quote), quote)
        for source, quote in zip(sources, words, strict=True)
    ]
    assert sourcing(excerpts, {s.id: s for s in sources}).origins == 2
    heard = [replace(excerpt, speaker="Asha Menon") for excerpt in excerpts[:2]]
    assert sourcing(heard, {s.id: s for s in sources}).origins == 2, "both heard her"


def test_grades_dates_and_warnings_are_counted() -> None:
    dated = make_source(reliability="A")
    undated = make_source(None, reliability="F", flags=("withdrawn",))
    guessed = replace(make_source(reliability="C"), published=Dating("2025", None, Basis.INFERRED))
    excerpts = cited(dated, "Officials in Berlin", credibility="1")
    excerpts += cited(dated, "Germany will widen", credibility="2")
    excerpts += cited(undated, "Officials in Berlin", credibility="3")
    excerpts += cited(guessed, "Officials in Berlin")
    found = sourcing(excerpts, {s.id: s for s in (dated, undated, guessed)})
    assert (found.reliable, found.unjudged, found.confirmed) == (1, 1, 2)
    assert (found.undated, found.inferred, found.flagged) == (1, 1, 1)
    assert found.important == (dated.id,)


def test_nothing_cited_is_nothing_counted() -> None:
    found = sourcing([], {})
    assert (found.sources, found.origins, found.important) == (0, 0, ())
