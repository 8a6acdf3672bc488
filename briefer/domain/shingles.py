"""The least hashes of a text's shingles: what similarity.bands is made of.

Apart from that module because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LENGTH = 15
"""Bytes in a shingle."""
_HASHES = 1 << 32
_AT_ONCE = 1 << 15  # of bytes
_ENOUGH = 8  # of hashes for a bin: one bin in three thousand has none of so many

_Hashes = NDArray[np.uint32]


def least(texts: Sequence[bytes], bins: int) -> Iterator[tuple[list[int], list[bool]]]:
    """Yield of each text the least hash of each bin, and whether any hash fell into it; the hash is a shingle's CRC-32.

    ``bins`` is a power of two. Each text has a shingle at least.
    """
    some: list[bytes] = []
    for text in texts:
        some.append(text)
        if sum(map(len, some)) >= _AT_ONCE:
            yield from _least(some, bins)
            some = []
    if some:
        yield from _least(some, bins)


def _least(texts: Sequence[bytes], bins: int) -> Iterator[tuple[list[int], list[bool]]]:
    """Yield it of texts that are looked at together: what hashes are made by is as large as a processor's own memory."""
    hashes = crc32s(b"".join(texts))
    sizes = np.array([len(text) for text in texts])
    starts, counts = np.cumsum(sizes) - sizes, sizes - LENGTH + 1
    # Hashes are spread evenly: nearly always, the least of every bin is among those below this.
    below = np.minimum((_ENOUGH * bins << 32) // counts, _HASHES) - 1
    few = np.flatnonzero(hashes <= np.repeat(below.astype(np.uint32), sizes)[: len(hashes)])
    of_text = np.searchsorted(starts, few, side="right") - 1
    inside = few - starts[of_text] < counts[of_text]  # the others reach from one text into the next
    lowest, filled = _lowest(hashes[few[inside]], of_text[inside], len(texts), bins)
    for text in np.flatnonzero((below < _HASHES - 1) & ~filled.all(axis=1)).tolist():
        own = hashes[starts[text] : starts[text] + counts[text]]
        lowest[text], filled[text] = _lowest(own, np.zeros(len(own), np.int64), 1, bins)
    return zip(lowest.tolist(), filled.tolist(), strict=True)


def _lowest(
    hashes: _Hashes, of_text: NDArray[np.integer], texts: int, bins: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the least hashes by text and bin, and whether there is any."""
    packed = (of_text * bins + (hashes & np.uint32(bins - 1))) << 32 | hashes
    packed.sort()
    places = packed >> 32
    first = np.flatnonzero(np.diff(places, prepend=-1))
    lowest, filled = np.zeros(texts * bins, np.int64), np.zeros(texts * bins, np.bool_)
    lowest[places[first]] = packed[first] & (_HASHES - 1)
    filled[places[first]] = True
    return lowest.reshape(texts, bins), filled.reshape(texts, bins)


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
