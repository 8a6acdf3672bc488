"""Sets of excerpt numbers as they are kept: a Roaring container for each 65,536 numbers.

Only the containers are stored. The header that they need is written here, from counts that are checked, so that
a damaged library gives an error and nothing worse.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from pyroaring import BitMap

from briefer.errors import LibraryError
from briefer.storage.index_damage import POSTINGS

CHUNK_BITS = 16

_COOKIE = 12346  # RoaringFormatSpec: no run containers
_HEADER = 16  # of a set with one container: cookie, count of containers, key and cardinality, offset
_MOST_IN_ARRAY = 4096
_BITSET = 8192

Container = tuple[int, int, bytes]
"""The chunk (number >> 16), how many numbers are in it, and their container."""
Read = Sequence[tuple[Any, Any, Any]]
"""Containers as SQLite gives them, which after damage may be of other types than their columns."""


def decode(containers: Read) -> BitMap:
    """Return the set of some containers, which have to be in order of their chunks.

    Raises:
        LibraryError: ``index-damaged``.
    """
    heads, offsets, offset = [], [], 8 + 8 * len(containers)
    for chunk, count, bits in containers:
        typed = isinstance(chunk, int) and isinstance(count, int) and isinstance(bits, bytes)
        if not (typed and _is_sound(chunk, count, bits)):
            raise LibraryError("index-damaged", name=POSTINGS)
        heads.append(struct.pack("<HH", chunk, count - 1))
        offsets.append(struct.pack("<I", offset))
        offset += len(bits)
    start = struct.pack("<II", _COOKIE, len(containers))
    packed = b"".join((start, *heads, *offsets, *(bits for _, _, bits in containers)))
    try:
        # It reads no further than the bytes go, and looks whether the numbers ascend.
        return BitMap.deserialize(packed)
    except ValueError as error:
        raise LibraryError("index-damaged", name=POSTINGS) from error


def encode(numbers: BitMap) -> tuple[int, bytes]:
    """Return the count and the container of numbers of one chunk, of which there must be some."""
    packed = numbers.serialize()
    if struct.unpack_from("<I", packed) != (_COOKIE,):
        # A set may hold runs, which its constructor is told here not to look for.
        packed = BitMap(numbers.to_array(), optimize=False).serialize()
    return len(numbers), packed[_HEADER:]


def appended(stored: Container | None, chunk: int, numbers: bytes) -> tuple[int, bytes]:
    """Return the count and the container of a stored set of a chunk, None for an empty one, and further numbers.

    ``numbers`` are the low sixteen bits of each, the lower byte first, ascending, and there are some.

    Raises:
        LibraryError: ``index-damaged``.
    """
    count = len(numbers) // 2
    if stored is None and count <= _MOST_IN_ARRAY:
        return count, numbers
    if stored is not None and stored[1] + count <= _MOST_IN_ARRAY:
        # Numbers that are new are greater than all others: they go behind them, which is by far the most frequent.
        _, before, bits = stored
        if _is_sound(*stored) and bits[:-3:-1] < numbers[1::-1]:
            return before + count, bits + numbers
    found = BitMap() if stored is None else decode([stored])
    for start in range(0, count, _MOST_IN_ARRAY):
        some = numbers[2 * start : 2 * (start + _MOST_IN_ARRAY)]
        found |= decode([(chunk, len(some) // 2, some)])
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


def _is_sound(chunk: int, count: int, bits: bytes) -> bool:
    if not (0 <= chunk <= 0xFFFF and 1 <= count <= 1 << CHUNK_BITS):
        return False
    if count <= _MOST_IN_ARRAY:
        return len(bits) == 2 * count
    return len(bits) == _BITSET and int.from_bytes(bits, "little").bit_count() == count
