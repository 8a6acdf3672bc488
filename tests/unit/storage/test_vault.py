"""Encrypting, decrypting and rekeying: whole, or as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefer.domain.backups import Reason
from briefer.domain.holders import Holder
from briefer.domain.passphrases import Passphrase
from briefer.domain.record import Act, first_break
from briefer.domain.results import LibraryCounts
from briefer.domain.tags import Vocabulary
from briefer.errors import LibraryError
from briefer.services.ports import Vault
from briefer.storage import BackupFolder, cipher, conversion, create_library, open_library, vault
from briefer.storage.backup import folder_beside
from briefer.storage.conversion import converted, difference
from briefer.storage.vault import LibraryVault
from tests.unit.storage.conftest import Shelf
from tests.unit.storage.test_cipher import TEXT, readable

ONE, TWO = Passphrase("correct horse battery staple"), Passphrase("another eight words")
ME = Holder("ann", "pc", 1, datetime(2026, 1, 15, 9, 30, tzinfo=UTC))
NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


@pytest.fixture
def plain(path: Path) -> Path:
    with closing(open_library(path)) as library:
        Shelf(library).excerpt(TEXT)
    return path


def counts(path: Path, passphrase: Passphrase | None) -> LibraryCounts:
    with closing(open_library(path, me=ME, passphrase=passphrase)) as library:
        assert library.problems() == ()
        with library.read() as work:
            return work.counts()


# Another process, because locks are a process's.
_ELSEWHERE = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from briefer.errors import LibraryError
    from briefer.storage import open_library
    from tests.unit.storage.test_vault import ME
    from tests.unit.storage.conftest import Shelf
    how = sys.argv[2]
    library = open_library(Path(sys.argv[1]), busy_ms=0, me=ME if how == "held" else None)
    try:
        with library.read() as work:
            work.counts()
        if how == "write":
            Shelf(library).excerpt("Text.")
    except LibraryError as error:
        print(error, flush=True)
    print("ready", flush=True)
    sys.stdin.read()
    library.close()
    """
)


@contextmanager
def elsewhere(path: Path, how: str) -> Iterator[None]:
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", _ELSEWHERE, str(path), how]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield
        process.communicate()


def names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_there_and_back(plain: Path) -> None:
    port: Vault = LibraryVault(plain)
    assert port.id == ""
    port.convert(None, ONE, ME)
    first = port.id
    assert first
    assert readable(plain.parent) == []
    assert counts(plain, ONE) == LibraryCounts(1, 1, 0)
    port.convert(ONE, TWO, ME)
    assert port.id not in {"", first}
    assert counts(plain, TWO) == LibraryCounts(1, 1, 0)
    with pytest.raises(LibraryError) as caught:
        open_library(plain, passphrase=ONE)
    assert caught.value.code == "library-passphrase"
    port.convert(TWO, None, ME)
    assert counts(plain, None) == LibraryCounts(1, 1, 0)
    assert names(plain) == [plain.name]


def test_each_change_is_in_the_record(plain: Path) -> None:
    port = LibraryVault(plain)
    for now, new in ((None, ONE), (ONE, TWO), (TWO, None)):
        port.convert(now, new, ME)
    with closing(open_library(plain)) as library, library.read() as work:
        entries = [entry for entry in work.record.all() if entry.kind == Act.ENCRYPTION]
        assert first_break(work.record.all(), work.record.head()) is None
    assert {entry.who for entry in entries} == {ME.user}
    assert [entry.facts["encryption"] for entry in entries] == [
        {"from": "not encrypted", "to": "encrypted"},
        {"from": "encrypted", "to": "encrypted with another passphrase"},
        {"from": "encrypted", "to": "not encrypted"},
    ]


def test_permissions_stay(plain: Path) -> None:
    plain.chmod(0o640)
    before = plain.stat().st_mode
    LibraryVault(plain).convert(None, ONE, ME)
    assert plain.stat().st_mode == before


def test_what_is_in_the_journal_comes_along(plain: Path) -> None:
    copy = plain.with_name("copy.briefer")
    with closing(open_library(plain)) as library:
        Shelf(library).excerpt(TEXT)
        shutil.copy(plain, copy)
        shutil.copy(f"{plain}-wal", f"{copy}-wal")
    LibraryVault(copy).convert(None, ONE, ME)
    assert counts(copy, ONE) == LibraryCounts(2, 2, 0)
    assert not Path(f"{copy}-wal").exists()


