"""What keys and tools do to a text that is shown as it will look."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QTextBlock, QTextCharFormat, QTextCursor, QTextFormat, QTextList
from PySide6.QtWidgets import QTextEdit

from briefer.domain.documents import Run
from briefer.ui.brief.rich_text import (
    LINE_END,
    QUOTE,
    RAW,
    heading_format,
    insert_inlines,
    insert_table,
    is_ordered,
    kind_of,
    list_format,
    list_of,
    plain_block,
    set_link,
    table_at,
)

_HEADING_LEVEL = 3
_SIZE = QTextFormat.Property.FontSizeAdjustment


def emphasise(edit: QTextEdit, what: str) -> None:
    """Make the selection, or what is typed next, ``bold`` or ``italic``, or plain again where it is that already."""
    now, wanted = edit.currentCharFormat(), QTextCharFormat()
    if what == "italic":
        wanted.setFontItalic(not now.fontItalic())
    elif now.fontWeight() >= QFont.Weight.Bold.value:
        in_heading = edit.textCursor().blockFormat().headingLevel()
        wanted.setFontWeight(QFont.Weight.DemiBold if in_heading else QFont.Weight.Normal)
    else:
        wanted.setFontWeight(QFont.Weight.Bold)
    edit.mergeCurrentCharFormat(wanted)


def make(edit: QTextEdit, what: str) -> None:
    """Make the selected paragraphs a ``heading``, ``list``, ``numbered`` or ``quote``, or plain again."""
    cursor = edit.textCursor()
    if table_at(cursor) is not None:
        return
    cursor.beginEditBlock()
    blocks = list(_selected(cursor))
    if what in {"list", "numbered"}:
        _make_list(blocks, ordered=what == "numbered")
    else:
        alike = all(_is(block, what) for block in blocks)
        for block in blocks:
            _set_plain(block)
            if what == "heading" and not alike:
                _set_heading(block)
            elif what == "quote" and not alike:
                QTextCursor(block).setBlockFormat(plain_block(QUOTE))
    cursor.endEditBlock()
    if edit.textCursor().block().length() == 1:
        edit.setCurrentCharFormat(edit.textCursor().blockCharFormat())
    edit.setFocus()


def begin_list(edit: QTextEdit, signs: int, *, ordered: bool) -> None:
    """Make an item of a list of the cursor's paragraph, without the first ``signs`` characters, as one step of the undo."""
    # Undone, the step leads to where the cursor that began it was.
    cursor = edit.textCursor()
    cursor.beginEditBlock()
    start = QTextCursor(cursor.block())
    start.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, signs)
    start.removeSelectedText()
    _join(cursor.block(), 1, ordered=ordered)
    cursor.endEditBlock()


def add_table(edit: QTextEdit, first: str, second: str) -> None:
    """Put a table of two columns below the cursor's paragraph."""
    cursor = edit.textCursor()
    if table_at(cursor) is not None:
        return
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    if cursor.block().length() > 1:
        cursor.insertBlock(plain_block(), QTextCharFormat())
    else:
        cursor.setBlockFormat(plain_block())
    table = insert_table(cursor, 2, 2)
    for column, text in enumerate((first, second)):
        insert_inlines(table.cellAt(0, column).firstCursorPosition(), (Run(text),))
    cursor.endEditBlock()
    edit.setTextCursor(table.cellAt(1, 0).firstCursorPosition())
    edit.setFocus()


def change_table(edit: QTextEdit, what: str) -> None:
    """Add or take away a ``row`` or ``column`` beside the cursor, or the ``table``: ``+row``, ``-column``, ``-table``."""
    cursor = edit.textCursor()
    table = table_at(cursor)
    if table is None:
        return
    cell = table.cellAt(cursor)
    match what:
        case "+row":
            table.insertRows(cell.row() + 1, 1)
        case "+column":
            table.insertColumns(cell.column() + 1, 1)
        case "-row" if table.rows() > 1:
            table.removeRows(cell.row(), 1)
        case "-column" if table.columns() > 1:
            table.removeColumns(cell.column(), 1)
        case "-table":
            table.removeRows(0, table.rows())


