"""The edits that keys and drops stand for, made of the functions of `domain.editing`; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from briefer.domain import editing
from briefer.domain.briefs import Block, BlockKind, Brief, Lane, Section
from briefer.domain.forms import GENERATED


class RowKind(StrEnum):
    """What a row of the editor shows. EMPTY stands where a section has no block yet."""

    HEADING = "heading"
    PROSE = "prose"
    QUOTATION = "quotation"
    EMPTY = "empty"
    GENERATED = "generated"


_SKIPPED = frozenset({RowKind.HEADING, RowKind.GENERATED})
_KINDS = {BlockKind.PROSE: RowKind.PROSE, BlockKind.QUOTATION: RowKind.QUOTATION}


class RowKey(NamedTuple):  # not a dataclass: thousands are made and looked up at once
    """A row: its kind, and the id of its block, or of its section where it is no block."""

    kind: RowKind
    id: str


@dataclass(frozen=True)
class Place:
    """Before block ``index`` of a section."""

    section: str
    index: int


def rows_of(brief: Brief) -> list[RowKey]:
    """Return the rows of the editor, in reading order."""
    return [row for section in brief.sections for row in section_rows(section)]


def section_rows(section: Section) -> list[RowKey]:
    """Return the rows of one section: its heading and what stands below it."""
    rows = [RowKey(RowKind.HEADING, section.id), *(RowKey(_KINDS[b.kind], b.id) for b in section.blocks)]
    if section.type in GENERATED:
        rows.append(RowKey(RowKind.GENERATED, section.id))
    elif not section.blocks:
        rows.append(RowKey(RowKind.EMPTY, section.id))
    return rows


def beside(rows: Sequence[RowKey], at: int, step: int) -> RowKey | None:
    """Return the next row below (1) or above (-1) that the cursor goes to from row ``at``: no heading."""
    rest = rows[at + 1 :] if step > 0 else rows[:at][::-1]
    return next((row for row in rest if row.kind not in _SKIPPED), None)


def same_rows(before: Brief, after: Brief) -> bool:
    """Whether two states have the same rows: quick where most sections are the same objects."""
    pairs = zip(before.sections, after.sections, strict=False)
    return len(before.sections) == len(after.sections) and all(
        old is new
        or (
            (old.id, old.type, old.level) == (new.id, new.type, new.level)
            and (old.blocks is new.blocks or [b.id for b in old.blocks] == [b.id for b in new.blocks])
        )
        for old, new in pairs
    )


def changed_sections(before: Brief, after: Brief) -> tuple[Section, ...]:
    """Return the sections of ``after`` that are new or other than they were."""
    old = {section.id: section for section in before.sections}
    return tuple(section for section in after.sections if old.get(section.id) != section)


def as_shown(brief: Brief, shown: Brief) -> Brief:
    """Return a brief that was read, with the sections and blocks of ``shown`` where they are the same.

    What is the same object is not looked through again by whatever follows the brief.
    """
    former = {section.id: section for section in shown.sections}
    return replace(brief, sections=tuple(_section_as_shown(s, former.get(s.id)) for s in brief.sections))


def _section_as_shown(section: Section, shown: Section | None) -> Section:
    if shown is None or section == shown:
        return shown or section
    former = {block.id: block for block in shown.blocks}
    blocks = ((former.get(block.id), block) for block in section.blocks)
    return replace(
        section, blocks=tuple(old if old is not None and old == new else new for old, new in blocks)
    )


def first_changed(before: Brief, after: Brief) -> RowKey | None:
    """Return the first row that shows a new block, another text or another heading than before.

    Where there is none, the first whose block has come from another section, or else what stands where a block was
    that has gone; None for anything else.
    """
    staying = {section.id: section for section in after.sections}
    other = (section for section in before.sections if staying.get(section.id) is not section)
    blocks = {block.id: block for section in other for block in section.blocks}
    headings = {section.id: section.heading for section in before.sections}
    for section in changed_sections(before, after):
        if headings.get(section.id, section.heading) != section.heading:
            return RowKey(RowKind.HEADING, section.id)
        for block in section.blocks:
            if block != blocks.get(block.id):
                return row_of(block)
    return _first_moved(before, after) or _first_gone(before, after)


def _first_moved(before: Brief, after: Brief) -> RowKey | None:
    homes = {block.id: section.id for section, block in before.blocks()}
    changed = ((section.id, block) for section in changed_sections(before, after) for block in section.blocks)
    return next((row_of(block) for home, block in changed if homes[block.id] != home), None)


def _first_gone(before: Brief, after: Brief) -> RowKey | None:
    present = {block.id for _section, block in after.blocks()}
    gone = next((block for _section, block in before.blocks() if block.id not in present), None)
    instead = row_instead(before, after, row_of(gone)) if gone else None
    return instead[0] if instead else None


def row_instead(before: Brief, after: Brief, gone: RowKey) -> tuple[RowKey, bool] | None:
    """Return where the cursor goes when its row has gone, and whether to the end of it; None where nothing can be.

    From a text it goes back to the end of what stands above in the section, as a word processor does; from
    anything else to what now stands in its place.
    """
    former, wanted = rows_of(before), rows_of(after)
    at = former.index(gone) if gone in former else 0
    above, there = list(reversed(wanted[:at])), wanted[at : at + 1]
    if gone.kind is RowKind.PROSE and above and above[0].kind not in _SKIPPED:
        there = []
    key = beside([*there, *above], -1, 1)
    return None if key is None else (key, key not in there)


def row_of(block: Block) -> RowKey:
    """Return the row of a block."""
    return RowKey(_KINDS[block.kind], block.id)


def block_of(brief: Brief, block_id: str) -> Block | None:
    """Return a block, or None."""
    return next((b for _section, b in brief.blocks() if b.id == block_id), None)


def section_of(brief: Brief, section_id: str) -> Section | None:
    """Return a section, or None."""
    return next((s for s in brief.sections if s.id == section_id), None)


def with_text(brief: Brief, place: str, text: str) -> Brief:
    """Set the text of a block, the heading of a section or the title of the brief, by its id; what is gone stays so."""
    if place == brief.id:
        return replace(brief, title=text)
    if section_of(brief, place) is not None:
        return editing.change_section(brief, place, heading=text)
    return brief if block_of(brief, place) is None else editing.write_prose(brief, place, text)


def place_below(brief: Brief, section_id: str, block_id: str = "") -> Place:
    """Return the place below a block, or at the end of a section where no block of it is named."""
    section = brief.sections[editing.section_index(brief, section_id)]
    ids = [block.id for block in section.blocks]
    return Place(section_id, ids.index(block_id) + 1 if block_id in ids else len(ids))


def place_before_row(brief: Brief, row: RowKey | None) -> Place | None:
    """Return the place before a row; for a heading, the end of the section above; for None, of the last."""
    if not brief.sections:
        return None
    if row is None:
        return place_below(brief, brief.sections[-1].id)
    if row.kind is RowKind.HEADING:
        index = editing.section_index(brief, row.id)
        return place_below(brief, brief.sections[index - 1].id) if index else Place(row.id, 0)
    if row.kind in {RowKind.EMPTY, RowKind.GENERATED}:
        return place_below(brief, row.id)
    section, index = editing.block_place(brief, row.id)
    return Place(section.id, index)


def insert_block(brief: Brief, block: Block, place: Place) -> Brief:
    """Put a new block at a place; below what is not for disclosure it is not for disclosure either."""
    return insert_blocks(brief, [block], place)


def insert_blocks(brief: Brief, blocks: Sequence[Block], place: Place) -> Brief:
    """Put new blocks one below the other at a place."""
    lane = editing.lane_at(brief, place.section, place.index)
    placed = [block if block.lane is lane else replace(block, lane=lane) for block in blocks]
    return editing.add_blocks(brief, place.section, placed, place.index)


def move_block_to(brief: Brief, block_id: str, place: Place) -> Brief:
    """Move a block to a place that was found before the move.

    Below what is not for disclosure it becomes so too; nothing becomes usable by being moved.
    """
    home, index = editing.block_place(brief, block_id)
    to = place.index - 1 if home.id == place.section and index < place.index else place.index
    moved = editing.move_block(brief, block_id, place.section, to)
    others = editing.remove_block(brief, block_id)
    if editing.lane_at(others, place.section, to) is Lane.OPEN:
        return moved
    closed = editing.set_lane(moved, block_id, Lane.CLOSED)
    return editing.move_block(closed, block_id, place.section, to)


def move_block_by(brief: Brief, block_id: str, step: int) -> Brief:
    """Move a block one place up (-1) or down (1) in its lane, and over the border of its section."""
    section, index = editing.block_place(brief, block_id)
    if 0 <= index + step < len(section.blocks):
        moved = editing.move_block(brief, block_id, section.id, index + step)
        if moved != brief:
            return moved
    at = editing.section_index(brief, section.id) + step
    if not 0 <= at < len(brief.sections):
        return brief
    neighbour = brief.sections[at]
    return editing.move_block(brief, block_id, neighbour.id, len(neighbour.blocks) if step < 0 else 0)


def turn_lane(brief: Brief, block_id: str) -> Brief:
    """Set a block apart as not for disclosure, or let it be used again."""
    section, index = editing.block_place(brief, block_id)
    other = Lane.OPEN if section.blocks[index].lane is Lane.CLOSED else Lane.CLOSED
    return editing.set_lane(brief, block_id, other)


def move_section_by(brief: Brief, section_id: str, step: int) -> Brief:
    """Move a section with what belongs to it before the section above, or behind the one below.

    Sections of a deeper level above or below are passed together with the section they belong to.
    """
    places = editing.family(brief, section_id)
    level = brief.sections[places.start].level
    if step < 0:
        to = places.start - 1
        while to > 0 and brief.sections[to].level > level:
            to -= 1
        return editing.move_section(brief, section_id, to) if to >= 0 else brief
    if places.stop >= len(brief.sections):
        return brief
    return editing.move_section(brief, section_id, editing.family(brief, brief.sections[places.stop].id).stop)


def indent_section(brief: Brief, section_id: str, step: int) -> Brief:
    """Set a section with what belongs to it a level deeper (1) or higher (-1), as far as levels go.

    A section is at most one level deeper than the one above it.
    """
    places = editing.family(brief, section_id)
    levels = [brief.sections[i].level for i in places]
    above = brief.sections[places.start - 1].level if places.start else 0
    if step > 0 and (max(levels) >= editing.MAX_LEVEL or levels[0] > above):
        return brief
    if step < 0 and levels[0] <= 1:
        return brief
    for place, level in zip(places, levels, strict=True):
        brief = editing.change_section(brief, brief.sections[place].id, level=level + step)
    return brief
