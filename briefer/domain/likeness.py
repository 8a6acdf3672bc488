"""How a text stands to the one that was recorded: exact, only set differently, or altered, and by how much."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from briefer.domain.differences import Piece, differences
from briefer.domain.spans import fold
from briefer.domain.verification import Verdict

# What word processors set in another way by themselves: quotation marks, hyphens that do not break, and widths.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»＂″", '"'),
        **dict.fromkeys("‘’‚‛‹›＇′`´", "'"),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_WIDTHS = re.compile("[\uff00-\uffef]+")
# Beyond this product of two lengths only what lies between the common ends is counted, not compared.
_MOST = 10**10


@dataclass(frozen=True)
class Likeness:
    """How ``found`` stands to a recorded text; ``changed`` counts characters taken out and put in."""

    verdict: Verdict
    found: str = ""
    pieces: tuple[Piece, ...] = ()
    changed: int = 0


def normal(text: str) -> str:
    """Return ``text`` with quotation marks, white space and widths folded."""
    text = _WIDTHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return fold(unicodedata.normalize("NFC", text).translate(_MARKS))


def likeness(recorded: str, found: str) -> Likeness:
    """Compare a text with the recorded one; nothing found is MISSING, anything else at least ALTERED."""
    if found == recorded:
        return Likeness(Verdict.EXACT, found)
    old, new = normal(recorded), normal(found)
    if old == new:
        return Likeness(Verdict.NORMALISED, found)
    if not new:
        return Likeness(Verdict.MISSING, found)
    pieces = tuple(piece for difference in differences(old, new) for piece in difference.pieces)
    return Likeness(Verdict.ALTERED, found, pieces, distance(old, new))


def distance(old: str, new: str) -> int:
    """Return how many characters were taken out and put in."""
    from rapidfuzz.distance import Indel

    if len(old) * len(new) <= _MOST:
        return Indel.distance(old, new)
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    return len(old) + len(new) - 2 * (start + end)


def _common(one: str, other: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def ratio(one: str, other: str, least: float = 0.0) -> float:
    """Return how alike two texts are, 0 to 100; 0 below ``least``, and for texts too long to be compared."""
    from rapidfuzz import fuzz

    if len(one) * len(other) > _MOST:
        return 0.0
    return fuzz.ratio(one, other, score_cutoff=least)


def window(wanted: str, text: str, least: float) -> str:
    """Return the stretch of ``text`` that is most like ``wanted``, or nothing where none is like it."""
    from rapidfuzz import fuzz

    if not wanted or not text or len(wanted) * len(text) > _MOST:
        return ""
    if len(text) <= len(wanted):
        return text if ratio(wanted, text) >= least else ""
    found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=least)
    return text[found.dest_start : found.dest_end] if found else ""
