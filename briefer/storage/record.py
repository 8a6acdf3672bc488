"""The record of a library: a table that is only added to, and its end in ``meta``."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, insert, inspect, select
from sqlalchemy.dialects.sqlite import insert as upsert

from briefer.domain.digests import Thing, with_states
from briefer.domain.outside import Missing
from briefer.domain.record import (
    DIGESTS,
    LIBRARY,
    START,
    Act,
    Break,
    Draft,
    Entry,
    Facts,
    Head,
    first_break,
    head_after,
    sealed,
    written_time,
)
from briefer.domain.tags import Term
from briefer.services.ports import Progress
from briefer.storage import inventory, states, taken_in
from briefer.storage.cipher import Key
from briefer.storage.engine import Access, disposing, new_engine, transaction
from briefer.storage.ids import chunks
from briefer.storage.tables import briefs, excerpts, meta, record, sources

_HEAD = "record"
_NUMBERS = "SELECT json_group_array(number) FROM (SELECT number FROM record {where} ORDER BY number DESC)"
# LIKE tells no great from small letters, as far as they are ASCII.
_LIKE = "label || char(10) || who || char(10) || {} || char(10) || id LIKE ? ESCAPE '\\'"
# Digests are not read by people: what has the words is looked at again without them.
_HAS = (_LIKE.format("what"), _LIKE.format(f"iif(json_valid(what), json_remove(what, '$.{DIGESTS}'), what)"))
_WILD = re.compile(r"[%_\\]")
_ESCAPED = r"\\\g<0>"
_AT_ONCE = 1_000


class SqliteRecord:
    """The record, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, drafts: Sequence[Draft]) -> None:
        """Put entries at the end of the chain, in the order given."""
        if not drafts:
            return
        head = self.head()
        rows = []
        for draft in drafts:
            entry = sealed(draft, head)
            head = head_after(entry)
            rows.append({column.name: getattr(entry, column.name) for column in record.c})
        self._connection.execute(insert(record), rows)
        noted = upsert(meta).values(key=_HEAD, value=f"{head.count} {head.hash}")
        self._connection.execute(
            noted.on_conflict_do_update(index_elements=["key"], set_={"value": noted.excluded.value})
        )

    def add_if_it_ends(self, draft: Draft) -> None:
        """Put an entry at the end of the chain, where the record has not lost its end."""
        last = max(self.numbers(), default=0)
        if last and self.head().count == last:
            self.add([draft])

    def head(self) -> Head:
        """Return the end of the chain, as it was noted."""
        return _head(self._connection.scalar(select(meta.c.value).where(meta.c.key == _HEAD)))

    def break_near_end(self, most: int) -> Break | None:
        """Return where the chain is broken among its last entries, or that it has not as many as it had; None where it holds."""
        head = self.head()
        count = self._connection.scalar(select(func.count()).select_from(record)) or 0
        wanted = select(record).order_by(record.c.number.desc()).limit(most)
        entries = [Entry(*row) for row in self._connection.execute(wanted)][::-1]
        before = Head(entries[0].number - 1, entries[0].before) if count > most else START
        found = first_break(entries, head, before)
        return found or (
            None
            if count == head.count
            else Break(count, f"there are {count} entries, and had been {head.count}")
        )

    def numbers(self, kinds: Sequence[Act] = (), text: str = "") -> tuple[int, ...]:
        """Return the numbers of the entries of some kinds (all where none is named) that have a text, latest first."""
        conditions, values = [], []
        if kinds:
            conditions.append(f"kind IN ({', '.join('?' * len(kinds))})")
            values += [kind.value for kind in kinds]
        for word in text.split():
            conditions += _HAS
            values += [f"%{_WILD.sub(_ESCAPED, word)}%"] * 2
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        # As one value: to hand over a hundred thousand rows takes longer than to find them.
        found = self._connection.exec_driver_sql(_NUMBERS.format(where=where), tuple(values)).scalar()
        return msgspec.json.decode(found or "[]", type=tuple[int, ...])

    def entries(self, numbers: Sequence[int]) -> tuple[Entry, ...]:
        """Return the entries of these numbers, the first first."""
        found: list[Entry] = []
        for chunk in chunks(sorted(numbers)):
            wanted = select(record).where(record.c.number.in_(chunk)).order_by(record.c.number)
            found += (Entry(*row) for row in self._connection.execute(wanted))
        return tuple(found)

    def of(self, subject_id: str) -> tuple[Entry, ...]:
        """Return the entries about one thing, the first first."""
        wanted = select(record).where(record.c.id == subject_id).order_by(record.c.number)
        return tuple(Entry(*row) for row in self._connection.execute(wanted))

    def edits(self, subject_ids: Sequence[str], since: datetime) -> tuple[Entry, ...]:
        """Return the entries that tell of edits of these things, later than ``since``, the first first."""
        later = record.c.at > written_time(since)
        found: list[Entry] = []
        for chunk in chunks(subject_ids):
            wanted = select(record).where(record.c.id.in_(chunk), record.c.kind == Act.EDIT.value, later)
            found += (Entry(*row) for row in self._connection.execute(wanted))
        return tuple(sorted(found, key=lambda entry: entry.number))

    def altered(self, texts: Mapping[str, str]) -> frozenset[str]:
        """Return which captures, given with their texts by id, came in with other texts, as far as the record tells."""
        return taken_in.altered(self._connection, texts)

    def restated(self, things: Iterable[Thing]) -> frozenset[str]:
        """Return the keys of those that are not as they were stored last, as far as the record tells."""
        return states.altered(self._connection, things)

    def missing(self) -> tuple[Missing, ...]:
        """Return what the record knows and is neither in the library nor in the trash, nor was deleted for good."""
        return inventory.missing(self._connection)

    def all(self, progress: Progress | None = None) -> Iterator[Entry]:
        """Yield every entry, the first first."""
        count = self._connection.scalar(select(func.count()).select_from(record)) or 0
        wanted = select(record).order_by(record.c.number).execution_options(yield_per=_AT_ONCE)
        for done, row in enumerate(self._connection.execute(wanted)):
            if progress and done % _AT_ONCE == 0:
                progress(done, count, "record")
            yield Entry(*row)


