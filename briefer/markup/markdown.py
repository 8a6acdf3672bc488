"""CommonMark with tables and citations; HTML is shown as the text that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from briefer.domain.characters import xml_safe
from briefer.domain.documents import (
    BlockNode,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.prose import ProseBlock
from briefer.markup.citations import add_citations
from briefer.markup.inlines import inlines
from briefer.markup.prose import prose_blocks
from briefer.markup.trees import block_nodes, line_tokens
from briefer.markup.written import written

_MOST_OPEN, _DEEPEST = 300, 8
_BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)
_KEPT, _FEW = 4096, 64
_HEADING_LEVEL = 3  # the brief's own headings take the levels above


class MarkdownMarkup:
    """Turns prose blocks into the document tree; safe to use from several threads."""

    def __init__(self) -> None:
        self._parser = MarkdownIt("commonmark", {"html": False}).enable("table")
        add_citations(self._parser)
        # The preview renders the whole brief at each pause, of which one text is another.
        self._blocks = lru_cache(maxsize=_KEPT)(self._parsed)
        # What will be in sight is read beside the window, just before the window asks for it.
        self._read = lru_cache(maxsize=_FEW)(self._edited)

    def blocks(self, markdown: str, anchor: str = "") -> tuple[BlockNode, ...]:
        """Return the blocks of ``markdown``. The first bears ``anchor``, those after it ``anchor-2`` and so on."""
        return self._blocks(markdown, anchor)

    def _parsed(self, markdown: str, anchor: str) -> tuple[BlockNode, ...]:
        found = _blocks(block_nodes(self._parser.parse(tamed(markdown))), ParagraphStyle.BODY)
        return tuple(_anchored(block, anchor, number) for number, block in enumerate(found, 1))

    def read(self, markdown: str) -> tuple[ProseBlock, ...]:
        """Return ``markdown`` as blocks that a person edits; nothing of it is lost."""
        return self._read(markdown)

    def _edited(self, markdown: str) -> tuple[ProseBlock, ...]:
        source = tamed(markdown.replace("\r\n", "\n").replace("\r", "\n"))
        return tuple(prose_blocks(self._parser.parse(source), source))

    def write(self, blocks: Sequence[ProseBlock]) -> str:
        """Return such blocks as Markdown; equal blocks give equal text."""
        return written(blocks)

    def pasted(self, html: str) -> tuple[ProseBlock, ...]:
        """Return what another program put on the clipboard as blocks; looks are dropped, structure stays."""
        from briefer.markup.pasted import pasted

        return pasted(html)


def tamed(markdown: str) -> str:
    """Return text as it is, save where hundreds of brackets are open at once: these are then written as mere signs.

    The parser looks for the end of each anew, and would take minutes.
    """
    if markdown.count("[") <= _MOST_OPEN:
        return markdown
    open_, mere = [], []
    for match in _BRACKETS.finditer(markdown):
        if match[0] == "[":
            open_.append(match.start())
            if len(open_) > _DEEPEST:
                mere.append(open_.pop(0))
        elif match[0] == "]" and open_:
            open_.pop()
    mere += open_
    if len(mere) <= _MOST_OPEN:
        return markdown
    signs = set(mere)
    return "".join(f"\\{c}" if at in signs else c for at, c in enumerate(markdown))


def _anchored(block: BlockNode, anchor: str, number: int) -> BlockNode:
    if not anchor:
        return block
    return replace(block, anchor=anchor if number == 1 else f"{anchor}-{number}")


def _blocks(nodes: Sequence[SyntaxTreeNode], style: ParagraphStyle) -> Iterator[BlockNode]:
    for node in nodes:
        match node.type:
            case "paragraph":
                content = inlines(line_tokens(node))
                if content:
                    yield Paragraph(content, style)
            case "heading":
                yield Heading(_HEADING_LEVEL, inlines(line_tokens(node)))
            case "bullet_list" | "ordered_list":
                yield _list(node)
            case "blockquote":
                yield from _blocks(node.children, ParagraphStyle.QUOTATION)
            case "table":
                yield _table(node)
            case "fence" | "code_block":
                code = xml_safe(node.content).removesuffix("\n")
                yield Paragraph((Run(code, code=True),), ParagraphStyle.CODE)
            case _:
                pass  # a thematic break: the brief's sections do that


def _list(node: SyntaxTreeNode) -> ListBlock:
    items = tuple(ListItem(tuple(_blocks(item.children, ParagraphStyle.BODY))) for item in node.children)
    return ListBlock(items, ordered=node.type == "ordered_list", start=int(node.attrs.get("start", 1)))


def _table(node: SyntaxTreeNode) -> Table:
    rows = [
        tuple(inlines(line_tokens(cell)) for cell in row.children)
        for part in node.children
        for row in part.children
    ]
    return Table(rows[0], tuple(rows[1:]))
