"""Gives every reader and opener thousands of damaged inputs, and counts those that it could not cope with.

    python -m benchmarks.fuzz [--inputs 10000] [--targets pdf,docx] [--seed 1] [--isolated] [--keep DIR] [--more DIR]

Counted as failed: any exception but a known error, a process that dies, more than 10 s of a processor for an input, more than 500 MiB of
resident memory. With ``--isolated`` the readers of files run as in the program, in worker processes under limits. Inputs
that failed are kept in DIR. An input depends on target, seed and number alone. Wants Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import math
import os
import queue
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.fuzz.mutations import mutated
from benchmarks.fuzz.seeds import seeds
from benchmarks.fuzz.targets import target
from briefer.errors import KnownError

_LONGEST_S = 10.0
_MOST_MIB = 500
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def main() -> None:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--targets", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--isolated", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--more", type=Path, help="a folder of further sound inputs, by suffix")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        name, folder, begin = arguments.child
        _child(name, Path(folder), int(begin), arguments)
        return
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        all_targets = list(seeds(Path(folder)))
        names = arguments.targets.split(",") if arguments.targets else all_targets
        print(
            "| target | tried | read | refused | failed | slowest s | most MiB |\n|---|---|---|---|---|---|---|"
        )
        for name in names:
            _run(name, Path(folder), arguments)


def _run(name: str, folder: Path, arguments: argparse.Namespace) -> None:
    outcomes: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    slowest = most = 0.0
    for number, outcome, seconds, mib in _outcomes(name, folder, arguments):
        slowest, most = max(slowest, seconds), max(most, mib)
        fault = _fault(outcome, seconds, mib)
        if not fault:
            outcomes[outcome] += 1
            continue
        failures[fault] += 1
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            kept = arguments.keep / f"{name}-{arguments.seed}-{number}.{name}"
            kept.write_bytes(_input(name, folder, number, arguments))
            print(f"  {kept.name}: {fault}", file=sys.stderr, flush=True)
    tried = outcomes.total() + failures.total()
    print(
        f"| {name} | {tried} | {outcomes['read']} | {outcomes['refused']} | {failures.total()} "
        f"| {slowest:.1f} | {most:.0f} |",
        flush=True,
    )


def _fault(outcome: str, seconds: float, mib: float) -> str:
    if outcome not in {"read", "refused"}:
        return outcome
    if seconds > _LONGEST_S:
        return f"too long ({seconds:.0f} s)"
    return f"too much ({mib:.0f} MiB)" if mib > _MOST_MIB else ""


def _input(name: str, folder: Path, number: int, arguments: argparse.Namespace) -> bytes:
    sound = seeds(folder)[name]
    if arguments.more:
        sound = sound + [file.read_bytes() for file in sorted(arguments.more.rglob(f"*.{name}"))]
    return mutated(sound, random.Random(f"{arguments.seed}/{name}/{number}"))


def _outcomes(
    name: str, folder: Path, arguments: argparse.Namespace
) -> Iterator[tuple[int, str, float, float]]:
    """Yield number, outcome, seconds and MiB of each input; a child that hangs or dies is begun anew behind it."""
    number = 0
    while number < arguments.inputs:
        command = [sys.executable, "-m", "benchmarks.fuzz", "--child", name, str(folder), str(number)]
        command += ["--inputs", str(arguments.inputs), "--seed", str(arguments.seed)]
        command += ["--isolated"] if arguments.isolated else []
        command += ["--more", str(arguments.more)] if arguments.more else []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            for outcome, seconds, mib in _told(child):
                yield number, outcome, seconds, mib
                number += 1


def _told(child: subprocess.Popen[str]) -> Iterator[tuple[str, float, float]]:
    """Yield what a child says of each input, at last why it ended before its time."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    stream = child.stdout
    assert stream is not None

    def listen() -> None:
        for line in stream:
            lines.put(line)
        lines.put("")

    threading.Thread(target=listen, daemon=True).start()
    used = 0.0
    patience = 300.0  # for the imports
    while True:
        try:
            line = lines.get(timeout=patience)
        except queue.Empty:
            if _used_s(child.pid) - used < _LONGEST_S:
                continue  # it waits for a processor
            child.kill()
            yield "hangs", patience, 0.0
            return
        if line.startswith("end"):
            return
        if not line:
            yield f"dies ({child.wait()})", 0.0, 0.0
            return
        used = _used_s(child.pid)
        outcome, seconds, mib = line.rstrip("\n").split("\t")
        patience = 6 * _LONGEST_S  # by the clock
        yield outcome, float(seconds), float(mib)


def _used_s(process: int) -> float:
    """Return the processor time of a process in seconds; without end where it has ended."""
    try:
        times = psutil.Process(process).cpu_times()
        return float(times.user + times.system)
    except psutil.Error:
        return math.inf


def _child(name: str, folder: Path, begin: int, arguments: argparse.Namespace) -> None:
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # libraries that print
    logging.disable()
    warnings.simplefilter("ignore")
    with contextlib.ExitStack() as stack:
        own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fuzz-child-")))
        seeds(folder)
        for file in folder.glob("sample.*"):
            (own / file.name).write_bytes(file.read_bytes())
        give = target(name, own, isolated=arguments.isolated)
        for number in range(begin, arguments.inputs):
            data = _input(name, folder, number, arguments)
            Path("/proc/self/clear_refs").write_text("5")  # the peak counts anew (proc(5))
            start, begun = time.process_time(), time.monotonic()
            try:
                give(data)
                outcome = "read"
            except KnownError:
                outcome = "refused"
            except Exception as error:  # noqa: BLE001  (what is counted here)
                place = traceback.extract_tb(error.__traceback__)[-1]
                said = " ".join(str(error).split())[:160]
                outcome = f"{type(error).__name__}: {said} ({Path(place.filename).name}:{place.lineno})"
            # Of the processor, because others may be busy too; what runs beside this process has only a clock.
            own_s = time.process_time() - start
            seconds = time.monotonic() - begun if arguments.isolated else own_s
            peak = _PEAK.search(Path("/proc/self/status").read_text())
            out.write(f"{outcome}\t{seconds:.3f}\t{int(peak[1]) / 1024 if peak else 0:.0f}\n")
            out.flush()
        out.write("end\n")
        out.flush()


if __name__ == "__main__":
    main()
