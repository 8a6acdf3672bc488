"""Blocks into one text, and where each stretch of it stands on the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from briefer.domain.pages import Run
from briefer.domain.sources import SegmentKind
from briefer.intake.pdf.lines import PageLine, Piece, blank_between, joined
from briefer.intake.pdf.paragraphs import Block

_LEFT = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*|\d+)$")
_RIGHT = re.compile(r"([^\W\d_]+|\d+)")
_GLUED = re.compile(r"\d{1,3}(?=[^\W\d])")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_RAISED = re.compile(r"\d{1,4}")
_HYPHENS = ("-", "\u2010", "\u00ad")
_SUSPENDED = frozenset(
    {"and", "or", "to", "und", "oder", "bzw", "bis", "och", "eller", "ja", "tai", "en", "of", "et", "ou"}
)
# Words that make compounds with a hyphen, and what follows them there.
_FIRST_HALVES = (
    "all anti arms best book broad by co cost counter cross data day dual early east energy euro ever evidence"
    " far fast first five follow four free front full fully further future good government half hard high home"
    " ill in income indo information inter joint labour land large last late law least left less life light like"
    " long low mass medium micro mid middle military mine mini mission more multi near new newly next non north off"
    " on one open out over part peace people point policy poor post power pre private pro problem public quasi rapid"
    " re ready real record resource rights risk rule science second self semi seven short single six small so socio"
    " soft south state step sub technology ten third three time top trade two under up value water well west wide"
    " world year zero"
)
_FIRSTS = frozenset(_FIRST_HALVES.split())
_SECOND_HALVES = (
    "aged aligned backed based border building called capita century class controlled cut cutting dependent"
    " depth driven east edge efficient establish established evident friendly funded generation going governmental"
    " house income intensive known lasting led level like line made making minded minute old only operation operate"
    " owned party past profile profit proof proliferation quality quarters range ranging rate related relevant scale"
    " sector sensitive set side sized specific standing state step sufficient sufficiency sustaining tariff term time"
    " to town track treaty up upon use wide wing world year"
)
_SECONDS = frozenset(_SECOND_HALVES.split())


@dataclass(frozen=True)
class Placed:
    """A block in the text: what it is, and where it begins and ends there."""

    block: Block
    start: int
    end: int


@dataclass(frozen=True)
class Written:
    """The text of a document, its blocks and the runs of :class:`briefer.domain.pages.Pages`."""

    text: str
    blocks: tuple[Placed, ...]
    runs: tuple[Run, ...]


class Vocabulary:
    """The words that a document writes in one line, by which broken ones are put together."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self._lines = lines

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(_WORD.findall("\n".join(line.text for line in self._lines).casefold()))

    def hyphen_stays(self, before: str, after: str) -> bool:
        """Whether the hyphen between two lines is the word's own."""
        left, right = _LEFT.search(before), _RIGHT.match(after)
        if left is None or right is None or left[1].isdecimal() or right[1].isdecimal():
            return True
        first, second = left[1].casefold(), right[1].casefold()
        if self._words[first + second]:
            return False
        if self._words[f"{first}-{second}"]:
            return True
        if right[1][0].isupper() and not (left[1].isupper() and right[1].isupper()):
            return True
        last = first.rsplit("-", 1)[-1]
        return last in _FIRSTS and (second in _SECONDS or self._words[second] > 1)


