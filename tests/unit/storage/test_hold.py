"""A library that somebody else holds, that cannot be written, that is gone, that lies on a network drive."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import pytest

from briefer.atomic import unfinished
from briefer.domain.holders import Holder, ReadOnly
from briefer.domain.results import LibraryCounts
from briefer.errors import LibraryError
from briefer.storage import SqliteLibrary, engine, hold, migrations, open_library, opening
from briefer.storage import library as library_module
from briefer.storage.engine import Access, known_errors
from tests.unit.factories import make_brief
from tests.unit.storage.conftest import Shelf

ANN = Holder("ann", "pc-12", 42, datetime(2026, 1, 15, 9, 30, tzinfo=UTC))
BEN = Holder("ben", "pc-13", 43, datetime(2026, 1, 15, 10, 30, tzinfo=UTC))


def refused(library: SqliteLibrary) -> LibraryError:
    with pytest.raises(LibraryError) as error, library.write() as work:
        work.briefs.put(make_brief())
    return error.value


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_the_second_reads_and_is_told_who_holds_it(path: Path) -> None:
    first = open_library(path, me=ANN)
    second = open_library(path, me=BEN)
    assert first.read_only is None
    assert second.read_only == ReadOnly(ANN)
    with first.write() as work:
        work.briefs.put(make_brief())
    with second.read() as work:
        assert work.counts().briefs == 1
    error = refused(second)
    assert error.code == "library-held"
    assert "ann on pc-12 has it open since 2026-01-15" in str(error)
    second.close()
    first.close()
    assert names(path.parent) == [path.name]
    third = open_library(path, me=BEN)
    assert third.read_only is None
    third.close()


def test_commands_work_beside_it(path: Path) -> None:
    window = open_library(path, me=ANN)
    command = open_library(path)
    with command.write() as work:
        work.briefs.put(make_brief())
    command.close()
    with window.read() as work:
        assert work.counts().briefs == 1
    window.close()


_HOLDING = """
import os, signal, sys
from pathlib import Path
from briefer.domain.holders import Holder
from briefer.storage import open_library
open_library(Path(sys.argv[1]), me=Holder("ann", "pc-12", os.getpid()))
print("held", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_what_a_killed_window_held_is_free(path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _HOLDING, str(path)], stdout=subprocess.PIPE, check=False, timeout=60
    )
    assert ended.stdout == b"held\n"
    left = unfinished(path)
    left.with_name(left.name.replace(f"-{os.getpid()}-", "-999999999-")).write_text("half an export")
    library = open_library(path, me=BEN)
    assert library.read_only is None
    library.close()
    assert names(path.parent) == [path.name]


def test_a_holder_that_cannot_be_read_is_still_a_holder(path: Path) -> None:
    first = open_library(path, me=ANN)
    told = path.with_name(f"{path.name}-holder")
    told.write_text("{")
    second = open_library(path, me=BEN)
    assert second.read_only == ReadOnly(Holder())
    assert "? on ? has it open since ?" in str(refused(second))
    second.close()
    first.close()


def test_an_error_while_opening_lets_it_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "head", lambda: "9999")
    monkeypatch.setattr(
        opening, "_upgrade", lambda *_: (_ for _ in ()).throw(LibraryError("library-full", name="x"))
    )
    with pytest.raises(LibraryError):
        open_library(path, me=ANN)
    monkeypatch.undo()
    library = open_library(path, me=BEN)
    assert library.read_only is None
    library.close()


@pytest.mark.parametrize("folder_too", [True, False])
def test_what_cannot_be_written_can_be_read(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, *, folder_too: bool
) -> None:
    shelf.excerpt()
    path = shelf.library.path
    shelf.library.close()
    really = os.access

    def refuse(asked: Path, mode: int) -> bool:
        closed = asked == path or (folder_too and asked == path.parent)
        return False if closed and mode == os.W_OK else really(asked, mode)

    monkeypatch.setattr(os, "access", refuse)
    library = open_library(path, me=ANN)
    assert library.read_only == ReadOnly()
    with library.read() as work:
        assert work.counts() == LibraryCounts(1, 1, 0)
        if folder_too:
            assert names(path.parent) == [path.name]
    error = refused(library)
    assert error.code == "library-read-only"
    library.close()
    assert names(path.parent) == [path.name]
    monkeypatch.setattr(migrations, "head", lambda: "9999")
    with pytest.raises(LibraryError) as old:
        open_library(path, me=ANN)
    assert old.value.code == "library-read-only"


def test_where_no_lock_can_be_made_the_reason_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(opening, "take", refuse)
    with pytest.raises(LibraryError) as error:
        open_library(path, me=ANN)
    assert error.value.code == "library-unwritable"


