"""Holding a library: one window at a time writes to it; where it lies and whether it can be written."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path, PurePath

import msgspec
from filelock import FileLock, Timeout

from briefer import atomic
from briefer.domain.holders import Holder
from briefer.errors import KnownError

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.gvfsd-fuse", "davfs"}
)
_DRIVE_REMOTE = 4  # of GetDriveTypeW


class Hold:
    """A lock of the system's on a file beside the library: a process that dies lets it go."""

    def __init__(self, lock: FileLock, told: Path) -> None:
        self._lock = lock
        self._told = told

    def release(self) -> None:
        """Let the library go, and leave no files; once is enough."""
        if not self._lock.is_locked:
            return  # what lies there now may be somebody else's
        with contextlib.suppress(OSError):
            self._told.unlink(missing_ok=True)
        if os.name != "nt":  # there, the lock's own end deletes it, and an open file cannot be
            with contextlib.suppress(OSError):
                Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()


def take(library: Path, me: Holder) -> Hold | Holder:
    """Hold the library for ``me``, or return who holds it.

    Raises OSError where no file can be made beside it.
    """
    # Not of one thread: the window opens libraries in one and closes them in another.
    lock = FileLock(library.with_name(f"{library.name}-lock"), thread_local=False)
    told = library.with_name(f"{library.name}-holder")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return _read(told)
    with contextlib.suppress(KnownError):  # who it is would not be told to others; the lock itself holds
        atomic.write_bytes(told, msgspec.json.encode(me))
    return Hold(lock, told)


def can_be_written(library: Path) -> bool:
    """Whether the file, and its folder for the journal, can be written."""
    return os.access(library, os.W_OK) and os.access(library.parent, os.W_OK)


def on_network(library: Path) -> bool:
    """Whether the file lies on another computer's disk, where a write-ahead log cannot be shared safely.

    Told by the mounts on Linux and by the kind of drive on Windows; elsewhere False (sqlite.org/wal.html).
    """
    path = library.absolute()
    if sys.platform == "win32":
        import ctypes

        drive = path.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE
    try:
        # What has a block device is on this computer; the others may be, and the list of mounts takes long to read.
        if os.major(path.stat().st_dev):
            return False
        return file_system(path.resolve(), _MOUNTS.read_text("utf-8", "replace")) in _NETWORK
    except OSError:
        return False


def file_system(path: PurePath, mounts: str) -> str:
    """Return the kind of file system that a path lies on, by the text of Linux's ``mountinfo`` (proc(5))."""
    # Without PurePath, which takes longer for a dozen mounts than SQLite to open a file.
    lies, best, kind = f"{path}/", "", ""
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        point = fields.split(" ")[4].replace("\\040", " ").rstrip("/") + "/"
        if len(point) >= len(best) and lies.startswith(point):
            best, kind = point, rest.partition(" ")[0]
    return kind


def _read(told: Path) -> Holder:
    try:
        return msgspec.json.decode(told.read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):
        return Holder()
