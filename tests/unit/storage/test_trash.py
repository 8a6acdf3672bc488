"""The trash: what lies in it is packed away with its originals, and met by nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from briefer.domain.ids import new_id
from briefer.domain.queries import Words
from briefer.domain.sources import Snapshot, Source
from briefer.domain.tags import TagKind, Term
from briefer.domain.trash import Content, Trashed, TrashKind
from briefer.storage import SqliteLibrary
from tests.unit.factories import make_brief, make_version, original
from tests.unit.storage.conftest import Shelf

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def placed(kind: TrashKind, thing: str, label: str = "", source_id: str | None = None) -> Trashed:
    return Trashed(new_id(), kind, thing, label, NOW, "Asha", {"excerpts": 1}, source_id)


def thrown(library: SqliteLibrary, source: Source, *snapshots: Snapshot) -> Trashed:
    """Throw a source away, as the use case does."""
    one = placed(TrashKind.SOURCE, source.id, source.title)
    with library.write() as work:
        work.trash.add([(one, Content(source=source, snapshots=snapshots))])
        work.sources.remove(source.id)
    return one


def test_a_thing_keeps_all_that_went_with_it(library: SqliteLibrary) -> None:
    brief = make_brief()
    contents = [
        (placed(TrashKind.BRIEF, brief.id), Content(brief=brief, versions=(make_version(brief),))),
        (placed(TrashKind.TERM, "partner:DE"), Content(term=Term(TagKind.PARTNER, "DE", "Germany"), place=7)),
    ]
    with library.write() as work:
        work.trash.add(contents)
    with library.read() as work:
        assert work.trash.all() == (contents[1][0], contents[0][0])
        assert [work.trash.content(one.id) for one, _ in contents] == [content for _, content in contents]
        assert work.trash.get_many([contents[0][0].id, "nothing"]) == {contents[0][0].id: contents[0][0]}
        assert work.trash.of_thing("partner:DE") == contents[1][0]
        assert work.trash.of_thing("nothing") is None
        with pytest.raises(LookupError):
            work.trash.content("nothing")
        with pytest.raises(LookupError):
            work.trash.original("nothing")


def test_originals_stay_until_the_trash_is_emptied(library: SqliteLibrary, shelf: Shelf) -> None:
    source, snapshot = shelf.source()
    one = thrown(library, source, snapshot)
    with library.write() as work:
        assert work.trash.original(snapshot.sha256) == original()
        assert work.trash.with_original(snapshot.sha256) == one
        assert work.sources.by_sha256(snapshot.sha256) is None
        assert work.search.sources(Words("Berlin"), limit=1) == ()
    assert library.problems() == ()
    with library.write() as work:
        work.trash.remove([one.id])
        assert work.trash.all() == ()
        assert work.trash.with_original(snapshot.sha256) is None
        with pytest.raises(LookupError):
            work.trash.original(snapshot.sha256)
    assert library.problems() == ()


def test_an_original_that_a_living_source_has_too_stays(library: SqliteLibrary, shelf: Shelf) -> None:
    source, snapshot = shelf.source()
    _, twin = shelf.source()
    one = thrown(library, source, snapshot)
    with library.write() as work:
        work.trash.remove([one.id])
        assert work.sources.original(twin.id) == original()


def test_what_was_thrown_away_of_a_source(library: SqliteLibrary, shelf: Shelf) -> None:
    source, snapshot = shelf.source()
    excerpt, capture = (
        placed(kind, new_id(), "", source.id) for kind in (TrashKind.EXCERPT, TrashKind.CAPTURE)
    )
    with library.write() as work:
        work.trash.add([(excerpt, Content()), (capture, Content(snapshots=(snapshot,)))])
        assert work.trash.on_source(source.id) == (excerpt, capture)
        assert work.trash.on_source("nothing") == ()


def test_what_was_thrown_away_by_mistake_twice_is_found_latest_first(
    library: SqliteLibrary, shelf: Shelf
) -> None:
    source, snapshot = shelf.source()
    twin, other = shelf.source()
    assert snapshot.sha256 == other.sha256
    thrown(library, source, snapshot)
    second = thrown(library, twin, other)
    with library.read() as work:
        assert work.trash.with_original(snapshot.sha256) == second


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE trash SET content = '{'", "of trash hold what cannot be read"),
        ("UPDATE trash SET at = 'noon'", "of trash hold what cannot be read"),
        ("UPDATE trash SET kind = 'idea'", "trash hold 'idea', which is no kind"),
        ("UPDATE trash SET content = replace(content, 'Germany', 'Norwegen')", "differs from its source"),
        ("DELETE FROM trash_blobs", "no source has it"),
    ],
)
def test_damage_is_told(library: SqliteLibrary, shelf: Shelf, statement: str, told: str) -> None:
    excerpt = shelf.excerpt()
    with library.write() as work:
        source = work.sources.get(excerpt.source_id)
        snapshot = work.sources.snapshot(excerpt.source_id)
        assert source is not None
        assert snapshot is not None
        one = placed(TrashKind.SOURCE, source.id)
        work.trash.add([(one, Content(source, (snapshot,), (excerpt,)))])
        work.sources.remove(source.id)
    assert library.problems() == ()
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute(statement)
    (found,) = library.problems()
    assert told in found
