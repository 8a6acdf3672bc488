"""The record in a library: stored with the change it tells of, and held against its hashes by doctor."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.domain.record import LIBRARY, Act, Draft, Subject, first_break
from briefer.domain.tags import Vocabulary
from briefer.errors import KnownError
from briefer.services.ports import UnitOfWork
from briefer.storage import SqliteLibrary, create_library, migrations, open_library, record
from briefer.storage.backup import connect_immutable
from briefer.storage.engine import APPLICATION_ID, Access, disposing, new_engine, transaction

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def draft(label: str, act: Act = Act.EDIT, subject_id: str = "", **facts: object) -> Draft:
    return Draft(NOW, "Asha Menon", act, Subject("source", subject_id, label), facts)


def add(library: SqliteLibrary, *drafts: Draft) -> None:
    with library.write() as work:
        work.record.add(drafts)


def tamper(library: SqliteLibrary, statement: str) -> None:
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute(statement)


def _recorded_and_failed(work: UnitOfWork) -> None:
    work.record.add([draft("never")])
    raise KnownError("quote-changed")


def test_a_new_library_begins_its_record(tmp_path: Path) -> None:
    library = create_library(tmp_path / "new.briefer", Vocabulary(), who="Asha")
    with library.read() as work:
        (entry,) = work.record.all()
        assert work.record.head().hash == entry.hash
    assert (entry.kind, entry.who, entry.subject) == (Act.STARTED, "Asha", LIBRARY.kind)
    assert entry.facts == {"new": True, "revision": migrations.head()}
    assert library.problems() == ()
    library.close()


def test_entries_are_stored_in_order(library: SqliteLibrary) -> None:
    add(library)
    add(library, draft("first", title="a"), draft("second"))
    add(library, draft("third"))
    with library.read() as work:
        entries = tuple(work.record.all())
        assert [e.label for e in entries[1:]] == ["first", "second", "third"]
        assert first_break(entries, work.record.head()) is None
        assert work.record.entries([3, 2, 99]) == entries[1:3]


def test_nothing_is_recorded_of_what_was_not_done(library: SqliteLibrary) -> None:
    with pytest.raises(KnownError), library.write() as work:
        _recorded_and_failed(work)
    with library.read() as work:
        assert [e.label for e in work.record.all()] == [""]


def test_what_entries_are_found_by(library: SqliteLibrary) -> None:
    add(
        library,
        draft("Ports agree", Act.IMPORT, "s-1", file="ports.html"),
        draft("Cables 100% safe", Act.EDIT, "s-2", title={"from": "港", "to": "Cables"}),
    )
    add(library, draft("Ports agree", Act.TRASH, "s-1"))
    with library.read() as work:
        assert work.record.numbers() == (4, 3, 2, 1)
        assert work.record.numbers([Act.EDIT, Act.TRASH]) == (4, 3)
        assert work.record.numbers(text="ports asha") == (4, 2)
        assert work.record.numbers(text="PORTS.html") == (2,)
        assert work.record.numbers(text="港") == (3,)
        assert work.record.numbers(text="0%") == (3,)
        assert work.record.numbers([Act.EDIT], "ports") == ()
        assert [e.number for e in work.record.of("s-1")] == [2, 4]


def test_progress_is_told(library: SqliteLibrary) -> None:
    told: list[tuple[int, int]] = []
    add(library, *(draft(str(n)) for n in range(1_500)))
    with library.read() as work:
        assert len(list(work.record.all(lambda done, count, _: told.append((done, count))))) == 1_501
    assert told == [(0, 1_501), (1_000, 1_501)]


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE record SET label = 'other' WHERE number = 2", 2),
        ("UPDATE record SET what = '{}' WHERE number = 3", 3),
        ("UPDATE record SET who = x'ff00' WHERE number = 2", 2),
        ("DELETE FROM record WHERE number = 3", 3),
        ("DELETE FROM record WHERE number > 2", 3),
        ("DELETE FROM record", 1),
        ("UPDATE record SET number = 9 WHERE number = 2", 2),
        ("DELETE FROM meta WHERE key = 'record'", 1),
        ("UPDATE meta SET value = 'what is this' WHERE key = 'record'", 1),
    ],
)
def test_a_broken_chain_is_told_with_its_first_wrong_entry(
    library: SqliteLibrary, statement: str, number: int
) -> None:
    add(library, draft("first", title="a"), draft("second", title="b"), draft("third"))
    assert library.problems() == ()
    tamper(library, statement)
    (found,) = library.problems()
    assert found.startswith(f"record: broken at entry {number}: ")


def test_an_older_library_begins_its_record_when_it_is_upgraded(tmp_path: Path) -> None:
    old = tmp_path / "old.briefer"
    with (
        disposing(new_engine(old, Access(create=True))) as engine,
        transaction(engine, write=True) as connection,
    ):
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.run(connection, "0006")
    library = open_library(old, who="Ken")
    with library.read() as work:
        first, second = work.record.all()
    assert (first.kind, first.who) == (Act.STARTED, "Ken")
    assert first.facts == {"briefs": 0, "excerpts": 0, "new": False, "revision": "0006", "sources": 0}
    assert (second.kind, second.facts) == (Act.UPGRADE, {"from": "0006", "to": migrations.head()})
    assert library.problems() == ()
    library.close()
    with closing(connect_immutable(tmp_path / f"old.before-{migrations.head()}.briefer", None)) as copy:
        assert copy.execute("SELECT name FROM sqlite_schema WHERE name = 'record'").fetchall() == []


def test_a_record_that_has_begun_tells_of_further_upgrades(library: SqliteLibrary) -> None:
    with library.write() as work:
        record.upgraded(work.record._connection, "Ken", "0008", "0009")
    with library.read() as work:
        assert [e.kind for e in work.record.all()] == [Act.STARTED, Act.UPGRADE]
