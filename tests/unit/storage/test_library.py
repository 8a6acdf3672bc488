from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from briefer import in_use
from briefer.domain import indexing
from briefer.domain.passphrases import Passphrase
from briefer.domain.queries import Words
from briefer.domain.results import LibraryCounts
from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.errors import LibraryError
from briefer.services.ports import Library
from briefer.storage import SqliteLibrary, cipher, create_library, engine, open_library, search_index
from briefer.storage.rescue import rescue
from tests.unit.factories import make_brief, make_excerpt, make_snapshot, make_source, original, untold
from tests.unit.storage.conftest import Shelf


def code(error: pytest.ExceptionInfo[LibraryError]) -> str:
    assert str(error.value)
    return error.value.code


def test_fulfils_the_port(library: SqliteLibrary) -> None:
    port: Library = library
    with port.read() as work:
        assert work.counts() == LibraryCounts(0, 0, 0)


@pytest.mark.parametrize("name", ["note.briefer", "外務 #1?%20 ü.briefer"])
def test_one_file_is_made_and_remains(tmp_path: Path, name: str) -> None:
    vocabulary = Vocabulary((Term(TagKind.PARTNER, "DE", "Germany", "ドイツ"),), "IN")
    library = create_library(tmp_path / name, vocabulary)
    with library.write() as work:
        assert work.vocabulary.get() == vocabulary
        work.briefs.put(make_brief())
    assert library.path == tmp_path / name
    library.close()
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    again = open_library(tmp_path / name)
    with again.read() as work:
        assert work.vocabulary.get() == vocabulary
        assert work.counts().briefs == 1
    again.close()


def test_an_existing_file_is_never_made_anew(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(LibraryError) as error:
        create_library(path, Vocabulary())
    assert code(error) == "file-exists"
    assert path.read_bytes() == before


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_a_journal_of_a_library_that_is_gone_is_left_alone(tmp_path: Path, end: str) -> None:
    path = tmp_path / "note.briefer"
    journal = tmp_path / f"note.briefer{end}"
    journal.write_bytes(b"changes of somebody")
    with pytest.raises(LibraryError, match=journal.name) as error:
        create_library(path, Vocabulary())
    assert code(error) == "library-journal-left"
    assert [p.name for p in tmp_path.iterdir()] == [journal.name]
    assert journal.read_bytes() == b"changes of somebody"
    journal.write_bytes(b"")
    create_library(path, Vocabulary()).close()


def test_nothing_remains_of_a_library_that_could_not_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("out of luck")

    monkeypatch.setattr(search_index, "rebuild", fail)
    with pytest.raises(sqlite3.OperationalError):
        create_library(tmp_path / "note.briefer", Vocabulary())
    assert list(tmp_path.iterdir()) == []


def test_a_library_in_no_folder_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as error:
        create_library(tmp_path / "nowhere" / "note.briefer", Vocabulary())
    assert code(error) == "library-unwritable"


def test_what_is_not_there_is_not_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as error:
        open_library(tmp_path / "note.briefer")
    assert code(error) == "library-missing"
    assert list(tmp_path.iterdir()) == []


def foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("Dear colleague,\n" * 20),
        foreign_database,
        lambda path: path.mkdir(),
    ],
    ids=["empty", "text", "another database", "folder"],
)
def test_what_is_not_a_library_is_left_alone(tmp_path: Path, make: object) -> None:
    path = tmp_path / "note.briefer"
    assert callable(make)
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert code(error) == "library-not-one"
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX's")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "note.briefer"
    os.mkfifo(path)
    for route in (
        lambda: open_library(path),
        lambda: cipher.check_passphrase(path, Passphrase("one"), tmp_path) or open_library(path),
        lambda: rescue(path, tmp_path / "out.briefer"),
    ):
        with pytest.raises(LibraryError) as error:
            route()
        assert code(error) in {"library-not-one", "library-missing"}
    with pytest.raises(OSError, match="no ordinary file"):
        in_use.head(path, 16)


def test_a_file_that_may_not_be_read_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert code(error) == "library-unwritable"


