"""What copies of a page and of a text are found by: worked out from the sources, kept to be looked up.

Made anew when a library is opened that was made by other rules, as the search index is.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from briefer.domain import similarity
from briefer.domain.articles import url_key
from briefer.domain.indexing import Texts
from briefer.services.ports import Progress
from briefer.storage.full_text import FullText
from briefer.storage.posting_writer import kept
from briefer.storage.search_index import greatest, in_chunks
from briefer.storage.tables import band_index, meta, snapshots, sources

BANDS = FullText(band_index, places=False)

VERSION = "3"
"""Changes with every change of what domain.similarity or domain.addresses.key give for the same text."""

_VERSION_KEY = "copies_version"
_MOST_SHARING = 1_000
_WORDS = f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.marks USING fts5vocab('main', '{band_index.name}', 'row')"
_PIECE = "SELECT group_concat(term, ' ') FROM temp.marks WHERE term >= ? AND term < ?"
_CAPTURED: Select[Any] = select(*sources.c["number", "id", "url"], *snapshots.c["text", "reading"]).join_from(
    sources, snapshots, snapshots.c.id == sources.c.snapshot_id
)
_DIGEST = (
    update(sources).where(sources.c.number == bindparam("which")).values(text_digest=bindparam("digest"))
)
_INDEXED = select(sources.c.text_digest).where(sources.c.number == bindparam("which"))
_ADDRESS = update(sources).where(sources.c.number == bindparam("which")).values(url_key=bindparam("address"))


@dataclass(frozen=True)
class Traits:
    """What a source, whose ``number`` and ``id`` these are, is recognised by."""

    number: int
    id: str
    url_key: str | None
    text_digest: str
    bands: tuple[int, ...]


def marks_of(bands: Sequence[int]) -> Texts:
    """Return bands as the row of their index."""
    return (similarity.marks(bands),)


def add(connection: Connection, marks: Mapping[int, str]) -> None:
    """Keep the `domain.similarity.marks` of new sources, by the sources' numbers."""
    BANDS.enter(connection, {number: (own,) for number, own in marks.items() if own})


@contextmanager
def changing(connection: Connection, number: int) -> Iterator[None]:
    """Keep anew what a source is recognised by whose text is changed, or that is deleted, inside."""
    before = _traits(connection, number)
    indexed = connection.scalars(_INDEXED, {"which": number}).all()
    yield
    after = _traits(connection, number)
    for traits in after:
        connection.execute(_DIGEST, {"which": number, "digest": traits.text_digest})
    old, new = ({t.number: marks_of(t.bands) for t in some if t.bands} for some in (before, after))
    # Of another text, which something else than Briefer has changed since, there were other marks.
    if not BANDS.exchange(connection, old, new) or indexed != [traits.text_digest for traits in before]:
        _doubt(connection)


def is_doubted(connection: Connection) -> bool:
    """Whether it was made of other texts than there are, or waits to be made anew."""
    return kept(connection, _VERSION_KEY) is None


def sharing(connection: Connection, bands: Sequence[int], before: int) -> list[int]:
    """Return the numbers of sources below ``before`` that share one of the bands, most shared first.

    Of a band that very many have (a page of errors, taken in a thousand times) the first are enough.
    """
    shared: Counter[int] = Counter()
    sought = [f'"{mark}"' for mark in similarity.marks([*set(bands)]).split()]
    for numbers in BANDS.firsts(connection, sought, before, _MOST_SHARING):
        shared.update(numbers)
    return sorted(shared, key=lambda number: (-shared[number], number))


def all_marks(connection: Connection) -> Iterator[str]:
    """Yield the `domain.similarity.marks` of all sources, each once, in pieces: a few seconds for a million."""
    connection.exec_driver_sql(_WORDS)
    for start in range(256):
        piece = connection.exec_driver_sql(_PIECE, (f"{start:02x}", f"{start:02x}g")).scalar()
        if piece:
            yield piece


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether it was all made by the rules of this version."""
    wanted = f'SELECT value FROM {meta.name} WHERE "key" = ?'  # noqa: S608  (its own name)
    return bool(connection.execute(wanted, (_VERSION_KEY,)).fetchone() == (VERSION,))


def reset(connection: Connection) -> None:
    """Empty it, however damaged; until it is made anew, the library counts as without it."""
    BANDS.reset(connection)
    _doubt(connection)


def steps(connection: Connection) -> int:
    """Return how many steps :func:`rebuild` tells of."""
    return greatest(connection, sources.c.number)


def rebuild(connection: Connection, progress: Progress | None = None) -> None:
    """Make it all anew."""
    BANDS.clear(connection)
    total = steps(connection)
    for rows in fresh(connection):
        connection.execute(_DIGEST, [{"which": t.number, "digest": t.text_digest} for t in rows])
        connection.execute(_ADDRESS, [{"which": t.number, "address": t.url_key} for t in rows])
        add(connection, {traits.number: similarity.marks(traits.bands) for traits in rows})
        if progress:
            progress(rows[-1].number, total, "copies")
    stamp = upsert(meta).values(key=_VERSION_KEY, value=VERSION)
    connection.execute(stamp.on_conflict_do_update(index_elements=["key"], set_={"value": VERSION}))


def fresh(connection: Connection) -> Iterator[list[Traits]]:
    """Yield what all sources should be recognised by, in chunks."""
    for chunk in in_chunks(connection, _CAPTURED, sources.c.number):
        found = similarity.traits_of([(row.text, row.reading) for row in chunk])
        yield [
            Traits(row.number, row.id, url_key(row.url), *own) for row, own in zip(chunk, found, strict=True)
        ]


def _doubt(connection: Connection) -> None:
    connection.execute(delete(meta).where(meta.c.key == _VERSION_KEY))


def _traits(connection: Connection, number: int) -> list[Traits]:
    return [_traits_of(row) for row in connection.execute(_CAPTURED.where(sources.c.number == number))]


def _traits_of(row: Row[Any]) -> Traits:
    return Traits(row.number, row.id, url_key(row.url), *similarity.traits(row.text, row.reading))