class _Writer:
    def __init__(self, vocabulary: Vocabulary, marks: frozenset[tuple[int, str]]) -> None:
        self._vocabulary, self._marks = vocabulary, marks
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._size = 0

    def plain(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)

    def piece(self, page: int, index: int, text: str) -> None:
        if text:
            self._runs.append(Run(self._size, self._size + len(text), page, index))
            self.plain(text)

    def block(self, block: Block) -> Placed:
        if self._parts:
            self.plain("\n\n")
        start = self._size
        note = block.why == "note"
        for line, following in pairwise((*block.lines, None)):
            assert line is not None
            self._line(line, following, note=note and line is block.lines[0])
        return Placed(block, start, self._size)

    def written(self, placed: Iterable[Placed]) -> Written:
        return Written("".join(self._parts), tuple(placed), tuple(self._runs))

    def _line(self, line: PageLine, following: PageLine | None, *, note: bool) -> None:
        pieces, text = line.pieces, line.text
        if len(pieces) > 1 and not note:
            pieces = tuple(p for p in pieces if not self._is_mark(line, p))
            text = joined(pieces)
        hyphen = line.hyphen or text.endswith(_HYPHENS)
        cut = hyphen and not line.hyphen
        stays, blank = True, not hyphen and following is not None and blank_between(text, following.text)
        if hyphen and following is not None:
            stays, blank = self._break(
                text.rstrip("".join(_HYPHENS)), following.text, soft=text.endswith("\u00ad")
            )
        self._pieces(line.page, pieces, drop=1 if cut and not stays else 0, note=note)
        if line.hyphen and stays:
            self.plain("-")
        if blank:
            self.plain(" ")

    def _break(self, before: str, after: str, *, soft: bool) -> tuple[bool, bool]:
        """Return whether the hyphen at the end of a line stays, and whether a blank comes after it."""
        if soft:
            return False, False
        word = _RIGHT.match(after)
        if word and word[1] in _SUSPENDED:
            return True, True
        if not before or before[-1].isspace():
            return True, blank_between("-", after)
        return self._vocabulary.hyphen_stays(before, after), False

    def _pieces(self, page: int, pieces: Sequence[Piece], *, drop: int, note: bool) -> None:
        if len(pieces) == 1 and not note and "\u00ad" not in pieces[0].text:
            piece = pieces[0]
            self.piece(page, piece.index, piece.text[: len(piece.text) - drop])
            return
        end, tail = -1, ""
        for i, piece in enumerate(pieces):
            text = piece.text[: len(piece.text) - drop] if drop and i == len(pieces) - 1 else piece.text
            apart = end not in {-1, piece.index} and not piece.glued
            if (apart and blank_between(tail, text)) or (note and i == 1 and pieces[0].raised):
                self.plain(" ")
            at = piece.index
            number = _GLUED.match(text) if note and not i else None
            if number:
                self.piece(page, at, number[0])
                self.plain(" ")
                text, at = text[number.end() :], at + number.end()
            for part in text.split("\u00ad"):
                self.piece(page, at, part)
                at += len(part) + 1
            end, tail = piece.index + len(piece.text), text or tail

    def _is_mark(self, line: PageLine, piece: Piece) -> bool:
        return piece.raised and (line.page, piece.text.strip()) in self._marks


def write(blocks: Sequence[Block], lines: Sequence[PageLine]) -> Written:
    """Write the blocks as one text, an empty line between them.

    The raised numbers of notes are left out of the sentences in which they stand: they are no words of them.
    A raised number that belongs to no note (10⁶ set by hand) stays.
    """
    writer = _Writer(Vocabulary(lines), _marks(blocks))
    return writer.written([writer.block(block) for block in blocks])


def _marks(blocks: Sequence[Block]) -> frozenset[tuple[int, str]]:
    """Return the marks of notes, by page: those whose note stands there, and those that count on from 1."""
    found: set[tuple[int, str]] = set()
    for block in blocks:
        if block.why == "note":
            label = block.lines[0].pieces[0].text.strip()
            number = re.match(r"\d{1,3}|[*†‡§]+", label)
            found.update((line.page, number[0] if number else label) for line in block.lines[:1])
    raised = [
        (line.page, piece.text.strip())
        for block in blocks
        if block.why != "note" and block.kind is not SegmentKind.FURNITURE
        for line in block.lines
        for i, piece in enumerate(line.pieces)
        if piece.raised and i and _RAISED.fullmatch(piece.text.strip())
    ]
    if len(raised) > 1 and [int(text) for _, text in raised] == list(range(1, len(raised) + 1)):
        found.update(raised)
    return frozenset(found)
