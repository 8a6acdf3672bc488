"""Whether a brief bears a marking, and one that is as high as that of what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from briefer.domain.checks.material import Material
from briefer.domain.checks.rules import finding
from briefer.domain.findings import Finding
from briefer.domain.floors import Floor, Mixed, above, floor, is_below, named
from briefer.domain.markings import MarkingScheme, level_of
from briefer.domain.portions import portions


def marked(material: Material) -> Iterator[Finding]:
    """Yield what is wrong with the marking of the whole."""
    marking = material.brief.marking
    least = least_of(material)
    if isinstance(least, Mixed):
        first = least.portions[0]
        message = f"These markings do not compare: {named(least.portions, markings=True)}."
        words = (text for one in least.portions for text in (one.marking, one.text))
        yield finding("markings-mixed", message, first.section, first.block, (marking, *words))
    elif least is not None and is_below(marking, least, material.schemes):
        yield below(marking, least, material.schemes)
    elif not marking:
        yield finding("no-marking", "The brief bears no marking.")
    if marking and material.schemes and level_of(marking, material.schemes) is None:
        yield finding("marking-unknown", unknown(marking, material))


def unknown(marking: str, material: Material) -> str:
    """Say of a text that is no one scheme's level why it is not."""
    label = marking.strip().casefold()
    owners = [s.name_en for s in material.schemes if any(one.label.casefold() == label for one in s.levels)]
    if owners:
        return f"«{marking}» is a marking of several schemes, and does not say whose: {'; '.join(owners)}."
    return f"The marking «{marking}» belongs to no scheme."


def below(marking: str, least: Floor, schemes: tuple[MarkingScheme, ...]) -> Finding:
    """Return what is found in a brief whose ``marking`` is less than it must bear; its words are all that is above it."""
    first = least.portions[0]
    message = f"The brief must bear at least {least.level.label}, because of {named(least.portions)}."
    words = (text for one in above(marking, least, schemes) for text in (one.marking, one.text))
    return finding("marking-below", message, first.section, first.block, (marking, *words))


def least_of(material: Material) -> Floor | Mixed | None:
    """Return the least marking of the brief, as :func:`floor`."""
    return floor(portions(material.brief, material.cited), material.schemes, material.brief.marking)
