"""Which of the sources that are cited together come from one origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefer.domain.checks.material import Material
from briefer.domain.dates import first_day
from briefer.domain.excerpts import Excerpt
from briefer.domain.similarity import SAME_STORY, likeness
from briefer.domain.sources import Source
from briefer.domain.wires import agency_of

_SOME_DAYS = 3
"""For so long papers take up what an agency has told."""
_FULL = len("2025-12-17")
_LEAST_ALIKE = 120
"""Bytes of a quotation that can tell whether a text is another's."""


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


def origins_of(material: Material, cited: Sequence[tuple[Excerpt, Source]]) -> Origins:
    """Return the origins of citations.

    One is whatever shares a story, an agency within some days, or much the same words, which nobody is quoted with.
    """
    sources = {source.id: source for _, source in cited}
    root = {source_id: source_id for source_id in sources}
    told = ""
    for one, other in combinations(sources.values(), 2):
        first, second = root[one.id], root[other.id]
        if first == second:
            continue
        agency = ""
        if not _is_one_text(one, other, cited):
            agency = _common_agency(material, one, other, cited)
            if not agency:
                continue
        told = told or agency
        root = {i: first if o == second else o for i, o in root.items()}
    return Origins(sources, len(set(root.values())), told)


def _is_one_text(one: Source, other: Source, cited: Sequence[tuple[Excerpt, Source]]) -> bool:
    if one.story and one.story == other.story:
        return True
    if one.wire and one.wire == other.wire and one.published.value == other.published.value is not None:
        return True
    quoted, against = (
        [e.quote for e, source in cited if source.id == own.id and not e.speaker] for own in (one, other)
    )
    pairs = ((a, b) for a in quoted for b in against if min(map(_size, (a, b))) >= _LEAST_ALIKE)
    return any(likeness(a, b) >= SAME_STORY for a, b in pairs)


def _size(text: str) -> int:
    return len(text.encode())


def _common_agency(
    material: Material, one: Source, other: Source, cited: Sequence[tuple[Excerpt, Source]]
) -> str:
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
