"""What changed between two states of an article: by paragraph, and by word inside a changed paragraph."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

# Words of scripts that write blanks; characters one by one where there are none.
_TOKEN = re.compile(r"[^\W\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]+|\s+|.", re.DOTALL)
_LEAST_LIKENESS = 0.5
# Beyond these a rewritten stretch is shown as taken out and put in, for to compare it takes seconds: pairs of
# paragraphs, and products of two lengths in characters (140,000 each) and in words with their blanks (10,000 each).
_MOST_PAIRS = 10_000
_MOST_CHARACTERS = 2 * 10**10
_MOST_TOKENS = 10**8


class DifferenceKind(StrEnum):
    """What became of a paragraph, or of some words of it (which are never ``CHANGED``)."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph: in both states, only in the new one, or only in the old one."""

    kind: DifferenceKind
    text: str


@dataclass(frozen=True)
class Difference:
    """A paragraph and what became of it; ``pieces`` are its words in order, both states' where it was changed."""

    kind: DifferenceKind
    pieces: tuple[Piece, ...]

    @property
    def old(self) -> str:
        """The paragraph as it was, empty where there was none."""
        return "".join(p.text for p in self.pieces if p.kind is not DifferenceKind.ADDED)

    @property
    def new(self) -> str:
        """The paragraph as it is, empty where there is none any more."""
        return "".join(p.text for p in self.pieces if p.kind is not DifferenceKind.REMOVED)


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """Return what became of each paragraph of a body (see `similarity.body_text`), in order."""
    before, after = (tuple(filter(None, body.split("\n\n"))) for body in (old, new))
    found: list[Difference] = []
    for same, (low, high), (start, end) in _stretches(before, after):
        if same:
            found += (_whole(DifferenceKind.SAME, paragraph) for paragraph in after[start:end])
        else:
            found += _rewritten(before[low:high], after[start:end])
    return tuple(found)


def _whole(kind: DifferenceKind, paragraph: str) -> Difference:
    return Difference(kind, (Piece(kind, paragraph),))


def _rewritten(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    low = start = 0
    for at, of in (*_pairs(before, after), (len(before), len(after))):
        yield from (_whole(DifferenceKind.REMOVED, paragraph) for paragraph in before[low:at])
        yield from (_whole(DifferenceKind.ADDED, paragraph) for paragraph in after[start:of])
        if at < len(before):
            yield Difference(DifferenceKind.CHANGED, tuple(_pieces(before[at], after[of])))
        low, start = at + 1, of + 1


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return which paragraphs are states of one: in order, and as much alike altogether as can be."""
    characters = sum(map(len, before)) * sum(map(len, after))
    if len(before) * len(after) > _MOST_PAIRS or characters > _MOST_CHARACTERS:
        return []
    from rapidfuzz import fuzz

    gains = [[fuzz.ratio(a, b, score_cutoff=_LEAST_LIKENESS * 100) for b in after] for a in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gains[i][j])
    pairs = []
    i = j = 0
    while i < len(before) and j < len(after):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    told: list[Piece] = []
    for same, (low, high), (start, end) in _stretches(old, new):
        if same:
            told.append(Piece(DifferenceKind.SAME, "".join(new[start:end])))
            continue
        for kind, words in ((DifferenceKind.REMOVED, old[low:high]), (DifferenceKind.ADDED, new[start:end])):
            if words:
                told.append(Piece(kind, "".join(words)))
    yield from _gathered(told)


def _gathered(told: Sequence[Piece]) -> Iterator[Piece]:
    """Join changes with nothing but a blank or a mark between them: a phrase was replaced, not word by word."""
    last = len(told) - 1
    loose = [
        piece.kind is not DifferenceKind.SAME or (0 < at < last and not any(map(str.isalnum, piece.text)))
        for at, piece in enumerate(told)
    ]
    for changed, group in groupby(zip(told, loose, strict=True), key=lambda pair: pair[1]):
        pieces = [piece for piece, _ in group]
        if not changed:
            yield from pieces
            continue
        for kind, other in (
            (DifferenceKind.REMOVED, DifferenceKind.ADDED),
            (DifferenceKind.ADDED, DifferenceKind.REMOVED),
        ):
            words = "".join(piece.text for piece in pieces if piece.kind is not other)
            if words:
                yield Piece(kind, words)


def _stretches(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Yield the stretches of two sequences: whether they are equal, and their bounds in either."""
    from rapidfuzz.distance import Indel

    if len(old) * len(new) > _MOST_TOKENS:
        yield False, (0, len(old)), (0, len(new))
        return
    codes = Indel.opcodes(old, new)
    for same, group in groupby(codes, key=lambda code: code.tag == "equal"):
        stretch = list(group)
        first, last = stretch[0], stretch[-1]
        yield same, (first.src_start, last.src_end), (first.dest_start, last.dest_end)
