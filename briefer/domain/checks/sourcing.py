"""Whether claims have sources, and enough of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from textwrap import shorten

from briefer.domain.briefs import Block, Section
from briefer.domain.checks.claims import POINTS, Intent, claims
from briefer.domain.checks.material import KEY_TYPES, Material
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
_BEGUN = 44
_BLANK_BEFORE = re.compile(r"\s+(?=[.,;:!?])")
_MARKS = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+|^\s*[>#]+\s*|\*+")

_INTENT = {"objectives": Intent.ALL, "ask": Intent.ALL, **dict.fromkeys(SPOKEN, Intent.ORDERS)}
"""How far what stands in a section type is meant, not stated."""


def sourcing(material: Material) -> Iterator[Finding]:
    """Yield claims without a source, and key messages that rest on too little."""
    for section, block in material.prose():
        if section.type not in _OWN_KNOWLEDGE:
            yield from _claims(material, section, block)
        yield from _messages(material, section, block)
    for section in material.brief.sections:
        yield from _primary(material, section)
        for one, other in pairwise(section.blocks):
            yield from _neighbours(material, section, one, other)


def _claims(material: Material, section: Section, block: Block) -> Iterator[Finding]:
    for claim in claims(block.markdown, _INTENT.get(section.type, Intent.NONE)):
        if not claim.names or not material.partner_names.issuperset(claim.names):
            yield finding(
                "no-source", f"No source for: {claim.text[:_SHOWN]}", section.id, block.id, (claim.text,)
            )


def _messages(material: Material, section: Section, block: Block) -> Iterator[Finding]:
    for point in POINTS.split(block.markdown):
        sources = {source.id: source for _, source in material.of(cited_ids(point))}
        origins = {_origin(source) for source in sources.values()}
        if len(origins) == 1 and len(sources) > 1:
            message = _one_text(sources.values())
            yield finding("circular", message, section.id, block.id, _of(point, sources))
        elif len(origins) == 1 and section.type in KEY_TYPES:
            (source,) = sources.values()
            message = f"The key message “{_beginning(point)}” rests on “{source.title}” alone."
            yield finding("single-source", message, section.id, block.id, _of(point, sources))


def _neighbours(material: Material, section: Section, one: Block, other: Block) -> Iterator[Finding]:
    """Yield quotations side by side that seem to bear each other out, and come from one text."""
    if not (one.excerpt_id and other.excerpt_id):
        return
    sources = {source.id: source for block in (one, other) for _, source in material.cited(block)}
    if len(sources) == 2 and len({_origin(source) for source in sources.values()}) == 1:
        message = _one_text(sources.values())
        yield finding("circular", message, section.id, other.id, tuple(sorted(sources)))


def _one_text(sources: Collection[Source]) -> str:
    names = ", ".join(sorted(source.publisher or source.title for source in sources))
    return f"{len(sources)} sources carry one text: {names}."


def _beginning(point: str) -> str:
    """Return the first words of a point, without marks of lists and emphasis."""
    bare = _BLANK_BEFORE.sub("", _MARKS.sub("", uncited(point)))
    return shorten(bare, _BEGUN, placeholder="…").rstrip(".")


def _of(point: str, sources: Iterable[str]) -> tuple[str, ...]:
    return uncited(point).strip(), *sorted(sources)


def _origin(source: Source) -> str:
    """Return what tells where a text comes from: its story, its agency with the day, or itself."""
    if source.story:
        return source.story
    return f"{source.wire} {source.published.value}" if source.wire and source.published.value else source.id


def lacks_primary(cited: Sequence[tuple[Excerpt, Source]]) -> bool:
    """Whether what a section cites is something, and none of it a primary source."""
    return bool(cited) and all(source_group(source) is not SourceGroup.PRIMARY for _, source in cited)


def _primary(material: Material, section: Section) -> Iterator[Finding]:
    official = material.official.get(section.id, ())
    if not official or not lacks_primary(material.in_section(section)):
        return
    message = f"“{section.heading}” cites no primary source, though the library has “{official[0].title}”."
    yield finding("no-primary", message, section.id)
