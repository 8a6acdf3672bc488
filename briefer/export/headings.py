"""Levels and numbers of headings, for formats whose readers do not count themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.documents import BlockNode, Document, Heading, ListBlock, plain_text

_DEEPEST = 3


class Headings:
    """Tells level and number of each heading of a document, asked in reading order.

    Levels never skip one, as ISO 14289-1 and the readers of web pages want it: what stands too deep moves up.
    Annexes count by letters (in Japanese by figures), whether or not the sections are numbered.
    """

    def __init__(self, document: Document) -> None:
        self._numbering = document.numbering
        self._japanese = is_japanese(document.language)
        self._counts = [0] * _DEEPEST
        self._level = 0
        self._annexes = 0

    def next(self, heading: Heading) -> tuple[int, str]:
        """Return the level (1 to 3) of the next heading, and its number; empty where it has none."""
        self._level = level = max(1, min(heading.level, self._level + 1, _DEEPEST))
        if heading.annex:
            self._annexes += 1
            return level, self._annex()
        if heading.lane or (self._annexes and level > 1):
            return level, ""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (_DEEPEST - level)
        return level, self._numbering.number(self._counts[:level])

    def _annex(self) -> str:
        if self._japanese:
            return f"別添{self._annexes}"
        letters, number = "", self._annexes
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"Annex {letters}"


@dataclass(frozen=True)
class Entry:
    """What a table of contents shows of a heading: level (1 to 3), number or "", text, and the id that it has."""

    level: int
    number: str
    text: str
    place: str


def outline(document: Document) -> tuple[Entry, ...]:
    """Return the headings of ``document`` in reading order; one without an anchor gets an id."""
    headings = Headings(document)
    found = []
    for count, heading in enumerate(_headings(document.blocks), 1):
        level, number = headings.next(heading)
        text = " ".join(xml_safe(plain_text(heading.inlines)).split())
        found.append(Entry(level, number, text, xml_safe(heading.anchor) or f"heading-{count}"))
    return tuple(found)


def _headings(blocks: Iterable[BlockNode]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _headings(item.blocks)
