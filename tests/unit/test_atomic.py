"""What a killed process leaves, and that a file in its place is on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from briefer import atomic
from briefer.errors import InputError

_LEAVING = """
import os, sys
from pathlib import Path
from briefer import atomic
part = atomic.unfinished(Path(sys.argv[1]))
for name in (part.name, f"{part.name}-journal"):
    part.with_name(name).write_text("half")
os._exit(9)
"""


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_what_an_ended_process_left_is_swept_up_by_the_next_writing(tmp_path: Path) -> None:
    target = tmp_path / "brief.md"
    subprocess.run([sys.executable, "-c", _LEAVING, str(target)], check=False, timeout=60)
    assert len(names(tmp_path)) == 2
    atomic.write_bytes(target, b"whole")
    assert names(tmp_path) == ["brief.md"]


def test_what_others_are_writing_stays(tmp_path: Path) -> None:
    alive = atomic.unfinished(tmp_path / "brief.md")
    elsewhere = alive.with_name(alive.name.replace(alive.name[9:17], "00000000"))
    others = [alive, elsewhere, tmp_path / ".briefer-x.tmp", tmp_path / ".briefer-notes"]
    for part in others:
        part.write_text("half")
    atomic.sweep(tmp_path)
    assert names(tmp_path) == sorted(part.name for part in others)


def test_a_folder_that_cannot_be_looked_at_is_passed_over(tmp_path: Path) -> None:
    atomic.sweep(tmp_path / "gone")


def test_what_cannot_be_deleted_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = atomic.unfinished(tmp_path / "brief.md")
    part.mkdir()
    monkeypatch.setattr(psutil, "pid_exists", lambda _pid: False)
    atomic.sweep(tmp_path)
    assert part.is_dir()


def test_file_and_folder_are_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_ino, (tmp_path / "brief.md").exists()))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    atomic.write_bytes(tmp_path / "brief.md", b"whole")
    file = (tmp_path / "brief.md").stat().st_ino
    folders = [] if os.name == "nt" else [(tmp_path.stat().st_ino, True)]
    assert synced == [(file, False), *folders]


def test_a_folder_whose_names_cannot_be_written_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(atomic, "sync", refuse)
    atomic.write_bytes(tmp_path / "brief.md", b"whole")
    assert (tmp_path / "brief.md").read_bytes() == b"whole"


def test_an_error_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError) as error:
        atomic.write_bytes(tmp_path / "brief.md", b"whole")
    assert error.value.code == "export-unwritable"
    assert names(tmp_path) == []


def test_where_nothing_can_be_written_discarding_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = atomic.unfinished(tmp_path / "note.briefer")
    for ending in ("", "-journal"):
        part.with_name(f"{part.name}{ending}").write_text("half")
    atomic.discard(part)
    assert names(tmp_path) == []

    def refuse(_path: Path) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)
    atomic.discard(part)


def test_what_is_done_before_a_file_appears_can_stop_it(tmp_path: Path) -> None:
    target = tmp_path / "note.md"
    target.write_bytes(b"former")

    def stop() -> None:
        assert target.read_bytes() == b"former"
        raise LookupError

    with pytest.raises(LookupError):
        atomic.write_bytes(target, b"new", stop)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"former"]


def test_no_library_is_replaced_whatever_its_name(tmp_path: Path) -> None:
    encrypted = tmp_path / "note.briefer"
    encrypted.write_bytes(b"whatever")
    plain = tmp_path / "note.csv"
    plain.write_bytes(b"SQLite format 3\x00 and more")
    for target in (encrypted, plain):
        before = target.read_bytes()
        with pytest.raises(InputError) as error:
            atomic.write_bytes(target, b"new")
        assert error.value.code == "file-exists"
        assert target.read_bytes() == before
    atomic.write_bytes(tmp_path / "other.csv", b"first")
    atomic.write_bytes(tmp_path / "other.csv", b"second")
    assert (tmp_path / "other.csv").read_bytes() == b"second"
