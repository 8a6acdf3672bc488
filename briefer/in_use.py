"""Reading files that may be a library which is open in this process, without letting its locks go.

On POSIX systems, closing a file ends all locks that the process has on it, whoever took them (sqlite.org/howtocorrupt.html,
2.2). SQLite minds that for its own descriptors; a plain ``open()`` of an open library, closed again, lets another program
take the journal away under the window. So whatever opens a file that could be one goes through :func:`opened` or
:func:`head`, and connections tell of themselves with :func:`use`: of each file there is one descriptor here, which stays
open as long as anything in the process reads the file or has a connection to it.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

DATABASE = b"SQLite format 3\x00"  # how a file of SQLite begins that is not encrypted, whatever its name

SUFFIX = ".briefer"
"""How the name of a library ends."""

_Identity = tuple[int, int]
_AT_ONCE = 1 << 20  # of bytes
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class _File:
    """A file with its one descriptor, and how many there are that use it: readers by "", connections by their SQLite."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.users: Counter[str] = Counter()
        self._turn = Lock()

    def read(self, at: int, length: int) -> bytes:
        with self._turn:  # not all systems read at a place in one call
            os.lseek(self.descriptor, at, os.SEEK_SET)
            return os.read(self.descriptor, length)


_files: dict[_Identity, _File] = {}
_turn = Lock()


class Use:
    """One use of a file; it ends with :meth:`close`."""

    def __init__(self, identity: _Identity, by: str) -> None:
        self._identity = identity
        self._by = by
        self._open = True

    def close(self) -> None:
        """End the use. The descriptor is closed with the last one."""
        with _turn:
            if not self._open:
                return
            self._open = False
            file = _files[self._identity]
            file.users -= Counter([self._by])
            if not file.users:
                del _files[self._identity]
                os.close(file.descriptor)

    def read(self, at: int, length: int) -> bytes:
        """Return as many bytes from a place on as the system gives at once; none at the end."""
        return _files[self._identity].read(at, length)

    @property
    def descriptor(self) -> int:
        """The file's descriptor, to be looked at and not to be closed."""
        return _files[self._identity].descriptor


class _Stream(io.RawIOBase):
    """The bytes of a file from its beginning on."""

    def __init__(self, held: Use) -> None:
        self._held = held
        self._at = 0

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._held.descriptor

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        data = self._held.read(self._at, len(view))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._held.close()
        super().close()


def use(path: Path, by: str = "") -> Use:
    """Say that a file is used from now on; ``by`` names the SQLite whose connection uses it, readers have no name.

    Raises OSError where it cannot be read, and BlockingIOError where a connection of another SQLite uses it: two of them
    in one process know nothing of one another's locks.
    """
    with _turn:
        found = path.stat()
        identity = found.st_dev, found.st_ino
        file = _files.get(identity)
        if file is None:
            descriptor = os.open(path, _READING)
            opened_ = os.fstat(descriptor)
            identity = opened_.st_dev, opened_.st_ino
            file = _files.setdefault(identity, _File(descriptor))
        elif by and file.users.keys() - {"", by}:
            raise BlockingIOError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))
        file.users[by] += 1
        return Use(identity, by)


def has_connections(path: Path) -> bool:
    """Whether a connection of this process uses the file."""
    try:
        found = path.stat()
    except OSError:
        return False
    with _turn:
        file = _files.get((found.st_dev, found.st_ino))
        return file is not None and any(file.users)


def opened(path: Path) -> BinaryIO:
    """Open a file for reading from its beginning on, as ``path.open("rb")`` does. Raises OSError.

    What SQLite shares memory through (``NAME-shm``) is refused while the library is open: it bears locks too.
    """
    _refuse_shared(path)
    return io.BufferedReader(_Stream(use(path)))


def _refuse_shared(path: Path) -> None:
    if path.name.endswith("-shm") and has_connections(path.with_name(path.name.removesuffix("-shm"))):
        raise BlockingIOError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


def head(path: Path, length: int) -> bytes:
    """Return the first bytes of a file. Raises OSError, for a pipe or a device too, of which nobody knows when it gives any."""
    if not path.is_file() and path.exists():
        raise OSError(errno.EINVAL, "is no ordinary file", str(path))
    _refuse_shared(path)
    held = use(path)
    try:
        return held.read(0, length)
    finally:
        held.close()


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without byte order mark. Raises OSError, UnicodeDecodeError."""
    with opened(path) as file:
        return io.TextIOWrapper(file, encoding="utf-8-sig").read()


def copy(source: Path, target: Path) -> None:
    """Copy the bytes of a file to a new one. Raises OSError."""
    with opened(source) as file, target.open("wb") as made:
        shutil.copyfileobj(file, made, _AT_ONCE)
