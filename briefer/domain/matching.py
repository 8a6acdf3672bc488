"""Looks a vocabulary's words up in a text, in one pass however many words there are."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs

T = TypeVar("T")

_FIRST_WIDE = "\u2e80"  # from here on, scripts that put no blanks between words
_LETTERS = frozenset(c for c in map(chr, range(ord(_FIRST_WIDE))) if c.isalnum())
_LEAST_WIDE = 2
_SHORT = 3
_STARTS, _ENDS = 1, 2
_PLAIN = (("’", "'"), ("‘", "'"), ("‐", "-"), ("‑", "-"), ("\n", " "), ("\t", " "), ("\u00a0", " "))


class Match(NamedTuple, Generic[T]):
    """Where a word stands, ``start ≤ i < end``, and the things that it is a word of."""

    start: int
    end: int
    owners: tuple[T, ...]


def level(text: str) -> str:
    """Return ``text``, every character in its place, with plain apostrophes, hyphens and blanks."""
    for curly, plain in _PLAIN:
        text = text.replace(curly, plain)
    return text


def lowered(text: str) -> str:
    """Return ``text`` in small letters, every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Lookup(Generic[T]):
    """An index of words, each with the thing that it is a word of.

    Words are found from the start of a word; with ``whole`` also up to the end of one, as are those of three
    letters and fewer always. Scripts without blanks have no such borders: there, words stand anywhere, and
    those of a single character are left out.
    """

    def __init__(self, words: Iterable[tuple[str, T]], *, whole: bool = False) -> None:
        owners: dict[str, list[T]] = {}
        for word, owner in words:
            if len(word) >= _LEAST_WIDE or word[:1] in _LETTERS:
                owners.setdefault(level(word), []).append(owner)
        self._owners = [tuple(found) for found in owners.values()]
        self._borders = [_borders(word, whole=whole or len(word) <= _SHORT) for word in owners]
        self._automaton = ahocorasick_rs.AhoCorasick(owners, implementation=ahocorasick_rs.Implementation.DFA)

    def find(self, text: str) -> list[Match[T]]:
        """Return every match in ``text``, which is levelled: by its start, the longest first."""
        size, owners, borders, make = len(text), self._owners, self._borders, tuple.__new__
        found: list[Match[T]] = []
        for word, start, end in reversed(self._automaton.find_matches_as_indexes(text, overlapping=True)):
            kept = borders[word]
            if kept & _STARTS and start and text[start - 1] in _LETTERS:
                continue
            if kept & _ENDS and end < size and text[end] in _LETTERS:
                continue
            found.append(make(Match, (start, end, owners[word])))
        # The sort is stable, and what ends last stands first in the list.
        found.sort(key=itemgetter(0))
        return found


def longest(matches: Iterable[Match[T]]) -> list[Match[T]]:
    """Return those matches, given by their start, that no earlier or longer one overlaps."""
    kept: list[Match[T]] = []
    free = 0
    for match in matches:
        if match.start >= free:
            kept.append(match)
            free = match.end
    return kept


def _borders(word: str, *, whole: bool) -> int:
    return (_STARTS if word[0] in _LETTERS else 0) | (_ENDS if whole and word[-1] in _LETTERS else 0)
