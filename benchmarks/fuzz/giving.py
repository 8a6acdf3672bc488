"""Inputs given to a target one after the other, in a process of their own, and what came of each."""

from __future__ import annotations

import logging
import os
import random
import re
import tempfile
import time
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.fuzz.mutations import heavy, mutated
from benchmarks.fuzz.sound import kept, sound
from benchmarks.fuzz.targets import Target, target
from benchmarks.fuzz.use import forget_peaks, peak_mib, processor_s, resident_mib
from briefer.errors import KnownError

_GROWN_MIB = 300
_LONGEST_MESSAGE = 1_200
# Controls, ends of lines, marks of direction; a value that was missing, or is shown as Python writes it.
_UNCLEAR = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|\\(None\\)|<class ")
_FROM_KEPT = 0.2
_HEAVY = 0.1


@dataclass(frozen=True)
class Work:
    """Which inputs are given to what: those of one target and seed, from number ``begin`` up to ``end``."""

    name: str
    seed: int
    begin: int
    end: int
    isolated: bool = False
    tight: bool = False


def input_of(work: Work, folder: Path, number: int) -> bytes:
    """Return an input; it depends on target, seed, number, and the inputs that it is made of."""
    luck = random.Random(f"{work.seed}/{work.name}/{number}")
    if work.tight and luck.random() < _HEAVY:
        return heavy(sound(folder, work.name), luck)
    known = kept(work.name)
    return mutated(known if known and luck.random() < _FROM_KEPT else sound(folder, work.name), luck)


def outcome_of(give: Target, data: bytes) -> str:
    """Return «read», «refused», «stopped» (at a limit of the worker), or what is wrong."""
    try:
        give(data)
    except KnownError as error:
        return _told(error)
    except Exception as error:  # noqa: BLE001  (what is counted here)
        place = traceback.extract_tb(error.__traceback__)[-1]
        said = " ".join(str(error).split())[:160]
        return f"{type(error).__name__}: {said} ({Path(place.filename).name}:{place.lineno})"
    return "read"


def _told(error: KnownError) -> str:
    """Hold a message against what it has to be: one line of moderate length, without gaps."""
    text = str(error)
    if _UNCLEAR.search(text) or len(text) > _LONGEST_MESSAGE:
        return f"unclear message: {error.code} {ascii(text)[:160]}"
    return "stopped" if error.code in {"input-too-long", "input-too-much"} else "refused"


def give_all(work: Work, folder: Path) -> None:
    """Give the inputs; tell each outcome in a line on standard output: what, seconds of a processor, MiB."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # libraries that print
    logging.disable()
    warnings.simplefilter("ignore")
    own = psutil.Process()
    with tempfile.TemporaryDirectory(prefix="fuzz-child-") as name:
        give = target(work.name, Path(name), folder, isolated=work.isolated, tight=work.tight)
        out.write("begun\n")
        for number in range(work.begin, work.end):
            data = input_of(work, folder, number)
            forget_peaks(own)
            begun_s = processor_s(own) if work.isolated else time.process_time()
            outcome = outcome_of(give, data)
            used_s = (processor_s(own) if work.isolated else time.process_time()) - begun_s
            out.write(f"{outcome}\t{used_s:.3f}\t{peak_mib(own):.0f}\n")
            if resident_mib(own) > _GROWN_MIB and not work.isolated:
                break  # what libraries keep for themselves is not laid to the next input's charge
        out.write("end\n")
        out.flush()
        os._exit(0)  # engines with threads of their own take their time
