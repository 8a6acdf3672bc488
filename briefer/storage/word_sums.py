"""Sums over all words of a full-text index and of the texts that it should be made of.

Apart from the module that compares them because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from briefer.domain.indexing import Texts

_AT_ONCE = 1 << 18  # of characters
_TERMS_AT_ONCE = 1 << 14
_BLANK, _BREAK = b" \n"
_ROUND = 1 << 64
# An odd number, so that there is one by which its powers are undone, and those of a hash that mixes all bits
# (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
_BASE = 0x9E3779B97F4A7C15
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))

_Numbers = NDArray[np.uint64]


class Sums(NamedTuple):
    """Sums modulo 2^64 over words, which stand for the words' hashes: alone, by row and column, by row and place."""

    words: int = 0
    columns: int = 0
    places: int = 0

    def with_(self, other: Sums) -> Sums:
        """Return the sums of both."""
        return Sums(*((one + more) % _ROUND for one, more in zip(self, other, strict=True)))


class _Piece(NamedTuple):
    """Some words of a row's column; ``first`` is the place of the first of them."""

    row: int
    column: int
    first: int
    text: str


def of_rows(rows: Iterable[tuple[int, Texts]], *, places: bool = True) -> Sums:
    """Return the sums of rows, given with their numbers, which are the same for an index of these rows and no other.

    Without ``places`` they are those of an index that does not keep where a word stands.
    """
    found = Sums()
    some: list[_Piece] = []
    size = 0
    for piece in _pieces(rows):
        some.append(piece)
        size += len(piece.text)
        if size >= _AT_ONCE:
            found = found.with_(_of_pieces(some))
            some, size = [], 0
    found = found.with_(_of_pieces(some))
    return found if places else found._replace(places=0)


def of_terms(terms: Sequence[tuple[str, int, int, int]]) -> Sums | None:
    """Return the sums of an index, given of each of its words how often it is there, and its sums of rows by columns and places.

    It is None where something in the index is no word.
    """
    found = Sums()
    for start in range(0, len(terms), _TERMS_AT_ONCE):
        texts, *own = zip(*terms[start : start + _TERMS_AT_ONCE], strict=True)
        hashes, which = _hashed(texts)
        if not np.array_equal(which, np.arange(len(texts))):
            return None
        sums = (hashes * np.array(of, np.int64).astype(np.uint64) for of in own)
        found = found.with_(Sums(*(int(one.sum()) for one in sums)))
    return found


def _pieces(rows: Iterable[tuple[int, Texts]]) -> Iterator[_Piece]:
    for row, texts in rows:
        for column, text in enumerate(texts, 1):
            if len(text) < _AT_ONCE:
                if text:
                    yield _Piece(row, column, 0, text)
                continue
            words = text.split(" ")
            step = _AT_ONCE // 8
            for first in range(0, len(words), step):
                yield _Piece(row, column, first, " ".join(words[first : first + step]))


def _of_pieces(some: Sequence[_Piece]) -> Sums:
    if not some:
        return Sums()
    rows, columns, firsts, texts = zip(*some, strict=True)
    hashes, which = _hashed(texts)
    row, column, first = (np.array(own, np.uint64)[which] for own in (rows, columns, firsts))
    places = np.arange(len(hashes)) - np.searchsorted(which, which)  # behind the first word of the piece
    by_row = hashes * row
    sums = (hashes, by_row * column, by_row * (first + places.astype(np.uint64)))
    return Sums(*(int(one.sum()) for one in sums))


def _hashed(texts: Sequence[str]) -> tuple[_Numbers, NDArray[np.intp]]:
    """Return the hash of each word of some texts, and in which text it stands.

    The hash is the polynomial of its bytes, taken out of that of all bytes before its end, and mixed.
    """
    data = np.frombuffer("\n".join((*texts, "")).encode("utf-8", "surrogatepass"), np.uint8)
    breaks = data == _BREAK
    apart = np.concatenate(([True], breaks | (data == _BLANK)))
    edges = np.flatnonzero(apart[1:] != apart[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, undone = _powers(1 << len(data).bit_length())
    before = np.zeros(len(data) + 1, np.uint64)
    np.cumsum(data * powers[: len(data)], out=before[1:])
    hashes = (before[ends] - before[starts]) * undone[starts]
    for shift, factor in _MIX:
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(31)), np.cumsum(breaks)[starts]


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[_Numbers, _Numbers]:
    """Return the powers of the base from 0 on, and the numbers that undo them."""
    factors = np.full((2, count), ((_BASE,), (pow(_BASE, -1, _ROUND),)), np.uint64)
    factors[:, 0] = 1
    first, second = np.cumprod(factors, axis=1, dtype=np.uint64)
    return first, second
