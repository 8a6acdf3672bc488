"""Which of the sources that are cited together come from one origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefer.domain.checks.material import Material
from briefer.domain.dates import first_day
from briefer.domain.origins import Cited, origins
from briefer.domain.sources import Source
from briefer.domain.wires import agency_of

_SOME_DAYS = 3
"""For so long papers take up what an agency has told."""
_FULL = len("2025-12-17")


@dataclass(frozen=True)
class Origins:
    """The sources of some citations, by id; ``count`` is how many origins they have, ``agency`` whose they are by days alone."""

    sources: Mapping[str, Source]
    count: int
    agency: str = ""

    @property
    def are_one(self) -> bool:
        """Whether several sources have one origin."""
        return self.count == 1 and len(self.sources) > 1


def origins_of(material: Material, cited: Cited) -> Origins:
    """Return the origins of citations; here one is also what an agency told within some days."""
    told: list[str] = []

    def have_one_agency(one: Source, other: Source) -> bool:
        agency = _common_agency(material, one, other, cited)
        told.extend(filter(None, [agency]))
        return bool(agency)

    found = origins(cited, also=have_one_agency)
    return Origins({source.id: source for _, source in cited}, len(set(found.values())), *told[:1])


def _common_agency(material: Material, one: Source, other: Source, cited: Cited) -> str:
    """Return the agency that two sources come from, of days that lie near one another; empty where there is none."""
    days = [source.published.value or "" for source in (one, other)]
    if not all(len(day) == _FULL for day in days):
        return ""
    apart = abs((first_day(days[0]) - first_day(days[1])).days)
    if apart > _SOME_DAYS:
        return ""
    first, second = (
        agency_of(own, material.agencies)
        or next(filter(None, (material.credit(e) for e, s in cited if s.id == own.id)), "")
        for own in (one, other)
    )
    return first if first.casefold() == second.casefold() else ""
