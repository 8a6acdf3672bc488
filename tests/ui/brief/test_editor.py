from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolTip

from briefer.domain import editing
from briefer.domain.briefs import BlockKind
from briefer.services.compose import prose
from briefer.services.desk import Desk
from briefer.ui.brief.card_row import CardRow
from briefer.ui.brief.mime import BLOCK, EXCERPT, carry
from briefer.ui.brief.moves import RowKind
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.brief.rows import GeneratedRow, HeadingRow
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_what_briefer_writes_itself_is_told_not_edited(opened: Open) -> None:
    row = opened.first(RowKind.GENERATED)
    assert isinstance(row, GeneratedRow)
    section = next(s for s in opened.session.brief.sections if s.id == row.key.id)
    assert section.type in {"basis", "coverage", "sources"}
    assert not [r for r in opened.rows() if isinstance(r, ProseRow) and r.key.id == section.id]


def test_a_quotation_moves_by_keys_and_back_by_undo(opened: Open) -> None:
    before = opened.stored
    row = opened.first(RowKind.QUOTATION)
    row.go(at_end=False)
    opened.press(row.content, Qt.Key.Key_Down, ALT)
    moved = opened.stored
    assert moved.sections != before.sections
    opened.undo()
    assert opened.stored.sections == before.sections
    opened.redo()
    assert opened.stored.sections == moved.sections
    assert [k.id for k in opened.shown() if k.kind is RowKind.QUOTATION] == [
        b.id for _s, b in moved.blocks() if b.kind is BlockKind.QUOTATION
    ]


def test_a_removed_quotation_comes_back_in_its_place(opened: Open) -> None:
    keys = opened.shown()
    row = opened.first(RowKind.QUOTATION)
    row.go(at_end=False)
    opened.press(row.content, Qt.Key.Key_Delete)
    opened.settle()
    assert row.key not in opened.shown()
    opened.undo()
    assert opened.shown() == keys


def test_rows_that_did_not_change_stay_the_same_widgets(opened: Open) -> None:
    before = {row.key: row for row in opened.rows()}
    row = opened.first(RowKind.QUOTATION)
    opened.press(row.content, Qt.Key.Key_Delete)
    opened.settle()
    come = [r for r in opened.rows() if r.key not in before]
    assert [r.key.kind for r in come] == [RowKind.EMPTY] * len(come)  # where no other text is left
    assert all(before[r.key] is r for r in opened.rows() if r not in come)


def test_typing_in_two_blocks_is_undone_block_by_block(opened: Open) -> None:
    first, second = opened.prose(0), opened.prose(1)
    texts = first.edit.markdown, second.edit.markdown
    first.go(at_end=True)
    opened.qtbot.keyClicks(first.edit, " one")
    opened.editor.flush()
    opened.qtbot.keyClicks(first.edit, " more")
    second.go(at_end=True)
    opened.qtbot.keyClicks(second.edit, " two")
    opened.editor.flush()
    opened.settle()
    opened.undo()
    assert (first.edit.markdown, second.edit.markdown) == (texts[0] + " one more", texts[1])
    opened.undo()
    assert (first.edit.markdown, second.edit.markdown) == texts
    opened.redo()
    opened.redo()
    assert (first.edit.markdown, second.edit.markdown) == (texts[0] + " one more", texts[1] + " two")
    assert opened.stored == opened.session.brief


def test_control_z_undoes_in_the_text_first(opened: Open) -> None:
    row = opened.prose()
    text = row.edit.markdown
    row.go(at_end=True)
    opened.qtbot.keyClicks(row.edit, "x")
    opened.press(row.edit, Qt.Key.Key_Z, CONTROL)
    assert row.edit.markdown == text
    opened.press(row.edit, Qt.Key.Key_Y, CONTROL)
    assert row.edit.markdown == text + "x"


def test_an_empty_section_gets_its_block_by_typing(opened: Open) -> None:
    opened.workspace.outline.add()
    opened.settle()
    row = opened.first(RowKind.EMPTY)
    assert isinstance(row, ProseRow)
    section = row.key.id
    row.go(at_end=False)
    opened.qtbot.keyClicks(row.edit, "Hello")
    opened.editor.flush()
    opened.qtbot.keyClicks(row.edit, " there")
    opened.editor.flush()
    stored = next(s for s in opened.stored.sections if s.id == section)
    assert [b.markdown for b in stored.blocks] == ["Hello there"]
    assert row in opened.rows()
    opened.undo()
    assert next(s for s in opened.stored.sections if s.id == section).blocks == ()
    assert any(k.kind is RowKind.EMPTY and k.id == section for k in opened.shown())


