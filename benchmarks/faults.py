"""Faults done to a library, and what was lost: processes killed at random moments, and random damage.

    python -m benchmarks.faults [--kills 100] [--damages 200] [--kinds typing,exporting] [--seed 1]

A kill ends the whole process (SIGKILL) while it types, types in the window, imports, upgrades, exports, backs up or goes back to
a backup (`fault_work.py`). Afterwards the library is opened, looked over by `doctor`, and asked for everything that the
process had said was stored (a bulk import that was broken off is begun again, and has to bring each line once); what was exported has to be whole, and nothing unfinished may be left. A damage is a truncation,
a lost header, a lost page, or bytes changed in up to 200 places, of the file or of its journal: it counts as survived when
nothing but a known error was met, a sound backup was offered, what could be read was saved into a sound new library, and
going back to the backup gave a sound library. Wants Linux or macOS.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TextIO

from benchmarks.fault_work import KINDS, LINES, TARGETS, bulk_lines
from benchmarks.fuzz.targets import use_in_every_way
from briefer.app import LibraryOpener
from briefer.domain.briefs import Brief
from briefer.errors import KnownError, LibraryError
from briefer.intake import Intake
from briefer.services.desk import Desk

_LONGEST_S = {"typing in the window": 4.0, "upgrading": 3.0}
_USUAL_S = 1.5
_LAST_S = 1.0
_PAGE = 4096


def main() -> None:
    """Run both and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of each kind of work")
    parser.add_argument("--damages", type=int, default=200)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        sample = folder / "sample.briefer"
        LibraryOpener(Intake).sample(sample)[0].close()
        print("| fault | tried | survived | lost |\n|---|---|---|---|", flush=True)
        for kind in arguments.kinds.split(",") if arguments.kills else ():
            kill = partial(_kill, kind, sample, folder, arguments.seed)
            _print(f"killed while {kind}", map(kill, range(arguments.kills)))
        if arguments.damages:
            damage = partial(_damage, sample, folder, arguments.seed)
            _print("damaged at random", map(damage, range(arguments.damages)))


def _print(what: str, outcomes: Iterable[str]) -> None:
    counts = Counter(outcomes)
    bad = {reason: count for reason, count in counts.items() if reason}
    print(
        f"| {what} | {counts.total()} | {counts['']} | {counts.total() - counts['']} {bad or ''} |",
        flush=True,
    )


# --- killed ----------------------------------------------------------------------------------------------


def _kill(kind: str, sample: Path, top: Path, seed: int, number: int) -> str:
    """Return what was lost, or nothing."""
    luck = random.Random(f"{seed}/{kind}/{number}")
    folder = top / f"{kind}-{number}"
    folder.mkdir()
    path = Path(shutil.copy(sample, folder / "note.briefer"))
    worker, said = _begun(kind, path, top)
    with said:
        said.readline()
        time.sleep(luck.uniform(0, _LONGEST_S.get(kind, _USUAL_S)))
        killed_at = time.monotonic()
        os.kill(worker, signal.SIGKILL)
        told = said.read().splitlines()
    if os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) != -signal.SIGKILL:
        return "ended by itself"
    try:
        lost = lost_after(path, told, killed_at) or _left(path)
    except LibraryError as error:
        lost = error.code
    if not lost:
        shutil.rmtree(folder)
    return f"{lost} ({folder.name})" if lost else ""


