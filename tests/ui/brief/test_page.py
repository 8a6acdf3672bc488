from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from briefer.domain.tags import partner
from briefer.services.desk import Desk
from briefer.ui.brief import BriefPage
from briefer.ui.brief.new_brief_dialog import NewBriefDialog
from briefer.ui.brief.next_brief_dialog import NextBriefDialog
from briefer.ui.context import Context
from tests.ui.brief.conftest import Open

Settle = Callable[[], None]


def test_the_list_opens_with_return_and_comes_back(
    page: BriefPage, qtbot: QtBot, settle: Settle, sample_brief: str
) -> None:
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.workspace is not None)
    assert page.undo_stack == sample_brief
    settle()
    page.show_list()
    settle()
    assert page.workspace is None
    assert page.undo_stack == "library"
    assert page.list.view.isVisible()


def test_a_removed_brief_comes_back_by_undo(
    page: BriefPage, qtbot: QtBot, settle: Settle, context: Context
) -> None:
    qtbot.keyClick(page.list.view, Qt.Key.Key_Delete)
    settle()
    assert page.list.model.rowCount() == 0
    assert not page.list.view.isVisible()
    context.undo()
    settle()
    assert page.list.model.rowCount() == 1
    assert page.list.view.isVisible()


def test_an_open_brief_that_is_removed_elsewhere_closes(opened: Open, desk: Desk, context: Context) -> None:
    context.change(lambda: desk.compose.remove(opened.session.brief.id))
    opened.qtbot.waitUntil(lambda: opened.page.workspace is None)
    opened.settle()


def _dialog(page: BriefPage) -> NewBriefDialog:
    found = page.findChild(NewBriefDialog)
    assert isinstance(found, NewBriefDialog)
    return found


def test_a_new_brief_tells_what_goes_where(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief(())
    dialog = _dialog(page)
    settle()
    assert not dialog.make.isEnabled()
    assert "Choose" in dialog._told_plan.text()
    assert dialog.problem.text() == ""
    qtbot.keyClicks(dialog.subjects.field, "india")
    qtbot.keyClick(dialog.subjects.field, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.make.isEnabled)
    assert dialog.subjects.tags == (partner("IN"),)
    assert dialog.plan.topLevelItemCount() > 4
    dialog.date.setText("soon")
    assert not dialog.make.isEnabled()
    dialog.date.setText("2026-01-15")
    dialog.audience.setText("the Minister")
    dialog.accept()
    qtbot.waitUntil(lambda: page.workspace is not None)
    settle()
    assert page.workspace is not None
    brief = page.workspace.session.brief
    assert (brief.meeting_date, brief.audience) == ("2026-01-15", "the Minister")
    assert brief.title.endswith("India")


def _excerpts(dialog: NewBriefDialog) -> list[QTreeWidgetItem]:
    """Return the rows of excerpts, in order."""
    found: list[QTreeWidgetItem] = []
    stack = [dialog.plan.topLevelItem(n) for n in reversed(range(dialog.plan.topLevelItemCount()))]
    while stack:
        item = stack.pop()
        assert item is not None
        if (
            item.flags() & Qt.ItemFlag.ItemIsUserCheckable
            and item.data(0, Qt.ItemDataRole.CheckStateRole) is not None
        ):
            found.append(item)
        stack += [item.child(n) for n in reversed(range(item.childCount()))]
    return found


def test_excerpts_are_left_out_and_taken_back(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief((partner("IN"),))
    dialog = _dialog(page)
    settle()
    qtbot.waitUntil(dialog.make.isEnabled)
    first = _excerpts(dialog)[0]
    quote = first.text(0)
    assert first.checkState(0) is Qt.CheckState.Checked
    first.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: any(r.text(1) == "left out by you" for r in _excerpts(dialog)))
    (gone,) = (r for r in _excerpts(dialog) if r.text(1) == "left out by you")
    assert (gone.text(0), gone.checkState(0)) == (quote, Qt.CheckState.Unchecked)
    gone.setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: any(r.text(1) == "you want it" for r in _excerpts(dialog)))
    assert not dialog.plan.excluded
    dialog.reject()
    settle()


