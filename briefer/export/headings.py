"""Levels and numbers of headings, for formats whose readers do not count themselves."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.documents import Document, Heading, plain_text
from briefer.domain.heading_numbers import HeadingCount, headings_in


class Headings:
    """Tells level and number of each heading of a document, asked in reading order.

    Annexes count by letters (in Japanese by figures), whether or not the sections are numbered.
    """

    def __init__(self, document: Document) -> None:
        self._count = HeadingCount(document.numbering)
        self._japanese = is_japanese(document.language)
        self._annexes = 0

    def next(self, heading: Heading) -> tuple[int, str]:
        """Return the level (1 to 3) of the next heading, and its number; empty where it has none."""
        level = self._count.level(heading.level)
        if heading.annex:
            self._annexes += 1
            return level, self._annex()
        if heading.lane or (self._annexes and level > 1):
            return level, ""
        return level, self._count.number()

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
    for count, heading in enumerate(headings_in(document.blocks), 1):
        level, number = headings.next(heading)
        text = " ".join(xml_safe(plain_text(heading.inlines)).split())
        found.append(Entry(level, number, text, xml_safe(heading.anchor) or f"heading-{count}"))
    return tuple(found)
