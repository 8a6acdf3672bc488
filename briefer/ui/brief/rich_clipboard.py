"""What goes to the clipboard from a text, and comes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlockFormat, QTextCursor

from briefer.domain.citations import CITATION, parse_citation, written_citation
from briefer.domain.documents import (
    BlockNode,
    Citation,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.prose import ProseBlock, Raw, lines_of
from briefer.services.ports import Markup
from briefer.ui.brief.mime import PROSE
from briefer.ui.brief.rich_text import RAW, insert_blocks, insert_inlines, kind_of, table_at

_LONG = 60_000

Label = Callable[[str], str]


def copied(blocks: Sequence[ProseBlock], markup: Markup, label: Label) -> QMimeData:
    """Return ``blocks`` for other programs, as HTML and text, and for Briefer without any loss."""
    data = QMimeData()
    data.setData(PROSE, markup.write(blocks).encode())
    data.setHtml("".join(_html(block, label) for block in blocks))
    data.setText("\n".join(_text(block, label) for block in blocks))
    return data


def as_read(blocks: Iterable[ProseBlock], label: Label) -> str:
    """Return ``blocks`` as plain text, each paragraph and item parted from the next by an empty line."""
    lines = (line for block in blocks for line in _text(block, label).splitlines())
    return "\n\n".join(filter(str.strip, lines))


@dataclass(frozen=True)
class Clip:
    """What stands on the clipboard: Briefer's own Markdown, HTML, text; each may be empty."""

    own: str
    html: str
    text: str

    @property
    def is_long(self) -> bool:
        """Whether it is too long for one text."""
        return max(len(self.own), len(self.html), len(self.text)) > _LONG


def taken(data: QMimeData) -> Clip:
    """Return what stands on the clipboard, as far as texts take it."""
    own = bytes(data.data(PROSE).data()).decode() if data.hasFormat(PROSE) else ""
    return Clip(own, data.html() if data.hasHtml() else "", data.text())


def read(clip: Clip, markup: Markup) -> tuple[ProseBlock, ...]:
    """Return it as blocks: Briefer's own, HTML, or lines of text."""
    if clip.own:
        return markup.read(clip.own)
    found = markup.pasted(clip.html) if clip.html else ()
    return found or tuple(Paragraph(tuple(_cited(line))) for line in clip.text.splitlines() if line.strip())


def insert(cursor: QTextCursor, blocks: Sequence[ProseBlock]) -> None:
    """Put ``blocks`` in place of what ``cursor`` selects, as one step of the undo."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    only = blocks[0] if len(blocks) == 1 else None
    if kind_of(cursor.block()) == RAW:
        cursor.insertText("\u2028".join(_text(block, str) for block in blocks), cursor.blockCharFormat())
    elif isinstance(only, Paragraph) and only.style is ParagraphStyle.BODY:
        insert_inlines(cursor, only.inlines, cursor.blockCharFormat())
    elif table_at(cursor) is not None:
        insert_inlines(cursor, _in_one_line(blocks))
    elif blocks:
        _insert_between(cursor, blocks)
    cursor.endEditBlock()


def _insert_between(cursor: QTextCursor, blocks: Sequence[ProseBlock]) -> None:
    if not cursor.atBlockStart():
        cursor.insertBlock()
    if not cursor.atBlockEnd():
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.setBlockFormat(QTextBlockFormat())
    insert_blocks(cursor, blocks)


def _cited(line: str) -> Iterator[Inline]:
    end = 0
    for match in CITATION.finditer(line):
        citation = parse_citation(match[1])
        if citation is not None:
            yield Run(line[end : match.start()])
            yield citation
            end = match.end()
    yield Run(line[end:])


def _in_one_line(blocks: Iterable[ProseBlock]) -> Iterator[Inline]:
    for number, inlines in enumerate(text for block in blocks for text in _texts(block)):
        if number:
            yield Run(" ")
        yield from (Run(" ") if isinstance(inline, LineBreak) else inline for inline in inlines)


def _texts(block: ProseBlock) -> Iterator[Inlines]:
    match block:
        case Heading() | Paragraph():
            yield block.inlines
        case ListBlock():
            yield from (inlines for _level, _list, inlines in lines_of(block))
        case Table():
            yield from (cell for row in (block.header, *block.rows) for cell in row)
        case Raw(source=source):
            yield (Run(source.replace("\n", " ")),)


# --- out ---------------------------------------------------------------------------------------------------


def _text(block: ProseBlock, label: Label) -> str:
    match block:
        case ListBlock():
            return "\n".join(
                f"{'  ' * (level - 1)}{_sign(part)}{_plain(inlines, label)}"
                for level, part, inlines in lines_of(block)
            )
        case Table():
            rows = (block.header, *block.rows)
            return "\n".join("\t".join(_plain(cell, label) for cell in row) for row in rows)
        case Raw(source=source):
            return source
        case _:
            return _plain(block.inlines, label)


def _sign(block: ListBlock) -> str:
    return "– " if block.ordered else "• "


def _plain(inlines: Inlines, label: Label) -> str:
    return "".join(_said(inline, label) for inline in inlines)


def _said(inline: Inline, label: Label) -> str:
    if isinstance(inline, Citation):
        return f" ({label(written_citation(inline))})"
    return "\n" if isinstance(inline, LineBreak) else getattr(inline, "text", "")


def _html(block: ProseBlock | BlockNode, label: Label) -> str:
    match block:
        case Heading(inlines=inlines):
            return f"<h3>{_marked(inlines, label)}</h3>"
        case Paragraph(inlines=inlines, style=ParagraphStyle.QUOTATION):
            return f"<blockquote><p>{_marked(inlines, label)}</p></blockquote>"
        case Paragraph(inlines=inlines):
            return f"<p>{_marked(inlines, label)}</p>"
        case ListBlock():
            return _html_list(block, label)
        case Table():
            rows = (block.header, *block.rows)
            cells = ("".join(f"<td>{_marked(cell, label)}</td>" for cell in row) for row in rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        case Raw(source=source):
            return f"<pre>{escape(source)}</pre>"
        case _:
            return ""


def _html_list(block: ListBlock, label: Label) -> str:
    items = []
    for item in block.items:
        inner = (
            _marked(part.inlines, label) if isinstance(part, Paragraph) else _html(part, label)
            for part in item.blocks
        )
        items.append(f"<li>{''.join(inner)}</li>")
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}{start}>{''.join(items)}</{tag}>"


def _marked(inlines: Inlines, label: Label) -> str:
    return "".join(_marked_one(inline, label) for inline in inlines)


def _marked_one(inline: Inline, label: Label) -> str:
    if isinstance(inline, LineBreak):
        return "<br>"
    text = escape(_said(inline, label))
    if not isinstance(inline, Run):
        return text
    for wanted, tag in ((inline.code, "code"), (inline.italic, "em"), (inline.bold, "strong")):
        text = f"<{tag}>{text}</{tag}>" if wanted else text
    return f'<a href="{escape(inline.link)}">{text}</a>' if inline.link else text
