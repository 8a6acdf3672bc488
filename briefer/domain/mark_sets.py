"""Which of very many texts may be copies, told by their `similarity.marks` without looking any of them up.

Apart from similarity because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

_Marks = NDArray[np.uint32]
_CHARACTERS = 8
"""Of a mark, written in hexadecimal."""


class MarkSet:
    """The marks of the texts that came so far, in a few bytes each; pieces are as `similarity.marks` gives them."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._known = BitMap()
        for piece in pieces:
            self._known |= _set(np.sort(_read([piece])))

    def shared(self, texts: Sequence[str]) -> dict[int, tuple[int, ...]]:
        """Return by their places which of further texts share marks with any that came before, or with each other, and which.

        Marks are as `similarity.bands` gives them. All these texts have come then.
        """
        all_ = _read(texts)
        ascending = np.sort(all_)
        own = _set(ascending)
        # No text has a mark twice.
        twice = ascending[1:][ascending[1:] == ascending[:-1]]
        common = np.unique(np.concatenate([np.array(own & self._known, np.uint32), twice]))
        self._known |= own
        found: defaultdict[int, list[int]] = defaultdict(list)
        if len(common):
            counts = [(len(text) + 1) // (_CHARACTERS + 1) for text in texts]
            of_text = np.repeat(np.arange(len(texts)), counts)
            nearest = common[np.minimum(np.searchsorted(common, all_), len(common) - 1)]
            where = np.flatnonzero(nearest == all_)
            for text, mark in zip(of_text[where].tolist(), all_[where].view(np.int32).tolist(), strict=True):
                found[text].append(mark)
        return {text: tuple(marks) for text, marks in found.items()}


def _read(texts: Iterable[str]) -> _Marks:
    return np.frombuffer(bytes.fromhex(" ".join(texts)), ">u4").astype(np.uint32)


def _set(ascending: _Marks) -> BitMap:
    """Return marks as a set: of an array of numpy, or in another order, it is made in many times the time."""
    return BitMap(array("I", ascending.tobytes()))
