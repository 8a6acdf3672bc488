"""Each kind of damage is made by hand, in SQL that the repositories would never write."""

from __future__ import annotations

import pytest

from briefer.domain.ids import new_id
from briefer.domain.queries import Field, Match
from briefer.domain.record import Act, Draft, Subject
from briefer.domain.trash import Content, Trashed, TrashKind
from briefer.storage import open_library
from briefer.storage.engine import Access, new_engine
from briefer.storage.postings import PostingsCache
from tests.unit.factories import (
    NOW,
    make_brief,
    make_excerpt,
    make_snapshot,
    make_source,
    make_version,
    original,
    prose,
    quotation,
)
from tests.unit.storage.conftest import Shelf

DAMAGE = {
    "refers to a row of sources": "UPDATE snapshots SET source_number = 999",
    "the row of excerpt_tags with excerpt_number 1, tag_number 999 refers to a row of tags": (
        "UPDATE excerpt_tags SET tag_number = 999 WHERE tag_number = (SELECT min(tag_number) FROM excerpt_tags)"
    ),
    "its latest snapshot is not there": "UPDATE sources SET snapshot_id = 'none'",
    "latest snapshot is not there": "UPDATE sources SET snapshot_id = (SELECT min(id) FROM snapshots)",
    "its snapshot is another source's": "UPDATE excerpts SET source_number = 999",
    "its pages differ": 'UPDATE snapshots SET pages = \'{"runs":[{"start":0,"end":9999,"page":1,"index":0}]}\'',
    "pages differ from": (
        'UPDATE snapshots SET pages = \'{"runs":[{"start":5,"end":9,"page":1,"index":0},'
        '{"start":8,"end":12,"page":1,"index":9}]}\''
    ),
    "its text was another when it was indexed": "UPDATE sources SET text_digest = ''",
    "found of copies differs": "INSERT INTO band_index (rowid, bands) VALUES (77, '0000000f')",
    "band_index is damaged": "DELETE FROM band_index_data",
    "copies of it are": "UPDATE sources SET url_key = 'example.org'",
    "are the article is lost": "UPDATE snapshots SET reading = '{}'",
    "the article is lost; `briefer rescue`": "UPDATE snapshots SET reading = '{'",
    "its bytes have changed": "UPDATE blobs SET data = x'00'",
    "its quotation differs": "UPDATE excerpts SET quote = quote || '!'",
    "quotation differs from its source": "UPDATE excerpts SET span_end = span_start",
    "differs from their source's": "UPDATE sources SET published = '1999'",
    "found of excerpts differs": "UPDATE excerpts SET comment = 'other'",
    "of excerpts differs from": "INSERT INTO excerpt_index (rowid, body) VALUES (77, 'ghost')",
    "found of sources differs": "UPDATE sources SET title = 'other'",
    "of sources differs from": "INSERT INTO source_index (rowid, title) VALUES (77, 'ghost')",
    "excerpt_index is damaged": "UPDATE excerpt_index_data SET block = x'00' WHERE id > 10",
    "source_index is damaged": "DELETE FROM source_index_data",
    "set(s) of excerpts differ": "DELETE FROM loose",
    "1 set(s) of excerpts differ": "UPDATE excerpts SET kind = 'fact'",
    "differ from the excerpts (1 to be": "INSERT INTO postings VALUES ('partner:XX', 0, 1, x'00')",
}


@pytest.mark.parametrize(("problem", "damage"), DAMAGE.items())
def test_damage_is_found(shelf: Shelf, problem: str, damage: str) -> None:
    excerpt = shelf.excerpt(tags="partner:DE partner:FR/venue risk:cyber")
    shelf.snapshot(excerpt.source_id)
    assert shelf.library.problems() == ()
    engine = new_engine(shelf.library.path, Access(foreign_keys=False))
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(damage)
    engine.dispose()
    found = shelf.library.problems()
    assert any(problem in told for told in found), found


def test_a_missing_table_does_not_end_the_examination(shelf: Shelf) -> None:
    shelf.excerpt(tags="partner:DE risk:cyber")
    with shelf.library.write() as work:
        work._connection.exec_driver_sql("DROP TABLE loose")
        work._connection.exec_driver_sql("UPDATE blobs SET data = x'00'")
    found = shelf.library.problems()
    assert len(found) == 2
    assert "bytes have changed" in found[0]
    assert found[1].startswith("search index: cannot be read")


def test_progress_is_told(shelf: Shelf) -> None:
    told: list[tuple[int, int, str]] = []
    shelf.library.problems(lambda done, of, name: told.append((done, of, name)))
    (count,) = {of for _, of, _ in told}
    assert [done for done, _, _ in told] == list(range(count + 1))
    assert told[0][2] == "file"


def test_the_examination_changes_nothing(shelf: Shelf) -> None:
    shelf.excerpt()
    shelf.library.close()
    before = shelf.library.path.read_bytes()
    reopened = open_library(shelf.library.path)
    assert reopened.problems() == ()
    reopened.close()
    assert reopened.path.read_bytes() == before


