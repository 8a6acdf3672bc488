"""What can be done to a brief: each function returns a changed copy, and the copy before is the way back.

Positions count from 0 and are clamped to the list they point into, so that a drop beyond the end is a drop
at the end; the blocks of a section stay grouped by lane, so that a place in the other lane means the nearest in
its own. An id that is not in the brief raises :class:`LookupError`: that is a bug of the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from briefer.domain.briefs import Block, BlockKind, Brief, Lane, Section
from briefer.domain.findings import Waiver

MAX_LEVEL = 3


def section_index(brief: Brief, section_id: str) -> int:
    """Return the position of a section."""
    for index, section in enumerate(brief.sections):
        if section.id == section_id:
            return index
    raise LookupError(section_id)


def block_place(brief: Brief, block_id: str) -> tuple[Section, int]:
    """Return the section that holds a block, and the block's position in it."""
    for section in brief.sections:
        for index, block in enumerate(section.blocks):
            if block.id == block_id:
                return section, index
    raise LookupError(block_id)


def family(brief: Brief, section_id: str) -> range:
    """Return the positions of a section and of the deeper ones that follow it."""
    start = section_index(brief, section_id)
    stop = start + 1
    while stop < len(brief.sections) and brief.sections[stop].level > brief.sections[start].level:
        stop += 1
    return range(start, stop)


def add_section(brief: Brief, section: Section, at: int | None = None) -> Brief:
    """Insert ``section`` at a position, or at the end."""
    at = len(brief.sections) if at is None else _clamped(at, len(brief.sections))
    return replace(brief, sections=(*brief.sections[:at], section, *brief.sections[at:]))


def remove_section(brief: Brief, section_id: str) -> Brief:
    """Take a section out, with its blocks; deeper sections below it stay and rise one level."""
    places = family(brief, section_id)
    risen = (replace(brief.sections[i], level=brief.sections[i].level - 1) for i in places[1:])
    return replace(brief, sections=(*brief.sections[: places.start], *risen, *brief.sections[places.stop :]))


def change_section(
    brief: Brief, section_id: str, *, heading: str | None = None, level: int | None = None
) -> Brief:
    """Rename a section, or set its level (1 to 3)."""

    def changed(section: Section) -> Section:
        new_level = section.level if level is None else max(1, min(level, MAX_LEVEL))
        return replace(section, heading=section.heading if heading is None else heading, level=new_level)

    return _with_section(brief, section_id, changed)


def move_section(brief: Brief, section_id: str, to: int) -> Brief:
    """Move a section, with the deeper ones that belong to it, so that it stands before position ``to``.

    ``to`` is a position in the list as it is before the move; inside the family itself nothing moves.
    """
    places = family(brief, section_id)
    to = _clamped(to, len(brief.sections))
    if places.start <= to <= places.stop:
        return brief
    moving = brief.sections[places.start : places.stop]
    rest = [*brief.sections[: places.start], *brief.sections[places.stop :]]
    target = to if to < places.start else to - len(moving)
    return replace(brief, sections=(*rest[:target], *moving, *rest[target:]))


def add_block(brief: Brief, section_id: str, block: Block, at: int | None = None) -> Brief:
    """Insert a block into a section at a position, or at the end of its lane."""
    return add_blocks(brief, section_id, [block], at)


def add_blocks(brief: Brief, section_id: str, blocks: Sequence[Block], at: int | None = None) -> Brief:
    """Insert blocks into a section at a position, or at the end of their lane."""

    def changed(section: Section) -> Section:
        place = len(section.blocks) if at is None else _clamped(at, len(section.blocks))
        return replace(section, blocks=_by_lane((*section.blocks[:place], *blocks, *section.blocks[place:])))

    return _with_section(brief, section_id, changed)


def lane_at(brief: Brief, section_id: str, at: int) -> Lane:
    """Return the lane of a position: that of the block above it, so that text below a closed block is closed."""
    above = brief.sections[section_index(brief, section_id)].blocks[: max(at, 0)]
    return above[-1].lane if above else Lane.OPEN


def set_lane(brief: Brief, block_id: str, lane: Lane) -> Brief:
    """Set who may hear a block; it goes to the border between the lanes of its section."""
    section, index = block_place(brief, block_id)
    block = section.blocks[index]
    if block.lane is lane:
        return brief
    rest = remove_block(brief, block_id)
    opened = sum(b.lane is Lane.OPEN for b in section.blocks if b.id != block_id)
    return add_block(rest, section.id, replace(block, lane=lane), opened)


