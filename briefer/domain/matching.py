"""Looks a vocabulary's words up in a text, in one pass however many words there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefer.domain.tags import Term

_WORD = re.compile(r"(?<![^\W_])[^\W_]")
_PREFIX = 2
_LEAST_JAPANESE = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A word of a term, and where it stands."""

    term: Term
    start: int
    end: int


def level(text: str) -> str:
    """Return ``text``, every character in its place, with plain apostrophes, hyphens and blanks."""
    return text.translate(_LEVEL)


def lowered(text: str) -> str:
    """Return ``text`` in small letters, every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_LEVEL = str.maketrans(dict.fromkeys("’‘", "'") | dict.fromkeys("‐‑", "-") | dict.fromkeys("\n\t\u00a0", " "))


class Lookup:
    """An index of words by their first characters.

    ``whole`` asks for a word's end after the match; ``japanese`` finds words inside running text, where
    there are no boundaries, but for those in Latin letters.
    """

    def __init__(
        self, words: Iterable[tuple[str, Term]], *, whole: bool = False, japanese: bool = False
    ) -> None:
        self._whole = whole
        self._japanese = japanese
        owners: dict[str, list[Term]] = {}
        for word, term in words:
            if word and not (japanese and len(word) < _LEAST_JAPANESE):
                owners.setdefault(level(word), []).append(term)
        index: dict[str, list[str]] = {}
        for word in owners:
            index.setdefault(word[:_PREFIX], []).append(word)
        self._owners = owners
        self._index = {start: sorted(found, key=len, reverse=True) for start, found in index.items()}

    def find(self, text: str, *, overlapping: bool = False) -> Iterator[Match]:
        """Yield the matches in ``text``, the longest first where several begin at one place."""
        index = self._index
        starts = range(len(text)) if self._japanese else (m.start() for m in _WORD.finditer(text))
        free = 0
        for at in starts:
            if at < free:
                continue
            found = index.get(text[at : at + _PREFIX])
            word = self._longest(text, at, found) if found else None
            if word is None:
                continue
            for term in self._owners[word]:
                yield Match(term, at, at + len(word))
            free = at + (1 if overlapping else len(word))

    def _longest(self, text: str, at: int, words: Iterable[str]) -> str | None:
        return next((w for w in words if text.startswith(w, at) and self._stands(text, at, w)), None)

    def _stands(self, text: str, at: int, word: str) -> bool:
        end = at + len(word)
        before, after = text[max(0, at - 1) : at], text[end : end + 1]
        if self._japanese:
            latin_before = word[0].isascii() and word[0].isalnum() and before.isascii() and before.isalnum()
            latin_after = word[-1].isascii() and word[-1].isalnum() and after.isascii() and after.isalnum()
            return not latin_before and not latin_after
        return not (self._whole and after.isalnum() and word[-1].isalnum())
