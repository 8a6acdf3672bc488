"""What was deleted, packed into rows of its own, so that nothing which searches or counts can meet it.

The original bytes of a deleted source stay in ``blobs``, held by ``trash_blobs``: they may be large, and deleting
would otherwise write them once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from briefer.domain.spans import quote_at
from briefer.domain.trash import Content, Trashed, TrashKind
from briefer.storage.ids import chunks
from briefer.storage.snapshots import drop_blobs
from briefer.storage.tables import blobs, snapshots, trash, trash_blobs
from briefer.storage.types import UnreadableValueError

_LISTED = trash.c["id", "kind", "thing", "label", "at", "who", "holds", "source_id"]


class SqliteTrash:
    """The trash of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, thrown: Sequence[tuple[Trashed, Content]]) -> None:
        """Put things in, while the originals of their snapshots are still there."""
        for one, content in thrown:
            values = {column.name: getattr(one, column.name) for column in _LISTED}
            new = insert(trash).values({**values, "content": content})
            number = self._connection.execute(new).lastrowid
            held = {snapshot.sha256 for snapshot in content.snapshots}
            rows = [{"trash_number": number, "sha256": sha256} for sha256 in sorted(held)]
            if rows:
                self._connection.execute(insert(trash_blobs), rows)

    def all(self) -> tuple[Trashed, ...]:
        """Return everything in it, the latest first."""
        rows = self._connection.execute(select(*_LISTED).order_by(trash.c.number.desc()))
        return tuple(map(_trashed, rows))

    def get_many(self, ids: Iterable[str]) -> dict[str, Trashed]:
        """Return what is in it by the ids of the places there."""
        found: dict[str, Trashed] = {}
        for chunk in chunks(ids):
            rows = self._connection.execute(select(*_LISTED).where(trash.c.id.in_(chunk)))
            found.update((row.id, _trashed(row)) for row in rows)
        return found

    def of_thing(self, thing: str) -> Trashed | None:
        """Return where the thing of that id lies, or None; of several terms of a name, the latest."""
        wanted = select(*_LISTED).where(trash.c.thing == thing).order_by(trash.c.number.desc())
        row = self._connection.execute(wanted.limit(1)).one_or_none()
        return _trashed(row) if row else None

    def with_original(self, sha256: str) -> Trashed | None:
        """Return the latest thing of which these are the original bytes, or None."""
        held = select(*_LISTED).join_from(trash, trash_blobs).where(trash_blobs.c.sha256 == sha256)
        row = self._connection.execute(held.order_by(trash.c.number.desc()).limit(1)).one_or_none()
        return _trashed(row) if row else None

    def on_source(self, source_id: str) -> tuple[Trashed, ...]:
        """Return the excerpts and captures of a source, each thrown away by itself."""
        rows = self._connection.execute(select(*_LISTED).where(trash.c.source_id == source_id))
        return tuple(map(_trashed, rows))

    def content(self, trash_id: str) -> Content:
        """Return a thing with all that went with it. Raises LookupError."""
        found: Content | None = self._connection.scalar(select(trash.c.content).where(trash.c.id == trash_id))
        if found is None:
            raise LookupError(trash_id)
        return found

    def original(self, sha256: str) -> bytes:
        """Return original bytes by their digest. Raises LookupError."""
        data: bytes | None = self._connection.scalar(select(blobs.c.data).where(blobs.c.sha256 == sha256))
        if data is None:
            raise LookupError(sha256)
        return data

    def remove(self, ids: Iterable[str]) -> None:
        """Take things out, and the originals that nothing else holds."""
        for chunk in chunks(ids):
            gone = select(trash.c.number).where(trash.c.id.in_(chunk))
            held = select(trash_blobs.c.sha256).where(trash_blobs.c.trash_number.in_(gone))
            digests = self._connection.scalars(held).all()
            self._connection.execute(delete(trash).where(trash.c.id.in_(chunk)))
            drop_blobs(self._connection, digests)


def excerpt_ids(connection: Connection) -> frozenset[str]:
    """Return the ids of the excerpts in the trash, those that lie there with their sources included."""
    held = select(trash.c.content).where(trash.c.kind.in_([TrashKind.SOURCE, TrashKind.EXCERPT]))
    contents = connection.scalars(held.execution_options(yield_per=1))
    return frozenset(excerpt.id for content in contents for excerpt in content.excerpts)


def problems(connection: Connection) -> Iterator[str]:
    """Tell what in the trash could not be put back, and originals that nothing holds any more."""
    kept = SqliteTrash(connection)
    for trash_id in connection.scalars(select(trash.c.id).order_by(trash.c.number)).all():
        try:
            content = kept.content(trash_id)
        except UnreadableValueError:
            continue  # told with the other values that cannot be read
        texts = {snapshot.id: snapshot.text for snapshot in content.snapshots}
        for excerpt in content.excerpts if content.source else ():
            if quote_at(texts.get(excerpt.snapshot_id, ""), excerpt.span) != excerpt.quote:
                yield f"trash: the quotation of excerpt {excerpt.id} differs from its source"
    held = select(snapshots.c.sha256).union(select(trash_blobs.c.sha256))
    for sha256 in connection.scalars(select(blobs.c.sha256).where(blobs.c.sha256.not_in(held))):
        yield f"original file {sha256}: no source has it"


def _trashed(row: Row[Any]) -> Trashed:
    return Trashed(**{**row._mapping, "kind": TrashKind(row.kind)})  # noqa: SLF001  (SQLAlchemy's public name)
