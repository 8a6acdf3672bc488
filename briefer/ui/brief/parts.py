"""The parts of a brief that bear markings, as the window offers them; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from briefer.domain.briefs import Block, Brief
from briefer.domain.editing import mark
from briefer.domain.excerpts import Excerpt
from briefer.domain.floors import Floor, Mixed, floor
from briefer.domain.markings import MarkingScheme
from briefer.domain.portions import portions
from briefer.domain.results import Hit
from briefer.domain.sources import Source
from briefer.ui.brief.figures import find
from briefer.ui.brief.moves import block_of, section_of


class PartKind(StrEnum):
    """What bears a marking of its own."""

    BRIEF = "brief"
    TITLE = "title"
    SECTION = "section"
    TEXT = "text"
    EXCERPT = "excerpt"
    COMMENT = "comment"


@dataclass(frozen=True)
class Part:
    """A part that can be marked: the id of the section, block or excerpt, and its marking."""

    kind: PartKind
    id: str = ""
    marking: str = ""


def least_marking(
    brief: Brief, hits: Mapping[str, Hit], schemes: tuple[MarkingScheme, ...]
) -> Floor | Mixed | None:
    """Return the least marking of a brief, as far as what it cites is known."""
    marked = any(h.excerpt.marking or h.excerpt.comment_marking or h.source.marking for h in hits.values())

    def cited(block: Block) -> list[tuple[Excerpt, Source]]:
        found = (find(hits, excerpt_id) for excerpt_id in block.excerpt_ids())
        return [(hit.excerpt, hit.source) for hit in found if hit]

    return floor(portions(brief, cited if marked else None), schemes, brief.marking)


def parts_at(brief: Brief, hits: Mapping[str, Hit], section_id: str, block_id: str) -> tuple[Part, ...]:
    """Return what can be marked where the cursor is: the brief, its title, the section, the block."""
    found = [Part(PartKind.BRIEF, "", brief.marking), Part(PartKind.TITLE, "", brief.title_marking)]
    section, block = section_of(brief, section_id), block_of(brief, block_id)
    if section is not None:
        found.append(Part(PartKind.SECTION, section.id, section.marking))
    if block is not None and not block.excerpt_id:
        found.append(Part(PartKind.TEXT, block.id, block.marking))
    hit = find(hits, block.excerpt_id) if block is not None and block.excerpt_id else None
    if hit is not None:
        found.append(Part(PartKind.EXCERPT, hit.excerpt.id, hit.excerpt.marking or ""))
        if hit.excerpt.comment:
            found.append(Part(PartKind.COMMENT, hit.excerpt.id, hit.excerpt.comment_marking))
    return tuple(found)


def marked(part: Part, marking: str) -> Callable[[Brief], Brief]:
    """Return the edit that marks a part of a brief; not for excerpts, which belong to the library."""
    if part.kind is PartKind.BRIEF:
        return lambda brief: replace(brief, marking=marking)
    if part.kind is PartKind.TITLE:
        return lambda brief: replace(brief, title_marking=marking)
    return lambda brief: mark(brief, part.id, marking)
