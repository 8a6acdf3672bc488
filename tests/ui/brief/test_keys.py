"""The list of shortcuts names what the editor's keys do."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from briefer.ui.brief.prose_keys import _KEYS, Key
from briefer.ui.keys import shortcut_groups


def _told() -> set[str]:
    return {
        QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
        for _place, lines in shortcut_groups()
        for told, _what in lines
        for keys in told.split(", ")
    }


def test_each_key_of_a_text_is_in_the_list(qapp: object) -> None:
    told = _told()
    for wanted in Key:
        keys = [
            QKeySequence(modifiers.value | key.value)
            for (modifiers, key), what in _KEYS.items()
            if what is wanted
        ]
        assert told & {sequence.toString(QKeySequence.SequenceFormat.PortableText) for sequence in keys}, (
            wanted
        )


def test_the_list_names_the_keys_of_the_open_brief(qapp: object) -> None:
    assert _told() >= {"Ctrl+F", "Ctrl+H", "Ctrl+Alt+M", "Ctrl+P", "Tab", "Shift+Tab", "F2"}
