from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from briefer.domain.tags import Tag, TagKind, partner
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
    told: list[str] = []
    page.told.connect(told.append)
    title = page.list.title_of(page.list.current)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Delete)
    settle()
    assert told == [f"“{title}” is in the trash; Ctrl+Z brings it back."]
    assert page.list.model.rowCount() == 0
    assert not page.list.view.isVisible()
    context.undo()
    settle()
    assert page.list.model.rowCount() == 1
    assert page.list.view.isVisible()


def test_the_brief_that_comes_back_is_chosen(
    page: BriefPage, qtbot: QtBot, settle: Settle, context: Context, desk: Desk
) -> None:
    (former,) = desk.compose.briefs()
    clone, _ = desk.renewal.clone(former.id, "2031-05-04")
    page._read_list()
    settle()
    page.list.choose(former.id)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Delete)
    settle()
    assert page.list.current == clone.id
    context.undo()
    settle()
    assert page.list.current == former.id


def test_an_open_brief_that_is_removed_elsewhere_closes(opened: Open, desk: Desk, context: Context) -> None:
    context.change(lambda: desk.compose.remove(opened.session.brief.id))
    opened.qtbot.waitUntil(lambda: opened.page.workspace is None)
    opened.settle()


def _dialog(page: BriefPage) -> NewBriefDialog:
    found = page.findChild(NewBriefDialog)
    assert isinstance(found, NewBriefDialog)
    return found


def _asked_on_india(page: BriefPage, qtbot: QtBot) -> NewBriefDialog:
    """The dialog of a new brief on India, when its plan is there."""
    page.new_brief((partner("IN"),))
    dialog = _dialog(page)
    qtbot.waitUntil(dialog.make.isEnabled)
    return dialog


