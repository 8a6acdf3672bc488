"""The blocks of a prose block into Markdown, always in the same way.

What :mod:`briefer.markup.prose` reads from it are the same blocks again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.common.normalize_url import normalizeLink

from briefer.domain.citations import written_citation
from briefer.domain.documents import (
    BlockNode,
    Heading,
    Inlines,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphStyle,
    Table,
)
from briefer.domain.marks import Dialect, line
from briefer.domain.prose import ProseBlock, Raw

# A citation and a colon would be the address of a link.
_START_OF_REFERENCE = r"\[[^\[\]\\]*\](?=:)"


def _address(url: str | None) -> str | None:
    return normalizeLink(url) if url else None


_PROSE = Dialect(
    special=re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z])|&(?=#|[0-9A-Za-z]+;)"),
    line_start=re.compile(
        rf"^(?:[#+=>|-]|~(?=~~)|:(?=-|::)|\d{{1,9}}(?=[.)](?:\s|$))|{_START_OF_REFERENCE})"
    ),
    address=_address,
    bare=False,
    cited=written_citation,
)


def written(blocks: Sequence[ProseBlock]) -> str:
    """Return ``blocks`` as Markdown; those that hold nothing are left out."""
    return "\n\n".join(_texts(blocks))


def _texts(blocks: Sequence[ProseBlock]) -> Iterator[str]:
    """Yield the texts of blocks; paragraphs of one quotation are one text."""
    quoted: list[str] = []
    other = False
    former: ProseBlock | None = None
    for block in blocks:
        text = _text(block, other=_follows_alike(former, block) and not other)
        if not text:
            continue
        other = isinstance(block, ListBlock) and _follows_alike(former, block) and not other
        former = block
        if isinstance(block, Paragraph) and block.style is ParagraphStyle.QUOTATION:
            quoted.append(_prefixed(text, "> ", "> "))
            continue
        if quoted:
            yield "\n>\n".join(quoted)
            quoted = []
        yield text
    if quoted:
        yield "\n>\n".join(quoted)


def _text(block: ProseBlock, *, other: bool) -> str:
    match block:
        case Heading(level=level, inlines=inlines):
            text = line(inlines, _PROSE, one=True)
            return f"{'#' * level} {text}" if text else ""
        case Paragraph(inlines=inlines):
            return line(inlines, _PROSE)
        case ListBlock():
            return _list(block, other=other)
        case Table():
            return _table(block)
        case Raw(source=source):
            return source


def _follows_alike(former: BlockNode | Raw | None, block: BlockNode | Raw) -> bool:
    """Whether two lists would be read as one, were their signs the same."""
    return isinstance(former, ListBlock) and isinstance(block, ListBlock) and former.ordered == block.ordered


def _list(block: ListBlock, *, other: bool) -> str:
    items: list[str] = []
    for text in filter(None, map(_item, block.items)):
        number = f"{block.start + len(items)}{')' if other else '.'} "
        sign = number if block.ordered else "* " if other else "- "
        items.append(_prefixed(text, sign, " " * len(sign)))
    return "\n".join(items)


def _item(item: ListItem) -> str:
    text = ""
    former: BlockNode | None = None
    other = False
    for block in item.blocks:
        part = ""
        if isinstance(block, Paragraph):
            part = line(block.inlines, _PROSE)
        elif isinstance(block, ListBlock):
            other = _follows_alike(former, block) and not other
            part = _list(block, other=other)
        # A numbered list that does not begin at 1 would be the paragraph's next line.
        tight = isinstance(block, ListBlock) and isinstance(former, Paragraph) and _interrupts(block)
        text += ("\n" if tight else "\n\n") * bool(text and part) + part
        former = block if part else former
    return text


def _interrupts(block: ListBlock) -> bool:
    return not block.ordered or block.start == 1


def _table(block: Table) -> str:
    if not block.header:
        return ""
    rows = [block.header, *block.rows]
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * len(block.header)}", *lines[1:]])


def _cell(inlines: Inlines) -> str:
    return line(inlines, _PROSE, one=True).replace("|", "\\|")


def _prefixed(text: str, first: str, others: str) -> str:
    head, *rest = text.split("\n")
    return "\n".join([first + head, *(f"{others}{part}".rstrip() for part in rest)])
