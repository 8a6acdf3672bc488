"""A document as Markdown: CommonMark, tables, footnotes as ``[^1]``, and citations as Pandoc's.

A note that says nothing but a citation is written where it is cited, ``[see @gazette-2025, p. 3]``: Pandoc
formats it as a note or in the text, as the style wants. The works stand in a block of metadata at the top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.documents import (
    BlockNode,
    CitationText,
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
    Run,
    Table,
    plain_text,
)
from briefer.export.frame import as_table, check_notes, opening
from briefer.export.headings import outline
from briefer.export.markdown.marks import line
from briefer.export.markdown.references import References

_STOPS = re.compile(r"[.,;:!?]+$")


def to_markdown(document: Document) -> str:
    """Return ``document`` as Markdown. Headings stand one level below the title."""
    check_notes(document)
    writer = _Writer(document)
    marking = writer.line((Run(document.marking.text, bold=True),)) if document.marking else ""
    parts = [writer.metadata(), marking]
    if document.title:
        parts.append(f"# {writer.line((Run(document.title),), one=True)}")
    above = (Run(document.marking.text),) if document.marking else ()
    parts += writer.blocks(block for block in opening(document) if block.inlines != above)
    parts += writer.blocks(document.blocks)
    parts += writer.notes()
    parts.append(marking)
    return "\n\n".join(part for part in parts if part) + "\n"


def blocks(nodes: Iterable[BlockNode]) -> Iterator[str]:
    """Yield each block's Markdown, as part of no document: headings are not numbered, notes stay notes."""
    nodes = tuple(nodes)
    return _Writer(Document("", nodes)).blocks(nodes)


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._references = References(document)
        self._outline = outline(document)
        self._headings = iter(self._outline)
        self._cited = dict(self._citations())
        # Footnotes that remain are counted anew.
        left = (note for note in document.notes if note.number not in self._cited)
        self._left = {note.number: number for number, note in enumerate(left, 1)}

    def metadata(self) -> str:
        """Return the block of metadata; empty without works."""
        return self._references.metadata(self._document.title) if self._document.works else ""

    def notes(self) -> Iterator[str]:
        """Yield the notes that say more than a citation."""
        for note in self._document.notes:
            if number := self._left.get(note.number):
                yield f"[^{number}]: {self.line(note.inlines, one=True)}"

    def line(self, inlines: Inlines, *, one: bool = False) -> str:
        """Return inlines as Markdown, citations resolved."""
        return line(tuple(self._placed(inlines)), one=one, cite=self._cite)

    def blocks(self, nodes: Iterable[BlockNode]) -> Iterator[str]:
        """Yield each block's Markdown; neighbouring lists of one kind are kept apart by another mark."""
        before: BlockNode | None = None
        alternate = False
        for node in nodes:
            alternate = _alike(before, node) and not alternate
            if isinstance(node, ListBlock):
                yield self._list(node, alternate=alternate)
            else:
                yield from self._block(node)
            before = node

    # --- citations ---------------------------------------------------------------------------------------------

    def _citations(self) -> Iterator[tuple[int, CitationText]]:
        for note in self._document.notes:
            match note.inlines:
                case (CitationText() as citation,) if self._references.knows(citation):
                    yield note.number, citation

    def _cite(self, citation: CitationText) -> str:
        if self._references.knows(citation):
            return self._references.cite(citation)
        return line(citation.inlines)

    def _placed(self, inlines: Inlines) -> Iterator[Inline]:
        """Yield inlines with citations in place of their notes: before the stop, where Pandoc wants them."""
        found: list[Inline] = []
        for inline in inlines:
            citation = self._cited.get(inline.number) if isinstance(inline, NoteRef) else None
            if isinstance(inline, NoteRef) and citation is None:
                found.append(NoteRef(self._left.get(inline.number, inline.number)))
            elif citation is None:
                found.append(inline)
            else:
                self._cite_before_stop(found, citation)
        yield from found

    def _cite_before_stop(self, found: list[Inline], citation: CitationText) -> None:
        last = found[-1] if found else None
        stops = _STOPS.search(last.text) if isinstance(last, Run) and not last.link else None
        gap = () if not isinstance(last, Run) or is_japanese(self._document.language) else (Run(" "),)
        if isinstance(last, Run) and stops:
            found[-1:] = [replace(last, text=last.text[: stops.start()]), *gap, citation]
            found.append(replace(last, text=stops[0]))
        else:
            found += [*gap, citation]

    # --- blocks ------------------------------------------------------------------------------------------------

    def _block(self, node: BlockNode) -> Iterator[str]:
        match node:
            case Heading():
                yield self._heading(node)
            case Paragraph():
                yield from self._paragraph(node)
            case ListBlock():
                yield self._list(node, alternate=False)
            case Table():
                yield self._table(node)
            case HeatMap():
                yield self._table(as_table(node))
            case Contents():
                yield self._contents(node)

    def _heading(self, node: Heading) -> str:
        entry = next(self._headings)
        number = (Run(f"{entry.number} "),) if entry.number else ()
        return f"{'#' * (entry.level + 1)} {self.line((*number, *node.inlines), one=True)}"

    def _paragraph(self, node: Paragraph) -> Iterator[str]:
        if node.style is ParagraphStyle.CODE:
            yield _code(node)
            return
        number = () if node.number is None else (Run(f"{node.number}. "),)
        text = self.line((*number, *node.inlines))
        if node.style in {ParagraphStyle.QUOTATION, ParagraphStyle.TRANSLATION}:
            yield _indented(text, "> ", "> ")
        elif node.style is ParagraphStyle.MARKING:
            bold = tuple(replace(i, bold=True) if isinstance(i, Run) else i for i in node.inlines)
            yield self.line(bold)
        elif text:
            yield text

    def _contents(self, node: Contents) -> str:
        items = [
            f"{'    ' * (entry.level - 1)}- {line((Run(f'{entry.number} {entry.text}'.strip()),), one=True)}"
            for entry in self._outline
            if entry.level <= node.depth
        ]
        title = line((Run(node.title, bold=True),), one=True)
        return "\n\n".join(part for part in (title, "\n".join(items)) if part)

    def _list(self, node: ListBlock, *, alternate: bool) -> str:
        items = []
        for number, item in enumerate(node.items, node.start):
            mark = f"{number}{')' if alternate else '.'} " if node.ordered else ("* " if alternate else "- ")
            text = self._item(item.blocks)
            items.append(_indented(text, mark, " " * len(mark)).rstrip())
        return "\n".join(items)

    def _item(self, nodes: tuple[BlockNode, ...]) -> str:
        """Join the blocks of an item; a list stands right below its text, as people write it, where it may."""
        parts = list(self.blocks(nodes))
        close = len(nodes) == len(parts) == 2 and isinstance(nodes[0], Paragraph) and _interrupts(nodes[1])
        return ("\n" if close else "\n\n").join(parts)

    def _table(self, node: Table) -> str:
        rows = [node.header, *node.rows]
        written = ["| " + " | ".join(self._cell(cell) for cell in row) + " |" for row in rows]
        written.insert(1, "|" + " --- |" * len(node.header))
        caption = f"{self.line((Run(node.caption, italic=True),))}\n\n" if node.caption else ""
        return caption + "\n".join(written)

    def _cell(self, cell: Inlines) -> str:
        return self.line(cell, one=True).replace("|", "\\|")


def _alike(before: BlockNode | None, node: BlockNode) -> bool:
    """Whether two lists would run together; CommonMark parts them where the mark changes."""
    return isinstance(before, ListBlock) and isinstance(node, ListBlock) and before.ordered == node.ordered


def _indented(text: str, first: str, rest: str) -> str:
    head, *tail = text.split("\n")
    return "\n".join([first + head, *((rest + part if part.strip() else rest.rstrip()) for part in tail)])


def _code(node: Paragraph) -> str:
    text = xml_safe(plain_text(node.inlines))
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"


def _interrupts(node: BlockNode) -> bool:
    """Whether CommonMark takes a list that follows a line of text for one: it begins with 1 and is not empty."""
    return (
        isinstance(node, ListBlock)
        and (not node.ordered or node.start == 1)
        and bool(node.items and node.items[0].blocks)
    )
