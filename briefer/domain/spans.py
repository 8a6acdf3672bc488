"""Spans of a text, and the one way in which white space is folded.

Offsets count Unicode code points, as Python does; the window converts from Qt's UTF-16 units.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_CJK_SPACE = re.compile(
    r"(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]) (?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"
)


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

    A line break inside Japanese text is no blank at all: 日本↵経済 folds to 日本経済.
    """
    return _CJK_SPACE.sub("", _SPACE.sub(" ", text).strip())


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
    pieces = (re.escape(ch) if ch != " " else r"\s+" for ch in wanted)
    glue = r"\s*" if any(_is_cjk(ch) for ch in wanted) else ""
    pattern = glue.join(pieces) if glue else "".join(pieces)
    low, high = (within.start, within.end) if within else (0, len(text))
    for match in re.compile(pattern).finditer(text, low, high):
        span = Span(match.start(), match.end())
        if quote_at(text, span) == wanted:
            return span
    return None


def _is_cjk(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def lines_of(text: str, span: Span) -> tuple[int, int]:
    """Return the first and last line of ``span``, counted from 1."""
    first = text.count("\n", 0, span.start) + 1
    return first, first + text.count("\n", span.start, span.end)
