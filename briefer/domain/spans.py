"""Spans of a text, and the one way in which white space is folded.

Offsets count Unicode code points, as Python does; the window converts from Qt's UTF-16 units.
"""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass

_WIDE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
# Letters and figures of full width have blanks between their words, like those of half width. But a figure that
# goes on in the next line is one, because Japanese lines are broken anywhere.
_FIGURE = r"[\uff10-\uff19]"
_LETTER = r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
_BROKEN_FIGURE = re.compile(rf"({_FIGURE})\s*\n\s*(?={_FIGURE})")
# The blank first: a pattern that begins with what precedes it is tried at every letter.
_CJK_SPACE = re.compile(f" (?<={_WIDE} )(?={_WIDE})(?!(?<={_LETTER} ){_LETTER})")
_JOINED = re.compile(rf"(?={_WIDE}\s+(?!\s){_WIDE})(?!{_LETTER}\s+{_LETTER})|{_BROKEN_FIGURE.pattern}")
# White space that folding changes: all but single blanks, of which a text has most.
# Each way begins with a single character: a pattern of which that is known passes over the others much sooner.
_SPACES = [chr(i) for i in range(0x3001) if chr(i).isspace() and chr(i) != " "]
_RUNS = "|".join(rf"{space}\s*" for space in _SPACES)
_CHANGED = re.compile(rf"{_RUNS}| \s+|{_CJK_SPACE.pattern}")
_FOLDED_ASCII = ("  ", *(space for space in _SPACES if space.isascii()))
_CHANGED_ASCII = re.compile(rf"{_RUNS[: _RUNS.index(chr(0x85)) - 1]}| \s+")


@dataclass(frozen=True, order=True)
class Span:
    """A half-open stretch ``start ≤ i < end`` of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}..{self.end}")

    def touches(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


def fold(text: str) -> str:
    """Return ``text`` with every run of white space as one blank, and none at the ends.

    A line break inside Japanese text is no blank at all: 日本↵経済 folds to 日本経済. Words in letters of full
    width stay apart.
    """
    if text.isascii():
        return text if _is_flat(text) else " ".join(text.split())
    return _CJK_SPACE.sub("", " ".join(_BROKEN_FIGURE.sub(r"\1", text).split()))


def _is_flat(text: str) -> bool:
    """Whether white space in a text in ASCII is folded already: to see that takes a tenth of folding it."""
    # One look for each takes a fraction of one look at every letter.
    for space in _FOLDED_ASCII:  # a generator takes twice as long, and quotes are short
        if space in text:
            return False
    return text == text.strip()


def quote_at(text: str, span: Span) -> str:
    """Return the quotation that stands at ``span``: its text, folded."""
    return fold(text[span.start : span.end])


def trimmed(text: str, span: Span) -> Span | None:
    """Return ``span`` without white space at its ends, or None when nothing else is in it."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    end = span.start + len(piece.rstrip())
    return Span(start, end) if start < end else None


def find_quote(text: str, quote: str, within: Span | None = None) -> Span | None:
    """Return the first span of ``text`` (inside ``within``) whose folded text equals ``quote`` folded.

    Only white space may differ: what is not verbatim is not found.
    """
    wanted = fold(quote)
    if not wanted:
        return None
    low, high = (within.start, min(within.end, len(text))) if within else (0, len(text))
    if (low, high) == (0, len(text)) and (exact := found_once(text, wanted)):
        return exact
    folded, starts, places = _folded(text, low, high)
    at = folded.find(wanted)
    if at < 0:
        return None
    first, last = (_place(i, starts, places) for i in (at, at + len(wanted) - 1))
    return Span(first, last + 1)


def found_once(text: str, wanted: str) -> Span | None:
    """Return where ``wanted``, which is folded, stands in ``text`` as it is, if it stands nowhere else: the usual case."""
    at = text.find(wanted)
    if at < 0 or not wanted:
        return None
    folded = _whole(text)
    return None if folded.find(wanted, folded.find(wanted) + 1) >= 0 else Span(at, at + len(wanted))


@functools.lru_cache(maxsize=2)  # the excerpts of one article are looked for one after the other
def _whole(text: str) -> str:
    flat = text.replace("\n\n", " ")
    return flat if flat.isascii() and _is_flat(flat) else fold(text)


@functools.lru_cache(maxsize=2)  # for the same reason
def _folded(text: str, low: int, high: int) -> tuple[str, list[int], list[int]]:
    """Fold a stretch of ``text`` and tell where its pieces begin, in the folded text and in ``text``.

    Whether a run of white space stays depends on itself and its two neighbours alone. So a part of the folded text that
    begins and ends with a letter is the fold of the span that it comes from.
    """
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    size, at = 0, low

    def add(piece: str, place: int) -> None:
        nonlocal size
        pieces.append(piece)
        starts.append(size)
        places.append(place)
        size += len(piece)

    for run in (_CHANGED_ASCII if text.isascii() else _CHANGED).finditer(text, low, high):
        add(text[at : run.start()], at)
        at = run.end()
        if not (low < run.start() and at < high and _JOINED.match(text, run.start() - 1)):
            add(" ", run.start())
    add(text[at:high], at)
    return "".join(pieces), starts, places


def _place(index: int, starts: list[int], places: list[int]) -> int:
    piece = bisect.bisect_right(starts, index) - 1
    return places[piece] + index - starts[piece]


def lines_of(text: str, span: Span) -> tuple[int, int]:
    """Return the first and last line of ``span``, counted from 1."""
    breaks = _breaks(text)
    return bisect.bisect_left(breaks, span.start) + 1, bisect.bisect_left(breaks, span.end) + 1


@functools.lru_cache(maxsize=2)
def _breaks(text: str) -> tuple[int, ...]:
    # Kept, because whoever asks for the lines of one paragraph asks for those of all of them.
    return tuple(m.start() for m in re.finditer("\n", text))
