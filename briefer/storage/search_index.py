"""Keeps the search index in step: full text of excerpts and sources, and the keys that excerpts are sorted by."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from briefer.domain.excerpts import Excerpt
from briefer.domain.indexing import Texts, body_texts, title_texts, words_texts
from briefer.domain.keys import Frequent, KeySets, fact_keys, source_keys
from briefer.domain.prepared import VERSION
from briefer.domain.tags import Role, Tag, TagKind
from briefer.services.ports import Progress
from briefer.storage import posting_writer as postings
from briefer.storage.bits import FORMAT
from briefer.storage.full_text import MOST, FullText
from briefer.storage.ids import chunks
from briefer.storage.pages import listed
from briefer.storage.tables import (
    excerpt_index,
    excerpt_tags,
    excerpts,
    meta,
    snapshots,
    source_index,
    sources,
    tags,
)

EXCERPTS = FullText(excerpt_index)
SOURCES = FullText(source_index)

# So many new excerpts at once are sorted in at once.
_MANY = 500
_EXCERPTS_AT_ONCE = 1_000
_SORTED_IN_AT_ONCE = 16  # of those
_VERSION_KEY = "index_version"
_VERSION = f"{VERSION} {FORMAT}"
_ALL_EXCERPTS: Select[Any] = select(
    *excerpts.c["number", "quote", "translation", "comment", "speaker", "kind", "credibility"],
    *sources.c["title", "publisher", "container", "published", "language", "reliability"],
).join_from(excerpts, sources)
# As text: SQLAlchemy takes longer to put these together than SQLite to run them.
_OF_NUMBERS = f"{_ALL_EXCERPTS} WHERE excerpts.number IN (SELECT value FROM json_each(?))"  # noqa: S608  (own names)
_TAGS = f"""
SELECT borne.excerpt_number, tag.kind, tag.key, tag.role FROM {excerpt_tags.name} AS borne
JOIN {tags.name} AS tag ON tag.number = borne.tag_number
WHERE borne.excerpt_number IN (SELECT value FROM json_each(?))
"""  # noqa: S608
_ALL_SOURCES: Select[Any] = select(
    *sources.c["number", "title", "publisher", "container", "authors"], *snapshots.c["text", "reading"]
).join_from(sources, snapshots, snapshots.c.id == sources.c.snapshot_id)


@dataclass(frozen=True)
class New:
    """New excerpts with consecutive numbers that are in the full-text index already.

    ``facts`` gives their keys but for words. ``sets`` hold for the frequent keys ``made_by``; None where they are not
    made yet.
    """

    first: int
    texts: Sequence[Texts]
    facts: Callable[[], Sequence[set[str]]]
    sets: KeySets | None = None
    made_by: tuple[str, ...] = ()


def sort_in(connection: Connection, news: Sequence[New]) -> None:
    """Put new excerpts, given in the order of their numbers, into the sets of those that have the same keys."""
    total = sum(len(new.texts) for new in news)
    if total < _MANY:
        frequent = postings.frequent(connection)
        for new in news:
            both = enumerate(zip(new.texts, new.facts(), strict=True), new.first)
            keys = {number: facts_ | frequent.among(texts) for number, (texts, facts_) in both}
            postings.put(connection, keys)
        _settle(connection)
        return
    # The greatest numbers are given again once their excerpts are deleted, which the sets may not know yet.
    if postings.are_loose(connection, news[0].first):
        postings.fold(connection, 0)
    # The first time there are so many keys that it is better to know them before.
    if not postings.are_chosen(connection):
        _choose(connection, news, total, news[0].first)
    postings.sort_in(connection, _sets(news, postings.frequent(connection)))
    # Afterwards, because what is prepared already has sets by the keys that there were.
    _choose(connection, news)


def _sets(news: Sequence[New], frequent: Frequent) -> Iterator[tuple[Sequence[int], KeySets]]:
    """Yield the sets of new excerpts, with their numbers; what was not known when they were made is made here."""
    from briefer.domain.key_sets import Sorter

    sorters: dict[tuple[str, ...] | None, Sorter] = {}
    for new in news:
        numbers = range(new.first, new.first + len(new.texts))
        sets = new.sets if frequent.keys.issuperset(new.made_by) else None
        if sets:
            yield numbers, sets
        made_by = new.made_by if sets else None
        if made_by != frequent.names:
            sorter = sorters.get(made_by)
            if sorter is None:
                sorter = sorters[made_by] = Sorter(Frequent(frequent.keys.difference(made_by or ())))
            yield numbers, sorter.sorted_out(new.texts, () if sets else new.facts())


@contextmanager
def changing(connection: Connection, numbers: Sequence[int]) -> Iterator[None]:
    """Index anew the excerpts of these numbers, which are changed or deleted inside."""
    before = {row.number: excerpt_texts(row, row) for row in _rows(connection, numbers)}
    yield
    after: dict[int, Texts] = {}
    keys: dict[int, set[str] | None] = dict.fromkeys(before)
    frequent = postings.frequent(connection)
    for some in chunks(before):
        for row, tags_ in _tagged(connection, _rows(connection, some)):
            after[row.number] = excerpt_texts(row, row)
            keys[row.number] = facts(row, row, tags_) | frequent.among(after[row.number])
    if not EXCERPTS.exchange(connection, before, after):
        doubt(connection)
    postings.put(connection, keys)
    _settle(connection)


@contextmanager
def changing_source(connection: Connection, number: int) -> Iterator[None]:
    """Index anew a source that is changed or deleted inside, and its excerpts, which are found by its title."""
    wanted = _ALL_SOURCES.where(sources.c.number == number)
    before = {r.number: _source_texts(r) for r in connection.execute(wanted)}
    own = connection.scalars(select(excerpts.c.number).where(excerpts.c.source_number == number)).all()
    with changing(connection, own):
        yield
    after = {r.number: _source_texts(r) for r in connection.execute(wanted)}
    if not SOURCES.exchange(connection, before, after):
        doubt(connection)


def doubt(connection: Connection) -> None:
    """Note that the index is not true to the texts: until it is made anew, the library counts as not indexed."""
    connection.execute(delete(meta).where(meta.c.key == _VERSION_KEY))


def is_doubted(connection: Connection) -> bool:
    """Whether somebody doubts it, or it is empty and waits to be made anew."""
    return postings.kept(connection, _VERSION_KEY) is None


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index was made by this version of :func:`prepare` and of how sets are stored, and nobody doubts it."""
    wanted = f'SELECT value FROM {meta.name} WHERE "key" = ?'  # noqa: S608  (its own name)
    return bool(connection.execute(wanted, (_VERSION_KEY,)).fetchone() == (_VERSION,))


