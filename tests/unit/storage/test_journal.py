"""A journal that a killed program left, and that was damaged since."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.domain.holders import Holder
from briefer.errors import LibraryError
from briefer.storage import open_library
from briefer.storage.journal import lost_changes
from tests.unit.factories import make_brief

ME = Holder("ann", "pc-12", 42, datetime(2026, 1, 15, 9, 30, tzinfo=UTC))
_FRAME = 24 + 4096


@pytest.fixture
def left(path: Path, tmp_path: Path) -> Path:
    """A library with three changes in its journal, of which nobody is in the middle of anything."""
    library = open_library(path)
    for number in range(3):
        with library.write() as work:
            work.briefs.put(make_brief(id=f"brief-{number}"))
    away = tmp_path / "away"
    away.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", away)
    library.close()
    return away / path.name


def harm(left: Path, at: int) -> None:
    journal = Path(f"{left}-wal")
    data = bytearray(journal.read_bytes())
    data[at] ^= 1
    journal.write_bytes(data)


def briefs(library: Path) -> int:
    opened = open_library(library, me=ME)
    with opened.read() as work:
        count = work.counts().briefs
    opened.close()
    return count


def test_a_whole_journal_loses_nothing(left: Path) -> None:
    assert lost_changes(left) == ""
    assert briefs(left) == 3


def test_of_an_earlier_journal_nothing_is_missing(path: Path) -> None:
    library = open_library(path)
    for number in range(3):
        with library.write() as work:
            work.briefs.put(make_brief(id=f"brief-{number}"))
            work._connection.exec_driver_sql("SELECT 1")
        with library.read() as work:
            work._connection.connection.rollback()
    raw = library._engine.raw_connection()
    raw.execute("PRAGMA wal_checkpoint(RESTART)")
    raw.close()
    with library.write() as work:
        work.briefs.put(make_brief(id="brief-last"))
    assert Path(f"{path}-wal").stat().st_size > 0
    assert lost_changes(path) == ""
    library.close()


@pytest.mark.parametrize("at", [0, 10, 18, 26, 45, 32 + 24 + 100, 32 + _FRAME + 30])
def test_what_cannot_be_read_any_more_is_told_once(left: Path, at: int) -> None:
    harm(left, at)
    before = Path(f"{left}-wal").read_bytes()
    assert lost_changes(left)
    with pytest.raises(LibraryError) as error:
        open_library(left, me=ME)
    assert error.value.code == "library-journal"
    assert "are lost" in str(error.value)
    kept = left.with_name(f"{left.name}-backups") / "2026-01-15T093000Z.damaged"
    assert Path(f"{kept}-wal").read_bytes() == before
    assert kept.exists()
    assert briefs(left) < 3


def test_the_last_change_alone(left: Path) -> None:
    harm(left, Path(f"{left}-wal").stat().st_size - 10)
    with pytest.raises(LibraryError, match="up to 1 of the last changes"):
        open_library(left, me=ME)
    assert briefs(left) == 2


@pytest.mark.parametrize("size", [0, 20, 32, 40])
def test_hardly_a_journal(left: Path, size: int) -> None:
    Path(f"{left}-wal").write_bytes(Path(f"{left}-wal").read_bytes()[:size])
    assert lost_changes(left) == ""
    assert briefs(left) == 0


@pytest.fixture
def killed(path: Path, left: Path) -> Path:
    """The same with the journal's index, as a program leaves it that is killed."""
    library = open_library(path)
    for number in range(3):
        with library.write() as work:
            work.briefs.put(make_brief(id=f"later-{number}"))
    for ending in ("", "-wal", "-shm"):
        shutil.copy(f"{path}{ending}", left.parent)
    library.close()
    return left


def test_with_its_index_a_whole_journal_loses_nothing(killed: Path) -> None:
    assert lost_changes(killed) == ""
    assert briefs(killed) == 6


@pytest.mark.parametrize("size", [None, 0, 20, 32, 40, 32 + 2 * _FRAME])
def test_a_journal_that_is_gone_or_cut_off_is_told_once(killed: Path, size: int | None) -> None:
    journal = Path(f"{killed}-wal")
    data = journal.read_bytes()
    if size is None:
        journal.unlink()
    else:
        journal.write_bytes(data[:size])
    frames = (len(data) - 32) // _FRAME
    gone = frames - (2 if size and size > _FRAME else 0)
    assert f"how many cannot be told (they took up to {gone * 4096 // 1000:,} kB)" in lost_changes(killed)
    with pytest.raises(LibraryError, match="damaged or gone") as error:
        open_library(killed, me=ME)
    assert error.value.code == "library-journal"
    assert Path(f"{killed}-backups").is_dir()
    assert 3 <= briefs(killed) < 6


def test_an_index_that_says_nothing_is_passed_by(killed: Path) -> None:
    Path(f"{killed}-wal").unlink()
    index = Path(f"{killed}-shm")
    data = index.read_bytes()
    for other in (bytes(len(data)), data[:60], data[:50] + b"x" + data[51:], b"x" + data[1:]):
        index.write_bytes(other)
        assert lost_changes(killed) == ""


def test_what_is_in_the_library_already_is_not_lost(path: Path, tmp_path: Path) -> None:
    library = open_library(path)
    with library.write() as work:
        work.briefs.put(make_brief(id="brief-0"))
    raw = library._engine.raw_connection()
    raw.execute("PRAGMA wal_checkpoint(PASSIVE)")
    raw.close()
    for ending in ("", "-shm"):
        shutil.copy(f"{path}{ending}", tmp_path / f"killed.briefer{ending}")
    library.close()
    assert lost_changes(tmp_path / "killed.briefer") == ""


def test_where_the_files_cannot_be_kept_the_library_stays_as_it_is(
    left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm(left, 32 + 24 + 100)
    before = Path(f"{left}-wal").read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", refuse)
    with pytest.raises(LibraryError) as error:
        open_library(left, me=ME)
    assert error.value.code == "library-full"
    assert Path(f"{left}-wal").read_bytes() == before
    monkeypatch.undo()
    with pytest.raises(LibraryError) as again:
        open_library(left, me=ME)
    assert again.value.code == "library-journal"


def test_what_is_left_of_a_change_of_journals_goes_when_the_library_is_opened(path: Path) -> None:
    away = path.with_name(f"{path.name}-journal")
    away.write_bytes(bytes(4616))  # its header is emptied when the change is stored
    open_library(path).close()
    assert not away.exists()


def test_a_change_that_a_kill_interrupted_is_taken_back_before_its_journal_goes(
    path: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA cache_size=2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM terms")
        connection.execute("CREATE TABLE odd AS SELECT * FROM sqlite_schema")
        for _ in range(5):  # more than the cache holds, so that it is in the file before its time
            connection.execute("INSERT INTO odd SELECT * FROM odd")
        killed = Path(shutil.copy(path, tmp_path / "killed.briefer"))
        shutil.copy(f"{path}-journal", f"{killed}-journal")
        connection.execute("ROLLBACK")
    with closing(open_library(killed)) as library:
        assert library.problems() == ()
    assert not Path(f"{killed}-journal").exists()
