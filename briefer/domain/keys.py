"""The keys that excerpts are sorted into sets by: tags, facts of their source, and the most frequent words.

A key is ``family:value``. Sets of frequent words make a common word as fast as a rare one; which words are
frequent, `storage.posting_writer` decides, and whether one has a set changes nothing in what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from briefer.domain.sources import Source
from briefer.domain.tags import Tag, TagKind

EVERY = "all:"
WORD, PREFIX, PAIR = "word", "prefix", "pair"
ROLE, MONTH, YEAR = "role", "month", "year"
PUBLISHER, CONTAINER, LANGUAGE = "publisher", "container", "language"
KIND, RELIABILITY, CREDIBILITY = "kind", "reliability", "credibility"

LENGTHS = (1, 2, 3, 4)
"""Of the beginnings of words that may have sets. Longer ones are rare enough for the full-text index."""
_MOST_PLACED = 200_000
_NUMBER = "<u4"


def month_of(published: str) -> str:
    """Return the part of an EDTF date that sets are made by: sorting by it agrees with sorting by the date."""
    return published[:7]


def fact_keys(kind: str, credibility: str, about: Iterable[str], tags: Iterable[Tag]) -> set[str]:
    """Return the keys of an excerpt but for words; ``about`` are the :func:`source_keys` of its source."""
    return {f"{KIND}:{kind}", f"{CREDIBILITY}:{credibility}"}.union(about, *map(_tag_keys, tags))


def keys_of_source(source: Source) -> frozenset[str]:
    """Return the keys that the excerpts of a source have by it."""
    return source_keys(
        source.reliability, source.language, source.publisher, source.container, source.published.value
    )


@lru_cache(maxsize=4096)
def _tag_keys(tag: Tag) -> tuple[str, ...]:
    return (tag.name, f"{ROLE}:{tag.key}/{tag.role}") if tag.kind is TagKind.PARTNER else (tag.name,)


@lru_cache(maxsize=1024)
def source_keys(
    reliability: str, language: str, publisher: str | None, container: str | None, published: str | None
) -> frozenset[str]:
    """Return the keys that the excerpts of a source have by it; ``published`` is an EDTF value."""
    date = published or ""
    return frozenset(
        {
            EVERY,
            f"{RELIABILITY}:{reliability}",
            f"{LANGUAGE}:{language.casefold()}",
            f"{PUBLISHER}:{publisher or ''}",
            f"{CONTAINER}:{container or ''}",
            f"{MONTH}:{month_of(date)}",
            f"{YEAR}:{date[:4]}",
        }
    )


def beginnings(words: Iterable[str]) -> set[str]:
    """Return the beginnings of words that may have sets."""
    return {word[:length] for word in words for length in LENGTHS}


class Frequent:
    """The keys of words that have sets."""

    NO_PLACES = (-1,) * (1 + len(LENGTHS))

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self.keys = frozenset(keys)
        self.names = tuple(sorted(self.keys))
        self._words = self._of(WORD)
        self._prefixes = self._of(PREFIX)
        self.pairs = self._of(PAIR)
        self._first = {pair.partition(" ")[0] for pair in self.pairs}
        words, prefixes = sorted(self._words), sorted(self._prefixes)
        self.placed = [f"{WORD}:{word}" for word in words] + [f"{PREFIX}:{start}" for start in prefixes]
        self._places = _Places(words, prefixes)

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def among(self, columns: Iterable[str]) -> set[str]:
        """Return those of the keys that prepared text has."""
        found: set[str] = set()
        for column in columns:
            tokens = column.split()
            words = set(tokens)
            found.update(f"{WORD}:{word}" for word in words & self._words)
            found.update(f"{PREFIX}:{start}" for start in beginnings(words) & self._prefixes)
            pairs = {f"{a} {b}" for a, b in pairwise(tokens) if a in self._first}
            found.update(f"{PAIR}:{pair}" for pair in pairs & self.pairs)
        return found

    def places(self, words: Iterable[str]) -> Iterator[tuple[int, ...]]:
        """Return for each word the places in ``placed`` of the keys that a text has by it, -1 for none."""
        if len(self._places) > _MOST_PLACED:
            self._places.clear()
        return map(self._places.__getitem__, words)

    def _of(self, family: str) -> set[str]:
        start = f"{family}:"
        return {key.removeprefix(start) for key in self.keys if key.startswith(start)}


class _Places(dict[str, tuple[int, ...]]):
    """Where the keys stand that a text has by a word: worked out once, because texts share most words."""

    def __init__(self, words: Sequence[str], prefixes: Sequence[str]) -> None:
        super().__init__()
        self._words = {word: place for place, word in enumerate(words)}
        self._prefixes = {start: place for place, start in enumerate(prefixes, len(words))}

    def __missing__(self, word: str) -> tuple[int, ...]:
        begun = [self._prefixes.get(word[:length], -1) for length in LENGTHS]
        found = self[word] = (self._words.get(word, -1), *begun)
        return found


class KeySets(msgspec.Struct, frozen=True, array_like=True):
    """Which of some texts, numbered from 0, have which keys.

    ``counts`` says how many have each of ``keys``, and ``places`` which, those of one key after those of the other and
    ascending: both as numbers of 32 bits, the lowest byte first, because sets of a thousand texts have a hundred
    thousand members. Each key stands there once.
    """

    keys: tuple[str, ...]
    counts: bytes
    places: bytes

    def numbers(self, of: Sequence[int]) -> Iterator[tuple[str, memoryview]]:
        """Yield each key with the numbers of its texts, as unsigned integers of this machine.

        Those of all the texts are given, and ascend.
        """
        import numpy as np  # which takes a tenth of a second

        numbers = memoryview(np.asarray(of, np.uint32)[np.frombuffer(self.places, _NUMBER)].tobytes())
        start = 0
        for key, count in zip(self.keys, np.frombuffer(self.counts, _NUMBER).tolist(), strict=True):
            end = start + count * 4
            yield key, numbers[start:end]
            start = end
