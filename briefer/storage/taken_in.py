"""Holds the texts of captures, and all that came in bulk, against what the record has of them from when they came in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

import msgspec
from sqlalchemy import Connection, bindparam, text

from briefer.domain.digests import BULK_IDS, Batch, Thing, as_brought, batch_of, bulk_id, key_of
from briefer.domain.excerpts import Excerpt
from briefer.domain.hashing import text_sha256
from briefer.domain.outside import Altered
from briefer.domain.record import DIGESTS
from briefer.domain.sources import Snapshot, Source
from briefer.storage.ids import chunks

# An entry whose facts cannot be read is told as a break of the chain.
_ALONE = (
    "SELECT snapshots.id, json_extract(what, '$.text_sha256') AS digest FROM snapshots "
    "JOIN sources ON sources.number = snapshots.source_number JOIN record ON record.id = sources.id "
    "WHERE record.kind IN ('import', 'edit') AND CASE WHEN json_valid(what) "
    "THEN json_extract(what, '$.capture') = snapshots.id AND json_type(what, '$.text_sha256') = 'text' ELSE 0 END"
)
_SOME_ALONE = text(f"{_ALONE} AND snapshots.id IN :ids").bindparams(bindparam("ids", expanding=True))
_BATCHES = f"SELECT id, what FROM record WHERE id > '{BULK_IDS}' AND id <= ? ORDER BY id DESC LIMIT ?"  # noqa: S608
_ALL = (f"{BULK_IDS}~", -1)
_TEXTS = (
    "SELECT snapshots.id, snapshots.text, sources.id AS source, sources.title FROM snapshots "
    "JOIN sources ON sources.number = snapshots.source_number ORDER BY snapshots.id"
)


def altered(connection: Connection, texts: Mapping[str, str]) -> frozenset[str]:
    """Return which captures, given with their texts by id, came in with other texts; of some the record does not tell."""
    alone: dict[str, str] = {}
    for chunk in chunks(texts):
        alone.update((row.id, row.digest) for row in connection.execute(_SOME_ALONE, {"ids": list(chunk)}))
    found = {id_ for id_, digest in alone.items() if text_sha256(texts[id_]) != digest}
    nearest: dict[str, Batch | None] = {}
    for id_ in sorted(texts.keys() - alone.keys()):
        (key, batch) = _nearest(connection, id_, nearest)
        nearest[key] = batch
        if batch and batch.covers(id_) and not batch.has(id_, texts[id_]):
            found.add(id_)
    if found - alone.keys():
        # Where a clock was set back, ids of several imports lie among each other.
        every = _batches(connection)
        found = {i for i in found if i in alone or not any(batch.has(i, texts[i]) for batch in every)}
    return frozenset(found)


def not_as_brought(connection: Connection, things: Iterable[Source | Snapshot | Excerpt]) -> frozenset[str]:
    """Return the keys of those that came in bulk as something else; of some the record does not tell.

    None of the things may have been changed since.
    """
    found: dict[str, bytes] = {}
    nearest: dict[str, Batch | None] = {}
    for thing in things:
        (key, batch) = _nearest(connection, thing.id, nearest)
        nearest[key] = batch
        if batch and batch.states and batch.covers(thing.id) and not batch.brought(as_brought(thing)):
            found[key_of(thing)] = as_brought(thing)
    if found:
        every = Brought(connection)
        found = {key: digest for key, digest in found.items() if not every.has(digest)}
    return frozenset(found)


def not_brought(connection: Connection, things: Iterable[Thing]) -> frozenset[str]:
    """Return the keys of those that came in with no bulk import."""
    alone: dict[str, str] = {}
    nearest: dict[str, Batch | None] = {}
    for whole in map(key_of, things):
        id_ = whole.partition("/")[2]
        (key, batch) = _nearest(connection, id_, nearest)
        nearest[key] = batch
        if batch is None or not batch.covers(id_):
            alone[whole] = id_
    # Where a clock was set back, ids of several imports lie among each other.
    every = _batches(connection) if alone else []
    return frozenset(key for key, id_ in alone.items() if not any(batch.covers(id_) for batch in every))


class Brought:
    """What all bulk imports brought whose entries tell of it."""

    def __init__(self, connection: Connection) -> None:
        self._batches = [batch for batch in _batches(connection) if batch.states]
        self._firsts = [batch.first for batch in self._batches]
        self.count = sum(batch.count for batch in self._batches)
        """Of how many things the entries tell."""

    def covers(self, id_: str) -> bool:
        """Whether a thing of that id came in with them."""
        place = bisect_right(self._firsts, id_)
        return bool(place) and self._batches[place - 1].covers(id_)

    def has(self, digest: bytes, id_: str = "") -> bool:
        """Whether a thing came in that had this `digests.as_brought`; its id tells where it is looked for first."""
        place = bisect_right(self._firsts, id_)
        if place and self._batches[place - 1].brought(digest):
            return True
        # Where a clock was set back, ids of several imports lie among each other.
        return any(batch.brought(digest) for batch in self._batches)


def problems(connection: Connection) -> Iterator[str]:
    """Tell which captures have another text than they came in with."""
    return map(str, outside(connection))


def outside(connection: Connection) -> Iterator[Altered]:
    """Yield the sources of captures that have another text than they came in with."""
    for id_, source, title, changed in _held(connection):
        if changed:
            why = f"the text of its capture {id_} is not the one that was taken in; something else than Briefer has changed it"
            yield Altered("source", source, title, why, text=True)


def uncovered(connection: Connection) -> int:
    """Return how many captures there are of whose texts the record does not tell."""
    return sum(changed is None for *_, changed in _held(connection))


def _held(connection: Connection) -> Iterator[tuple[str, str, str, bool | None]]:
    """Yield each capture, with its source, and whether its text is another; None where the record does not tell."""
    alone = {row.id: row.digest for row in connection.exec_driver_sql(_ALONE)}
    every = _batches(connection)
    firsts = [batch.first for batch in every]
    for row in connection.exec_driver_sql(_TEXTS).yield_per(1):
        changed = None
        if digest := alone.get(row.id):
            changed = text_sha256(str(row.text)) != digest
        elif (place := bisect_right(firsts, row.id)) and every[place - 1].covers(row.id):
            here = every[place - 1]
            changed = not (here.has(row.id, row.text) or any(batch.has(row.id, row.text) for batch in every))
        yield row.id, row.source, row.title, changed


def _nearest(connection: Connection, id_: str, known: Mapping[str, Batch | None]) -> tuple[str, Batch | None]:
    row = connection.exec_driver_sql(_BATCHES, (bulk_id(id_), 1)).one_or_none()
    if row is None:
        return "", None
    return row.id, known[row.id] if row.id in known else _batch(row.id, row.what)


def _batches(connection: Connection) -> list[Batch]:
    rows: Iterable[Batch | None] = (
        _batch(row.id, row.what) for row in connection.exec_driver_sql(_BATCHES, _ALL)
    )
    return sorted(filter(None, rows), key=attrgetter("first"))


def _batch(entry_id: str, what: str) -> Batch | None:
    try:
        facts = msgspec.json.decode(what, type=dict[str, object])
        return batch_of(entry_id, msgspec.convert(facts.get(DIGESTS, {}), dict[str, str]))
    except (TypeError, msgspec.MsgspecError):
        return None
