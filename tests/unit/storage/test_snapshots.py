"""Several captures of one source."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from briefer.domain.excerpts import Anchoring
from briefer.domain.pages import Pages, Run
from briefer.domain.queries import Words
from briefer.domain.similarity import bands, body_text, text_digest
from briefer.domain.sources import How, Known, Reading, Segment, SegmentKind, Snapshot, Source
from briefer.domain.spans import Span
from briefer.storage import SqliteLibrary
from tests.unit.factories import (
    NOW,
    TEXT,
    make_excerpt,
    make_reading,
    make_snapshot,
    make_source,
    original,
    untold,
)
from tests.unit.storage.conftest import Shelf

LATER = TEXT.replace("from March", "from April").replace("newsletter", "podcast")
LATEST = LATER.replace("supply security", "national security")
NO_BODY = Reading((Segment(Span(0, len(TEXT.rstrip())), SegmentKind.FURNITURE, why="menu"),))


def blobs(library: SqliteLibrary) -> int:
    with library.read() as work:
        count: int = work._connection.exec_driver_sql("SELECT count(*) FROM blobs").scalar_one()
        return count


def test_everything_about_a_capture_comes_back(library: SqliteLibrary) -> None:
    untold(library)
    source = make_source()
    snapshot = make_snapshot(
        source,
        captured_by="desk",
        tool="briefer 1.0",
        unreadable="a scan",
        pages=Pages(("iv", "v"), (Run(0, 10, 1, 0), Run(11, 30, 2, 4))),
        reading=Reading((Segment(Span(0, 9), SegmentKind.FURNITURE, machine=SegmentKind.CAPTION),)),
    )
    with library.write() as work:
        work.sources.add(source, snapshot, original())
    with library.read() as work:
        assert work.sources.snapshot(source.id) == snapshot
        assert work.sources.snapshot_of(snapshot.id) == snapshot
    assert library.problems() == ()


def test_pages_that_were_asked_for_places_are_stored_as_they_are(library: SqliteLibrary) -> None:
    pages = Pages((), (Run(0, 10, 1, 0),))
    assert pages.page_of(3) == 1
    assert pages.offset(1, 2) == 2
    source = make_source()
    with library.write() as work:
        work.sources.add(source, make_snapshot(source, pages=pages), original())
        kept = work.sources.snapshot(source.id)
    assert kept is not None
    assert kept.pages == pages


def test_the_last_that_came_is_the_latest(shelf: Shelf) -> None:
    source, first = shelf.source()
    # Neither the file's time nor its bytes say which came last.
    second = shelf.snapshot(source.id, LATER, captured_at=NOW - timedelta(days=9), id="0")
    third = shelf.snapshot(source.id)
    with shelf.library.read() as work:
        assert work.sources.snapshots(source.id) == (third, second, first)
        assert work.sources.snapshot(source.id) == third
        found = work.sources.get(source.id)
        assert found is not None
        assert (found.snapshot_id, found.sha256) == (third.id, third.sha256)
        assert work.sources.original(second.id) == original(LATER)
        assert work.sources.snapshots("none") == ()
        assert work.sources.snapshot_of("none") is None
    assert blobs(shelf.library) == 2
    assert shelf.library.problems() == ()


def test_what_is_found_is_the_latest(shelf: Shelf) -> None:
    source, first = shelf.source()
    second = shelf.snapshot(source.id, LATER)
    with shelf.library.write() as work:
        assert [hit.source.id for hit in work.search.sources(Words("April"), limit=2)] == [source.id]
        assert not work.search.sources(Words("March"), limit=2)
        assert work.sources.by_text(text_digest(first.text, first.reading)) == ()
        assert [s.id for s in work.sources.by_text(text_digest(LATER, second.reading))] == [source.id]
        work.sources.remove_snapshot(second.id)
        assert not work.search.sources(Words("April"), limit=2)
        assert [s.id for s in work.sources.by_text(text_digest(first.text, first.reading))] == [source.id]
        found = work.sources.by_sha256(first.sha256)
        assert found is not None
        assert found.snapshot_id == first.id
        assert work.sources.by_sha256(second.sha256) is None
        assert work.sources.similar(bands(body_text(first.text, first.reading))) == (source.id,)
    assert shelf.library.problems() == ()


def test_the_bytes_of_every_snapshot_are_known(shelf: Shelf) -> None:
    source, first = shelf.source()
    shelf.snapshot(source.id, LATER)
    with shelf.library.read() as work:
        found = work.sources.by_sha256(first.sha256)
    assert found is not None
    assert found.id == source.id


def test_excerpts_stay_on_their_snapshot(shelf: Shelf) -> None:
    excerpt = shelf.excerpt(tags="partner:DE")
    latest = shelf.snapshot(excerpt.source_id, LATER)
    other = make_excerpt(latest)
    with shelf.library.write() as work:
        assert work.excerpts.get(excerpt.id) == excerpt
        work.excerpts.add([other])
        assert work.excerpts.of_source(excerpt.source_id) == (other, excerpt)
        assert set(work.search.ids(Words("Germany"))) == {other.id, excerpt.id}
        changed = replace(excerpt, comment="checked on the old one")
        work.excerpts.update([changed])
        assert work.excerpts.get(excerpt.id) == changed
    assert shelf.library.problems() == ()


def test_the_latest_snapshots_excerpts_come_first_then_text_order(shelf: Shelf) -> None:
    source, first = shelf.source()
    quotes = ("Officials in Berlin", "Germany will widen")
    old = [make_excerpt(first, quote) for quote in quotes]
    second = shelf.snapshot(source.id, LATER, id="0")
    new = [make_excerpt(second, quote) for quote in quotes]
    with shelf.library.write() as work:
        work.excerpts.add([*old, *new])
        assert work.excerpts.of_source(source.id) == (new[1], new[0], old[1], old[0])


def test_an_excerpt_is_carried_to_a_newer_snapshot(shelf: Shelf) -> None:
    excerpt = shelf.excerpt(tags="risk:cyber")
    latest = shelf.snapshot(excerpt.source_id, LATER)
    there = make_excerpt(latest)
    carried = replace(
        excerpt,
        snapshot_id=latest.id,
        span=there.span,
        quote=there.quote,
        anchored=Anchoring.FUZZY,
        page="3-4",
    )
    with shelf.library.write() as work:
        work.excerpts.update([carried])
    with shelf.library.write() as work:
        assert work.excerpts.get(excerpt.id) == carried
        assert work.search.ids(Words("April")) == (excerpt.id,)
        work.excerpts.update([excerpt])
        assert work.excerpts.get(excerpt.id) == excerpt
    assert shelf.library.problems() == ()


def test_the_latest_is_taken_out_and_put_back(shelf: Shelf) -> None:
    source, first = shelf.source()
    second = shelf.snapshot(source.id, LATER)
    third = shelf.snapshot(source.id, LATEST)
    with shelf.library.write() as work:
        work.sources.remove_snapshot(third.id)
        assert work.sources.snapshots(source.id) == (second, first)
    assert blobs(shelf.library) == 2
    with shelf.library.write() as work:
        work.sources.add_snapshot(third, original(LATEST))
        assert work.sources.snapshots(source.id) == (third, second, first)
        assert work.sources.original(third.id) == original(LATEST)
    assert shelf.library.problems() == ()


def test_bytes_that_another_snapshot_has_too_stay(shelf: Shelf) -> None:
    source, _ = shelf.source()
    again = shelf.snapshot(source.id)
    with shelf.library.write() as work:
        work.sources.remove_snapshot(again.id)
        kept = work.sources.snapshot(source.id)
        assert kept is not None
        assert work.sources.original(kept.id) == original()


def removing(shelf: Shelf, snapshot: Snapshot) -> None:
    with shelf.library.write() as work:
        work.sources.remove_snapshot(snapshot.id)


def test_what_has_to_stay(shelf: Shelf) -> None:
    source, first = shelf.source()
    with pytest.raises(ValueError, match="has to stay"):
        removing(shelf, first)
    second = shelf.snapshot(source.id, LATER)
    with pytest.raises(ValueError, match="has to stay"):
        removing(shelf, first)
    with shelf.library.write() as work:
        work.excerpts.add([make_excerpt(second)])
    with pytest.raises(ValueError, match="has to stay"):
        removing(shelf, second)
    with pytest.raises(LookupError):
        removing(shelf, replace(second, id="none"))
    with pytest.raises(LookupError):
        shelf.snapshot("none")
    with shelf.library.read() as work:
        assert len(work.sources.snapshots(source.id)) == 2
    assert shelf.library.problems() == ()


def test_a_source_takes_all_that_was_captured_of_it_along(shelf: Shelf) -> None:
    kept, _ = shelf.source()
    excerpt = shelf.excerpt(LATER)
    latest = shelf.snapshot(excerpt.source_id, LATEST)
    shelf.snapshot(excerpt.source_id)
    with shelf.library.write() as work:
        work.excerpts.add([make_excerpt(latest)])
        work.sources.remove(excerpt.source_id)
        assert work.sources.snapshot_of(latest.id) is None
        assert [s.id for s in work.sources.all()] == [kept.id]
        assert work.counts().excerpts == 0
    assert blobs(shelf.library) == 1
    assert shelf.library.problems() == ()


def test_the_reading_of_an_older_snapshot_reaches_nothing_else(shelf: Shelf) -> None:
    source, first = shelf.source()
    latest = shelf.snapshot(source.id, LATER)
    with shelf.library.write() as work:
        work.sources.update_reading(first.id, NO_BODY)
        kept = work.sources.snapshot_of(first.id)
        assert kept is not None
        assert kept.reading == NO_BODY
        assert work.search.sources(Words("April"), limit=2)
        assert work.sources.by_text(text_digest(LATER, latest.reading))
    assert shelf.library.problems() == ()


def test_how_facts_became_known_comes_back(library: SqliteLibrary) -> None:
    known = {"title": Known(How.STATED, 0.9, "og:title"), "published": Known(How.PERSON, 1.0)}
    source = make_source(known=known, genre="Press release", wire="Reuters", rights="© Desk", accepted=True)
    snapshot = make_snapshot(source)
    with library.write() as work:
        work.sources.add(source, snapshot, original())
        stored: Source | None = work.sources.get(source.id)
        assert stored == replace(source, snapshot_id=snapshot.id, sha256=snapshot.sha256)
        changed = replace(stored, known={}, genre="", wire=None, rights=None, accepted=False, story="s")
        work.sources.update(changed)
        assert work.sources.get(source.id) == changed


def test_a_reading_may_have_no_body(shelf: Shelf) -> None:
    _, snapshot = shelf.source()
    with shelf.library.write() as work:
        work.sources.update_reading(snapshot.id, NO_BODY)
        assert work.sources.similar(bands(body_text(TEXT, make_reading()))) == ()
        assert work.sources.by_text("") == ()
    assert shelf.library.problems() == ()
