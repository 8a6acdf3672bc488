"""Whether two texts are the same, or copies of one.

Compared are the letters of the article's body alone: furniture differs from outlet to outlet, and so do
headlines, white space and punctuation. A shingle is a stretch of so many bytes of UTF-8 that it says about the
same in every script: fifteen Latin letters or five of Japanese.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from bisect import bisect_left
from hashlib import sha256

from briefer.domain.sources import Reading
from briefer.domain.spans import quote_at

SAME_STORY = 0.5
"""The least :func:`likeness` of two carriers of one story."""

_SHINGLE = 15
_LEAST_DIGEST = 80
_LEAST_BANDS = 200
_BINS = 64
_ROWS = 2
_HASH_BITS = 32
_NO_LETTER = re.compile(r"[\W_]+")


def body_text(text: str, reading: Reading) -> str:
    """Return the article's headings and paragraphs, white space folded, with a blank line between two."""
    return "\n\n".join(quote_at(text, segment.span) for segment in reading.body())


def text_digest(text: str, reading: Reading) -> str:
    """Return the SHA-256 (hex) of the article's letters, '' where they are too few to tell a text by."""
    letters = _letters(body_text(text, reading))
    return sha256(letters).hexdigest() if len(letters) >= _LEAST_DIGEST else ""


def bands(body: str) -> tuple[int, ...]:
    """Return marks of a text, of which a copy of it shares some and another text hardly any.

    MinHash by one permutation (Li, Owen and Zhang, 2012): the shingles' hashes fall into bins, and the least of
    each bin is the same in two texts with the probability of their Jaccard likeness. A mark is made of two
    bins. Texts under 200 bytes have none. Values are signed numbers of 32 bits, ascending.
    """
    letters = _letters(body)
    if len(letters) < _LEAST_BANDS:
        return ()
    crc = zlib.crc32
    hashes = sorted({crc(letters[i : i + _SHINGLE]) for i in range(len(letters) - _SHINGLE + 1)})
    least = [_least(hashes, bin_) for bin_ in range(_BINS)]
    found = set()
    for at in range(0, _BINS, _ROWS):
        rows = least[at : at + _ROWS]
        if None not in rows:
            found.add(crc(repr((at, rows)).encode()) - (1 << (_HASH_BITS - 1)))
    return tuple(sorted(found))


def likeness(a: str, b: str) -> float:
    """Return how much of the shorter of two bodies is in the other, 0 to 1, by shared shingles."""
    one, other = _shingles(_letters(a)), _shingles(_letters(b))
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def _letters(body: str) -> bytes:
    folded = body.lower() if body.isascii() else unicodedata.normalize("NFKC", body).casefold()
    return _NO_LETTER.sub("", folded).encode("utf-8", "surrogatepass")


def _shingles(letters: bytes) -> set[bytes]:
    return {letters[i : i + _SHINGLE] for i in range(len(letters) - _SHINGLE + 1)}


def _least(hashes: list[int], bin_: int) -> int | None:
    """Return the least of the sorted hashes whose first bits are ``bin_``."""
    low = bin_ * ((1 << _HASH_BITS) // _BINS)
    at = bisect_left(hashes, low)
    return hashes[at] if at < len(hashes) and hashes[at] < low + (1 << _HASH_BITS) // _BINS else None
