"""Lets coverage choose the inputs (atheris, which rests on libFuzzer), over the same targets and judged in the same way.

    python -m benchmarks.fuzz.guided TARGET [--inputs 10000] [--state DIR]

What leads to lines of Briefer that no input reached before is kept in DIR/corpus-TARGET, and the next run begins with it; inputs
that failed stand in DIR, one for each place where Python fell. libFuzzer ends an input that hangs by the clock (a minute, because
the machine may be busy) or takes more than 500 MiB, and leaves it in DIR too. Changes are libFuzzer's for half of the inputs, and for the
others those of `mutations.py`, which know archives, words and nesting. Wants atheris: it has wheels for Linux on
x86-64 alone (3.0 for CPython 3.11 to 3.13, 3.1 from 3.12 on), none for Windows and macOS, and so is in no dependency
group but `fuzz`.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import re
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["briefer"], exclude=["briefer.ui"]):
    from benchmarks.fuzz.giving import outcome_of
    from benchmarks.fuzz.mutations import mutated
    from benchmarks.fuzz.sound import TARGETS, kept, sound
    from benchmarks.fuzz.targets import target
    from briefer.intake.formats import all_formats

    all_formats()

_FINE = {"read", "refused", "stopped"}
_LIBFUZZER = ("-timeout=60", "-rss_limit_mb=500", "-max_len=60000", "-print_final_stats=0", "-verbosity=0")
_PLACE = re.compile(r"\(([\w.]+:\d+)\)$")


def main() -> None:
    """Run what the arguments say; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--state", type=Path, default=Path(tempfile.gettempdir()) / "fuzz-guided")
    given = parser.parse_args()
    corpus = given.state / f"corpus-{given.target}"
    corpus.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-guided-"))
    begun_with = [*sound(folder, given.target), *kept(given.target)]
    for data in begun_with:
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    logging.disable()
    warnings.simplefilter("ignore")
    one = _One(given.target, folder, given.state, given.inputs)

    def change(data: bytes, longest: int, seed: int) -> bytes:
        luck = random.Random(seed)
        if luck.random() < 0.5:
            return bytes(atheris.Mutate(data, longest))
        return mutated([data, *begun_with], luck)[:longest]

    arguments = [sys.argv[0], f"-runs={given.inputs}", f"-artifact_prefix={given.state}/", *_LIBFUZZER]
    atheris.Setup([*arguments, str(corpus)], one, custom_mutator=change)
    atheris.Fuzz()


class _One:
    """Gives one input, counts what came of it, and prints the counts behind the last."""

    def __init__(self, name: str, folder: Path, state: Path, most: int) -> None:
        self._name, self._state, self._most = name, state, most
        self._give = target(name, folder)
        self._counts: Counter[str] = Counter()

    def __call__(self, data: bytes) -> None:
        outcome = outcome_of(self._give, data)
        self._counts[outcome if outcome in _FINE else "failed"] += 1
        if outcome not in _FINE:
            place = _PLACE.search(outcome)
            name = place[1].replace(":", "-") if place else "unclear"
            (self._state / f"{self._name}-{name}.{self._name}").write_bytes(data)
            print(f"  {self._name}: {outcome}", file=sys.stderr)
        if self._counts.total() == self._most:
            told = " | ".join(str(self._counts[what]) for what in (*sorted(_FINE), "failed"))
            print(f"| {self._name} | {self._most} | {told} |", flush=True)


if __name__ == "__main__":
    main()
