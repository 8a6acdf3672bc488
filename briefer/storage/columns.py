"""What each excerpt bears, by its number: the sets turned round, in memory, for counting hits of any number in one pass.

To compare a few hundred hits with some hundred sets takes as long as to compare a million.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

Counts = dict[str, dict[str, int]]
Families = Mapping[str, Mapping[str, BitMap]]


# So much of one excerpt lies together; what it bears beyond these is kept apart.
_WIDTH = 12


class Columns:
    """The columns of one state of the library."""

    def __init__(self, families: Families, greatest: int) -> None:
        """Turn sets round, of excerpts up to number ``greatest``."""
        self._families = tuple(families)
        # What an excerpt bears is the place of that here; at the first is nothing.
        self._names = [("", ""), *((family, value) for family, sets in families.items() for value in sets)]
        sets = [_array(own) for of in families.values() for own in of.values()]
        counts = np.zeros(greatest + 1, np.uint16)
        for own in sets:
            counts[own] += 1
        # By excerpts, because to fetch a line of memory takes longer than to count what is on it.
        self._borne = np.zeros((greatest + 1, min(int(counts.max()), _WIDTH)), np.min_scalar_type(len(sets)))
        self._more: defaultdict[int, list[int]] = defaultdict(list)
        counts[:] = 0
        for place, own in enumerate(sets, 1):
            columns = counts[own]
            inside = columns < _WIDTH
            self._borne[own[inside], columns[inside]] = place
            for number in own[~inside].tolist():
                self._more[number].append(place)
            counts[own] = columns + 1
        self._having_more = BitMap(self._more)

    def counts(self, numbers: BitMap) -> Counts:
        """Return how many of some excerpts have each value, by family; what none has is left out."""
        borne = self._borne.take(_array(numbers).astype(np.intp), axis=0).ravel()
        counts = np.bincount(borne, minlength=len(self._names))
        for number in numbers & self._having_more:
            counts[self._more[number]] += 1
        counts[0] = 0
        found: Counts = {family: {} for family in self._families}
        present = counts.nonzero()[0]
        for place, count in zip(present.tolist(), counts[present].tolist(), strict=True):
            family, value = self._names[place]
            found[family][value] = count
        return found


def _array(numbers: BitMap) -> NDArray[np.uint32]:
    return np.frombuffer(numbers.to_array(), np.uint32)