def test_half_a_library_is_damaged(library: SqliteLibrary, tmp_path: Path) -> None:
    library.close()
    whole = library.path.read_bytes()
    torn = tmp_path / "torn.briefer"
    torn.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with pytest.raises(LibraryError) as error:
        open_library(torn)
    assert code(error) == "library-damaged"


def test_damage_that_shows_later_is_named_then(shelf: Shelf) -> None:
    excerpt = shelf.excerpt()
    library = shelf.library
    library.close()
    data = bytearray(library.path.read_bytes())
    with closing(sqlite3.connect(library.path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'excerpts'").fetchone()
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    library.path.write_bytes(data)
    opened = open_library(library.path)
    with pytest.raises(LibraryError) as error, opened.read() as work:
        work.excerpts.of_source(excerpt.source_id)
    assert code(error) == "library-damaged"
    assert any("file" in problem for problem in opened.problems())
    opened.close()


def test_without_a_schema_it_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "note.briefer"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={engine.APPLICATION_ID}")
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert code(error) == "library-damaged"


def test_a_second_writer_waits_and_is_told(path: Path) -> None:
    library = open_library(path, busy_ms=1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with library.read() as work:
            assert work.counts().sources == 0
        with pytest.raises(LibraryError) as error, library.write():
            pytest.fail("the lock was not asked for")
        other.execute("ROLLBACK")
    assert code(error) == "library-locked"
    with library.write() as work:
        work.briefs.put(make_brief())
    library.close()


def test_a_full_disk_is_told_and_nothing_is_half_written(library: SqliteLibrary) -> None:
    source = make_source()
    text = "long " * 400_000
    snapshot = make_snapshot(source, text, reading=make_snapshot(source).reading)
    with library.write() as work:
        pages = work._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        work._connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 10}")
    with pytest.raises(LibraryError) as error, library.write() as work:
        work.sources.add(source, snapshot, original(text))
    assert code(error) == "library-full"
    with library.read() as work:
        assert work.counts() == LibraryCounts(0, 0, 0)
    assert library.problems() == ()


def test_a_file_that_may_not_be_written_says_so(library: SqliteLibrary) -> None:
    with library.read() as work:
        work._connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(LibraryError) as error, library.write() as work:
        work.briefs.put(make_brief())
    assert code(error) == "library-unwritable"


def test_a_bug_is_not_called_a_broken_library(shelf: Shelf) -> None:
    excerpt = shelf.excerpt()
    with pytest.raises(IntegrityError), shelf.library.write() as work:
        work.excerpts.add([excerpt])


def test_an_error_leaves_everything_as_it_was(shelf: Shelf) -> None:
    excerpt = shelf.excerpt()

    def fail() -> None:
        with shelf.library.write() as work:
            work.excerpts.remove([excerpt.id])
            work.briefs.put(make_brief())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with shelf.library.read() as work:
        assert work.excerpts.get(excerpt.id) == excerpt
        assert work.search.ids(Words("Germany")) == (excerpt.id,)
        assert work.counts() == LibraryCounts(1, 1, 0)
    assert shelf.library.problems() == ()


def test_a_reader_sees_one_state(shelf: Shelf) -> None:
    first = shelf.excerpt()
    with shelf.library.read() as work:
        assert work.counts().excerpts == 1
        shelf.excerpt()
        assert work.counts().excerpts == 1
        assert work.search.ids(Words("Germany")) == (first.id,)
    with shelf.library.read() as work:
        assert work.counts().excerpts == 2


def test_several_threads_work_at_once(library: SqliteLibrary) -> None:
    def store(_: int) -> int:
        excerpt = Shelf(library).excerpt(tags="partner:DE")
        with library.read() as work:
            assert work.excerpts.get(excerpt.id) == excerpt
            return work.search.page(Words("Germany"), limit=5).total

    with ThreadPoolExecutor(8) as pool:
        totals = sorted(pool.map(store, range(24)))
    assert totals[-1] == 24
    assert library.problems() == ()


def test_a_closed_library_stays_closed(library: SqliteLibrary) -> None:
    library.close()
    with pytest.raises(RuntimeError), library.read():
        pytest.fail("it was opened again")


def _write_and_die(path: Path) -> None:
    library = open_library(path)
    untold(library)
    with library.write() as work:
        work.briefs.put(make_brief(title="kept"))
    with library.write() as work:
        work.briefs.put(make_brief(title="lost"))
        os._exit(1)


def test_what_was_acknowledged_survives_a_killed_process(path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_write_and_die, args=(path,))
    process.start()
    process.join(60)
    assert process.exitcode == 1
    library = open_library(path)
    with library.read() as work:
        assert [brief.title for brief in work.briefs.all()] == ["kept"]
    assert library.problems() == ()
    library.close()


def test_durable_and_hardened(library: SqliteLibrary) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": engine.BUSY_MS,
        "application_id": engine.APPLICATION_ID,
    }
    with library.read() as work:
        found = {name: work._connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


def test_an_index_of_another_version_is_made_anew(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    excerpt = shelf.excerpt()
    shelf.library.close()
    copy = Path(shutil.copy(shelf.library.path, tmp_path / "other.briefer"))
    monkeypatch.setattr(search_index, "_VERSION", "another")
    monkeypatch.setattr(indexing, "prepare", lambda *parts: "changed" if any(parts) else "")
    # What was prepared before must not be remembered, nor what is prepared here.
    monkeypatch.setattr(search_index, "title_texts", indexing.title_texts.__wrapped__)
    library = open_library(copy)
    with library.read() as work:
        assert work.search.ids(Words("changed")) == (excerpt.id,)
        assert work.search.ids(Words("Germany")) == ()
        driver: Any = work._connection.connection.driver_connection
        assert search_index.is_current(driver)
    assert library.problems() == ()
    library.close()


def test_an_index_that_cannot_be_made_leaves_the_file_closed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(search_index, "_VERSION", "another")
    monkeypatch.setattr(search_index, "rebuild", fail)
    with pytest.raises(ZeroDivisionError):
        open_library(path)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_os_errors_are_told_apart(path: Path) -> None:
    for number, wanted in ((errno.ENOSPC, "library-full"), (errno.EACCES, "library-unwritable")):
        with pytest.raises(LibraryError) as error, engine.known_os_errors(path):
            raise OSError(number, os.strerror(number))
        assert code(error) == wanted


def test_counts(shelf: Shelf) -> None:
    shelf.excerpt()
    source, snapshot = shelf.source()
    with shelf.library.write() as work:
        work.excerpts.add([make_excerpt(snapshot), make_excerpt(snapshot)])
        work.briefs.put(make_brief())
        assert work.counts() == LibraryCounts(2, 3, 1)
        work.sources.remove(source.id)
        assert work.counts() == LibraryCounts(1, 1, 1)


def test_libraries_are_made_on_several_threads(tmp_path: Path) -> None:
    def make(number: int) -> tuple[str, ...]:
        library = create_library(tmp_path / f"note-{number}.briefer", Vocabulary())
        try:
            return library.problems()
        finally:
            library.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(make, range(8))) == [()] * 8


def test_a_copy_of_the_file_of_an_open_library_has_what_was_settled(path: Path, tmp_path: Path) -> None:
    library = open_library(path)
    library.settle()
    with library.write() as work:
        work.briefs.put(make_brief(title="kept"))
    alone, whole = tmp_path / "alone.briefer", tmp_path / "whole.briefer"
    in_use.copy(path, alone)
    with library.read() as reading:
        reading.counts()
        library.settle()
    library.settle()
    in_use.copy(path, whole)
    found = []
    for copied in (alone, whole):
        opened = open_library(copied)
        with opened.read() as work:
            found.append([brief.title for brief in work.briefs.all()])
        opened.close()
    assert found == [[], ["kept"]]
    library.close()


def test_what_can_only_be_read_is_not_settled(path: Path) -> None:
    path.chmod(0o444)
    library = open_library(path)
    library.settle()
    library.close()