@pytest.mark.parametrize("lost", ["", " WHERE number = 1"])
def test_loose_excerpts_that_are_lost_are_noticed_by_a_search(shelf: Shelf, lost: str) -> None:
    first = shelf.excerpt("Harbour.\n", tags="partner:DE")
    second = shelf.excerpt("Pilots.\n", tags="partner:DE")
    with shelf.library.write() as work:
        work._connection.exec_driver_sql(f"DELETE FROM loose{lost}")
    shelf.library._cache = PostingsCache()
    with shelf.library.read() as work:
        found = work.search.page(Match(Field.PARTNER, "DE"), limit=5)
        assert found.scanned
        assert {hit.excerpt.id for hit in found.hits} == {first.id, second.id}
    shelf.library.repair()
    shelf.library._cache = PostingsCache()
    with shelf.library.read() as work:
        assert not work.search.page(Match(Field.PARTNER, "DE"), limit=5).scanned


def test_a_citation_of_what_is_nowhere_is_told(shelf: Shelf) -> None:
    there, thrown, gone = shelf.excerpt(), new_id(), new_id()
    written = prose(f"As said [@{there.id}], [@{thrown}] and [@somebody].")
    brief = make_brief(quotation(gone), written, title="Ports")
    source = make_source()
    snapshot = make_snapshot(source)
    excerpt = make_excerpt(snapshot, id=thrown)
    place = Trashed(new_id(), TrashKind.SOURCE, source.id, source.title, NOW, "ann")
    with shelf.library.write() as work:
        work.sources.add(source, snapshot, original())
        work.trash.add([(place, Content(source, (snapshot,), (excerpt,)))])
        work.sources.remove(source.id)
        work.briefs.put(brief)
    assert shelf.library.problems() == (
        f"brief {brief.id} “Ports”: it cites excerpt {gone}, which is neither in the library nor in the trash",
    )


def test_a_title_that_something_else_has_changed_is_told_apart_from_a_stale_index(shelf: Shelf) -> None:
    source, _snapshot = shelf.source(title="Ports")
    brief = make_brief(title="The brief")
    with shelf.library.write() as work:
        work.briefs.put(brief)
        work.record.add(
            [
                Draft(NOW, "ann", Act.IMPORT, Subject("source", source.id, "Prts"), {}),
                Draft(NOW, "ann", Act.EDIT, Subject("source", source.id, "Ports"), {}),
                Draft(NOW, "ann", Act.BRIEF, Subject("brief", brief.id, "The brief"), {}),
                Draft(NOW, "ann", Act.EXPORT, Subject("brief", brief.id, "As it left"), {}),
            ]
        )
    assert shelf.library.problems() == ()
    with shelf.library.write() as work:
        work._connection.exec_driver_sql("UPDATE sources SET title = 'Airports'")
        work._connection.exec_driver_sql("UPDATE briefs SET title = 'Another'")
    found = shelf.library.problems()
    assert [
        f"source {source.id}: its title was “Ports” when it was recorded, and something else than Briefer has made it “Airports”",
        f"brief {brief.id}: its title was “The brief” when it was recorded, and something else than Briefer has made it “Another”",
    ] == [problem for problem in found if "its title" in problem]


@pytest.mark.parametrize(
    ("change", "of"),
    [
        ("DELETE FROM brief_excerpts", {"brief "}),
        ("DELETE FROM version_excerpts", {"version 1 of brief "}),
        ("UPDATE brief_excerpts SET excerpt_id = '{other}' WHERE excerpt_id = '{cited}'", {"brief "}),
        ("INSERT INTO version_excerpts SELECT id, '{other}' FROM versions", {"version 1 of brief "}),
        ("DELETE FROM brief_excerpts WHERE excerpt_id = '{begun}'", {"brief "}),
    ],
)
def test_uses_that_are_not_what_briefs_say_are_told_and_made_anew(
    shelf: Shelf, change: str, of: set[str]
) -> None:
    cited, begun, other = shelf.excerpt(), shelf.excerpt("Pilots.\n"), shelf.excerpt("Harbour.\n")
    written = prose(f"As said [@{begun.id[:-4].upper()}] and [@somebody].")
    brief = make_brief(quotation(cited.id), written, title="Ports")
    with shelf.library.write() as work:
        work.briefs.put(brief)
        work.briefs.add_version(make_version(brief))
        uses = work.briefs.using([cited.id, begun.id])
    assert not shelf.library.problems()
    with shelf.library.write() as work:
        work._connection.exec_driver_sql(change.format(cited=cited.id, begun=begun.id, other=other.id))
    told = shelf.library.problems()
    assert {line[: line.index(brief.id)] for line in told} == of
    assert all("doctor --repair" in line for line in told)
    shelf.library.repair()
    with shelf.library.read() as work:
        assert work.briefs.using([cited.id, begun.id]) == uses
        assert not work.briefs.using([other.id])
    assert not shelf.library.problems()


def test_what_cannot_be_read_keeps_no_index_from_being_made_anew(shelf: Shelf) -> None:
    excerpt = shelf.excerpt()
    brief = make_brief(quotation(excerpt.id))
    with shelf.library.write() as work:
        work.briefs.put(brief)
        work.briefs.add_version(make_version(brief))
        work._connection.exec_driver_sql("UPDATE versions SET brief = x'00'")
        work._connection.exec_driver_sql("DELETE FROM loose")
    shelf.library.repair()
    told = shelf.library.problems()
    assert told
    assert not any("set(s) of excerpts differ" in line for line in told)
    with shelf.library.read() as work:
        assert work.briefs.using([excerpt.id])