@pytest.mark.parametrize(
    ("given", "code"), [(None, "library-encrypted"), (TWO, "library-passphrase")], ids=["none", "wrong"]
)
def test_a_wrong_passphrase_changes_nothing(plain: Path, given: Passphrase | None, code: str) -> None:
    port = LibraryVault(plain)
    port.convert(None, ONE, ME)
    before = plain.read_bytes()
    with pytest.raises(LibraryError) as caught:
        port.convert(given, None, ME)
    assert caught.value.code == code
    assert plain.read_bytes() == before
    assert names(plain) == [plain.name]


def test_not_while_somebody_has_it_open(plain: Path) -> None:
    port = LibraryVault(plain)
    for how, code in (("held", "library-held"), ("open", "library-locked")):  # a command holds nothing
        with elsewhere(plain, how), pytest.raises(LibraryError) as caught:
            port.convert(None, ONE, ME)
        assert caught.value.code == code
    assert counts(plain, None) == LibraryCounts(1, 1, 0)
    assert names(plain) == [plain.name]


def test_not_where_nothing_can_be_written(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "can_be_written", lambda _path: False)
    with pytest.raises(LibraryError) as caught:
        LibraryVault(plain).convert(None, ONE, ME)
    assert caught.value.code == "library-read-only"


def test_not_where_there_is_no_room(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1000))
    with pytest.raises(LibraryError) as caught:
        LibraryVault(plain).convert(None, ONE, ME)
    assert caught.value.code == "library-full"
    assert names(plain) == [plain.name]


