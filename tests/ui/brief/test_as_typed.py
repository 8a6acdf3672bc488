from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefer.ui.brief.prose import ProseEdit
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier


def _undo(qtbot: QtBot, edit: ProseEdit) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_Z, CONTROL)


def _commit(edit: ProseEdit, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


@pytest.mark.parametrize(
    ("signs", "expected", "escaped"),
    [
        ("- ", "- one\n- two", "\\- "),
        ("* ", "- one\n- two", "\\* "),
        ("1. ", "1. one\n2. two", "1\\. "),
        ("1) ", "1. one\n2. two", "1\\) "),
    ],
)
def test_signs_at_the_start_of_a_line_begin_a_list(
    qtbot: QtBot, edit: ProseEdit, signs: str, expected: str, escaped: str
) -> None:
    edit.show_markdown("Before")
    edit.put_cursor(at_end=True)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, f"{signs}one")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, "two")
    assert edit.markdown == f"Before\n\n{expected}"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, "After")
    assert edit.markdown == f"Before\n\n{expected}\n\nAfter"
    edit.show_markdown("")
    qtbot.keyClicks(edit, signs)
    _undo(qtbot, edit)
    assert edit.toPlainText() == signs
    qtbot.keyClicks(edit, "as typed")
    assert edit.toPlainText() == f"{signs}as typed"
    assert edit.markdown == f"{escaped}as typed"


def test_backspace_at_the_start_of_an_item_takes_it_out_of_the_list(qtbot: QtBot, edit: ProseEdit) -> None:
    qtbot.keyClicks(edit, "- one")
    qtbot.keyClick(edit, Qt.Key.Key_Home)
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.markdown == "one"


def test_a_line_that_has_words_becomes_an_item_and_joins_the_list_above(
    qtbot: QtBot, edit: ProseEdit
) -> None:
    edit.show_markdown("1. one\n\ntwo")
    edit.put_cursor(at_end=True)
    qtbot.keyClick(edit, Qt.Key.Key_Home)
    qtbot.keyClicks(edit, "1. ")
    assert edit.markdown == "1. one\n2. two"


@pytest.mark.parametrize(
    ("markdown", "typed", "expected"),
    [
        ("", "- ", "・"),
        ("### Head", "- ", ""),
        ("> Said", "- ", ""),
        ("- item", "- ", ""),
        ("", "a- ", ""),
        ("", "2. ", ""),
        ("```\ncode\n```", '- "', ""),
    ],
)
def test_signs_stay_where_no_list_can_begin(
    qtbot: QtBot, edit: ProseEdit, markdown: str, typed: str, expected: str
) -> None:
    edit.show_markdown(markdown)
    if expected:
        edit.show_source(True)
    former = edit.toPlainText()
    qtbot.keyClicks(edit, typed)
    assert edit.toPlainText() == typed + former


def test_no_list_begins_in_a_table(qtbot: QtBot, edit: ProseEdit) -> None:
    edit.show_markdown("| a |\n| --- |\n| b |")
    cursor = edit.document().find("b")
    cursor.setPosition(cursor.selectionStart())
    edit.setTextCursor(cursor)
    qtbot.keyClicks(edit, "- '")
    assert edit.markdown == "| a |\n| --- |\n| \\- ‘b |"


def test_a_middle_dot_before_japanese_begins_a_list(qtbot: QtBot, edit: ProseEdit) -> None:
    _commit(edit, "・")
    assert edit.toPlainText() == "・"
    _commit(edit, "レアアース")
    assert edit.markdown == "- レアアース"
    _undo(qtbot, edit)
    assert edit.toPlainText() == "・レアアース"
    _commit(edit, "と")
    assert edit.toPlainText() == "・レアアースと"
    edit.show_markdown("")
    _commit(edit, "・")
    _commit(edit, "レアアース")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    _commit(edit, "次")
    assert edit.markdown == "- レアアース\n- 次"
    edit.show_markdown("")
    _commit(edit, "・半導体")
    assert edit.markdown == "- 半導体"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"It\'s \'so\'" ("he"-"she")', "“It’s ‘so’” (“he”-“she”)"),
        ('the ministers\' 5\'11" - "x"', "the ministers’ 5’11” - “x”"),
        ("https://a.example/it's and a's", "https://a.example/it's and a’s"),
        ("me@it's", "me@it's"),
        ("[see @x, p. 'a", "[see @x, p. 'a"),
        ("😀'", "😀’"),
    ],
)
def test_quotation_marks_become_curly_as_they_are_typed(
    qtbot: QtBot, edit: ProseEdit, typed: str, expected: str
) -> None:
    for letter in typed:
        _commit(edit, letter) if letter > "\x7f" else qtbot.keyClicks(edit, letter)
    assert edit.toPlainText() == expected


def test_one_step_back_makes_a_quotation_mark_straight_again(qtbot: QtBot, edit: ProseEdit) -> None:
    qtbot.keyClicks(edit, "it's")
    edit.textCursor().deletePreviousChar()
    assert edit.toPlainText() == "it’"
    edit.show_markdown("it")
    edit.put_cursor(at_end=True)
    qtbot.keyClicks(edit, "'")
    _undo(qtbot, edit)
    assert edit.toPlainText() == "it'"
    qtbot.keyClicks(edit, "s")
    assert edit.toPlainText() == "it's"


def test_emphasis_goes_on_through_a_quotation_mark(qtbot: QtBot, edit: ProseEdit) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_B, CONTROL)
    qtbot.keyClicks(edit, "it's")
    assert edit.markdown == "**it’s**"


def test_code_japanese_the_source_and_what_is_pasted_keep_theirs(qtbot: QtBot, edit: ProseEdit) -> None:
    edit.show_markdown("`ab`")
    edit.put_cursor(at_end=True)
    qtbot.keyClick(edit, Qt.Key.Key_Left)
    qtbot.keyClicks(edit, "'")
    assert edit.markdown == "`a'b`"
    edit.show_markdown("日本語")
    edit.put_cursor(at_end=True)
    qtbot.keyClicks(edit, "'\"")
    assert edit.toPlainText() == "日本語'\""
    edit.show_markdown("")
    edit.language = "ja"
    qtbot.keyClicks(edit, '"')
    assert edit.toPlainText() == '"'
    qtbot.keyClicks(edit, 'So"')
    assert edit.toPlainText() == '"So”'
    edit.language = "en"
    edit.show_source(True)
    edit.show_markdown("")
    qtbot.keyClicks(edit, "- it's")
    assert edit.toPlainText() == "- it's"
    edit.show_source(False)
    edit.show_markdown("")
    data = QMimeData()
    data.setText('- it\'s "so"')
    edit.insertFromMimeData(data)
    assert edit.toPlainText() == '- it\'s "so"'


def test_the_language_is_that_of_the_brief(opened: Open) -> None:
    assert opened.prose().edit.language == opened.session.brief.language != ""


def test_what_was_typed_straight_is_found_by_straight_marks(opened: Open) -> None:
    row = opened.prose()
    row.go(at_end=True)
    opened.qtbot.keyClicks(row.edit, " The zebra's stripe")
    assert row.edit.toPlainText().endswith("zebra’s stripe")
    opened.editor.flush()
    bar = opened.workspace.find_bar
    opened.workspace.finder.ask(replacing=False)
    bar.wanted.setText("ZEBRA'S")
    opened.settle()
    assert opened.workspace.finder.find(1)
    assert row.edit.textCursor().selectedText() == "zebra’s"
    opened.settle()
    assert bar.told == "1 of 1"
