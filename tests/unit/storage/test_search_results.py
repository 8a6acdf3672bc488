"""Pages, orders and counts of what is found, and how SQLite goes about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pyroaring import BitMap

from briefer.domain.dates import Dating
from briefer.domain.indexing import Texts
from briefer.domain.queries import EVERYTHING, And, Field, Match, Node, Or, Words, words_in
from briefer.domain.results import CoverageCell, Facets, Month, Sort
from briefer.errors import LibraryError
from briefer.storage import (
    SqliteLibrary,
    columns,
    facets,
    finding,
    hits,
    open_library,
    order,
    posting_writer,
    postings,
    ranking,
    search_index,
)
from briefer.storage.directly import rows
from briefer.storage.finding import Finder
from briefer.storage.postings import fresh
from tests.unit.factories import NOW, make_brief, make_excerpt, make_source, prose, quotation
from tests.unit.storage.conftest import Shelf

DE = Match(Field.PARTNER, "DE")


def dated(shelf: Shelf, published: str | None = "2025-06", minutes: int = 0, **changes: Any) -> str:
    source = make_source(published, **changes.pop("source", {}))
    return shelf.excerpt(source=source, created_at=NOW + timedelta(minutes=minutes), **changes).id


@pytest.mark.parametrize("most_sorted", [0, 200])
def test_newest_by_publication_then_by_making(
    shelf: Shelf, most_sorted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits, "_MOST_SORTED", most_sorted)
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


@pytest.mark.parametrize(("pass_by", "most_sorted"), [(0, 0), (10_000, 0), (10_000, 200)])
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("query", [EVERYTHING, Words("Germany"), DE, Or((DE, Words("Nowhere")))])
def test_pages_follow_each_other(
    shelf: Shelf, sort: Sort, query: Node, pass_by: int, most_sorted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits, "_PASS_BY", pass_by)
    monkeypatch.setattr(hits, "_MOST_SORTED", most_sorted)
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
        assert vars(found[excerpt.id].excerpt).keys() == vars(excerpt).keys()
        assert vars(found[excerpt.id].source).keys() == vars(work.sources.get(excerpt.source_id)).keys()
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
            partner={"DE": 2, "FR": 1},
            risk={"cyber": 1},
            theme={"chips": 1},
            free={"a": 1, "b": 1},
            publisher={"Example Times": 3},
            language={"en": 3},
            grade={"B6": 3},
            year={"2025": 3},
            used={"no": 3},
        )
        assert work.search.facets(Match(Field.THEME, "")).partner == {"DE": 1}


@pytest.mark.parametrize("few", [0, 40])
def test_names_that_differ_by_case_alone_are_counted_and_found_as_one(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(facets, "_FEW", few)
    shelf.excerpt("One.\n", tags="free:Chips free:chips", source=make_source(publisher="THE POST"))
    shelf.excerpt("Two.\n", tags="free:Chips free:ports", source=make_source(publisher="The Post"))
    shelf.excerpt("Three.\n", tags="free:chips", source=make_source(publisher="The Post"))
    shelf.excerpt("Four.\n", tags="free:chips", source=make_source(publisher="Other"))
    with shelf.library.read() as work:
        counts = work.search.facets(EVERYTHING)
        assert counts.free == {"chips": 4, "ports": 1}
        assert counts.publisher == {"The Post": 3, "Other": 1}
        assert work.search.page(Match(Field.FREE, "Chips"), limit=9).total == 4
        assert work.search.page(Match(Field.PUBLISHER, "=the post"), limit=9).total == 3
        assert work.search.facets(Match(Field.PUBLISHER, "=THE POST")).free == {"Chips": 3, "ports": 1}


def test_counts_are_of_what_is_there_when_they_are_asked_for(shelf: Shelf) -> None:
    """A window asks for a page first, and then for its counts: others may write in between, and so may it itself."""
    chips = Words("chips")
    first = shelf.excerpt("Chips.\n", tags="partner:DE")

    def asked() -> tuple[int, int | None, dict[str, int], dict[str, int]]:
        with shelf.library.read() as work:
            page = work.search.page(chips, limit=50, sort=Sort.BEST)
        with shelf.library.read() as work:
            counts = work.search.facets(chips)
        return page.total, page.sources, counts.partner, counts.used

    assert asked() == (1, 1, {"DE": 1}, {"no": 1})
    with shelf.library.read() as work:
        assert work.search.page(chips, limit=50, sort=Sort.BEST).total == 1
    second = shelf.excerpt("More chips.\n", tags="partner:FR")
    with shelf.library.read() as work:
        assert work.search.facets(chips).partner == {"DE": 1, "FR": 1}
    assert asked() == (2, 2, {"DE": 1, "FR": 1}, {"no": 2})
    with closing(open_library(shelf.library.path)) as other:
        with other.write() as work:
            work.excerpts.remove([first.id])
        with shelf.library.read() as work:
            assert work.search.facets(chips).partner == {"FR": 1}
        with other.write() as work:
            work.briefs.put(make_brief(quotation(second.id)))
    assert asked() == (1, 1, {"FR": 1}, {"yes": 1})
    with closing(sqlite3.connect(shelf.library.path)) as other_program:
        other_program.execute("DELETE FROM briefs")
        other_program.execute("DELETE FROM brief_excerpts")
        other_program.commit()
    assert asked() == (1, 1, {"FR": 1}, {"no": 1})


def test_coverage_leaves_the_venue_out(shelf: Shelf) -> None:
    dated(shelf, "2025-03", tags="partner:DE partner:CN/source-of-risk risk:cyber risk:energy")
    dated(shelf, "2025-11-02", tags="partner:FR/venue partner:DE/venue partner:DE/third-party risk:cyber")
    dated(shelf, None, tags="partner:JP risk:energy", comment="quiet")
    dated(shelf, "2025", tags="partner:JP theme:chips")
    with shelf.library.read() as work:
        assert work.search.coverage(EVERYTHING) == (
            CoverageCell("CN", "cyber", 1, "2025-03", (Month("2025-03", 1),)),
            CoverageCell("CN", "energy", 1, "2025-03", (Month("2025-03", 1),)),
            CoverageCell("DE", "cyber", 2, "2025-11-02", (Month("2025-03", 1), Month("2025-11", 1))),
            CoverageCell("DE", "energy", 1, "2025-03", (Month("2025-03", 1),)),
            CoverageCell("JP", "energy", 1, None, (Month("", 1),)),
        )
        assert work.search.coverage(Words("quiet")) == (
            CoverageCell("JP", "energy", 1, None, (Month("", 1),)),
        )


@pytest.fixture(params=["by the index", "by the texts"])
def _weighed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "by the texts":
        monkeypatch.setattr(finding, "_MOST_WEIGHED", 0)


@pytest.mark.usefixtures("_weighed")
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


@pytest.mark.usefixtures("_weighed")
def test_words_of_the_excerpt_itself_come_before_those_of_its_title(shelf: Shelf) -> None:
    titled: dict[str, Any] = {
        "source": {"title": "NATO defense industry at a turning point"},
        "published": "2025-06",
    }
    heading = dated(shelf, text="Watch the video\n", **titled)
    lead = dated(
        shelf,
        text=f"Officials of NATO met the defense industry in Oslo. {'They said little more. ' * 20}\n",
        **titled,
    )
    one = dated(
        shelf, text="The industry has to grow, said a spokesman in the evening of a long day.\n", **titled
    )
    newer = dated(shelf, "2026-01", text="What a defense ministry spends.\n", source={"title": "Budgets"})
    noted = dated(shelf, text="Nothing to see.\n", comment="the industry", **titled)
    words = [Words("NATO"), Words("defense"), Words("industry")]
    with shelf.library.read() as work:
        assert work.search.ids(And(tuple(words)), Sort.BEST) == (lead, one, noted, heading)
        assert work.search.ids(Or(tuple(words)), Sort.BEST) == (lead, one, newer, noted, heading)
        why = {hit.excerpt.id: str(hit.why) for hit in work.search.page(Or(tuple(words)), limit=9).hits}
    assert why[lead].startswith("matches 3 words, ")
    assert why[one].startswith("matches 3 words (2 only in the title), ")
    assert why[heading].startswith("matches 3 words, only in the title, ")
    assert why[noted].startswith("matches 3 words, only in the title, ")
    assert why[newer].startswith("matches 1 word of 3, ")


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"speaker": "Gallium Board"}, ", only in the speaker, "),
        ({"comment": "Gallium Board"}, ", only in the comment, "),
        ({"translation": "Gallium Board"}, ", only in the translation, "),
        ({"source": {"title": "A Gallium Board"}}, ", only in the title, "),
        ({"source": {"publisher": "Gallium Board"}}, ", only in the publisher, "),
        ({"source": {"container": "Gallium Board"}}, ", only in the publication, "),
        ({"speaker": "Gallium", "comment": "board"}, ", only beside the quotation, "),
        ({"text": "Of gallium.\n", "comment": "board"}, " (1 only in the comment), "),
        ({"text": "The Gallium Board.\n", "comment": "board"}, ", no"),
    ],
)
@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.BEST])
@pytest.mark.usefixtures("_weighed")
def test_it_is_told_which_field_has_the_words(
    shelf: Shelf, own: dict[str, Any], told: str, sort: Sort
) -> None:
    dated(shelf, None, **{"text": "Nothing to see.\n", **own})
    with shelf.library.read() as work:
        (hit,) = work.search.page(And((Words("gallium"), Words("board"))), limit=9, sort=sort).hits
        assert str(hit.why).startswith(f"matches 2 words{told}")
        if "Gallium Board" in own.values():
            (hit,) = work.search.page(Words("gallium board"), limit=9, sort=sort).hits
            assert str(hit.why).startswith(f"matches 1 word{told}")


@pytest.mark.usefixtures("_weighed")
def test_of_two_texts_that_have_a_word_the_one_that_is_about_it_comes_first(shelf: Shelf) -> None:
    about = dated(shelf, text="Gallium is short; without gallium no chips, say those who buy gallium.\n")
    titled = dated(shelf, text="The price of gallium rose again.\n", source={"title": "Gallium"})
    noted = dated(shelf, text="The price of gallium rose again.\n", comment="Ask about gallium.")
    once = dated(shelf, text="The price of gallium rose again.\n")
    long = dated(shelf, text=f"The price of gallium rose again. {'Others did not. ' * 40}\n")
    with shelf.library.read() as work:
        assert work.search.ids(Words("gallium"), Sort.BEST) == (about, titled, noted, once, long)


def test_words_with_sets_and_without_are_weighed_together(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting_writer, "_LEAST_TOTAL", 4)
    monkeypatch.setattr(posting_writer, "_FREQUENT_WORD", 0.5)
    common = [dated(shelf, "2020", text=f"Japan said it, for the {n}th time.\n") for n in range(4)]
    heading = dated(shelf, text="They say so.\n", source={"title": "Gallium"})
    both = dated(shelf, "2019", text="Japan buys gallium.\n")
    rare = dated(shelf, "2025", text="China sells gallium.\n")
    with shelf.library.write() as work:
        search_index.rebuild(work._connection)
    either = Or((Words("Japan"), Words("gallium")))
    with shelf.library.read() as work:
        assert "word:japan" in posting_writer.frequent(work._connection).keys
        assert "word:gallium" not in posting_writer.frequent(work._connection).keys
        assert work.search.ids(And(either.terms), Sort.BEST) == (both,)
        found = work.search.ids(either, Sort.BEST)
    assert (found[0], found[1], found[-1]) == (both, rare, heading)
    assert set(found[2:-1]) == set(common)


def test_where_the_index_cannot_weigh_the_texts_are_read(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise LibraryError("index-damaged", name="excerpt_index")

    monkeypatch.setattr(search_index.EXCERPTS, "fits", damaged)
    old, new = dated(shelf, "2015", text="Chips.\n"), dated(shelf, "2025", text="Chips.\n")
    with shelf.library.read() as work:
        page = work.search.page(Words("chips"), limit=9, sort=Sort.BEST)
    assert [hit.excerpt.id for hit in page.hits] == [new, old]
    assert page.scanned


def test_what_is_outside_the_window_follows(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "WINDOW", 2)
    first, second, third, fourth = (dated(shelf, published) for published in ("2024", "2025", "2022", "2023"))
    with shelf.library.read() as work:
        assert work.search.ids(Words("Germany"), Sort.BEST) == (second, first, fourth, third)
        page = work.search.page(Words("Germany"), limit=2, offset=1, sort=Sort.BEST)
        assert [hit.excerpt.id for hit in page.hits] == [first, fourth]


def test_the_newest_are_the_same_in_order_and_out_of_it(shelf: Shelf) -> None:
    for published in ("2025-03-01", "2025-03-02", "2025-03", "2025-02-28", "2025", None, "2024-12-31"):
        for minutes in (5, 0):
            dated(shelf, published, minutes)
    with shelf.library.read() as work:
        finder = Finder(work._connection, fresh(work._connection))
        found = hits.Hits.of(work._connection, finder, Words("Germany"))
        for some in (found.numbers, BitMap(list(found.numbers)[::3])):
            for limit in range(1, 16):
                assert set(found.newest_among(some, limit)) == set(found.newest(limit, among=some))


def counted(work: Any, query: Node = EVERYTHING) -> None:
    """Ask for counts as often as it takes to have columns made."""
    for _ in range(2):
        work.search.facets(query)


def finding_in(work: Any) -> Finder:
    return Finder(work._connection, work.search._postings())


def listings(work: Any) -> list[Any]:
    """Return what all ways of listing give, of which some are read from columns where there are any."""
    queries = (EVERYTHING, Words("Germany"), Words("chips"), And((Words("chips"), Words("Germany"))), DE)
    return [
        (page.total, page.sources, [(hit.excerpt.id, hit.why) for hit in page.hits])
        for query in queries
        for sort in Sort
        for page in (
            work.search.page(query, limit=limit, offset=at, sort=sort) for limit, at in ((3, 0), (9, 2))
        )
    ] + [work.search.facets(query) for query in queries]


@pytest.mark.parametrize("most_sorted", [0, 20_000])
def test_the_order_in_memory_is_that_of_the_file(
    shelf: Shelf, most_sorted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits, "_MOST_SORTED_IN_MEMORY", most_sorted)
    for number, published in enumerate(("2025-03-01", "2025-03", "2025-02-28", "2025", None, "2025-03-01")):
        for minutes in (5, 0):
            dated(shelf, published, minutes, text=f"Germany {'chips ' * (number % 3)}.\n")
    with shelf.library.read() as work:
        before = listings(work)
    with shelf.library.read() as work:
        counted(work)
        finder = finding_in(work)
        every = finder.every()
        kept = finder.order(every)
        assert kept is not None
        found = hits.Hits.of(work._connection, finder, Words("Germany"))
        without = hits.Hits.of(
            work._connection, Finder(work._connection, fresh(work._connection)), EVERYTHING
        )
        for some in (every, BitMap(list(every)[::3])):
            assert kept.dates(some) == sorted(without.dates(some))
            for limit in range(1, 14):
                assert found.newest(limit, 1, among=some) == without.newest(limit, 1, among=some)
                assert found.newest_among(some, limit) == without.newest_among(some, limit)
        assert listings(work) == before


def test_columns_are_in_step_with_what_changes(shelf: Shelf) -> None:
    """Whether by this connection or another: what is listed is what a library that was just opened lists."""
    given = [
        dated(shelf, f"2025-03-0{day}", text="Germany chips.\n", tags="partner:DE") for day in range(1, 7)
    ]

    def as_opened_now() -> list[Any]:
        with closing(open_library(shelf.library.path)) as other, other.read() as work:
            return listings(work)

    with shelf.library.read() as work:
        counted(work)
        first = work.excerpts.get(given[0])
        source = work.sources.get(first.source_id) if first else None
    assert source is not None
    changes: list[Callable[[Any], None]] = [
        lambda work: work.sources.update(replace(source, published=Dating("2025-03-28"))),
        lambda work: work.excerpts.remove([given[5]]),
        lambda work: work.excerpts.update([replace(work.excerpts.get(given[1]), comment="Chips again.")]),
        lambda work: work.sources.remove(work.excerpts.get(given[2]).source_id),
    ]
    with closing(open_library(shelf.library.path)) as other:
        for change, by in zip(changes, (shelf.library, other) * 2, strict=True):
            with by.write() as work:
                change(work)
            with shelf.library.read() as work:
                assert finding_in(work).order(BitMap()) is not None
                assert listings(work) == as_opened_now()
    dated(shelf, "2025-03-05", text="Germany chips.\n")
    with shelf.library.read() as work:
        finder = finding_in(work)
        assert finder.order(finder.every()) is None
        assert listings(work) == as_opened_now()


def test_columns_are_made_anew_when_much_has_changed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_MOST_SINCE", 1)
    dated(shelf, "2025-03")
    with shelf.library.read() as work:
        counted(work)
    for number in (1, 2):
        dated(shelf, f"2025-0{number}")
        with shelf.library.read() as work:
            assert (finding_in(work).order(BitMap()) is None) is (number == 2)
    with shelf.library.read() as work:
        work.search.facets(EVERYTHING)
        finder = finding_in(work)
        assert finder.order(finder.every()) is not None


def test_columns_of_a_large_library_are_made_before_they_are_asked_for(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    dated(shelf)
    for least, made in ((2, False), (1, True), (1, True)):
        monkeypatch.setattr(postings, "_LARGE", least)
        with shelf.library.read() as work:
            work.search.prepare()
            finder = finding_in(work)
            assert (finder.order(finder.every()) is not None) is made
            assert work.search.facets(EVERYTHING).year == {"2025": 1}


def test_what_a_column_has_no_place_for_is_counted(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_WIDTH", 3)
    monkeypatch.setattr(facets, "_FEW", 0)
    shelf.excerpt(tags="partner:DE partner:FR/venue risk:cyber free:a free:b")
    shelf.excerpt(tags="partner:DE free:b")
    shelf.excerpt()
    with shelf.library.read() as work:
        once = work.search.facets(EVERYTHING)
    monkeypatch.setattr(facets, "_FEW", 40)
    with shelf.library.read() as work:
        counted(work)
        assert work.search.facets(EVERYTHING) == once
        assert once.free == {"a": 1, "b": 2}


def test_the_order_is_read_from_an_index_alone(shelf: Shelf) -> None:
    dated(shelf)
    with shelf.library.read() as work:
        plan = planned(work, lambda: rows(work._connection, order.STATEMENT))
    assert plan == "SCAN excerpts USING COVERING INDEX ix_excerpts_newest"


def test_by_grade_and_by_source(shelf: Shelf) -> None:
    def one(reliability: str, credibility: str, publisher: str | None, published: str = "2025-01") -> str:
        facts = {"reliability": reliability, "publisher": publisher}
        return dated(shelf, published, source=facts, credibility=credibility)

    unknown = one("F", "6", None)
    good, better = one("B", "2", "Alpha"), one("B", "1", "beta")
    late, best = one("B", "2", "Alpha", "2025-02"), one("A", "5", "gamma")
    with shelf.library.read() as work:
        assert work.search.ids(EVERYTHING, Sort.GRADE) == (best, better, late, good, unknown)
        assert work.search.ids(EVERYTHING, Sort.SOURCE) == (late, good, better, best, unknown)


def test_a_hit_tells_why_it_stands_there(shelf: Shelf) -> None:
    dated(shelf, "2025-03-05", text="Nothing of interest.\n")
    dated(shelf, "2025-03-01", text="Chips and cables and chips.\n", credibility="2")
    dated(shelf, "2020", text="Only cables.\n")
    dated(shelf, None, text="Only cables too.\n")
    either = Or((Words("chips"), Words("cab", prefix=True), Words("Kabel")))
    with shelf.library.read() as work:
        for sort in Sort:
            why = [str(hit.why) for hit in work.search.page(either, limit=9, sort=sort).hits]
            assert sorted(why) == [
                "matches 1 word of 3, 5 years old, B6",
                "matches 1 word of 3, no date, B6",
                "matches 2 words of 3, 4 days old, B2",
            ]
        everything = work.search.page(EVERYTHING, limit=1).hits
        assert str(everything[0].why) == "0 days old, B6"


def planned(work: Any, ask: Callable[[], object]) -> str:
    """Return the plans of all statements that ``ask`` runs."""
    driver = work._connection.connection.driver_connection
    statements: list[str] = []
    driver.set_trace_callback(statements.append)
    try:
        ask()
    finally:
        driver.set_trace_callback(None)
    asked = [statement for statement in statements if statement.lstrip().startswith("SELECT")]
    return "\n".join(row[3] for one in asked for row in driver.execute(f"EXPLAIN QUERY PLAN {one}"))


QUERIES = [EVERYTHING, DE, Words("chips"), And((DE, Match(Field.RISK, "cyber"))), And((Words("chips"), DE))]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("pass_by", [0, 10_000])
def test_no_page_reads_the_excerpts_through(
    shelf: Shelf, query: Node, sort: Sort, pass_by: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits, "_PASS_BY", pass_by)
    monkeypatch.setattr(hits, "_MOST_SORTED", 0)
    shelf.excerpt(tags="partner:DE risk:cyber", text="Chips.\n")
    with shelf.library.read() as work:
        plans = planned(work, lambda: work.search.page(query, limit=50, sort=sort))
        plans += planned(work, lambda: work.search.facets(query))
        monkeypatch.setattr(facets, "_FEW", 0)
        plans += planned(work, lambda: work.search.facets(query))
    for looked_up in (
        "SEARCH e USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH t USING PRIMARY KEY (excerpt_number=?)",
        "SEARCH snapshot USING COVERING INDEX ix_snapshots_digest (id=?)",
        "SEARCH b USING COVERING INDEX ix_brief_excerpts_excerpt_id (excerpt_id=?)",
    ):
        assert looked_up in plans
    for name in ("e", "s", "t", "b", "snapshot", "excerpts", "sources", "snapshots"):
        assert f"SCAN {name}\n" not in f"{plans}\n"
    ranked = sort is Sort.BEST and any(words_in(query))
    assert "SEARCH e USING COVERING INDEX ix_excerpts_dates (number=?)" in plans
    assert ("ix_excerpts_newest (published" in plans) is (pass_by == 0 and not ranked)


def test_coverage_reads_only_the_newest_excerpts(shelf: Shelf) -> None:
    shelf.excerpt(tags="partner:DE risk:cyber")
    with shelf.library.read() as work:
        plans = planned(work, lambda: work.search.coverage(EVERYTHING))
    assert "SEARCH excerpt USING INTEGER PRIMARY KEY (rowid=?)" in plans
    assert "SCAN excerpt" not in plans


def test_words_are_looked_up_in_the_index_once(shelf: Shelf) -> None:
    shelf.excerpt(text="Chips.\n")
    with shelf.library.read() as work:
        both = And((Words("chips"), Words("cables"), Words("rare earths")))
        plans = planned(work, lambda: Finder(work._connection, fresh(work._connection)).find(both))
    assert plans.count("SCAN excerpt_index VIRTUAL TABLE INDEX 0:M5") == 1


def test_pairs_of_the_hottest_words_have_sets_however_rare(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting_writer, "_LEAST_TOTAL", 4)
    monkeypatch.setattr(posting_writer, "_FREQUENT_PAIR", 0.5)
    for _ in range(5):
        shelf.excerpt("Ports open gates; rarely others.\n")
    rare = shelf.excerpt("Gates ports and one.\n")
    shelf.library.repair()
    assert shelf.library.problems() == ()
    with shelf.library.read() as work:
        frequent = fresh(work._connection).frequent
        assert "pair:gates ports" in frequent
        assert "pair:ports open" in frequent
        assert work.search.ids(Words("gates ports")) == (rare.id,)
    monkeypatch.setattr(posting_writer, "_MOST_HOT", 0)
    with shelf.library.read() as work:
        texts = search_index.sample_texts(work._connection)
    assert "pair:gates ports" not in posting_writer._frequent_among(texts)


def test_pairs_of_hot_words_that_stand_nowhere_have_sets_too() -> None:
    found = {
        key for key in posting_writer._frequent_among([("a b 日本 本国 国",)]) if key.startswith("pair:")
    }
    assert {"pair:b a", "pair:a a", "pair:本国 国"} <= found
    assert not {"pair:a 日本", "pair:本国 日本", "pair:国 日本"} & found


def test_words_at_the_bound_are_chosen_the_first_time_only() -> None:
    often = {"ports": 4, "cables": 6, "other": 390}
    texts: list[Texts] = [(word,) for word, count in often.items() for _ in range(count)]
    first, again = (posting_writer._frequent_among(texts, clearly) for clearly in (1, 1.25))
    assert {"word:ports", "word:cables"} <= first
    assert "word:ports" not in again
    assert "word:cables" in again
