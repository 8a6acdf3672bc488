"""On which page a heading will about stand: what a table of contents shows until a program reckons it anew.

Lines are reckoned from the widths that characters have on average, so that every machine comes to the same
numbers, whichever fonts it has.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.documents import (
    BlockNode,
    Contents,
    Document,
    Heading,
    HeatMap,
    Inline,
    Inlines,
    ListBlock,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Table,
    plain_text,
)
from briefer.domain.exporting import NotesAt
from briefer.domain.paging import NARROW, WIDE, WIDE_LETTER
from briefer.export.docx.layout import TEXT_HEIGHT, TEXT_WIDTH
from briefer.export.docx.outline import Entry
from briefer.export.docx.styles import LOOKS, Look
from briefer.export.frame import column_weights, opening

_LOOKS = {look.id: look for look in LOOKS}
_STYLES = {
    ParagraphStyle.QUOTATION: "Quote",
    ParagraphStyle.TRANSLATION: "QuoteTranslation",
    ParagraphStyle.SOURCE: "Bibliography",
    ParagraphStyle.SUBTITLE: "Subtitle",
    ParagraphStyle.MARKING: "MarkingText",
    ParagraphStyle.HANDLING: "Handling",
    ParagraphStyle.CODE: "HTMLPreformatted",
}
_LEADING, _WIDE_LEADING = 1.15, 1.5  # of Arial, and of Japanese type
_USUAL_SIZE, _USUAL_LINE = 21, 276
_INDENT = 357
_CELL_MARGINS = 200


@dataclass(frozen=True)
class Pages:
    """The page of each heading, in reading order, and how many pages there are."""

    headings: tuple[int, ...]
    count: int


def paginated(document: Document, entries: tuple[Entry, ...], notes: NotesAt) -> Pages:
    """Return about where the headings of ``document`` stand."""
    pages = _Reckoner(document, entries, notes)
    pages.reckon()
    return Pages(tuple(pages.headings), pages.page)


class _Reckoner:
    """Fills page after page; heights are twentieths of a point."""

    def __init__(self, document: Document, entries: tuple[Entry, ...], notes: NotesAt) -> None:
        self._document = document
        self._entries = entries
        at_foot = notes is NotesAt.FOOT
        self._notes = {n.number: n.inlines for n in document.notes} if at_foot else {}
        self._left = TEXT_HEIGHT
        self.page = 1
        self.headings: list[int] = []

    def reckon(self) -> None:
        document = self._document
        if document.title:
            self._fill(_height(_LOOKS["Title"], document.title))
        for block in (*opening(document), *document.blocks):
            self._block(block, 0)
        if not self._notes:
            for note in document.notes:
                self._text(_LOOKS["EndnoteText"], note.inlines)

    def _block(self, block: BlockNode, depth: int) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._text(_LOOKS[_STYLES.get(block.style, "BodyText")], block.inlines, depth)
            case ListBlock():
                for item in block.items:
                    for inner in item.blocks:
                        self._block(inner, depth + 1)
            case Table():
                self._table(block)
            case HeatMap():
                self._fill(TEXT_WIDTH // 2)
            case Contents():
                shown = sum(entry.level <= block.depth for entry in self._entries)
                self._fill(_height(_LOOKS["TOCHeading"], block.title))
                for _ in range(shown):
                    self._fill(_height(_LOOKS["TOC1"], ""))

    def _heading(self, block: Heading) -> None:
        entry = self._entries[len(self.headings)]
        look = _LOOKS[f"Heading{entry.level}"]
        height = _height(look, f"{entry.number} {entry.text}")
        after = 2 * _line(_LOOKS["BodyText"], wide=False)
        if (block.annex and entry.level == 1 and self._left < TEXT_HEIGHT) or self._left < height + after:
            self._turn()
        self._fill(height)
        self.headings.append(self.page)

    def _text(self, look: Look, inlines: Inlines, depth: int = 0) -> None:
        self._foot(inlines)
        self._fill(_height(look, plain_text(inlines), TEXT_WIDTH - depth * _INDENT))

    def _table(self, table: Table) -> None:
        weights = column_weights(table)
        total = sum(weights) or 1
        for row in (table.header, *table.rows):
            heights = [0]
            for cell, weight in zip(row, weights, strict=True):
                self._foot(cell)
                width = max(TEXT_WIDTH * weight // total - _CELL_MARGINS, _INDENT)
                heights.append(_height(_LOOKS["TableText"], plain_text(cell), width))
            if max(heights) > self._left:
                self._turn()
            self._fill(max(heights))

    def _foot(self, inlines: tuple[Inline, ...]) -> None:
        """Take the room of notes at the foot of the page."""
        for inline in inlines:
            if isinstance(inline, NoteRef) and inline.number in self._notes:
                self._fill(_height(_LOOKS["FootnoteText"], plain_text(self._notes[inline.number])))

    def _fill(self, height: int) -> None:
        while height > self._left:
            height -= self._left
            self._turn()
        self._left -= height

    def _turn(self) -> None:
        self.page += 1
        self._left = TEXT_HEIGHT


def _height(look: Look, text: str, width: int = TEXT_WIDTH) -> int:
    wide = 0 if text.isascii() else len(WIDE_LETTER.findall(text))
    size = (look.size or _USUAL_SIZE) * 10
    length = int(((len(text) - wide) * NARROW + wide * WIDE) * size)
    room = max(width - look.left - look.right, size)
    lines = max(1, -(-length // room)) + text.count("\n")
    return look.before + look.below + lines * _line(look, wide=wide * 4 > len(text))


def _line(look: Look, *, wide: bool) -> int:
    size = (look.size or _USUAL_SIZE) * 10
    leading = _WIDE_LEADING if wide else _LEADING
    return int(size * leading * (look.line or _USUAL_LINE) / 240)
