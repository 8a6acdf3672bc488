"""The lines of a page, each with its place, size and font."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

HYPHEN = "\ufffe"
# In em: what is nearer has no blank between; cells of a column stand this near to each other.
_GLUED = 0.12
_ROWS = 8.0
_MIXED = 4
_MARKER = re.compile(
    r"^(?:[•‣◦●○■□▪▶▸・*–—\-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[①-⑳])$"
)
BULLET = re.compile(r"[•‣◦●○■□▪▶▸–—] ")
CJK = re.compile(r"[\u2e80-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003134f]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a page, from ``index`` on.

    ``raised`` ones are small and stand above the line; before ``glued`` ones there is no blank.
    """

    index: int
    text: str
    raised: bool = False
    glued: bool = False


@dataclass(slots=True)
class PageLine:
    """A line, or the part of one that stands in a column or cell.

    Places are in points along the direction in which the page is read: ``left`` and ``right`` along the
    line, ``base`` (the foot of the letters) growing from line to line, so that vertical Japanese and pages
    that lie on their side look like all others. ``at`` is the place on the page as PDF counts (x to the
    right, y up). ``hyphen`` is set where PDFium took a hyphen at the end for one that parts a word.
    ``word`` is how wide the first word is. ``loose`` is set where it stands a little apart from the line before
    it on the same height, which may be another cell of a table or the same sentence.
    """

    page: int
    pieces: tuple[Piece, ...]
    left: float
    right: float
    base: float
    size: float
    font: str = ""
    bold: bool = False
    way: str = ""
    at: tuple[float, float] = (0.0, 0.0)
    hyphen: bool = False
    word: float = 0.0
    loose: bool = False
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = joined(self.pieces)

    @property
    def top(self) -> float:
        """Return where the line begins across the direction of reading."""
        return self.base - 0.8 * self.size


@dataclass(frozen=True)
class PageText:
    """What stands on a page. ``raw`` has its text in place of lines where it is too much to be looked at."""

    number: int
    lines: tuple[PageLine, ...]
    way: str = ""
    raw: tuple[Piece, ...] = ()
    characters: int = 0
    meaningless: int = 0


def is_cjk(character: str) -> bool:
    """Whether a character is Chinese or Japanese, so that no blank stands beside it."""
    return CJK.match(character) is not None


def has_cjk(text: str) -> bool:
    """Whether Chinese or Japanese occurs in ``text``."""
    return CJK.search(text) is not None


def blank_between(before: str, after: str) -> bool:
    """Whether two stretches of text that follow each other are parted by a blank."""
    return not (before.endswith(" ") or after.startswith(" ") or is_cjk(before[-1:]) or is_cjk(after[:1]))


def joined(pieces: tuple[Piece, ...]) -> str:
    """Return the text of pieces, a blank between those that are not next to each other on the page."""
    if len(pieces) == 1:
        return pieces[0].text
    parts: list[str] = []
    end = -1
    for piece in pieces:
        if parts and piece.index != end and not piece.glued and blank_between(parts[-1], piece.text):
            parts.append(" ")
        parts.append(piece.text)
        end = piece.index + len(piece.text)
    return "".join(parts)


def together(before: PageLine, line: PageLine) -> PageLine:
    """Return two parts of one line as one."""
    gap = line.left - before.right
    first, *others = line.pieces
    # Between vertical lines PDFium puts no blanks of its own, and the sides of letters on their side are wide.
    glued = gap < (_GLUED if line.way == "right" else 2 * _GLUED) * max(line.size, before.size)
    main = before if len(before.text) > len(line.text) else line
    return PageLine(
        before.page,
        (*before.pieces, replace(first, glued=glued), *others),
        before.left,
        line.right,
        before.base,
        main.size,
        main.font,
        before.bold and line.bold,
        line.way,
        before.at,
        line.hyphen,
        before.word,
        before.loose,
    )


def settled(lines: Sequence[PageLine]) -> list[PageLine]:
    """Join what the file has in pieces: a bullet and its text, words apart from each other, characters.

    Parts that stand a little apart stay so where others above or below them stand in line with them.
    """
    found: list[PageLine] = []
    for line in lines:
        # Where vertical lines stand in tiers, PDFium mixes the characters that are level with each other.
        back = _MIXED if line.way in {"down", "up"} else 1
        at = next((i for i in range(1, min(back, len(found)) + 1) if _goes_on(found[-i], line)), 0)
        if at or (found and line.loose and not _in_line(line, lines)):
            found[-max(at, 1)] = together(found[-max(at, 1)], line)
        else:
            found.append(line)
    return found


def _goes_on(before: PageLine, line: PageLine) -> bool:
    gap = line.left - before.right
    size = max(before.size, line.size)
    if (
        abs(before.base - line.base) > 0.4 * size
        or gap < -0.3 * size
        or before.hyphen
        or before.way != line.way
    ):
        return False
    return (gap < 0.9 * size and not line.loose) or (
        gap < 5 * size and _MARKER.match(before.text) is not None
    )


def _in_line(line: PageLine, lines: Sequence[PageLine]) -> bool:
    near = _ROWS * line.size
    return (
        sum(
            abs(other.left - line.left) < 0.7 and 0.5 * line.size < abs(other.base - line.base) < near
            for other in lines
        )
        >= 2
    )
