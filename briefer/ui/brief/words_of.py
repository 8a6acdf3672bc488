"""Where in a text the words stand that a check tells of."""

from __future__ import annotations

import re

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

_LOOKED_FOR = 6
_WORD = re.compile(r"\w+")


def place_of(edit: QTextEdit, words: str) -> QTextCursor | None:
    """Return a cursor before the first words of some Markdown, however they are marked there; None where they are not there."""
    first = [QRegularExpression.escape(word) for word in _WORD.findall(words)[:_LOOKED_FOR]]
    if not first:
        return None
    found = edit.document().find(QRegularExpression(r"[\W_]+".join(first)), 0)
    if found.isNull():
        return None
    found.setPosition(found.selectionStart())
    return found
