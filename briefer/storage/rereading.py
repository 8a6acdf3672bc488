"""Readings that are lost: which texts have none, and reading them anew from what was captured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy import Connection, select, update

from briefer.domain.digests import with_states
from briefer.domain.readings import paragraphs
from briefer.domain.record import Act, Draft, Subject
from briefer.domain.sources import Capture, Reading, Snapshot
from briefer.errors import KnownError
from briefer.services.ports import Taken
from briefer.storage.library import SqliteLibrary, SqliteUnitOfWork
from briefer.storage.snapshots import unread
from briefer.storage.tables import excerpts

Reread = Callable[[Taken], Iterable[Capture]]
"""Makes captures of a file, and nothing of one that cannot be read."""


def read_anew(library: SqliteLibrary, reread: Reread) -> Iterator[str]:
    """Give the texts that have no reading another one, and yield what is to be told of each, in English.

    It is read from the original where that gives the same text, else every paragraph of the text counts as the article's.
    """
    with library.read() as work:
        lost = list(unread(_connection(work)))
    for snapshot_id, title in lost:
        with library.write() as work:
            snapshot = work.sources.snapshot_of(snapshot_id)
            if snapshot is None:
                continue
            reading = _from_original(snapshot, work.sources.original(snapshot_id), reread)
            work.sources.update_reading(snapshot_id, reading or paragraphs(snapshot.text))
            _renumber(work, snapshot_id)
            _record(work, snapshot_id, title)
        how = "from its original" if reading else "from its text: what is not the article is part of it now"
        yield f"sources: “{title}”: which of its lines are the article is lost, and was read anew {how}"


def _record(work: SqliteUnitOfWork, snapshot_id: str, title: str) -> None:
    """Record the reading that there is now, where the record has not lost its end."""
    snapshot = work.sources.snapshot_of(snapshot_id)
    assert snapshot is not None
    about, facts = Subject("source", snapshot.source_id, title), with_states({"reading": []}, snapshot)
    work.record.add_if_it_ends(Draft(datetime.now(UTC), "", Act.EDIT, about, facts))


def _from_original(snapshot: Snapshot, original: bytes, reread: Reread) -> Reading | None:
    with suppress(KnownError):
        for capture in reread(Taken(snapshot.file_name, original, snapshot.captured_at)):
            if capture.text == snapshot.text:
                return capture.reading
    return None


def _renumber(work: SqliteUnitOfWork, snapshot_id: str) -> None:
    """Store the numbers of the paragraphs in which the excerpts now stand."""
    snapshot, connection = work.sources.snapshot_of(snapshot_id), _connection(work)
    assert snapshot is not None
    wanted = select(excerpts.c.id).where(excerpts.c.snapshot_id == snapshot_id)
    for excerpt in work.excerpts.get_many(connection.scalars(wanted).all()).values():
        number = next((s.number for s in snapshot.reading.at(excerpt.span) if s.number is not None), None)
        placed = update(excerpts).where(excerpts.c.id == excerpt.id).values(paragraph=number)
        connection.execute(placed)


def _connection(work: SqliteUnitOfWork) -> Connection:
    return work._connection  # noqa: SLF001  (of this package)