def test_control_return_adds_a_text_below_and_backspace_takes_it_away(opened: Open) -> None:
    card = opened.first(RowKind.QUOTATION)
    card.go(at_end=False)
    opened.press(card.content, Qt.Key.Key_Return, CONTROL)
    below = opened.rows()[opened.rows().index(card) + 1]
    assert isinstance(below, ProseRow)
    assert opened.editor.current_block == below.key.id
    opened.press(below.edit, Qt.Key.Key_Backspace)
    opened.settle()
    assert below.key not in opened.shown()


def test_arrows_lead_from_block_to_block(opened: Open) -> None:
    first, second = opened.prose(0), opened.prose(1)
    first.go(at_end=True)
    opened.press(first.edit, Qt.Key.Key_Down)
    assert opened.editor.current_block == second.key.id
    opened.press(second.edit, Qt.Key.Key_Up)
    assert opened.editor.current_block == first.key.id


def test_a_heading_is_renamed_in_place(opened: Open) -> None:
    row = opened.first(RowKind.HEADING)
    assert isinstance(row, HeadingRow)
    row.edit.setFocus()
    row.edit.selectAll()
    opened.qtbot.keyClicks(row.edit, "Ask")
    opened.press(row.edit, Qt.Key.Key_Return)
    assert opened.headings[0] == "Ask"
    row.edit.setText("")
    row.edit.editingFinished.emit()
    assert row.edit.text() == "Ask"
    opened.qtbot.keyClicks(row.edit, "Other")
    opened.press(row.edit, Qt.Key.Key_Escape)
    assert row.edit.text() == "Ask"