def test_nobody_writes_meanwhile(plain: Path, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    with converted(plain, tmp_path / "part", None, cipher.new_key(ONE)):
        command = [sys.executable, "-c", _ELSEWHERE, str(plain), "write"]
        done = subprocess.run(command, cwd=root, check=False, input="", capture_output=True, encoding="utf-8")
    assert "is in use by another program" in f"{done.stdout}{done.stderr}"
    assert counts(plain, None) == LibraryCounts(1, 1, 0)


def test_a_damaged_library_stays_as_it_is(plain: Path) -> None:
    data = bytearray(plain.read_bytes())
    data[5 * 4096 : -4096] = bytes(len(data) - 6 * 4096)
    plain.write_bytes(data)
    with pytest.raises(LibraryError) as caught:
        LibraryVault(plain).convert(None, ONE, ME)
    assert caught.value.code == "library-damaged"
    assert plain.read_bytes()[: len(data)] == data
    assert names(plain) == [plain.name]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM excerpts",
        "UPDATE snapshots SET text = text || '.'",
        "CREATE TABLE more (x)",
        "INSERT INTO loose VALUES (4711, 1, NULL)",
    ],
)
def test_a_copy_that_differs_is_refused(plain: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def differing(connection: object, other: str) -> str:
        statement = change.replace(" INTO ", f" INTO {other}.").replace("UPDATE ", f"UPDATE {other}.")
        statement = statement.replace("FROM ", f"FROM {other}.").replace("TABLE ", f"TABLE {other}.")
        connection.execute(statement)  # type: ignore[attr-defined]
        return difference(connection, other)  # type: ignore[arg-type]

    monkeypatch.setattr(conversion, "difference", differing)
    before = plain.read_bytes()
    with pytest.raises(LibraryError, match="its copy") as caught:
        LibraryVault(plain).convert(None, ONE, ME)
    assert caught.value.code == "library-damaged"
    assert plain.read_bytes()[100:] == before[100:]
    assert names(plain) == [plain.name]


def test_a_copy_that_does_not_open_is_refused(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "opens", lambda _path, _passphrase: False)
    with pytest.raises(LibraryError, match="does not open"):
        LibraryVault(plain).convert(None, ONE, ME)
    assert counts(plain, None) == LibraryCounts(1, 1, 0)


def test_copies_from_before_are_named(plain: Path) -> None:
    port = LibraryVault(plain)
    folder = BackupFolder(plain)
    made = folder.make(NOW, Reason.AUTOMATIC)
    before = plain.with_name("note.before-0006.briefer")
    shutil.copy(plain, before)
    for name in ("note.before-talks.briefer", "other.before-0006.briefer", "note.before-0006.txt"):
        plain.with_name(name).write_text("of somebody's own")
    damaged = folder.folder / "2026-01-01T000000Z.damaged"
    shutil.copy(plain, damaged)
    shutil.copy(plain, f"{damaged}-wal")
    (folder.folder / "readme.txt").write_text("hello")
    assert not port.backups_are_encrypted()
    port.convert(None, ONE, ME)
    found = port.copies(ONE)
    assert {copy.path for copy in found} == {
        before,
        damaged,
        Path(f"{damaged}-wal"),
        folder.folder / made.name,
    }
    assert not any(copy.encrypted for copy in found)
    assert all(copy.size == copy.path.stat().st_size for copy in found)
    port.remove(found)
    assert port.copies(ONE) == ()
    assert readable(plain.parent) == []


def test_copies_that_somebody_has_made_are_named(plain: Path) -> None:
    folder, port = plain.parent, LibraryVault(plain)
    own = Path(shutil.copy(plain, folder / "for the train.briefer"))
    create_library(folder / "another.briefer", Vocabulary()).close()
    (folder / "no library.briefer").write_text("hello")
    strange = Path(shutil.copy(plain, folder / "strange.briefer"))
    with closing(sqlite3.connect(strange)) as connection:
        connection.executescript(
            "CREATE TABLE r AS SELECT * FROM record; DROP TABLE record; CREATE VIEW record AS SELECT * FROM r"
        )
    assert [(copy.path, copy.by_hand) for copy in port.copies(None)] == [(own, True)]
    port.convert(None, ONE, ME)
    (copy,) = port.copies(ONE)
    assert (copy.path, copy.by_hand, copy.encrypted, copy.size) == (own, True, False, own.stat().st_size)
    assert port.copies(None) == ()  # without the passphrase nobody can tell
    LibraryVault(own).convert(None, ONE, ME)
    assert port.copies(ONE) == ()


def test_copies_under_the_former_passphrase_are_named(plain: Path) -> None:
    port = LibraryVault(plain)
    port.convert(None, ONE, ME)
    made = BackupFolder(plain, ONE).make(NOW, Reason.AUTOMATIC)
    damaged = folder_beside(plain) / "2026-01-01T000000Z.damaged"
    shutil.copy(plain, damaged)
    shutil.copy(plain, f"{damaged}-wal")
    assert port.backups_are_encrypted()
    assert port.copies(ONE) == ()
    port.convert(ONE, TWO, ME)
    found = port.copies(TWO)
    assert {copy.path.name for copy in found} == {made.name, damaged.name, f"{damaged.name}-wal"}
    assert [copy.encrypted for copy in found] == [True, True, True]


# Each child is killed at another line of what converts; then one of the two states must be there, and whole.
_KILLS = textwrap.dedent(
    """
    import os, shutil, signal, sys
    from pathlib import Path
    from briefer.domain import passphrases
    from briefer.storage import conversion, open_library, vault
    from tests.unit.storage.test_vault import ME, ONE, TWO

    passphrases._ITERATIONS = 2  # what is tried here does not depend on how long guessing takes
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    now, new = ({"1": ONE, "2": TWO, "0": None}[key] for key in sys.argv[3])
    if now:
        vault.LibraryVault(source).convert(None, now, ME)
    former = vault.LibraryVault(source).id
    watched = {conversion.__file__, vault.__file__}

    def work(path, stop):
        seen = set()

        def trace(frame, event, argument):
            if frame.f_code.co_filename not in watched:
                return None
            if event == "line":
                seen.add((frame.f_code.co_filename, frame.f_lineno))
                if len(seen) == stop:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        vault.LibraryVault(path).convert(now, new, ME)
        os._exit(0)

    def excerpts(path, passphrase):
        library = open_library(path, me=ME, passphrase=passphrase)
        try:
            assert not library._fault()
            with library.read() as work:
                return work.counts().excerpts
        finally:
            library.close()

    outcomes, stop = [], 1
    while True:
        path = folder / f"{stop}" / source.name
        path.parent.mkdir()
        shutil.copy(source, path)
        child = os.fork()
        if child == 0:
            work(path, stop)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert status == 0, status
            break
        is_before = vault.LibraryVault(path).id == former
        outcomes.append("before" if is_before else "after")
        found = excerpts(path, now if is_before else new)
        assert found == 1, found
        assert [entry.name for entry in path.parent.iterdir()] == [path.name], list(path.parent.iterdir())
        shutil.rmtree(path.parent)
        stop += 1
    assert outcomes == sorted(outcomes, reverse=True), "once it is done, it stays so"
    print(outcomes.count("before"), outcomes.count("after"))
    """
)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals")
@pytest.mark.parametrize("way", ["01", "12", "20"], ids=["encrypt", "rekey", "decrypt"])
def test_killed_at_any_line_it_is_as_before_or_as_it_shall_be(plain: Path, tmp_path: Path, way: str) -> None:
    folder = tmp_path / "kills"
    folder.mkdir()
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", _KILLS, str(plain), str(folder), way],
        cwd=root,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())
    assert before > 10
    assert after > 0
