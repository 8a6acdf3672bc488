"""Which of many texts have which keys: keys.Frequent.among for all of them at once, and their facts.

Apart from there because numpy takes a tenth of a second to import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from briefer.domain.keys import PAIR, Frequent, KeySets

_Codes = NDArray[np.int64]

_MOST_CODED = 200_000
_END = -1
"""Stands for the end of a column, which has no keys; no pair reaches across it."""


class Sorter:
    """Sorts texts by the frequent keys; what it learns of words it keeps for the next ones."""

    def __init__(self, frequent: Frequent) -> None:
        self._frequent = frequent
        self._forget()

    def sorted_out(self, texts: Sequence[Iterable[str]], facts: Sequence[Iterable[str]]) -> KeySets:
        """Return which of some prepared texts have which frequent keys, and which keys their facts are."""
        words, text_of = self._coded(texts)
        some = [
            _by_fact(facts),
            self._by_word(words, text_of, len(texts)),
            self._by_pair(words, text_of, len(texts)),
        ]
        return KeySets(
            tuple(key for sets in some for key in sets.keys),
            b"".join(sets.counts for sets in some),
            b"".join(sets.places for sets in some),
        )

    def _forget(self) -> None:
        self._codes: defaultdict[str, int] = defaultdict(count().__next__)
        self._places = np.empty((0, len(Frequent.NO_PLACES)), np.int64)
        split = ((pair, *pair.split(" ")) for pair in sorted(self._frequent.pairs))
        self._pairs = [(f"{PAIR}:{pair}", self._codes[a], self._codes[b]) for pair, a, b in split]

    def _coded(self, texts: Sequence[Iterable[str]]) -> tuple[_Codes, _Codes]:
        """Return a number for each word of the texts, in their order, and which text it stands in."""
        if len(self._codes) > _MOST_CODED:
            self._forget()
        code_of = self._codes.__getitem__
        coded: dict[str, list[int]] = {}  # excerpts share the title and the publisher of their source
        written: list[int] = []
        lengths: list[int] = []
        for columns in texts:
            start = len(written)
            for column in columns:
                own = coded.get(column)
                if own is None:
                    own = coded[column] = [*map(code_of, column.split()), _END]
                written += own
            lengths.append(len(written) - start)
        return np.array(written, np.int64), np.repeat(np.arange(len(lengths)), np.array(lengths, np.int64))

    def _by_word(self, words: _Codes, text_of: _Codes, total: int) -> KeySets:
        new = [*self._codes][len(self._places) :]
        if new:
            found = np.array([*self._frequent.places(new)], np.int64)
            self._places = np.concatenate((self._places, found))
        # The last row is that of the end of a column.
        at = np.concatenate((self._places, np.array([Frequent.NO_PLACES])))[words]
        texts = np.broadcast_to(text_of[:, None], at.shape)
        present = at >= 0
        return _marked(self._frequent.placed, at[present], texts[present], total)

    def _by_pair(self, words: _Codes, text_of: _Codes, total: int) -> KeySets:
        size = len(self._codes)
        known = sorted((a * size + b, key) for key, a, b in self._pairs)
        if not known:
            return _marked([], words[:0], words[:0], total)
        wanted = np.array([code for code, _ in known])
        pairs = words[:-1] * size + words[1:]
        pairs[(words[:-1] < 0) | (words[1:] < 0)] = -1
        at = np.minimum(np.searchsorted(wanted, pairs), len(known) - 1)
        present = wanted[at] == pairs
        return _marked([key for _, key in known], at[present], text_of[:-1][present], total)


def _by_fact(facts: Sequence[Iterable[str]]) -> KeySets:
    having: defaultdict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(facts):
        for key in own:
            having[key].append(place)
    keys = sorted(having)
    counts = np.array([len(having[key]) for key in keys], "<u4")
    places = np.array([place for key in keys for place in having[key]], "<u4")
    return KeySets(tuple(keys), counts.tobytes(), places.tobytes())


def _marked(keys: Sequence[str], at: _Codes, texts: _Codes, total: int) -> KeySets:
    """Return the sets of texts that have the keys at these places of ``keys``; a text may be named several times."""
    marks = np.zeros((len(keys), total), np.bool_)
    marks[at, texts] = True
    which, places = np.nonzero(marks)
    counts = np.bincount(which, minlength=len(keys))
    present = np.flatnonzero(counts).tolist()
    return KeySets(
        tuple(keys[place] for place in present),
        counts[present].astype("<u4").tobytes(),
        places.astype("<u4").tobytes(),
    )