def test_a_new_brief_tells_what_goes_where(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief(())
    dialog = _dialog(page)
    settle()
    assert not dialog.make.isEnabled()
    assert "Choose" in dialog._told_plan.text()
    assert dialog.problem.text() == ""
    qtbot.keyClicks(dialog.subjects.field, "india")
    offered = dialog.subjects.field.completer().popup()
    assert offered is not None
    assert offered.isVisible()
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    assert not offered.isVisible()
    qtbot.waitUntil(dialog.make.isEnabled)
    assert dialog.subjects.tags == (partner("IN"),)
    assert dialog.plan.topLevelItemCount() > 4
    dialog.date.show_value("2026-02-31")
    dialog.make.click()
    assert dialog.isVisible()
    assert dialog.date.objection.text() == "That month has no day 31."
    assert dialog.focusWidget() is dialog.date.line
    dialog.date.show_value("2026-01-15")
    assert dialog.date.objection.isHidden()
    dialog.audience.setText("the Minister")
    dialog.accept()
    qtbot.waitUntil(lambda: page.workspace is not None)
    settle()
    assert page.workspace is not None
    brief = page.workspace.session.brief
    assert (brief.meeting_date, brief.audience) == ("2026-01-15", "the Minister")
    assert brief.title.endswith("India")


def test_what_begins_with_the_text_is_offered_first(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief(())
    field = _dialog(page).subjects.field
    completer = field.completer()
    qtbot.keyClicks(field, "Indi")
    offered = completer.completionModel()
    names = [offered.index(row, 0).data() for row in range(offered.rowCount())]
    assert names[:2] == ["India · partner", "Indian Ocean Rim Association · partner"]
    assert "British Indian Ocean Territory · partner" in names
    qtbot.keyClicks(field, "an")
    assert offered.index(0, 0).data() == "Indian Ocean Rim Association · partner"
    completer.activated[QModelIndex].emit(offered.index(0, 0))  # type: ignore[index]
    qtbot.waitUntil(lambda: not field.text())
    assert [tag.key for tag in _dialog(page).subjects.tags] == ["IORA"]
    _dialog(page).reject()
    settle()


def test_a_text_left_in_the_field_of_subjects_is_told(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    dialog = _asked_on_india(page, qtbot)
    subjects = dialog.subjects
    qtbot.keyClicks(subjects.field, "Narnia")
    assert subjects.objection.isHidden()
    dialog.make.click()
    assert dialog.isVisible()
    assert "No partner or risk is called “Narnia”" in subjects.objection.text()
    assert dialog.focusWidget() is subjects.field
    subjects.field.setText("Germ")
    assert subjects.objection.isHidden()
    dialog.make.click()
    assert subjects.objection.text() == "“Germ” is not chosen yet: Enter takes Germany."
    qtbot.keyClick(subjects.field, Qt.Key.Key_Return)
    assert subjects.objection.isHidden()
    assert subjects.tags == (partner("IN"), partner("DE"))
    subjects.field.setText("france")
    dialog.make.click()
    qtbot.waitUntil(lambda: page.workspace is not None)
    settle()
    assert page.workspace is not None
    assert page.workspace.session.brief.subjects == (partner("IN"), partner("DE"), partner("FR"))


def test_the_key_of_each_label_goes_to_its_field(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief((partner("IN"),))
    dialog = _dialog(page)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for key, field in (
        (Qt.Key.Key_F, dialog.form),
        (Qt.Key.Key_B, dialog.subjects.field),
        (Qt.Key.Key_S, dialog.since.line),
        (Qt.Key.Key_D, dialog.date.line),
    ):
        dialog.title.setFocus()
        qtbot.keyClick(dialog, key, Qt.KeyboardModifier.AltModifier)
        assert dialog.focusWidget() is field
    dialog.reject()
    settle()


def test_return_presses_the_button_that_has_the_focus_and_no_other(
    page: BriefPage, qtbot: QtBot, settle: Settle
) -> None:
    dialog = _asked_on_india(page, qtbot)
    dialog.title.setFocus()
    qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.make.setFocus()
    qtbot.keyClick(dialog.make, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.workspace is not None)
    settle()


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
    dialog = _asked_on_india(page, qtbot)
    dialog.variant.setCurrentIndex(dialog.variant.findData("us"))
    settle()
    top = dialog.plan.topLevelItem(0)
    assert top is not None
    assert top.text(0) == "Bottom line up front"
    before = len(_excerpts(dialog))
    dialog.since.show_value("2999")
    qtbot.waitUntil(lambda: not _excerpts(dialog))
    assert before
    dialog.since.show_value("soon")
    dialog.make.click()
    assert "Write the date as" in dialog.since.objection.text()
    dialog.since.show_value("11/12/2025")
    dialog.make.click()
    assert dialog.isVisible(), "it is not made with a date that may be two"
    assert "11 December 2025 or 12 November 2025" in dialog.since.objection.text()
    assert dialog.since.line.hasFocus()
    dialog.since.show_value("15 January 2027")
    assert dialog.since.value == "2027-01-15"
    assert dialog.since.check()
    assert dialog.since.line.text() == "2027-01-15"
    dialog.since.show_value(None)
    dialog.form.setCurrentIndex(dialog.form.findData("risk-brief"))
    assert not dialog.variant.isEnabled()
    dialog.reject()
    settle()


def test_choosing_what_a_brief_is_about_moves_no_field(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief()
    dialog = _dialog(page)
    settle()
    fields = (dialog.since, dialog.title, dialog.date, dialog.audience, dialog.language, dialog.marking)
    places = [field.geometry() for field in fields]
    for change in (
        lambda: dialog.subjects.add(partner("IN")),
        lambda: qtbot.keyClicks(dialog.subjects.field, "germ"),
        dialog.subjects.check,
        lambda: dialog.form.setCurrentIndex(dialog.form.findData("one-page-note")),
    ):
        change()
        QApplication.processEvents()
        assert [field.geometry() for field in fields] == places
    assert dialog.subjects.objection.isVisible()
    assert "Germany" in dialog.subjects.objection.text()
    dialog.reject()
    settle()


def test_what_bears_the_risk_only_is_offered_and_can_be_ticked(
    page: BriefPage, qtbot: QtBot, settle: Settle, desk: Desk
) -> None:
    page.new_brief((partner("DE"), Tag(TagKind.RISK, "supply-chain")))
    dialog = _dialog(page)
    only = "the risk only"
    qtbot.waitUntil(lambda: any(row.text(1) == only for row in _excerpts(dialog)))
    settle()
    group = dialog.plan.topLevelItem(dialog.plan.topLevelItemCount() - 1)
    assert group is not None
    assert group.text(0) == "With the risk only, not with the partner"
    total = desk.compose.with_risk_only(dialog.wanted, 1).total
    assert group.text(1) == f"{total} excerpts"
    offered = [row for row in _excerpts(dialog) if row.text(1) == only]
    assert {row.checkState(0) for row in offered} == {Qt.CheckState.Unchecked}
    quote = offered[0].text(0)
    offered[0].setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: any(row.text(1) == "you want it" for row in _excerpts(dialog)))
    settle()
    (taken,) = (row for row in _excerpts(dialog) if row.text(1) == "you want it")
    assert taken.text(0) == quote
    group = dialog.plan.topLevelItem(dialog.plan.topLevelItemCount() - 1)
    assert group is not None
    assert group.text(1).startswith(f"{total - 1} excerpt")
    taken.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not any(row.text(1) == "you want it" for row in _excerpts(dialog)))
    dialog.reject()
    settle()


def test_an_excerpt_of_the_plan_has_room_for_two_lines(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief((partner("IN"),))
    dialog = _dialog(page)
    qtbot.waitUntil(lambda: bool(_excerpts(dialog)))
    line = dialog.plan.fontMetrics().lineSpacing()
    heights = {dialog.plan.visualItemRect(row).height() for row in _excerpts(dialog)} - {0}
    assert heights
    assert min(heights) >= 2 * line
    section = dialog.plan.topLevelItem(0)
    assert section is not None
    assert dialog.plan.visualItemRect(section).height() < min(heights)
    dialog.reject()
    settle()


def test_how_subjects_go_together_is_told_with_counts(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    dialog = _asked_on_india(page, qtbot)
    assert dialog.told_period.isHidden()
    dialog.subjects.add(partner("DE"))
    qtbot.waitUntil(lambda: "India (" in dialog.told_period.text())
    assert ") or Germany (" in dialog.told_period.text()
    dialog.subjects.add(Tag(TagKind.RISK, "supply-chain"))
    qtbot.waitUntil(lambda: "An excerpt goes in only if it is tagged India (" in dialog.told_period.text())
    assert "), and also Supply-chain disruption (" in dialog.told_period.text()
    dialog.reject()
    settle()


def test_escape_asks_where_something_was_filled_in(page: BriefPage, qtbot: QtBot, settle: Settle) -> None:
    page.new_brief((partner("IN"),))
    dialog = _dialog(page)
    settle()
    dialog.title.setText("Talks")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    ask = dialog.findChild(QMessageBox)
    assert ask is not None
    assert dialog.isVisible()
    qtbot.keyClick(ask, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    ask = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    next(b for b in ask.buttons() if b.text() == "Leave").click()
    assert not dialog.isVisible()
    page.new_brief((partner("IN"),))
    other = next(d for d in page.findChildren(NewBriefDialog) if d.isVisible())
    qtbot.keyClick(other, Qt.Key.Key_Escape)
    assert not other.isVisible(), "nothing was said, nothing is lost"
    settle()


def test_the_last_meeting_is_the_one_before(
    page: BriefPage, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    (former,) = desk.compose.briefs()
    for day in ("2031-12-03", "2031-12-20", "2032-03-10"):
        desk.renewal.clone(former.id, day)
    dialog = _asked_on_india(page, qtbot)
    dialog.date.show_value("2031-12-20")
    dialog.last_meeting.click()
    qtbot.waitUntil(lambda: dialog.since.value == "2031-12-03")
    qtbot.waitUntil(lambda: "on 3 December 2031: “" in dialog.told_period.text())
    assert "Nothing on India was published since 3 December 2031;" in dialog.told_period.text()
    assert "older excerpt" in dialog.told_period.text()
    dialog.date.show_value("2032-03-10")
    qtbot.waitUntil(lambda: dialog.since.value == "2031-12-20")
    dialog.date.show_value("1990")
    qtbot.waitUntil(lambda: dialog.since.value is None)
    assert "no brief of an earlier meeting" in dialog.since.line.placeholderText()
    dialog.subjects.set_tags((partner("BT"),))
    qtbot.waitUntil(lambda: "No excerpt bears the tags: Bhutan." in dialog.told_period.text())
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
    assert all(
        told.height() >= told.heightForWidth(told.width())
        for told in dialog.findChildren(QLabel)
        if told.wordWrap() and told.isVisible()
    )
    dialog.field.show_value("soon")
    dialog.make.click()
    assert dialog.isVisible()
    assert dialog.field.line.accessibleDescription() == dialog.field.objection.text() != ""
    dialog.field.show_value("2031-05-04")
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


def test_the_next_brief_tells_what_it_took_over_where_nothing_is_new(
    page: BriefPage, desk: Desk, settle: Settle
) -> None:
    (former,) = desk.compose.briefs()
    clone, _ = desk.renewal.clone(former.id, "2026-05-05")
    desk.renewal.take(clone.id, ())
    page.show_brief(clone.id)
    settle()
    assert page.workspace is not None
    bar = page.workspace.offers
    bar.refresh()
    settle()
    assert bar.isVisible()
    assert "No new excerpts since" in bar._told.text()
    bar.close_it.click()
    bar.refresh()
    settle()
    assert not bar.isVisible()


def test_a_next_meeting_before_the_last_one_is_told(
    page: BriefPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    (former,) = desk.compose.briefs()
    desk.compose.edit(former.id, "Date", lambda b: replace(b, meeting_date="2026-12-03"))
    page.next_brief(desk.compose.briefs()[0])
    dialog = page.findChild(NextBriefDialog)
    assert isinstance(dialog, NextBriefDialog)
    for day, early in (("2026-12-02", True), ("2026-12-03", False), ("2025", True), ("", False)):
        dialog.field.show_value(day)
        assert dialog.early.isVisible() == early
        assert ("3 December 2026" in dialog.early.text()) == early
    assert dialog.field.line.placeholderText() >= "such as 2027-01-03"
    dialog.field.show_value("2026-11-23")
    dialog.make.click()
    assert dialog.isVisible()
    assert dialog.make.text() == "Create anyway"
    dialog.field.show_value("2026-11-24")
    assert dialog.make.text() == "Create"
    dialog.make.click()
    assert dialog.isVisible()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    settle()
    assert {brief.meeting_date for brief in desk.compose.briefs()} == {"2026-12-03", "2026-11-24"}


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
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.list.hide()
    page.list.show()
    assert page.list.begin.hasFocus()
    page.list.show_briefs(briefs, {})
    assert page.list.view.hasFocus()
    page.list.new.setFocus()
    page.list.show_briefs(briefs, {"x": "X"})
    assert page.list.new.hasFocus()