def _begun(kind: str, path: Path, home: Path) -> tuple[int, TextIO]:
    """Begin a kind of work in a process of its own, a copy of this one, which spares it the imports; return what it says."""
    hear, say = os.pipe()
    worker = os.fork()
    if worker:
        os.close(say)
        return worker, os.fdopen(hear)
    os.dup2(say, 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.environ.update(HOME=str(home), XDG_CONFIG_HOME=str(home))
    try:
        KINDS[kind](path)
    finally:
        os._exit(1)


def lost_after(path: Path, told: list[str], killed_at: float = 0.0) -> str:
    """Return what of a library is wrong or missing, by what the process had ``told`` of what is stored; or nothing.

    Raises LibraryError where it cannot be opened.
    """
    last = told[-1] if told else ""
    if last.startswith("old "):
        path = path.with_name(last.removeprefix("old "))
    desk = LibraryOpener(Intake).open(path, hold=True)
    try:
        if desk.library.read_only:
            return "still held"
        if desk.review.doctor():
            return "unsound"
        missing = _missing(desk, told, last, killed_at) or _half(desk, path)
        desk.backups.make()
    finally:
        desk.close()
    return missing


def _missing(desk: Desk, told: list[str], last: str, killed_at: float) -> str:
    (brief,) = desk.compose.briefs()
    texts = [b.markdown for _section, b in desk.compose.brief(brief.id).blocks()]
    if last.startswith("typed "):
        following = f"typed {int(last.split()[1]) + 1}"  # stored, and killed before it was said
        if last not in texts and following not in texts:
            return "typing"
    if any(line.startswith("pressed ") for line in told) and _keys(texts) < _keys_due(told, killed_at):
        return "keys"
    sources = {f"source {source.id}" for source in desk.collect.sources()}
    if any(line.startswith("source ") and line not in sources for line in told):
        return "source"
    if _lines_lost(desk, told):
        return "lines"
    kept = desk.backups.all()
    if last.startswith("backup ") and last.removeprefix("backup ") not in {b.name for b in kept}:
        return "backup"
    return "half a backup" if any(backup.counts is None for backup in kept) else ""


def _lines_lost(desk: Desk, told: list[str]) -> bool:
    """Whether a bulk import lacks lines that it had finished, or, begun again, does not bring each line once."""
    query = "paragraph ports"
    begun = desk.find.excerpts(query, limit=0).total
    if not begun:
        return "imported" in told
    if "imported" not in told:
        desk.exchange.import_lines("many.jsonl", bulk_lines())
    return desk.find.excerpts(query, limit=0).total != LINES


def _keys(texts: list[str]) -> int:
    """Return how many keys are in the text, which all were the same one."""
    return max(text.count("x") for text in texts)


def _keys_due(told: list[str], killed_at: float) -> int:
    """Return how many have to be there: pressed a second ago, or told to be saved."""
    due = [0]
    for line in told:
        what, count, *when = line.split()
        if what == "saved" or (what == "pressed" and float(when[0]) < killed_at - _LAST_S):
            due.append(int(count))
    return max(due)


def _half(desk: Desk, path: Path) -> str:
    """Return which exported file is not what an export of the same state gives, or nothing."""
    (brief,) = desk.compose.briefs()
    for target in (path.with_name(name) for name in TARGETS):
        if target.exists():
            whole = target.with_stem("again")
            desk.publish.export(brief.id, whole)
            torn = target.suffix in {".docx", ".odt"} and zipfile.ZipFile(target).testzip()
            if torn or (target.stat().st_size != whole.stat().st_size):
                return f"half of {target.name}"
    return ""


def _left(path: Path) -> str:
    """Return what is left that nobody needs, or nothing."""
    allowed = (".briefer", ".txt", ".jsonl", ".docx", ".odt", ".html", ".md", "-backups")
    stray = [
        file.name for file in path.parent.rglob("*") if not file.name.endswith(allowed) or file.name[0] == "."
    ]
    return f"left: {stray}" if stray else ""


# --- damaged ---------------------------------------------------------------------------------------------


def _damage(sample: Path, top: Path, seed: int, number: int) -> str:
    """Return what was met that is none of the known errors, or what was lost, or nothing."""
    luck = random.Random(f"{seed}/damage/{number}")
    folder = top / f"damage-{number}"
    folder.mkdir()
    path = Path(shutil.copy(sample, folder / "note.briefer"))
    opener = LibraryOpener(Intake)
    backups = opener.backups(path)
    good = backups.make()
    kind = _KINDS_OF_DAMAGE[number % len(_KINDS_OF_DAMAGE)]
    if kind == "journal":
        _leave_journal(path)
    _harm(path, kind, luck)
    for ending in ("", "-wal"):
        if Path(f"{path}{ending}").exists():
            shutil.copy(f"{path}{ending}", f"{folder / 'harmed.briefer'}{ending}")
    try:
        desk = opener.open(path)
        try:
            use_in_every_way(desk)
        finally:
            desk.close()
    except KnownError:
        pass
    except Exception as error:  # noqa: BLE001  (what is counted here)
        return f"{kind}: {type(error).__name__}"
    if backups.newest_sound() is None:
        return f"{kind}: no sound backup is offered"
    lost = _not_rescued(folder / "harmed.briefer", folder / "saved.briefer")
    if lost:
        return f"{kind}: {lost}"
    backups.restore(good)
    desk = opener.open(path)
    found = desk.review.doctor()
    desk.close()
    shutil.rmtree(folder)
    return f"{kind}: unsound after going back" if found else ""


_KINDS_OF_DAMAGE = ("cut off", "no header", "200 bytes", "some bytes", "a page", "journal")


def _harm(path: Path, kind: str, luck: random.Random) -> None:
    file = Path(f"{path}-wal") if kind == "journal" else path
    data = bytearray(file.read_bytes())
    if kind == "cut off":
        del data[luck.randrange(len(data)) :]
    elif kind == "no header":
        data[:100] = luck.randbytes(100)
    elif kind == "a page":
        at = luck.randrange(len(data) // _PAGE) * _PAGE
        data[at : at + _PAGE] = luck.choice((bytes(_PAGE), luck.randbytes(_PAGE)))
    else:
        for _ in range(200 if kind == "200 bytes" else luck.choice((1, 3, 20))):
            data[luck.randrange(len(data))] = luck.randrange(256)
    file.write_bytes(data)


def _leave_journal(path: Path) -> None:
    """Change a library and leave it as a process does that is killed: with its journal beside it."""
    away = path.with_name("away.briefer")
    shutil.copy(path, away)
    desk = LibraryOpener(Intake).open(away)
    (brief,) = desk.compose.briefs()
    for number in range(5):
        desk.compose.edit(brief.id, "Title", partial(_titled, f"title {number}"))
    for ending in ("", "-wal"):
        shutil.copy(f"{away}{ending}", f"{path}{ending}")
    desk.close()
    away.unlink()


def _titled(title: str, brief: Brief) -> Brief:
    return replace(brief, title=title)


def _not_rescued(damaged: Path, out: Path) -> str:
    """Return what is wrong with what could be saved into a new library, or nothing."""
    opener = LibraryOpener(Intake)
    try:
        rescued = opener.rescue(damaged, out)
    except LibraryError as error:
        return "" if error.code == "library-lost" else error.code
    except Exception as error:  # noqa: BLE001  (what is counted here)
        return f"rescue {type(error).__name__}: {error}"
    desk = opener.open(out)
    counts, problems = desk.find.counts(), desk.review.doctor()
    desk.close()
    if counts != rescued.saved:
        return "the rescued library holds something else than was told"
    return "the rescued library is unsound" if problems and not rescued.lost else ""


if __name__ == "__main__":
    main()
