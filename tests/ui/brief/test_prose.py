from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from briefer.markup import MarkdownMarkup
from briefer.ui.brief.mime import EXCERPT, carry
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.prose_text import CitationChips

_ID = "0198abcd-0000-7000-8000-000000000001"


@pytest.fixture
def edit(qtbot: QtBot) -> ProseEdit:
    made = ProseEdit(CitationChips(lambda source: f"<{source}>"), MarkdownMarkup())
    qtbot.addWidget(made)
    made.resize(400, 100)
    return made


@pytest.fixture
def source(edit: ProseEdit) -> ProseEdit:
    """The same, showing its Markdown."""
    edit.show_source(True)
    return edit


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
    edit.show_source(True)
    assert edit.markdown == markdown
    edit.show_source(False)
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


def test_copying_the_source_gives_markdown_and_pasting_takes_it(source: ProseEdit) -> None:
    source.show_markdown(f"A [@{_ID}] B")
    cursor = source.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(4, QTextCursor.MoveMode.KeepAnchor)
    source.setTextCursor(cursor)
    data = source.createMimeDataFromSelection()
    assert data.text() == f" [@{_ID}] "
    source.put_cursor(at_end=True)
    source.insertFromMimeData(data)
    assert source.markdown == f"A [@{_ID}] B [@{_ID}] "


def test_an_excerpt_is_not_pasted_as_text(edit: ProseEdit) -> None:
    data = carry(EXCERPT, _ID, "The words")
    assert not edit.canInsertFromMimeData(data)
    edit.insertFromMimeData(data)
    assert edit.markdown == ""
    plain = QMimeData()
    plain.setText("words")
    assert edit.canInsertFromMimeData(plain)


def test_arrows_leave_at_the_edges_only(edit: ProseEdit, qtbot: QtBot) -> None:
    edit.show_markdown("one\n\ntwo")
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
    edit.show_markdown("one\n\ntwo\n\nthree")
    assert edit.height() > low
    edit.show_markdown("")
    edit.set_hint("What belongs here. " * 20)
    assert edit.height() > low


def test_signs_are_put_on_and_taken_off(source: ProseEdit, qtbot: QtBot) -> None:
    source.show_markdown("one two")
    source.selectAll()
    source.use("bold")
    assert source.markdown == "**one two**"
    source.selectAll()
    source.use("bold")
    assert source.markdown == "one two"
    source.selectAll()
    qtbot.keyClick(source, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert source.markdown == "*one two*"
    source.selectAll()
    source.set_link("https://a.example")
    assert source.markdown == "[*one two*](https://a.example)"


def test_lines_become_lists_and_stop_being_them(source: ProseEdit) -> None:
    source.show_markdown("one\ntwo")
    source.selectAll()
    source.use("numbered")
    assert source.markdown == "1. one\n2. two"
    source.selectAll()
    source.use("list")
    assert source.markdown == "- one\n- two"
    source.selectAll()
    source.use("list")
    assert source.markdown == "one\ntwo"


def test_a_table_stands_below_the_line(source: ProseEdit) -> None:
    source.show_markdown("Before")
    source.use("table")
    assert source.markdown == "Before\n\n| Point | Our view |\n| --- | --- |\n|  |  |\n"


def test_nothing_changes_a_text_that_is_for_reading_only(edit: ProseEdit, qtbot: QtBot) -> None:
    markdown = "- one\n- two"
    edit.show_markdown(markdown)
    edit.setReadOnly(True)
    edit.selectAll()
    for tool in ("bold", "heading", "numbered", "quote", "table", "link"):
        edit.use(tool)
    edit.cite(f"[@{_ID}]")
    edit.put_cursor(at_end=True)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Tab, Qt.Key.Key_X):
        qtbot.keyClick(edit, key)
    qtbot.keyClick(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert edit.markdown == markdown


def test_the_middle_of_a_citation_opens_it_and_its_ends_take_the_cursor(
    edit: ProseEdit, qtbot: QtBot
) -> None:
    edit.show()
    edit.show_markdown(f"Said [@{_ID}] and so.")
    opened: list[str] = []
    edit.citation_clicked.connect(opened.append)
    cursor = QTextCursor(edit.document())
    cursor.setPosition(5)
    left = edit.cursorRect(cursor)
    cursor.setPosition(6)
    right = edit.cursorRect(cursor)
    width, height = right.x() - left.x(), left.center().y()
    for share, place, opens in ((0.15, 5, False), (0.5, None, True), (0.85, 6, False)):
        opened.clear()
        point = QPoint(round(left.x() + share * width), height)
        qtbot.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert opened == ([f"[@{_ID}]"] if opens else [])
        assert edit.textCursor().position() in ({place} if place else {5, 6})
        assert edit.citation_at(point) == f"[@{_ID}]", "what it is of is told all over it"
