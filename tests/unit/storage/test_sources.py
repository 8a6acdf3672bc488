from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefer.domain.dates import Basis, Dating
from briefer.domain.queries import Field, Match, Words
from briefer.domain.sources import Embedded, How, Known, Reading, Segment, SegmentKind, Source
from briefer.domain.spans import Span
from briefer.storage import SqliteLibrary
from tests.unit.factories import NOW, TEXT, make_excerpt, make_reading, make_snapshot, make_source, original
from tests.unit.storage.conftest import Shelf

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DATINGS = st.builds(
    Dating,
    st.sampled_from([None, "2025", "2025-12", "2025-12-17"]),
    st.none() | TEXTS,
    st.sampled_from(Basis),
    st.sampled_from([None, "2025-12-18"]),
)
SOURCES = st.builds(
    make_source,
    title=TEXTS,
    kind=st.sampled_from(["report", "webpage"]),
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    publisher=st.none() | TEXTS,
    container=st.none() | TEXTS,
    event=DATINGS,
    accessed=st.none() | TEXTS,
    url=st.none() | TEXTS,
    language=TEXTS,
    reliability=st.sampled_from("ABCDEF"),
    marking=st.none() | TEXTS,
    flags=st.lists(TEXTS, max_size=2).map(tuple),
    genre=TEXTS,
    wire=st.none() | TEXTS,
    rights=st.none() | TEXTS,
    known=st.dictionaries(TEXTS, st.builds(Known, st.sampled_from(How), st.floats(0, 1), TEXTS), max_size=2),
    story=st.none() | TEXTS,
    accepted=st.booleans(),
    extra=st.dictionaries(TEXTS, TEXTS | st.integers(0, 9) | st.booleans() | st.none(), max_size=2),
)


def stored(source: Source, snapshot_id: str, sha256: str) -> Source:
    return replace(source, snapshot_id=snapshot_id, sha256=sha256)