def in_lane(brief: Brief, lane: Lane) -> Brief:
    """Return a brief with the blocks of one lane only; its sections stay."""
    return replace(
        brief,
        sections=tuple(
            replace(section, blocks=tuple(b for b in section.blocks if b.lane is lane))
            for section in brief.sections
        ),
    )


def remove_block(brief: Brief, block_id: str) -> Brief:
    """Take a block out."""
    section, _index = block_place(brief, block_id)
    kept = tuple(b for b in section.blocks if b.id != block_id)
    return _with_section(brief, section.id, lambda s: replace(s, blocks=kept))


def move_block(brief: Brief, block_id: str, section_id: str, to: int) -> Brief:
    """Move a block so that it stands at position ``to`` of a section, counted without the block itself."""
    home, index = block_place(brief, block_id)
    section_index(brief, section_id)
    return add_block(remove_block(brief, block_id), section_id, home.blocks[index], to)


def write_prose(brief: Brief, block_id: str, markdown: str) -> Brief:
    """Set the Markdown of a prose block.

    Raises:
        ValueError: the block is a quotation, which is locked to its excerpt.
    """
    section, index = block_place(brief, block_id)
    if section.blocks[index].kind is not BlockKind.PROSE:
        raise ValueError(block_id)
    blocks = tuple(replace(b, markdown=markdown) if b.id == block_id else b for b in section.blocks)
    return _with_section(brief, section.id, lambda s: replace(s, blocks=blocks))


def write_texts(brief: Brief, texts: Mapping[str, str]) -> Brief:
    """Set the Markdown of prose blocks by their ids, all at once; ids that are not in the brief count as nothing.

    Raises:
        ValueError: one of them is a quotation, which is locked to its excerpt.
    """

    def written(block: Block) -> Block:
        markdown = texts.get(block.id, block.markdown)
        if block.id in texts and block.kind is not BlockKind.PROSE:
            raise ValueError(block.id)
        return block if markdown == block.markdown else replace(block, markdown=markdown)

    def changed(section: Section) -> Section:
        if not any(block.id in texts for block in section.blocks):
            return section
        return replace(section, blocks=tuple(map(written, section.blocks)))

    return replace(brief, sections=tuple(map(changed, brief.sections)))


def shorten(brief: Brief, block_id: str, shown: str) -> Brief:
    """Show a quotation block in an edited form (:mod:`briefer.domain.quotations`); empty for the whole excerpt."""
    section, place = block_place(brief, block_id)
    changed = replace(section.blocks[place], shown=shown)
    blocks = (*section.blocks[:place], changed, *section.blocks[place + 1 :])
    return _with_section(brief, section.id, lambda found: replace(found, blocks=blocks))


def mark(brief: Brief, part: str, marking: str) -> Brief:
    """Give a section or a block, by its id, a marking of its own; empty for none."""
    if any(section.id == part for section in brief.sections):
        return _with_section(brief, part, lambda section: replace(section, marking=marking))
    section, place = block_place(brief, part)
    changed = replace(section.blocks[place], marking=marking)
    blocks = (*section.blocks[:place], changed, *section.blocks[place + 1 :])
    return _with_section(brief, section.id, lambda found: replace(found, blocks=blocks))


def waive(brief: Brief, waivers: Iterable[Waiver]) -> Brief:
    """Let findings pass; a newer waiver of the same finding, or one of older making, stands in the place of the old one."""
    new = tuple(waivers)
    gone = {(waiver.check, waiver.message, digest) for waiver in new for digest in (waiver.digest, "")}
    kept = (waiver for waiver in brief.waivers if (waiver.check, waiver.message, waiver.digest) not in gone)
    return replace(brief, waivers=(*kept, *new))


def unwaive(brief: Brief, waiver: Waiver) -> Brief:
    """Take a waiver back."""
    found = (waiver.check, waiver.message, waiver.digest)
    kept = tuple(w for w in brief.waivers if (w.check, w.message, w.digest) != found)
    return replace(brief, waivers=kept)


def _with_section(brief: Brief, section_id: str, change: Callable[[Section], Section]) -> Brief:
    index = section_index(brief, section_id)
    changed = change(brief.sections[index])
    return replace(brief, sections=(*brief.sections[:index], changed, *brief.sections[index + 1 :]))


def _by_lane(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(sorted(blocks, key=lambda block: block.lane is Lane.CLOSED))


def _clamped(position: int, length: int) -> int:
    return max(0, min(position, length))
