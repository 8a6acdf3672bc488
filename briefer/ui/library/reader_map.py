"""Positions in the reader's document and offsets in the snapshot's text, exactly.

Qt counts UTF-16 units, where a character beyond the basic plane (an emoji, 𠮷) is two; spans count code points. And
the document leaves out hidden furniture and has lines of its own, so that positions shift.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from briefer.domain.spans import Span

# What QTextDocument takes for the end of a block, and what no font draws: one character for one.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0\ufdd1]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_BREAK = "\u200b"


def shown_text(text: str) -> str:
    """Return ``text`` as the reader shows it: as many characters, but all in one block.

    A line end is a blank, or nothing to be seen between Japanese characters.
    """

    def blank(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return _NO_BREAK if match[0] == "\n" and _wide(before) and _wide(after) else " "

    return _SURROGATE.sub("\ufffd", _CONTROL.sub(blank, text))


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units ``text`` takes in Qt."""
    return len(text) + sum(ch > "\uffff" for ch in text)


@dataclass(frozen=True)
class Piece:
    """A stretch of the snapshot that stands in the document from ``position`` on."""

    position: int
    span: Span
    text: str

    @property
    def end(self) -> int:
        """The position in the document after its last character."""
        return self.position + utf16_length(self.text)

    def to_position(self, offset: int) -> int:
        """Return where the character at ``offset`` of the snapshot begins in the document."""
        return self.position + utf16_length(self.text[: offset - self.span.start])

    def to_offset(self, position: int, *, up: bool) -> int:
        """Return the offset of a position; half a surrogate pair is rounded ``up`` or down."""
        units = position - self.position
        if len(self.text) == self.end - self.position:
            return self.span.start + units
        taken = 0
        for count, char in enumerate(self.text):
            width = 2 if char > "\uffff" else 1
            if taken + width > units:
                inside = taken < units
                return self.span.start + count + (1 if inside and up else 0)
            taken += width
        return self.span.end


class ReaderMap:
    """The pieces of the snapshot that a document shows, in order."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._starts: list[int] = []

    def add(self, position: int, span: Span, text: str) -> None:
        """Note that the snapshot's ``span`` stands from ``position`` on, as ``text`` of the same length."""
        assert len(text) == span.end - span.start
        assert not self._pieces or position >= self._pieces[-1].end
        self._pieces.append(Piece(position, span, text))
        self._starts.append(position)

    def span(self, start: int, end: int) -> Span | None:
        """Return the span of a selection of the document, or None where it holds nothing of the snapshot.

        A selection over hidden furniture comes out as the span that includes it: whether that may be excerpted is
        for the service to say.
        """
        first = next((p for p in self._pieces[max(0, self._index(start)) :] if p.end > start), None)
        last_index = self._index(end - 1) if end > start else -1
        if first is None or last_index < 0 or first.position >= end:
            return None
        last = self._pieces[last_index]
        low = first.to_offset(max(start, first.position), up=False)
        high = last.to_offset(min(end, last.end), up=True)
        return Span(low, high) if low < high else None

    def ranges(self, span: Span) -> tuple[tuple[int, int], ...]:
        """Return the stretches (start, end) of the document that show something of ``span``."""
        return tuple(
            (
                piece.to_position(max(span.start, piece.span.start)),
                piece.to_position(min(span.end, piece.span.end)),
            )
            for piece in self._pieces
            if piece.span.touches(span)
        )

    def offset(self, position: int) -> int | None:
        """Return the offset of a position of the document, or of the end of what stands before it; None before all."""
        at = self._index(position)
        if at < 0:
            return None
        piece = self._pieces[at]
        return piece.to_offset(min(position, piece.end), up=False)

    def position(self, offset: int) -> int:
        """Return the position of an offset, or of the end of what is shown before it; 0 where nothing is."""
        before = [piece for piece in self._pieces if piece.span.start <= offset]
        return before[-1].to_position(min(offset, before[-1].span.end)) if before else 0

    def pieces(self) -> tuple[Piece, ...]:
        """Return the pieces."""
        return tuple(self._pieces)

    def _index(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1


def _wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"
