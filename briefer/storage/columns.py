"""What each excerpt bears, by its number: the sets turned round, in memory, for counting hits of any number in one pass.

To compare a few hundred hits with some hundred sets takes as long as to compare a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

Counts = dict[str, dict[str, int]]
Families = Mapping[str, Mapping[str, BitMap]]
_Numbers = NDArray[np.uint32]


@dataclass(frozen=True)
class _Single:
    """Of a family that each excerpt has one value of: the place of that among all, from 1."""

    values: tuple[str, ...]
    places: NDArray[np.unsignedinteger]


class Columns:
    """The columns of one state of a library."""

    def __init__(self, single: Families, several: Families, greatest: int) -> None:
        """Turn sets round, of excerpts up to number ``greatest``: by families of which each excerpt has one, or several."""
        self._single = {family: _turned(sets, greatest) for family, sets in single.items()}
        self._several = tuple(several)
        self._names = [(family, value) for family, sets in several.items() for value in sets]
        sets = [_array(own) for of in several.values() for own in of.values()]
        counts = np.zeros(greatest + 2, np.int64)
        for own in sets:
            counts[own + 1] += 1
        self._starts = np.cumsum(counts)
        free = self._starts.copy()
        self._places = np.empty(int(self._starts[-1]), np.min_scalar_type(len(sets)))
        for place, own in enumerate(sets):
            at = free[own]
            self._places[at] = place
            free[own] = at + 1

    def counts(self, numbers: BitMap) -> Counts:
        """Return how many of some excerpts have each value, by family; what none has is left out."""
        hits = _array(numbers)
        found: Counts = {family: {} for family in self._several}
        for family, column in self._single.items():
            counts = np.bincount(column.places[hits], minlength=1)
            found[family] = {
                column.values[place - 1]: int(counts[place]) for place in _present(counts) if place
            }
        starts, ends = self._starts[hits], self._starts[hits + 1]
        # The places of all hits behind one another: each stretch goes on from its own start.
        shifts = starts - np.concatenate(([0], np.cumsum(ends - starts)[:-1]))
        borne = self._places[np.repeat(shifts, ends - starts) + np.arange(int((ends - starts).sum()))]
        counts = np.bincount(borne, minlength=1)
        for place in _present(counts):
            family, value = self._names[place]
            found[family][value] = int(counts[place])
        return found


def _turned(sets: Mapping[str, BitMap], greatest: int) -> _Single:
    places = np.zeros(greatest + 1, np.min_scalar_type(len(sets)))
    for place, own in enumerate(sets.values(), 1):
        places[_array(own)] = place
    return _Single(tuple(sets), places)


def _present(counts: NDArray[np.intp]) -> Iterable[int]:
    found: list[int] = counts.nonzero()[0].tolist()
    return found


def _array(numbers: BitMap) -> _Numbers:
    return np.frombuffer(numbers.to_array(), np.uint32)
