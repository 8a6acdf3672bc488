"""The journal that a killed program leaves: whether all changes that are in it can still be read.

SQLite stops reading a write-ahead log at the first frame whose checksum is wrong, without a word: after a power cut, what
follows was never promised. In a journal that was damaged, it was (sqlite.org/fileformat2.html, 4). Where the end of a
journal is gone, or all of it, its index tells, which a killed program leaves as well: a frame stands there after it is on the disk
(sqlite.org/walformat.html, 2).
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from pathlib import Path

from briefer import in_use
from briefer.storage.backup import folder_beside
from briefer.storage.cipher import PAGE
from briefer.storage.engine import known_os_errors

_HEADER, _FRAME = 32, 24
_MAGIC = 0x377F0682
_WORD = 0xFFFFFFFF
_INDEX_VERSION = 3007000
# Of the index, in the order of bytes of the computer: version, whether it is made, frames, salt; frames in the library.
_INDEX = struct.Struct("=I8xB3xI12x8s8x")
_BROUGHT = struct.Struct("=I")
_INDEX_READ = 2 * _INDEX.size + _BROUGHT.size


def lost_changes(library: Path) -> str:
    """Return how much the journal beside a library has lost, or holds where it cannot be read, in words; nothing if all is there.

    What cannot be read is counted in changes. Of what is gone its index tells how many pages it took; one change takes
    several, so that they are no number of changes.

    Reads the whole journal; nobody else may be writing to it.
    """
    index = _read(library, "-shm", _INDEX_READ)
    data = _read(library, "-wal")
    readable, lost = _readable(data)
    told = f"up to {lost:,} of the last changes are lost" if lost else ""
    # An index that became another meanwhile is that of somebody who reads, and tells nothing of this journal.
    if _read(library, "-shm", _INDEX_READ) != index or len(index) < _INDEX_READ:
        return told
    version, made, frames, salt = _INDEX.unpack_from(index)
    if version != _INDEX_VERSION or not made or index[: _INDEX.size] != index[_INDEX.size : 2 * _INDEX.size]:
        return told
    (brought,) = _BROUGHT.unpack_from(index, 2 * _INDEX.size)
    known = readable if data[16:24] == salt else 0
    gone = int(frames) - max(known, int(brought))
    if gone <= lost:
        return told
    size = gone * PAGE // 1000
    return f"the last changes are lost, how many cannot be told (they took up to {size:,} kB)"


def _read(library: Path, ending: str, most: int = -1) -> bytes:
    """Return the bytes, ``most`` of them; none where the file is not there, or is the index of a library that is open here."""
    try:
        with in_use.opened(Path(f"{library}{ending}")) as file:
            return file.read(most)
    except OSError:
        return b""


def _readable(data: bytes) -> tuple[int, int]:
    """Return how many frames of a journal can be read, and how many changes stand behind them."""
    if len(data) < _HEADER:
        return 0, 0
    magic, _version, page, _sequence, *salt = struct.unpack(">6I", data[:24])
    order = ">" if magic & 1 else "<"
    sums = _summed(data[:24], (0, 0), order)
    sound = magic & ~1 == _MAGIC and sums == struct.unpack(">2I", data[24:_HEADER])
    if not sound:
        page, salt = PAGE, list(struct.unpack(">2I", data[_HEADER + 8 : _HEADER + 16].ljust(8, b"\0")))
    readable = lost = 0
    for at in range(_HEADER, len(data) - _FRAME - page + 1, _FRAME + page):
        _number, size, *rest = struct.unpack(">6I", data[at : at + _FRAME])
        own = rest[:2] == salt  # others are of an earlier journal, in whose place this one is
        if sound and own:
            sums = _summed(data[at : at + 8], sums, order)
            sums = _summed(data[at + _FRAME : at + _FRAME + page], sums, order)
            sound = sums == tuple(rest[2:])
        else:
            sound = False
        readable += sound
        lost += bool(own and size and not sound)
    return readable, lost


def _summed(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, other = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + other) & _WORD
        other = (other + second + one) & _WORD
    return one, other


def keep_damaged(library: Path, now: datetime | None) -> Path:
    """Keep a library and its journal, byte for byte, in the folder of its backups, and return the copy.

    Raises:
        LibraryError: ``library-full``, ``library-unwritable``.
    """
    stamp = (now or datetime.now(UTC)).astimezone(UTC)
    with known_os_errors(library):
        folder = folder_beside(library)
        folder.mkdir(exist_ok=True)
        kept = folder / f"{stamp:%Y-%m-%dT%H%M%SZ}.damaged"
        for ending in ("", "-wal"):
            if not Path(f"{library}{ending}").exists():
                continue  # what is told of may be that the journal is gone
            in_use.copy(Path(f"{library}{ending}"), Path(f"{kept}{ending}"))
    return kept