@given(SOURCES, DATINGS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_field_comes_back(library: SqliteLibrary, source: Source, published: Dating) -> None:
    source = replace(source, published=published)
    snapshot = make_snapshot(source)
    with library.write() as work:
        work.sources.add(source, snapshot, original())
    with library.read() as work:
        assert work.sources.get(source.id) == stored(source, snapshot.id, snapshot.sha256)
        assert work.sources.snapshot(source.id) == snapshot
        assert work.sources.original(snapshot.id) == original()


def test_a_reading_with_everything_comes_back(library: SqliteLibrary) -> None:
    segment = Segment(Span(0, 4), SegmentKind.EMBEDDED, why="lead", doubt="two datelines")
    embedded = Embedded(Span(0, 4), "Other", "Times", Dating("2025", "last year", Basis.RELATIVE))
    source = make_source()
    snapshot = make_snapshot(source, reading=Reading((segment,), (embedded,)))
    with library.write() as work:
        work.sources.add(source, snapshot, original())
        assert work.sources.snapshot(source.id) == snapshot


def test_what_is_not_there(library: SqliteLibrary) -> None:
    with library.write() as work:
        assert work.sources.get("none") is None
        assert work.sources.get_many([]) == {}
        assert work.sources.by_sha256("none") is None
        assert work.sources.snapshot("none") is None
        work.sources.remove("none")
        for call in (
            lambda: work.sources.original("none"),
            lambda: work.sources.update(make_source()),
            lambda: work.sources.update_reading("none", Reading()),
        ):
            with pytest.raises(LookupError):
                call()


def test_latest_import_first(shelf: Shelf) -> None:
    old, _ = shelf.source(created_at=NOW - timedelta(days=1))
    new, _ = shelf.source(created_at=NOW)
    same, _ = shelf.source(created_at=NOW)
    with shelf.library.read() as work:
        assert [s.id for s in work.sources.all()] == [same.id, new.id, old.id]
        assert set(work.sources.get_many([old.id, "none", new.id])) == {old.id, new.id}


def test_many_ids_at_once(shelf: Shelf) -> None:
    source, _ = shelf.source()
    with shelf.library.read() as work:
        assert list(work.sources.get_many([*map(str, range(40_000)), source.id])) == [source.id]


def test_found_by_its_bytes(shelf: Shelf) -> None:
    first, snapshot = shelf.source()
    shelf.source()
    shelf.source("Another\nText of its own\n")
    with shelf.library.read() as work:
        found = work.sources.by_sha256(snapshot.sha256)
    assert found is not None
    assert found.id == first.id


def test_bytes_go_with_their_last_source(shelf: Shelf) -> None:
    first, _ = shelf.source()
    second, two = shelf.source()
    with shelf.library.write() as work:
        work.sources.remove(first.id)
        assert work.sources.original(two.id) == original()
        work.sources.remove(second.id)
        assert work._connection.exec_driver_sql("SELECT count(*) FROM blobs").scalar() == 0
        assert work.sources.snapshot(first.id) is None
    assert shelf.library.problems() == ()


def test_a_source_that_goes_takes_its_excerpts_out_of_the_search(shelf: Shelf) -> None:
    source, snapshot = shelf.source()
    kept = shelf.excerpt()
    gone = make_excerpt(snapshot, tags="partner:DE risk:cyber")
    with shelf.library.write() as work:
        work.excerpts.add([gone])
        work.sources.remove(source.id)
    with shelf.library.write() as work:
        assert work.excerpts.get(gone.id) is None
        assert work.search.ids(Words("Germany")) == (kept.id,)
        assert [hit.source.id for hit in work.search.sources(Words("Berlin"), limit=9)] == [kept.source_id]
        work.sources.add(source, snapshot, original())
        work.excerpts.add([gone])
        assert work.excerpts.get(gone.id) == gone
    assert shelf.library.problems() == ()


def test_a_changed_source_is_found_by_what_it_is_now(shelf: Shelf) -> None:
    excerpt = shelf.excerpt(tags="partner:DE risk:cyber")
    with shelf.library.write() as work:
        source = work.sources.get(excerpt.source_id)
        assert source is not None
        changed = replace(
            source,
            title="Exports widened",
            publisher=None,
            container="Gazette",
            authors=("Maria Rossi",),
            published=Dating("2024-05", "May 2024", Basis.EXPLICIT),
        )
        work.sources.update(changed)
    with shelf.library.read() as work:
        assert work.sources.get(source.id) == changed
        for query, found in (
            (Words("widened"), True),
            (Words("Gazette"), True),
            (Match(Field.SOURCE, "exports"), True),
            (Match(Field.SOURCE, "chip"), False),
            (Match(Field.PUBLISHER, "gazette"), True),
            (Match(Field.PUBLISHER, "times"), False),
            (Match(Field.AFTER, "2025"), False),
            (Match(Field.BEFORE, "2025"), True),
        ):
            assert bool(work.search.ids(query)) is found, query
        assert not work.search.sources(Words("Müller"), limit=9)
        assert work.search.sources(Words("Rossi"), limit=9)
        assert work.search.coverage(Words("Gazette"))[0].newest == "2024-05"
    assert shelf.library.problems() == ()


def test_a_corrected_reading_moves_nothing_but_the_search(shelf: Shelf) -> None:
    excerpt = shelf.excerpt()
    with shelf.library.write() as work:
        assert not work.search.sources(Words("newsletter"), limit=9)
        snapshot = work.sources.snapshot(excerpt.source_id)
        assert snapshot is not None
        body = tuple(replace(s, kind=SegmentKind.PARAGRAPH) for s in make_reading().segments)
        work.sources.update_reading(snapshot.id, Reading(body))
        corrected = work.sources.snapshot(excerpt.source_id)
        assert corrected == replace(snapshot, reading=Reading(body))
        assert work.excerpts.get(excerpt.id) == excerpt
        assert work.search.sources(Words("newsletter"), limit=9)
    assert shelf.library.problems() == ()


def test_the_text_is_kept_to_the_character(library: SqliteLibrary) -> None:
    text = TEXT + "\x00\tＦｕｌｌ 𠮷野家 e\u0301\r\u2028end"
    source = make_source()
    snapshot = make_snapshot(source, text, reading=make_reading())
    with library.write() as work:
        work.sources.add(source, snapshot, b"\x00\xff raw")
    with library.read() as work:
        kept = work.sources.snapshot(source.id)
        assert kept is not None
        assert kept.text == text
        assert work.sources.original(snapshot.id) == b"\x00\xff raw"


def test_the_latest_snapshots_of_several_sources(library: SqliteLibrary) -> None:
    one, other = make_source(), make_source()
    first, only, again = make_snapshot(one), make_snapshot(other), make_snapshot(one, TEXT + "More.\n")
    with library.write() as work:
        work.sources.add(one, first, original())
        work.sources.add(other, only, original())
        work.sources.add_snapshot(again, original(again.text))
        assert work.sources.latest([one.id, other.id, "none"]) == {one.id: again, other.id: only}


def test_sources_are_accepted_together(library: SqliteLibrary) -> None:
    one, other = make_source(), make_source(accepted=True)
    with library.write() as work:
        work.sources.add(one, make_snapshot(one), original())
        work.sources.add(other, make_snapshot(other), original())
        assert work.sources.set_accepted([one.id, other.id, "none"], accepted=True) == (one.id,)
        assert not work.sources.unaccepted()
        assert set(work.sources.set_accepted([one.id, other.id], accepted=False)) == {one.id, other.id}
        assert {s.id for s in work.sources.unaccepted()} == {one.id, other.id}
