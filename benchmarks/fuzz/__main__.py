"""Gives every reader and opener thousands of damaged inputs, and counts those that it could not cope with.

    python -m benchmarks.fuzz [--inputs 10000] [--targets pdf,docx] [--seed 1] [--isolated [--tight]] [--state DIR] [--seconds S]

Counted as failed: any exception but a known error with a message of one clear line, a process that dies, more than 10 s of a processor for
an input, more than 500 MiB of resident memory. Time is that of the reading process, so that a busy machine changes nothing; a process
that uses more is ended from outside, and the next input goes to a new one. With ``--isolated`` the readers of files run as in the program,
in worker processes under its limits, with ``--tight`` under such low ones, and with so long inputs among the others, that many are
ended by them; «stopped» counts these. What
was tried stands in DIR (a line for each input; inputs that failed beside it), and the next run with the same DIR goes on behind it. An input
depends on target, seed, number and the seeds alone. Wants Linux. `guided.py` does the same guided by coverage.
"""

from __future__ import annotations

import argparse
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from benchmarks.fuzz.giving import Work, give_all, input_of
from benchmarks.fuzz.sound import TARGETS
from benchmarks.fuzz.use import processor_s, resident_mib

_LONGEST_S = 10.0
_MOST_MIB = 500
_ENDED_MIB = 2_000
_START_S = 120.0
_LOOK_S = 0.5
_STUCK_S = 600.0
_FINE = {"read", "refused", "stopped"}


def main() -> None:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--targets", default=",".join(TARGETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--isolated", action="store_true")
    parser.add_argument("--tight", action="store_true")
    parser.add_argument("--state", type=Path)
    parser.add_argument("--seconds", type=float, help="the longest for a target, by the clock")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        name, folder, begin = given.child
        give_all(Work(name, given.seed, int(begin), given.inputs, given.isolated, given.tight), Path(folder))
        return
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        state = given.state or Path(folder) / "state"
        state.mkdir(parents=True, exist_ok=True)
        print("| target | tried | read | refused | stopped | failed | slowest s | most MiB |")
        print("|---|---|---|---|---|---|---|---|", flush=True)
        for name in given.targets.split(","):
            work = Work(name, given.seed, 0, given.inputs, given.isolated, given.tight)
            _run(work, Path(folder), state, given.seconds)


def _run(work: Work, folder: Path, state: Path, seconds: float | None) -> None:
    route = "-tight" if work.tight else "-isolated" if work.isolated else ""
    log = state / f"{work.name}-{work.seed}{route}.tsv"
    work = replace(work, begin=len(_Told.all(log)))
    until = time.monotonic() + seconds if seconds else None
    with log.open("a", encoding="utf-8") as lines:
        for number, told in _outcomes(work, folder):
            lines.write(f"{told.outcome}\t{told.seconds:.3f}\t{told.mib:.0f}\n")
            lines.flush()
            if told.fault:
                failed = state / f"{work.name}-{work.seed}-{number}.{work.name}"
                failed.write_bytes(input_of(work, folder, number))
                print(f"  {failed.name}: {told.fault}", file=sys.stderr, flush=True)
            if until and time.monotonic() > until:
                break
    _print(work.name, _Told.all(log))


def _print(name: str, all_: list[_Told]) -> None:
    counts = Counter(told.outcome for told in all_ if not told.fault)
    failed = sum(bool(told.fault) for told in all_)
    slowest, most = max((t.seconds for t in all_), default=0.0), max((t.mib for t in all_), default=0.0)
    sums = " | ".join(str(counts[outcome]) for outcome in ("read", "refused", "stopped"))
    print(f"| {name} | {len(all_)} | {sums} | {failed} | {slowest:.1f} | {most:.0f} |", flush=True)


@dataclass(frozen=True)
class _Told:
    """What came of one input."""

    outcome: str
    seconds: float = 0.0
    mib: float = 0.0

    @classmethod
    def read(cls, line: str) -> _Told:
        outcome, seconds, mib = line.rstrip("\n").split("\t")
        return cls(outcome, float(seconds), float(mib))

    @classmethod
    def all(cls, log: Path) -> list[_Told]:
        if not log.exists():
            return []
        return [cls.read(line) for line in log.read_text("utf-8").splitlines()]

    @property
    def fault(self) -> str:
        """What makes it a failure, or nothing."""
        if self.outcome not in _FINE:
            return self.outcome
        if self.seconds > _LONGEST_S and self.outcome != "stopped":
            return f"too long ({self.seconds:.0f} s)"
        return f"too much ({self.mib:.0f} MiB)" if self.mib > _MOST_MIB and self.outcome != "stopped" else ""


def _outcomes(work: Work, folder: Path) -> Iterator[tuple[int, _Told]]:
    """Yield number and outcome of each input; where a process hangs or dies, the next begins behind the input."""
    number = work.begin
    while number < work.end:
        command = [sys.executable, "-m", "benchmarks.fuzz", "--child", work.name, str(folder), str(number)]
        command += ["--inputs", str(work.end), "--seed", str(work.seed)]
        command += ["--isolated"] if work.isolated else []
        command += ["--tight"] if work.tight else []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            try:
                for told in _heard(child, _LONGEST_S * (4 if work.isolated else 1)):
                    yield number, told
                    number += 1
            finally:
                child.kill()


def _heard(child: subprocess.Popen[str], longest_s: float) -> Iterator[_Told]:
    """Yield what a child says of each input, at last why it ended before its time."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    stream = child.stdout
    assert stream is not None

    def listen() -> None:
        for line in stream:
            lines.put(line)
        lines.put("")

    threading.Thread(target=listen, daemon=True).start()
    process = psutil.Process(child.pid)
    used_s, heard_at, allowed_s = 0.0, time.monotonic(), _START_S
    while True:
        try:
            line = lines.get(timeout=_LOOK_S)
        except queue.Empty:
            mib, seconds = resident_mib(process), processor_s(process) - used_s
            # A process that waits for something that never comes uses nothing: only for that there is the clock.
            if mib > _ENDED_MIB or seconds > allowed_s or time.monotonic() - heard_at > _STUCK_S:
                child.kill()
                yield _Told("takes no end", seconds, mib)
                return
            continue
        if line.startswith("end"):
            return
        if not line and allowed_s == _START_S:
            raise SystemExit("a process ended before its first input; what it said of it stands above")
        if not line:
            yield _Told(f"dies ({child.wait()})")
            return
        used_s, heard_at, allowed_s = processor_s(process), time.monotonic(), longest_s
        if not line.startswith("begun"):
            yield _Told.read(line)


if __name__ == "__main__":
    main()
