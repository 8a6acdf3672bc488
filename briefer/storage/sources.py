"""Sources with their snapshots and original bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from briefer.domain.dates import Basis, Dating
from briefer.domain.sources import Reading, Snapshot, Source
from briefer.storage import search_index
from briefer.storage.ids import chunks
from briefer.storage.tables import blobs, excerpt_pairs, excerpts, snapshots, sources

_NEW_SOURCE = insert(sources).returning(sources.c.number)
_NEW_BLOB = insert(blobs).on_conflict_do_nothing()
_NEW_SNAPSHOT = insert(snapshots)


def all_sources() -> Select[Any]:
    """Return the query of sources with what :func:`source_of` needs."""
    return select(sources, snapshots.c.sha256).join_from(
        sources, snapshots, snapshots.c.id == sources.c.snapshot_id
    )


def source_of(row: Row[Any]) -> Source:
    """Return the source in a row of :func:`all_sources`."""
    return Source(
        id=row.id,
        title=row.title,
        created_at=row.created_at,
        kind=row.kind,
        authors=row.authors,
        publisher=row.publisher,
        container=row.container,
        published=Dating(row.published, row.published_as_written, Basis(row.published_basis)),
        event=Dating(row.event, row.event_as_written, Basis(row.event_basis)),
        accessed=row.accessed,
        url=row.url,
        language=row.language,
        reliability=row.reliability,
        marking=row.marking,
        flags=row.flags,
        extra=row.extra,
        snapshot_id=row.snapshot_id,
        sha256=row.sha256,
    )


class SqliteSources:
    """The sources of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, source: Source, snapshot: Snapshot, original: bytes) -> None:
        """Store a new source; its ``snapshot_id`` and ``sha256`` are the snapshot's."""
        values = {**_values(source), "id": source.id, "snapshot_id": snapshot.id}
        number = self._connection.execute(_NEW_SOURCE, values).scalar_one()
        self._connection.execute(_NEW_BLOB, {"sha256": snapshot.sha256, "data": original})
        captured = {c.name: getattr(snapshot, c.name) for c in snapshots.c if c.name != "source_number"}
        self._connection.execute(_NEW_SNAPSHOT, {**captured, "source_number": number})
        search_index.add_source(self._connection, number, source, snapshot.text, snapshot.reading)

    def get(self, source_id: str) -> Source | None:
        """Return the source, or None."""
        return self.get_many([source_id]).get(source_id)

    def get_many(self, source_ids: Iterable[str]) -> dict[str, Source]:
        """Return the sources that exist, by id."""
        found = {}
        for chunk in chunks(source_ids):
            for row in self._connection.execute(all_sources().where(sources.c.id.in_(chunk))):
                found[row.id] = source_of(row)
        return found

    def by_sha256(self, sha256: str) -> Source | None:
        """Return the source whose original bytes have that digest, or None."""
        holders = select(snapshots.c.source_number).where(snapshots.c.sha256 == sha256)
        wanted = all_sources().where(sources.c.number.in_(holders)).order_by(sources.c.number)
        row = self._connection.execute(wanted.limit(1)).one_or_none()
        return source_of(row) if row else None

    def all(self) -> tuple[Source, ...]:
        """Return every source, latest import first."""
        latest = all_sources().order_by(sources.c.created_at.desc(), sources.c.number.desc())
        return tuple(map(source_of, self._connection.execute(latest)))

    def update(self, source: Source) -> None:
        """Store changed bibliographic data; the snapshot is not touched."""
        number, text, reading = self._captured(source.id)
        self._connection.execute(update(sources).where(sources.c.number == number).values(_values(source)))
        published = source.published.value or ""
        own = select(excerpts.c.number).where(excerpts.c.source_number == number)
        for dated, which in ((excerpts, excerpts.c.number), (excerpt_pairs, excerpt_pairs.c.excerpt_number)):
            self._connection.execute(update(dated).where(which.in_(own)).values(published=published))
        search_index.change_source(self._connection, number, source, text, reading)

    def update_reading(self, snapshot_id: str, reading: Reading) -> None:
        """Store a corrected reading; the snapshot's text and bytes are not touched."""
        self._connection.execute(
            update(snapshots).where(snapshots.c.id == snapshot_id).values(reading=reading)
        )
        row = self._connection.execute(
            select(sources, snapshots.c.text)
            .join_from(sources, snapshots, snapshots.c.source_number == sources.c.number)
            .where(snapshots.c.id == snapshot_id)
        ).one_or_none()
        if row is None:
            raise LookupError(snapshot_id)
        if row.snapshot_id == snapshot_id:
            search_index.change_source(self._connection, row.number, row, row.text, reading)

    def remove(self, source_id: str) -> None:
        """Take a source out, with its snapshot, bytes and excerpts."""
        number = self._connection.scalar(select(sources.c.number).where(sources.c.id == source_id))
        if number is None:
            return
        search_index.drop_source(self._connection, number)
        self._connection.execute(delete(sources).where(sources.c.number == number))
        kept = select(snapshots.c.sha256).where(snapshots.c.sha256 == blobs.c.sha256).exists()
        self._connection.execute(delete(blobs).where(~kept))

    def snapshot(self, source_id: str) -> Snapshot | None:
        """Return the source's latest snapshot, or None for an unknown source."""
        row = self._connection.execute(
            select(snapshots)
            .join_from(sources, snapshots, snapshots.c.id == sources.c.snapshot_id)
            .where(sources.c.id == source_id)
        ).one_or_none()
        if row is None:
            return None
        return Snapshot(
            id=row.id,
            source_id=source_id,
            sha256=row.sha256,
            file_name=row.file_name,
            media_type=row.media_type,
            encoding=row.encoding,
            captured_at=row.captured_at,
            text=row.text,
            reading=row.reading,
        )

    def original(self, snapshot_id: str) -> bytes:
        """Return the original bytes of a snapshot."""
        wanted = select(blobs.c.data).join_from(snapshots, blobs).where(snapshots.c.id == snapshot_id)
        data: bytes | None = self._connection.scalar(wanted)
        if data is None:
            raise LookupError(snapshot_id)
        return data

    def _captured(self, source_id: str) -> tuple[int, str, Reading]:
        row = self._connection.execute(
            select(sources.c.number, *snapshots.c["text", "reading"])
            .join_from(sources, snapshots, snapshots.c.id == sources.c.snapshot_id)
            .where(sources.c.id == source_id)
        ).one_or_none()
        if row is None:
            raise LookupError(source_id)
        return row.number, row.text, row.reading


def _values(source: Source) -> dict[str, object]:
    return {
        "title": source.title,
        "created_at": source.created_at,
        "kind": source.kind,
        "authors": source.authors,
        "publisher": source.publisher,
        "container": source.container,
        "published": source.published.value,
        "published_as_written": source.published.as_written,
        "published_basis": source.published.basis,
        "event": source.event.value,
        "event_as_written": source.event.as_written,
        "event_basis": source.event.basis,
        "accessed": source.accessed,
        "url": source.url,
        "language": source.language,
        "reliability": source.reliability,
        "marking": source.marking,
        "flags": source.flags,
        "extra": source.extra,
    }
