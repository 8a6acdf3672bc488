"""Many new sources with their excerpts, which come with what they will be found by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from briefer.domain.articles import Article, Articles
from briefer.domain.excerpts import Excerpt, assert_verbatim
from briefer.domain.indexing import SHARED
from briefer.domain.keys import fact_keys, keys_of_source
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
        given: list[tuple[Excerpt, int, str | None]] = []
        texts = []
        for number, article in enumerate(some.articles, first):
            published = article.source.published.value
            shared = article.found_by.texts[:SHARED]
            for excerpt, own in zip(article.excerpts, article.texts, strict=True):
                assert_verbatim(excerpt, article.snapshot.text)
                given.append((excerpt, number, published))
                texts.append((*own, *shared))
        if given:
            number = self._excerpts.put(given, texts)
            new = search_index.New(number, texts, lambda: _facts(some.articles), some.sets, some.frequent)
            self._new.append(new)

    def sort_in(self) -> None:
        """Put the excerpts that were stored into the sets, all at once: each set is written once by that."""
        search_index.sort_in(self._connection, self._new)


def _facts(articles: Sequence[Article]) -> list[set[str]]:
    return [
        fact_keys(excerpt.kind, excerpt.credibility, keys_of_source(article.source), excerpt.tags)
        for article in articles
        for excerpt in article.excerpts
    ]
