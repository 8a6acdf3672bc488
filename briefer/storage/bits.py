"""Sets of excerpt numbers as they are kept: a Roaring container for each 65,536 numbers.

Only the containers are stored, each with a sum by which a changed bit is seen. The header that they need is written
here, from counts that are checked, so that a damaged library gives an error and nothing worse.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Any

from pyroaring import BitMap

from briefer.errors import LibraryError
from briefer.storage.index_damage import POSTINGS

CHUNK_BITS = 16
FORMAT = "2"
"""Changes with every change of how sets are stored; a library with another one is indexed anew when opened."""

_COOKIE = 12346  # RoaringFormatSpec: no run containers
_HEADER = 16  # of a set with one container: cookie, count of containers, key and cardinality, offset
_MOST_IN_ARRAY = 4096
_BITSET = 8192
_SUM = 4  # bytes: the CRC-32 of the container, begun with the number of its chunk

Container = tuple[int, int, bytes]
"""The chunk (number >> 16), how many numbers are in it, and their container with its sum."""
Read = Sequence[tuple[Any, Any, Any]]
"""Containers as SQLite gives them, which after damage may be of other types than their columns."""


def decode(containers: Read) -> BitMap:
    """Return the set of some containers, which have to be in order of their chunks.

    Raises:
        LibraryError: ``index-damaged``.
    """
    heads, offsets, bare, offset = [], [], [], 8 + 8 * len(containers)
    for chunk, count, stored in containers:
        bits = _opened(chunk, count, stored)
        heads.append(struct.pack("<HH", chunk, count - 1))
        offsets.append(struct.pack("<I", offset))
        bare.append(bits)
        offset += len(bits)
    start = struct.pack("<II", _COOKIE, len(containers))
    try:
        # It reads no further than the bytes go, and looks whether the numbers ascend.
        return BitMap.deserialize(b"".join((start, *heads, *offsets, *bare)))
    except ValueError as error:
        raise LibraryError("index-damaged", name=POSTINGS) from error


def encode(numbers: BitMap) -> tuple[int, bytes]:
    """Return the count and the container of numbers of one chunk, of which there must be some."""
    packed = numbers.serialize()
    if struct.unpack_from("<I", packed) != (_COOKIE,):
        # A set may hold runs, which its constructor is told here not to look for.
        packed = BitMap(numbers.to_array(), optimize=False).serialize()
    return len(numbers), _summed(packed[_HEADER:], numbers.min() >> CHUNK_BITS)


def appended(stored: Container | None, chunk: int, numbers: bytes) -> tuple[int, bytes]:
    """Return the count and the container of a stored set of a chunk, None for an empty one, and further numbers.

    ``numbers`` are the low sixteen bits of each, the lower byte first, ascending, and there are some.

    Raises:
        LibraryError: ``index-damaged``.
    """
    count = len(numbers) // 2
    if stored is None and count <= _MOST_IN_ARRAY:
        return count, _summed(numbers, chunk)
    if stored is not None and stored[1] + count <= _MOST_IN_ARRAY:
        # Numbers that are new are greater than all others: they go behind them, which is by far the most frequent.
        _, before, own = stored
        bits, kept = own[:-_SUM], int.from_bytes(own[-_SUM:], "little")
        if len(bits) == 2 * before and bits[:-3:-1] < numbers[1::-1]:
            # The sum goes on from the one that is stored, so that one that is wrong stays so.
            return before + count, b"".join((bits, numbers, _sum(numbers, kept)))
    found = BitMap() if stored is None else decode([stored])
    for start in range(0, count, _MOST_IN_ARRAY):
        some = numbers[2 * start : 2 * (start + _MOST_IN_ARRAY)]
        found |= decode([(chunk, len(some) // 2, _summed(some, chunk))])
    return encode(found)


def by_chunk(numbers: BitMap) -> dict[int, BitMap]:
    """Return the numbers by their chunk."""
    found: dict[int, BitMap] = {}
    while numbers:
        chunk = numbers.min() >> CHUNK_BITS
        if chunk == numbers.max() >> CHUNK_BITS:
            return {**found, chunk: numbers}
        found[chunk] = BitMap(numbers)
        found[chunk].remove_range((chunk + 1) << CHUNK_BITS, 1 << 32)
        numbers = BitMap(numbers)
        numbers.remove_range(0, (chunk + 1) << CHUNK_BITS)
    return found


def _opened(chunk: Any, count: Any, stored: Any) -> bytes:
    """Return a container without its sum. Raises as :func:`decode`."""
    typed = isinstance(chunk, int) and isinstance(count, int) and isinstance(stored, bytes)
    if typed and 0 <= chunk <= 0xFFFF and 1 <= count <= 1 << CHUNK_BITS and len(stored) > _SUM:
        bits = bytes(stored[:-_SUM])
        if (
            len(bits) == (2 * count if count <= _MOST_IN_ARRAY else _BITSET)
            and _summed(bits, chunk) == stored
        ):
            return bits
    raise LibraryError("index-damaged", name=POSTINGS)


def _summed(bits: bytes, chunk: int) -> bytes:
    return bits + _sum(bits, chunk)


def _sum(bits: bytes, start: int) -> bytes:
    return zlib.crc32(bits, start).to_bytes(_SUM, "little")
