"""What the full-text indexes hold: prepared text, made in one way for what is indexed and what is looked for.

Text is NFKC and case-folded, and each run of Japanese, Chinese or Korean becomes overlapping pairs of
characters followed by its last character alone, so that any part of a run can be found (pairs recall every
substring; word splitters do not). Accents are folded by FTS5 itself (``remove_diacritics 2``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from briefer.domain.excerpts import Excerpt
from briefer.domain.queries import Words
from briefer.domain.sources import Reading, SegmentKind, Source
from briefer.domain.spans import fold, quote_at
from briefer.storage.full_text import FullText, Texts
from briefer.storage.tables import (
    excerpt_index,
    excerpt_texts,
    excerpts,
    meta,
    snapshots,
    source_index,
    source_texts,
    sources,
)

VERSION = "1"
"""Changes with every change of :func:`prepare`; a library with another one is indexed anew when opened."""

_CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
_RUN = re.compile(rf"([{_CJK}]+)|([^\W_{_CJK}]+)")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
# Accents that no composed letter has, as in the case-folded İ; FTS5 takes off those of composed letters.
_LOOSE_ACCENT = re.compile("[\u0300-\u036f]")
# A private-use character is part of a token for FTS5 and of none here: no phrase reaches across it.
_WALL = "\ue000"
_VERSION_KEY = "index_version"


_EXCERPTS = FullText(excerpt_texts, excerpt_index)
_SOURCES = FullText(source_texts, source_index)
_ALL_EXCERPTS: Select[Any] = select(
    *excerpts.c["number", "quote", "translation", "comment", "speaker"],
    *sources.c["title", "publisher", "container"],
).join_from(excerpts, sources)

_Given = tuple[int, Excerpt, Source | Row[Any]]


def prepare(*parts: str | None) -> str:
    """Return the index text of ``parts``; a phrase is never found across two of them."""
    return f" {_WALL} ".join(" ".join(_tokens(part)) for part in parts if part)


def phrase(words: Words) -> str:
    """Return the FTS5 string that finds ``words``, or '' when there is no letter or digit in them."""
    tokens = _tokens(words.text, sought=True)
    if not tokens:
        return ""
    # A single character of a run begins a pair wherever it is not the last one of the run.
    prefix = words.prefix or re.fullmatch(rf"[{_CJK}]", tokens[-1])
    return f'"{" ".join(tokens)}"{"*" if prefix else ""}'


def _tokens(text: str, *, sought: bool = False) -> list[str]:
    if text.isascii():  # nothing to normalise, and most of many libraries
        return _ASCII_WORD.findall(text.lower())
    # White space is folded before, because a line break inside Japanese text is none, and letters after.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", fold(text)).casefold())
    folded = _LOOSE_ACCENT.sub("", folded)
    tokens: list[str] = []
    runs = _RUN.findall(folded)
    for at, (piece, word) in enumerate(runs):
        if word:
            tokens.append(word)
            continue
        tokens.extend(a + b for a, b in pairwise(piece))
        # What is looked for may go on in the text, except where another run follows it in the phrase.
        if len(piece) == 1 or not sought or at < len(runs) - 1:
            tokens.append(piece[-1])
    return tokens


def add_excerpts(connection: Connection, given: Iterable[_Given]) -> None:
    """Index new excerpts, given with their numbers and sources."""
    _EXCERPTS.add(connection, [_excerpt_texts(*one) for one in given])


def change_excerpts(connection: Connection, given: Iterable[_Given]) -> None:
    """Index changed excerpts, given with their numbers and sources."""
    _EXCERPTS.put(connection, [_excerpt_texts(*one) for one in given])


def drop_excerpts(connection: Connection, which: ColumnElement[bool]) -> None:
    """Take excerpts out of the index; has to come before they are deleted."""
    _EXCERPTS.drop(connection, connection.scalars(select(excerpts.c.number).where(which)).all())


def add_source(connection: Connection, number: int, source: Source, text: str, reading: Reading) -> None:
    """Index a new source: of its snapshot, everything but furniture."""
    _SOURCES.add(connection, [_source_texts(number, source, text, reading)])


def change_source(
    connection: Connection, number: int, source: Source | Row[Any], text: str, reading: Reading
) -> None:
    """Index a changed source, and its excerpts, which are found by its title and publisher."""
    _SOURCES.put(connection, [_source_texts(number, source, text, reading)])
    own = connection.execute(_ALL_EXCERPTS.where(excerpts.c.source_number == number))
    _EXCERPTS.put(connection, [_excerpt_texts(row.number, row, source) for row in own])


def drop_source(connection: Connection, number: int) -> None:
    """Take a source and its excerpts out of the index; has to come before it is deleted."""
    drop_excerpts(connection, excerpts.c.source_number == number)
    _SOURCES.drop(connection, [number])


def is_current(connection: Connection) -> bool:
    """Whether the index was made by this version of :func:`prepare`."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == _VERSION_KEY)) == VERSION


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    for full_text, fresh in ((_EXCERPTS, excerpt_rows), (_SOURCES, source_rows)):
        full_text.clear(connection)
        for rows in fresh(connection):
            full_text.add(connection, rows)
    stamp = insert(meta).values(key=_VERSION_KEY, value=VERSION)
    connection.execute(stamp.on_conflict_do_update(index_elements=["key"], set_={"value": VERSION}))


def excerpt_rows(connection: Connection) -> Iterator[list[Texts]]:
    """Yield the index texts of all excerpts, in chunks, as they should be."""
    for chunk in in_chunks(connection, _ALL_EXCERPTS, excerpts.c.number):
        yield [_excerpt_texts(row.number, row, row) for row in chunk]


def source_rows(connection: Connection) -> Iterator[list[Texts]]:
    """Yield the index texts of all sources, in chunks, as they should be."""
    wanted = select(
        *sources.c["number", "title", "publisher", "container", "authors"], *snapshots.c["text", "reading"]
    ).join_from(sources, snapshots, snapshots.c.id == sources.c.snapshot_id)
    for chunk in in_chunks(connection, wanted, sources.c.number):
        yield [_source_texts(row.number, row, row.text, row.reading) for row in chunk]


def in_chunks(
    connection: Connection, wanted: Select[Any], key: ColumnElement[int], size: int = 500
) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of a query a few at a time, so that no list of a whole library is in memory."""
    last = -1
    while rows := connection.execute(wanted.where(key > last).order_by(key).limit(size)).all():
        yield rows
        last = rows[-1].number


def _excerpt_texts(number: int, excerpt: Excerpt | Row[Any], source: Source | Row[Any]) -> Texts:
    return {
        "number": number,
        "body": prepare(excerpt.quote, excerpt.translation),
        "comment": prepare(excerpt.comment),
        "speaker": prepare(excerpt.speaker),
        **_source_columns(source),
    }


def _source_texts(number: int, source: Source | Row[Any], text: str, reading: Reading) -> Texts:
    segments = (s.span for s in reading.segments if s.kind is not SegmentKind.FURNITURE)
    return {
        "number": number,
        **_source_columns(source),
        "authors": prepare(*source.authors),
        "body": prepare(*(quote_at(text, span) for span in segments)),
    }


def _source_columns(source: Source | Row[Any]) -> Texts:
    return {"title": prepare(source.title), "publisher": prepare(source.publisher, source.container)}
