"""Files and folders as they are given: which are readable, their bytes, and what those bytes are."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from briefer.errors import InputError
from briefer.intake.formats import folder_suffixes
from briefer.services.ports import Found, Taken

# The most that any format reads.
LIMIT_MB = 200

# Things that are no text at all.
_BINARIES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or sound"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a bitmap image"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
)
# Two letters may begin a text as well; such a mark counts only where NUL bytes follow.
_SHORT = 3
_HEAD = 4096


def expand(paths: Iterable[Path]) -> tuple[Found, ...]:
    """Return files as they are, and the readable files of each folder in its place, sorted by name."""
    found: list[Found] = []
    for path in paths:
        found.extend(_inside(path) if path.is_dir() else [Found(path)])
    return tuple(found)


def _inside(folder: Path) -> list[Found]:
    files: list[Path] = []
    refused: list[Found] = []

    def refuse(error: OSError) -> None:
        place = Path(error.filename or folder)
        refused.append(Found(place, _unreadable(place, _reason(error))))

    for top, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [f for f in folders if not f.startswith(".")]
        files += [
            Path(top) / n
            for n in names
            if not n.startswith(".") and Path(n).suffix.lower() in folder_suffixes()
        ]
    if not files and not refused:
        return [Found(folder, _unreadable(folder, "the folder holds no file of a format that can be read"))]
    return [*map(Found, sorted(files)), *refused]


def _unreadable(path: Path, detail: str) -> InputError:
    return InputError("input-unreadable", name=path.name or str(path), detail=detail)


def take(path: Path) -> Taken:
    """Return the bytes of a file, its name, and when it was last changed.

    Raises:
        InputError: ``input-missing``, ``input-unreadable`` or ``input-too-large``.
    """
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise InputError("input-unreadable", name=name, detail="it is a folder")
        if path.exists() and not path.is_file():
            # Reading a pipe or a device may never end.
            raise InputError("input-unreadable", name=name, detail="it is not an ordinary file")
        with path.open("rb") as file:
            data = file.read(LIMIT_MB * 1_000_000 + 1)
            changed = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
    except FileNotFoundError:
        raise InputError("input-missing", name=name) from None
    except (OSError, ValueError) as error:
        raise InputError("input-unreadable", name=name, detail=_reason(error)) from error
    if len(data) > LIMIT_MB * 1_000_000:
        raise InputError("input-too-large", name=name, limit=LIMIT_MB)
    return Taken(name, data, changed)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def refuse_binary(taken: Taken) -> None:
    """Refuse what is recognisably no text.

    Raises:
        InputError: ``input-binary``.
    """
    name, data = taken.name, taken.data
    head = data[:_HEAD]
    for mark, detail in _BINARIES:
        if data.startswith(mark) and (len(mark) > _SHORT or not mark.isascii() or b"\x00" in head):
            raise InputError("input-binary", name=name, detail=detail)
    if _holds_nul(head):
        raise InputError("input-binary", name=name, detail="it holds NUL bytes")


def _holds_nul(head: bytes) -> bool:
    if b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # UTF-16 without a mark has its NUL bytes on one side.
    return not (max(even, odd) > len(head) / 20 and max(even, odd) > 3 * min(even, odd))