def link(edit: QTextEdit, address: str) -> None:
    """Let the selected words, or the link in which the cursor stands, lead to ``address``; empty for nowhere."""
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        cursor = linked(cursor)
    if not cursor.hasSelection():
        if address:
            made = QTextCharFormat(cursor.charFormat())
            set_link(made, address)
            cursor.insertText(address, made)
        return
    wanted = QTextCharFormat()
    if address:
        set_link(wanted, address)
    else:
        wanted.setAnchor(False)
        wanted.setAnchorHref("")
        wanted.setFontUnderline(False)
    cursor.mergeCharFormat(wanted)


def linked(cursor: QTextCursor) -> QTextCursor:
    """Return a cursor that selects the link around ``cursor``; without one, nothing is selected."""
    address = cursor.charFormat().anchorHref()
    found = QTextCursor(cursor)
    if not address:
        return found
    pieces = cursor.block().begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        inside = piece.position() <= cursor.position() <= piece.position() + piece.length()
        if inside and piece.charFormat().anchorHref() == address:
            found.setPosition(piece.position())
            found.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
        pieces += 1
    return found


def indent(edit: QTextEdit, step: int) -> bool:
    """Set the selected items of lists a level deeper (1) or higher (-1); whether the cursor is in a list."""
    cursor = edit.textCursor()
    blocks = [block for block in _selected(cursor) if list_of(block)]
    if not blocks:
        return False
    cursor.beginEditBlock()
    for block in blocks:
        _set_level(block, block.textList().format().indent() + step)
    cursor.endEditBlock()
    return True


def step_cell(edit: QTextEdit, step: int) -> bool:
    """Go to the next cell (1), below the last one of which a row is added, or the former (-1); whether in a table."""
    cursor = edit.textCursor()
    table = table_at(cursor)
    if table is None:
        return False
    cell = table.cellAt(cursor)
    number = cell.row() * table.columns() + cell.column() + step
    if number < 0:
        return True
    if number >= table.rows() * table.columns():
        table.appendRows(1)
    there = table.cellAt(number // table.columns(), number % table.columns())
    edit.setTextCursor(there.firstCursorPosition())
    return True


def press(edit: QTextEdit, event: QKeyEvent) -> bool:
    """Do what Return and Backspace mean in lists, tables, headings and quotations; whether that was all."""
    if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier):
        return False
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return _return(edit)
    if event.key() == Qt.Key.Key_Backspace:
        return _backspace(edit)
    return False


def tidy_typing(edit: QTextEdit) -> None:
    """Let what is typed next be no part of a citation, nor of a link or code that ends here."""
    cursor, now = edit.textCursor(), edit.currentCharFormat()
    if cursor.hasSelection() or not (now.isAnchor() or now.objectType() or now.fontFixedPitch()):
        return
    following = QTextCursor(cursor)
    goes_on = following.movePosition(QTextCursor.MoveOperation.NextCharacter)
    if goes_on and not now.objectType() and following.charFormat().anchorHref() == now.anchorHref():
        return
    plain = QTextCharFormat(cursor.blockCharFormat())
    plain.setFontItalic(now.fontItalic())
    if now.fontWeight() >= QFont.Weight.Bold.value and not now.objectType():
        plain.setFontWeight(QFont.Weight.Bold)
    edit.setCurrentCharFormat(plain)


# --- keys --------------------------------------------------------------------------------------------------


def _return(edit: QTextEdit) -> bool:
    cursor = edit.textCursor()
    block = cursor.block()
    table = table_at(cursor)
    if table is not None:
        cell = table.cellAt(cursor)
        if cell.row() + 1 == table.rows():
            table.appendRows(1)
        edit.setTextCursor(table.cellAt(cell.row() + 1, cell.column()).firstCursorPosition())
    elif kind_of(block) == RAW:
        cursor.insertText(LINE_END)
    elif block.length() == 1 and list_of(block):
        _set_level(block, block.textList().format().indent() - 1)
    elif block.length() == 1 and kind_of(block) == QUOTE:
        _set_plain(block)
    elif block.blockFormat().headingLevel() and cursor.atBlockEnd():
        cursor.insertBlock(plain_block(), QTextCharFormat())
        edit.setCurrentCharFormat(QTextCharFormat())
    else:
        return False
    edit.ensureCursorVisible()
    return True


