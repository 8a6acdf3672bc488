"""Letting findings pass, with the keyboard."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from PySide6.QtCore import Qt

from briefer.domain.checks import RULES
from briefer.domain.editing import write_prose
from briefer.domain.tags import parse_tag
from briefer.ui.brief.checks_panel import FindingRole
from briefer.ui.record.outside import OutsideDialog
from tests.ui.brief.conftest import Open


def texts(opened: Open) -> list[str]:
    model = opened.workspace.checks.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def checked(opened: Open) -> None:
    """Wait for the checks, which follow an edit after a pause."""
    opened.workspace._ask_findings()
    opened.settle()


def test_a_finding_is_let_pass_for_a_reason_and_checked_again(opened: Open) -> None:
    opened.workspace.show_panel("checks")
    checked(opened)
    panel = opened.workspace.checks
    assert not panel.let_pass.isEnabled()
    panel.view.setCurrentIndex(panel.model.index(0))
    finding = panel.model.finding(0)
    assert finding is not None
    assert panel._why.text()
    assert not panel.let_pass.isEnabled()
    panel.reason.setText("Agreed with the desk")
    opened.press(panel.reason, Qt.Key.Key_Return)
    (waiver,) = opened.stored.waivers
    assert (waiver.message, waiver.reason) == (finding.message, "Agreed with the desk")
    checked(opened)
    last = panel.model.index(panel.model.rowCount() - 1)
    assert last.data() == finding.message
    assert last.data(FindingRole.PLACE) == "let pass: Agreed with the desk"
    panel.view.setCurrentIndex(last)
    assert panel.let_pass.text() == "Check again"
    assert not panel.reason.isVisible()
    panel.let_pass.click()
    assert opened.stored.waivers == ()
    opened.undo()
    assert len(opened.stored.waivers) == 1


def test_the_button_of_the_header_counts_what_was_not_let_pass(opened: Open) -> None:
    checked(opened)
    before = len(texts(opened))
    panel = opened.workspace.checks
    panel.view.setCurrentIndex(panel.model.index(0))
    panel.reason.setText("Known")
    panel.let_pass.click()
    opened.settle()
    checked(opened)
    assert len(texts(opened)) == before
    assert f"Checks: {before - 1}" in opened.workspace.header.buttons["checks"].text()


def test_letting_pass_keeps_the_row_and_takes_the_focus_nowhere_else(opened: Open) -> None:
    opened.workspace.show_panel("checks")
    checked(opened)
    panel = opened.workspace.checks
    assert panel.model.rowCount() > 2
    panel.view.setCurrentIndex(panel.model.index(1))
    following = panel.model.finding(2)
    place = opened.editor.current_block or opened.editor.current_section
    panel.reason.setText("Known")
    panel.let_pass.setFocus()
    opened.press(panel.let_pass, Qt.Key.Key_Space)
    assert panel.view.hasFocus()
    opened.settle()
    checked(opened)
    assert panel.view.currentIndex().row() == 1
    assert panel.model.finding(1) == following
    assert panel.view.hasFocus()
    assert (opened.editor.current_block or opened.editor.current_section) == place


def test_the_chosen_finding_stays_chosen_where_others_go(opened: Open) -> None:
    checked(opened)
    panel = opened.workspace.checks
    panel.view.setCurrentIndex(panel.model.index(2))
    chosen, first = panel.model.finding(2), panel.model.finding(0)
    assert first is not None
    panel.waive_wanted.emit(first, "Known")
    opened.settle()
    checked(opened)
    assert panel.view.currentIndex().row() == 1
    assert panel.model.finding(1) == chosen


def test_f7_leads_to_the_checks_and_back(opened: Open) -> None:
    checked(opened)
    text = opened.prose().edit
    text.setFocus()
    opened.press(text, Qt.Key.Key_F7)
    panel = opened.workspace.checks
    assert panel.isVisible()
    assert panel.view.hasFocus()
    assert panel.view.currentIndex().row() == 0
    opened.press(panel.view, Qt.Key.Key_F7)
    assert panel.isVisible()
    assert text.hasFocus()
    opened.press(text, Qt.Key.Key_F7)
    assert panel.view.hasFocus()
    panel.reason.setFocus()
    opened.press(panel.reason, Qt.Key.Key_F7)
    assert text.hasFocus()


def test_f7_leads_into_the_list_that_is_open_already_and_esc_closes_it(opened: Open) -> None:
    checked(opened)
    text, panel = opened.prose().edit, opened.workspace.checks
    opened.workspace.show_panel("checks")
    text.setFocus()
    before = text.toPlainText()
    opened.press(text, Qt.Key.Key_F7)
    assert panel.isVisible()
    assert panel.view.hasFocus()
    opened.press(panel.view, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert text.hasFocus()
    assert text.toPlainText() == before


def test_a_finding_leads_to_its_own_point_of_a_list(opened: Open) -> None:
    points = "- Trade rose by 40 per cent.\n- They *met* on 3 March [sic] in Port Louis.\n- Exports fell by half of the total."
    block = opened.prose().key.id
    opened.session.edit("Write", lambda brief: write_prose(brief, block, points))
    opened.settle()
    checked(opened)
    panel, edit = opened.workspace.checks, opened.prose().edit
    for begins in ("Exports fell", "They met", "Trade rose"):
        row = next(n for n in range(panel.model.rowCount()) if f"No source for: {begins}" in texts(opened)[n])
        panel.view.setCurrentIndex(panel.model.index(row))
        opened.press(panel.view, Qt.Key.Key_Return)
        cursor = edit.textCursor()
        assert edit.hasFocus()
        assert not cursor.hasSelection()
        assert edit.toPlainText()[cursor.position() :].startswith(begins)


def test_a_key_leads_to_the_versions_and_back(opened: Open) -> None:
    text, panel = opened.prose().edit, opened.workspace.versions
    text.setFocus()
    opened.press(text, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert panel.isVisible()
    assert panel.name.hasFocus()
    opened.press(
        panel.name, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert text.hasFocus()


def test_findings_that_wrap_anew_have_the_room_for_it(opened: Open) -> None:
    opened.workspace.show_panel("checks")
    checked(opened)
    view = opened.workspace.checks.view
    index = view.model().index(0, 0)
    # By its width alone: with its height Qt lays it out anew by itself.
    view.setFixedSize(view.width(), view.height())
    wide = view.visualRect(index).height()
    view.setFixedWidth(view.width() - 140)
    opened.settle()
    opened.qtbot.waitUntil(lambda: view.visualRect(index).height() > wide)


def test_f6_leads_into_the_list_of_findings(opened: Open) -> None:
    checked(opened)
    text, panel = opened.prose().edit, opened.workspace.checks
    opened.workspace.show_panel("checks")
    text.setFocus()
    opened.press(text, Qt.Key.Key_F6)
    assert panel.view.hasFocus()
    assert panel.view.currentIndex().isValid()


def test_the_panel_says_why_without_codes_and_the_pointer_tells_the_standard(opened: Open) -> None:
    checked(opened)
    panel = opened.workspace.checks
    for row in range(panel.model.rowCount()):
        panel.view.setCurrentIndex(panel.model.index(row))
        finding = panel.model.finding(row)
        assert finding is not None
        assert "(" not in panel._why.text()
        assert panel._why.toolTip() == RULES[finding.check].why


def test_what_was_changed_from_outside_is_confirmed_where_the_checks_tell_it(opened: Open) -> None:
    panel, desk = opened.workspace.checks, opened.workspace.session.desk
    opened.workspace.show_panel("checks")
    checked(opened)
    before = texts(opened)
    with closing(sqlite3.connect(desk.library.path)) as connection, connection:
        connection.execute("UPDATE briefs SET audience = 'The press'")
    # A look after an edit reads what has changed; the finding is on the brief as it is read anew.
    opened.workspace.session.context.change(
        lambda: desk.curate.tag([next(iter(opened.workspace.session.hits))], [parse_tag("free:looked")])
    )
    opened.settle()
    checked(opened)
    (message,) = set(texts(opened)) - set(before)
    assert "changed this brief" in message
    row = texts(opened).index(message)
    panel.view.setCurrentIndex(panel.model.index(1 - min(row, 1)))
    assert panel.outside.isHidden()
    panel.view.setCurrentIndex(panel.model.index(row))
    assert not panel.outside.isHidden()
    panel.outside.click()
    opened.settle()
    (dialog,) = opened.workspace.findChildren(OutsideDialog)
    dialog.reason.setText("The desk knows.")
    dialog.confirm.click()
    opened.settle()
    dialog.close()
    opened.settle()
    assert texts(opened) == before
