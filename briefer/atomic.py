"""Files that appear whole or not at all, and the names they have until then."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from briefer import in_use
from briefer.errors import InputError

_READABLE = 0o666  # what open() asks for; the process's mask takes away from it
_PRIVATE = 0o600
# Which computer and process makes the file; SQLite adds an ending to what it keeps beside it.
_NAME = re.compile(r"\.briefer-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.tmp(?:-journal|-wal|-shm)?")


def unfinished(target: Path) -> Path:
    """Return a free name beside ``target`` for a file that is to become it; :func:`sweep` knows such names."""
    return target.with_name(f".briefer-{_computer()}-{os.getpid()}-{secrets.token_hex(4)}.tmp")


def sweep(folder: Path) -> None:
    """Delete what processes of this computer that were killed have left unfinished in a folder."""
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            made = _NAME.fullmatch(file.name)
            if made and made[1] == _computer() and not _lives(int(made[2])):
                with contextlib.suppress(OSError):
                    file.unlink()


def discard(part: Path) -> None:
    """Delete an unfinished file, if it is there, and what SQLite keeps beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        # Where nothing can be written, not even what is not there can be deleted.
        with contextlib.suppress(OSError):
            part.with_name(f"{part.name}{ending}").unlink()


def sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk, where it can."""
    if os.name == "nt" and path.is_dir():
        return  # a folder cannot be opened there, and its names need no such care
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def computer() -> str:
    """Return this computer's name; nothing where it has none."""
    # Not platform.node(), which on Windows imports socket.
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def write_bytes(target: Path, data: bytes, ready: Callable[[], None] = lambda: None) -> None:
    """Write ``data`` beside ``target`` and move it in place; an existing file stays until then.

    ``ready`` is called in between, when the data is on the disk; what it raises leaves everything as it was.

    Raises:
        InputError: ``export-unwritable``; ``file-exists`` where a library would be replaced.
    """
    write_chunks(target, (data,), ready=ready)


def write_chunks(
    target: Path,
    chunks: Iterable[bytes],
    stopped: Callable[[], bool] = lambda: False,
    ready: Callable[[], None] = lambda: None,
) -> int:
    """Write a file piece by piece, as :func:`write_bytes` does, and return the number of pieces.

    When it is ``stopped`` between two pieces, 0: ``target`` is then left as it was.
    """
    _spare_libraries(target)
    temporary = unfinished(target)
    written = 0
    try:
        sweep(target.parent)
        with os.fdopen(os.open(temporary, _new(), _PRIVATE), "wb") as file:
            for chunk in chunks:
                if stopped():
                    return 0
                file.write(chunk)
                written += 1
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
        ready()
        temporary.replace(target)
        # Some shares and drives cannot write a folder's names by themselves; the file is in its place all the same.
        with contextlib.suppress(OSError):
            sync(target.parent)
        return written
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise InputError("export-unwritable", name=target.name, detail=detail) from error
    finally:
        # Still there after an error of any kind, a keyboard interrupt included.
        discard(temporary)


def _spare_libraries(target: Path) -> None:
    """See that what is written is not put in the place of somebody's library, whoever has chosen the name."""
    with contextlib.suppress(OSError):
        if target.is_file() and (
            target.suffix == in_use.SUFFIX or in_use.head(target, len(in_use.DATABASE)) == in_use.DATABASE
        ):
            raise InputError("file-exists", name=target.name)


def _computer() -> str:
    return f"{zlib.crc32(computer().encode()):08x}"


def _lives(process: int) -> bool:
    import psutil

    return psutil.pid_exists(process)


def _new() -> int:
    return os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or of any new file: an unfinished one is the owner's alone."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return _READABLE & ~mask
