"""Finding the copies of a page and of a text, and how SQLite goes about it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from briefer.domain import similarity
from briefer.domain.dates import Basis, Dating
from briefer.domain.similarity import bands, body_text, text_digest
from briefer.domain.sources import Source
from briefer.storage import SqliteLibrary, copies, open_library
from briefer.storage import sources as queries
from tests.unit.factories import NOW, TEXT, make_reading, make_snapshot, make_source, original
from tests.unit.storage.conftest import Shelf

BODY = body_text(TEXT, make_reading())
OTHER = """\
Title of another article
Farmers in the west have begun to bring the grain in two weeks before their usual time, the chamber of agriculture \
said, after the driest spring in forty years. Yields are put at four fifths of the average of the last five years.
Mills have bought ahead and expect no shortage of bread wheat, but feed will have to come from abroad.
"""


def ids(sources: tuple[Source, ...]) -> list[str]:
    return [source.id for source in sources]


def test_the_source_first_captured_from_an_address(shelf: Shelf) -> None:
    shelf.source(url=None)
    late, _ = shelf.source(url="https://example.org/a", created_at=NOW + timedelta(days=1))
    first, _ = shelf.source(url="http://www.example.org/a/?utm_source=x")
    other, _ = shelf.source(url="https://example.org/b")
    with shelf.library.write() as work:
        found = work.sources.by_url("https://m.example.org/a#top")
        assert found is not None
        assert found.id == first.id
        work.sources.update(replace(found, url="https://example.org/b"))
        moved = work.sources.by_url("example.org/a"), work.sources.by_url("http://example.org/a")
        assert [s.id if s else None for s in moved] == [None, late.id]
        kept = work.sources.by_url(other.url or "")
        assert kept is not None
        assert kept.id == first.id
        assert work.sources.by_url("") is None
        assert work.sources.by_url("no address") is None
    assert shelf.library.problems() == ()


def test_sources_with_the_same_text(shelf: Shelf) -> None:
    one, _ = shelf.source()
    two, snapshot = shelf.source(TEXT.replace("Germany widens its", "Berlin to tighten"))
    shelf.source(TEXT.replace("March", "April"))
    with shelf.library.read() as work:
        assert ids(work.sources.by_text(text_digest(snapshot.text, snapshot.reading))) == [one.id, two.id]
        assert work.sources.by_text("") == work.sources.by_text("none") == ()


def test_similar_sources_the_most_alike_first(shelf: Shelf) -> None:
    shelf.source()
    near, _ = shelf.source(OTHER.replace("forty years", "a long time"))
    same, snapshot = shelf.source(OTHER)
    marks = bands(body_text(OTHER, snapshot.reading))
    with shelf.library.read() as work:
        assert work.sources.similar(marks) == (same.id, near.id)
        assert work.sources.similar(marks * 2) == (same.id, near.id)
        assert work.sources.similar(()) == ()


def test_a_corrected_reading_is_another_text(shelf: Shelf) -> None:
    source, snapshot = shelf.source(TEXT + OTHER)
    with shelf.library.write() as work:
        work.sources.update_reading(snapshot.id, make_reading())
        assert ids(work.sources.by_text(text_digest(TEXT, make_reading()))) == [source.id]
        assert work.sources.similar(bands(BODY)) == (source.id,)
        assert work.sources.similar(bands(OTHER)) == ()
    assert shelf.library.problems() == ()


def test_the_carriers_of_a_story_the_first_published_first(shelf: Shelf) -> None:
    undated, _ = shelf.source(published=None, story="s")
    shelf.source(story="t")
    shelf.source()
    later, _ = shelf.source(published="2025-12-18", story="s")
    first, _ = shelf.source(published="2025-12", story="s")
    with shelf.library.read() as work:
        assert ids(work.sources.of_story("s")) == [first.id, later.id, undated.id]
        assert work.sources.of_story("none") == ()


def test_what_waits_for_a_person_latest_import_first(shelf: Shelf) -> None:
    old, _ = shelf.source(created_at=NOW - timedelta(days=1))
    shelf.source(accepted=True)
    new, _ = shelf.source()
    with shelf.library.write() as work:
        assert ids(work.sources.unaccepted()) == [new.id, old.id]
        work.sources.update(replace(work.sources.unaccepted()[0], accepted=True))
        assert ids(work.sources.unaccepted()) == [old.id]


def test_of_many_that_wait_the_latest_are_listed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_WAITING", 2)
    for days in (3, 1, 2):
        shelf.source(created_at=NOW - timedelta(days=days))
    with shelf.library.read() as work:
        waiting = work.sources.unaccepted()
    assert [one.created_at for one in waiting] == [NOW - timedelta(days=1), NOW - timedelta(days=2)]


def test_a_date_remembers_from_which_day_it_was_counted(library: SqliteLibrary) -> None:
    published = Dating("2025-12-16", "yesterday", Basis.RELATIVE, "2025-12-17")
    event = Dating("2025-12-10", "last week", Basis.RELATIVE, "2025-12-18")
    source = replace(make_source(event=event), published=published)
    with library.write() as work:
        work.sources.add(source, make_snapshot(source), original())
        found = work.sources.get(source.id)
    assert found is not None
    assert (found.published, found.event) == (published, event)


def plan(work: Any, statement: Select[Any]) -> str:
    compiled = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    rows = work._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")
    return "\n".join(row[3] for row in rows)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (queries.of_url_key("example.org/a"), "sources USING INDEX ix_sources_url_key (url_key=?)"),
        (queries.of_text("0" * 64), "sources USING INDEX ix_sources_text_digest (text_digest=?)"),
        (queries.of_story("s"), "sources USING INDEX ix_sources_story (story=?)"),
    ],
    ids=["address", "text", "story"],
)
def test_copies_are_looked_up_in_an_index(shelf: Shelf, statement: Select[Any], index: str) -> None:
    with shelf.library.read() as work:
        found = plan(work, statement)
    assert f"SEARCH {index}" in found.replace("COVERING ", "")
    assert "SCAN" not in found


def test_what_waits_is_read_from_an_index_in_order(shelf: Shelf) -> None:
    with shelf.library.read() as work:
        found = plan(work, queries.unaccepted())
    assert found.splitlines()[0] == "SCAN sources USING INDEX ix_sources_unaccepted"
    assert "TEMP B-TREE" not in found


def test_what_was_made_by_other_rules_is_made_anew(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source, _ = shelf.source(url="https://example.org/a")
    shelf.library.close()
    copy = Path(shutil.copy(shelf.library.path, tmp_path / "other.briefer"))
    monkeypatch.setattr(copies, "VERSION", "another")
    monkeypatch.setattr(similarity, "traits_of", lambda some: (("digest", (4, 5)) for _ in some))
    monkeypatch.setattr(copies, "url_key", lambda _: "key")
    monkeypatch.setattr(queries, "url_key", lambda _: "key")
    library = open_library(copy)
    with library.read() as work:
        assert ids(work.sources.by_text("digest")) == [source.id]
        assert work.sources.similar([5]) == (source.id,)
        found = work.sources.by_url("anything")
        assert found is not None
        assert found.id == source.id
        driver: Any = work._connection.connection.driver_connection
        assert copies.is_current(driver)
    assert library.problems() == ()
    library.close()
