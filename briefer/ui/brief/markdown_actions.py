"""What the tools above the editor write: Markdown signs at the cursor of a text."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from briefer.ui.brief.prose_text import insert_markdown, markdown_of_selection

_LEAD = re.compile(r"^(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|>\s+)")
_TABLE = "| {0} | {1} |\n| --- | --- |\n|  |  |"


def wrap(edit: QTextEdit, sign: str) -> None:
    """Put ``sign`` around the selection, or take it away where it stands there already."""
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    text = markdown_of_selection(cursor)
    length = len(sign)
    if len(text) > 2 * length and text.startswith(sign) and text.endswith(sign):
        inside = text[length:-length]
    else:
        inside = f"{sign}{text}{sign}"
    start = cursor.selectionStart()
    insert_markdown(cursor, inside)
    if not text:
        cursor.setPosition(start + length)
    edit.setTextCursor(cursor)
    edit.setFocus()


def lead(edit: QTextEdit, kind: str) -> None:
    """Begin the selected lines with a list sign, number, heading or quotation sign, or take it away again."""
    cursor = edit.textCursor()
    document = edit.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    cursor.beginEditBlock()
    number, block = 1, first
    while block.isValid():
        text = block.text()
        wanted = f"{number}. " if kind == "1." else f"{kind} "
        present = _LEAD.match(text)
        line = QTextCursor(block)
        if present:
            step = QTextCursor.MoveOperation.Right
            line.movePosition(step, QTextCursor.MoveMode.KeepAnchor, present.end())
            line.removeSelectedText()
        if not present or present[0].strip() != wanted.strip():
            line.insertText(wanted)
        number += 1
        if block == last:
            break
        block = block.next()
    cursor.endEditBlock()
    edit.setFocus()


def insert_table(edit: QTextEdit, first: str, second: str) -> None:
    """Insert an empty table below the cursor's line."""
    cursor = edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    before = "\n\n" if cursor.block().text().strip() else ""
    insert_markdown(cursor, before + _TABLE.format(first, second) + "\n")
    edit.setTextCursor(cursor)
    edit.setFocus()
