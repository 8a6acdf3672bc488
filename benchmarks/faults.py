"""Faults done to a library, and what was lost: processes killed at random moments, and random damage.

    python benchmarks/faults.py [--kills 20] [--damages 200] [--seed 1]

A kill ends the whole process (SIGKILL) while it types, imports, backs up, upgrades or exports. Afterwards the library is
opened, looked over by `doctor`, and asked for everything that the process had said was stored. A damage is a truncation,
a lost header, or bytes changed in up to 200 places: it counts as survived when nothing but a known error was met and
going back to the backup gave a sound library. Wants Linux or macOS.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from briefer.app import LibraryOpener
from briefer.domain import editing
from briefer.domain.briefs import BlockKind, Brief
from briefer.errors import LibraryError
from briefer.intake import Intake
from briefer.services.desk import Desk

_ARTICLE = (
    "A title of some length number {n}\n\n17 December 2025\n\nOne paragraph, number {n}, about rare earths.\n"
)
_LONGEST_S = 1.5


def main() -> None:
    """Run both and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="of each kind of work")
    parser.add_argument("--damages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        _WORK[arguments.worker[0]](Path(arguments.worker[1]))
        return
    luck = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        sample = Path(folder) / "sample.briefer"
        LibraryOpener(Intake).sample(sample)[0].close()
        print("| fault | tried | survived | lost |\n|---|---|---|---|")
        for kind in _WORK:
            outcomes = Counter(
                _kill(kind, sample, Path(folder) / "run", luck) for _ in range(arguments.kills)
            )
            _print(f"killed while {kind}", outcomes)
        outcomes = Counter(_damage(sample, Path(folder) / "run", luck) for _ in range(arguments.damages))
        _print("damaged at random", outcomes)


def _print(what: str, outcomes: Counter[str]) -> None:
    bad = {reason: count for reason, count in outcomes.items() if reason}
    print(
        f"| {what} | {outcomes.total()} | {outcomes['']} | {outcomes.total() - outcomes['']} {bad or ''} |",
        flush=True,
    )


# --- killed ----------------------------------------------------------------------------------------------


def _say(text: str) -> None:
    """Tell the parent, at once, what is stored."""
    os.write(1, f"{text}\n".encode())


def _typed(block_id: str, text: str, brief: Brief) -> Brief:
    return editing.write_prose(brief, block_id, text)


def _titled(title: str, brief: Brief) -> Brief:
    return replace(brief, title=title)


def _type(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    (brief,) = desk.compose.briefs()
    block = next(b for _section, b in desk.compose.brief(brief.id).blocks() if b.kind is BlockKind.PROSE)
    _say("begun")
    for number in range(100_000):
        text = f"typed {number}"
        desk.compose.edit(brief.id, "Typing", partial(_typed, block.id, text))
        _say(text)


def _import(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    article = path.with_name("article.txt")
    _say("begun")
    for number in range(100_000):
        article.write_text(_ARTICLE.format(n=number), encoding="utf-8")
        (result,) = desk.importing.import_paths([article]).results
        _say(f"source {result.source.id}" if result.source else "nothing")


def _back_up(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    (brief,) = desk.compose.briefs()
    _say("begun")
    for number in range(100_000):
        desk.compose.edit(brief.id, "Title", partial(_titled, f"title {number}"))
        _say(f"backup {desk.backups.make().name}")


def _upgrade(path: Path) -> None:
    _say("begun")
    for number in range(100_000):
        copy = path.with_name(f"old-{number}.briefer")
        shutil.copy(path, copy)
        # As from before the last revision, which added one column.
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("ALTER TABLE briefs DROP COLUMN waivers")
            connection.execute("UPDATE alembic_version SET version_num = '0005'")
            connection.commit()
        _say(f"old {copy.name}")
        LibraryOpener(Intake).open(copy).close()


def _export(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    (brief,) = desk.compose.briefs()
    _say("begun")
    for _ in range(100_000):
        desk.publish.export(brief.id, path.with_name("brief.docx"))
        _say("exported")


_WORK: dict[str, Callable[[Path], None]] = {
    "typing": _type,
    "importing": _import,
    "backing up": _back_up,
    "upgrading": _upgrade,
    "exporting": _export,
}


def _kill(kind: str, sample: Path, folder: Path, luck: random.Random) -> str:
    """Return what was lost, or nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = Path(shutil.copy(sample, folder / "note.briefer"))
    command = [sys.executable, __file__, "--worker", kind, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(luck.uniform(0, _LONGEST_S))
        worker.send_signal(signal.SIGKILL)
        told = worker.stdout.read().splitlines()
    if worker.returncode != -signal.SIGKILL:
        return "ended by itself"
    try:
        return _lost(path, told)
    except LibraryError as error:
        return error.code


def _lost(path: Path, told: list[str]) -> str:
    last = told[-1] if told else ""
    if last.startswith("old "):
        path = path.with_name(last.removeprefix("old "))
    desk = LibraryOpener(Intake).open(path, hold=True)
    try:
        if desk.library.read_only:
            return "still held"
        if desk.review.doctor():
            return "unsound"
        return _missing(desk, told, last)
    finally:
        desk.close()


def _missing(desk: Desk, told: list[str], last: str) -> str:
    if last.startswith("typed "):
        (brief,) = desk.compose.briefs()
        texts = [b.markdown for _section, b in desk.compose.brief(brief.id).blocks()]
        following = f"typed {int(last.split()[1]) + 1}"  # stored, and killed before it was said
        if last not in texts and following not in texts:
            return "typing"
    sources = {f"source {source.id}" for source in desk.collect.sources()}
    if any(line.startswith("source ") and line not in sources for line in told):
        return "source"
    kept = desk.backups.all()
    if last.startswith("backup ") and last.removeprefix("backup ") not in {b.name for b in kept}:
        return "backup"
    if any(backup.counts is None for backup in kept):
        return "half a backup"
    return ""


# --- damaged ---------------------------------------------------------------------------------------------


def _damage(sample: Path, folder: Path, luck: random.Random) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = Path(shutil.copy(sample, folder / "note.briefer"))
    backups = LibraryOpener(Intake).backups(path)
    good = backups.make()
    data = bytearray(path.read_bytes())
    kind = luck.randrange(3)
    if kind == 0:
        del data[luck.randrange(len(data)) :]
    elif kind == 1:
        data[:100] = luck.randbytes(100)
    else:
        for _ in range(luck.choice((1, 5, 20, 200))):
            data[luck.randrange(len(data))] = luck.randrange(256)
    path.write_bytes(data)
    try:
        _use(path)
    except Exception as error:  # noqa: BLE001  (what is counted here)
        return type(error).__name__
    backups.restore(good)
    desk = LibraryOpener(Intake).open(path)
    found = desk.review.doctor()
    desk.close()
    return "unsound" if found else ""


def _use(path: Path) -> None:
    try:
        desk = LibraryOpener(Intake).open(path)
    except LibraryError:
        return
    for step in (
        desk.find.counts,
        desk.collect.sources,
        lambda: desk.find.excerpts("india"),
        lambda: desk.find.facets(""),
        lambda: [desk.publish.document(brief.id) for brief in desk.compose.briefs()],
        desk.terms.vocabulary,
        desk.review.doctor,
        desk.backups.make,
    ):
        try:
            step()
        except LibraryError:
            continue
    desk.close()


if __name__ == "__main__":
    main()
