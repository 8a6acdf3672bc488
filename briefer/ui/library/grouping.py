"""The list in groups: by source, by publisher, by partner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from briefer.domain.queries import Field, Match, Node, Not, both
from briefer.domain.results import Sort

if TYPE_CHECKING:
    from briefer.services.desk import Desk

MOST_BY_SOURCE = 2_000
"""Up to so many excerpts are grouped by source: there may be as many groups as excerpts."""


class Grouping(StrEnum):
    """What the excerpts of a list are grouped by."""

    NONE = "none"
    SOURCE = "source"
    PUBLISHER = "publisher"
    PARTNER = "partner"


@dataclass(frozen=True)
class Grouped:
    """A group before it has its label: the value that its excerpts share (of a source, its title)."""

    value: str | None
    count: int
    query: Node


def grouped(desk: Desk, query: Node, total: int, by: Grouping, sort: Sort) -> tuple[Grouped, ...] | None:
    """Part the hits of a query (on a worker's thread), the largest group first; sources in the list's order.

    None where they are not to be grouped, or too many for groups by source. An excerpt with several partners is in
    several groups; those that have none come last.
    """
    if by is Grouping.NONE or (by is Grouping.SOURCE and total > MOST_BY_SOURCE):
        return None
    if by is Grouping.SOURCE:
        return _by_source(desk, query, total, sort)
    facets = desk.find.facets(query)
    if by is Grouping.PUBLISHER:
        counts = facets.publisher
        return tuple(
            Grouped(name, counts[name], both(query, Match(Field.PUBLISHER, f"={name}")))
            for name in sorted(counts, key=lambda name: (-counts[name], name))
        )
    counts = facets.partner
    groups = [
        Grouped(key, counts[key], both(query, Match(Field.PARTNER, key)))
        for key in sorted(counts, key=lambda key: (-counts[key], key))
    ]
    others = both(query, Not(Match(Field.PARTNER, "")))
    rest = desk.find.excerpts(others, limit=0).total
    return (*groups, *([Grouped(None, rest, others)] if rest else []))


def _by_source(desk: Desk, query: Node, total: int, sort: Sort) -> tuple[Grouped, ...]:
    counts: dict[str, int] = {}
    titles: dict[str, str] = {}
    for hit in desk.find.excerpts(query, limit=total, sort=sort).hits:
        counts[hit.source.id] = counts.get(hit.source.id, 0) + 1
        titles[hit.source.id] = hit.source.title
    return tuple(Grouped(titles[i], counts[i], both(query, Match(Field.SOURCE, i))) for i in counts)