def reset(connection: Connection) -> None:
    """Empty the index, however damaged; until it is made anew, the library counts as not indexed."""
    for full_text in (EXCERPTS, SOURCES):
        full_text.reset(connection)
    doubt(connection)


def steps(connection: Connection) -> int:
    """Return how many steps :func:`rebuild` tells of."""
    return greatest(connection, excerpts.c.number) + greatest(connection, sources.c.number)


def greatest(connection: Connection, number: ColumnElement[int]) -> int:
    """Return the greatest of some numbers, 0 where there is none."""
    return connection.scalar(select(func.max(number))) or 0


def rebuild(connection: Connection, progress: Progress | None = None) -> None:
    """Make the whole index anew."""
    for full_text in (EXCERPTS, SOURCES):
        full_text.clear(connection)
    before, total = greatest(connection, excerpts.c.number), steps(connection)
    postings.clear(connection)
    # Of the sets, by which excerpts are counted otherwise, there is none yet.
    count = connection.scalar(select(func.count()).select_from(excerpts)) or 0
    postings.choose_frequent(connection, sample_texts(connection), coming=count)
    for number in _enter_all(connection):
        if progress:
            progress(number, total, "excerpts")
    for chunk in in_chunks(connection, _ALL_SOURCES, sources.c.number):
        SOURCES.enter(connection, {r.number: _source_texts(r) for r in chunk})
        if progress:
            progress(before + chunk[-1].number, total, "sources")
    stamp = insert(meta).values(key=_VERSION_KEY, value=_VERSION)
    connection.execute(stamp.on_conflict_do_update(index_elements=["key"], set_={"value": _VERSION}))


def _enter_all(connection: Connection) -> Iterator[int]:
    """Index all excerpts, and yield the last numbers of those that are."""
    from briefer.domain.key_sets import Sorter  # which imports numpy

    sorter = Sorter(postings.frequent(connection))
    made: list[tuple[Sequence[int], KeySets]] = []
    for rows in excerpt_rows(connection):
        texts = {number: own for number, (own, _) in rows.items()}
        EXCERPTS.enter(connection, texts)
        made.append((tuple(rows), sorter.sorted_out([*texts.values()], [own for _, own in rows.values()])))
        if len(made) == _SORTED_IN_AT_ONCE:
            postings.sort_in(connection, made)
            made = []
        yield max(rows)
    postings.sort_in(connection, made)


