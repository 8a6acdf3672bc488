"""Sources that come in with their excerpts, and what they will be found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from briefer.domain import similarity
from briefer.domain.excerpts import Excerpt
from briefer.domain.indexing import Texts, body_texts, title_texts
from briefer.domain.keys import KeySets
from briefer.domain.sources import Reading, Snapshot, Source


class FoundBy(msgspec.Struct, frozen=True, array_like=True):
    """What a source is found by: its columns of the index, `similarity.text_digest` and `similarity.marks`."""

    texts: Texts
    text_digest: str
    marks: str


@dataclass(frozen=True)
class Article:
    """A new source with its snapshot, original bytes and excerpts; ``texts`` are the excerpts' columns of the index."""

    source: Source
    snapshot: Snapshot
    original: bytes
    found_by: FoundBy
    excerpts: tuple[Excerpt, ...] = ()
    texts: tuple[Texts, ...] = ()


@dataclass(frozen=True)
class Articles:
    """Articles that are stored together.

    ``sets`` are those of all their excerpts, as they were made with the keys ``frequent``; None where they are not
    made yet, or some of the articles they were made of are not among these.
    """

    articles: Sequence[Article]
    sets: KeySets | None = None
    frequent: tuple[str, ...] = ()


def found_by(source: Source, text: str, reading: Reading) -> FoundBy:
    """Return what a source is found by, whose latest snapshot has this text and reading."""
    digest, bands = similarity.traits(text, reading)
    shared = title_texts(source.title, source.publisher, source.container)
    return FoundBy((*shared, *body_texts(source.authors, text, reading)), digest, similarity.marks(bands))
