"""Which of very many texts may be copies, told by their `similarity.marks` without looking any of them up.

Apart from similarity because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

_Marks = NDArray[np.uint32]
_CHARACTERS = 8
"""Of a mark, written in hexadecimal."""


class MarkSet:
    """The marks of the texts that came so far, in four to eight bytes each; pieces are as `similarity.marks` gives them."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._known = BitMap()
        for piece in pieces:
            self._known |= BitMap(_read([piece]))

    def shared(self, texts: Sequence[str]) -> dict[int, tuple[int, ...]]:
        """Return by their places which of further texts share marks with any that came before, or with each other, and which.

        Marks are as `similarity.bands` gives them. All these texts have come then.
        """
        all_ = _read(texts)
        own = BitMap(all_)
        common = np.array(list(own & self._known) + _twice(all_), np.uint32)
        self._known |= own
        found: defaultdict[int, list[int]] = defaultdict(list)
        if len(common):
            counts = [(len(text) + 1) // (_CHARACTERS + 1) for text in texts]
            of_text = np.repeat(np.arange(len(texts)), counts)
            where = np.flatnonzero(np.isin(all_, common))
            for text, mark in zip(of_text[where].tolist(), all_[where].view(np.int32).tolist(), strict=True):
                found[text].append(mark)
        return {text: tuple(marks) for text, marks in found.items()}


def _read(texts: Iterable[str]) -> _Marks:
    return np.frombuffer(bytes.fromhex(" ".join(texts)), ">u4").astype(np.uint32)


def _twice(marks: _Marks) -> list[int]:
    """Return the marks that are there more than once; no text has one twice."""
    ascending = np.sort(marks)
    found: list[int] = ascending[1:][ascending[1:] == ascending[:-1]].tolist()
    return found
