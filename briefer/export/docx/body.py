"""Blocks into the paragraphs, lists and tables of the body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.documents import (
    BlockNode,
    Contents,
    Heading,
    HeatMap,
    Inlines,
    ListBlock,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.export.docx.direction import begins_leftward
from briefer.export.docx.numbering import BULLETS, LEVELS, Numbering
from briefer.export.docx.runs import RunWriter
from briefer.export.docx.styles import BOLD_STYLES
from briefer.export.docx.tables import TableWriter
from briefer.export.docx.xml import Element, add
from briefer.export.frame import as_table

STYLES = {
    ParagraphStyle.BODY: "BodyText",
    ParagraphStyle.QUOTATION: "Quote",
    ParagraphStyle.MARKING: "MarkingText",
    ParagraphStyle.SUBTITLE: "Subtitle",
    ParagraphStyle.SOURCE: "Bibliography",
    ParagraphStyle.PROMPT: "Prompt",
    ParagraphStyle.CODE: "HTMLPreformatted",
    ParagraphStyle.TRANSLATION: "QuoteTranslation",
    ParagraphStyle.HANDLING: "Handling",
}
_CONTINUED = 5  # Word knows List Continue to List Continue 5


class BodyWriter:
    """Appends blocks to the body of a document."""

    def __init__(self, body: Element, runs: RunWriter, numbering: Numbering) -> None:
        self._body = body
        self._runs = runs
        self._numbering = numbering
        self._tables = TableWriter(self.paragraph)
        self._names: set[str] = set()

    def write(self, blocks: Sequence[BlockNode]) -> None:
        """Append ``blocks``. Word joins tables that touch, and needs a paragraph after the last."""
        for index, block in enumerate(blocks):
            self._block(block)
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            if isinstance(block, Table) and not isinstance(after, Heading):
                self.paragraph(self._body, "TableGap", ())

    def paragraph(
        self,
        parent: Element,
        style: str,
        inlines: Inlines,
        *,
        anchor: str = "",
        numbered: tuple[int, int] | None = None,
        keep: bool = False,
    ) -> None:
        """Append a paragraph; ``numbered`` is the list's id and the level, ``keep`` holds it to the next."""
        element = add(parent, "p")
        properties = add(element, "pPr")
        add(properties, "pStyle", val=style)
        if keep:
            add(properties, "keepNext")
        if numbered:
            number, level = numbered
            place = add(properties, "numPr")
            add(place, "ilvl", val=str(level))
            add(place, "numId", val=str(number))
        if begins_leftward(inlines):
            add(properties, "bidi")
        mark = self._bookmark(element, anchor)
        self._runs.write(element, inlines, strong=style in BOLD_STYLES)
        if mark:
            add(element, "bookmarkEnd", id=mark)

    def _bookmark(self, element: Element, anchor: str) -> str:
        """Open the bookmark of ``anchor``; the second block with one anchor has none."""
        name = bookmark_name(anchor)
        if not anchor or name in self._names:
            return ""
        self._names.add(name)
        number = str(len(self._names))
        add(element, "bookmarkStart", id=number, name=name)
        return number

    def _block(self, block: BlockNode) -> None:
        match block:
            case Heading():
                level = min(max(block.level, 1), 3)
                self.paragraph(self._body, f"Heading{level}", block.inlines, anchor=block.anchor)
            case Paragraph():
                style = STYLES[block.style]
                self.paragraph(self._body, style, block.inlines, anchor=block.anchor, keep=_leads(block))
            case ListBlock():
                self._list(block, 0)
            case Table():
                self._tables.write(self._body, block)
            case HeatMap():
                self._tables.write(self._body, as_table(block))
            case Contents():
                pass

    def _list(self, block: ListBlock, depth: int) -> None:
        level = min(depth, LEVELS - 1)
        number = self._numbering.restarted(level, block.start) if block.ordered else BULLETS
        style = "ListNumber" if block.ordered else "ListBullet"
        anchor = block.anchor
        for item in block.items:
            first, rest = _split(item.blocks)
            self.paragraph(self._body, style, first, anchor=anchor, numbered=(number, level))
            self._continued(rest, depth)
            anchor = ""

    def _continued(self, blocks: Iterable[BlockNode], depth: int) -> None:
        """Append what follows the first paragraph of an item."""
        suffix = str(min(depth + 1, _CONTINUED)) if depth else ""
        for block in blocks:
            if isinstance(block, ListBlock):
                self._list(block, depth + 1)
            elif isinstance(block, Paragraph) and block.style is ParagraphStyle.BODY:
                self.paragraph(self._body, f"ListContinue{suffix}", block.inlines, anchor=block.anchor)
            else:
                self.write((block,))


def _leads(block: Paragraph) -> bool:
    """Whether a paragraph leads to the next, and must not end a page: all bold (a question), or with a colon."""
    runs = [inline for inline in block.inlines if isinstance(inline, Run)]
    if block.style is not ParagraphStyle.BODY or not runs:
        return False
    return all(run.bold for run in runs) or runs[-1].text.rstrip().endswith((":", "："))


def _split(blocks: tuple[BlockNode, ...]) -> tuple[Inlines, tuple[BlockNode, ...]]:
    """Return the text that stands beside the bullet, and the blocks under it."""
    first = blocks[0] if blocks else None
    return (first.inlines, blocks[1:]) if isinstance(first, Paragraph) else ((), blocks)
