"""What becomes of signs while they are typed: of «- » at the start of a line a list, of straight quotation marks curly ones.

Each is a step of the undo by itself, so that one step back leaves the signs as they were typed.
"""

from __future__ import annotations

import re

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from briefer.domain.characters import has_cjk, is_japanese
from briefer.ui.brief.rich_actions import begin_list
from briefer.ui.brief.rich_text import LINE_END, RAW, is_code, kind_of, list_of, table_at

_SIGNS = {"- ": False, "* ": False, "1. ": True, "1) ": True}
"""What begins a list, and whether a numbered one."""
_DOT = "\N{KATAKANA MIDDLE DOT}"
_CURLY = {'"': "“”", "'": "‘’"}
_BEFORE_A_QUOTE = frozenset(f"([{{<-–—/“‘«{LINE_END}")
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*$")
_CITING = re.compile(r"\[[^\[\]]*@[^\[\]]*$")


def follow(edit: QTextEdit, typed: str, former: str, language: str) -> None:
    """Look at what was ``typed`` at the cursor, in a line that was ``former`` before.

    ``language`` is that of the text, as far as its line does not show it.
    """
    cursor = edit.textCursor()
    block = cursor.block()
    if kind_of(block) == RAW or is_code(cursor.charFormat()):
        return
    if typed in _CURLY:
        _curl(edit, typed, language)
    elif not (table_at(cursor) or list_of(block) or kind_of(block) or block.blockFormat().headingLevel()):
        _list(edit, typed, former)


def _list(edit: QTextEdit, typed: str, former: str) -> None:
    line, place = edit.textCursor().block().text(), edit.textCursor().positionInBlock()
    if typed == " " and line[:place] in _SIGNS:
        begin_list(edit, place, ordered=_SIGNS[line[:place]])
    elif former in {"", _DOT} and line.startswith(_DOT) and line.strip() != _DOT:
        signs = len(line) - len(line.removeprefix(_DOT).lstrip())
        begin_list(edit, signs, ordered=False)


def _curl(edit: QTextEdit, typed: str, language: str) -> None:
    cursor = edit.textCursor()
    place = cursor.positionInBlock()
    units = cursor.block().text().encode("utf-16-le", "surrogatepass")
    left = units[: 2 * (place - 1)].decode("utf-16-le", "surrogatepass")
    right = units[2 * place :].decode("utf-16-le", "surrogatepass")
    if _ADDRESS.search(left) or _CITING.search(left) or _in_japanese(left, right, language):
        return
    cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor)
    looks = cursor.charFormat()
    before = left[-1:]
    opens = not before or before.isspace() or before in _BEFORE_A_QUOTE
    cursor.beginEditBlock()
    cursor.insertText(_CURLY[typed][not opens], looks)
    cursor.endEditBlock()
    edit.setTextCursor(cursor)


def _in_japanese(left: str, right: str, language: str) -> bool:
    """Whether a place is in Japanese: by the letters beside it, else by the language of the text."""
    beside = (*reversed(left), *right)
    nearest = next((letter for letter in beside if letter.isalnum()), "")
    return has_cjk(nearest) if nearest else is_japanese(language)
