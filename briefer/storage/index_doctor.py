"""Compares the search index with the texts that it was made of."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyroaring import BitMap
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DatabaseError

from briefer.domain.indexing import Texts
from briefer.domain.keys import Frequent
from briefer.errors import LibraryError
from briefer.storage import search_index
from briefer.storage.full_text import FullText
from briefer.storage.posting_writer import are_complete
from briefer.storage.postings import Postings, as_stored
from briefer.storage.tables import loose, postings

Sums = tuple[int, int, int]
NO_SUMS: Sums = (0, 0, 0)


def problems(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with the index, in English sentences. Needs a writing transaction."""
    try:
        held = as_stored(connection)
        frequent = held.frequent
    except LibraryError:
        held, frequent = None, Frequent()
    expected: defaultdict[str, BitMap] = defaultdict(BitMap)
    sums = NO_SUMS
    for rows in search_index.excerpt_rows(connection):
        sums = added(sums, sums_of((number, texts) for number, (texts, _) in rows.items()))
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, (texts, facts) in rows.items():
            for key in facts | frequent.among(texts):
                numbers[key].append(number)
        for key, some in numbers.items():
            expected[key].update(some)
    yield from compared(connection, search_index.EXCERPTS, sums, "excerpts")
    if held is None:
        yield "search index: cannot be read (sets of excerpts)"
    else:
        yield from _sets(connection, held, expected)
    sums = NO_SUMS
    for texts_of in search_index.source_rows(connection):
        sums = added(sums, sums_of(texts_of.items()))
    yield from compared(connection, search_index.SOURCES, sums, "sources")


def sums_of(rows: Iterable[tuple[int, Texts]], *, places: bool = True) -> Sums:
    """Return sums over all words of some rows, which are the same for an index of these rows and no other.

    Without ``places`` they are those of an index that does not keep where a word stands.
    """
    count = columns = stand = 0
    for number, texts in rows:
        for at, text in enumerate(texts, 1):
            for place, word in enumerate(text.split()):
                mark = _mark(word)
                count += mark
                columns += mark * number * at
                stand += mark * number * place * places
    return count, columns, stand


def compared(connection: Connection, index: FullText, expected: Sums, what: str) -> Iterator[str]:
    """Yield what is wrong with a full-text index that should have these sums."""
    name = index.index.name
    try:
        connection.execute(insert(index.index).values({name: "integrity-check"}))
        if _held(connection, index) != expected:
            yield f"search index: what is found of {what} differs from their text"
    except DatabaseError as error:
        yield f"search index: {name} is damaged ({error.orig})"


def _held(connection: Connection, index: FullText) -> Sums:
    name = index.index.name
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_words USING fts5vocab('main', '{name}', 'instance')"
    )
    columns = " ".join(f"WHEN '{column}' THEN {at}" for at, column in enumerate(index.columns, 1))
    # Where an index does not keep the place of a word, column and offset are NULL.
    rows = connection.exec_driver_sql(
        f"SELECT term, count(*), sum(doc * (CASE col {columns} ELSE 1 END)), "  # noqa: S608  (own names)
        f'sum(doc * ifnull("offset", 0)) FROM temp.{name}_words GROUP BY term'
    )
    sums = NO_SUMS
    for term, *own in rows:
        mark = _mark(term)
        sums = added(sums, (mark * own[0], mark * own[1], mark * own[2]))
    connection.exec_driver_sql(f"DROP TABLE temp.{name}_words")
    return sums


def _sets(connection: Connection, held: Postings, expected: dict[str, BitMap]) -> Iterator[str]:
    if not are_complete(connection):
        yield "search index: sets of excerpts are missing, or it cannot be read how many there were"
    stored = set(connection.scalars(select(postings.c.key).distinct()))
    wrong = 0
    for key in sorted(stored | expected.keys()):
        try:
            wrong += held.stored(connection, key) != expected.get(key, BitMap())
        except LibraryError:
            wrong += 1
    if wrong:
        count = connection.scalar(select(func.count()).select_from(loose))
        yield f"search index: {wrong} set(s) of excerpts differ from the excerpts ({count} to be sorted in)"


def added(one: Sums, other: Sums) -> Sums:
    """Return the sums of both."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


@lru_cache(maxsize=100_000)
def _mark(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) + 1
