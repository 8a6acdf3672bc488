"""Markdown that reads back to the same blocks: CommonMark, tables, and footnotes as ``[^1]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefer.domain.characters import xml_safe
from briefer.domain.documents import (
    BlockNode,
    Document,
    Heading,
    HeatMap,
    Inlines,
    ListBlock,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.export.frame import as_table, check_notes, opening
from briefer.export.marks import line


def to_markdown(document: Document) -> str:
    """Return ``document`` as Markdown. Headings stand one level below the title."""
    check_notes(document)
    parts = []
    marking = line((Run(document.marking.text, bold=True),)) if document.marking else ""
    if marking:
        parts.append(marking)
    if document.title:
        parts.append(f"# {line((Run(document.title),), one=True)}")
    parts += [
        text
        for block in opening(document)
        if block.style is ParagraphStyle.SUBTITLE
        for text in _block(block)
    ]
    parts += blocks(document.blocks)
    parts += [f"[^{note.number}]: {line(note.inlines, one=True)}" for note in document.notes]
    if marking:
        parts.append(marking)
    return "\n\n".join(parts) + "\n"


def blocks(nodes: Iterable[BlockNode]) -> Iterator[str]:
    """Yield each block's Markdown; neighbouring lists of one kind are kept apart by another mark."""
    before: BlockNode | None = None
    alternate = False
    for node in nodes:
        alternate = _alike(before, node) and not alternate
        if isinstance(node, ListBlock):
            yield _list(node, alternate=alternate)
        else:
            yield from _block(node)
        before = node


def _alike(before: BlockNode | None, node: BlockNode) -> bool:
    """Whether two lists would run together; CommonMark parts them where the mark changes."""
    return isinstance(before, ListBlock) and isinstance(node, ListBlock) and before.ordered == node.ordered


def _block(node: BlockNode) -> Iterator[str]:
    match node:
        case Heading():
            yield f"{'#' * (min(max(node.level, 1), 3) + 1)} {line(node.inlines, one=True)}"
        case Paragraph(style=ParagraphStyle.CODE):
            yield _code(node)
        case Paragraph(style=ParagraphStyle.QUOTATION):
            yield _indented(line(node.inlines), "> ", "> ")
        case Paragraph(style=ParagraphStyle.MARKING):
            yield line(tuple(Run(i.text, bold=True) if isinstance(i, Run) else i for i in node.inlines))
        case Paragraph():
            if text := line(node.inlines):
                yield text
        case ListBlock():
            yield _list(node, alternate=False)
        case Table():
            yield _table(node)
        case HeatMap():
            yield _table(as_table(node))


def _indented(text: str, first: str, rest: str) -> str:
    head, *tail = text.split("\n")
    return "\n".join([first + head, *((rest + part if part.strip() else rest.rstrip()) for part in tail)])


def _code(node: Paragraph) -> str:
    text = xml_safe("".join(run.text for run in node.inlines if isinstance(run, Run)))
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"


def _list(node: ListBlock, *, alternate: bool) -> str:
    items = []
    for number, item in enumerate(node.items, node.start):
        mark = f"{number}{')' if alternate else '.'} " if node.ordered else ("* " if alternate else "- ")
        text = _item(item.blocks)
        items.append(_indented(text, mark, " " * len(mark)).rstrip())
    return "\n".join(items)


def _item(nodes: tuple[BlockNode, ...]) -> str:
    """Join the blocks of an item; a list stands right below its text, as people write it, where it may."""
    parts = list(blocks(nodes))
    close = len(nodes) == len(parts) == 2 and isinstance(nodes[0], Paragraph) and _interrupts(nodes[1])
    return ("\n" if close else "\n\n").join(parts)


def _interrupts(node: BlockNode) -> bool:
    """Whether CommonMark takes a list that follows a line of text for one: it begins with 1 and is not empty."""
    return (
        isinstance(node, ListBlock)
        and (not node.ordered or node.start == 1)
        and bool(node.items and node.items[0].blocks)
    )


def _table(node: Table) -> str:
    rows = [node.header, *node.rows]
    written = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    written.insert(1, "|" + " --- |" * len(node.header))
    caption = f"{line((Run(node.caption, italic=True),))}\n\n" if node.caption else ""
    return caption + "\n".join(written)


def _cell(cell: Inlines) -> str:
    return line(cell, one=True).replace("|", "\\|")
