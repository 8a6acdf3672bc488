"""A place named in a text, and what is judged of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from briefer.domain.matching import Match
from briefer.domain.tags import Role


@dataclass(frozen=True, slots=True)
class Judgement:
    """A role; whether names joined before or after it take it over; whether an alliance outweighs it."""

    role: Role
    spreads_back: bool = False
    spreads_on: bool = False
    weak: bool = False


THIRD_PARTY = Judgement(Role.THIRD_PARTY)
VENUE = Judgement(Role.VENUE)
PARTNER = Judgement(Role.PARTNER)
RIVAL = Judgement(Role.SOURCE_OF_RISK, spreads_back=True, spreads_on=True, weak=True)
OWNING = Judgement(Role.SOURCE_OF_RISK)
ACTING = Judgement(Role.SOURCE_OF_RISK, spreads_back=True)
TARGET = Judgement(Role.SOURCE_OF_RISK, spreads_on=True)
RELIED_ON = Judgement(Role.SOURCE_OF_RISK, spreads_on=True, weak=True)


@dataclass(slots=True)
class Mention:
    """A name at ``start ≤ i < end`` of a text, in a paragraph ``low ≤ i < high``; the next begins at ``reach``.

    ``small`` is the levelled text in small letters, ``text`` has its capitals. ``city`` tells that the name
    is that of a city, which stands for a government unless somebody is there; ``noun`` that it is the
    place's own name and no adjective: the Ukraine war is not Ukrainian as the Russian war is Russian.
    """

    text: str
    small: str
    start: int
    end: int
    low: int
    high: int
    reach: int
    city: bool
    noun: bool

    def before(self, size: int) -> str:
        """Return the last ``size`` characters of the paragraph before the name, in small letters."""
        return self.small[max(self.low, self.start - size) : self.start]


Rule = Callable[[Mention, Match["Rule"]], Judgement | None]
"""What a cue near a name makes of it, or None when it has nothing to do with it."""
