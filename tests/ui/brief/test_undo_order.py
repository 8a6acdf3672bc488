"""Undo and redo go through texts, blocks and sections in the order in which they were changed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from briefer.domain.briefs import Brief, Section
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def _undo(opened: Open) -> tuple[Section, ...]:
    edit = opened.editor.current_prose
    assert edit is not None
    opened.press(edit, Qt.Key.Key_Z, CONTROL)
    return _stored(opened).sections


def _redo(opened: Open) -> tuple[Section, ...]:
    edit = opened.editor.current_prose
    assert edit is not None
    opened.press(edit, Qt.Key.Key_Y, CONTROL)
    return _stored(opened).sections


def _stored(opened: Open) -> Brief:
    opened.settle()
    opened.editor.flush()
    return opened.stored


def _go(opened: Open, number: int) -> None:
    row = opened.prose(number)
    opened.page.activateWindow()
    row.go(at_end=True)
    opened.qtbot.waitUntil(row.edit.hasFocus)


def _type(opened: Open, text: str) -> tuple[Section, ...]:
    edit = opened.editor.current_prose
    assert edit is not None
    opened.qtbot.keyClicks(edit, text)
    return _stored(opened).sections


def test_two_texts_and_a_section_go_back_one_by_one(opened: Open) -> None:
    states = [_stored(opened).sections]
    for number, words in ((0, "one"), (1, "two")):
        _go(opened, number)
        states.append(_type(opened, words))
    view = opened.workspace.outline.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(2, 0))
    opened.press(view, Qt.Key.Key_Up, ALT)
    states.append(_stored(opened).sections)
    assert len(set(states)) == 4
    _go(opened, 0)
    assert [_undo(opened) for _step in range(3)] == states[2::-1]
    assert [_redo(opened) for _step in range(3)] == states[1:]


def test_a_block_that_moved_while_the_cursor_was_in_it_goes_back_first(opened: Open) -> None:
    states = [_stored(opened).sections]
    _go(opened, 1)
    states.append(_type(opened, "typed"))
    edit = opened.editor.current_prose
    assert edit is not None
    opened.press(edit, Qt.Key.Key_Down, ALT)
    states.append(_stored(opened).sections)
    assert edit.hasFocus()
    assert len(set(states)) == 3
    assert [_undo(opened) for _step in range(2)] == states[1::-1]
    assert [_redo(opened) for _step in range(2)] == states[1:]


def test_what_was_undone_in_a_text_is_no_step_of_its_own(opened: Open) -> None:
    states = [_stored(opened).sections]
    _go(opened, 0)
    states.append(_type(opened, "one"))
    _go(opened, 1)
    states.append(_type(opened, "two"))
    assert _undo(opened) == states[1]
    assert _undo(opened) == states[0]
    assert _redo(opened) == states[1]
    assert _redo(opened) == states[2]


def test_what_was_undone_in_a_text_is_done_again_from_elsewhere(opened: Open) -> None:
    before = _stored(opened).sections
    _go(opened, 0)
    _type(opened, "one")
    edit = opened.editor.current_prose
    assert edit is not None
    edit.use("bold")
    after = _type(opened, "two")
    half = _undo(opened)
    assert half not in {before, after}
    _go(opened, 1)
    assert _redo(opened) == after
    assert _undo(opened) == half
    assert _undo(opened) == before
