"""What a worker process may do: how much memory and time, and nothing but read and answer.

The worker confines itself with :func:`confine`, before it sees the first file; the program beside it holds the
limits that no system call sets there (:func:`resident_mb`, the clock). Both are needed: macOS and Windows do
not bound a process's memory, and a process that is stuck in a library's C code listens to nobody.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
from dataclasses import dataclass, replace

MB = 1_000_000
_NICE = 5
_SMALL, _LARGE = 100_000, 1_000_000
_SMALL_CPU_S, _SMALL_MB = 8, 500
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Audit events (docs.python.org/3/library/audit_events.html) of things that reading a file never needs.
_REFUSED = (
    "socket.",
    "subprocess.",
    "ftplib.",
    "http.client.",
    "imaplib.",
    "nntplib.",
    "poplib.",
    "smtplib.",
    "urllib.",
    "webbrowser.",
    "shutil.",
    "tempfile.",
    "pty.",
    "winreg.",
    "_winapi.CreateFile",
    "_winapi.CreateProcess",
    "_winapi.CreateNamedPipe",
    "os.chmod",
    "os.chown",
    "os.exec",
    "os.fork",
    "os.kill",
    "os.link",
    "os.mkdir",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.setxattr",
    "os.spawn",
    "os.startfile",
    "os.symlink",
    "os.system",
    "os.truncate",
    "os.utime",
    "signal.pthread_kill",
    "sqlite3.",
)


@dataclass(frozen=True)
class Limits:
    """The most that reading one file may take: seconds by the clock, seconds of a processor, memory."""

    wall_s: float = 60.0
    cpu_s: int = 30
    memory_mb: int = 2048

    def of_file(self, size: int | None) -> Limits:
        """Return the limits of one file of ``size`` bytes; None is of lines of the bulk form, which have them all.

        What is small is done soon, or was made to keep us busy (forms in a PDF file that draw themselves): up to
        100 kB of a file get 8 s and 500 MB, and each kB more its share of the rest, all of which a megabyte has.
        """
        if size is None:
            return self
        share = min(1.0, max(0, size - _SMALL) / (_LARGE - _SMALL))
        return replace(
            self,
            cpu_s=min(self.cpu_s, round(_SMALL_CPU_S + share * max(0, self.cpu_s - _SMALL_CPU_S))),
            memory_mb=min(self.memory_mb, round(_SMALL_MB + share * max(0, self.memory_mb - _SMALL_MB))),
        )


def confine(memory_mb: int) -> None:
    """Bound this process's memory, and forbid it to write files, to connect and to start programs.

    There is no way back. ``memory_mb`` bounds the address space, where the system can do that.
    """
    _bound("RLIMIT_AS", memory_mb * MB)
    _bound("RLIMIT_FSIZE", 0)
    _bound("RLIMIT_CORE", 0)
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICE)
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def allow_cpu(seconds: int) -> None:
    """Let this process use so many more seconds of a processor; the system ends it after them."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = math.ceil(used.ru_utime + used.ru_stime) + seconds
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def ended_by_cpu(status: int) -> bool:
    """Whether the exit status of a process says that it used more of the processor than it was allowed."""
    if sys.platform == "win32":
        return False
    import signal

    return status == -signal.SIGXCPU


def resident_mb(pid: int) -> float:
    """Return how much memory a process holds, in MB; 0 for one that is gone."""
    import psutil

    try:
        return float(psutil.Process(pid).memory_info().rss) / MB
    except psutil.Error:
        return 0.0


def _bound(name: str, value: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    # macOS names limits that it does not know how to set.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(getattr(resource, name), (value, value))


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event == "open":
        _path, mode, flags = args
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (
            isinstance(flags, int) and flags & _WRITING
        ):
            raise PermissionError("what reads a file writes none")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"what reads a file does nothing else ({event})")
