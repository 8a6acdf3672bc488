"""What stands before the items of numbered lists, level by level: the same in every format.

English lists count 1. a. i.; under numbered paragraphs they begin with letters, which are not taken for paragraphs. Japanese
ones go by the order of official documents (1, (1), ア, (ア)), and take up where numbered headings or paragraphs end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefer.domain.characters import is_japanese
from briefer.domain.documents import Document, HeadingNumbering, Paragraph
from briefer.export.frame import every

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class Count(StrEnum):
    """What counts; the values are those of Word (ECMA-376, ST_NumberFormat)."""

    FIGURES = "decimal"
    LETTERS = "lowerLetter"
    ROMAN = "lowerRoman"
    KANA = "aiueoFullWidth"


@dataclass(frozen=True)
class Sign:
    """A counter and the marks around it."""

    count: Count
    before: str = ""
    after: str = ""

    def text(self, number: int) -> str:
        """Return the sign of item ``number`` (from 1); what has no letters or kana has figures."""
        return f"{self.before}{_counted(self.count, number)}{self.after}"


_ENGLISH = tuple(Sign(count, after=".") for count in (Count.FIGURES, Count.LETTERS, Count.ROMAN))
_FIGURES = (Sign(Count.FIGURES), Sign(Count.FIGURES, "(", ")"))
_LETTERS = (Sign(Count.KANA), Sign(Count.KANA, "(", ")"))


@dataclass(frozen=True)
class Signs:
    """The signs of a document's lists; ``below`` says that they stand under numbered paragraphs or headings."""

    levels: tuple[Sign, ...]
    below: bool

    def at(self, level: int) -> Sign:
        """Return the sign of lists that ``level`` other lists stand around."""
        return self.levels[level % len(self.levels)]


ENGLISH = Signs(_ENGLISH, below=False)
ENGLISH_BELOW = Signs((*_ENGLISH[1:], _ENGLISH[0]), below=True)
JAPANESE = Signs((*_FIGURES, *_LETTERS), below=False)
JAPANESE_BELOW = Signs((*_LETTERS, *_FIGURES), below=True)


def signs_of(document: Document) -> Signs:
    """Return the signs of the lists of ``document``."""
    below = any(isinstance(block, Paragraph) and block.number is not None for block in every(document.blocks))
    if is_japanese(document.language):
        below = below or document.numbering is HeadingNumbering.JAPANESE
        return JAPANESE_BELOW if below else JAPANESE
    return ENGLISH_BELOW if below else ENGLISH


def _counted(count: Count, number: int) -> str:
    if count is Count.KANA and 1 <= number <= len(_KANA):
        return _KANA[number - 1]
    if count is Count.LETTERS and number >= 1:
        # After z, Word goes on with aa, bb.
        turns, at = divmod(number - 1, 26)
        return chr(ord("a") + at) * (turns + 1)
    if count is Count.ROMAN and 1 <= number < 4000:
        return _roman(number)
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written
