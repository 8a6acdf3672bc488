"""Each tool is reached by keys alone, and acts on the text where the cursor was."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from briefer.ui.brief.moves import RowKind
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.tools import tools
from briefer.ui.keys import shortcut_groups
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def _entry(opened: Open, name: str) -> QAction:
    menu = opened.page.text_menu
    menu.aboutToShow.emit()
    return menu.entries[name]


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert isinstance(found, QWidget)
    return found


def _put_last(opened: Open) -> tuple[str, ProseEdit]:
    """Put the cursor into a new text of the last section that has one; return the id of its block, and the text."""
    opened.page.activateWindow()
    section = next(s for s in reversed(opened.session.brief.sections) if s.blocks)
    opened.editor.jump(section.blocks[-1].id)
    opened.editor.add_prose()
    edit = opened.editor.current_prose
    assert edit is not None
    return opened.editor.current_block, edit


def test_every_tool_has_a_key_that_the_list_of_keys_names_and_an_entry_in_the_menu(opened: Open) -> None:
    told = {keys for _place, lines in shortcut_groups() for keys, _what in lines}
    named = {key for keys in told for key in keys.split(", ")}
    assert {tool.keys for tool in tools()} <= named
    assert "Alt+F10" in named
    assert [a.text() for a in opened.page.text_menu.actions() if a.text()] == [
        f"{tool.words}\t{tool.keys}" for tool in tools()
    ]
    for tool in tools():
        button = opened.workspace.toolbar.buttons[tool.name]
        assert button.toolTip() == button.accessibleName() == f"{tool.words} ({tool.keys})"


def test_one_key_leads_to_the_toolbar_and_its_table_stands_where_the_cursor_was(opened: Open) -> None:
    (block, edit), toolbar = _put_last(opened), opened.workspace.toolbar
    opened.qtbot.keyClicks(edit, "Before")
    opened.press(edit, Qt.Key.Key_F10, ALT)
    assert toolbar.buttons["text"].hasFocus()
    every = list(toolbar.buttons)
    for name in every[1 : every.index("table") + 1]:
        opened.press(_focused(), Qt.Key.Key_Right)
        assert toolbar.buttons[name].hasFocus()
    assert opened.editor.current_block == block
    opened.press(_focused(), Qt.Key.Key_Space)
    assert edit.hasFocus()
    opened.qtbot.keyClicks(edit, "cell")
    assert edit.markdown == "Before\n\n| Point | Our view |\n| --- | --- |\n| cell |  |"
    opened.press(edit, Qt.Key.Key_F10, ALT)
    assert toolbar.buttons["table"].hasFocus(), "the tool that was used last"


def test_the_arrows_go_round_the_toolbar_and_escape_leads_back_to_the_same_place(opened: Open) -> None:
    (_block, edit), buttons = _put_last(opened), opened.workspace.toolbar.buttons
    opened.qtbot.keyClicks(edit, "abc")
    opened.press(edit, Qt.Key.Key_Left)
    opened.press(edit, Qt.Key.Key_F10, ALT)
    for key, name in (
        (Qt.Key.Key_Left, "source"),
        (Qt.Key.Key_Right, "text"),
        (Qt.Key.Key_End, "source"),
        (Qt.Key.Key_Home, "text"),
    ):
        opened.press(_focused(), key)
        assert buttons[name].hasFocus()
    opened.press(buttons["text"], Qt.Key.Key_Escape)
    assert edit.hasFocus()
    opened.qtbot.keyClicks(edit, "x")
    assert edit.markdown == "abxc"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("list", "- words"),
        ("numbered", "1. words"),
        ("block", "> words"),
        ("heading", "### words"),
        ("table", "words\n\n| Point | Our view |\n| --- | --- |\n|  |  |"),
    ],
)
def test_the_menu_acts_on_the_text_of_the_cursor(opened: Open, name: str, expected: str) -> None:
    _block, edit = _put_last(opened)
    opened.qtbot.keyClicks(edit, "words")
    opened.workspace.tray.search.setFocus()
    _entry(opened, name).trigger()
    assert edit.markdown == expected
    assert edit.hasFocus()


def test_the_menu_is_of_the_open_brief_in_front(opened: Open) -> None:
    assert _entry(opened, "table").isEnabled()
    _entry(opened, "source").trigger()
    assert opened.editor.source_shown
    assert opened.workspace.toolbar.buttons["source"].isChecked()
    before = opened.stored
    opened.page.hide()
    assert not _entry(opened, "text").isEnabled()
    opened.page.text_menu.wanted.emit("text")
    opened.page.show()
    assert opened.stored == before
    opened.page.show_list()
    assert not _entry(opened, "text").isEnabled()
    opened.settle()


def test_a_table_is_made_by_its_key_and_below_a_quotation_in_a_text_of_its_own(opened: Open) -> None:
    opened.page.activateWindow()
    opened.first(RowKind.QUOTATION).go(at_end=True)
    opened.workspace.tools.use("bold")
    assert opened.editor.current_block == opened.first(RowKind.QUOTATION).key.id
    _entry(opened, "table").trigger()
    edit = opened.editor.current_prose
    assert edit is not None
    assert edit.markdown == "| Point | Our view |\n| --- | --- |\n|  |  |"
    opened.editor.add_prose()
    other = opened.editor.current_prose
    assert other is not None
    opened.press(other, Qt.Key.Key_F12, CONTROL)
    assert other.markdown == edit.markdown


def test_tools_have_their_words_where_there_is_room_and_lose_those_first_that_are_known_by_their_sign(
    opened: Open,
) -> None:
    toolbar = opened.workspace.toolbar
    told = {tool.name: (tool.label, tool.short) for tool in tools()}
    widths = range(60, 1400, 20)
    worded: list[set[str]] = []
    for width in widths:
        toolbar._share(width)
        shown = {name: button.text() for name, button in toolbar.buttons.items()}
        assert all(shown[name] in told[name] for name in told)
        worded.append(
            {name for name in told if told[name][0] != told[name][1] and shown[name] == told[name][0]}
        )
        if worded[-1]:
            # Where a word is shown, all fits.
            assert sum(button.sizeHint().width() for button in toolbar.buttons.values()) <= width
    assert worded[0] == set()
    assert worded[-1] == {name for name in told if told[name][0] != told[name][1]}
    assert all(less <= more for less, more in pairwise(worded))
    last = next(words for words in worded if words)
    assert last == {"table"}
