"""Compares the search index with the texts that it was made of."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pyroaring import BitMap
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DatabaseError

from briefer.domain.indexing import Texts
from briefer.domain.keys import Frequent
from briefer.errors import LibraryError
from briefer.storage import search_index
from briefer.storage.directly import rows
from briefer.storage.full_text import FullText
from briefer.storage.posting_writer import are_complete
from briefer.storage.postings import Postings, as_stored
from briefer.storage.tables import loose, postings

if TYPE_CHECKING:
    from briefer.storage.word_sums import Sums


def problems(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with the index, in English sentences. Needs a writing transaction."""
    from briefer.storage import word_sums

    try:
        held = as_stored(connection)
        frequent = held.frequent
    except LibraryError:
        held, frequent = None, Frequent()
    expected = _Expected(frequent)
    sums = word_sums.Sums()
    for some in search_index.excerpt_rows(connection):
        texts = {number: own for number, (own, _) in some.items()}
        sums = sums.with_(word_sums.of_rows(texts.items()))
        expected.add(texts, [facts for _, facts in some.values()])
    yield from compared(connection, search_index.EXCERPTS, sums, "excerpts")
    if held is None:
        yield "search index: cannot be read (sets of excerpts)"
    else:
        yield from _sets(connection, held, expected.sets)
    sums = word_sums.Sums()
    for texts_of in search_index.source_rows(connection):
        sums = sums.with_(word_sums.of_rows(texts_of.items()))
    yield from compared(connection, search_index.SOURCES, sums, "sources")


class _Expected:
    """The sets that there should be of excerpts, with the keys of words that have sets."""

    def __init__(self, frequent: Frequent) -> None:
        from briefer.domain.key_sets import Sorter  # which imports numpy

        self._sorter = Sorter(frequent)
        self.sets: defaultdict[str, BitMap] = defaultdict(BitMap)

    def add(self, texts: Mapping[int, Texts], facts: Sequence[set[str]]) -> None:
        """Add some excerpts, given by their numbers, which ascend."""
        made = self._sorter.sorted_out([*texts.values()], facts)
        for key, numbers in made.numbers([*texts]):
            self.sets[key] |= BitMap(array("I", bytes(numbers)))


def compared(connection: Connection, index: FullText, expected: Sums, what: str) -> Iterator[str]:
    """Yield what is wrong with a full-text index that should have these sums."""
    name = index.index.name
    try:
        connection.execute(insert(index.index).values({name: "integrity-check"}))
        if _held(connection, index) != expected:
            yield f"search index: what is found of {what} differs from their text"
    except DatabaseError as error:
        yield f"search index: {name} is damaged ({error.orig})"


def _held(connection: Connection, index: FullText) -> Sums | None:
    from briefer.storage import word_sums

    name = index.index.name
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_words USING fts5vocab('main', '{name}', 'instance')"
    )
    columns = " ".join(f"WHEN '{column}' THEN {at}" for at, column in enumerate(index.columns, 1))
    # Where an index does not keep the place of a word, column and offset are NULL.
    terms = rows(
        connection,
        f"SELECT term, count(*), sum(doc * (CASE col {columns} ELSE 1 END)), "  # noqa: S608  (own names)
        f'sum(doc * ifnull("offset", 0)) FROM temp.{name}_words GROUP BY term',
    )
    connection.exec_driver_sql(f"DROP TABLE temp.{name}_words")
    return word_sums.of_terms(terms)


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
