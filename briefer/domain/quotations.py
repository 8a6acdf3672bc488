"""Quotations that were edited visibly: «[…]» stands for words left out, «[words]» for words put in.

What stands outside of square brackets is the source's own wording, in its order (Chicago Manual of Style, 12.58 to
12.70 on ellipses and brackets in quotations).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from briefer.domain.words import splits_word

OMISSION = "[…]"

_BRACKETS = re.compile(r"(\[[^\[\]]*\])")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\S+")
_BEFORE = 4
_LIKE_LETTERS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}
    # Soft hyphens, blanks and joiners of no width, marks of direction: web pages have them inside words, and nobody sees them.
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
)
_STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")


@dataclass(frozen=True)
class Piece:
    """A stretch of an edited quotation; ``editorial`` where the editor wrote it, brackets included."""

    text: str
    editorial: bool


def pieces(shown: str, quote: str) -> tuple[Piece, ...] | None:
    """Return the pieces of an edited quotation, or None where it says what the source does not.

    Words may be left out at both ends, and wherever brackets stand between. Brackets that the source itself has
    at that place are the source's. White space is compared folded; a word is not cut, but beside a bracket that
    touches it («[T]he»).
    """
    found, stray = _read(shown, quote)
    return found if not stray and any(not piece.editorial and piece.text.strip() for piece in found) else None


def stray(shown: str, quote: str) -> str:
    """Return the first stretch of ``shown`` that the source does not have there; empty where there is none.

    A long one begins some words before the place where it is no longer the source's, with … for what precedes them.
    """
    return _read(shown, quote)[1]


def without_cut_words(quote: str, *, begins: bool, ends: bool) -> str:
    """Return a quotation that ``begins`` or ``ends`` inside a word without that word; empty where nothing is left."""
    first, last = 0, len(quote)
    if begins:
        first = next((at for at in range(1, len(quote)) if not splits_word(quote, at)), len(quote))
    if ends:
        last = next((at for at in range(len(quote) - 1, 0, -1) if not splits_word(quote, at)), 0)
    kept = quote[first:last].strip()
    gap_before, gap_after = f"{OMISSION} " if begins else "", f" {OMISSION}" if ends else ""
    return f"{gap_before}{kept}{gap_after}" if kept else ""


def plain(text: str) -> str:
    """Return ``text`` without differences of quotation marks, dashes, blanks and width, and without what is not seen."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_LIKE_LETTERS).split())


def straight(text: str) -> str:
    """Return ``text``, as long as it was, with straight quotation marks and apostrophes for curly ones.

    Which of them stands somewhere is a matter of keyboards and of typography, not of what was said.
    """
    return text.translate(_STRAIGHT)


def _read(shown: str, quote: str) -> tuple[tuple[Piece, ...], str]:
    rest = _SPACE.sub(" ", quote).strip()
    found: list[Piece] = []
    gap = True
    for part in _BRACKETS.split(_SPACE.sub(" ", shown).strip()):
        words = part.strip()
        bracketed = _BRACKETS.fullmatch(words) is not None
        if not words or (bracketed and not rest.lstrip().startswith(words)):
            found += [Piece(part, editorial=bracketed)] if part else []
            gap = gap or bracketed
            continue
        match = _wording(part, words).search(rest)
        if match is None or (rest[: match.start()].strip() and not gap):
            return tuple(found), _departing(words, rest)
        found.append(Piece(part, editorial=False))
        rest, gap = rest[match.end() :], False
    return tuple(found), ""


def _departing(words: str, rest: str) -> str:
    """Return ``words`` from a little before the place on where they are no longer those of ``rest``."""
    found = list(_WORD.finditer(words))
    same = bisect_left(found, True, key=lambda word: words[: word.end()] not in rest)
    if same in {0, len(found)} or same <= _BEFORE:
        return words
    return f"…{words[found[same - _BEFORE].start() :]}"


def _wording(part: str, words: str) -> re.Pattern[str]:
    """Return the pattern of a stretch: it ends within no Latin word, unless it touches a bracket."""
    start = r"(?<![A-Za-z0-9])" if words[0].isascii() and words[0].isalnum() and part[0] == " " else ""
    end = r"(?![A-Za-z0-9])" if words[-1].isascii() and words[-1].isalnum() and part[-1] == " " else ""
    return re.compile(start + re.escape(words) + end)
