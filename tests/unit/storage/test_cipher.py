"""Encrypted libraries: opening, and that nothing is readable without the passphrase."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import format_exception

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from briefer import assets
from briefer.domain.backups import Reason
from briefer.domain.holders import Holder
from briefer.domain.passphrases import Passphrase
from briefer.domain.results import LibraryCounts
from briefer.domain.tags import Vocabulary
from briefer.errors import LibraryError
from briefer.services.query_language import parse_query
from briefer.storage import BackupFolder, SqliteLibrary, cipher, create_library, migrations, open_library
from briefer.storage.backup import folder_beside
from tests.unit.storage.conftest import Shelf

PASSPHRASE = Passphrase("correct horse battery staple")
WRONG = Passphrase("correct horse battery stable")
# Of letters only, so that the index holds it as one word.
SENTINEL = "Xyloquartzite"
TEXT = f"The {SENTINEL} was seen.\n\nNobody was hurt."
NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def locked_blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("locked") / "blank.briefer"
    create_library(path, Vocabulary(), passphrase=PASSPHRASE).close()
    return path


@pytest.fixture
def locked(locked_blank: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(locked_blank, tmp_path / "note.briefer"))


def opened(path: Path) -> SqliteLibrary:
    return open_library(path, passphrase=PASSPHRASE)


def filled(path: Path) -> None:
    with closing(opened(path)) as library:
        Shelf(library).excerpt(TEXT)


def readable(folder: Path) -> list[str]:
    """The files under a folder in which the sentinel can be read, in any of the ways in which it is stored."""
    wanted = [SENTINEL.encode(), SENTINEL.lower().encode(), SENTINEL.encode("utf-16-le"), b"SQLite format"]
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return [file.name for file in files if any(word in file.read_bytes() for word in wanted)]


def test_it_begins_with_briefers_mark_and_not_as_sqlite_does(locked: Path) -> None:
    assert locked.read_bytes()[:4] == b"BRFR"
    assert cipher.salt_of(locked) == locked.read_bytes()[:16]


def test_no_two_have_one_salt(locked: Path, tmp_path: Path) -> None:
    create_library(tmp_path / "other.briefer", Vocabulary(), passphrase=PASSPHRASE).close()
    assert cipher.salt_of(tmp_path / "other.briefer") != cipher.salt_of(locked)


def test_it_works_like_any_other(locked: Path) -> None:
    filled(locked)
    with closing(opened(locked)) as library:
        assert library.problems() == ()
        library.repair()
        assert library.problems() == ()
        with library.read() as work:
            assert work.counts() == LibraryCounts(1, 1, 0)
            assert len(work.search.ids(parse_query(SENTINEL))) == 1
        assert library.passphrase == PASSPHRASE


def test_nothing_can_be_read_while_it_is_open_nor_afterwards(locked: Path, tmp_path: Path) -> None:
    with closing(opened(locked)) as library:
        Shelf(library).excerpt(TEXT)
        assert Path(f"{locked}-wal").stat().st_size, "the journal is looked at too"
        folder = BackupFolder(locked, library.passphrase)
        made = folder.make(NOW, Reason.AUTOMATIC)
        assert made.counts == LibraryCounts(1, 1, 0)
        library.backup(tmp_path / "copy.briefer")
        assert readable(tmp_path) == []
    assert readable(tmp_path) == []
    with closing(opened(tmp_path / "copy.briefer")) as copy:
        assert copy.problems() == ()


def test_the_search_for_readable_text_finds_it_in_a_plain_library(path: Path) -> None:
    with closing(open_library(path)) as library:
        Shelf(library).excerpt(TEXT)
    assert readable(path.parent) == [path.name]


def test_a_process_that_is_killed_leaves_nothing_readable(locked: Path, tmp_path: Path) -> None:
    program = textwrap.dedent(
        f"""
        import os
        from pathlib import Path
        from briefer.domain.passphrases import Passphrase
        from briefer.storage import open_library
        from tests.unit.storage.conftest import Shelf
        library = open_library(Path({str(locked)!r}), passphrase=Passphrase({PASSPHRASE.text!r}))
        Shelf(library).excerpt({TEXT!r})
        with library.write() as work:
            work.vocabulary.put((), {SENTINEL!r})
            os.kill(os.getpid(), 9) if os.name != "nt" else os._exit(9)
        """
    )
    root = Path(__file__).resolve().parents[3]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode
    assert Path(f"{locked}-wal").stat().st_size
    assert readable(tmp_path) == []
    with closing(opened(locked)) as library, library.read() as work:
        assert work.counts() == LibraryCounts(1, 1, 0)


@pytest.mark.parametrize(
    ("given", "code"), [(None, "library-encrypted"), (WRONG, "library-passphrase")], ids=["none", "wrong"]
)
def test_without_its_passphrase_it_is_not_opened_and_not_touched(
    locked: Path, given: Passphrase | None, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    filled(locked)
    before = locked.read_bytes(), sorted(locked.parent.iterdir())
    for _ in range(3):  # nobody is locked out by trying
        with pytest.raises(LibraryError) as caught:
            open_library(locked, me=Holder("a", "b", 1, NOW), passphrase=given)
        assert caught.value.code == code
        assert "horse" not in str(caught.value)
    assert (locked.read_bytes(), sorted(locked.parent.iterdir())) == before
    opened(locked).close()
    assert capfd.readouterr() == ("", "")


def test_one_that_was_cut_off_is_told_as_damaged(locked: Path) -> None:
    filled(locked)
    locked.write_bytes(locked.read_bytes()[:1000])
    with pytest.raises(LibraryError, match="it was cut off") as caught:
        opened(locked)
    assert caught.value.code == "library-damaged"


def test_a_plain_library_has_no_use_for_a_passphrase(path: Path) -> None:
    with closing(open_library(path, passphrase=PASSPHRASE)) as library:
        assert library.passphrase is None


def test_the_second_window_only_reads_it(locked: Path) -> None:
    me = Holder("ann", "pc", 1, NOW)
    with (
        closing(open_library(locked, me=me, passphrase=PASSPHRASE)),
        closing(open_library(locked, me=me, passphrase=PASSPHRASE)) as second,
    ):
        assert second.read_only
        with second.read() as work:
            assert work.counts() == LibraryCounts(0, 0, 0)


def damaged(path: Path, start: int, count: int = 64) -> None:
    data = bytearray(path.read_bytes())
    data[start : start + count] = bytes(byte ^ 0x5A for byte in data[start : start + count])
    path.write_bytes(data)


def test_a_damaged_page_is_told_as_damage(locked: Path, capfd: pytest.CaptureFixture[str]) -> None:
    filled(locked)
    data = locked.read_bytes()
    told = set()
    for page in range(1, len(data) // 4096, 4):
        locked.write_bytes(data)
        damaged(locked, page * 4096 + 100)
        try:
            with closing(opened(locked)) as library:
                told.add(bool(library.problems()))
        except LibraryError as error:
            told.add(error.code == "library-damaged")
    assert told == {True}
    assert capfd.readouterr().err == "", "SQLCipher's own log is silent"


def test_a_damaged_first_page_is_damage_where_a_backup_shows_it(locked: Path) -> None:
    BackupFolder(locked, PASSPHRASE).make(NOW, Reason.AUTOMATIC)
    damaged(locked, 200)
    with pytest.raises(LibraryError) as caught:
        opened(locked)
    assert caught.value.code == "library-damaged"
    with pytest.raises(LibraryError) as caught:
        open_library(locked, passphrase=WRONG)
    assert caught.value.code == "library-passphrase"


def test_a_lost_beginning_is_no_library(locked: Path) -> None:
    damaged(locked, 0)
    with pytest.raises(LibraryError) as caught:
        opened(locked)
    assert caught.value.code == "library-not-one"


def test_the_same_state_is_backed_up_once(locked: Path) -> None:
    folder = BackupFolder(locked, PASSPHRASE)
    filled(locked)
    first = folder.make(NOW, Reason.AUTOMATIC)
    assert first.encrypted
    assert folder.make(NOW + timedelta(hours=1), Reason.ASKED) == first
    filled(locked)
    assert folder.make(NOW + timedelta(hours=2), Reason.ASKED) != first
    differences = folder.differences(first.name)
    assert differences is not None
    assert differences.excerpts.lost == 1


def test_a_backup_is_restored_encrypted(locked: Path) -> None:
    folder = BackupFolder(locked, PASSPHRASE)
    first = folder.make(NOW, Reason.AUTOMATIC)
    filled(locked)
    kept = folder.restore(first.name, NOW + timedelta(hours=1))
    assert kept is not None
    assert readable(locked.parent) == []
    with closing(opened(locked)) as library, library.read() as work:
        assert work.counts() == LibraryCounts(0, 0, 0)


def test_a_plain_backup_comes_back_encrypted(locked: Path, path: Path, tmp_path: Path) -> None:
    other = Path(shutil.move(path, tmp_path / "plain.briefer"))
    with closing(open_library(other)) as library:
        Shelf(library).excerpt(TEXT)
    folder_beside(locked).mkdir()
    name = "2025-01-01T000000Z automatic.briefer"
    shutil.move(other, folder_beside(locked) / name)
    before = (folder_beside(locked) / name).read_bytes()
    create_library(locked, Vocabulary(), passphrase=PASSPHRASE).close()
    folder = BackupFolder(locked, PASSPHRASE)
    (backup,) = folder.all()
    assert not backup.encrypted
    assert backup.counts == LibraryCounts(1, 1, 0)
    folder.restore(name, NOW)
    assert (folder_beside(locked) / name).read_bytes() == before
    assert readable(tmp_path) == [name]
    with closing(opened(locked)) as library:
        assert library.problems() == ()
        with library.read() as work:
            assert work.counts() == LibraryCounts(1, 1, 0)


def test_a_backup_under_another_passphrase_is_left_alone(locked: Path, tmp_path: Path) -> None:
    create_library(tmp_path / "other.briefer", Vocabulary(), passphrase=WRONG).close()
    folder_beside(locked).mkdir()
    name = "2025-01-01T000000Z automatic.briefer"
    shutil.move(tmp_path / "other.briefer", folder_beside(locked) / name)
    folder = BackupFolder(locked, PASSPHRASE)
    (backup,) = folder.all()
    assert (backup.encrypted, backup.counts) == (True, None)
    assert folder.fault(name)
    assert folder.differences(name) is None
    with pytest.raises(LibraryError) as caught:
        folder.restore(name, NOW)
    assert caught.value.code == "backup-locked"


def test_nobody_replaces_a_library_that_they_cannot_open(locked: Path) -> None:
    made = BackupFolder(locked, PASSPHRASE).make(NOW, Reason.AUTOMATIC)
    for given, code in ((None, "library-encrypted"), (WRONG, "library-passphrase")):
        with pytest.raises(LibraryError) as caught:
            BackupFolder(locked, given).restore(made.name, NOW)
        assert caught.value.code == code


def test_sqlcipher_is_loaded_only_for_encrypted_libraries(path: Path) -> None:
    program = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        from briefer.storage import open_library
        library = open_library(Path({str(path)!r}))
        with library.read() as work:
            work.counts()
        library.close()
        sys.exit("sqlcipher3" in sys.modules)
        """
    )
    root = Path(__file__).resolve().parents[3]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_sqlciphers_own_tools_open_it_by_its_passphrase(locked: Path) -> None:
    filled(locked)
    with closing(cipher.module().connect(locked)) as connection:
        connection.execute(f"PRAGMA key = '{PASSPHRASE.text}'")
        assert connection.execute("SELECT count(*) FROM excerpts").fetchone() == (1,)


def test_an_error_tells_nothing_of_what_was_to_be_stored(locked: Path) -> None:
    with closing(opened(locked)) as library, library.write() as work:
        statement = text("INSERT INTO briefs (title) VALUES (:words)")
        with pytest.raises(DBAPIError) as caught:
            work._connection.execute(statement, {"words": SENTINEL})
    assert SENTINEL not in "".join(format_exception(caught.value))


def test_the_copy_from_before_an_upgrade_is_encrypted(
    locked: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(locked)
    newer = Path(shutil.copytree(assets.migrations(), tmp_path_factory.mktemp("newer") / "db"))
    revision = f'revision = "9999"\ndown_revision = "{migrations.head()}"\n'
    more = "\n\ndef upgrade():\n    pass\n"
    (newer / "versions" / "9999_made_up.py").write_text(f"{revision}{more}", encoding="utf-8")
    monkeypatch.setattr(assets, "migrations", lambda: newer)
    opened(locked).close()
    before = locked.with_name("note.before-9999.briefer")
    assert cipher.opens(before, PASSPHRASE)
    assert readable(locked.parent) == []
    with closing(opened(locked)) as library, library.read() as work:
        assert work.counts() == LibraryCounts(1, 1, 0)
