"""Files that are recognisably no text."""

from __future__ import annotations

from briefer.errors import InputError
from briefer.services.ports import Taken

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
    (b"PK\x03\x04", "a zip archive"),
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
