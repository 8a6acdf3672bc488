"""Which list each heading, list and numbered paragraph of a document is counted in."""

from __future__ import annotations

from briefer.domain.characters import is_japanese
from briefer.domain.documents import Document, HeadingNumbering
from briefer.export.docx.numbering import (
    ANNEXES,
    BULLETS,
    HEADINGS,
    JAPANESE_ANNEXES,
    JAPANESE_PARAGRAPHS,
    LISTS,
    PARAGRAPHS,
    UNNUMBERED,
    Definition,
    Numbering,
)
from briefer.export.docx.outline import Entry
from briefer.export.docx.xml import Element
from briefer.export.list_signs import signs_of


class Counters:
    """Counts for one document."""

    def __init__(self, numbering: Numbering, styles: Element, document: Document) -> None:
        self._numbering = numbering
        self._styles = styles
        japanese = is_japanese(document.language)
        self._annexes = JAPANESE_ANNEXES if japanese else ANNEXES
        self._paragraphs = JAPANESE_PARAGRAPHS if japanese else PARAGRAPHS
        self._lists = LISTS[signs_of(document)]
        self._shared: dict[Definition, int] = {}
        self._headings = document.numbering is not HeadingNumbering.NONE
        if self._headings:
            numbering.linked(HEADINGS[document.numbering], styles)
        self._annex_list = 0
        self._paragraph_list = 0
        self._last_paragraph = 0

    def heading(self, entry: Entry) -> tuple[int, int] | None:
        """Return the list that a heading is counted in, where its style does not say so already."""
        if entry.heading.annex and not self._annex_list:
            self._annex_list = self._numbering.linked(self._annexes, self._styles)
        if entry.heading.annex:
            # The style of annexes is the first level's; deeper ones are counted with them.
            return (self._annex_list, 0) if entry.level > 1 else None
        if entry.number or not self._headings:
            return None
        return self._one(UNNUMBERED), 0

    def list(self, level: int, start: int) -> int:
        """Return the id of a new list that counts from ``start`` at ``level`` (from 0)."""
        return self._numbering.restarted(self._lists.numbers, level, start)

    def bullets(self) -> int:
        """Return the id of the list of bullets."""
        return self._one(self._lists.bullets) if self._lists.bullets else BULLETS

    def continued(self, level: int) -> tuple[int, int] | None:
        """Return what sets a paragraph under the text of its item, where its style does not."""
        return (self._one(self._lists.continued), level) if self._lists.continued else None

    def _one(self, definition: Definition) -> int:
        """Return the id of the only list of ``definition``."""
        if definition not in self._shared:
            self._shared[definition] = self._numbering.restarted(definition)
        return self._shared[definition]

    def paragraph(self, number: int) -> tuple[int, int]:
        """Return the list of the paragraph that bears ``number``; it goes on as long as the numbers do."""
        if not self._paragraph_list or number != self._last_paragraph + 1:
            self._paragraph_list = self._numbering.restarted(self._paragraphs, 0, number)
        self._last_paragraph = number
        return self._paragraph_list, 0
