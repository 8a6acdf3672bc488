"""What copies of a page and of a text are found by: worked out from the sources, kept to be looked up.

Made anew when a library is opened that was made by other rules, as the search index is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from briefer.domain import addresses, similarity
from briefer.domain.sources import Reading
from briefer.storage.search_index import in_chunks
from briefer.storage.tables import meta, snapshots, source_bands, sources

VERSION = "1"
"""Changes with every change of what domain.similarity or domain.addresses.key give for the same text."""

_VERSION_KEY = "copies_version"
_ADD = f"INSERT INTO {source_bands.name} (source_number, band) VALUES (?, ?)"  # noqa: S608  (its own names)
_DROP = delete(source_bands).where(source_bands.c.source_number == bindparam("which"))
_DIGEST = (
    update(sources).where(sources.c.number == bindparam("which")).values(text_digest=bindparam("digest"))
)
_ADDRESS = update(sources).where(sources.c.number == bindparam("which")).values(url_key=bindparam("address"))


@dataclass(frozen=True)
class Traits:
    """What a source, whose ``number`` and ``id`` these are, is recognised by."""

    number: int
    id: str
    url_key: str | None
    text_digest: str
    bands: tuple[int, ...]


def url_key(url: str | None) -> str | None:
    """Return what an address is looked up by, None where there is none."""
    return (addresses.key(url) or None) if url else None


def put(connection: Connection, number: int, text: str, reading: Reading) -> None:
    """Keep what the text of a source's latest snapshot is recognised by."""
    digest, bands = similarity.traits(text, reading)
    connection.execute(_DIGEST, {"which": number, "digest": digest})
    connection.execute(_DROP, {"which": number})
    add_bands(connection, [(number, band) for band in bands])


def add_bands(connection: Connection, bands: Sequence[tuple[int, int]]) -> None:
    """Keep the bands, each with the number of its source, of sources that have none yet."""
    if bands:
        connection.exec_driver_sql(_ADD, list(bands))


def sharing(bands: Sequence[int]) -> Select[str]:
    """Return the query of the ids of sources that share one of the bands, most shared first."""
    return (
        select(sources.c.id)
        .join_from(source_bands, sources)
        .where(source_bands.c.band.in_(bands))
        .group_by(source_bands.c.source_number)
        .order_by(func.count().desc(), source_bands.c.source_number)
    )


def is_current(connection: Connection) -> bool:
    """Whether it was all made by the rules of this version."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == _VERSION_KEY)) == VERSION


def rebuild(connection: Connection) -> None:
    """Make it all anew."""
    connection.execute(delete(source_bands))
    for rows in fresh(connection):
        connection.execute(_DIGEST, [{"which": t.number, "digest": t.text_digest} for t in rows])
        connection.execute(_ADDRESS, [{"which": t.number, "address": t.url_key} for t in rows])
        add_bands(connection, [(traits.number, band) for traits in rows for band in traits.bands])
    stamp = upsert(meta).values(key=_VERSION_KEY, value=VERSION)
    connection.execute(stamp.on_conflict_do_update(index_elements=["key"], set_={"value": VERSION}))


def fresh(connection: Connection) -> Iterator[list[Traits]]:
    """Yield what all sources should be recognised by, in chunks."""
    wanted = select(*sources.c["number", "id", "url"], *snapshots.c["text", "reading"]).join_from(
        sources, snapshots, snapshots.c.id == sources.c.snapshot_id
    )
    for chunk in in_chunks(connection, wanted, sources.c.number):
        yield [
            Traits(row.number, row.id, url_key(row.url), *similarity.traits(row.text, row.reading))
            for row in chunk
        ]
