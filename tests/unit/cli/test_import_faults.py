"""Imports that break off: the program is killed, the disk is full, a file brings down its reader."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.intake import Intake
from briefer.services.import_results import ImportStatus

ROOT = Path(__file__).resolve().parents[3]
FILES = 50
# Two of the notes are spoilt; a page and an archive that cannot be read come on top.
READABLE = FILES - 2

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals and limits"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of notes, each different, in the middle some that cannot be read."""
    made = tmp_path / "in"
    made.mkdir()
    for number in range(FILES):
        lines = (f"In place {number}.{line} the operators hold {line} spare parts." for line in range(60))
        (made / f"{number:03}.txt").write_text(f"Report {number} on parts\n\n" + "\n\n".join(lines))
    (made / "020.txt").write_bytes(b"")
    (made / "021.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (made / "022.txt").write_bytes(b"words\x00\x00\x00\x01\x02words")
    (made / "023.zip").write_bytes(b"PK\x03\x04 cut off")
    return made


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "trial.briefer"
    LibraryOpener(Intake).create(path).close()
    return path


def importing(library: Path, folder: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``briefer import``; ``before`` is Python that runs in its process before it."""
    script = f"""
        import sys
        sys.path.insert(0, {str(ROOT)!r})
        {before}
        from briefer.__main__ import main
        sys.exit(main())
        """
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), "import", str(library), str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def sound_sources(library: Path) -> int:
    """Open the library anew, look for damage, and count its sources."""
    with contextlib.closing(LibraryOpener(Intake).open(library)) as desk:
        assert not desk.review.doctor()
        return len(desk.collect.sources())


def assert_finishes(library: Path, folder: Path) -> None:
    """A further import reads what is missing, and tells again what cannot be read."""
    with contextlib.closing(LibraryOpener(Intake).open(library)) as desk:
        before = len(desk.collect.sources())
        report = desk.importing.import_paths([folder])
    assert [Path(r.file).name for r in report.refused] == ["020.txt", "021.html", "022.txt", "023.zip"]
    fates = Counter(r.status for r in report.results)
    assert fates[ImportStatus.DUPLICATE] == before
    assert fates[ImportStatus.IMPORTED] == READABLE - before
    assert sound_sources(library) == READABLE


def stored(library: Path) -> int:
    """Count the sources as another program sees them while the import runs."""
    with contextlib.closing(sqlite3.connect(library)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM sources").fetchone()
    return int(count)


def test_killed_in_the_middle(library: Path, folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "briefer", "import", str(library), str(folder)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 100
        while stored(library) < 5:
            assert process.poll() is None, "the import was over before it could be killed"
            assert time.monotonic() < end
            time.sleep(0.005)
    finally:
        process.kill()
        process.wait()
    assert 5 <= sound_sources(library) < READABLE
    assert_finishes(library, folder)


def test_a_file_may_grow_no_more(library: Path, folder: Path) -> None:
    """A quota: each write over it fails, as on a disk that is full, though with another word for it."""
    most = library.stat().st_size + 300_000
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))"
    told = importing(library, folder, limit)
    assert told.returncode == 4
    assert told.stderr.splitlines()[-1].startswith("briefer: trial.briefer: cannot be written")
    assert "Traceback" not in told.stderr
    assert 0 < sound_sources(library) < READABLE
    assert_finishes(library, folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if not mount or not unmount or os.geteuid() != 0:
        pytest.skip("only the superuser makes small disks")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1000k", "tmpfs", place], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no small disks can be made here")
    try:
        yield place
    finally:
        subprocess.run([unmount, place], check=True)


def test_the_disk_is_full(small_disk: Path, folder: Path, tmp_path: Path) -> None:
    library = small_disk / "trial.briefer"
    LibraryOpener(Intake).create(library).close()
    told = importing(library, folder)
    assert told.returncode == 4
    wanted = "briefer: trial.briefer: the disk is full; free some space and try again."
    assert told.stderr.splitlines()[-1] == wanted
    assert "Traceback" not in told.stderr
    assert 0 < sound_sources(library) < READABLE
    roomy = tmp_path / "roomy.briefer"
    with contextlib.closing(LibraryOpener(Intake).open(library)) as desk:
        desk.library.backup(roomy)
    assert_finishes(roomy, folder)


def test_readers_that_are_brought_down_cost_only_their_file(library: Path, tmp_path: Path) -> None:
    """A reader that dies, one that never ends and one that eats all memory, among files that are well."""
    files = tmp_path / "mixed"
    files.mkdir()
    for name in ("a", "dies", "b", "sleeps", "c", "eats", "d"):
        (files / f"{name}.txt").write_text(f"Report on {name}\n\nThe operators hold parts for {name}.\n")
    worker = f"""
        import os, sys, time
        sys.path.insert(0, {str(ROOT)!r})
        from briefer.intake import reader
        from briefer.intake.isolation import worker
        whole = reader.unfold

        def unfold(taken):
            if taken.name == "dies.txt":
                os.abort()
            if taken.name == "sleeps.txt":
                time.sleep(600)
            if taken.name == "eats.txt":
                held = [bytearray(50_000_000) for _ in range(200)]
            return whole(taken)

        reader.unfold = unfold
        worker.main(sys.argv[2:])
        """
    program = [sys.executable, "-c", textwrap.dedent(worker)]
    before = "; ".join(
        [
            "from briefer.intake.isolation import isolated, process",
            f"process._command = lambda: {program!r}",
            "isolated.Limits = lambda: process.Limits(wall_s=20, memory_mb=600)",
        ]
    )
    told = importing(library, files, before)
    assert told.returncode == 3
    refused = [line for line in told.stderr.splitlines() if line.startswith("briefer: ")]
    assert [line.split(";")[0] for line in refused] == [
        "briefer: dies.txt: reading it failed (the reader broke off)",
        "briefer: eats.txt: reading it takes too much memory and was stopped",
        "briefer: sleeps.txt: reading it took too long and was stopped",
    ]
    assert sound_sources(library) == 4
