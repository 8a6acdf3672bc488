"""Rows exist where somebody looks, and behave as if all of them existed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from briefer.domain.documents import HeadingNumbering
from briefer.domain.editing import add_blocks
from briefer.services.compose import prose
from briefer.ui.brief.moves import block_of, rows_of
from briefer.ui.brief.row_maker import ProseRow
from tests.ui.brief.conftest import Open

_MANY = 600


def _fill(opened: Open) -> list[str]:
    blocks = [prose(f"Text {number}. {'word ' * (number % 90)}") for number in range(_MANY)]
    section = opened.session.brief.sections[1].id
    opened.session.edit("Fill", lambda brief: add_blocks(brief, section, blocks, 0))
    opened.settle()
    return [block.id for block in blocks]


def test_a_long_brief_has_the_rows_about_what_is_in_sight(opened: Open) -> None:
    ids = _fill(opened)
    editor = opened.editor
    assert list(editor.column.keys) == rows_of(opened.session.brief)
    for wanted in (ids[-1], ids[300], ids[0]):
        editor.jump(wanted)
        opened.qtbot.waitUntil(lambda: not editor._prepare.isActive(), timeout=20_000)
        row = opened.row(wanted)
        assert row.is_current
        top = editor.verticalScrollBar().value()
        assert top <= row.geometry().bottom()
        assert row.geometry().top() <= top + editor.viewport().height()
        assert len(opened.rows()) < 200
    rows = opened.rows()
    assert all(a.geometry().bottom() < b.geometry().top() for a, b in pairwise(rows))


def _text(opened: Open, block_id: str) -> ProseRow:
    block = block_of(opened.session.brief, block_id)
    assert block is not None
    row = opened.editor.block_row(block)
    assert isinstance(row, ProseRow)
    return row


def test_what_is_typed_out_of_sight_is_not_lost(opened: Open) -> None:
    ids = _fill(opened)
    opened.editor.jump(ids[500])
    row = _text(opened, ids[500])
    opened.qtbot.keyClicks(row.edit, "typed ")
    opened.editor.jump(ids[0])
    opened.settle()
    opened.editor.flush()
    assert opened.stored.sections[1].blocks[500].markdown.startswith("typed ")


def test_tab_goes_from_row_to_row_though_the_next_does_not_exist_yet(opened: Open) -> None:
    ids = _fill(opened)
    opened.page.activateWindow()
    opened.editor.jump(ids[400])
    row = _text(opened, ids[400])
    opened.qtbot.waitUntil(row.edit.hasFocus)
    opened.press(row.edit, Qt.Key.Key_Tab)
    following = _text(opened, ids[401])
    assert QApplication.focusWidget() is following.edit
    opened.press(following.edit, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is row.edit


def test_words_are_found_far_out_of_sight(opened: Open) -> None:
    ids = _fill(opened)
    bar = opened.workspace.find_bar
    bar.wanted.setText("Text 577")
    assert opened.workspace.finder.find(1)
    row = opened.row(ids[577])
    assert isinstance(row, ProseRow)
    assert row.is_current
    assert row.edit.textCursor().selectedText() == "Text 577"
    assert not row.visibleRegion().isEmpty()


def test_numbers_follow_when_a_section_changes_its_level(opened: Open) -> None:
    from briefer.domain.editing import change_section
    from briefer.ui.brief.rows import HeadingRow

    third = opened.session.brief.sections[2].id
    row = opened.row(third)
    assert isinstance(row, HeadingRow)
    assert row._number.text() == "", "the form numbers no headings, and neither does its export"
    assert opened.session.form is not None
    opened.session.form = replace(opened.session.form, numbering=HeadingNumbering.DECIMAL)
    last = opened.session.brief.sections[-1].id
    opened.session.edit("Indent", lambda brief: change_section(brief, last, level=2))
    assert row._number.text() == "3"
    second = opened.session.brief.sections[1].id
    opened.session.edit("Indent", lambda brief: change_section(brief, second, level=2))
    assert row._number.text() == "2"


def test_lines_are_as_long_as_on_a_page_however_wide_the_window(opened: Open) -> None:
    column = opened.editor.column
    for width in (1200, 2560, 1800):
        opened.page.resize(width, 900)
        opened.qtbot.wait(1)
        opened.settle()
        row = opened.prose()
        assert row.width() == column.row_width
        assert row.x() >= 10
        assert row.geometry().right() < column.width()
        letters = row.edit.width() / row.edit.fontMetrics().horizontalAdvance("in" * 50) * 100
        assert letters < 130
    row = opened.prose()
    left, right = row.x(), column.width() - row.geometry().right()
    assert abs(left - right) <= 2


def test_many_rows_out_of_sight_do_not_wait_for_another_width_and_what_is_in_sight_is_right_at_once(
    opened: Open,
) -> None:
    ids = _fill(opened)
    editor, page = opened.editor, opened.page
    editor.jump(ids[300])
    opened.qtbot.waitUntil(lambda: not editor._prepare.isActive(), timeout=20_000)
    current, before = _text(opened, ids[300]), {row.key for row in opened.rows()}
    assert len(before) > 60
    opened.qtbot.keyClicks(current.edit, "typed ")
    page.resize(page.width() - 200, page.height())
    rows = opened.rows()
    assert len(rows) < len(before) // 2
    assert current in rows, "the cursor is there"
    assert current.edit.markdown.startswith("typed ")
    top = editor.verticalScrollBar().value()
    inside = [
        row for row in rows if row.geometry().intersects(QRect(0, top, 5000, editor.viewport().height()))
    ]
    assert len(inside) > 1
    for row in inside:
        assert row.width() == editor.column.row_width
        assert row.height() == row.fitted(row.width())
    opened.qtbot.waitUntil(lambda: len(opened.rows()) > 60, timeout=20_000)
    assert all(a.geometry().bottom() < b.geometry().top() for a, b in pairwise(opened.rows()))
