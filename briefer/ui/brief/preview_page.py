"""The exported page as the preview shows it: in pieces, notes at the end of their section; no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_LANDMARK = re.compile(r"</?(?:header|main|footer)\b[^>]*>\n?")
_NOTES = re.compile(r'<section role="doc-endnotes".*?</section>\n?', re.DOTALL)
_NOTE = re.compile(r'<li class="note" id="note-(\d+)">.*?</li>', re.DOTALL)
_REFERENCE = re.compile(r'href="#note-(\d+)"')
_BLOCK = re.compile(
    r"<(/?)(p|ul|ol|li|h[1-6]|table|blockquote|section|pre|figure|div|nav|dl|hr|aside)\b[^>]*>"
)
_SECTION = "<h2"


@dataclass(frozen=True)
class PreviewPage:
    """``head`` is the document up to its body, ``pieces`` are the blocks of the body."""

    head: str
    pieces: tuple[str, ...]

    def around(self, place: str, budget: int, told: str) -> str:
        """Return the page, or of a long one about ``budget`` characters around the block ``place``.

        ``told`` stands where something is left out.
        """
        first, last = 0, len(self.pieces)
        if sum(map(len, self.pieces)) > budget:
            first, last = _reach(self.pieces, self._index(place), budget)
        gap = f"<p><i>{told}</i></p>"
        parts = [gap] * (first > 0) + list(self.pieces[first:last]) + [gap] * (last < len(self.pieces))
        return f"{self.head}<body>\n{''.join(parts)}</body>\n</html>"

    def _index(self, place: str) -> int:
        sign = f'id="{place}"'
        return next((i for i, piece in enumerate(self.pieces) if place and sign in piece), 0)


def preview_page(html: str) -> PreviewPage:
    """Take an exported page apart. Its first style sheet stays: the others are for browsers, and Qt half knows them."""
    head, _sign, rest = html.partition("<body>\n")
    first, end, others = head.partition("</style>")
    body = rest.partition("</body>")[0]
    notes = {match[1]: match[0] for match in _NOTE.finditer(body)}
    main, sign, foot = _NOTES.sub("", body).partition("<footer")
    pieces = (*_with_notes(_pieces(_LANDMARK.sub("", main)), notes), *_pieces(_LANDMARK.sub("", sign + foot)))
    return PreviewPage(first + end + _STYLE.sub("", others), pieces)


def _pieces(body: str) -> Iterator[str]:
    depth = start = 0
    for tag in _BLOCK.finditer(body):
        if tag[2] == "hr":
            continue
        depth += -1 if tag[1] else 1
        if depth == 0:
            yield body[start : tag.end()] + "\n"
            start = tag.end()
    if body[start:].strip():
        yield body[start:]


def _with_notes(pieces: Iterator[str], notes: dict[str, str]) -> Iterator[str]:
    """Yield the pieces, behind the last one of each section its notes."""
    waiting: list[str] = []
    for piece in pieces:
        if _SECTION in piece[: len(_SECTION) + 2] and waiting:
            yield _list(waiting, notes)
            waiting = []
        yield piece
        waiting += [number for number in _REFERENCE.findall(piece) if number in notes]
    if waiting:
        yield _list(waiting, notes)


def _list(numbers: Sequence[str], notes: dict[str, str]) -> str:
    items = "\n".join(notes[number] for number in numbers)
    return f'<hr>\n<ol start="{numbers[0]}">\n{items}\n</ol>\n'


def _reach(pieces: Sequence[str], index: int, budget: int) -> tuple[int, int]:
    first, last = index, min(index + 1, len(pieces))
    left = budget - sum(map(len, pieces[first:last]))
    while left > 0 and (first > 0 or last < len(pieces)):
        if last < len(pieces):
            left -= len(pieces[last])
            last += 1
        if first > 0:
            first -= 1
            left -= len(pieces[first])
    return first, last
