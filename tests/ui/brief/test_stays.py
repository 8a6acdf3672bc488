"""What is typed in one stay in a text, a heading or the title: stored as it is typed, undone in its steps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from briefer.ui.brief.kept_line import KeptLine
from briefer.ui.brief.moves import RowKind
from briefer.ui.brief.rows import HeadingRow
from briefer.ui.brief.typed import Typed
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier


def _enter(opened: Open, line: QLineEdit) -> None:
    opened.page.activateWindow()
    line.setFocus()
    opened.qtbot.waitUntil(line.hasFocus)
    line.end(False)


def _heading(opened: Open) -> KeptLine:
    row = opened.first(RowKind.HEADING)
    assert isinstance(row, HeadingRow)
    return row.edit


def _press(opened: Open, key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    opened.press(widget, key, CONTROL)
    opened.settle()
    opened.editor.flush()
    opened.settle()


def _rest(typed: Typed) -> None:
    typed._rest.timeout.emit()


def _stretches(opened: Open, number: int, *stretches: str) -> list[str]:
    row = opened.prose(number)
    opened.page.activateWindow()
    row.go(at_end=True)
    opened.qtbot.waitUntil(row.edit.hasFocus)
    states = [row.edit.markdown]
    for words in stretches:
        opened.qtbot.keyClicks(row.edit, words)
        opened.editor.flush()
        _rest(opened.editor.typed)
        states.append(row.edit.markdown)
    opened.settle()
    return states


def _markdown(opened: Open, number: int) -> str:
    key = opened.prose(number).key
    return next(block.markdown for _section, block in opened.stored.blocks() if block.id == key.id)


def test_a_heading_is_stored_while_it_is_typed_and_the_outline_follows(opened: Open) -> None:
    line, outline = _heading(opened), opened.workspace.outline
    _enter(opened, line)
    opened.qtbot.keyClicks(line, " of the week ")
    opened.qtbot.waitUntil(lambda: not opened.editor.typed.goes_on())
    assert opened.headings[0].endswith(" of the week")
    assert str(outline.model.index(0).data()).endswith(" of the week")
    assert line.hasFocus()
    assert line.text().endswith(" of the week ")


def test_the_cap_stores_a_heading_while_somebody_types_on(opened: Open) -> None:
    line = _heading(opened)
    _enter(opened, line)
    opened.qtbot.keyClicks(line, "!")
    opened.editor.typed._save.timeout.emit()
    assert opened.editor.typed.goes_on()
    assert opened.headings[0].endswith("!")


def test_the_title_is_stored_while_it_is_typed(opened: Open) -> None:
    title = opened.workspace.header.title
    _enter(opened, title)
    opened.qtbot.keyClicks(title, " anew")
    opened.editor.typed._save.timeout.emit()
    assert opened.stored.title.endswith(" anew")
    assert title.hasFocus()


def test_a_stay_in_a_heading_is_one_step_however_often_it_was_stored(opened: Open) -> None:
    line, before = _heading(opened), opened.headings[0]
    _enter(opened, line)
    for words in (" a", "b", "c"):
        opened.qtbot.keyClicks(line, words)
        opened.editor.flush()
    opened.prose().go(at_end=True)
    assert opened.headings[0] == f"{before} abc"
    _press(opened, Qt.Key.Key_Z)
    assert opened.headings[0] == before
    assert line.text() == before
    _press(opened, Qt.Key.Key_Y)
    assert opened.headings[0] == f"{before} abc"


def test_escape_gives_a_heading_back_and_an_empty_one_is_not_kept(opened: Open) -> None:
    line, before = _heading(opened), opened.headings[0]
    _enter(opened, line)
    opened.qtbot.keyClicks(line, " abc")
    opened.editor.flush()
    opened.press(line, Qt.Key.Key_Escape)
    opened.editor.flush()
    assert opened.headings[0] == before
    line.selectAll()
    opened.press(line, Qt.Key.Key_Delete)
    opened.editor.flush()
    assert opened.headings[0] == before
    opened.press(line, Qt.Key.Key_Return)
    assert line.text() == before


def test_a_text_that_was_left_goes_back_stretch_for_stretch(opened: Open) -> None:
    first = _stretches(opened, 0, "One. ", "Two. ", "Three.")
    other = _stretches(opened, 1, "Other.")
    _press(opened, Qt.Key.Key_Z)
    assert _markdown(opened, 1) == other[0]
    for state in first[-2::-1]:
        _press(opened, Qt.Key.Key_Z)
        assert _markdown(opened, 0) == state
    for state in first[1:]:
        _press(opened, Qt.Key.Key_Y)
        assert _markdown(opened, 0) == state
    _press(opened, Qt.Key.Key_Y)
    assert _markdown(opened, 1) == other[1]


def test_the_steps_while_one_is_in_a_text_are_the_same(opened: Open) -> None:
    states = _stretches(opened, 0, "One. ", "Two. ")
    for state in states[-2::-1]:
        _press(opened, Qt.Key.Key_Z)
        assert _markdown(opened, 0) == state
    _press(opened, Qt.Key.Key_Y)
    _stretches(opened, 1)
    assert _markdown(opened, 0) == states[1]
    _press(opened, Qt.Key.Key_Y)
    assert _markdown(opened, 0) == states[2]


def test_another_step_leaves_the_stretches_before_it(opened: Open) -> None:
    states = _stretches(opened, 0, "One. ", "Two.")
    row = opened.prose(0)
    opened.press(row.edit, Qt.Key.Key_Return, CONTROL)
    opened.settle()
    _press(opened, Qt.Key.Key_Z)
    assert _markdown(opened, 0) == states[2]
    _press(opened, Qt.Key.Key_Z)
    assert _markdown(opened, 0) == states[1]
    _press(opened, Qt.Key.Key_Z)
    assert _markdown(opened, 0) == states[0]
