"""The characters of a page into lines, as PDFium tells of them.

A page has three thousand characters and more, and each question to PDFium costs a microsecond. So a line is
asked about at its first, middle and last character, and only a line that looks put together at each.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from briefer.intake.pdf.glyphs import Box, Glyphs
from briefer.intake.pdf.lines import BULLET, CJK, HYPHEN, PageLine, PageText, Piece, has_cjk, is_cjk, settled

MOST_CHARACTERS = 200_000
_LINE = re.compile(r"[^\r\n\ufffe]*\ufffe|[^\r\n\ufffe]+")
_BESIDE_CJK = re.compile(rf"(?:{CJK.pattern})\s|\s(?:{CJK.pattern})")
# In em: a wider gap parts columns or cells; a raised character is so much smaller than its line.
_APART = 1.6
_RAISED = 0.82
_RAISED_BESIDE = 0.62
_NARROW_GAP = 0.6
_NEAR = 0.5
# In points: lines that end so near to each other end at the same place; no page is so wide.
_TIE = 3.0
_FAR = 1e6
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def page_text(pdfium: Any, text_page: Any, number: int) -> PageText:
    """Read a page."""
    reader = _Reader(pdfium, text_page, number)
    text = reader.text
    if not text:
        return PageText(number, ())
    wrong = sum(map(text.count, _meaningless(text))) if not text.isascii() or _CONTROL.search(text) else 0
    count = len(text) - text.count("\r") - text.count("\n")
    if len(text) > MOST_CHARACTERS:
        raw = tuple(Piece(m.start(), m[0]) for m in _LINE.finditer(text) if m[0].strip(" " + HYPHEN))
        return PageText(number, (), "", raw, count, wrong)
    lines = tuple(settled(list(reader.lines())))
    return PageText(number, lines, reader.way, (), count, wrong)


def _meaningless(text: str) -> list[str]:
    """Return the different characters that say nothing: controls, private use, unassigned, U+FFFD."""
    return [
        c
        for c in set(text)
        if c == "\ufffd" or (c not in "\r\n\t\ufffe" and unicodedata.category(c) in {"Cc", "Co", "Cn"})
    ]


@dataclass(slots=True)
class _Spot:
    """A character: its box in the direction of reading."""

    left: float
    right: float
    low: float
    high: float

    @property
    def tall(self) -> float:
        return self.high - self.low


class _Reader(Glyphs):
    """Puts the characters of one page into lines."""

    def __init__(self, pdfium: Any, text_page: Any, number: int) -> None:
        super().__init__(pdfium, text_page)
        self._number = number
        self._before = 0.0
        self._simple = False
        self._styles: dict[tuple[float, int], tuple[float, str, bool, float]] = {}
        self._short, self._furthest = True, -_FAR
        self.way = "right"

    def lines(self) -> Iterator[PageLine]:
        """Yield the lines in the order in which the file has them."""
        found: list[tuple[int, int, bool, str]] = []
        for match in _LINE.finditer(self.text):
            piece = match[0]
            hyphen = piece[-1] == HYPHEN
            words = piece[:-1].strip() if hyphen else piece.strip()
            if words:
                start = match.start() + len(piece) - len(piece.lstrip())
                end = start + len(words)
                found.append((start, end, hyphen, self._direction(start, end)))
            elif hyphen and found:
                # PDFium now and then begins a line before the hyphen.
                found[-1] = (*found[-1][:2], True, found[-1][3])
        self.way = self._common_way(found)
        # As many rectangles of text as lines: none of them is put together.
        self._simple = self._pdfium.FPDFText_CountRects(self._page, 0, -1) <= len(found)
        for start, end, hyphen, way in found:
            yield from self._parts(start, end, self._way_of(start, end, way), hyphen=hyphen)

    def _common_way(self, found: list[tuple[int, int, bool, str]]) -> str:
        """Return the direction in which most of the page runs, told by characters that follow each other."""
        ways = Counter[str]()
        for start, end, _, way in found:
            ways[way] += end - start - 1
        alone = [start for start, end, _, _ in found if end - start == 1 and is_cjk(self.text[start])]
        if len(alone) > sum(ways.values()):
            # PDFium parts vertical lines that stand above each other into their characters.
            for a, b in pairwise(alone):
                ways[self._between(a, b)] += 1
        return ways.most_common(1)[0][0] or "right" if ways else "right"

    def _way_of(self, start: int, end: int, way: str) -> str:
        """Return the direction of a line; two figures side by side in a vertical line run with it."""
        if not way or way == self.way:
            return self.way
        if self.way in {"down", "up"} and way == "right" and end - start <= 3:
            left, low, _, high = self._box(start)
            if self._box(end - 1)[2] - left < 1.3 * (high - low):
                return self.way
        return way

    def _direction(self, start: int, end: int) -> str:
        """Return in which direction of the page a line runs; nothing for a single character."""
        return self._between(start, end - 1) if end - start > 1 else ""

    def _between(self, first: int, last: int) -> str:
        one, other = self._box(first), self._box(last)
        across = (other[0] + other[2] - one[0] - one[2]) / 2
        up = (other[1] + other[3] - one[1] - one[3]) / 2
        if abs(across) >= abs(up):
            return "right" if across >= 0 or self._upright(first) else "left"
        return "down" if up < 0 else "up"

    def _spot(self, index: int, way: str) -> _Spot:
        left, low, right, high = self._box(index)
        if way == "right":
            return _Spot(left, right, -high, -low)
        if way == "down":
            return _Spot(-high, -low, -right, -left)
        if way == "up":
            return _Spot(low, high, left, right)
        return _Spot(-right, -left, low, high)

    def _parts(self, start: int, end: int, way: str, *, hyphen: bool) -> Iterator[PageLine]:
        if not self._composite(start, end):
            yield self._line((Piece(start, self.text[start:end]),), way, hyphen=hyphen)
            return
        groups = list(self._taken_apart(start, end, way))
        for i, (pieces, loose) in enumerate(groups):
            line = self._line(pieces, way, hyphen=hyphen and i == len(groups) - 1)
            line.loose = loose
            yield line

    def _composite(self, start: int, end: int) -> bool:
        """Whether the line has several text objects that do not simply follow each other."""
        if (self._marks and not self._marks.isdisjoint(range(start, end))) or (
            self._cjk and _BESIDE_CJK.search(self.text, start, end)
        ):
            return True
        count = 1 if self._simple else self._pdfium.FPDFText_CountRects(self._page, start, end - start)
        if count < 2:
            return count == 1 and self._loose(start, end)
        left, top, right, bottom = self._corners
        boxes: list[Box] = []
        for i in range(count):
            self._pdfium.FPDFText_GetRect(self._page, i, left, top, right, bottom)
            boxes.append((left.value, bottom.value, right.value, top.value))
        if BULLET.match(self.text, start, end):
            del boxes[0]  # and its text stands apart from it in any case
        if len(boxes) < 2:
            return False
        tallest = max(min(b[3] - b[1], b[2] - b[0]) for b in boxes)
        low = min(b[1] for b in boxes)
        for before, after in pairwise(boxes):
            apart = max(
                after[0] - before[2], before[0] - after[2], before[1] - after[3], after[1] - before[3]
            )
            if apart > _NARROW_GAP * tallest:
                return True
        return any(b[3] - b[1] < 0.85 * tallest and b[1] > low + 0.12 * tallest for b in boxes)

    def _loose(self, start: int, end: int) -> bool:
        """Whether the characters of one text object take more room than letters do."""
        text = self.text[start:end]
        if " " not in text:
            return False
        left, low, _, high = self._box(start)
        wide = sum(map(is_cjk, text)) if self._cjk else 0
        return self._box(end - 1)[2] - left > 0.85 * (high - low) * (len(text) + wide) and high > low

    def _taken_apart(self, start: int, end: int, way: str) -> Iterator[tuple[tuple[Piece, ...], bool]]:
        """Yield the parts of a line that stand apart, raised characters told from the others.

        With each comes whether it stands only a little apart from the one before it.
        """
        spots = {i: self._spot(i, way) for i in range(start, end) if not self.text[i].isspace()}
        size, raised = self._sizes(spots, way)
        level = way in {"right", "left"}
        pieces: list[Piece] = []
        begin, loose = start, False
        for last, i in pairwise(spots):
            gap = spots[i].left - spots[last].right
            apart = _apart(spots[last], spots[i], gap, size, level=level)
            near = not apart and gap > _NEAR * size and self._other_object(last, i)
            blank = self.text[last + 1 : i]
            spurious = bool(blank) and self._spurious(last, i, gap, size)
            if apart or near or spurious or (i in raised) != (last in raised):
                pieces.append(Piece(begin, self.text[begin : last + 1], last in raised))
                begin = i if apart or near or spurious else last + 1
            if apart or near:
                yield tuple(pieces), loose
                pieces, loose = [], near
        last = max(spots)
        pieces.append(Piece(begin, self.text[begin : last + 1], last in raised))
        yield tuple(pieces), loose

    def _sizes(self, spots: dict[int, _Spot], way: str) -> tuple[float, frozenset[int]]:
        """Return the common size of the characters, and which are small and raised above the others."""
        level = way in {"right", "left"}
        wide = [] if level else [spot.tall for i, spot in spots.items() if is_cjk(self.text[i])]
        size = _common(wide or [spot.tall for spot in spots.values()])
        limit = (_RAISED if level else _RAISED_BESIDE) * size
        # Where the file gives no character any height, none is raised above the others.
        feet = (spot.high for spot in spots.values() if spot.tall >= limit)
        foot = max(feet, default=-math.inf) - 0.1 * size
        small = {i for i, spot in spots.items() if spot.tall < limit and spot.high < foot}
        return size, frozenset(small | (self._marks & spots.keys()) if way == "right" else small)

    def _spurious(self, last: int, index: int, gap: float, size: float) -> bool:
        """Whether a blank between two characters was put in by PDFium and is none."""
        beside = is_cjk(self.text[last]) or is_cjk(self.text[index])
        return beside and gap < _NARROW_GAP * size and bool(self._generated(last + 1))

    def _line(self, pieces: tuple[Piece, ...], way: str, *, hyphen: bool) -> PageLine:
        main = pieces[0] if len(pieces) == 1 else max(pieces, key=lambda p: (not p.raised, len(p.text)))
        first, last = pieces[0].index, pieces[-1].index + len(pieces[-1].text) - 1
        (left, low), (other, high) = self._along(first, way), self._along(last, way)
        left, right = min(left, other), max(low, high)
        size, font, bold, x, y = self._style(first, main, last, way)
        if way in {"down", "up"} and has_cjk(main.text):
            spot = self._spot(main.index + len(main.text) // 2, way)
            base = (spot.low + spot.high) / 2 + size * 0.4
        else:
            base = {"right": -y, "down": -x, "up": x, "left": y}[way]
        return PageLine(
            self._number,
            pieces,
            left,
            right,
            base,
            size,
            font,
            bold,
            way,
            (x, y),
            hyphen,
            self._word(pieces[0].text, first, way, (left, right)),
        )

    def _along(self, index: int, way: str) -> tuple[float, float]:
        """Return where a character begins and ends in the direction of reading."""
        left, low, right, high = self._box(index)
        if way == "right":
            return left, right
        return {"down": (-high, -low), "up": (low, high), "left": (-right, -left)}[way]

    def _word(self, text: str, first: int, way: str, line: tuple[float, float]) -> float:
        """Return the width of the first word, or of the first character where words are not parted.

        It is measured where it might have had room in the line before, else reckoned from the length of the line.
        """
        length = 1 if self._cjk and is_cjk(text[0]) else len(text.split(maxsplit=1)[0])
        left, right = line
        short, self._short = self._short, not -_TIE < right - self._furthest <= 0.3
        self._furthest = max(self._furthest, right)
        if short:
            return self._along(first + length - 1, way)[1] - left
        return (right - left) * length / len(text)

    def _style(self, first: int, main: Piece, last: int, way: str) -> tuple[float, str, bool, float, float]:
        """Return size, font and weight of a line, and the place where its letters stand.

        Asked once a page for each height and weight of letters: most lines of a page are set alike.
        """
        left, low, _, high = self._box(first)
        _, end_low, _, end_high = self._box(last)
        alike = way == "right" and abs(high - end_high) < 0.02 and abs(low - end_low) < 0.02
        key = (round(high - low, 1), self._pdfium.FPDFText_GetFontWeight(self._page, first))
        known = self._styles.get(key) if alike else None
        if known:
            size, font, bold, rise = known
            return size, font, bold, left, low + rise
        middle = main.index + len(main.text) // 2
        while self.text[middle].isspace():
            middle -= 1
        size = self._steady(self._size(middle), first, last)
        font, bold = self._font(middle)
        bold = bold and self._font(last)[1]
        self._pdfium.FPDFText_GetCharOrigin(self._page, middle, self._x, self._y)
        x, y = self._x.value, self._y.value
        if alike and (font, bold) == self._font(first) == self._font(last):
            self._styles[key] = size, font, bold, y - low
        return size, font, bold, x, y

    def _steady(self, size: float, first: int, last: int) -> float:
        """Return the size of a line: that of the line before where only its middle is set in another."""
        if abs(size - self._before) > 0.03 * size:
            for index in (first, last):
                other = self._size(index)
                if abs(other - self._before) < 0.03 * other:
                    return other
        self._before = size
        return size


def _common(values: list[float]) -> float:
    counts = Counter(round(v, 1) for v in values)
    return counts.most_common(1)[0][0] or 1.0


def _apart(before: _Spot, spot: _Spot, gap: float, size: float, *, level: bool) -> bool:
    """Whether two characters that follow each other in the file stand in different columns or lines."""
    if gap > _APART * size or gap < -2 * size:
        return True
    if level:
        return abs(spot.high - before.high) > 0.9 * size
    return abs(spot.high + spot.low - before.high - before.low) > 1.3 * size