def _fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no room, also for what SQLite makes beside a library that it may write to."""
    really = engine.connect

    def connect(path: Path, access: Access) -> sqlite3.Connection:
        if access.read_only:
            return really(path, access)
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise error

    monkeypatch.setattr(opening, "connect", connect)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))


@pytest.mark.parametrize("me", [None, ANN])
def test_on_a_full_disk_a_library_is_open_for_reading(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, me: Holder | None
) -> None:
    shelf.excerpt()
    path = shelf.library.path
    shelf.library.close()
    _fill_the_disk(monkeypatch)
    library = open_library(path, me=me)
    assert library.read_only == ReadOnly(full=True)
    with library.read() as work:
        assert work.counts() == LibraryCounts(1, 1, 0)
        assert names(path.parent) == [path.name]
    assert library.problems() == ()
    error = refused(library)
    assert error.code == "library-full"
    assert "free some space and try again" in str(error)
    library.close()
    monkeypatch.undo()
    again = open_library(path, me=BEN)
    assert again.read_only is None
    again.close()


def test_on_a_full_disk_not_even_a_lock_is_needed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(opening, "take", refuse)
    library = open_library(path, me=ANN)
    assert library.read_only == ReadOnly(full=True)
    library.close()


def test_letting_go_twice_leaves_what_is_somebody_elses(path: Path) -> None:
    first = hold.take(path, ANN)
    assert isinstance(first, hold.Hold)
    first.release()
    second = hold.take(path, BEN)
    assert isinstance(second, hold.Hold)
    first.release()
    assert hold.take(path, ANN) == BEN
    second.release()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
def test_a_file_that_is_gone_takes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    library = shelf.library
    away = tmp_path / "away"
    away.mkdir()
    library.path.rename(away / library.path.name)
    assert refused(library).code == "library-gone"
    # Another file in its place is another library.
    shutil.copy(away / library.path.name, library.path)
    assert refused(library).code == "library-gone"
    library.path.unlink()
    (away / library.path.name).rename(library.path)
    shelf.excerpt()


def test_a_drive_that_fails_under_way_is_told_as_gone(
    library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        with library.read():
            monkeypatch.setattr(library_module, "file_at", lambda _path: None)
            raise LibraryError("library-unwritable", name="note.briefer", detail="disk I/O error")

    with pytest.raises(LibraryError) as error:
        fail()
    assert error.value.code == "library-gone"


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:21 / /shares/ann/H\\040Drive rw,relatime shared:2 master:1 - cifs //srv/h rw
24 22 0:22 / /mnt/nfs rw - nfs4 srv:/x rw
"""


def test_kinds_of_file_systems() -> None:
    kinds = [
        hold.file_system(PurePosixPath(path), MOUNTS)
        for path in ("/shares/ann/note.briefer", "/shares/ann/H Drive/note.briefer", "/mnt/nfs/a/b.briefer")
    ]
    assert kinds == ["ext4", "cifs", "nfs4"]


def test_on_a_network_drive_there_is_no_write_ahead_log(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library(path).close()
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 254:0 / {path.parent} rw - nfs4 srv:/x rw\n")
    monkeypatch.setattr(hold, "_MOUNTS", mounts)
    monkeypatch.setattr(os, "major", lambda _: 0)
    monkeypatch.setattr(sys, "platform", "linux")
    library = open_library(path, me=ANN)
    assert library.on_network
    with library.write() as work:
        work.briefs.put(make_brief())
        assert work._connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
        assert not path.with_name(f"{path.name}-wal").exists()
    library.close()
    mounts.unlink()
    again = open_library(path)
    assert not again.on_network
    with again.read() as work:
        assert work.counts().briefs == 1
        assert work._connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    again.close()


def test_what_can_only_be_read_is_looked_over_and_copied_elsewhere(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.excerpt()
    path = shelf.library.path
    shelf.library.close()
    really = os.access
    monkeypatch.setattr(
        os, "access", lambda asked, mode: asked not in {path, path.parent} and really(asked, mode)
    )
    library = open_library(path, me=ANN)
    assert library.problems() == ()
    (tmp_path / "away").mkdir()
    library.backup(tmp_path / "away" / "copy.briefer")
    library.close()
    assert names(path.parent) == ["away", path.name]


def test_a_full_disk_is_told_as_one_whatever_sqlite_says(
    library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE

    def told() -> str:
        with pytest.raises(LibraryError) as met, known_errors(library.path):
            raise error
        return met.value.code

    assert told() == "library-unwritable"
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=4096))
    assert told() == "library-full"

    def gone(_path: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(shutil, "disk_usage", gone)
    assert told() == "library-unwritable"