def excerpt_rows(connection: Connection) -> Iterator[dict[int, tuple[Texts, set[str]]]]:
    """Yield the index texts of all excerpts and the keys of their facts, in chunks, as they should be."""
    for rows in _excerpt_chunks(connection):
        yield {row.number: (excerpt_texts(row, row), facts(row, row, tags_)) for row, tags_ in rows}


def fact_rows(connection: Connection) -> Iterator[tuple[int, set[str]]]:
    """Yield the numbers of all excerpts and the keys of their facts, as they should be."""
    for rows in _excerpt_chunks(connection):
        yield from ((row.number, facts(row, row, tags_)) for row, tags_ in rows)


def source_rows(connection: Connection) -> Iterator[dict[int, Texts]]:
    """Yield the index texts of all sources, in chunks, as they should be."""
    for chunk in in_chunks(connection, _ALL_SOURCES, sources.c.number):
        yield {row.number: _source_texts(row) for row in chunk}


def in_chunks(
    connection: Connection, wanted: Select[Any], key: ColumnElement[int], size: int = 500
) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of a query a few at a time, so that no list of a whole library is in memory."""
    last = -1
    while rows := connection.execute(wanted.where(key > last).order_by(key).limit(size)).all():
        yield rows
        last = rows[-1].number


def excerpt_texts(excerpt: Excerpt | Row[Any], source: Row[Any]) -> Texts:
    """Return the texts of an excerpt, in the order of the index's columns."""
    own = words_texts(excerpt.quote, excerpt.translation, excerpt.comment, excerpt.speaker)
    return (*own, *title_texts(source.title, source.publisher, source.container))


def facts(excerpt: Excerpt | Row[Any], source: Row[Any], tags_: Iterable[Tag]) -> set[str]:
    """Return the keys of an excerpt but for words."""
    about = (source.reliability, source.language, source.publisher, source.container, source.published)
    return fact_keys(excerpt.kind, excerpt.credibility, source_keys(*about), tags_)


def _source_texts(row: Row[Any]) -> Texts:
    shared = title_texts(row.title, row.publisher, row.container)
    return (*shared, *body_texts(row.authors, row.text, row.reading))


def sample_texts(connection: Connection, news: Sequence[New] = ()) -> list[Texts]:
    """Return the texts of some of the excerpts, spread over the library; those of new ones are made already."""
    known = {number: texts for new in news for number, texts in enumerate(new.texts, new.first)}
    some = postings.sample(connection)
    found = [known[number] for number in some if number in known]
    for numbers in chunks(number for number in some if number not in known):
        found.extend(excerpt_texts(row, row) for row in _rows(connection, numbers))
    return found


def _settle(connection: Connection) -> None:
    """Sort the loose excerpts in when they have become many, and see whether other words are frequent now."""
    if postings.fold(connection):
        _choose(connection)


def _choose(connection: Connection, news: Sequence[New] = (), coming: int = 0, first: int = MOST) -> None:
    """See whether other words are frequent now; ``coming`` excerpts from number ``first`` are in no set yet."""
    if not postings.has_grown(connection, coming):
        return
    # A loose excerpt is in no set but those of its keys, which were noted when other words were frequent.
    postings.fold(connection, 0)
    chosen = postings.choose_frequent(connection, sample_texts(connection, news), coming)
    for key in sorted(chosen) if first > 1 else ():
        postings.fill(connection, key, EXCERPTS.found(connection, postings.expression(key), first))


def _rows(connection: Connection, numbers: Sequence[int]) -> Sequence[Row[Any]]:
    return connection.exec_driver_sql(_OF_NUMBERS, (listed(numbers),)).all()


def _excerpt_chunks(connection: Connection) -> Iterator[list[tuple[Row[Any], list[Tag]]]]:
    for rows in in_chunks(connection, _ALL_EXCERPTS, excerpts.c.number, _EXCERPTS_AT_ONCE):
        yield list(_tagged(connection, rows))


def _tagged(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], list[Tag]]]:
    borne: defaultdict[int, list[Tag]] = defaultdict(list)
    numbers = listed(row.number for row in rows)
    for number, kind, key, role in connection.exec_driver_sql(_TAGS, (numbers,)).all():
        borne[number].append(Tag(TagKind(kind), key, Role(role) if role else None))
    for row in rows:
        yield row, borne[row.number]
