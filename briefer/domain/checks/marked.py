"""Whether a brief bears a marking, and one that is as high as that of what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from briefer.domain.checks.material import Material
from briefer.domain.checks.rules import finding
from briefer.domain.findings import Finding
from briefer.domain.floors import Mixed, Portion, floor, is_below


def marked(material: Material) -> Iterator[Finding]:
    """Yield what is wrong with the marking of the whole."""
    marking = material.brief.marking
    least = floor(portions(material), material.schemes)
    if isinstance(least, Mixed):
        told = "; ".join(dict.fromkeys(f"{p.what} ({p.marking})" for p in least.portions))
        yield finding("markings-mixed", f"These markings do not compare: {told}.")
    elif least is not None and is_below(marking, least):
        told = "; ".join(dict.fromkeys(p.what for p in least.portions))
        message = f"The brief must bear at least {least.level.label}, because of {told}."
        yield finding("marking-below", message, block=least.portions[0].block)
    elif not marking:
        yield finding("no-marking", "The brief bears no marking.")


def portions(material: Material) -> Iterator[Portion]:
    """Yield the marked parts of a brief, in the order of its text."""
    for section, block in material.brief.blocks():
        if block.marking:
            yield Portion(block.marking, f"a text under “{section.heading}”", block.id)
        for excerpt, source in material.cited(block):
            marking = excerpt.marking or source.marking
            if marking:
                yield Portion(marking, f"an excerpt of “{source.title}”", block.id)
