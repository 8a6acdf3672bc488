"""Which sections of a brief a document has, how blocks stand under them, and how headings are counted.

What the editor shows of a brief and what an export writes are counted here alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from briefer.domain.briefs import Block, Lane, Section
from briefer.domain.documents import BlockNode, Heading, HeadingNumbering, ListBlock
from briefer.domain.forms import GENERATED

DEEPEST = 3


class HeadingCount:
    """Counts headings in reading order.

    Levels never skip one, as ISO 14289-1 and the readers of web pages want it: what stands too deep moves up, and its
    siblings with it, whatever levels above it were left out. What stands below a heading without a number (the name of a
    lane) has none either: there is nothing that it could count on.
    """

    def __init__(self, numbering: HeadingNumbering) -> None:
        self._numbering = numbering
        self._counts = [0] * DEEPEST
        self._above: list[int] = []
        self._numbered: list[bool] = []  # of the same headings
        self._level = 0

    def level(self, wanted: int) -> int:
        """Return the level (1 to 3) of the next heading."""
        wanted = max(1, wanted)
        while self._above and self._above[-1] >= wanted:
            self._above.pop()
            self._numbered.pop()
        self._above.append(wanted)
        self._numbered.append(False)
        self._level = min(len(self._above), DEEPEST)
        return self._level

    def number(self) -> str:
        """Return the number of the heading whose level was asked last; empty where it has none."""
        if not all(self._numbered[:-1]):
            return ""
        self._numbered[-1] = True
        self._counts[self._level - 1] += 1
        self._counts[self._level :] = [0] * (DEEPEST - self._level)
        return self._numbering.number(self._counts[: self._level])


def filled(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the sections that have something in them, or below them: a document leaves the others out."""
    kept: list[Section] = []
    below = 0  # the highest level between here and the text that follows at the greatest depth
    for section in reversed(sections):
        own = section.type in GENERATED or any(map(has_text, section.blocks))
        if own or below > section.level:
            kept.append(section)
        below = section.level if own else min(section.level, below)
    return tuple(reversed(kept))


def by_lane(section: Section) -> Iterator[tuple[Lane, bool, tuple[Block, ...]]]:
    """Yield the blocks of a section by lane, and whether the lane has a heading of its own.

    It has one where something in the section is not for disclosure.
    """
    apart = any(block.lane is Lane.CLOSED and has_text(block) for block in section.blocks)
    for lane in (Lane.OPEN, Lane.CLOSED):
        blocks = tuple(block for block in section.blocks if block.lane is lane)
        yield lane, apart and any(map(has_text, blocks)), blocks


def has_text(block: Block) -> bool:
    """Whether a block puts anything into a document."""
    return bool(block.excerpt_id or block.markdown.strip())


def headings_in(blocks: Iterable[BlockNode]) -> Iterator[Heading]:
    """Yield the headings among blocks, also those in lists."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from headings_in(item.blocks)


def section_numbers(
    sections: Sequence[Section], numbering: HeadingNumbering, inside: Callable[[Block], Iterable[int]]
) -> dict[str, str]:
    """Return the number of each section in a document, by its id; nothing of those that a document leaves out.

    ``inside`` gives the levels of the headings in the text of a block.
    """
    if numbering is HeadingNumbering.NONE:
        return {}
    count, found = HeadingCount(numbering), {}
    for section in filled(sections):
        count.level(section.level)
        found[section.id] = count.number()
        for _lane, headed, blocks in by_lane(section):
            if headed:
                count.level(section.level + 1)
            for block in blocks:
                for level in inside(block):
                    count.level(level)
                    count.number()
    return found
