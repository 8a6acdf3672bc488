"""Undo from wherever the focus is, and where the cursor stands afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from briefer.ui.brief.moves import RowKind
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.rows import HeadingRow
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    return widget


def _undo(opened: Open) -> None:
    opened.press(_focus(), Qt.Key.Key_Z, CONTROL)
    opened.settle()


def _redo(opened: Open) -> None:
    opened.press(_focus(), Qt.Key.Key_Y, CONTROL)
    opened.settle()


def _write(opened: Open, number: int, words: str) -> ProseEdit:
    row = opened.prose(number)
    opened.page.activateWindow()
    row.go(at_end=True)
    opened.qtbot.waitUntil(row.edit.hasFocus)
    opened.qtbot.keyClicks(row.edit, words)
    opened.editor.flush()
    opened.settle()
    return row.edit


def _heading(opened: Open) -> HeadingRow:
    row = opened.first(RowKind.HEADING)
    assert isinstance(row, HeadingRow)
    return row


def test_a_text_that_is_unmade_leaves_the_cursor_at_the_end_of_the_one_above(opened: Open) -> None:
    edit = _write(opened, 0, "")
    opened.press(edit, Qt.Key.Key_Return, CONTROL)
    assert _focus() is not edit
    _undo(opened)
    assert _focus() is edit
    assert edit.textCursor().atEnd()
    assert not edit.textCursor().hasSelection()


def test_a_section_that_is_unmade_leaves_no_heading_with_its_text_selected(opened: Open) -> None:
    opened.page.activateWindow()
    former = opened.shown()
    opened.workspace.outline.add()
    opened.settle()
    (made,) = [row for row in opened.rows() if row.key not in former and isinstance(row, HeadingRow)]
    made.edit.setFocus(Qt.FocusReason.TabFocusReason)
    opened.qtbot.waitUntil(made.edit.hasFocus)
    _undo(opened)
    assert isinstance(_focus(), ProseEdit)


def test_in_a_heading_undo_goes_on_in_the_brief(opened: Open) -> None:
    edit = _write(opened, 0, "typed")
    before = opened.stored.sections[0].blocks
    line = _heading(opened).edit
    line.setFocus()
    line.end(False)
    opened.qtbot.keyClicks(line, " more")
    _undo(opened)
    assert line.hasFocus()
    assert not line.text().endswith(" more")
    opened.qtbot.keyClicks(line, "!")
    opened.press(line, Qt.Key.Key_Return)
    line.setFocus()
    _undo(opened)
    assert not opened.headings[0].endswith("!")
    _undo(opened)
    assert opened.stored.sections[0].blocks != before
    assert _focus() is edit
    _redo(opened)
    assert opened.stored.sections[0].blocks == before
    _redo(opened)
    assert opened.headings[0].endswith("!")


@pytest.mark.parametrize("by_menu", [False, True])
def test_the_menu_takes_the_same_steps_as_the_key(opened: Open, by_menu: bool) -> None:
    edit = _write(opened, 0, "one")
    half = edit.toPlainText()
    edit.use("bold")
    opened.qtbot.keyClicks(edit, "two")
    if by_menu:
        opened.page.undo()
        opened.page.undo()
        opened.page.redo()
    else:
        _undo(opened)
        _undo(opened)
        _redo(opened)
    assert edit.toPlainText() == half


def test_undo_goes_to_the_text_that_it_changes(opened: Open) -> None:
    first = _write(opened, 0, "first")
    first.put_cursor(at_end=False)
    _write(opened, 2, "other")
    for _step in range(2):
        _undo(opened)
    assert _focus() is first
    assert first.textCursor().atEnd()
    assert not opened.prose(2).edit.toPlainText().endswith("other")


def test_lines_about_the_page_hand_on_what_they_have_no_step_for(opened: Open) -> None:
    _write(opened, 0, "typed")
    for line in (
        opened.workspace.header.title, opened.workspace.tray.search, opened.workspace.find_bar.wanted
    ):  # fmt: skip
        if line is opened.workspace.find_bar.wanted:
            opened.workspace.finder.ask(replacing=False)
        line.setFocus()
        opened.qtbot.waitUntil(line.hasFocus)
        text = line.text()
        opened.qtbot.keyClicks(line, "x")
        _undo(opened)
        assert line.text() == text
        _undo(opened)
        assert line.hasFocus()
        assert not opened.prose(0).edit.toPlainText().endswith("typed")
        _redo(opened)
        assert opened.prose(0).edit.toPlainText().endswith("typed")


def test_tab_selects_no_heading(opened: Open) -> None:
    line = _heading(opened).edit
    line.setFocus(Qt.FocusReason.TabFocusReason)
    opened.qtbot.waitUntil(line.hasFocus)
    assert not line.hasSelectedText()


def test_undo_goes_to_where_a_text_was_that_it_takes_away(opened: Open) -> None:
    edit = _write(opened, 0, "")
    opened.press(edit, Qt.Key.Key_Return, CONTROL)
    other = opened.prose(3)
    other.go(at_end=True)
    opened.qtbot.waitUntil(other.edit.hasFocus)
    _undo(opened)
    opened.qtbot.waitUntil(edit.hasFocus)
    assert edit.textCursor().atEnd()


def test_undo_of_a_move_leads_back_to_the_section(opened: Open) -> None:
    sections = opened.session.brief.sections
    first, second = (section.id for section in sections[:2])
    edit = _write(opened, 0, "")
    block = opened.editor.current_block
    at = len(sections[0].blocks)
    for _step in range(at):
        opened.press(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        opened.settle()
    assert (opened.editor.current_section, opened.editor.current_block) == (second, block)
    shown: list[str] = []
    opened.editor.current_changed.connect(lambda section, _block: shown.append(section))
    for _step in range(at):
        _undo(opened)
    assert shown[-1:] == [first]
    assert opened.editor.current_block == block
