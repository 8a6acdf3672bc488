"""What a query finds by partner, risk and month: counts from the sets, live on the query."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap
from sqlalchemy import Connection

from briefer.domain import keys
from briefer.domain.results import CoverageCell, Month
from briefer.domain.tags import Role, TagKind
from briefer.services.stopping import Stop
from briefer.storage.directly import rows
from briefer.storage.hits import Hits
from briefer.storage.pages import listed
from briefer.storage.tables import excerpts

_Counts = NDArray[np.int64]
# CROSS, so that SQLite looks the few up and does not run through all.
_DATED = (
    f"SELECT excerpt.number, excerpt.published FROM json_each(?) AS wanted "  # noqa: S608  (own names)
    f"CROSS JOIN {excerpts.name} AS excerpt ON excerpt.number = wanted.value"
)


def coverage(hits: Hits, stop: Stop) -> tuple[CoverageCell, ...]:
    """Return the counts of hits that bear a partner and a risk, by month; pairs with none are left out.

    A place counts in whatever role it plays but that of the venue: where a thing was said is not what it is
    about. Raises StoppedError.
    """
    months, of_month = hits.finder.months()
    risks = hits.finder.family(TagKind.RISK)
    found: list[tuple[str, str, BitMap, _Counts]] = []
    for partner, own in sorted(_places(hits).items()):
        stop.go_on()
        there = own if hits.everything else own & hits.numbers
        if not there:
            continue
        for risk in sorted(risks):
            both = there & risks[risk]
            if both:
                counts = np.bincount(of_month[_array(both)], minlength=len(months))
                found.append((partner, risk, both, counts))
    newest = _newest(hits, [(both, months[int(counts.nonzero()[0][-1])]) for *_, both, counts in found])
    return tuple(
        CoverageCell(partner, risk, len(both), day or None, _by_month(months, counts))
        for (partner, risk, both, counts), day in zip(found, newest, strict=True)
    )


# The same few counts come again and again, and a coverage has a hundred thousand of them.
_month = lru_cache(maxsize=1 << 17)(Month)


def _places(hits: Hits) -> dict[str, BitMap]:
    places: defaultdict[str, list[BitMap]] = defaultdict(list)
    for value, own in hits.finder.family(keys.ROLE).items():
        place, _, role = value.rpartition("/")
        if role != Role.VENUE:
            places[place].append(own)
    return {place: BitMap.union(*sets) for place, sets in places.items()}


def _by_month(months: list[str], counts: _Counts) -> tuple[Month, ...]:
    places = counts.nonzero()[0]
    return tuple(map(_month, [months[place] for place in places.tolist()], counts[places].tolist()))


def _newest(hits: Hits, cells: list[tuple[BitMap, str]]) -> list[str]:
    """Return the newest date of each cell, given its excerpts and its newest month."""
    of_months = hits.finder.family(keys.MONTH)
    last = [both & of_months[month] for both, month in cells]
    dated = _dates(hits.connection, BitMap.union(*last)) if last else {}
    return [max(dated[number] for number in numbers) for numbers in last]


def _dates(connection: Connection, numbers: BitMap) -> dict[int, str]:
    return dict(rows(connection, _DATED, listed(numbers)))


def _array(numbers: BitMap) -> NDArray[np.uint32]:
    return np.frombuffer(numbers.to_array(), np.uint32)
