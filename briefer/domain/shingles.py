"""The least hashes of a text's shingles: what similarity.bands is made of.

Apart from that module because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LENGTH = 15
"""Bytes in a shingle."""
_ENOUGH = 8  # of hashes for a bin: one bin in three thousand has none of so many

_Hashes = NDArray[np.uint32]


def least(letters: bytes, bins: int) -> tuple[list[int], list[bool]]:
    """Return the least hash of each bin, and whether any hash fell into it; the hash is a shingle's CRC-32.

    ``bins`` is a power of two.
    """
    hashes = crc32s(letters)
    if len(hashes) > _ENOUGH * bins:
        # Hashes are spread evenly: nearly always, the least of every bin is among those below this.
        lowest, filled = _least(hashes[hashes < np.uint32((_ENOUGH * bins << 32) // len(hashes))], bins)
        if filled.all():
            return lowest.tolist(), filled.tolist()
    lowest, filled = _least(hashes, bins)
    return lowest.tolist(), filled.tolist()


def _least(hashes: _Hashes, bins: int) -> tuple[_Hashes, NDArray[np.bool_]]:
    hashes.sort()
    down = hashes[::-1]
    lowest = np.zeros(bins, np.uint32)
    filled = np.zeros(bins, np.bool_)
    at = down & np.uint32(bins - 1)
    lowest[at] = down  # of several that go to one place the last, which is the least, stays
    filled[at] = True
    return lowest, filled


def crc32s(letters: bytes) -> _Hashes:
    """Return the CRC-32 of each shingle of ``letters``, of which there must be one at least, in order.

    A checksum of so many bytes is the exclusive or of what each of them gives at its place, with a constant.
    """
    pairs, last, constant = _tables()
    given = np.frombuffer(letters, np.uint8).astype(np.intp)
    count = len(given) - LENGTH + 1
    two = (given[:-1] << 8) | given[1:]
    hashes: _Hashes = last.take(given[LENGTH - 1 :]) ^ constant
    for at, pair in enumerate(pairs):
        hashes ^= pair.take(two[2 * at : 2 * at + count])
    return hashes


@lru_cache(maxsize=1)
def _tables() -> tuple[list[_Hashes], _Hashes, np.uint32]:
    """Return what each two bytes give at each second place of a shingle, each byte at its end, and the constant."""
    constant = zlib.crc32(bytes(LENGTH))
    places = [
        [zlib.crc32(bytes((*bytes(k), b, *bytes(LENGTH - 1 - k)))) ^ constant for b in range(256)]
        for k in range(LENGTH)
    ]
    *firsts, last = (np.array(place, np.uint32) for place in places)
    pairs = [np.bitwise_xor.outer(*firsts[at : at + 2]).ravel() for at in range(0, LENGTH - 1, 2)]
    return pairs, last, np.uint32(constant)
