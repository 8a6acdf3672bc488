"""The least marking that a brief must bear: the highest of what is in it.

Schemes do not compare with one another: where portions are marked by two of them, no floor can be told, and the brief
is refused with the portions named. The rule is that of the marking standards themselves (UK Government Security
Classifications Policy; US 32 CFR 2001.21: the overall marking is the highest of any portion).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefer.domain.markings import MarkingLevel, MarkingScheme, level_of


@dataclass(frozen=True)
class Portion:
    """A part of a brief with a marking of its own: ``what`` names it for people, ``block`` is its block's id."""

    marking: str
    what: str
    block: str = ""


@dataclass(frozen=True)
class Floor:
    """The least marking: its scheme and level, and the portions that it comes from."""

    scheme: MarkingScheme
    level: MarkingLevel
    portions: tuple[Portion, ...]

    @property
    def marking(self) -> str:
        """The marking as a brief bears it: ``scheme/level``."""
        return f"{self.scheme.id}/{self.level.id}"


@dataclass(frozen=True)
class Mixed:
    """Portions that are marked by schemes which do not compare, or by none that is known."""

    portions: tuple[Portion, ...]


def floor(portions: Iterable[Portion], schemes: tuple[MarkingScheme, ...]) -> Floor | Mixed | None:
    """Return the least marking for what holds ``portions``; None where none of them is marked.

    A label that several schemes have (SECRET) counts as of the one scheme that the other portions are of.
    """
    marked = [portion for portion in portions if portion.marking.strip()]
    if not marked:
        return None
    found = [level_of(portion.marking, schemes) for portion in marked]
    owners = list({one[0].id: one[0] for one in found if one}.values())
    if len(owners) != 1:
        return Mixed(tuple(marked))
    levels = [level_in(owners[0], portion.marking) for portion in marked]
    known = [(portion, level) for portion, level in zip(marked, levels, strict=True) if level]
    if len(known) < len(marked):
        return Mixed(tuple(marked))
    highest = max((level for _, level in known), key=lambda level: level.rank)
    return Floor(owners[0], highest, tuple(portion for portion, level in known if level == highest))


def is_below(marking: str, least: Floor) -> bool:
    """Whether a brief's marking is lower than its floor; one of another scheme does not compare, and is."""
    found = level_in(least.scheme, marking)
    return found is None or found.rank < least.level.rank


def level_in(scheme: MarkingScheme, marking: str) -> MarkingLevel | None:
    """Return the level of a scheme that a marking names, by its ids or its label."""
    text = marking.strip()
    named = (
        level
        for level in scheme.levels
        if text == f"{scheme.id}/{level.id}" or text.casefold() == level.label.casefold()
    )
    return next(named, None)
