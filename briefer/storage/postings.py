"""Reads the sets of excerpts by key, and keeps those in memory that were asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import date
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec
from pyroaring import BitMap
from sqlalchemy import Connection, func, select

from briefer.domain import keys as kinds
from briefer.domain.dates import first_day
from briefer.domain.keys import EVERY, MONTH, Frequent
from briefer.domain.tags import TagKind
from briefer.errors import LibraryError
from briefer.storage.bits import decode
from briefer.storage.directly import rows
from briefer.storage.full_text import MOST
from briefer.storage.index_damage import POSTINGS, told_as_damage
from briefer.storage.pages import PageReader
from briefer.storage.posting_writer import FOLDED, STAMP, are_complete, frequent
from briefer.storage.search_index import fact_rows
from briefer.storage.tables import excerpts, loose, meta, postings
from briefer.storage.weighing import Weigher

if TYPE_CHECKING:
    from briefer.storage.columns import Columns, Counts
    from briefer.storage.order import Order

_NOTHING: frozenset[str] = frozenset()
_MOST_KEPT = 4_000
_MOST_LOOKED_UP = 100
_FEW = 8
# When so many excerpts have changed, columns are made anew: of those that changed they know nothing.
_MOST_SINCE = 1_000
# In libraries of so many excerpts, columns are made before they are asked for: the first counts would wait for them.
_LARGE = 50_000
# As text: they run at every keystroke, and SQLAlchemy takes longer to put them together than SQLite to run them.
_CONTAINERS = f'SELECT chunk, "count", bits FROM {postings.name} WHERE "key" = ? ORDER BY chunk'  # noqa: S608  (own names)
_FAMILY = (
    f'SELECT "key", chunk, "count", bits FROM {postings.name} '  # noqa: S608
    'WHERE "key" >= ? AND "key" < ? ORDER BY "key", chunk'
)
_STAMPS = f'SELECT "key", value FROM {meta.name} WHERE "key" IN (?, ?)'  # noqa: S608  (own names)
_LOOSE_SINCE = f"SELECT number, keys FROM {loose.name} WHERE stamp > ?"  # noqa: S608
Loose = Mapping[int, AbstractSet[str]]
GRADE = "grade"
_GRADES = (kinds.RELIABILITY, kinds.CREDIBILITY)
_SINGLE = (kinds.PUBLISHER, kinds.LANGUAGE, kinds.YEAR)


class Postings:
    """The sets of one state of the library. What they return is shared and must not be changed."""

    def __init__(self, stamp: int, frequent_: Frequent, changed: Loose) -> None:
        self.stamp = stamp
        self.frequent = frequent_
        self._loose = changed
        self._changed = BitMap(changed)
        self._by_key = _inverted(changed)
        self._sets: dict[str, BitMap] = {}
        self._families: dict[str, tuple[str, ...]] = {}
        self._by_value: dict[str, dict[str, BitMap]] = {}
        self._months: tuple[list[str], Any] | None = None
        self._newest: tuple[date | None] | None = None
        self._newest_months: tuple[tuple[str, BitMap], ...] | None = None
        self._columns: Columns | None = None
        self._order: Order | None = None
        self._unordered = BitMap()
        self._since_columns = BitMap()
        self._counted = False
        self.reader = PageReader()
        self.weigher = Weigher()
        self.looked_up: dict[str, BitMap] = {}
        self.damaged = False
        """Whether the stored sets cannot be used, and these were made from the excerpts; words have none then."""

    def set(self, connection: Connection, key: str) -> BitMap:
        """Return the numbers of the excerpts that have a key."""
        found = self._sets.get(key)
        if found is None and not self.damaged:
            try:
                return self.stored(connection, key)
            except LibraryError:
                self.read_through(connection)
                found = self._sets.get(key)
        return BitMap() if found is None else found

    def stored(self, connection: Connection, key: str) -> BitMap:
        """Return a set as it is stored, with what is loose. Raises LibraryError ``index-damaged``."""
        with told_as_damage(POSTINGS):
            containers = rows(connection, _CONTAINERS, key)
        return self._keep(key, decode(containers))

    def family(self, connection: Connection, family: str) -> dict[str, BitMap]:
        """Return the sets of all keys of a family, by value; some may be empty."""
        found = self._by_value.get(family)
        if found is None:
            found = self._by_value[family] = self._sets_of(connection, family)
        return found

    def _sets_of(self, connection: Connection, family: str) -> dict[str, BitMap]:
        start = f"{family}:"
        keys = self._families.get(family)
        if keys is None and not self.damaged:
            try:
                keys = self._read_family(connection, family, start)
            except LibraryError:
                self.read_through(connection)
        if keys is None:
            keys = self._families[family] = tuple(sorted(k for k in self._sets if k.startswith(start)))
        return {key[len(start) :]: self.set(connection, key) for key in keys}

    def counts(self, connection: Connection, numbers: BitMap) -> Counts | None:
        """Return how many of some excerpts have each value of the families that are counted; what none has is left out.

        None the first time that it is asked: the sets are turned round then only for whoever goes on asking.
        """
        if self._columns is None:
            if not self._counted:
                self._counted = True
                return None
            self._columns, self._since_columns = self._turned(connection), BitMap()
        if self._order is None and not self.damaged:
            order = _order(connection)
            self._unordered = self.set(connection, EVERY) - order.known
            self._order = order
        found = self._columns.counts(numbers - self._since_columns)
        changed = numbers & self._since_columns
        for number in changed:
            own = [key.partition(":") for key in self._loose[number]]
            facts = {family: value for family, _, value in own}
            own.append((GRADE, "", "".join(facts[family] for family in _GRADES)))
            for family, _, value in own:
                if family in found:
                    found[family][value] = found[family].get(value, 0) + 1
        return {family: dict(sorted(own.items())) for family, own in found.items()} if changed else found

    def prepare(self, connection: Connection) -> None:
        """Make what :meth:`counts` and :meth:`order` are read from while nobody waits for it, if it is worth while."""
        if len(self.set(connection, EVERY)) >= _LARGE:
            self._counted = True
            self.counts(connection, BitMap())

    def order(self, numbers: BitMap) -> Order | None:
        """Return an order that knows some excerpts; None where there is none yet, or where one of them has changed since."""
        return None if self._order is None or numbers.intersect(self._unordered) else self._order

    def _turned(self, connection: Connection) -> Columns:
        from briefer.storage.columns import Columns  # which needs numpy, and that a tenth of a second

        reliable, credible = (self.family(connection, family) for family in _GRADES)
        grades = {r + c: one & other for r, one in reliable.items() for c, other in credible.items()}
        families = {family: self.family(connection, family) for family in (*_SINGLE, *TagKind)}
        every = self.set(connection, EVERY)
        return Columns({**families, GRADE: grades}, every.max() if every else 0)

    def read_through(self, connection: Connection) -> None:
        """Make the sets from the excerpts, for as long as the stored ones are damaged."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, keys in fact_rows(connection):
            for key in keys:
                found[key].append(number)
        self._sets = {key: BitMap(numbers) for key, numbers in found.items()}
        self._families = {}
        self._by_value = {}
        self._columns = self._order = None
        self.frequent = Frequent()
        self.damaged = True

    def _read_family(self, connection: Connection, family: str, start: str) -> tuple[str, ...]:
        names = {key for key in self._by_key if key.startswith(start)}
        with told_as_damage(POSTINGS):
            stored = rows(connection, _FAMILY, start, f"{family};")
        for key, own in groupby(stored, itemgetter(0)):
            containers = [(chunk, count, bits) for _, chunk, count, bits in own]
            names.add(key)
            self._keep(key, decode(containers))
        keys = self._families[family] = tuple(sorted(names))
        return keys

    def keep(self, expression: str, found: BitMap) -> None:
        """Keep what the full-text index has found, until too much is kept."""
        if len(self.looked_up) >= _MOST_LOOKED_UP:
            self.looked_up.clear()
        self.looked_up[expression] = found

    def newest_day(self, connection: Connection) -> date | None:
        """Return the newest date in the library."""
        if self._newest is None:
            published = connection.scalar(select(func.max(excerpts.c.published)))
            self._newest = (first_day(published) if published else None,)
        return self._newest[0]

    def newest_months(self, connection: Connection) -> tuple[tuple[str, BitMap], ...]:
        """Return all months with their excerpts, the newest first."""
        if self._newest_months is None:
            months = self.family(connection, MONTH)
            self._newest_months = tuple(sorted(months.items(), reverse=True, key=itemgetter(0)))
        return self._newest_months

    def months(self, connection: Connection) -> tuple[list[str], Any]:
        """Return all months, and an array (numpy) of each excerpt's place among them by its number."""
        if self._months is None:
            import numpy as np

            family = self.family(connection, MONTH)
            names = sorted(family)
            greatest = max(
                (own.max() for own in (*family.values(), self.set(connection, EVERY)) if own), default=0
            )
            places = np.zeros(greatest + 1, np.uint16)
            for place, name in enumerate(names):
                places[np.frombuffer(family[name].to_array(), np.uint32)] = place
            self._months = names, places
        return self._months

    def after(self, connection: Connection, stamp: int, changed: Loose) -> Postings:
        """Return the sets as they are after excerpts changed."""
        later = Postings(stamp, frequent(connection), {})
        later._loose = {**self._loose, **changed}
        numbers = BitMap(changed)
        later._changed = self._changed | numbers
        added = _inverted(changed)
        later._by_key = dict(self._by_key)
        for key in added.keys() | {key for number in changed for key in self._loose.get(number, ())}:
            later._by_key[key] = _changed(self._by_key.get(key), numbers, added.get(key))
        later._sets = dict(self._sets)
        for key in self._having(numbers) | (added.keys() & self._sets.keys()):
            later._sets[key] = _changed(self._sets[key], numbers, added.get(key))
        # A key may be in memory and in no family: somebody asked for it before anything had it.
        listed = {key for keys in self._families.values() for key in keys}
        new = {key.partition(":")[0] for key in added.keys() - listed}
        later._families = {family: keys for family, keys in self._families.items() if family not in new}
        later._counted = self._counted
        since = self._since_columns | numbers
        if len(since) <= _MOST_SINCE:
            later._columns, later._since_columns = self._columns, since
            later._order, later._unordered = self._order, self._unordered | numbers
        return later

    def _having(self, numbers: BitMap) -> AbstractSet[str]:
        """Return the keys in memory whose sets have one of the numbers."""
        every = self._sets.get(EVERY)
        if every is not None and not every.intersect(numbers):
            return set()  # they are new
        if len(numbers) > _FEW:
            return {key for key, own in self._sets.items() if own.intersect(numbers)}
        return {key for number in numbers for key, own in self._sets.items() if number in own}

    def _keep(self, key: str, stored: BitMap) -> BitMap:
        found = stored
        if self._loose:
            found = (stored - self._changed) | self._by_key.get(key, BitMap())
        if len(self._sets) >= _MOST_KEPT:
            self._sets.clear()
            self._families.clear()
            self._by_value.clear()
        self._sets[key] = found
        return found