def test_names_of_sections_and_the_period_are_chosen(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief((partner("IN"),))
    dialog = _dialog(page)
    qtbot.waitUntil(dialog.make.isEnabled)
    dialog.variant.setCurrentIndex(dialog.variant.findData("us"))
    settle()
    top = dialog.plan.topLevelItem(0)
    assert top is not None
    assert top.text(0) == "Bottom line up front"
    before = len(_excerpts(dialog))
    dialog.since.setText("2999")
    qtbot.waitUntil(lambda: not _excerpts(dialog))
    assert before
    dialog.since.setText("soon")
    assert not dialog.make.isEnabled()
    dialog.since.clear()
    dialog.last_meeting.click()
    settle()
    assert dialog.since.text() or "no brief" in dialog.since.placeholderText()
    dialog.form.setCurrentIndex(dialog.form.findData("risk-brief"))
    assert not dialog.variant.isEnabled()
    dialog.reject()
    settle()


def test_the_list_takes_the_focus_so_that_return_opens(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.hide()
    page.show()
    assert page.focusWidget() is page.list.view
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.workspace is not None)
    settle()


def test_the_next_brief_is_made_from_one(page: BriefPage, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    (former,) = desk.compose.briefs()
    page.list.choose(former.id)
    page.list.following.click()
    dialog = page.findChild(NextBriefDialog)
    assert isinstance(dialog, NextBriefDialog)
    dialog.field.setText("soon")
    assert not dialog.make.isEnabled()
    dialog.field.setText("2031-05-04")
    dialog.make.click()
    qtbot.waitUntil(lambda: page.workspace is not None)
    settle()
    assert page.workspace is not None
    brief = page.workspace.session.brief
    assert (brief.origin, brief.meeting_date) == (former.id, "2031-05-04")
    assert brief.excerpt_ids() == desk.compose.brief(former.id).excerpt_ids()
    bar = page.workspace.offers
    bar.refresh()
    settle()
    assert bar.isVisible()
    assert "blocks reused word for word, 0 excerpts dropped" in bar._told.text()


def test_subjects_given_are_chosen_and_can_be_taken_away(
    page: BriefPage, qtbot: QtBot, settle: Settle
) -> None:
    page.new_brief((partner("IN"), partner("EU")))
    dialog = _dialog(page)
    settle()
    assert dialog.subjects.tags[1:] == (partner("EU"),)
    qtbot.keyClick(dialog.subjects.field, Qt.Key.Key_Backspace)
    assert [t.key for t in dialog.subjects.tags] == ["IN"]
    dialog.reject()
    settle()
    assert page.workspace is None


def test_leaving_the_page_stores_what_was_just_typed(opened: Open) -> None:
    row = opened.prose()
    row.go(at_end=True)
    opened.qtbot.keyClicks(row.edit, " Last word")
    opened.page.hide()
    assert opened.stored.sections[0].blocks[0].markdown.endswith(" Last word")


def test_going_to_another_brief_stores_what_was_just_typed(opened: Open, desk: Desk) -> None:
    row = opened.prose()
    row.go(at_end=True)
    opened.qtbot.keyClicks(row.edit, " Last word")
    opened.page.show_list()
    assert opened.stored.sections[0].blocks[0].markdown.endswith(" Last word")


def test_a_typed_text_is_saved_by_itself(opened: Open) -> None:
    row = opened.prose()
    row.go(at_end=True)
    with opened.qtbot.waitSignal(opened.session.brief_changed):
        opened.qtbot.keyClicks(row.edit, " More")
    assert opened.stored.sections[0].blocks[0].markdown.endswith(" More")


def test_the_colours_follow_the_theme(opened: Open, context: Context) -> None:
    from briefer.ui.theme import DARK

    context.set_colours(DARK)
    assert DARK.surface in opened.page.styleSheet()
    opened.page.grab()


def test_the_focus_is_in_the_text_when_a_brief_opens(opened: Open) -> None:
    opened.page.activateWindow()
    opened.qtbot.waitUntil(lambda: QApplication.focusWidget() is opened.prose().edit)


def test_keys_act_on_the_list_as_soon_as_it_is_read(page: BriefPage, desk: Desk, qtbot: QtBot) -> None:
    briefs = desk.compose.briefs()
    page.list.show_briefs((), {})
    page.list.new.setFocus()
    page.list.show_briefs(briefs, {})
    assert page.list.view.hasFocus()
    page.list.new.setFocus()
    page.list.show_briefs(briefs, {"x": "X"})
    assert page.list.new.hasFocus()
