"""Whether two texts are the same, or copies of one.

Compared are the letters of the article's body alone: furniture differs from outlet to outlet, and so do
headlines, white space and punctuation. A shingle is a stretch of so many bytes of UTF-8 that it says about the
same in every script: fifteen Latin letters or five of Japanese.
"""

from __future__ import annotations

import itertools
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from briefer.domain.sources import Reading
from briefer.domain.spans import quote_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME_STORY = 0.5
"""The least :func:`likeness` of two carriers of one story.

A copy in which every tenth word was changed still reaches .55; of 4,005 pairs of different pages none passes .1.
"""

_SHINGLE = 15
_LEAST_DIGEST = 80
_LEAST_BANDS = 200
# A copy that kept a third of the text shares a mark with a probability of .98, one that kept half of .9999.
_BANDS = 32
_MARK_BYTES = 4
_NO_LETTER = re.compile(r"[\W_]+")
_ASCII_NO_LETTER = bytes(i for i in range(128) if not chr(i).isalnum())


def body_text(text: str, reading: Reading) -> str:
    """Return the article's headings and paragraphs, white space folded, with a blank line between two."""
    return "\n\n".join(quote_at(text, segment.span) for segment in reading.body())


def text_digest(text: str, reading: Reading) -> str:
    """Return the SHA-256 (hex) of the article's letters, '' where they are too few to tell a text by."""
    return traits(text, reading)[0]


def bands(body: str) -> tuple[int, ...]:
    """Return marks of a text, of which a copy of it shares some and another text hardly any.

    MinHash by one permutation (Li, Owen and Zhang, 2012): the shingles' hashes fall into bins, and the least of
    a bin is the same in two texts with the probability of their Jaccard likeness. A mark is made of two bins.
    Texts of less than 200 bytes have none. Values are signed numbers of 32 bits, ascending.
    """
    return next(_bands([_letters(body)]))


def traits(text: str, reading: Reading) -> tuple[str, tuple[int, ...]]:
    """Return what an article is recognised by: its :func:`text_digest` and the :func:`bands` of its body."""
    return next(traits_of([(text, reading)]))


def traits_of(articles: Iterable[tuple[str, Reading]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the :func:`traits` of many articles, of which all together take half as long as each alone."""
    letters = [
        _letters("\n".join([text[s.span.start : s.span.end] for s in reading.body()]))
        for text, reading in articles
    ]
    for own, bands_ in zip(letters, _bands(letters), strict=True):
        yield sha256(own).hexdigest() if len(own) >= _LEAST_DIGEST else "", bands_


def marks(found: Sequence[int]) -> str:
    """Return :func:`bands` as words, by which their index knows them."""
    return struct.pack(f">{len(found)}i", *found).hex(" ", _MARK_BYTES)


def marked(marks_: str) -> tuple[int, ...]:
    """Return the :func:`bands` that are written as :func:`marks`."""
    packed = bytes.fromhex(marks_)
    return struct.unpack(f">{len(packed) // _MARK_BYTES}i", packed)


def likeness(a: str, b: str) -> float:
    """Return how much of the shorter of two bodies is in the other, 0 to 1, by shared shingles."""
    return shared(shingles(a), shingles(b))


class Whole:
    """The body of an article, which those of others are held against.

    Compared are hashes of 32 bits, which takes a fifth of the time: of ten thousand letters not one in a hundred thousand
    is so taken for another.
    """

    def __init__(self, body: str) -> None:
        self._hashes = _distinct(body)

    def likeness(self, body: str) -> float:
        """Return their :func:`likeness`."""
        from briefer.domain import shingles as hashed  # which imports numpy

        other = _distinct(body)
        least = min(len(self._hashes), len(other))
        return hashed.in_common(self._hashes, other) / least if least else 0.0


def shingles(body: str) -> frozenset[bytes]:
    """Return what :func:`likeness` compares of a body, for those that are compared with many."""
    letters = _letters(body)
    return frozenset([letters[i : i + _SHINGLE] for i in range(len(letters) - _SHINGLE + 1)])


def shared(one: frozenset[bytes], other: frozenset[bytes]) -> float:
    """Return the :func:`likeness` of two bodies by their shingles."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def _distinct(body: str) -> NDArray[np.uint32]:
    from briefer.domain import shingles as hashed

    return hashed.distinct(_letters(body))


def _letters(body: str) -> bytes:
    if body.isascii():  # most of many libraries, and a hundred times as fast
        return body.lower().encode().translate(None, _ASCII_NO_LETTER)
    # White space goes first: a mark that stood after a blank must not join the letter before it in one text only.
    folded = unicodedata.normalize("NFKC", "".join(body.split())).casefold()
    return _NO_LETTER.sub("", folded).encode("utf-8", "surrogatepass")


def _bands(texts: Sequence[bytes]) -> Iterator[tuple[int, ...]]:
    long = [letters for letters in texts if len(letters) >= _LEAST_BANDS]
    if not long:
        return itertools.repeat((), len(texts))
    from briefer.domain import shingles as hashed

    found = hashed.bands(long, _BANDS)
    return (next(found) if len(letters) >= _LEAST_BANDS else () for letters in texts)