def begin(connection: Connection, who: str, revision: str, terms: Sequence[Term]) -> None:
    """Begin the record of a new library, with the vocabulary that it comes with."""
    _say(connection, who, Act.STARTED, with_states({"revision": revision, "new": True}, *terms))


def upgraded(connection: Connection, who: str, before: str, after: str) -> None:
    """Record that a library was brought to another revision; one that had no record yet begins it here."""
    if SqliteRecord(connection).head() == START:
        _say(connection, who, Act.STARTED, {"revision": before, "new": False, **_counts(connection)})
    _say(connection, who, Act.UPGRADE, {"from": before, "to": after})


def note_in(file: Path, key: Key | None, draft: Draft) -> None:
    """Put an entry into the record of a library that nothing has open, if its schema has one."""
    with (
        disposing(new_engine(file, Access(key=key))) as engine,
        transaction(engine, write=True) as connection,
    ):
        if inspect(connection).has_table(record.name):
            SqliteRecord(connection).add([draft])


def first_hash(connection: sqlite3.Connection) -> str:
    """Return the hash of the first entry, which tells a library and its copies from others; nothing where there is none."""
    row = connection.execute("SELECT hash FROM record WHERE number = 1").fetchone()
    return str(row[0]) if row else ""


def noted_head(connection: sqlite3.Connection) -> Head:
    """Return the end of the chain as a library has noted it; the start where it has none."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_HEAD,)).fetchone()
    return _head(row[0] if row else None)


def problems(connection: Connection) -> Iterator[str]:
    """Tell where the chain is broken, if it is."""
    kept = SqliteRecord(connection)
    found = first_break(kept.all(), kept.head())
    if found:
        yield f"record: broken at entry {found.number}: {found.why}"


def other_titles(connection: Connection) -> Iterator[str]:
    """Tell of sources and briefs that have another title than the record: it was not Briefer that changed it.

    Of what came in bulk there is no entry of its own, until it is edited.
    """
    for table in (sources, briefs):
        kind = table.name.removesuffix("s")
        # Of an export it is the title of the version that left.
        own = (record.c.subject == kind) & (record.c.kind != Act.EXPORT)
        latest = select(func.max(record.c.number)).where(own).group_by(record.c.id)
        named = select(record.c.id, record.c.label, table.c.title).join_from(
            record, table, table.c.id == record.c.id
        )
        for row in connection.execute(
            named.where(record.c.number.in_(latest), record.c.label != table.c.title)
        ):
            yield f"{kind} {row.id}: its title was “{row.label}” when it was recorded, and something else than Briefer has made it “{row.title}”"


def _head(noted: str | None) -> Head:
    count, _, last = (noted or "").partition(" ")
    return Head(int(count), last) if count.isdecimal() else START


def _say(connection: Connection, who: str, act: Act, facts: Facts) -> None:
    SqliteRecord(connection).add([Draft(datetime.now(UTC), who, act, LIBRARY, facts)])


def _counts(connection: Connection) -> Facts:
    """Return how much was there before anything was recorded."""
    return {
        t.name: connection.scalar(select(func.count()).select_from(t)) for t in (sources, excerpts, briefs)
    }
