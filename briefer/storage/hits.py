"""The excerpts that match a query: found once, then counted, ordered and grouped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec
from pyroaring import BitMap
from sqlalchemy import ColumnElement, Connection, Select, column, func, select

from briefer.domain.queries import Node
from briefer.storage.directly import rows, value
from briefer.storage.finding import Finder
from briefer.storage.pages import listed
from briefer.storage.tables import excerpts

_FEW = 2_000
# What it costs to look an excerpt up by its number, against passing by one in an index, in any unit.
_LOOK_UP, _PASS_BY = 4, 1

# Sources of more hits are not counted: it would take longer than all the rest of a page.
_MOST_OWNED = 200
_AT_ONCE = 200
# So many are sorted whatever months they are of: to count them by month takes longer.
_MOST_SORTED = 200
# The same where their order is in memory.
_MOST_SORTED_IN_MEMORY = 20_000

# As text: SQLAlchemy takes longer to put these together than SQLite to run them. CROSS, so that SQLite looks the few
# up and does not run through all.
_WANTED = f"FROM json_each(?) AS wanted CROSS JOIN {excerpts.name} AS e ON e.number = wanted.value"
# SQLite would read the rows, which are eight times as wide.
_NARROW = f"FROM json_each(?) AS wanted CROSS JOIN {excerpts.name} AS e INDEXED BY ix_excerpts_dates ON e.number = wanted.value"
_IDS = f"SELECT e.id {_WANTED} ORDER BY wanted.key"
_OWNERS = f"SELECT count(DISTINCT e.source_number) {_NARROW}"
_SORTED = (
    f"SELECT e.number, e.source_number {_NARROW} ORDER BY e.published DESC, e.created_at DESC, e.number DESC"
)
_DATES = f"SELECT e.number, e.source_number, e.published {_NARROW}"
_OF_MONTH = (
    f"SELECT number FROM {excerpts.name} WHERE published BETWEEN ? AND ? "  # noqa: S608  (own names)
    "ORDER BY published DESC, created_at DESC, number DESC"
)
NEWEST = (excerpts.c.published.desc(), excerpts.c.created_at.desc(), excerpts.c.number.desc())


@dataclass(frozen=True, eq=False)
class Hits:
    """The numbers of the excerpts that match a query."""

    connection: Connection
    finder: Finder
    query: Node
    numbers: BitMap
    owners: dict[int, int] = field(default_factory=dict)
    """The sources, by their numbers, of those hits that have been read."""
    inside: set[int] = field(default_factory=set)
    """Those hits of which ranking has seen that quotation or translation have all of the query's words."""

    @classmethod
    def of(cls, connection: Connection, finder: Finder, query: Node) -> Hits:
        """Find what matches ``query``."""
        return cls(connection, finder, query, finder.find(query))

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return len(self.numbers)

    @property
    def everything(self) -> bool:
        """Whether every excerpt is a hit."""
        return self.total == len(self.finder.every())

    def newest(self, limit: int, offset: int = 0, among: BitMap | None = None) -> list[int]:
        """Return the numbers of a page, by date of publication and then of making; of all hits or of some."""
        wanted = self.numbers if among is None else among
        if len(wanted) <= self._most_sorted:
            return self._sorted(wanted, offset + limit)[offset : offset + limit]
        chosen: list[tuple[str, BitMap, int]] = []
        found = 0
        for month, of_month in self._months:
            count = wanted.intersection_cardinality(of_month)
            if not chosen and offset >= count:
                offset -= count
            elif count:
                chosen.append((month, of_month, count))
                found += count
            if found >= offset + limit:
                break
        return self._in_order(chosen, wanted, offset + limit)[offset : offset + limit]

    def newest_among(self, wanted: BitMap, limit: int) -> BitMap:
        """Return the newest of some hits, which are not put in order."""
        if len(wanted) <= limit:
            return wanted
        if len(wanted) <= self._most_sorted:
            return BitMap(self._sorted(wanted, limit)[:limit])
        found = BitMap()
        for month, of_month in self._months:
            here = wanted & of_month
            count, need = len(here), limit - len(found)
            if count > need:
                found.update(self._in_order([(month, of_month, count)], here, need)[:need])
                break
            found |= here
        return found

    def dates(self, some: BitMap) -> list[tuple[int, str]]:
        """Return some hits with their dates of publication, in any order."""
        if order := self.finder.order(some):
            return order.dates(some)
        found = rows(self.connection, _DATES, listed(some))
        self.owners.update([(number, source) for number, source, _ in found])
        return [(number, published) for number, _, published in found]

    def page(self, parts: Iterable[BitMap], limit: int, offset: int) -> list[int]:
        """Return a page of hits that come in parts, the newest of a part first."""
        taken: list[int] = []
        for part in parts:
            count = len(part)
            if offset >= count:
                offset -= count
                continue
            taken += self.newest(limit - len(taken), offset, part)
            offset = 0
            if len(taken) >= limit:
                break
        return taken

    def ids(self, numbers: Sequence[int]) -> list[str]:
        """Return the ids of excerpts, in the order of their numbers here."""
        return [i for (i,) in rows(self.connection, _IDS, listed(numbers))]

    def all_ids(self) -> list[str]:
        """Return all ids, newest first."""
        # One JSON text instead of a row an id: twice as fast.
        own = self.only(select(excerpts.c.id), excerpts.c.number).order_by(*NEWEST).subquery()
        packed = self.connection.scalar(select(func.json_group_array(own.c.id)))
        return msgspec.json.decode(packed or "[]", type=list[str])

    def only(self, wanted: Select[Any], number: ColumnElement[int]) -> Select[Any]:
        """Restrict a query to the hits, by its column of excerpt numbers.

        Few hits are looked up one by one. With many it is several times as fast to run through an index in
        order and to test each row; ``+ 0`` keeps SQLite, which cannot know their number, from looking up.
        """
        if self.everything:
            return wanted
        tested = number if self.total <= _FEW else number + 0
        return wanted.where(tested.in_(among(self.numbers)))

    def source_count(self) -> int | None:
        """Return the number of sources that the hits come from, None where they are too many to count at once."""
        if self.total > _MOST_OWNED:
            return None
        if order := self.finder.order(self.numbers):
            return order.source_count(self.numbers)
        if len(self.owners) == self.total:
            return len(set(self.owners.values()))
        return int(value(self.connection, _OWNERS, listed(self.numbers)) or 0)

    @cached_property
    def _most_sorted(self) -> int:
        return _MOST_SORTED_IN_MEMORY if self.finder.order(self.numbers) else _MOST_SORTED

    @property
    def _months(self) -> Sequence[tuple[str, BitMap]]:
        return self.finder.newest_months()

    def _in_order(self, months: list[tuple[str, BitMap, int]], wanted: BitMap, need: int) -> list[int]:
        """Return the first hits of some months; what comes after ``need`` may be left out."""
        in_memory = self.finder.order(wanted) is not None
        ordered: list[int] = []
        together = BitMap()
        for month, of_month, count in months:
            passing_by = min(need * len(of_month) // count, len(of_month)) * _PASS_BY
            if in_memory or count * _LOOK_UP <= passing_by:
                together |= wanted & of_month
                continue
            ordered += self._sorted(together, need)
            together = BitMap()
            ordered += self._passed_by(month, wanted, need - len(ordered))
        return ordered + self._sorted(together, need)

    def _sorted(self, numbers: BitMap, most: int) -> list[int]:
        """Return some hits in order, of which what comes after the first ``most`` may be left out."""
        if not numbers:
            return []
        if order := self.finder.order(numbers):
            return order.newest(numbers, most)
        found = rows(self.connection, _SORTED, listed(numbers))
        self.owners.update(found)
        return [number for number, _ in found]

    def _passed_by(self, month: str, wanted: BitMap, need: int) -> list[int]:
        # A date in the set of a year alone, or of no year, is just that.
        last = f"{month}\U0010ffff" if "-" in month else month
        found: list[int] = []
        passed = self.connection.exec_driver_sql(_OF_MONTH, (month, last))
        while len(found) < need and (some := passed.fetchmany(_AT_ONCE)):
            found += [number for (number,) in some if number in wanted]
        passed.close()
        return found[:need]


def among(numbers: BitMap) -> Any:
    """Return numbers as a table for ``IN``, however many."""
    return select(column("value")).select_from(func.json_each(listed(numbers)).table_valued("value"))
