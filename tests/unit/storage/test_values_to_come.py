"""Values that somebody looks for before anything has them: once something has, it is found, counted and sorted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from briefer.domain.dates import Basis, Dating
from briefer.domain.excerpts import Excerpt
from briefer.domain.queries import EVERYTHING, Field, Match, Node
from briefer.domain.results import Sort
from briefer.domain.sources import Source
from briefer.domain.tags import TagKind, parse_tag
from briefer.services.query_language import parse_query
from briefer.storage import facets as counting
from briefer.storage import hits, posting_writer
from tests.unit.factories import make_excerpt, make_snapshot, make_source, original
from tests.unit.storage.conftest import Shelf

LETTERS, FIGURES, PUBLISHERS, LANGUAGES = (
    "ABCDEF",
    "123456",
    ["Courier", "Q", "日報", None],
    ["en", "ja", "de", ""],
)
DATES = ["2024", "2025-03", "2025-03-05", "2026-01-31", None]
PLACES, RISKS = ["DE", "IN", "CN", "JP"], ["cyber", "tariffs", "supply-chain"]


def asked() -> list[str]:
    """Return a query for each value that there may ever be."""
    return [
        *(f"grade:{letter}" for letter in LETTERS),
        *(f"grade:{figure}" for figure in FIGURES),
        *(f"publisher:={name or ''}" for name in PUBLISHERS),
        *(f"lang:{tag or 'none'}" for tag in LANGUAGES),
        *(f"date:{date or 'none'}" for date in DATES),
        *(f"partner:{place}" for place in PLACES),
        *(f"partner:{place}/venue" for place in PLACES),
        *(f"risk:{risk}" for risk in RISKS),
        "kind:fact",
    ]


def dating(value: str | None) -> Dating:
    return Dating(value, value, Basis.EXPLICIT) if value else Dating()


class Library:
    """A library with the sources and excerpts that are in it."""

    def __init__(self, shelf: Shelf, draw: random.Random) -> None:
        self.shelf = shelf
        self.draw = draw
        self.sources: dict[str, Source] = {}
        self.excerpts: dict[str, Excerpt] = {}

    def add(self, work: Any, *, plain: bool = False) -> None:
        draw = self.draw
        source = make_source(
            *([] if plain else [draw.choice(DATES)]),
            publisher="Courier" if plain else draw.choice(PUBLISHERS),
            language="en" if plain else draw.choice(LANGUAGES),
            reliability="C" if plain else draw.choice(LETTERS),
        )
        snapshot = make_snapshot(source, "Chips.\n")
        excerpt = make_excerpt(snapshot, tags="partner:DE risk:cyber" if plain else "partner:IN/venue")
        work.sources.add(source, snapshot, original(snapshot.text))
        work.excerpts.add([excerpt])
        self.sources[source.id] = source
        self.excerpts[excerpt.id] = excerpt

    def change_source(self, work: Any) -> None:
        draw, source = self.draw, self.draw.choice(list(self.sources.values()))
        change: dict[str, Any] = draw.choice(
            [
                {"reliability": draw.choice(LETTERS)},
                {"publisher": draw.choice(PUBLISHERS)},
                {"language": draw.choice(LANGUAGES)},
                {"published": dating(draw.choice(DATES))},
            ]
        )
        self.sources[source.id] = replace(source, **change)
        work.sources.update(self.sources[source.id])

    def change_excerpt(self, work: Any) -> None:
        draw, excerpt = self.draw, self.draw.choice(list(self.excerpts.values()))
        tags = (f"partner:{draw.choice(PLACES)}{draw.choice(['', '/venue'])}", f"risk:{draw.choice(RISKS)}")
        change: dict[str, Any] = draw.choice(
            [{"credibility": draw.choice(FIGURES)}, {"tags": tuple(map(parse_tag, tags))}]
        )
        self.excerpts[excerpt.id] = replace(excerpt, **change)
        work.excerpts.update([self.excerpts[excerpt.id]])

    def remove(self, work: Any) -> None:
        if len(self.excerpts) > 3:
            id_ = self.draw.choice(sorted(self.excerpts))
            del self.excerpts[id_]
            work.excerpts.remove([id_])

    def changes(self) -> list[Callable[[Any], None]]:
        return [self.add, self.change_source, self.change_source, self.change_excerpt, self.remove]

    def facts(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for excerpt in self.excerpts.values():
            source = self.sources[excerpt.source_id]
            found["publisher", source.publisher or ""] += 1
            found["language", source.language] += 1
            found["grade", f"{source.reliability}{excerpt.credibility}"] += 1
            found["year", (source.published.value or "")[:4]] += 1
            for tag in excerpt.tags:
                found[tag.kind.value, tag.key] += 1
        return found

    def covered(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for excerpt in self.excerpts.values():
            risks = [tag.key for tag in excerpt.tags if tag.kind is TagKind.RISK]
            places = [tag for tag in excerpt.tags if tag.kind is TagKind.PARTNER and tag.role != "venue"]
            found.update((place.key, risk) for place in places for risk in risks)
        return found


def compare(library: Library) -> None:
    with library.shelf.library.read() as work:
        for sort in Sort:
            assert set(work.search.ids(EVERYTHING, sort)) == set(library.excerpts), sort
            page = work.search.page(EVERYTHING, limit=99, sort=sort)
            assert {hit.excerpt.id for hit in page.hits} == set(library.excerpts), sort
        told = work.search.facets(EVERYTHING)
        kinds = ("publisher", "language", "grade", "year", "partner", "risk")
        assert {
            (kind, value): n for kind in kinds for value, n in getattr(told, kind).items()
        } == library.facts()
        cells = work.search.coverage(EVERYTHING)
        assert {(cell.partner, cell.risk): cell.count for cell in cells} == library.covered()
        assert all(sum(month.count for month in cell.months) == cell.count for cell in cells)
        for partner in PLACES:
            bearing = {
                e.id for e in library.excerpts.values() if any(t.name == f"partner:{partner}" for t in e.tags)
            }
            assert set(work.search.ids(Match(Field.PARTNER, partner))) == bearing


@pytest.fixture(autouse=True, params=["by sets", "by columns"])
def _as_in_a_large_library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_FEW", 0 if request.param == "by sets" else 10_000)
    monkeypatch.setattr(hits, "_MOST_SORTED", 0)


@pytest.mark.parametrize("most_loose", [posting_writer.MOST_LOOSE, 2])
@pytest.mark.parametrize("seed", range(3))
def test_what_was_looked_for_before_it_was_there_is_counted_and_sorted_afterwards(
    shelf: Shelf, seed: int, most_loose: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting_writer.fold, "__defaults__", (most_loose,))
    library = Library(shelf, random.Random(seed))
    with shelf.library.write() as work:
        for _ in range(3):
            library.add(work, plain=True)
    queries = asked()
    for _ in range(15):
        compare(library)
        with shelf.library.read() as work:
            for query in library.draw.sample(queries, 12):
                work.search.page(parse_query(query), limit=1)
        with shelf.library.write() as work:
            library.draw.choice(library.changes())(work)
    compare(library)
    assert shelf.library.problems() == ()


@pytest.mark.parametrize(
    ("query", "change", "facet"),
    [
        ("grade:B", {"reliability": "B"}, ("grade", "B6")),
        ("date:none", {"published": Dating()}, ("year", "")),
        ("publisher:=Q", {"publisher": "Q"}, ("publisher", "Q")),
        ("lang:none", {"language": ""}, ("language", "")),
    ],
)
def test_a_value_is_counted_where_somebody_looked_for_it_in_vain(
    shelf: Shelf, query: str, change: dict[str, Any], facet: tuple[str, str]
) -> None:
    source, _ = shelf.source(reliability="C")
    wanted: Node = parse_query(query)
    with shelf.library.write() as work:
        work.excerpts.add([make_excerpt(work.sources.snapshots(source.id)[0])])
    with shelf.library.read() as work:
        work.search.facets(EVERYTHING)
        assert work.search.ids(wanted) == ()
    with shelf.library.write() as work:
        work.sources.update(replace(source, **change))
    with shelf.library.read() as work:
        (found,) = work.search.ids(wanted)
        assert getattr(work.search.facets(EVERYTHING), facet[0])[facet[1]] == 1
        for sort in Sort:
            assert [hit.excerpt.id for hit in work.search.page(EVERYTHING, limit=2, sort=sort).hits] == [
                found
            ]
