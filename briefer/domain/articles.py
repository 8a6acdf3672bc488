"""Sources that come in with their excerpts, and what they will be found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from briefer.domain import addresses, similarity
from briefer.domain.excerpts import ExcerptKind
from briefer.domain.indexing import Texts, body_texts, title_texts
from briefer.domain.keys import KeySets
from briefer.domain.sources import Reading, Snapshot, Source
from briefer.domain.tags import Tag


class FoundBy(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a source is found by: its columns of the index, `similarity.text_digest` and `similarity.marks`, its address."""

    texts: Texts
    text_digest: str
    marks: str
    url_key: str | None


class ReadyExcerpt(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A new excerpt without its id; ``tags`` are places in a list of tags, ``texts`` its own columns of the index."""

    start: int
    end: int
    quote: str
    paragraph: int | None
    kind: ExcerptKind
    speaker: str | None
    comment: str
    tags: tuple[int, ...]
    texts: Texts


@dataclass(frozen=True)
class Article:
    """A new source with its snapshot, original bytes and excerpts, and the ids of these."""

    source: Source
    snapshot: Snapshot
    original: bytes
    found_by: FoundBy
    excerpts: tuple[ReadyExcerpt, ...] = ()
    excerpt_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Articles:
    """Articles that are stored together, and the tags that their excerpts bear.

    ``sets`` are those of all their excerpts, as they were made with the keys ``frequent``; None where they are not
    made yet, or some of the articles they were made of are not among these.
    """

    articles: Sequence[Article]
    tags: tuple[Tag, ...] = ()
    sets: KeySets | None = None
    frequent: tuple[str, ...] = ()


def found_by(source: Source, text: str, reading: Reading) -> FoundBy:
    """Return what a source is found by, whose latest snapshot has this text and reading."""
    return found_by_traits(source, text, reading, similarity.traits(text, reading))


def found_by_traits(
    source: Source, text: str, reading: Reading, traits: tuple[str, tuple[int, ...]]
) -> FoundBy:
    """Return the same of a source whose `similarity.traits` are known."""
    digest, bands = traits
    shared = title_texts(source.title, source.publisher, source.container)
    texts = (*shared, *body_texts(source.authors, text, reading))
    return FoundBy(texts, digest, similarity.marks(bands), url_key(source.url))


def url_key(url: str | None) -> str | None:
    """Return what an address is looked up by, None where there is none."""
    return (addresses.key(url) or None) if url else None
