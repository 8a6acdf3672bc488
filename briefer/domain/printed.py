"""Quotations as they are printed: without the sign of the list they stood in, with «[…]» where a sentence is cut only.

What is stored stays: excerpt, span and edited form are the source's and the editor's, and are what quotations are held
against. A sign of a list is no word of anybody's; it belongs to the list that it stood in. That words before or
after whole sentences were left out needs no sign (Chicago Manual of Style, 17th edition, 13.52); where a sentence is
cut, and in between, «[…]» is printed. So it is before an excerpt that itself begins, or behind one that ends, in the
midst of a sentence, as far as its own letters tell: that is no beginning of a sentence, nor a stop.
"""

from __future__ import annotations

import re
from dataclasses import replace

from briefer.domain.checks.sentences import sentences
from briefer.domain.quotations import OMISSION, Piece, pieces

# A minus or a number is no sign of a list: «-5 per cent», «2025. …».
_SIGN = re.compile(
    r"\s*(?:[•‣⁃●◦▪■□◆◇➢✓]\s*|[・○](?![・○])\s*|[-–—*]\s+|[(（](?:[0-9]{1,2}|[ivx]{1,4}|[a-zア-ン一-十])[)）]\s*)(?=\S)"
)
_OPENING = "“‘\"'「『（(["
_GOES_ON = (",", ";", "、")
_CLOSING = "”’\"'」』)）]"


def printed(shown: str, quote: str) -> tuple[Piece, ...]:
    """Return the pieces of a quotation as readers see them; ``shown`` is its edited form or empty."""
    found = pieces(shown, quote) if shown else None
    if found is None:
        return _whole(quote)
    before, after = _around(found, quote)
    kept = list(found)
    if _is_gap(kept[-1]) and _ends_sentence(_text(kept[:-1])) and not after[:1].islower():
        kept = _trimmed(kept[:-1], last=True)
    whole = not before or _ends_sentence(before)
    if _is_gap(kept[0]) and whole and not _text(kept[1:]).lstrip()[:1].islower():
        kept = _trimmed(kept[1:], last=False)
    if not kept[0].editorial:
        kept[0] = replace(kept[0], text=without_sign(kept[0].text))
    return tuple(piece for piece in kept if piece.text)


def printed_text(shown: str, quote: str) -> str:
    """Return the text of a quotation as readers see it."""
    return _text(printed(shown, quote))


def without_sign(quote: str) -> str:
    """Return a quotation without the sign of a list at its beginning: a bullet, a dash, «(1)»."""
    match = _SIGN.match(quote)
    return quote[match.end() :] if match else quote


def _whole(quote: str) -> tuple[Piece, ...]:
    """Return the pieces of a quotation that was not edited."""
    text = without_sign(quote)
    first = text.strip().partition(" ")[0].lstrip(_OPENING)
    # An item of a list may begin in small letters, and so may some names: iPhone, eBay.
    begins = text == quote and first[:1].islower() and first == first.lower()
    ends = text.rstrip().rstrip(_CLOSING).endswith(_GOES_ON)
    found = (
        Piece(f"{OMISSION} ", editorial=True) if begins else None,
        Piece(text, editorial=False),
        Piece(f" {OMISSION}", editorial=True) if ends else None,
    )
    return tuple(piece for piece in found if piece)


def _around(found: tuple[Piece, ...], quote: str) -> tuple[str, str]:
    """Return what the source says before the first words that are quoted, and after the last."""
    whole = " ".join(quote.split())
    words = [text for piece in found if not piece.editorial and (text := piece.text.strip())]
    start = whole.find(words[0])
    end = start
    for text in words:
        end = whole.find(text, end) + len(text)
    return whole[:start].strip(), whole[end:].strip()


def _is_gap(piece: Piece) -> bool:
    return piece.editorial and piece.text.strip() == OMISSION


def _ends_sentence(text: str) -> bool:
    bare = text.rstrip().rstrip(_CLOSING)
    return bool(bare) and sentences(f"{bare} A")[-1].strip() == "A"


def _trimmed(kept: list[Piece], *, last: bool) -> list[Piece]:
    """Return pieces without the blanks that stood beside what was taken away."""
    at = -1 if last else 0
    text = kept[at].text.rstrip() if last else kept[at].text.lstrip()
    kept[at] = replace(kept[at], text=text)
    return kept


def _text(found: tuple[Piece, ...] | list[Piece]) -> str:
    return "".join(piece.text for piece in found)
