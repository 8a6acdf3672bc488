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

_Codes = NDArray[np.int32]

_MOST_CODED = 200_000
_CODE_BITS = 32
_END = -1
"""Stands for the end of a column, which has no keys; no pair reaches across it."""


def new_codes() -> defaultdict[str, int]:
    """Return what gives each word that it is asked for a number, from 0."""
    return defaultdict(count().__next__)


def coded(texts: Sequence[Iterable[str]], codes: defaultdict[str, int]) -> tuple[_Codes, _Codes]:
    """Return the code of each word of some prepared texts, in their order, and which text it stands in.

    Behind each column stands -1, which is no code.
    """
    code_of = codes.__getitem__
    known: dict[str, list[int]] = {}  # excerpts share the title and the publisher of their source
    written: list[int] = []
    lengths: list[int] = []
    for columns in texts:
        start = len(written)
        for column in columns:
            own = known.get(column)
            if own is None:
                own = known[column] = [*map(code_of, column.split()), _END]
            written += own
        lengths.append(len(written) - start)
    return np.array(written, np.int32), np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)


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
        self._codes = new_codes()
        self._places = np.empty((0, len(Frequent.NO_PLACES)), np.int32)
        split = ((pair, *pair.split(" ")) for pair in sorted(self._frequent.pairs))
        pairs = sorted(
            (self._codes[a] << _CODE_BITS | self._codes[b], f"{PAIR}:{pair}") for pair, a, b in split
        )
        self._pair_codes = np.array([code for code, _ in pairs], np.int64)
        self._pair_keys = [key for _, key in pairs]
        # The words of pairs are the first that have codes; those of the others and of the end of a column are beyond.
        self._in_pairs = len(self._codes)

    def _coded(self, texts: Sequence[Iterable[str]]) -> tuple[_Codes, _Codes]:
        """Return a number for each word of the texts, in their order, and which text it stands in."""
        if len(self._codes) > _MOST_CODED:
            self._forget()
        return coded(texts, self._codes)

    def _by_word(self, words: _Codes, text_of: _Codes, total: int) -> KeySets:
        new = [*self._codes][len(self._places) :]
        if new:
            found = np.array([*self._frequent.places(new)], np.int32)
            self._places = np.concatenate((self._places, found))
        # The last row is that of the end of a column.
        at = np.concatenate((self._places, np.array([Frequent.NO_PLACES], np.int32)))[words]
        return _marked(self._frequent.placed, at, text_of[:, None], total)

    def _by_pair(self, words: _Codes, text_of: _Codes, total: int) -> KeySets:
        paired = words.astype(np.uint32) < self._in_pairs  # the end of a column is none: -1 is far beyond
        first = np.flatnonzero(paired[:-1] & paired[1:])
        pairs = words[first].astype(np.int64) << _CODE_BITS | words[first + 1]
        at = np.searchsorted(self._pair_codes, pairs)
        at[at == len(self._pair_codes)] = 0
        present = self._pair_codes[at] == pairs if len(self._pair_codes) else at < 0
        return _marked(self._pair_keys, at[present], text_of[first[present]], total)


def _by_fact(facts: Sequence[Iterable[str]]) -> KeySets:
    having: defaultdict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(facts):
        for key in own:
            having[key].append(place)
    keys = sorted(having)
    counts = np.array([len(having[key]) for key in keys], "<u4")
    places = np.array([place for key in keys for place in having[key]], "<u4")
    return KeySets(tuple(keys), counts.tobytes(), places.tobytes())


def _marked(keys: Sequence[str], at: NDArray[np.integer], texts: _Codes, total: int) -> KeySets:
    """Return the sets of texts that have the keys at these places of ``keys``; a text may be named several times.

    Place -1 is of no key.
    """
    marks = np.zeros((len(keys) + 1) * total, np.bool_)
    marks[(at.astype(np.intp) * total + texts).ravel()] = True  # -1 is the row behind those of the keys
    which, places = np.divmod(
        np.flatnonzero(marks[: len(keys) * total]).astype(np.uint32), np.uint32(total or 1)
    )
    counts = np.bincount(which, minlength=len(keys))
    present = np.flatnonzero(counts).tolist()
    return KeySets(
        tuple([keys[place] for place in present]),
        counts[present].astype("<u4").tobytes(),
        places.astype("<u4").tobytes(),
    )