def test_a_block_is_dropped_between_others(opened: Open) -> None:
    row, target = opened.first(RowKind.QUOTATION), opened.prose()
    column = opened.editor.column
    place = QPointF(60, target.geometry().top() + 1)
    data = carry(BLOCK, row.key.id)
    enter = QDragEnterEvent(
        place.toPoint(),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    column.dragEnterEvent(enter)
    assert enter.isAccepted()
    column.grab()
    column.dropEvent(
        QDropEvent(
            place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert opened.stored.sections[0].blocks[0].id == row.key.id
    assert opened.rows()[1] is row


def test_an_excerpt_from_the_tray_is_dropped_between_blocks(opened: Open) -> None:
    hit = opened.workspace.tray.model.hit(0)
    assert hit is not None
    target, data = opened.prose(), carry(EXCERPT, hit.excerpt.id)
    place = QPointF(60, target.geometry().bottom() - 1)
    opened.editor.column.dropEvent(
        QDropEvent(
            place,
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert opened.stored.sections[0].blocks[1].excerpt_id == hit.excerpt.id


def test_typing_on_a_quotation_tells_that_it_is_locked(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    row = opened.first(RowKind.QUOTATION)
    assert isinstance(row, CardRow)
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _on: told.append(text))
    before = opened.session.brief
    opened.qtbot.keyClick(row.card, "X", Qt.KeyboardModifier.ShiftModifier)
    opened.qtbot.keyClick(row.card, Qt.Key.Key_Space)
    opened.qtbot.keyClick(row.card, Qt.Key.Key_Escape)
    assert ["locked" in text for text in told] == [True, True]
    assert QApplication.activePopupWidget() is None
    assert opened.session.brief == before


def test_the_card_tells_quote_and_source_to_a_screen_reader(opened: Open, desk: Desk) -> None:
    row = opened.first(RowKind.QUOTATION)
    assert isinstance(row, CardRow)
    _section, block = next((s, b) for s, b in opened.session.brief.blocks() if b.id == row.key.id)
    assert block.excerpt_id is not None
    hit = opened.session.hits[block.excerpt_id]
    assert hit.excerpt.quote in row.card.accessibleName()
    assert hit.source.publisher is not None
    assert hit.source.publisher in row.card.accessibleName()
    row.card.grab()
    assert [a.text().partition("\t")[0] for a in row.menu().actions() if a.text()] == [
        "Move up",
        "Move down",
        "Add text below",
        "Not for disclosure",
        "Shorten…",
        "Open source",
        "Copy quotation",
        "Remove from brief",
    ]


def test_a_change_from_elsewhere_is_shown_without_losing_what_is_typed(opened: Open, desk: Desk) -> None:
    from dataclasses import replace

    first, second = opened.prose(0), opened.prose(1)
    first.go(at_end=True)
    opened.qtbot.keyClicks(first.edit, " kept")
    typed = first.edit.markdown
    opened.session.context.change(
        lambda: desk.compose.edit(
            opened.session.brief.id, "Elsewhere", lambda b: replace(b, title="Other title")
        )
    )
    opened.settle()
    assert first.edit.markdown == typed
    opened.editor.flush()
    stored = opened.stored
    assert stored.title == "Other title"
    assert stored.sections[0].blocks[0].markdown == typed
    assert second in opened.rows()
    title = opened.workspace.header.title
    assert isinstance(title, QLineEdit)
    assert title.text() == "Other title"


def test_keys_for_undo_are_claimed_from_the_menu(opened: Open) -> None:
    from PySide6.QtGui import QKeyEvent

    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CONTROL)
    event.ignore()
    opened.prose().edit.event(event)
    assert event.isAccepted()


def test_an_excerpt_dropped_with_a_modifier_becomes_a_sentence_that_cites_it(opened: Open) -> None:
    hit = opened.workspace.tray.model.hit(0)
    assert hit is not None
    column, data = opened.editor.column, carry(EXCERPT, hit.excerpt.id)
    before = {b.id for _s, b in opened.stored.blocks()}
    button, action = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(opened.first(RowKind.QUOTATION).pos(), action, data, button, CONTROL)
    column.dragEnterEvent(enter)
    column.grab()
    hint = column.findChild(QLabel, "drop")
    assert isinstance(hint, QLabel)
    assert hint.isVisible()
    assert hint.text() == "A sentence that cites it"
    place = QPointF(opened.first(RowKind.QUOTATION).pos())
    column.dropEvent(QDropEvent(place, action, data, button, CONTROL, QEvent.Type.Drop))
    assert not hint.isVisible()
    (made,) = [b for _s, b in opened.stored.blocks() if b.id not in before]
    assert made.kind is BlockKind.PROSE
    assert made.markdown.endswith((f"[@{hit.excerpt.id}]", f"[@{hit.excerpt.id}]。"))
    assert "“" in made.markdown


def test_shift_and_return_in_the_tray_write_the_sentence_where_the_cursor_is(opened: Open) -> None:
    view = opened.workspace.tray.view
    hit = opened.workspace.tray.chosen()
    assert hit is not None
    row = opened.first(RowKind.QUOTATION)
    row.go(at_end=False)
    before = {b.id for _s, b in opened.stored.blocks()}
    opened.press(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    (made,) = [b for _s, b in opened.stored.blocks() if b.id not in before]
    assert hit.excerpt.id in made.markdown
    opened.press(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    opened.editor.flush()
    (again,) = [b for _s, b in opened.stored.blocks() if b.id == made.id]
    assert again.markdown.count(hit.excerpt.id) == 2


def test_what_was_selected_in_a_text_is_not_when_keys_act_on_another(opened: Open) -> None:
    opened.settle()
    section = opened.session.brief.sections[0].id
    texts = [prose("First text."), prose("Second text.")]
    opened.session.edit("Write", lambda brief: editing.add_blocks(brief, section, texts, 0))
    rows = [opened.editor.block_row(text) for text in texts]
    assert isinstance(rows[0], ProseRow)
    assert isinstance(rows[1], ProseRow)
    rows[0].go(at_end=False)
    rows[0].edit.selectAll()
    # What works on the selection, a panel or a dialog, does not take it away.
    opened.workspace.finder.ask(replacing=False)
    assert rows[0].edit.textCursor().selectedText() == "First text."
    rows[1].go(at_end=True)
    assert not rows[0].edit.textCursor().hasSelection()
    assert rows[1].edit.textCursor().atEnd()
