"""Which of many texts have which frequent words: keys.Frequent.among for all of them at once.

Apart from there because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count

import numpy as np
from numpy.typing import NDArray

from briefer.domain.keys import PAIR, Frequent

_Codes = NDArray[np.int64]


def sorted_out(frequent: Frequent, texts: Mapping[int, Iterable[str]]) -> dict[str, array[int]]:
    """Return by key the numbers of those of the prepared texts that have it, ascending as they are given."""
    codes: defaultdict[str, int] = defaultdict(count().__next__)
    coded: dict[str, list[int]] = {}  # excerpts share the title and the publisher of their source
    written: list[int] = []
    lengths: list[int] = []
    for columns in texts.values():
        start = len(written)
        for column in columns:
            own = coded.get(column)
            if own is None:
                # No pair reaches from one column into the next.
                own = coded[column] = [*map(codes.__getitem__, column.split()), -1]
            written += own
        lengths.append(len(written) - start)
    words = np.array(written, np.int64)
    text_of = np.repeat(np.arange(len(lengths)), np.array(lengths, np.int64))
    having = _Having(np.fromiter(texts, np.uint32, len(texts)))
    _add_words(having, frequent, codes, words, text_of)
    _add_pairs(having, frequent, codes, words, text_of)
    return having.by_key()


class _Having:
    """A table of keys and texts, in which those are marked that a text has."""

    def __init__(self, numbers: NDArray[np.uint32]) -> None:
        self._numbers = numbers
        self._marks: list[tuple[list[str], NDArray[np.bool_]]] = []

    def mark(self, keys: list[str], at: _Codes, texts: _Codes) -> None:
        """Mark texts as having the keys that are at these places of ``keys``."""
        marks = np.zeros((len(keys), len(self._numbers)), np.bool_)
        marks[at, texts] = True
        self._marks.append((keys, marks))

    def by_key(self) -> dict[str, array[int]]:
        """Return the numbers by key, but for keys that no text has."""
        found: dict[str, array[int]] = {}
        for keys, marks in self._marks:
            for key, own in zip(keys, marks, strict=True):
                numbers = array("I", self._numbers[own].tobytes())
                if numbers:
                    found[key] = numbers
        return found


def _add_words(
    having: _Having, frequent: Frequent, codes: Mapping[str, int], words: _Codes, text_of: _Codes
) -> None:
    # The last row stands for the end of a column, which has no keys; a place of -1 is none.
    table = np.array([*frequent.places(codes), frequent.NO_PLACES], np.int64)
    at = table[words]
    texts = np.broadcast_to(text_of[:, None], at.shape)
    present = at >= 0
    having.mark(frequent.placed, at[present], texts[present])


def _add_pairs(
    having: _Having, frequent: Frequent, codes: Mapping[str, int], words: _Codes, text_of: _Codes
) -> None:
    split = ((pair, *pair.split(" ")) for pair in frequent.pairs)
    known = sorted((codes[a] * len(codes) + codes[b], p) for p, a, b in split if a in codes and b in codes)
    if not known:
        return
    wanted = np.array([code for code, _ in known])
    pairs = words[:-1] * len(codes) + words[1:]
    pairs[(words[:-1] < 0) | (words[1:] < 0)] = -1
    at = np.minimum(np.searchsorted(wanted, pairs), len(known) - 1)
    present = wanted[at] == pairs
    having.mark([f"{PAIR}:{pair}" for _, pair in known], at[present], text_of[:-1][present])
