from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefer.domain.results import LibraryCounts
from briefer.domain.tags import Vocabulary
from briefer.errors import LibraryError
from briefer.storage import backup, create_library, open_library
from tests.unit.storage.conftest import Shelf


def test_a_copy_of_a_library_in_use(shelf: Shelf, tmp_path: Path) -> None:
    shelf.excerpt()
    target = tmp_path / "copies" / "copy.briefer"
    target.parent.mkdir()
    shelf.library.backup(target)
    with shelf.library.read() as reading:
        reading.counts()
        shelf.library.backup(target)
    assert [entry.name for entry in target.parent.iterdir()] == [target.name]
    copy = open_library(target)
    with copy.read() as work:
        assert work.counts() == LibraryCounts(1, 1, 0)
    assert copy.problems() == ()
    copy.close()


def test_the_library_itself_is_no_target(shelf: Shelf, tmp_path: Path) -> None:
    for target in (shelf.library.path, shelf.library.path.parent / "." / shelf.library.path.name):
        with pytest.raises(LibraryError) as error:
            shelf.library.backup(target)
        assert error.value.code == "file-exists"


def test_only_an_older_copy_is_replaced(shelf: Shelf, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    create_library(other / "note.briefer", Vocabulary()).close()
    strange = other / "note.briefer"
    with closing(sqlite3.connect(strange)) as connection, connection:
        connection.execute("INSERT INTO record VALUES (900, '', '', '', '', 'x', '', '', '', 'another')")
    older = tmp_path / "older.briefer"
    shelf.excerpt()
    shelf.library.backup(older)
    shelf.excerpt()
    shelf.library.backup(older)
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT count(*) FROM excerpts").fetchone() == (2,)
    damaged = tmp_path / "damaged.briefer"
    damaged.write_bytes(older.read_bytes()[:100])
    for target in (strange, damaged):
        before = target.read_bytes()
        with pytest.raises(LibraryError) as error:
            shelf.library.backup(target)
        assert error.value.code == "file-exists"
        assert target.read_bytes() == before


def test_what_was_recorded_only_in_a_copy_is_not_lost(shelf: Shelf, tmp_path: Path) -> None:
    copied = tmp_path / "copy.briefer"
    with closing(sqlite3.connect(shelf.library.path)) as connection, connection:
        connection.execute("INSERT INTO record VALUES (900, '', '', '', '', 'x', '', '', '', 'first')")
    shelf.library.backup(copied)
    shelf.library.backup(copied)
    with closing(sqlite3.connect(copied)) as connection, connection:
        connection.execute("INSERT INTO record VALUES (901, '', '', '', '', 'x', '', '', '', 'second')")
    with pytest.raises(LibraryError) as error:
        shelf.library.backup(copied)
    assert error.value.code == "file-exists"


def test_a_library_in_use_is_no_target(shelf: Shelf, tmp_path: Path) -> None:
    target = tmp_path / "other.briefer"
    shelf.library.backup(target)
    other = open_library(target)
    with other.write() as work:
        work.briefs.remove("none")
    with pytest.raises(LibraryError) as error:
        shelf.library.backup(target)
    assert error.value.code == "library-locked"
    other.close()
    shelf.library.backup(target)


def test_a_copy_that_cannot_be_written_leaves_nothing(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LibraryError) as error:
        shelf.library.backup(tmp_path / "nowhere" / "copy.briefer")
    assert error.value.code == "library-unwritable"

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    target = tmp_path / "copies" / "copy.briefer"
    target.parent.mkdir()
    with pytest.raises(LibraryError) as error:
        shelf.library.backup(target)
    assert error.value.code == "library-full"
    assert list(target.parent.iterdir()) == []


def test_copies_from_before_upgrades_have_names_of_their_own(tmp_path: Path) -> None:
    library = tmp_path / "note.briefer"
    names = []
    for _ in range(3):
        path = backup.before(library, "0002")
        path.touch()
        names.append(path.name)
    assert names == ["note.before-0002.briefer", "note.before-0002-2.briefer", "note.before-0002-3.briefer"]
    assert [path.name for path in backup.befores(library, "0002")] == names
    assert list(backup.befores(library, "0003")) == []
