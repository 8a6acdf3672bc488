"""Blocks into the paragraphs, lists, tables and pictures of the body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
from briefer.export.docx.contents import ContentsWriter
from briefer.export.docx.counters import Counters
from briefer.export.docx.numbering import LEVELS
from briefer.export.docx.outline import Entry
from briefer.export.docx.paragraphs import ParagraphWriter
from briefer.export.docx.pictures import PictureWriter
from briefer.export.docx.styles import LIST_ENDS
from briefer.export.docx.tables import TableWriter
from briefer.export.docx.xml import Element, w
from briefer.export.frame import leads

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
    """Appends blocks to the body of a document, whose headings are ``entries``."""

    def __init__(
        self,
        body: Element,
        paragraphs: ParagraphWriter,
        counters: Counters,
        entries: Sequence[Entry],
        contents: ContentsWriter,
        pictures: PictureWriter,
    ) -> None:
        self._body = body
        self._paragraphs = paragraphs
        self._counters = counters
        self._entries = iter(entries)
        self._contents = contents
        self._pictures = pictures
        self._tables = TableWriter(paragraphs)

    def write_title(self, title: str) -> None:
        """Append the title, where there is one."""
        if title:
            self._paragraphs.write(self._body, "Title", (Run(title),))

    def write(self, blocks: Sequence[BlockNode]) -> None:
        """Append ``blocks``. Word joins tables that touch, and needs a paragraph after the last."""
        for index, block in enumerate(blocks):
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            self._block(block, after)
            if isinstance(block, Table) and not isinstance(after, Heading):
                self._paragraphs.write(self._body, "TableGap", ())
            if isinstance(block, ListBlock) and not isinstance(after, Heading):
                self._end_list()

    def _block(self, block: BlockNode, after: BlockNode | None) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block, after)
            case ListBlock():
                self._list(block, 0)
            case Table():
                self._tables.write(self._body, block)
            case HeatMap():
                self._pictures.heat_map(self._body, block)
            case Contents():
                self._contents.write(self._body, block)

    def _heading(self, block: Heading) -> None:
        entry = next(self._entries)
        self._paragraphs.write(
            self._body,
            "AnnexHeading" if block.annex and entry.level == 1 else f"Heading{entry.level}",
            block.inlines,
            anchors=(block.anchor,),
            bookmark=entry.bookmark if self._contents.leads_to(entry) else "",
            numbered=self._counters.heading(entry),
        )

    def _paragraph(self, block: Paragraph, after: BlockNode | None) -> None:
        style = STYLES[block.style]
        numbered = None
        if block.number is not None:
            numbered = self._counters.paragraph(block.number)
            style = "NumberedParagraph" if block.style is ParagraphStyle.BODY else style
        keep = leads(block, after)
        self._paragraphs.write(
            self._body, style, block.inlines, anchors=(block.anchor,), numbered=numbered, keep=keep
        )

    def _list(self, block: ListBlock, depth: int) -> None:
        level = min(depth, LEVELS - 1)
        number = self._counters.list(level, block.start) if block.ordered else self._counters.bullets()
        style = "ListNumber" if block.ordered else "ListBullet"
        anchors: tuple[str, ...] = (block.anchor,)
        for item in block.items:
            first, rest = _split(item.blocks)
            own = (first.anchor,) if first else ()
            inlines: Inlines = first.inlines if first else ()
            self._paragraphs.write(
                self._body, style, inlines, anchors=(*anchors, *own), numbered=(number, level)
            )
            self._continued(rest, depth)
            anchors = ()

    def _end_list(self) -> None:
        """Give the last line of a list the style that parts it from what follows; a heading stands apart itself."""
        style = self._body[-1].find(f"{w('pPr')}/{w('pStyle')}") if len(self._body) else None
        own = style.get(w("val"), "") if style is not None else ""
        if style is not None and own in LIST_ENDS:
            style.set(w("val"), LIST_ENDS[own])

    def _continued(self, blocks: Iterable[BlockNode], depth: int) -> None:
        """Append what follows the first paragraph of an item."""
        suffix = str(min(depth + 1, _CONTINUED)) if depth else ""
        for block in blocks:
            if isinstance(block, ListBlock):
                self._list(block, depth + 1)
            elif isinstance(block, Paragraph) and block.style is ParagraphStyle.BODY and block.number is None:
                style = f"ListContinue{suffix}"
                place = self._counters.continued(min(depth, LEVELS - 1))
                self._paragraphs.write(
                    self._body, style, block.inlines, anchors=(block.anchor,), numbered=place
                )
            else:
                self.write((block,))


def _split(blocks: tuple[BlockNode, ...]) -> tuple[Paragraph | None, tuple[BlockNode, ...]]:
    """Return the paragraph that stands beside the bullet, and the blocks under it."""
    first = blocks[0] if blocks else None
    return (first, blocks[1:]) if isinstance(first, Paragraph) else (None, blocks)
