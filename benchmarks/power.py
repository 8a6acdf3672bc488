"""Power cuts: what is left of a library whose last writes never reached the disk.

    python -m benchmarks.power [--cuts 60] [--kinds typing,exporting] [--seconds 4] [--seed 1] [--synchronous NORMAL]

Each kind of work of `fault_work.py` is done once under strace, which writes down every change to files. Then it is replayed up to
random moments, and of what was not synchronised by then a random part is thrown away, also parts of pages (`disk.py`).
What is left has to open, to be sound, and to have all that the process had said was stored. ``--synchronous`` does the same with
another setting of SQLite, to see what it would lose. Wants Linux and strace.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.disk import CALLS, Disk, calls
from benchmarks.fault_work import KINDS
from benchmarks.faults import lost_after
from briefer.app import LibraryOpener
from briefer.errors import LibraryError
from briefer.intake import Intake

_UNTRACED = {"typing in the window"}


def main() -> None:
    """Record, cut, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=60, help="of each kind of work")
    parser.add_argument("--kinds", default=",".join(kind for kind in KINDS if kind not in _UNTRACED))
    parser.add_argument("--seconds", type=float, default=4.0, help="how long the work goes on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synchronous", default="", choices=("", "NORMAL", "OFF"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="power-") as name:
        folder = Path(name)
        sample = folder / "sample.briefer"
        LibraryOpener(Intake).sample(sample)[0].close()
        print("| power cut while | changes | cuts | survived | lost |\n|---|---|---|---|---|", flush=True)
        for kind in arguments.kinds.split(","):
            _kind(kind, sample, folder, arguments)


def _kind(kind: str, sample: Path, top: Path, arguments: argparse.Namespace) -> None:
    place = top / "place"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copy(sample, place / "note.briefer")
    before = top / "before"
    shutil.rmtree(before, ignore_errors=True)
    shutil.copytree(place, before)
    log = top / "log"
    _record(kind, place, log, arguments)
    shutil.rmtree(place)
    shutil.copytree(before, place)
    whole = Disk(place)
    changes = sum(whole.do(call) for call in calls(log))
    luck = random.Random(f"{arguments.seed}/{kind}")
    cuts = sorted(luck.sample(range(changes), min(arguments.cuts, changes)))
    outcomes: Counter[str] = Counter()
    disk = Disk(place)
    done = 0
    waiting = iter(cuts)
    cut = next(waiting, None)
    for call in calls(log):
        done += disk.do(call)
        while cut is not None and done > cut:
            outcomes[_after(disk, place, top, luck)] += 1
            cut = next(waiting, None)
    bad = {reason: count for reason, count in outcomes.items() if reason}
    print(
        f"| {kind} | {changes} | {outcomes.total()} | {outcomes['']} | {outcomes.total() - outcomes['']} {bad or ''} |",
        flush=True,
    )


def _record(kind: str, place: Path, log: Path, arguments: argparse.Namespace) -> None:
    work = [sys.executable, "-m", "benchmarks.fault_work", kind, str(place / "note.briefer")]
    trace = ["strace", "-f", "-y", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-o", str(log)]
    environment = {
        **os.environ,
        "HOME": str(place.parent),
        "BRIEFER_FAULTS_SYNCHRONOUS": arguments.synchronous,
    }
    with subprocess.Popen([*trace, *work], stdout=subprocess.PIPE, text=True, env=environment) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(arguments.seconds)
        child = subprocess.run(["pgrep", "-P", str(worker.pid)], capture_output=True, text=True, check=True)
        os.kill(int(child.stdout.split()[0]), signal.SIGKILL)
        worker.stdout.read()


def _after(disk: Disk, place: Path, top: Path, luck: random.Random) -> str:
    """Lay out what is left, and return what of it is wrong, or nothing."""
    left = top / "left"
    shutil.rmtree(left, ignore_errors=True)
    for path, content in disk.after_power_cut(luck).items():
        file = left / Path(path).relative_to(place)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    told = [line for line in disk.said.splitlines() if line != "begun"]
    try:
        return lost_after(left / "note.briefer", told)
    except LibraryError as error:
        return f"{error.code}: {error}"
    except OSError as error:
        return str(error)


if __name__ == "__main__":
    main()
