"""Whatever reads a file that is an open library leaves it its locks: another process must still find them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer import in_use
from briefer.app import LibraryOpener
from briefer.cli.files import read_text
from briefer.domain.backups import Reason
from briefer.domain.holders import Holder
from briefer.domain.passphrases import Passphrase
from briefer.errors import KnownError, LibraryError
from briefer.export import HouseTemplates, Returns
from briefer.intake import Intake
from briefer.intake.files import take
from briefer.services.desk import Desk
from briefer.storage import BackupFolder, backup, cipher, engine, journal, open_library
from briefer.storage.rescue import rescue
from briefer.storage.vault import LibraryVault

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
PASSPHRASE = Passphrase("seven grey herons")
posix = pytest.mark.skipif(os.name == "nt", reason="closing a file lets no locks go there")
_LOCK = """
import fcntl, sys
for name in sys.argv[1:]:
    try:
        fcntl.lockf(open(name, "rb+"), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        continue
    print(name)
"""


def unlocked(library: Path) -> list[str]:
    """Return the files of an open library on which another process finds no lock."""
    files = [str(library), f"{library}-shm"]
    done = subprocess.run(
        [sys.executable, "-c", _LOCK, *files], check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.split()


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def desk(starter_library: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    path, opener = tmp_path / "trial.briefer", LibraryOpener(Intake)
    shutil.copy(starter_library, path)
    if request.param:
        LibraryVault(path).convert(None, request.param, Holder("ann"))
    opened = opener.open(path, hold=True, passphrase=request.param)
    with opened.library.read() as work:
        work.counts()
    yield opened
    opened.close()


def _folder(desk: Desk) -> BackupFolder:
    return BackupFolder(desk.library.path, desk.library.passphrase)


def _backed_up(desk: Desk) -> None:
    folder = _folder(desk)
    made = folder.make(NOW, Reason.ASKED)
    assert folder.all() == (made,)
    assert folder.differences(made.name) is not None
    assert folder.fault(made.name) == ""


def _rescued(desk: Desk) -> None:
    rescue(desk.library.path, desk.library.path.with_name("saved.briefer"), desk.library.passphrase)


def _kept_damaged(desk: Desk) -> None:
    journal.lost_changes(desk.library.path)
    journal.keep_damaged(desk.library.path, NOW)


def _opened_once_more(desk: Desk) -> None:
    library = open_library(desk.library.path, passphrase=desk.library.passphrase)
    with library.read() as work:
        work.counts()
    library.close()


def _not_converted(desk: Desk) -> None:
    vault = LibraryVault(desk.library.path)
    with pytest.raises(LibraryError) as error:
        vault.convert(desk.library.passphrase, Passphrase("another one"), Holder("ben"))
    assert error.value.code == "library-held"
    assert len(vault.id) == (32 if desk.library.passphrase else 0)
    vault.copies(desk.library.passphrase)


def _not_replaced(desk: Desk) -> None:
    other = desk.library.path.with_name("other.briefer")
    LibraryOpener(Intake).create(other).close()
    with pytest.raises(LibraryError) as error:
        backup.copy(other, desk.library.path)
    assert error.value.code == "library-locked"


def _taken_in(desk: Desk) -> None:
    """Import the folder in which the library lies, and the library itself."""
    desk.importing.import_paths([desk.library.path.parent])
    for file in (desk.library.path, Path(f"{desk.library.path}-shm")):
        with suppress(KnownError):
            take(file)
        desk.importing.import_paths([file])


def _chosen(desk: Desk) -> None:
    """Choose the library where a document, a template or a table is wanted."""
    for read in (Returns().read, HouseTemplates().read, desk.styles.add, read_text):
        with pytest.raises(KnownError):
            read(desk.library.path)


_ROUTES: dict[str, Callable[[Desk], object]] = {
    "header": lambda desk: engine.check_header(desk.library.path),
    "is a library": lambda desk: engine.is_plain(desk.library.path),
    "key": lambda desk: cipher.key_of(desk.library.path, desk.library.passphrase),
    "passphrase": lambda desk: LibraryVault(desk.library.path).check(desk.library.passphrase),
    "protection": lambda desk: LibraryOpener(Intake).protection(desk.library.path).needs_passphrase,
    "backups": _backed_up,
    "copy": lambda desk: desk.library.backup(desk.library.path.with_name("copy.briefer")),
    "doctor": lambda desk: desk.review.doctor(),
    "repair": lambda desk: desk.review.repair(),
    "rescue": _rescued,
    "journal": _kept_damaged,
    "opened once more": _opened_once_more,
    "conversion": _not_converted,
    "target of a copy": _not_replaced,
    "import": _taken_in,
    "other choices": _chosen,
}


@posix
@pytest.mark.parametrize("route", _ROUTES)
def test_the_locks_of_an_open_library_stay(desk: Desk, route: str) -> None:
    assert unlocked(desk.library.path) == []
    _ROUTES[route](desk)
    assert unlocked(desk.library.path) == []


@posix
def test_a_plain_opening_would_let_them_go(desk: Desk) -> None:
    with desk.library.path.open("rb"):
        pass
    assert unlocked(desk.library.path) == [str(desk.library.path)]


def test_the_other_sqlite_finds_it_locked(starter_library: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(starter_library, tmp_path))
    with closing(cipher.connect(path, "mode=rw", None)):
        assert in_use.has_connections(path)
        with pytest.raises(sqlite3.OperationalError) as error:
            cipher.connect(path, "mode=rw", cipher.PLAIN)
        assert error.value.sqlite_errorcode == sqlite3.SQLITE_BUSY
    assert not in_use.has_connections(path)
    cipher.connect(path, "mode=rw", cipher.PLAIN).close()


def test_what_is_read_is_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes("\ufeffone\r\ntwo".encode())
    assert in_use.read_text(file) == "one\ntwo"
    assert in_use.head(file, 5) == b"\xef\xbb\xbfon"
    with in_use.opened(file) as first, in_use.opened(file) as second:
        assert first.read(4) == second.read(4)
        assert first.readline() == b"ne\r\n"
        assert second.read() == b"ne\r\ntwo"
    in_use.copy(file, tmp_path / "copy.txt")
    assert (tmp_path / "copy.txt").read_bytes() == file.read_bytes()
    assert not in_use.has_connections(tmp_path / "missing")
    with pytest.raises(FileNotFoundError):
        in_use.opened(tmp_path / "missing")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors are counted there")
def test_nothing_stays_open(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"words")

    def open_here() -> list[str]:
        links = (entry for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink())
        return [link.name for link in links if os.path.realpath(link) == str(file.resolve())]

    held = in_use.use(file)
    with in_use.opened(file):
        assert len(open_here()) == 1
    held.close()
    held.close()
    assert open_here() == []
