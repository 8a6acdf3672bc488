from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefer.domain.backups import Reason
from briefer.domain.tags import Vocabulary
from briefer.errors import UsageError
from briefer.services.backups import EVERY, Backups
from briefer.storage import BackupFolder, SqliteLibrary, create_library
from tests.unit.factories import make_brief


class Time:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SqliteLibrary]:
    made = create_library(tmp_path / "note.briefer", Vocabulary())
    yield made
    made.close()


@pytest.fixture
def service(library: SqliteLibrary, time: Time) -> Backups:
    return Backups(BackupFolder(library.path), time)


def write(library: SqliteLibrary) -> None:
    with library.write() as work:
        work.briefs.put(make_brief())


def test_one_is_made_when_it_is_due(library: SqliteLibrary, service: Backups, time: Time) -> None:
    first = service.keep()
    assert first is not None
    assert first.reason is Reason.AUTOMATIC
    write(library)
    time.now = first.made_at + EVERY - timedelta(seconds=1)
    assert service.keep() == first
    # The library's files were last written to now: from the clock's view in an hour, long ago.
    time.now = first.made_at + EVERY + timedelta(seconds=1)
    second = service.keep()
    assert second is not None
    assert second != first
    assert service.all() == (second, first)
    time.now += EVERY
    assert service.keep() == second


def test_opening_is_a_reason_too(library: SqliteLibrary, service: Backups, time: Time) -> None:
    time.now -= timedelta(minutes=5)
    first = service.keep(opening=True)
    write(library)
    time.now += timedelta(minutes=1)
    assert service.keep() == first
    second = service.keep(opening=True)
    assert second is not None
    assert service.all() == (second, first)


def test_old_ones_go(library: SqliteLibrary, service: Backups, time: Time) -> None:
    for _ in range(12):
        write(library)
        time.now += timedelta(minutes=1)
        service.make()
    assert len({b.made_at.date() for b in service.all()}) in {1, 2}
    assert len(service.all()) in {10, 11}  # 11 where midnight lies between


def test_the_newest_sound_one(library: SqliteLibrary, service: Backups) -> None:
    assert service.newest_sound() is None
    first = service.make()
    write(library)
    second = service.make()
    assert service.newest_sound() == second
    file = BackupFolder(library.path).folder / second.name
    file.write_bytes(b"nothing left")
    assert service.newest_sound() == first


def test_going_back_by_number(library: SqliteLibrary, service: Backups) -> None:
    service.make()
    write(library)
    service.make()
    library.close()
    chosen = service.numbered(2)
    differences = service.differences(chosen)
    assert differences is not None
    assert len(differences.briefs_lost) == 1
    service.restore(chosen)
    after = service.differences(chosen)
    assert after is not None
    assert not after.any
    for number in (0, 3):
        with pytest.raises(UsageError) as error:
            service.numbered(number)
        assert error.value.code == "backup-missing"


def test_a_clock_that_went_ahead_and_was_set_back_stops_no_backups(
    library: SqliteLibrary, service: Backups, time: Time
) -> None:
    """Neither are they made too seldom afterwards, nor do those of many days count as of one."""
    right = time.now
    time.now = right + timedelta(days=1500)
    ahead = service.keep()
    assert ahead is not None
    made = []
    for day in range(20):
        for hour in (0, 2):
            time.now = right + timedelta(days=day, hours=hour)
            write(library)
            os.utime(library.path, (time.now.timestamp() + 1,) * 2)
            made.append(service.keep())
            time.now += timedelta(minutes=5)
            assert service.keep() == made[-1]
    assert len(set(made)) == 40
    shelf = BackupFolder(library.path)
    days = {shelf.written_at(backup.name).date() for backup in service.all()}
    assert {(right + timedelta(days=day)).date() for day in range(7, 20)} <= days


def test_one_of_a_time_to_come_that_is_the_present_state_is_copied_once_more_only(
    service: Backups, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = time.now
    time.now += timedelta(days=1)
    first = service.keep()
    time.now = right + timedelta(hours=1)
    assert service.keep() == first
    made: list[object] = []
    monkeypatch.setattr(BackupFolder, "make", lambda *given: made.append(given))
    assert service.keep() == first
    assert service.keep(opening=True) == first
    assert made == []
