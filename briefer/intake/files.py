"""Files and folders as they are given: which are readable, their bytes, and what those bytes are."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from briefer import in_use
from briefer.errors import InputError
from briefer.intake.formats import folder_suffixes, recognised
from briefer.services.ports import Found, Taken

# The most that any format reads.
LIMIT_MB = 200

# Controls, line ends, and the surrogates that stand for bytes of no character.
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
# What systems say of a share or a drive that has gone away.
_AWAY = frozenset(
    getattr(errno, name)
    for name in (
        "EIO",
        "ENODEV",
        "ENXIO",
        "ESTALE",
        "ENOTCONN",
        "EHOSTDOWN",
        "EHOSTUNREACH",
        "ETIMEDOUT",
        "ENETDOWN",
    )
    if hasattr(errno, name)
)
# System error codes: not ready, bad network path, device gone, network name gone, unexpected network error,
# name not found, time-out, device not connected, network unreachable.
_WINDOWS_AWAY = frozenset({21, 53, 55, 59, 64, 67, 121, 1167, 1231})
_HEAD = 4096


def printable(name: str) -> str:
    """Return a file's name with � where it is not text: names may hold any bytes, libraries and terminals not."""
    return "".join("\ufffd" if unicodedata.category(c) in _UNPRINTABLE else c for c in name)


def expand(paths: Iterable[Path]) -> tuple[Found, ...]:
    """Return files as they are, and the readable files of each folder in its place, sorted by name."""
    found: list[Found] = []
    for path in paths:
        try:
            # Unlike Path.is_dir, this tells what it cannot find out.
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError):
            is_folder = False
        found.extend(_inside(path) if is_folder else [Found(path)])
    return tuple(found)


def beside_page(folder: str, names: Collection[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a saved page that lies beside it.

    ``names`` are the files beside it, in small letters. Browsers name such a folder after the page.
    """
    stem, mark, _rest = folder.lower().rpartition("_files")
    if not mark:
        stem, mark, _rest = folder.lower().rpartition(".files")
    return bool(mark) and not _rest and any(f"{stem}{suffix}" in names for suffix in _PAGES)


def _inside(top: Path) -> list[Found]:
    found: list[Found] = []
    refused: list[Found] = []
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                shown = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            refused.append(Found(folder, _refusal(folder, error)))
            continue
        # Links to folders are not followed: they may lead in a circle.
        folders = [entry for entry in shown if entry.is_dir(follow_symlinks=False)]
        names = {entry.name.lower() for entry in shown}
        waiting += [Path(entry.path) for entry in folders if not beside_page(entry.name, names)]
        found += [_found(entry) for entry in shown if entry not in folders]
    if not any(not f.left_out for f in found) and not refused:
        refused.append(Found(top, InputError("input-nothing", name=_name(top))))
    return [*sorted(found, key=_path), *sorted(refused, key=_path)]


def _path(found: Found) -> Path:
    return found.path


def _found(entry: os.DirEntry[str]) -> Found:
    """Tell whether a file of a folder is taken in with it: by its suffix, or else by its first bytes."""
    path = Path(entry.path)
    if entry.is_symlink():
        # A link in a folder that others may write to could lead to any file of this user.
        return Found(path, left_out=True)
    if path.suffix.lower() in folder_suffixes():
        return Found(path)
    try:
        head = in_use.head(path, _HEAD)
    except OSError as error:
        return Found(path, _refusal(path, error))
    return Found(path, left_out=not recognised(Taken(path.name, head, datetime.now(UTC))))


def take(path: Path) -> Taken:
    """Return the bytes of a file, its name, and when it was last changed.

    Raises:
        InputError: ``input-missing``, ``input-unreadable``, ``input-away``, ``input-changing`` or
            ``input-too-large``.
    """
    try:
        return _read(path) or _again(path)
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from error


def _read(path: Path) -> Taken | None:
    """Return what the file holds, or None when it was changed meanwhile."""
    name = _name(path)
    before = path.stat()
    if stat.S_ISDIR(before.st_mode):
        raise InputError("input-unreadable", name=name, detail="it is a folder")
    if not stat.S_ISREG(before.st_mode):
        # Reading a pipe or a device may never end.
        raise InputError("input-unreadable", name=name, detail="it is not an ordinary file")
    if before.st_size > LIMIT_MB * 1_000_000:
        raise InputError("input-too-large", name=name, limit=LIMIT_MB)
    with in_use.opened(path) as file:
        data = file.read(LIMIT_MB * 1_000_000 + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return None
    if len(data) > LIMIT_MB * 1_000_000:
        raise InputError("input-too-large", name=name, limit=LIMIT_MB)
    return Taken(name, data, datetime.fromtimestamp(after.st_mtime, UTC))


def _again(path: Path) -> Taken:
    taken = _read(path)
    if taken is None:
        raise InputError("input-changing", name=_name(path))
    return taken


def _name(path: Path) -> str:
    return printable(path.name or str(path))


def _refusal(path: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("input-missing", name=_name(path))
    detail = (getattr(error, "strerror", None) or str(error)).lower()
    away = getattr(error, "errno", None) in _AWAY or getattr(error, "winerror", None) in _WINDOWS_AWAY
    return InputError("input-away" if away else "input-unreadable", name=_name(path), detail=detail)
