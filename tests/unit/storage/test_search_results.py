"""Pages, orders and counts of what is found, and how SQLite goes about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from briefer.domain.queries import EVERYTHING, And, Field, Match, Node, Or, Words
from briefer.domain.results import CoverageCell, Facets, Sort
from briefer.storage import SqliteLibrary, hits, ranking
from briefer.storage.hits import Hits
from tests.unit.factories import NOW, make_brief, make_excerpt, make_source, prose, quotation
from tests.unit.storage.conftest import Shelf

DE = Match(Field.PARTNER, "DE")


def dated(shelf: Shelf, published: str | None, minutes: int = 0, **changes: Any) -> str:
    source = make_source(published, **changes.pop("source", {}))
    return shelf.excerpt(source=source, created_at=NOW + timedelta(minutes=minutes), **changes).id


def test_newest_by_publication_then_by_making(shelf: Shelf) -> None:
    undated = dated(shelf, None, 9)
    old = dated(shelf, "2024-12-31", 5)
    year = dated(shelf, "2025", 4)
    month = dated(shelf, "2025-12", 3)
    early = dated(shelf, "2025-12-17", 1)
    late = dated(shelf, "2025-12-17", 2)
    with shelf.library.read() as work:
        assert work.search.ids(EVERYTHING) == (late, early, month, year, old, undated)
        assert work.search.ids(EVERYTHING, Sort.BEST) == work.search.ids(EVERYTHING)
        assert work.search.ids(Words("Germany")) == work.search.ids(EVERYTHING)


@pytest.mark.parametrize("few", [0, 2_000])
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("query", [EVERYTHING, Words("Germany"), DE, Or((DE, Words("Nowhere")))])
def test_pages_follow_each_other(
    shelf: Shelf, sort: Sort, query: Node, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits, "_FEW", few)
    _, snapshot = shelf.source()
    with shelf.library.write() as work:
        work.excerpts.add([make_excerpt(snapshot, tags="partner:DE partner:DE/venue") for _ in range(5)])
    shelf.excerpt(tags="partner:DE/venue")
    with shelf.library.read() as work:
        pages = [work.search.page(query, limit=2, offset=offset, sort=sort) for offset in (0, 2, 4, 6)]
        assert {page.total for page in pages} == {6}
        assert {page.sources for page in pages} == {2}
        assert [len(page.hits) for page in pages] == [2, 2, 2, 0]
        together = tuple(hit.excerpt.id for page in pages for hit in page.hits)
        assert together == work.search.ids(query, sort)
        assert work.search.facets(query).partner == {"DE": 6}


def test_a_hit_comes_with_its_source_and_use(shelf: Shelf) -> None:
    excerpt, other = shelf.excerpt(tags="partner:DE"), shelf.excerpt()
    with shelf.library.write() as work:
        work.briefs.put(make_brief(quotation(excerpt.id), prose(f"[@{excerpt.id}]")))
        work.briefs.put(make_brief(prose(f"[@{excerpt.id}]")))
        found = {hit.excerpt.id: hit for hit in work.search.page(EVERYTHING, limit=9).hits}
        assert found[excerpt.id].excerpt == excerpt
        assert found[excerpt.id].source == work.sources.get(excerpt.source_id)
        assert (found[excerpt.id].used_in, found[other.id].used_in) == (2, 0)


def test_nothing_in_an_empty_library(library: SqliteLibrary) -> None:
    with library.read() as work:
        for query in (EVERYTHING, Words("x"), DE):
            page = work.search.page(query, limit=5, sort=Sort.BEST)
            assert (page.total, page.sources, page.hits) == (0, 0, ())
            assert work.search.ids(query) == ()
            assert work.search.facets(query) == Facets()
            assert work.search.coverage(query) == ()
            assert work.search.sources(query, limit=5) == ()


def test_facets_count_excerpts_once(shelf: Shelf) -> None:
    shelf.excerpt(tags="partner:DE partner:DE/venue partner:FR/venue risk:cyber")
    shelf.excerpt(tags="partner:DE/source-of-risk partner:de theme:chips free:a free:b")
    shelf.excerpt()
    with shelf.library.read() as work:
        assert work.search.facets(EVERYTHING) == Facets(
            partner={"DE": 2, "FR": 1, "de": 1}, risk={"cyber": 1}, theme={"chips": 1}, free={"a": 1, "b": 1}
        )
        assert work.search.facets(Match(Field.THEME, "")).partner == {"DE": 1, "de": 1}


def test_coverage_leaves_the_venue_out(shelf: Shelf) -> None:
    dated(shelf, "2025-03", tags="partner:DE partner:CN/source-of-risk risk:cyber risk:energy")
    dated(shelf, "2025-11-02", tags="partner:FR/venue partner:DE/venue partner:DE/third-party risk:cyber")
    dated(shelf, None, tags="partner:JP risk:energy", comment="quiet")
    dated(shelf, "2025", tags="partner:JP theme:chips")
    with shelf.library.read() as work:
        assert work.search.coverage(EVERYTHING) == (
            CoverageCell("CN", "cyber", 1, "2025-03"),
            CoverageCell("CN", "energy", 1, "2025-03"),
            CoverageCell("DE", "cyber", 2, "2025-11-02"),
            CoverageCell("DE", "energy", 1, "2025-03"),
            CoverageCell("JP", "energy", 1, None),
        )
        assert work.search.coverage(Words("quiet")) == (CoverageCell("JP", "energy", 1, None),)


def test_best_prefers_what_fits_then_recent_and_well_graded(shelf: Shelf) -> None:
    text = "One of many things that were said about chips in the course of the long meeting.\n"
    same: dict[str, Any] = {"text": text}
    old = dated(shelf, "2015-06", source={"reliability": "A"}, credibility="1", **same)
    poor = dated(shelf, "2025-06", source={"reliability": "E"}, credibility="5", **same)
    good = dated(shelf, "2025-06", source={"reliability": "A"}, credibility="1", **same)
    undated = dated(shelf, None, source={"reliability": "E"}, credibility="5", **same)
    for _ in range(4):
        dated(shelf, "2025-12-31", text="Nothing of interest.\n")
    apt = dated(shelf, "2015-06", text="Chips.\n", source={"title": "Chips"})
    with shelf.library.read() as work:
        assert work.search.ids(Words("chips"), Sort.BEST) == (apt, good, poor, old, undated)
        either = Or((Words("chips"), Match(Field.AFTER, "2025-12-31")))
        assert work.search.ids(either, Sort.BEST)[:5] == (apt, good, poor, old, undated)
        assert len(work.search.ids(either, Sort.BEST)) == 9
        both = And((Words("chips"), Match(Field.AFTER, "2025")))
        assert work.search.ids(both, Sort.BEST) == (good, poor)


def test_what_is_outside_the_window_follows(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "WINDOW", 2)
    first, second, third, fourth = (dated(shelf, published) for published in ("2024", "2025", "2022", "2023"))
    with shelf.library.read() as work:
        assert work.search.ids(Words("Germany"), Sort.BEST) == (fourth, third, second, first)
        page = work.search.page(Words("Germany"), limit=2, offset=1, sort=Sort.BEST)
        assert [hit.excerpt.id for hit in page.hits] == [third, second]


def plan(work: Any, statement: Select[Any]) -> str:
    compiled = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    rows = work._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")
    return "\n".join(row[3] for row in rows)


def test_the_newest_page_comes_out_of_an_index(library: SqliteLibrary) -> None:
    with library.read() as work:
        everything = plan(work, Hits.of(work._connection, EVERYTHING).newest().limit(50))
        assert everything == "SCAN excerpts USING COVERING INDEX ix_excerpts_newest"
        many = Hits(work._connection, Hits.of(work._connection, DE).plan, 50_000)
        assert plan(work, many.newest().limit(50)).splitlines() == [
            "SCAN excerpts USING COVERING INDEX ix_excerpts_newest",
            "USING ROWID SEARCH ON TABLE hits FOR IN-OPERATOR",
        ]
        few = plan(work, Hits.of(work._connection, DE).newest().limit(50))
        assert few.splitlines()[0] == "SEARCH excerpts USING INTEGER PRIMARY KEY (rowid=?)"


@pytest.mark.parametrize(
    "query",
    [DE, And((DE, Match(Field.RISK, "cyber"))), And((Words("chips"), DE))],
    ids=["one", "two", "words"],
)
def test_tags_are_looked_up_in_an_index(shelf: Shelf, query: Node) -> None:
    shelf.excerpt(tags="partner:DE risk:cyber")
    with shelf.library.read() as work:
        found = plan(work, Hits.of(work._connection, query).plan.numbers())
    assert "COVERING INDEX ix_excerpt_tags_tag_number_excerpt_number_counts (tag_number=?" in found
    assert "SCAN excerpt" not in found.replace("SCAN excerpt_index VIRTUAL TABLE INDEX 0:M", "")
