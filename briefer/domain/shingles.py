"""The marks of texts, which copies share: made of the least hashes of a text's shingles.

Apart from similarity because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

LENGTH = 15
"""Bytes in a shingle."""
_HASHES = 1 << 32
_AT_ONCE = 1 << 15  # of bytes
_LONGEST = 1 << 20  # of bytes in one stretch: its numbers take forty times as much memory
_ENOUGH = 8  # of hashes for a bin: one bin in three thousand has none of so many
_ROWS = 2  # what a band puts together

_Hashes = NDArray[np.uint32]
# An odd number far from the powers of two (Knuth, The Art of Computer Programming, 6.4), and those of a hash that
# mixes all bits (Appleby, MurmurHash3, fmix32).
_BASE = 2_654_435_769
_MIX = (np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35))


def bands(texts: Sequence[bytes], count: int) -> Iterator[tuple[int, ...]]:
    """Yield of each text its marks of ``count`` bands, each of two bins: signed numbers of 32 bits, ascending.

    ``count`` is a power of two. Each text has a shingle at least.
    """
    places = _mixed(np.arange(count, dtype=np.uint32))
    some: list[bytes] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size >= _AT_ONCE:
            yield from _bands(some, places)
            some, size = [], 0
    if some:
        yield from _bands(some, places)


def _bands(texts: Sequence[bytes], places: _Hashes) -> Iterator[tuple[int, ...]]:
    bins = _ROWS * len(places)
    if len(texts[-1]) > _LONGEST:
        # Only the last can be: `bands` puts none behind it.
        yield from _marks(*least(texts[:-1], bins), places) if len(texts) > 1 else ()
        yield from _marks(*_least_of_long(texts[-1], bins), places)
    else:
        yield from _marks(*least(texts, bins), places)


def _marks(lowest: _Hashes, filled: NDArray[np.bool_], places: _Hashes) -> Iterator[tuple[int, ...]]:
    # One after the other, so that the two bins of a band are not the same the other way round.
    found = _mixed(_mixed(lowest[:, ::_ROWS] ^ places) ^ lowest[:, 1::_ROWS]).view(np.int32)
    both = filled[:, ::_ROWS] & filled[:, 1::_ROWS]
    for own, made in zip(found.tolist(), both.tolist(), strict=True):
        yield tuple(sorted({*compress(own, made)}))


def _least_of_long(text: bytes, bins: int) -> tuple[_Hashes, NDArray[np.bool_]]:
    """Return the :func:`least` of one text, stretch by stretch; each begins with what no shingle of the last one began with."""
    lowest, filled = np.zeros((1, bins), np.uint32), np.zeros((1, bins), np.bool_)
    for start in range(0, len(text) - LENGTH + 1, _LONGEST):
        found, any_ = least([text[start : start + _LONGEST + LENGTH - 1]], bins)
        better = any_ & (~filled | (found < lowest))
        lowest[better] = found[better]
        filled |= any_
    return lowest, filled


def least(texts: Sequence[bytes], bins: int) -> tuple[_Hashes, NDArray[np.bool_]]:
    """Return of each text the least hash of each bin, and whether any hash fell into it.

    ``bins`` is a power of two. The texts are looked at together: all their hashes have to fit into a processor's own
    memory.
    """
    hashes = hashed(b"".join(texts))
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
    return lowest, filled


def _lowest(
    hashes: _Hashes, of_text: NDArray[np.integer], texts: int, bins: int
) -> tuple[_Hashes, NDArray[np.bool_]]:
    """Return the least hashes by text and bin, and whether there is any."""
    packed = (of_text * bins + (hashes & np.uint32(bins - 1))) << 32 | hashes
    packed.sort()
    places = packed >> 32
    first = np.flatnonzero(np.diff(places, prepend=-1))
    lowest, filled = np.zeros(texts * bins, np.uint32), np.zeros(texts * bins, np.bool_)
    lowest[places[first]] = packed[first] & (_HASHES - 1)
    filled[places[first]] = True
    return lowest.reshape(texts, bins), filled.reshape(texts, bins)


def distinct(letters: bytes) -> _Hashes:
    """Return the hashes of the shingles of ``letters``, each once, ascending."""
    if len(letters) < LENGTH:
        return np.empty(0, np.uint32)
    hashes = hashed(letters)
    hashes.sort()
    first = np.ones(len(hashes), np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    return hashes[first]


def in_common(one: _Hashes, other: _Hashes) -> int:
    """Return how many hashes two texts share, whose :func:`distinct` these are."""
    both = np.concatenate((one, other))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def hashed(letters: bytes) -> _Hashes:
    """Return the hash of each shingle of ``letters``, of which there must be one at least, in order.

    It is the polynomial of the bytes at :data:`_BASE`, mixed. Those of long stretches are put together of shorter ones,
    in whole rows: a checksum that is looked up in tables takes ten times as long.
    """
    one = np.frombuffer(letters, np.uint8).astype(np.uint32)
    two = _joined(one, 1, one, 1)
    four = _joined(two, 2, two, 2)
    eight = _joined(four, 4, four, 4)
    twelve = _joined(eight, 8, four, 4)
    return _mixed(_joined(_joined(twelve, 12, two, 2), 14, one, 1))


def _joined(begun: _Hashes, first: int, more: _Hashes, then: int) -> _Hashes:
    """Return the polynomials of stretches of ``first`` and ``then`` bytes, of those of either."""
    made = begun[: len(more) - first] * np.uint32(pow(_BASE, then, _HASHES))
    made += more[first:]
    return made


def _mixed(hashes: _Hashes) -> _Hashes:
    """Return numbers of which every bit says something about all bits of the given ones."""
    made = hashes ^ (hashes >> np.uint32(16))
    for factor, shift in zip(_MIX, (13, 16), strict=True):
        made *= factor
        made ^= made >> np.uint32(shift)
    return made
