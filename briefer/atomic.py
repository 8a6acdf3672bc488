"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from briefer.errors import InputError

_READABLE = 0o666  # what open() asks for; the process's mask takes away from it


def write_bytes(target: Path, data: bytes) -> None:
    """Write ``data`` beside ``target`` and move it in place; an existing file stays until then.

    Raises:
        InputError: ``export-unwritable``.
    """
    write_chunks(target, (data,))


def write_chunks(target: Path, chunks: Iterable[bytes], stopped: Callable[[], bool] = lambda: False) -> int:
    """Write a file piece by piece, as :func:`write_bytes` does, and return the number of pieces.

    When it is ``stopped`` between two pieces, 0: ``target`` is then left as it was.
    """
    temporary: Path | None = None
    written = 0
    try:
        descriptor, name = tempfile.mkstemp(prefix=".briefer-", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                if stopped():
                    return 0
                file.write(chunk)
                written += 1
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
        return written
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise InputError("export-unwritable", name=target.name, detail=detail) from error
    finally:
        # Still there after an error of any kind, a keyboard interrupt included.
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or of any new file: mkstemp's are the owner's alone."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return _READABLE & ~mask
