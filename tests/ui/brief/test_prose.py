from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from briefer.ui.brief.markdown_actions import insert_table, lead, wrap
from briefer.ui.brief.mime import EXCERPT, carry
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.prose_text import CitationChips

_ID = "0198abcd-0000-7000-8000-000000000001"


@pytest.fixture
def edit(qtbot: QtBot) -> ProseEdit:
    made = ProseEdit(CitationChips(lambda source: f"<{source}>"))
    qtbot.addWidget(made)
    made.resize(400, 100)
    return made


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        "Plain.",
        f"Said.[@{_ID}] And [see @{_ID}, p. 3; @other-id]!",
        f"[@{_ID}][@{_ID}]",
        "One\n\n- two\n- three",
        f"𠮷野家 [@{_ID}] 😀 end",
        "[link](to) and [office@example.org] and \\[@escaped]",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
    ],
)
def test_what_is_shown_is_stored_unchanged(edit: ProseEdit, markdown: str) -> None:
    edit.show_markdown(markdown)
    assert edit.markdown == markdown


def test_a_citation_is_one_character_that_can_be_undone(edit: ProseEdit) -> None:
    edit.show_markdown(f"Said.[@{_ID}]")
    assert len(edit.toPlainText()) == 6
    edit.put_cursor(at_end=True)
    edit.textCursor().deletePreviousChar()
    assert edit.markdown == "Said."
    edit.undo_step()
    assert edit.markdown == f"Said.[@{_ID}]"


def test_a_typed_citation_becomes_a_chip(edit: ProseEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, f"So [@{_ID}] it is")
    assert edit.toPlainText() == "So \ufffc it is"
    assert edit.markdown == f"So [@{_ID}] it is"


def test_copying_gives_markdown_and_pasting_takes_it(edit: ProseEdit) -> None:
    edit.show_markdown(f"A [@{_ID}] B")
    cursor = edit.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(4, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    data = edit.createMimeDataFromSelection()
    assert data.text() == f" [@{_ID}] "
    edit.put_cursor(at_end=True)
    edit.insertFromMimeData(data)
    assert edit.markdown == f"A [@{_ID}] B [@{_ID}] "


def test_an_excerpt_is_not_pasted_as_text(edit: ProseEdit) -> None:
    data = carry(EXCERPT, _ID, "The words")
    assert not edit.canInsertFromMimeData(data)
    edit.insertFromMimeData(data)
    assert edit.markdown == ""
    plain = QMimeData()
    plain.setText("words")
    assert edit.canInsertFromMimeData(plain)


def test_arrows_leave_at_the_edges_only(edit: ProseEdit, qtbot: QtBot) -> None:
    edit.show_markdown("one\ntwo")
    steps: list[int] = []
    edit.stepped_out.connect(steps.append)
    edit.put_cursor(at_end=False)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert steps == []
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    edit.put_cursor(at_end=False)
    qtbot.keyClick(edit, Qt.Key.Key_Left)
    assert steps == [1, -1]


def test_it_grows_with_its_text_and_its_hint(edit: ProseEdit) -> None:
    edit.show()
    edit.show_markdown("one")
    low = edit.height()
    edit.show_markdown("one\ntwo\nthree")
    assert edit.height() > low
    edit.show_markdown("")
    edit.set_hint("What belongs here. " * 20)
    assert edit.height() > low


def test_signs_are_put_on_and_taken_off(edit: ProseEdit, qtbot: QtBot) -> None:
    edit.show_markdown("one two")
    edit.selectAll()
    wrap(edit, "**")
    assert edit.markdown == "**one two**"
    edit.selectAll()
    wrap(edit, "**")
    assert edit.markdown == "one two"
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert edit.markdown == "*one two*"


def test_lines_become_lists_and_stop_being_them(edit: ProseEdit) -> None:
    edit.show_markdown("one\ntwo")
    edit.selectAll()
    lead(edit, "1.")
    assert edit.markdown == "1. one\n2. two"
    edit.selectAll()
    lead(edit, "-")
    assert edit.markdown == "- one\n- two"
    edit.selectAll()
    lead(edit, "-")
    assert edit.markdown == "one\ntwo"


def test_a_table_stands_below_the_line(edit: ProseEdit) -> None:
    edit.show_markdown("Before")
    insert_table(edit, "Point", "View")
    assert edit.markdown == "Before\n\n| Point | View |\n| --- | --- |\n|  |  |\n"
