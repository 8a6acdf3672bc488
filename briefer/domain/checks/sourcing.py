"""Whether claims have sources, and enough of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from briefer.domain.briefs import Block, BlockKind, Section
from briefer.domain.checks.claims import POINTS, Intent, claims
from briefer.domain.checks.material import KEY_TYPES, Material
from briefer.domain.checks.origins import Origins, origins_of
from briefer.domain.checks.rules import finding
from briefer.domain.citations import cited_ids, uncited
from briefer.domain.excerpts import Excerpt
from briefer.domain.findings import Finding
from briefer.domain.forms import SPOKEN
from briefer.domain.source_groups import SourceGroup, source_group
from briefer.domain.sources import Source

_OWN_KNOWLEDGE = frozenset({"logistics", "people"})
"""Section types about the meeting itself, which needs no source."""

_SHOWN = 80
_BEGUN, _LOOKED_AT = 44, 200
_BLANK_BEFORE = re.compile(r"\s+(?=[.,;:!?])")
_MARKS = re.compile(r"^\s*(?:[-*+•・]|\d+[.)])\s+|^\s*[>#]+\s*|\*+")

_INTENT = {"objectives": Intent.ALL, "ask": Intent.ALL, **dict.fromkeys(SPOKEN, Intent.ORDERS)}
"""How far what stands in a section type is meant, not stated."""


def sourcing(material: Material) -> Iterator[Finding]:
    """Yield claims without a source, and key messages that rest on too little."""
    for section in material.brief.sections:
        for at, block in enumerate(section.blocks):
            if block.kind is BlockKind.PROSE:
                if section.type not in _OWN_KNOWLEDGE:
                    yield from _claims(material, section, block)
                yield from _messages(material, section, at)
            elif section.type in KEY_TYPES:
                yield from _quoted_message(material, section, at)
    for section in material.brief.sections:
        yield from _primary(material, section)
        for one, other in pairwise(section.blocks):
            yield from _neighbours(material, section, one, other)


def _claims(material: Material, section: Section, block: Block) -> Iterator[Finding]:
    for claim in claims(block.markdown, _INTENT.get(section.type, Intent.NONE)):
        if not claim.names or not material.partner_names.issuperset(claim.names):
            message = f"No source for: {_shortened(claim.text, _SHOWN)}"
            yield finding("no-source", message, section.id, block.id, (claim.text,))


def _messages(material: Material, section: Section, at: int) -> Iterator[Finding]:
    """Yield the points of a text that rest on one origin; the quotations below it belong to the last one."""
    block = section.blocks[at]
    points = POINTS.split(block.markdown)
    for place, point in enumerate(points, 1):
        cited = material.of(cited_ids(point))
        found = origins_of(material, cited)
        if found.are_one:
            yield finding("circular", _one_origin(found), section.id, block.id, _of(point, found.sources))
        elif found.count == 1 and section.type in KEY_TYPES:
            below = _quotations(section, at + 1) if place == len(points) else ()
            beside = [pair for one in below for pair in material.cited(one)]
            if origins_of(material, [*cited, *beside]).count == 1:
                yield _single(section, block, point, found)


def _quoted_message(material: Material, section: Section, at: int) -> Iterator[Finding]:
    """Yield the first of quotations in a row that all rest on one source, where no text above has been told of.

    What those who act say themselves needs nobody else to have heard it.
    """
    above = section.blocks[at - 1] if at else None
    if above is not None and (above.excerpt_id or cited_ids(POINTS.split(above.markdown)[-1])):
        return
    cited = [pair for one in _quotations(section, at) for pair in material.cited(one)]
    found = origins_of(material, cited)
    if len(found.sources) == 1 and lacks_primary(cited):
        yield _single(section, section.blocks[at], section.blocks[at].shown or cited[0][0].quote, found)


def _quotations(section: Section, start: int) -> Iterator[Block]:
    """Return the quotations in a row from a place in a section."""
    return takewhile(lambda block: block.kind is BlockKind.QUOTATION, section.blocks[start:])


def _single(section: Section, block: Block, point: str, found: Origins) -> Finding:
    (source,) = found.sources.values()
    message = f"The key message “{_beginning(point)}” rests on “{source.title}” alone."
    return finding("single-source", message, section.id, block.id, _of(point, found.sources))


def _neighbours(material: Material, section: Section, one: Block, other: Block) -> Iterator[Finding]:
    """Yield quotations side by side that seem to bear each other out, and come from one text."""
    if not (one.excerpt_id and other.excerpt_id):
        return
    found = origins_of(material, [*material.cited(one), *material.cited(other)])
    if found.are_one:
        yield finding("circular", _one_origin(found), section.id, other.id, tuple(sorted(found.sources)))


def _one_origin(found: Origins) -> str:
    names = ", ".join(sorted(source.publisher or source.title for source in found.sources.values()))
    if found.agency:
        return f"{len(found.sources)} sources come from one agency, {found.agency}, within days: {names}."
    return f"{len(found.sources)} sources carry one text: {names}."


@lru_cache(maxsize=4096)
def _beginning(point: str) -> str:
    """Return the first words of a point, without its stop."""
    return _shortened(uncited(point), _BEGUN).rstrip(".")


def _shortened(text: str, length: int) -> str:
    """Return the first words of a text, or letters where no blank parts them, without marks of lists and emphasis."""
    bare = " ".join(_BLANK_BEFORE.sub("", _MARKS.sub("", text[:_LOOKED_AT])).split())
    if len(bare) <= length:
        return bare
    blank = bare.rfind(" ", length // 2, length)
    return f"{bare[: blank if blank > 0 else length - 1]}…"


def _of(point: str, sources: Iterable[str]) -> tuple[str, ...]:
    return uncited(point).strip(), *sorted(sources)


def lacks_primary(cited: Sequence[tuple[Excerpt, Source]]) -> bool:
    """Whether what a section cites is something, and none of it a primary source."""
    return bool(cited) and all(source_group(source) is not SourceGroup.PRIMARY for _, source in cited)


def _primary(material: Material, section: Section) -> Iterator[Finding]:
    official = material.official.get(section.id, ())
    if not official or not lacks_primary(material.in_section(section)):
        return
    message = f"“{section.heading}” cites no primary source, though the library has “{official[0].title}”."
    yield finding("no-primary", message, section.id)