class PostingsCache:
    """Keeps the sets that readers asked for, as long as they are up to date."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._latest: Postings | None = None

    def at(self, connection: Connection) -> Postings:
        """Return the sets of the state that a reading transaction sees."""
        stamp, folded = _stamps(connection)
        with self._lock:
            latest = self._latest
            if latest is not None and latest.stamp == stamp:
                return latest
            found = None
            if latest is not None and not latest.damaged and folded <= latest.stamp < stamp:
                with suppress(LibraryError):
                    found = latest.after(connection, stamp, _loose(connection, latest.stamp))
            found = found or fresh(connection)
            if latest is None or latest.stamp < stamp:
                self._latest = found
            return found


def fresh(connection: Connection) -> Postings:
    """Return the sets of the state that a transaction sees, for it alone."""
    try:
        found = as_stored(connection)
        complete = are_complete(connection)
    except LibraryError:
        found, complete = Postings(_stamps(connection)[0], Frequent(), {}), False
    if not complete:
        found.read_through(connection)
    return found


def as_stored(connection: Connection) -> Postings:
    """Return the sets of the state that a transaction sees, whether or not they are complete.

    Raises:
        LibraryError: ``index-damaged``.
    """
    return Postings(_stamps(connection)[0], frequent(connection), _loose(connection))


def _order(connection: Connection) -> Order:
    from briefer.storage.order import Order  # which needs numpy, as columns do

    return Order(connection)


def _stamps(connection: Connection) -> tuple[int, int]:
    kept = rows(connection, _STAMPS, STAMP, FOLDED)
    found = {key: int(value) for key, value in kept if str(value).isdecimal()}
    return found.get(STAMP, 0), found.get(FOLDED, 0)


def _loose(connection: Connection, since: int = -1) -> dict[int, AbstractSet[str]]:
    with told_as_damage(POSTINGS):
        found: dict[int, AbstractSet[str]] = {
            number: frozenset(msgspec.json.decode(str(keys), type=list[str])) if keys else _NOTHING
            for number, keys in rows(connection, _LOOSE_SINCE, since)
        }
    if found and not (min(found) >= 0 and max(found) < MOST):
        raise LibraryError("index-damaged", name=POSTINGS)
    return found


def _changed(before: BitMap | None, gone: BitMap, added: BitMap | None) -> BitMap:
    """Return a set without some numbers and with others; it is large, so that it is not copied without need."""
    if before is None:
        return added or BitMap()
    lost, new = before & gone, added - before if added else BitMap()
    if added:
        lost -= added
    if not lost and not new:
        return before
    found = BitMap(before)
    found -= lost
    found |= new
    return found


def _inverted(changed: Loose) -> dict[str, BitMap]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, keys in changed.items():
        for key in keys:
            found[key].append(number)
    return {key: BitMap(numbers) for key, numbers in found.items()}
