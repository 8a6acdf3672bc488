"""What the record tells of each thing: its last state, where it was put, and of what it is a part."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from briefer.domain.digests import BULK_IDS, Thing, has_states, key_of
from briefer.domain.record import DIGESTS, LIBRARY, Act
from briefer.domain.sources import Snapshot
from briefer.storage.ids import chunks
from briefer.storage.tables import record

Key = tuple[str, str]
"""The kind and the id of a thing."""

_AT_ONCE = 1_000
_CHANGING = frozenset({Act.EXCERPT, Act.BRIEF, Act.EDIT, Act.MARKING, Act.WAIVER})
_WANTED = select(*record.c["number", "kind", "subject", "id", "label", "who", "what"]).order_by(
    record.c.number
)
_WHOLE = "0013"
"""The first revision whose new libraries have a state of everything in their record."""
_Row = Row[tuple[int, str, str, str, str, str, str]]


class Thrown(NamedTuple):
    """An entry that tells that a thing was put into the trash; ``seal`` is that of what a brief said then."""

    number: int
    label: str
    who: str
    seal: str


@dataclass
class Recorded:
    """The last states in the record, by kind and id, in which entry each stands, and what became of the things."""

    states: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    entries: dict[Key, int] = field(default_factory=dict)
    reread: dict[str, int] = field(default_factory=dict)
    """The entries that tell of a corrected reading without its state, by the ids of the sources."""
    former: set[Key] = field(default_factory=set)
    """What was changed by a version of Briefer that kept no states."""
    labels: dict[Key, str] = field(default_factory=dict)
    owners: dict[Key, str] = field(default_factory=dict)
    """The sources that excerpts and captures are of, and the briefs that versions are of."""
    made: set[Key] = field(default_factory=set)
    """What came in with an entry of its own."""
    thrown: dict[Key, Thrown] = field(default_factory=dict)
    """What lies in the trash."""
    deleted: dict[Key, int] = field(default_factory=dict)
    """What was deleted for good, with how many things that belonged to it."""
    rescued: int = 0
    """The last entry that tells of a rescue: what the entries before it tell of may be lost."""
    is_whole: bool = False
    """Whether all that is there has to have a state."""

    def is_as_it_came(self, kind: str, id_: str, source_id: str) -> bool:
        """Whether nothing is recorded of a thing, of which it is given from which source it is."""
        reread = kind == "reading" and source_id in self.reread
        return id_ not in self.states[kind] and (kind, id_) not in self.former and not reread

    def state(self, thing: Thing) -> str | None:
        """Return the last state of a thing, None where there is none, or it was changed since without one."""
        kind, _, id_ = key_of(thing).partition("/")
        state = self.states[kind].get(id_)
        if isinstance(thing, Snapshot) and state is not None:
            return state if self.reread.get(thing.source_id, 0) < self.entries[kind, id_] else None
        return state

    def is_gone(self, key: Key) -> bool:
        """Whether a thing was deleted for good, by itself or with what it belonged to."""
        kind, id_ = key
        owner = ("brief" if kind == "version" else "source", self.owners.get(key, ""))
        return bool(self.deleted.keys() & {key, owner}) or (
            kind == "reading" and ("capture", id_) in self.deleted
        )

    def take(self, row: _Row) -> None:
        facts = json.loads(row.what)
        found = facts.get(DIGESTS)
        if isinstance(found, dict):
            for key, state in found.items():
                kind, _, id_ = key.partition("/")
                self.states[kind][id_] = state
                self.entries[kind, id_] = row.number
                self.deleted.pop((kind, id_), None)
                if kind in {"reading", "version"}:
                    self.owners[kind, id_] = row.id
        elif row.kind in _CHANGING:
            # A version of Briefer that kept no states has changed it.
            self.states[row.subject].pop(row.id, None)
            self.former.add((row.subject, row.id))
            self.is_whole = self.is_whole and not row.id
            if row.subject == "term" and not row.id:
                self.states[row.subject].clear()
            if "reading" in facts:
                self.reread[row.id] = row.number
        self._follow(row, facts)

    def _follow(self, row: _Row, facts: dict[str, Any]) -> None:
        """Take up what became of the thing that an entry is about."""
        key = (row.subject, row.id)
        self.labels[key] = row.label
        match row.kind:
            case Act.STARTED if facts.get("rescued") is True:
                self.rescued, self.is_whole = row.number, False
            case Act.STARTED:
                self.is_whole = facts.get("new") is True and str(facts.get("revision", "")) >= _WHOLE
            case Act.IMPORT if row.id.startswith(BULK_IDS):
                self.is_whole = self.is_whole and has_states(facts.get(DIGESTS, {}))
            case Act.IMPORT | Act.EXCERPT:
                self.made |= {key, ("reading", str(facts.get("capture", "")))}
                if row.kind == Act.EXCERPT:
                    self.owners[key] = str(facts.get("source", ""))
            case Act.TRASH:
                seal = facts.get(DIGESTS, {}).get(f"seal/{row.id}", "")
                self.thrown[key] = Thrown(row.number, row.label, row.who, seal)
            case Act.RESTORE:
                self.thrown.pop(key, None)
            case Act.DELETION:
                self.thrown.pop(key, None)
                self.deleted[key] = sum(n for n in facts.values() if type(n) is int)


def whole_record(connection: Connection) -> Recorded:
    """Return what all of the record tells."""
    return _taken(Recorded(), connection.execute(_WANTED.execution_options(yield_per=_AT_ONCE)))


def record_of(connection: Connection, ids: Iterable[str]) -> Recorded:
    """Return what the entries with these ids tell, and those on how the library began."""
    begun = record.c.kind == Act.STARTED.value
    found = _taken(Recorded(), connection.execute(_WANTED.where(record.c.id == LIBRARY.id, begun)))
    for chunk in chunks(ids):
        _taken(found, connection.execute(_WANTED.where(record.c.id.in_(chunk), ~begun)))
    return found


def _taken(found: Recorded, rows: Iterable[_Row]) -> Recorded:
    for row in rows:
        try:
            found.take(row)
        except (ValueError, AttributeError, RecursionError):
            continue  # the chain is broken there, which is told
    return found
