"""Libraries with random damage: never a crash, never a silent loss of the file, and the newest good backup found."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefer.domain.queries import Words
from briefer.errors import LibraryError
from briefer.services.backups import UNREADABLE, Backups
from briefer.storage import BackupFolder, SqliteLibrary, open_library
from tests.unit.factories import make_brief
from tests.unit.storage.conftest import Shelf

_PAGE = 4096


def truncated(data: bytearray, luck: random.Random) -> None:
    del data[luck.randrange(len(data)) :]


def without_header(data: bytearray, luck: random.Random) -> None:
    data[:100] = luck.randbytes(100)


def flipped(data: bytearray, luck: random.Random) -> None:
    for _ in range(200):
        data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)


def flipped_in_few_places(data: bytearray, luck: random.Random) -> None:
    for _ in range(luck.randrange(1, 20)):
        data[luck.randrange(_PAGE, len(data))] = luck.randrange(256)


def overwritten(data: bytearray, luck: random.Random) -> None:
    at = luck.randrange(_PAGE, len(data) - _PAGE)
    data[at : at + 512] = luck.randbytes(512)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "whole.briefer"
    path.write_bytes(blank.read_bytes())
    library = open_library(path)
    shelf = Shelf(library)
    for number in range(12):
        shelf.excerpt(f"Paragraph {number} about Germany and its ports.\n\n" * 9, tags="partner:DE")
    with library.write() as work:
        work.briefs.put(make_brief())
    library.close()
    return path.read_bytes()


def use(library: SqliteLibrary) -> list[Callable[[], object]]:
    def in_read(what: Callable[..., object]) -> Callable[[], object]:
        def ask() -> object:
            with library.read() as work:
                return what(work)

        return ask

    def in_write() -> None:
        with library.write() as work:
            work.briefs.put(make_brief(title="still written"))

    return [
        in_read(lambda work: work.counts()),
        in_read(lambda work: work.sources.all()),
        in_read(lambda work: [work.sources.snapshot(source.id) for source in work.sources.all()]),
        in_read(lambda work: work.search.page(Words("Germany"), limit=20)),
        in_read(lambda work: work.briefs.all()),
        in_read(lambda work: work.vocabulary.get()),
        library.problems,
        in_write,
    ]


def damage_met(path: Path) -> list[LibraryError]:
    """Open a library, use it in every way, and return the errors; only those that tell of damage are allowed."""
    met: list[LibraryError] = []
    try:
        library = open_library(path)
    except LibraryError as error:
        met.append(error)
    else:
        for step in use(library):
            try:
                step()
            except LibraryError as error:
                met.append(error)
        library.close()
    assert {error.code for error in met} <= {*UNREADABLE, "index-damaged"}
    return met


@pytest.mark.parametrize(
    "harm",
    [truncated, without_header, flipped, flipped_in_few_places, overwritten],
    ids=lambda harm: harm.__name__,
)
@pytest.mark.parametrize("seed", range(8))
def test_random_damage_is_told_and_gone_back_from(
    whole: bytes, tmp_path: Path, harm: Callable[[bytearray, random.Random], None], seed: int
) -> None:
    path = tmp_path / "note.briefer"
    path.write_bytes(whole)
    times = iter(datetime(2026, 1, 15, 9, tzinfo=UTC) + timedelta(minutes=n) for n in range(9))
    backups = Backups(BackupFolder(path), lambda: next(times))
    good = backups.make()
    data = bytearray(whole)
    harm(data, random.Random(seed))
    path.write_bytes(data)
    told = [str(error) for error in damage_met(path)]
    assert all("\n" not in sentence for sentence in told)
    assert backups.newest_sound() == good
    present = path.read_bytes()
    kept = backups.restore(good)
    assert kept is not None
    assert kept.suffix != ".damaged" or kept.read_bytes() == present
    again = open_library(path)
    assert again.problems() == ()
    with again.read() as work:
        assert work.counts() == good.counts
    again.close()


@pytest.mark.parametrize(
    ("harm", "code", "told"),
    [
        ("UPDATE excerpts SET kind = 'x' WHERE number = 2", "library-damaged", "hold 'x', which is no kind"),
        ("UPDATE sources SET created_at = 'soon'", "library-damaged", "sources"),
        ("UPDATE tags SET role = 'x'", "library-damaged", "hold 'x', which is no role"),
    ],
)
def test_values_that_no_check_of_the_file_finds_are_told_as_damage(
    whole: bytes, tmp_path: Path, harm: str, code: str, told: str
) -> None:
    path = tmp_path / "note.briefer"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(harm)
        connection.commit()
    library = open_library(path)

    def read() -> None:
        with library.read() as work:
            work.search.page(Words("Germany"), limit=20)
            work.sources.all()

    with pytest.raises(LibraryError) as error:
        read()
    assert error.value.code == code
    assert told in str(error.value) or any(told in problem for problem in library.problems())
    assert library.problems()
    library.close()


def test_a_fault_of_the_program_over_a_sound_file_stays_one(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "note.briefer"
    path.write_bytes(whole)
    library = open_library(path)
    with pytest.raises(KeyError, match="a bug"), library.read():
        raise KeyError("a bug")
    library.close()
