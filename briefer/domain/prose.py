"""The text of a prose block as a person edits it: blocks of the document tree, before citations are resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefer.domain.documents import Heading, Inlines, ListBlock, ListItem, Paragraph, Table


@dataclass(frozen=True)
class Raw:
    """Markdown that the editor shows as it is written: program code, pictures, whatever has no place in the tree."""

    source: str


ProseBlock = Heading | Paragraph | ListBlock | Table | Raw
"""Paragraphs are of the styles BODY and QUOTATION. Runs are bold, italic, code and linked; a link to ``#place``
refers to a place in the document. An item of a list is at most one paragraph and the lists below it."""


@dataclass(frozen=True)
class ListLine:
    """An item as a surface shows it: ``level`` from 1, ``group`` equal for the items of one list.

    ``number`` is what stands before it in a numbered list.
    """

    level: int
    group: object
    inlines: Inlines
    ordered: bool = False
    number: int = 1


def lists_of(lines: Sequence[ListLine]) -> Iterator[ListBlock]:
    """Yield the nested lists that items in reading order make; an item is below the last one of a higher level."""
    while lines:
        first = lines[0]
        end = next((i for i, line in enumerate(lines) if _begins_another(line, first)), len(lines))
        mine, lines = lines[:end], lines[end:]
        heads = [i for i, line in enumerate(mine) if line.level == first.level]
        items = tuple(
            ListItem((Paragraph(mine[a].inlines), *lists_of(mine[a + 1 : b])))
            for a, b in pairwise([*heads, len(mine)])
        )
        yield ListBlock(items, ordered=first.ordered, start=first.number)


def lines_of(block: ListBlock, level: int = 1) -> Iterator[tuple[int, ListBlock, Inlines]]:
    """Yield the items of a list and of those below it, in reading order: level, list, text."""
    for item in block.items:
        shown = False
        for part in item.blocks:
            if isinstance(part, Paragraph):
                yield level, block, part.inlines
                shown = True
            elif isinstance(part, ListBlock):
                if not shown:
                    yield level, block, ()
                    shown = True
                yield from lines_of(part, level + 1)


def _begins_another(line: ListLine, first: ListLine) -> bool:
    return line.level < first.level or (line.level == first.level and line.group != first.group)
