"""Markdown into the blocks that a person edits; what has no block of its own stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from briefer.domain.documents import (
    BlockNode,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.prose import ProseBlock, Raw
from briefer.markup.inlines import converted, merged
from briefer.markup.trees import block_nodes, line_tokens

_LISTS = {"bullet_list", "ordered_list"}
_HOLDERS = {*_LISTS, "blockquote"}
_DEFINITION = re.compile(r"^[\s>*+\-\d.)]*\[[^\]\n]+\]:", re.MULTILINE)


class NoPlaceError(Exception):
    """Something is written that the blocks have no place for."""


def prose_blocks(tokens: Sequence[Token], source: str) -> Iterator[ProseBlock]:
    """Yield the blocks of parsed Markdown; ``source`` is its text."""
    lines = source.split("\n")
    told = 0
    for node in block_nodes(tokens):
        start, end = node.map or (told, told)
        yield from _unparsed(lines[told:start])
        told = max(told, end)
        text = "\n".join(lines[start:end]).rstrip()
        try:
            yield from _blocks(node, text)
        except NoPlaceError:
            yield Raw(_closed(node, text))
    yield from _unparsed(lines[told:])


def _unparsed(lines: Sequence[str]) -> Iterator[Raw]:
    """Yield what stands between the blocks: the addresses that links refer to."""
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield Raw(text)


def _closed(node: SyntaxTreeNode, source: str) -> str:
    """Return code with the fence that ends it, which may be missing at the end of a text."""
    fence = node.markup if node.type == "fence" else ""
    first, _sign, rest = source.partition("\n")
    last = rest.rpartition("\n")[2].strip()
    closed = not fence or (last.startswith(fence) and not last.strip(fence[0]))
    if closed:
        return source
    code = node.content if node.content.endswith("\n") or not node.content else f"{node.content}\n"
    return f"{first}\n{code}{fence}"


def _blocks(node: SyntaxTreeNode, text: str) -> Iterator[ProseBlock]:
    if node.type in _HOLDERS and _DEFINITION.search(text):
        raise NoPlaceError  # other blocks may refer to it
    match node.type:
        case "paragraph":
            yield from _paragraph(node, ParagraphStyle.BODY)
        case "heading":
            content = _inlines(node)
            if content:
                yield Heading(int(node.tag[1:]), content)
        case "bullet_list" | "ordered_list":
            yield _list(node)
        case "blockquote":
            paragraphs = tuple(_quoted(node))
            yield from paragraphs
        case "table":
            yield _table(node)
        case _:
            raise NoPlaceError


def _paragraph(node: SyntaxTreeNode, style: ParagraphStyle) -> Iterator[Paragraph]:
    content = _inlines(node)
    if content:
        yield Paragraph(content, style)


def _quoted(node: SyntaxTreeNode) -> Iterator[Paragraph]:
    for child in node.children:
        if child.type != "paragraph":
            raise NoPlaceError
        yield from _paragraph(child, ParagraphStyle.QUOTATION)


def _list(node: SyntaxTreeNode) -> ListBlock:
    items = tuple(item for child in node.children if (item := _item(child)).blocks)
    return ListBlock(items, ordered=node.type == "ordered_list", start=int(node.attrs.get("start", 1)))


def _item(node: SyntaxTreeNode) -> ListItem:
    blocks: list[BlockNode] = []
    for child in node.children:
        if child.type == "paragraph" and not blocks:
            blocks += _paragraph(child, ParagraphStyle.BODY)
        elif child.type in _LISTS:
            blocks.append(_list(child))
        else:
            raise NoPlaceError
    return ListItem(tuple(blocks))


def _table(node: SyntaxTreeNode) -> Table:
    rows = []
    for part in node.children:
        for row in part.children:
            if any("style" in cell.attrs for cell in row.children):
                raise NoPlaceError  # the tree knows no columns that are set to the right
            rows.append(tuple(_inlines(cell) for cell in row.children))
    return Table(rows[0], tuple(rows[1:]))


def _inlines(node: SyntaxTreeNode) -> Inlines:
    tokens = line_tokens(node)
    if any(token.type == "image" or "title" in token.attrs for token in tokens):
        raise NoPlaceError
    return _trimmed(merged(converted(tokens, _target)))


def _target(token: Token) -> str | None:
    return str(token.attrGet("href") or "") or None


def _trimmed(inlines: Inlines) -> Inlines:
    """Leave out what nobody sees: line breaks at the end, blanks around line breaks."""
    kept: list[Inline] = list(inlines)
    while kept and isinstance(kept[-1], LineBreak):
        kept.pop()
    return tuple(i for i in kept if not isinstance(i, Run) or i.text)
