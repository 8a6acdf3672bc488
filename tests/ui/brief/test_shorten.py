"""Shortening a quotation in its own dialog."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox
from pytestqt.qtbot import QtBot

from briefer.ui.brief.card_row import CardRow
from briefer.ui.brief.moves import RowKind
from briefer.ui.brief.shorten_dialog import ShortenDialog, ask_to_shorten
from tests.ui.brief.conftest import Open

QUOTE = "The ministers met in Port Louis on Tuesday, and they agreed on a register of spare parts."


@pytest.fixture
def dialog(qtbot: QtBot) -> ShortenDialog:
    made = ShortenDialog(QUOTE, "")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    return made


def may_accept(dialog: ShortenDialog) -> bool:
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    return buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def select(dialog: ShortenDialog, words: str) -> None:
    cursor = dialog.editor.textCursor()
    start = QUOTE.index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    dialog.editor.setTextCursor(cursor)


def test_what_is_selected_is_left_out_visibly(dialog: ShortenDialog) -> None:
    assert not dialog.leave_out.isEnabled()
    select(dialog, " in Port Louis on Tuesday, and ")
    dialog.leave_out.click()
    assert dialog.shown == "The ministers met […] they agreed on a register of spare parts."
    assert may_accept(dialog)
    dialog.whole.click()
    assert dialog.shown == ""
    assert may_accept(dialog)


def test_other_words_are_told_and_not_let_through(dialog: ShortenDialog) -> None:
    dialog.editor.setPlainText("The ministers met in Paris")
    assert not may_accept(dialog)
    assert "“The ministers met in Paris”" in dialog._objection.text()
    dialog.editor.setPlainText("[Nothing]")
    assert dialog._objection.text() == "Nothing of the source is left."
    dialog.editor.setPlainText("The ministers met in Port Louis")
    assert dialog._objection.text() == ""
    assert may_accept(dialog)


def test_a_card_shows_its_shortened_form_and_goes_back_by_undo(opened: Open) -> None:
    row = opened.first(RowKind.QUOTATION)
    assert isinstance(row, CardRow)
    whole = row.card.quote
    quote = opened.session.hits[excerpt_of(opened, row)].excerpt.quote
    first = quote.split()[0]
    row.go(at_end=False)
    with opened.qtbot.waitSignal(row.shorten_wanted):
        opened.press(row.content, Qt.Key.Key_F2)
    dialog = opened.editor.findChild(ShortenDialog)
    assert isinstance(dialog, ShortenDialog)
    dialog.editor.setPlainText(f"{first} […]")
    dialog.accept()
    opened.settle()
    assert f"{first} […]" in row.card.quote
    assert quote in row.card.toolTip()
    shown = [b.shown for _, b in opened.stored.blocks() if b.id == row.key.id]
    assert shown == [f"{first} […]"]
    opened.undo()
    assert row.card.quote == whole


def test_a_quotation_whose_source_is_gone_cannot_be_shortened(opened: Open) -> None:
    row = opened.first(RowKind.QUOTATION)
    opened.session._hits.clear()
    assert ask_to_shorten(opened.session, row.key.id, opened.editor) is None


def excerpt_of(opened: Open, row: CardRow) -> str:
    return next(b.excerpt_id or "" for _, b in opened.session.brief.blocks() if b.id == row.key.id)


def test_alt_and_the_letter_press_the_button_and_are_no_text(dialog: ShortenDialog, qtbot: QtBot) -> None:
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    dialog.editor.setFocus()
    QTest.keyClick(dialog.editor, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert dialog.editor.toPlainText() == QUOTE
    select(dialog, " in Port Louis on Tuesday, and ")
    QTest.keyClick(dialog.editor, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert "Port Louis" in dialog.editor.toPlainText() or dialog.shown.count("[…]") == 1
    assert dialog.leave_out.shortcut() == QKeySequence("Alt+L")


def test_control_and_delete_leave_out_what_is_selected(dialog: ShortenDialog) -> None:
    select(dialog, " in Port Louis on Tuesday, and ")
    QTest.keyClick(dialog.editor, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert dialog.shown == "The ministers met […] they agreed on a register of spare parts."


def test_the_objection_quotes_the_place_that_differs(dialog: ShortenDialog) -> None:
    dialog.editor.setPlainText(QUOTE.replace("register", "list"))
    assert "“…they agreed on a list of spare parts.”" in dialog._objection.text()


def test_ctrl_enter_finishes_only_what_may_stand(dialog: ShortenDialog, qtbot: QtBot) -> None:
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier
    dialog.editor.setPlainText("The ministers met in Paris")
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Return, control)
    assert dialog.isVisible()
    dialog.editor.setPlainText("The ministers met in Port Louis […]")
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Return, control)
    assert dialog.result() == ShortenDialog.DialogCode.Accepted.value
    assert dialog.shown == "The ministers met in Port Louis […]"


def test_escape_asks_where_something_was_changed(dialog: ShortenDialog, qtbot: QtBot) -> None:
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.keyClicks(dialog.editor, "x")
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    ask = dialog.findChild(QMessageBox)
    assert isinstance(ask, QMessageBox)
    next(button for button in ask.buttons() if button.text() == "Leave").click()
    assert not dialog.isVisible()


def test_escape_leaves_what_was_not_touched(dialog: ShortenDialog, qtbot: QtBot) -> None:
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
