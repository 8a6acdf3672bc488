"""The blocks of a prose block in a text document, shown as they will look, and read from it again.

What a paragraph is stands in its format: the level of a heading, the list it is in, or :data:`KIND` for a quotation
and for what is shown as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)

from briefer.domain.citations import parse_citation, written_citation
from briefer.domain.documents import (
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
from briefer.domain.prose import ListLine, ProseBlock, Raw, lines_of, lists_of
from briefer.ui.brief.highlighter import fixed
from briefer.ui.brief.prose_text import OBJECT, citation_format, is_citation, sliced, source_of

KIND = QTextFormat.Property.UserProperty.value + 2
_CODE = QTextFormat.Property.UserProperty.value + 3
QUOTE, RAW = "quote", "raw"
LINE_END = "\N{LINE SEPARATOR}"
_SPACING = 4.0
_QUOTE_INDENT = 16.0
_EDGE = QColor(128, 128, 128, 130)
_HEAD = QColor(128, 128, 128, 36)
_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)


def insert_blocks(cursor: QTextCursor, blocks: Sequence[ProseBlock]) -> None:
    """Put ``blocks`` at ``cursor``, which stands in an empty paragraph; the first takes its place."""
    writer = _Writer(cursor)
    cursor.beginEditBlock()
    for block in blocks:
        writer.block(block)
    cursor.endEditBlock()


def insert_inlines(
    cursor: QTextCursor, inlines: Iterable[Inline], ground: QTextCharFormat | None = None
) -> None:
    """Put ``inlines`` at ``cursor``; ``ground`` is the format of plain text there."""
    plain = ground or QTextCharFormat()
    for inline in inlines:
        match inline:
            case Run():
                cursor.insertText(inline.text, run_format(inline, plain))
            case LineBreak():
                cursor.insertText(LINE_END, plain)
            case Citation():
                cursor.insertText(OBJECT, citation_format(written_citation(inline)))
            case _:
                raise ValueError("not for a text that is edited")


def blocks_of(document: QTextDocument, start: int = 0, end: int | None = None) -> tuple[ProseBlock, ...]:
    """Return what stands in a document, or from ``start`` to ``end`` of it; a table is taken whole."""
    end = document.characterCount() - 1 if end is None else end
    return tuple(_collected(_parts(document, start, end)))


def run_format(run: Run, ground: QTextCharFormat) -> QTextCharFormat:
    """Return how a run looks on the format of the text around it."""
    made = QTextCharFormat(ground)
    if run.bold:
        made.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        made.setFontItalic(True)
    if run.code:
        made.merge(fixed())
        made.setProperty(_CODE, True)
    if run.link:
        set_link(made, run.link)
    return made


def is_code(char_format: QTextCharFormat) -> bool:
    """Whether a format is that of code."""
    return bool(char_format.property(_CODE))


def set_link(char_format: QTextCharFormat, address: str) -> None:
    """Make a link of a format."""
    char_format.setAnchor(True)
    char_format.setAnchorHref(address)
    char_format.setFontUnderline(True)


def heading_format(level: int) -> tuple[QTextBlockFormat, QTextCharFormat]:
    """Return how a heading stands and looks; its weight is less than that of bold words in it."""
    block, chars = plain_block(), QTextCharFormat()
    block.setHeadingLevel(level)
    chars.setFontWeight(QFont.Weight.DemiBold)
    chars.setProperty(QTextFormat.Property.FontSizeAdjustment, 1)
    return block, chars


def plain_block(kind: str = "") -> QTextBlockFormat:
    """Return how a paragraph of that kind stands."""
    made = QTextBlockFormat()
    made.setBottomMargin(_SPACING)
    if kind:
        made.setProperty(KIND, kind)
    if kind == QUOTE:
        made.setLeftMargin(_QUOTE_INDENT)
        made.setBackground(QBrush(_HEAD))
    return made


def list_format(level: int, *, ordered: bool, start: int = 1) -> QTextListFormat:
    """Return how a list of that level stands."""
    made = QTextListFormat()
    style = QTextListFormat.Style.ListDecimal if ordered else _BULLETS[(level - 1) % len(_BULLETS)]
    made.setStyle(style)
    made.setIndent(level)
    made.setStart(start)
    return made


def is_ordered(text_list: QTextList) -> bool:
    """Whether a list is numbered."""
    return text_list.format().style() == QTextListFormat.Style.ListDecimal


def kind_of(block: QTextBlock) -> str:
    """Return QUOTE, RAW or nothing."""
    return str(block.blockFormat().property(KIND) or "")


def list_of(block: QTextBlock) -> QTextList | None:
    """Return the list that a paragraph is an item of, or None."""
    return block.textList()


def table_at(cursor: QTextCursor) -> QTextTable | None:
    """Return the table in which a cursor stands, or None."""
    return cursor.currentTable()


def insert_table(cursor: QTextCursor, rows: int, columns: int) -> QTextTable:
    """Put an empty table at ``cursor``; the cursor is then in its first cell."""
    made = QTextTableFormat()
    made.setBorder(1)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QBrush(_EDGE))
    made.setBorderCollapse(True)
    made.setCellPadding(4)
    made.setCellSpacing(0)
    made.setTopMargin(2)
    made.setBottomMargin(2)
    made.setHeaderRowCount(1)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table = cursor.insertTable(rows, columns, made)
    for column in range(columns):
        head = table.cellAt(0, column).format()
        head.setBackground(QBrush(_HEAD))
        table.cellAt(0, column).setFormat(head)
    cursor.setPosition(table.cellAt(0, 0).firstPosition())
    return table


class _Writer:
    """Writes blocks one below the other."""

    def __init__(self, cursor: QTextCursor) -> None:
        self._cursor = cursor
        self._fresh = True

    def block(self, block: ProseBlock) -> None:
        match block:
            case Heading(level=level, inlines=inlines):
                self._paragraph(inlines, *heading_format(level))
            case Paragraph(inlines=inlines, style=style):
                self._paragraph(inlines, plain_block(QUOTE if style is ParagraphStyle.QUOTATION else ""))
            case ListBlock():
                self._list(block)
            case Table():
                self._table(block)
            case Raw(source=source):
                self._paragraph((Run(source.replace("\n", LINE_END)),), plain_block(RAW), fixed())

    def _paragraph(
        self, inlines: Inlines, stands: QTextBlockFormat, looks: QTextCharFormat | None = None
    ) -> None:
        ground = looks or QTextCharFormat()
        if self._fresh:
            self._cursor.setBlockFormat(stands)
            self._cursor.setBlockCharFormat(ground)
        else:
            self._cursor.insertBlock(stands, ground)
        self._fresh = False
        insert_inlines(self._cursor, inlines, ground)

    def _list(self, block: ListBlock) -> None:
        made: dict[int, QTextList] = {}
        for level, part, inlines in lines_of(block):
            self._paragraph(inlines, QTextBlockFormat())
            # Lists are told apart as objects: equal ones may stand below different items.
            if id(part) in made:
                made[id(part)].add(self._cursor.block())
            else:
                wanted = list_format(level, ordered=part.ordered, start=part.start)
                made[id(part)] = self._cursor.createList(wanted)

    def _table(self, block: Table) -> None:
        if not self._fresh:
            self._cursor.insertBlock(plain_block(), QTextCharFormat())
        rows = (block.header, *block.rows)
        table = insert_table(self._cursor, len(rows), len(block.header))
        for row, cells in enumerate(rows):
            for column, inlines in enumerate(cells):
                insert_inlines(table.cellAt(row, column).firstCursorPosition(), inlines)
        self._cursor.setPosition(table.lastPosition() + 1)
        self._fresh = True


# --- reading -----------------------------------------------------------------------------------------------


def _collected(parts: Iterator[ProseBlock | ListLine]) -> Iterator[ProseBlock]:
    items: list[ListLine] = []
    for part in parts:
        if isinstance(part, ListLine):
            items.append(part)
            continue
        yield from lists_of(items)
        items = []
        yield part
    yield from lists_of(items)


def _parts(document: QTextDocument, start: int, end: int) -> Iterator[ProseBlock | ListLine]:
    tables = any(isinstance(frame, QTextTable) for frame in document.rootFrame().childFrames())
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        table = table_at(QTextCursor(block)) if tables else None
        if table is not None and not _within_cell(table, start, end):
            yield _table_of(table)
            block = document.findBlock(table.lastPosition() + 1)
            continue
        part = _part(block, start, end)
        if part is not None:
            yield part
        block = block.next()


def _within_cell(table: QTextTable, start: int, end: int) -> bool:
    cell = table.cellAt(start)
    return cell.isValid() and cell == table.cellAt(end)


def _part(block: QTextBlock, start: int, end: int) -> ProseBlock | ListLine | None:
    inlines = tuple(_inlines(block, start, end))
    text_list = list_of(block)
    if text_list is not None:
        number = text_list.format().start() + text_list.itemNumber(block)
        level, ordered = text_list.format().indent(), is_ordered(text_list)
        return ListLine(level, text_list.objectIndex(), inlines, ordered, number if ordered else 1)
    if not inlines:
        return None
    level = block.blockFormat().headingLevel()
    if level:
        return Heading(level, inlines)
    kind = kind_of(block)
    if kind == RAW:
        return Raw("".join("\n" if isinstance(i, LineBreak) else _source(i) for i in inlines))
    return Paragraph(inlines, ParagraphStyle.QUOTATION if kind == QUOTE else ParagraphStyle.BODY)


def _source(inline: Inline) -> str:
    return written_citation(inline) if isinstance(inline, Citation) else getattr(inline, "text", "")


def _table_of(table: QTextTable) -> Table:
    rows = [
        tuple(tuple(_cell(table, row, column)) for column in range(table.columns()))
        for row in range(table.rows())
    ]
    return Table(rows[0], tuple(rows[1:]))


def _cell(table: QTextTable, row: int, column: int) -> Iterator[Inline]:
    cell = table.cellAt(row, column)
    block, last = cell.firstCursorPosition().block(), cell.lastPosition()
    while block.isValid() and block.position() <= last:
        if block.position() != cell.firstPosition():
            yield LineBreak()
        yield from _inlines(block, cell.firstPosition(), last)
        block = block.next()


def _inlines(block: QTextBlock, start: int, end: int) -> Iterator[Inline]:
    """Yield what stands in a paragraph, as far as it lies between two places of the document."""
    heavy = QFont.Weight.Bold.value
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        at, char_format = fragment.position(), fragment.charFormat()
        text = sliced(fragment.text(), start - at, end - at)
        if is_citation(char_format):
            citation = parse_citation(source_of(char_format)[1:-1])
            for _one in range(text.count(OBJECT) if citation else 0):
                assert citation is not None
                yield citation
            text = text.replace(OBJECT, "")
        pieces += 1
        run = Run(
            "",
            bold=char_format.fontWeight() >= heavy,
            italic=char_format.fontItalic(),
            code=is_code(char_format),
            link=char_format.anchorHref() or None,
        )
        yield from _lines(text, run)


def _lines(text: str, run: Run) -> Iterator[Inline]:
    for number, line in enumerate(text.split(LINE_END)):
        if number:
            yield LineBreak()
        if line:
            yield Run(line, run.bold, run.italic, code=run.code, link=run.link)
