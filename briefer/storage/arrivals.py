"""Many new sources with their excerpts, which come with what they will be found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from briefer.domain.articles import Articles, ReadyExcerpt
from briefer.domain.excerpts import UNJUDGED, assert_quote
from briefer.domain.indexing import SHARED
from briefer.domain.keys import fact_keys, keys_of_source
from briefer.domain.spans import Span
from briefer.storage import search_index
from briefer.storage.excerpts import SqliteExcerpts

if TYPE_CHECKING:
    from briefer.storage.sources import SqliteSources


class Arrivals:
    """Those of one transaction. They are in the full-text index at once, and in the sets after :meth:`sort_in`."""

    def __init__(self, connection: Connection, sources: SqliteSources) -> None:
        self._connection = connection
        self._sources = sources
        self._excerpts = SqliteExcerpts(connection)
        self._new: list[search_index.New] = []

    def put(self, some: Articles) -> None:
        """Store some.

        Raises:
            KnownError: ``quote-changed``.
        """
        if not some.articles:
            return
        first = self._sources.put(some.articles)
        given: list[tuple[ReadyExcerpt, str, int, str | None, str]] = []
        texts = []
        for number, article in enumerate(some.articles, first):
            published, text, snapshot = (
                article.source.published.value,
                article.snapshot.text,
                article.snapshot.id,
            )
            shared = article.found_by.texts[:SHARED]
            for excerpt, id_ in zip(article.excerpts, article.excerpt_ids, strict=True):
                assert_quote(Span(excerpt.start, excerpt.end), excerpt.quote, text)
                given.append((excerpt, id_, number, published, snapshot))
                texts.append((*excerpt.texts, *shared))
        if given:
            number = self._excerpts.put_ready(given, some.articles[0].source.created_at, some.tags)
            search_index.EXCERPTS.enter(self._connection, dict(enumerate(texts, number)))
            new = search_index.New(number, texts, lambda: _facts(some), some.sets, some.frequent)
            self._new.append(new)

    def sort_in(self) -> None:
        """Put the excerpts that were stored into the sets, all at once: each set is written once by that."""
        search_index.sort_in(self._connection, self._new)


def _facts(some: Articles) -> list[set[str]]:
    return [
        fact_keys(
            excerpt.kind, UNJUDGED, keys_of_source(article.source), [some.tags[t] for t in excerpt.tags]
        )
        for article in some.articles
        for excerpt in article.excerpts
    ]