def _backspace(edit: QTextEdit) -> bool:
    cursor = edit.textCursor()
    block = cursor.block()
    if cursor.hasSelection() or not cursor.atBlockStart() or table_at(cursor) is not None:
        return False
    if list_of(block):
        _set_level(block, block.textList().format().indent() - 1)
    elif kind_of(block) or block.blockFormat().headingLevel():
        cursor.beginEditBlock()
        _set_plain(block)
        cursor.endEditBlock()
    else:
        return False
    return True


# --- paragraphs --------------------------------------------------------------------------------------------


def _selected(cursor: QTextCursor) -> Iterator[QTextBlock]:
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    while block.isValid() and block.position() <= last.position():
        if table_at(QTextCursor(block)) is None:
            yield block
        block = block.next()


def _is(block: QTextBlock, what: str) -> bool:
    return bool(block.blockFormat().headingLevel()) if what == "heading" else kind_of(block) == what


def _set_plain(block: QTextBlock) -> None:
    """Make a paragraph of the text of a heading, quotation or item; bold words stay so."""
    cursor = QTextCursor(block)
    was_heading, was_raw = bool(block.blockFormat().headingLevel()), kind_of(block) == RAW
    cursor.setBlockFormat(plain_block())
    cursor.setBlockCharFormat(QTextCharFormat())
    if was_heading or was_raw:
        _rewrite(block, heading=False)


def _set_heading(block: QTextBlock) -> None:
    stands, looks = heading_format(_HEADING_LEVEL)
    cursor = QTextCursor(block)
    cursor.setBlockFormat(stands)
    cursor.setBlockCharFormat(looks)
    _rewrite(block, heading=True)


def _rewrite(block: QTextBlock, *, heading: bool) -> None:
    """Let the words of a paragraph look like a heading's, or not; emphasis and links stay."""
    pieces = []
    each = block.begin()
    while not each.atEnd():
        pieces.append((each.fragment().position(), each.fragment().length(), each.fragment().charFormat()))
        each += 1
    for start, length, was in pieces:
        if was.objectType():
            continue
        made = QTextCharFormat(was)
        made.clearProperty(_SIZE)
        if heading:
            made.setProperty(_SIZE, 1)
        if was.fontWeight() < QFont.Weight.Bold.value:
            made.clearProperty(QTextFormat.Property.FontWeight)
            if heading:
                made.setFontWeight(QFont.Weight.DemiBold)
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(made)


# --- lists -------------------------------------------------------------------------------------------------


def _make_list(blocks: list[QTextBlock], *, ordered: bool) -> None:
    if all(list_of(b) and is_ordered(b.textList()) == ordered for b in blocks):
        for block in blocks:
            _set_plain(block)
        return
    for block in blocks:
        text_list = list_of(block)
        if text_list is not None:
            text_list.setFormat(list_format(text_list.format().indent(), ordered=ordered))
            continue
        _set_plain(block)
        _join(block, 1, ordered=ordered)


def _set_level(block: QTextBlock, level: int) -> None:
    """Set an item to a level, at most one below the item above it; level 0 makes a paragraph of it."""
    text_list = block.textList()
    if level < 1:
        _set_plain(block)
        return
    above = block.previous()
    deepest = above.textList().format().indent() + 1 if list_of(above) else 1
    if level > deepest:
        return
    ordered = is_ordered(text_list)
    QTextCursor(block).setBlockFormat(plain_block())
    _join(block, level, ordered=ordered)


def _join(block: QTextBlock, level: int, *, ordered: bool) -> None:
    """Put a paragraph into the list of that level above it, or else into a new one."""
    above = _list_above(block, level)
    plain = QTextCursor(block)
    plain.setBlockFormat(type(plain.blockFormat())())
    if above is not None and (is_ordered(above) == ordered or level > 1):
        above.add(block)
    else:
        QTextCursor(block).createList(list_format(level, ordered=ordered))


def _list_above(block: QTextBlock, level: int) -> QTextList | None:
    above = block.previous()
    while above.isValid() and (found := list_of(above)) is not None:
        if found.format().indent() <= level:
            return found if found.format().indent() == level else None
        above = above.previous()
    return None
