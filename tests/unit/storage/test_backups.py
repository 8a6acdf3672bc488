from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefer import in_use
from briefer.atomic import unfinished
from briefer.domain.backups import Reason, Turned
from briefer.domain.record import LIBRARY, Act, Draft
from briefer.domain.results import LibraryCounts
from briefer.errors import LibraryError
from briefer.services.ports import BackupShelf
from briefer.storage import BackupFolder, SqliteLibrary, backup, backups, open_library
from tests.unit.factories import make_brief
from tests.unit.storage.conftest import Shelf

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def folder(path: Path) -> BackupFolder:
    return BackupFolder(path)


def left(folder: BackupFolder) -> list[str]:
    return sorted(entry.name for entry in folder.folder.iterdir())


def test_a_backup_of_a_library_in_use(shelf: Shelf, folder: BackupFolder) -> None:
    port: BackupShelf = folder
    assert port.all() == ()
    shelf.excerpt()
    made = port.make(NOW, Reason.AUTOMATIC)
    assert made.name == "2026-01-15T093000Z automatic.briefer"
    assert (made.made_at, made.reason, made.counts) == (NOW, Reason.AUTOMATIC, LibraryCounts(1, 1, 0))
    assert made.size == (folder.folder / made.name).stat().st_size > 0
    assert port.all() == (made,)
    assert port.fault(made.name) == ""
    assert left(folder) == [made.name]
    port.remove(made.name)
    assert port.all() == ()


def test_the_same_state_is_kept_once(shelf: Shelf, folder: BackupFolder) -> None:
    first = folder.make(NOW, Reason.AUTOMATIC)
    assert folder.make(LATER, Reason.ASKED) == first
    shelf.excerpt()
    second = folder.make(LATER, Reason.ASKED)
    assert folder.all() == (second, first)
    shelf.excerpt()
    third = folder.make(LATER, Reason.ASKED)  # in the same second
    assert third.made_at == LATER + timedelta(seconds=1)


def test_whether_the_library_was_written_to(shelf: Shelf, folder: BackupFolder) -> None:
    now = datetime.now(UTC)
    assert folder.changed_since(now - timedelta(days=1))
    assert not folder.changed_since(now + timedelta(days=1))


def test_what_is_not_a_backup_is_passed_over(folder: BackupFolder) -> None:
    made = folder.make(NOW, Reason.AUTOMATIC)
    for name in ("notes.txt", "2026-01-15T093000Z other.briefer", "2026-01-15T093000Z.damaged"):
        (folder.folder / name).write_text("x")
    (folder.folder / "2026-01-15T113000Z asked.briefer").write_text("x")
    unreadable, sound = folder.all()
    assert sound == made
    assert unreadable.counts is None
    assert folder.fault(unreadable.name)
    assert folder.differences(unreadable.name) is None


def test_no_backup_of_what_is_no_library(tmp_path: Path) -> None:
    text = tmp_path / "note.briefer"
    for code in ("library-missing", "library-not-one"):
        with pytest.raises(LibraryError) as error:
            BackupFolder(text).make(NOW, Reason.AUTOMATIC)
        assert error.value.code == code
        text.write_text("a letter")
    assert [entry.name for entry in tmp_path.iterdir()] == [text.name]


def test_a_full_disk_leaves_nothing(folder: BackupFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1000))
    with pytest.raises(LibraryError) as error:
        folder.make(NOW, Reason.AUTOMATIC)
    assert error.value.code == "backup-full"
    assert left(folder) == []
    monkeypatch.undo()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(LibraryError) as error:
        folder.make(NOW, Reason.AUTOMATIC)
    assert error.value.code == "backup-full"
    assert left(folder) == []


_UNDER_A_LIMIT = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from briefer.domain.backups import Reason
from briefer.errors import LibraryError
from briefer.storage import BackupFolder

path = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    BackupFolder(path).make(datetime(2026, 1, 15, tzinfo=UTC), Reason.ASKED)
except LibraryError as error:
    print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_limit_on_the_size_of_files_is_told_with_its_own_remedy(
    library: SqliteLibrary, folder: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _UNDER_A_LIMIT, str(folder._library)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["backup-limited"], run.stderr
    assert left(folder) == []

    def fail(*_: object) -> None:
        raise OSError(errno.EFBIG, "File too large")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(LibraryError) as error:
        folder.make(NOW, Reason.AUTOMATIC)
    assert error.value.code == "backup-limited"


def test_a_folder_that_cannot_be_written_is_told(
    folder: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(LibraryError) as error:
        folder.make(NOW, Reason.AUTOMATIC)
    assert error.value.code == "backup-unwritable"
    assert "note.briefer" in str(error.value)
    assert not folder.folder.exists()


def test_what_a_killed_process_left_is_swept_up(folder: BackupFolder) -> None:
    folder.folder.mkdir()
    stale = folder.folder / unfinished(folder.folder / "x").name.replace(f"-{os.getpid()}-", "-999999999-")
    stale.write_text("half")
    made = folder.make(NOW, Reason.AUTOMATIC)
    assert left(folder) == [made.name]


def test_a_damaged_library_is_not_backed_up(
    library: SqliteLibrary, folder: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "fault_of", lambda _connection: "page 3 is never used")
    with pytest.raises(LibraryError) as error:
        folder.make(NOW, Reason.AUTOMATIC)
    assert error.value.code == "library-damaged"
    assert left(folder) == []


def test_what_going_back_would_change(shelf: Shelf, folder: BackupFolder) -> None:
    kept, lost = shelf.excerpt(), shelf.excerpt()
    renamed, removed = make_brief(title="Seoul"), make_brief(title="Delhi")
    with shelf.library.write() as work:
        work.briefs.put(renamed)
        work.briefs.put(removed)
    made = folder.make(NOW, Reason.AUTOMATIC)
    same = folder.differences(made.name)
    assert same is not None
    assert not same.any
    shelf.excerpt()
    with shelf.library.write() as work:
        work.excerpts.update([replace(kept, comment="think again")])
        work.excerpts.remove([lost.id])
        work.briefs.remove(removed.id)
        work.briefs.put(replace(renamed, changed_at=LATER))
        work.briefs.put(make_brief(title="Tokyo"))
    found = folder.differences(made.name)
    assert found is not None
    assert found.sources == Turned(lost=1)
    assert found.excerpts == Turned(lost=1, back=1, changed=1)
    assert (found.briefs_lost, found.briefs_back, found.briefs_changed) == (
        ("Tokyo",),
        ("Delhi",),
        ("Seoul",),
    )


def test_messages_with_damaged_bytes_are_told_as_damage(shelf: Shelf, folder: BackupFolder) -> None:
    """SQLite quotes the schema that it cannot read, byte for byte."""
    made = folder.make(NOW, Reason.AUTOMATIC)
    shelf.library.close()
    whole = folder.folder / made.name
    damaged = whole.read_bytes().replace(b"CREATE TABLE sources", b"CREATE\xf6TABLE sources")
    other = shelf.library.path.with_name("other")
    other.write_bytes(damaged)
    with closing(sqlite3.connect(other)) as connection, pytest.raises(UnicodeDecodeError):
        connection.execute("SELECT * FROM excerpts")
    kept = whole.read_bytes()
    shelf.library.path.write_bytes(damaged)
    assert folder.differences(made.name) is None
    shelf.library.path.write_bytes(kept)
    whole.write_bytes(damaged)
    assert folder.fault(made.name)
    assert folder.all()[0].counts is None
    assert folder.differences(made.name) is None


def test_going_back_keeps_the_present_state(shelf: Shelf, folder: BackupFolder) -> None:
    shelf.excerpt()
    made = folder.make(NOW, Reason.AUTOMATIC)
    shelf.excerpt()
    shelf.library.close()
    kept = folder.restore(made.name, LATER)
    assert kept == folder.folder / "2026-01-15T103000Z before-restore.briefer"
    assert counts(shelf.library.path) == LibraryCounts(1, 1, 0)
    assert folder.restore(kept.name, LATER) is not None
    assert counts(shelf.library.path) == LibraryCounts(2, 2, 0)
    assert sorted(e.name for e in shelf.library.path.parent.iterdir()) == [
        "note.briefer",
        "note.briefer-backups",
    ]


def test_going_back_is_in_the_record_of_what_comes_back(shelf: Shelf, folder: BackupFolder) -> None:
    made = folder.make(NOW, Reason.AUTOMATIC)
    shelf.excerpt()
    with shelf.library.write() as work:
        work.record.add([Draft(NOW, "Ken", Act.EDIT, LIBRARY, {})])
        replaced = work.record.head()
    shelf.library.close()
    kept = folder.restore(made.name, LATER, "Asha Menon")
    assert kept is not None
    assert recorded(shelf.library.path) == {
        "backup": made.name,
        "kept": kept.name,
        "replaced": {"entries": 3, "hash": replaced.hash},
    }
    shelf.library.path.write_bytes(b"damaged")
    kept = folder.restore(made.name, LATER, "Asha Menon")
    assert kept is not None
    assert recorded(shelf.library.path) == {"backup": made.name, "kept": kept.name}


def recorded(path: Path) -> dict[str, object]:
    """Return what the record of a library tells of going back, which is all that it tells besides its beginning."""
    opened = open_library(path)
    with opened.read() as work:
        *_begun, entry = work.record.all()
    assert opened.problems() == ()
    opened.close()
    assert (entry.kind, entry.who, entry.at) == (Act.BACKUP, "Asha Menon", "2026-01-15T10:30:00.000000+00:00")
    return entry.facts


def test_a_backup_of_before_there_was_a_record_comes_back(shelf: Shelf, folder: BackupFolder) -> None:
    made = folder.make(NOW, Reason.AUTOMATIC)
    shelf.library.close()
    with closing(sqlite3.connect(folder.folder / made.name)) as connection, connection:
        connection.execute("DROP TABLE record")
    folder.restore(made.name, LATER)
    with closing(sqlite3.connect(shelf.library.path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema WHERE name = 'record'").fetchall() == []


def counts(path: Path) -> LibraryCounts:
    opened = open_library(path)
    with opened.read() as work:
        found = work.counts()
    assert opened.problems() == ()
    opened.close()
    return found


def test_a_library_in_use_is_not_replaced(shelf: Shelf, folder: BackupFolder) -> None:
    made = folder.make(NOW, Reason.AUTOMATIC)
    shelf.excerpt()
    with pytest.raises(LibraryError) as error:
        folder.restore(made.name, LATER)
    assert error.value.code == "library-locked"
    with shelf.library.read() as work:
        assert work.counts() == LibraryCounts(1, 1, 0)


@pytest.mark.parametrize("damage", ["header", "pages", "missing"])
def test_a_library_that_cannot_be_read_is_kept_and_replaced(
    shelf: Shelf, folder: BackupFolder, damage: str
) -> None:
    shelf.excerpt()
    made = folder.make(NOW, Reason.AUTOMATIC)
    path = shelf.library.path
    shelf.library.close()
    data = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        start = 0 if damage == "header" else 100
        path.write_bytes(data[:start] + b"\xff" * (len(data) - start))
        if damage == "header":  # otherwise SQLite itself puts an end to a journal that is none
            Path(f"{path}-wal").write_bytes(b"journal")
            Path(f"{path}-journal").write_bytes(b"journal")
    kept = folder.restore(made.name, LATER)
    assert not list(path.parent.glob("note.briefer-[wj]*"))
    assert counts(path) == LibraryCounts(1, 1, 0)
    if damage == "missing":
        assert kept is None
    else:
        assert kept is not None
        assert kept.name == "2026-01-15T103000Z.damaged"
        assert kept.read_bytes().endswith(b"\xff" * 100)
        assert Path(f"{kept}-wal").exists() == (damage == "header")
        assert Path(f"{kept}-journal").exists() == (damage == "header")
        assert folder.all() == (made,)


def test_where_there_is_no_room_to_go_back_the_library_is_as_it_was(
    shelf: Shelf, folder: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder.make(NOW, Reason.AUTOMATIC)
    shelf.excerpt()
    shelf.library.close()
    before = shelf.library.path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1000))
    with pytest.raises(LibraryError) as early:
        folder.restore(made.name, LATER)
    monkeypatch.undo()
    monkeypatch.setattr(in_use, "copy", fail)
    with pytest.raises(LibraryError) as late:
        folder.restore(made.name, LATER)
    for error in (early.value, late.value):
        assert error.code == "restore-full"
        assert "nothing was gone back to, and the library is as it was" in str(error)
    assert "no backup of its present state could be made" in str(early.value)
    assert "no backup" not in str(late.value)
    assert shelf.library.path.read_bytes() == before
    assert len(left(folder)) == 2


def test_where_the_folder_cannot_be_written_nothing_is_gone_back_to(
    shelf: Shelf, folder: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder.make(NOW, Reason.AUTOMATIC)
    shelf.excerpt()
    shelf.library.close()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(LibraryError, match=r"nothing was gone back to.*Permission denied") as error:
        folder.restore(made.name, LATER)
    assert error.value.code == "restore-unwritable"


def test_a_damaged_backup_is_not_restored(library: SqliteLibrary, folder: BackupFolder) -> None:
    made = folder.make(NOW, Reason.AUTOMATIC)
    library.close()
    before = library.path.read_bytes()
    file = folder.folder / made.name
    file.write_bytes(before[: len(before) // 2])
    with pytest.raises(LibraryError) as error:
        folder.restore(made.name, LATER)
    assert error.value.code == "backup-damaged"
    assert library.path.read_bytes() == before


def test_a_backup_opens_as_a_library(shelf: Shelf, folder: BackupFolder, tmp_path: Path) -> None:
    shelf.excerpt()
    made = folder.make(NOW, Reason.AUTOMATIC)
    copy = Path(shutil.copy(folder.folder / made.name, tmp_path / "copy.briefer"))
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert backups.BackupFolder(copy).all() == ()


def test_a_backup_leaves_the_library_its_locks(shelf: Shelf) -> None:
    """Who closes a file loses a process's locks on it: the next process to close would take the journal away."""
    library = shelf.library
    shelf.excerpt()
    BackupFolder(library.path, library_id=library.id).make(NOW, Reason.AUTOMATIC)
    other = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('SELECT count(*) FROM sources').fetchone()\n"
        "connection.close()"
    )
    subprocess.run([sys.executable, "-c", other, str(library.path)], check=True)
    assert Path(f"{library.path}-wal").exists()


def test_a_clock_that_was_set_back_makes_no_older_backups(shelf: Shelf, folder: BackupFolder) -> None:
    folder.make(LATER, Reason.ASKED)
    shelf.excerpt()
    made = folder.make(NOW, Reason.ASKED)
    assert made.made_at == LATER + timedelta(seconds=1)
    assert folder.all()[0] == made
