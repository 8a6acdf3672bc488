"""The exported page as the preview shows it: notes at the end of their section, in parts that are set one by one; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from briefer.domain.pieces import Piece, Pieces

_PIECES, _MOST = 6, 18
"""How many pieces stand in a part on the average, and at most."""


@dataclass(frozen=True)
class PreviewPage:
    """``pieces`` are those of the page from top to bottom, the notes among them; ``style`` is their sheet."""

    style: str = ""
    pieces: tuple[Piece, ...] = ()

    def around(self, place: str, budget: int, told: str) -> tuple[str, ...]:
        """Return the parts of the page, or of a long one about ``budget`` characters around the block ``place``.

        ``told`` stands where something is left out.
        """
        first, last = 0, len(self.pieces)
        if sum(len(piece.html) for piece in self.pieces) > budget:
            first, last = _reach(self.pieces, self._index(place), budget)
        gap = f"<p><i>{told}</i></p>"
        shown = tuple(_parts(piece.html for piece in self.pieces[first:last]))
        return ((gap,) if first else ()) + shown + ((gap,) if last < len(self.pieces) else ())

    def _index(self, place: str) -> int:
        return next((i for i, piece in enumerate(self.pieces) if place in piece.places), 0)


def preview_page(page: Pieces) -> PreviewPage:
    """Put the notes of a page behind their sections."""
    return PreviewPage(page.style, (*_with_notes(page), *page.foot))


def _with_notes(page: Pieces) -> Iterator[Piece]:
    waiting: list[int] = []
    for piece in page.pieces:
        if piece.opens and waiting:
            yield _list(waiting, page.notes)
            waiting = []
        yield piece
        waiting += piece.notes
    if waiting:
        yield _list(waiting, page.notes)


def _list(numbers: Sequence[int], notes: Sequence[Piece]) -> Piece:
    items = "\n".join(notes[number - 1].html for number in numbers)
    return Piece(f'<hr>\n<ol start="{numbers[0]}">\n{items}\n</ol>')


def _parts(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces in parts. Where one ends follows from its last piece alone, so that a change shifts no other's end."""
    waiting: list[str] = []
    for piece in pieces:
        waiting.append(piece)
        if not crc32(piece.encode()) % _PIECES or len(waiting) == _MOST:
            yield "\n".join(waiting)
            waiting = []
    if waiting:
        yield "\n".join(waiting)


def _reach(pieces: Sequence[Piece], index: int, budget: int) -> tuple[int, int]:
    first, last = index, min(index + 1, len(pieces))
    left = budget - sum(len(piece.html) for piece in pieces[first:last])
    while left > 0 and (first > 0 or last < len(pieces)):
        if last < len(pieces):
            left -= len(pieces[last].html)
            last += 1
        if first > 0:
            first -= 1
            left -= len(pieces[first].html)
    return first, last
