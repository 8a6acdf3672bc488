"""What the full-text indexes hold of excerpts and sources: prepared text, a string for each column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from briefer.domain.prepared import prepare
from briefer.domain.sources import Reading, SegmentKind

Texts = tuple[str, ...]
"""Prepared text, a string for each column of an index."""
SHARED = 2
"""So many columns a source and its excerpts share: the last ones of an excerpt's, the first ones of a source's."""


def words_texts(quote: str, translation: str, comment: str, speaker: str | None) -> Texts:
    """Return the columns of an excerpt that are its own: body, comment, speaker."""
    return prepare(quote, translation), prepare(comment), prepare(speaker)


@lru_cache(maxsize=1024)  # the excerpts of a source have them too
def title_texts(title: str, publisher: str | None, container: str | None) -> Texts:
    """Return the columns that a source and its excerpts share: title, publisher."""
    return prepare(title), prepare(publisher, container)


def body_texts(authors: Sequence[str], text: str, reading: Reading) -> Texts:
    """Return the columns of a source that are its own, authors and body: everything but furniture."""
    pieces = (
        text[s.span.start : s.span.end] for s in reading.segments if s.kind is not SegmentKind.FURNITURE
    )
    # Words are the same whether white space is folded or not, which takes longer than to find them.
    return prepare(*authors), prepare(*(piece for piece in pieces if not piece.isspace()))
