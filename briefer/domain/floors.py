"""The least marking that a brief must bear: the highest of what is in it.

Schemes do not compare with one another, unless levels of the two are declared to be the same: where portions are
marked by two that do not, no floor can be told, and the brief is refused with the portions named. The rule is that of
the marking standards themselves (UK Government Security Classifications Policy; US 32 CFR 2001.21: the overall marking
is the highest of any portion).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefer.domain.markings import MarkingLevel, MarkingScheme, level_in, level_of
from briefer.errors import UsageError


@dataclass(frozen=True)
class Portion:
    """A part of a brief with a marking of its own.

    ``what`` names it for people; ``block`` and ``section`` are the ids of the block and section that it is, or is in.
    ``repeats`` names what is above a ceiling whose words it repeats, and ``words`` are the first of these. ``text`` is what
    stands in it.
    """

    marking: str
    what: str
    block: str = ""
    section: str = ""
    repeats: str = ""
    words: str = ""
    text: str = ""


@dataclass(frozen=True)
class Floor:
    """The least marking: its scheme and level, and the portions that it comes from; ``lower`` are the other marked ones."""

    scheme: MarkingScheme
    level: MarkingLevel
    portions: tuple[Portion, ...]
    lower: tuple[Portion, ...] = ()

    @property
    def marking(self) -> str:
        """The marking as a brief bears it: ``scheme/level``, or the text that all portions bear."""
        return f"{self.scheme.id}/{self.level.id}" if self.scheme.id else self.level.label


@dataclass(frozen=True)
class Mixed:
    """Portions that are marked by schemes which do not compare, or by none that is known."""

    portions: tuple[Portion, ...]


def floor(
    portions: Iterable[Portion], schemes: tuple[MarkingScheme, ...], whole: str = ""
) -> Floor | Mixed | None:
    """Return the least marking for what holds ``portions``; None where none of them is marked.

    It is of the scheme of ``whole``, what the whole is marked with, where all portions compare with that, else of the
    first scheme of a portion with which all others do. A label that several schemes have (SECRET) counts as of that
    scheme. Where all portions bear one text that is nobody's level, that is the least.
    """
    marked = [portion for portion in portions if portion.marking.strip()]
    if not marked:
        return None
    named = (level_of(marking, schemes) for marking in (whole, *(portion.marking for portion in marked)))
    owners = {one[0].id: one[0] for one in named if one}
    for scheme in (*owners.values(), *_of_one_text(marked)):
        levels = [(portion, level_in(scheme, portion.marking, schemes)) for portion in marked]
        known = [(portion, level) for portion, level in levels if level]
        if len(known) == len(marked):
            highest = max((level for _, level in known), key=lambda level: level.rank)
            top = tuple(portion for portion, level in known if level == highest)
            return Floor(scheme, highest, top, tuple(p for p, level in known if level != highest))
    return Mixed(tuple(marked))


def is_below(marking: str, least: Floor, schemes: tuple[MarkingScheme, ...] = ()) -> bool:
    """Whether a brief's marking is lower than its floor; one of a scheme that does not compare with it is."""
    found = level_in(least.scheme, marking, schemes)
    return found is None or found.rank < least.level.rank


def above(marking: str, least: Floor, schemes: tuple[MarkingScheme, ...]) -> Iterator[Portion]:
    """Yield the portions, the highest first, that are above the ``marking`` of a brief which is below its floor."""
    own = level_in(least.scheme, marking, schemes)
    for portion in (*least.portions, *least.lower):
        found = level_in(least.scheme, portion.marking, schemes)
        if own is None or found is None or found.rank > own.rank:
            yield portion


def exceeds(marking: str, ceiling: str, schemes: tuple[MarkingScheme, ...]) -> bool:
    """Whether a portion may not go into what is released at ``ceiling`` (``scheme/level``).

    What bears no marking may; what does not compare with the ceiling may not.

    Raises:
        UsageError: ``ceiling-unknown`` for a ceiling that is no level.
    """
    owner = level_of(ceiling, schemes)
    if owner is None:
        known = ", ".join(f"{scheme.id}/{level.id}" for scheme in schemes for level in scheme.levels)
        raise UsageError("ceiling-unknown", marking=ceiling, known=known)
    if not marking.strip():
        return False
    found = level_in(owner[0], marking, schemes)
    return found is None or found.rank > owner[1].rank


def named(portions: Iterable[Portion], *, markings: bool = False) -> str:
    """Return portions in words, each once, with their markings where wanted."""
    told = (f"{one.what} ({one.marking})" if markings else one.what for one in portions)
    return "; ".join(dict.fromkeys(told))


def _of_one_text(marked: list[Portion]) -> Iterator[MarkingScheme]:
    """Yield a scheme of one level where all portions bear the same text."""
    texts = {portion.marking.strip().casefold() for portion in marked}
    if len(texts) == 1:
        text = marked[0].marking.strip()
        yield MarkingScheme("", text, (MarkingLevel(text, text, 1),))
