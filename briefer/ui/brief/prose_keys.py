"""The keys of a text, by what they do."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Key(StrEnum):
    """What a key means; except for the first two, the name of a tool."""

    UNDO = "undo"
    REDO = "redo"
    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"
    LIST = "list"
    NUMBERED = "numbered"
    HEADING = "heading"
    QUOTE = "quote"
    TABLE = "table"


_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEYS = {
    (_CONTROL, Qt.Key.Key_Z): Key.UNDO,
    (_CONTROL, Qt.Key.Key_Y): Key.REDO,
    (_CONTROL | _SHIFT, Qt.Key.Key_Z): Key.REDO,
    (_CONTROL, Qt.Key.Key_B): Key.BOLD,
    (_CONTROL, Qt.Key.Key_I): Key.ITALIC,
    (_CONTROL, Qt.Key.Key_K): Key.LINK,
    (_CONTROL | _SHIFT, Qt.Key.Key_L): Key.LIST,
    (_CONTROL | _SHIFT, Qt.Key.Key_8): Key.LIST,
    (_CONTROL | _SHIFT, Qt.Key.Key_Asterisk): Key.LIST,
    (_CONTROL | _SHIFT, Qt.Key.Key_ParenLeft): Key.LIST,
    (_CONTROL | _SHIFT, Qt.Key.Key_7): Key.NUMBERED,
    (_CONTROL | _SHIFT, Qt.Key.Key_Ampersand): Key.NUMBERED,
    (_CONTROL | _SHIFT, Qt.Key.Key_Slash): Key.NUMBERED,
    (_CONTROL | _SHIFT, Qt.Key.Key_Apostrophe): Key.NUMBERED,
    (_CONTROL | _SHIFT, Qt.Key.Key_Period): Key.QUOTE,
    (_CONTROL | _SHIFT, Qt.Key.Key_Greater): Key.QUOTE,
    (_CONTROL, Qt.Key.Key_F12): Key.TABLE,
    (_CONTROL | _ALT, Qt.Key.Key_1): Key.HEADING,
    (_CONTROL | _ALT, Qt.Key.Key_2): Key.HEADING,
    (_CONTROL | _ALT, Qt.Key.Key_3): Key.HEADING,
}


_CODES = {modifiers.value | key.value: what for (modifiers, key), what in _KEYS.items()}
_KEYPAD = Qt.KeyboardModifier.KeypadModifier.value


def key_of(event: QKeyEvent) -> Key | None:
    """Return what a key means in a text, or None."""
    return _CODES.get(event.keyCombination().toCombined() & ~_KEYPAD)
