"""Letting findings pass, with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt

from briefer.ui.brief.checks_panel import FindingRole
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
