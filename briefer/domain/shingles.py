"""The least hashes of a text's shingles: what similarity.bands is made of.

Apart from that module because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

LENGTH = 15
"""Bytes in a shingle."""

_Hashes = NDArray[np.uint32]


def least(letters: bytes, bins: int) -> tuple[list[int], list[bool]]:
    """Return the least hash of each bin, and whether any hash fell into it; the hash is a shingle's CRC-32."""
    hashes = crc32s(letters)
    hashes[::-1].sort()
    lowest = np.zeros(bins, np.uint32)
    filled = np.zeros(bins, np.bool_)
    at = hashes % np.uint32(bins)
    lowest[at] = hashes  # of several that go to one place the last, which is the least, stays
    filled[at] = True
    return lowest.tolist(), filled.tolist()


def crc32s(letters: bytes) -> _Hashes:
    """Return the CRC-32 of each shingle of ``letters``, of which there must be one at least, in order.

    A checksum of so many bytes is the exclusive or of what each of them gives at its place, with a constant.
    """
    pairs_at, last_at, constant = _tables()
    given = np.frombuffer(letters, np.uint8)
    count = len(given) - LENGTH + 1
    pairs = given[:-1] | (given[1:].astype(np.uint16) << np.uint16(8))
    hashes: _Hashes = last_at[given[LENGTH - 1 :]] ^ constant
    for pair, of_pair in enumerate(pairs_at):
        hashes ^= of_pair[pairs[2 * pair : 2 * pair + count]]
    return hashes


@lru_cache(maxsize=1)
def _tables() -> tuple[list[_Hashes], _Hashes, Any]:
    constant = zlib.crc32(bytes(LENGTH))
    places = [
        np.array(
            [zlib.crc32(bytes((*bytes(k), b, *bytes(LENGTH - 1 - k)))) ^ constant for b in range(256)],
            np.uint32,
        )
        for k in range(LENGTH)
    ]
    pairs = [np.bitwise_xor.outer(places[k + 1], places[k]).ravel() for k in range(0, LENGTH - 1, 2)]
    return pairs, places[-1], np.uint32(constant)
