"""What giving a process an input used: processor time and resident memory, its own and that of the workers it asks."""

from __future__ import annotations

import contextlib
import math
import re
from pathlib import Path

import psutil

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def processor_s(process: psutil.Process) -> float:
    """Return seconds of a processor of a process, of those below it, and of those that it has waited for; inf if it ended."""
    try:
        own = process.cpu_times()
        used = float(own.user + own.system + own.children_user + own.children_system)
    except psutil.Error:
        return math.inf
    for child in _below(process):
        with contextlib.suppress(psutil.Error):
            times = child.cpu_times()
            used += times.user + times.system
    return used


def forget_peaks(process: psutil.Process) -> None:
    """Let the peaks of memory count anew (proc(5), clear_refs)."""
    for one in (process, *_below(process)):
        with contextlib.suppress(OSError):
            Path(f"/proc/{one.pid}/clear_refs").write_text("5")


def peak_mib(process: psutil.Process) -> float:
    """Return the highest resident memory since then, of the largest of a process and those below it."""
    return max(_peak_mib(one.pid) for one in (process, *_below(process)))


def resident_mib(process: psutil.Process) -> float:
    """Return how much memory the largest of a process and those below it holds now."""
    most = 0.0
    for one in (process, *_below(process)):
        with contextlib.suppress(psutil.Error):
            most = max(most, one.memory_info().rss / 2**20)
    return most


def _peak_mib(pid: int) -> float:
    with contextlib.suppress(OSError):
        if found := _PEAK.search(Path(f"/proc/{pid}/status").read_text()):
            return int(found[1]) / 1024
    return 0.0


def _below(process: psutil.Process) -> list[psutil.Process]:
    """Return the processes below one; psutil's own way looks at every process of the machine."""
    found: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error, OSError):
        for thread in Path(f"/proc/{process.pid}/task").iterdir():
            for pid in (thread / "children").read_text().split():
                child = psutil.Process(int(pid))
                found += (child, *_below(child))
    return found
