"""What was captured of sources: reading it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, select

from briefer.domain.sources import Snapshot
from briefer.storage.ids import chunks
from briefer.storage.many import Many
from briefer.storage.tables import blobs, snapshots, sources, trash_blobs

_NEW_BLOBS = Many(blobs, or_ignore=True)
_NEW_SNAPSHOTS = Many(snapshots)
_GIVEN = [c.name for c in snapshots.c if c.name not in {"source_number", "position"}]
_given = attrgetter(*_GIVEN)
_UNREAD = (
    "SELECT snapshots.id, sources.title, snapshots.text FROM snapshots "
    "JOIN sources ON sources.number = snapshots.source_number WHERE CASE WHEN json_valid(reading) "
    "THEN ifnull(json_array_length(reading, '$.segments'), 0) = 0 ELSE 1 END ORDER BY snapshots.id"
)


class SqliteSnapshots:
    """The snapshots of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def snapshot(self, source_id: str) -> Snapshot | None:
        """Return the source's latest snapshot, or None for an unknown source."""
        row = self._connection.execute(_LATEST, {"which": source_id}).one_or_none()
        return _snapshot_of(row) if row else None

    def latest(self, source_ids: Iterable[str]) -> dict[str, Snapshot]:
        """Return the latest snapshots of the sources that exist, by the sources' ids."""
        found = {}
        for chunk in chunks(source_ids):
            own = sources.c.id.in_(chunk) & (snapshots.c.id == sources.c.snapshot_id)
            for row in self._connection.execute(_all_snapshots().where(own)):
                found[row.source_id] = _snapshot_of(row)
        return found

    def snapshot_of(self, snapshot_id: str) -> Snapshot | None:
        """Return the snapshot of that id, or None."""
        return self._one(_all_snapshots().where(snapshots.c.id == snapshot_id))

    def texts(self, snapshot_ids: Iterable[str]) -> dict[str, str]:
        """Return the texts of the snapshots that exist, by id."""
        found: dict[str, str] = {}
        for chunk in chunks(snapshot_ids):
            wanted = select(snapshots.c.id, snapshots.c.text).where(snapshots.c.id.in_(chunk))
            found.update((row.id, row.text) for row in self._connection.execute(wanted))
        return found

    def snapshots(self, source_id: str) -> tuple[Snapshot, ...]:
        """Return all snapshots of a source, latest first."""
        own = _all_snapshots().where(sources.c.id == source_id)
        rows = self._connection.execute(own.order_by(snapshots.c.position.desc()))
        return tuple(map(_snapshot_of, rows))

    def original(self, snapshot_id: str) -> bytes:
        """Return the original bytes of a snapshot."""
        wanted = select(blobs.c.data).join_from(snapshots, blobs).where(snapshots.c.id == snapshot_id)
        data: bytes | None = self._connection.scalar(wanted)
        if data is None:
            raise LookupError(snapshot_id)
        return data

    def _one(self, wanted: Select[Any]) -> Snapshot | None:
        row = self._connection.execute(wanted).one_or_none()
        return _snapshot_of(row) if row else None

    def _store_all(self, captured: Sequence[tuple[int, int, Snapshot, bytes]]) -> None:
        """Store snapshots with their originals, given the numbers of their sources and their positions."""
        blobs_ = [{"sha256": snapshot.sha256, "data": original} for _, _, snapshot, original in captured]
        _NEW_BLOBS.put(self._connection, blobs_)
        rows = [
            {
                **dict(zip(_GIVEN, _given(snapshot), strict=True)),
                "source_number": number,
                "position": position,
            }
            for number, position, snapshot, _ in captured
        ]
        _NEW_SNAPSHOTS.put(self._connection, rows)


def drop_blobs(connection: Connection, digests: Iterable[str]) -> None:
    """Delete original bytes, as far as no snapshot and nothing in the trash has them."""
    captured = select(snapshots.c.sha256).where(snapshots.c.sha256 == blobs.c.sha256).exists()
    thrown = select(trash_blobs.c.sha256).where(trash_blobs.c.sha256 == blobs.c.sha256).exists()
    for chunk in chunks(digests):
        connection.execute(delete(blobs).where(blobs.c.sha256.in_(chunk), ~captured, ~thrown))


def _all_snapshots() -> Select[Any]:
    return select(snapshots, sources.c.id.label("source_id")).join_from(snapshots, sources)


# Made once: it is asked for each text that may be a copy, and to build it costs more than to run it.
_LATEST = _all_snapshots().where(sources.c.id == bindparam("which"), snapshots.c.id == sources.c.snapshot_id)


def _snapshot_of(row: Row[Any]) -> Snapshot:
    return Snapshot(
        id=row.id,
        source_id=row.source_id,
        sha256=row.sha256,
        file_name=row.file_name,
        media_type=row.media_type,
        encoding=row.encoding,
        captured_at=row.captured_at,
        text=row.text,
        reading=row.reading,
        captured_by=row.captured_by,
        tool=row.tool,
        unreadable=row.unreadable,
        pages=row.pages,
    )


def unread(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield the ids of snapshots whose text has no reading, which Briefer never stores, with the titles of their sources."""
    for snapshot_id, title, text in connection.exec_driver_sql(_UNREAD):
        if text.strip():
            yield snapshot_id, title
