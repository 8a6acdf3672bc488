from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from briefer.domain.attention import Concern, ReadingFacts, attention
from briefer.domain.dates import Basis, Dating
from briefer.domain.sources import How, Known, Reading
from briefer.errors import InputError, KnownError
from briefer.services.changes import Change, Kind
from briefer.services.desk import Desk
from briefer.services.import_results import ImportReport
from briefer.ui.context import Context
from briefer.ui.elided import in_two_lines
from briefer.ui.intake import page as intake_page
from briefer.ui.intake.accepting import OpenQuestions
from briefer.ui.intake.carried import carried
from briefer.ui.intake.page import ReviewPage
from briefer.ui.intake.preview import Preview
from briefer.ui.intake.review_model import Column, ReviewModel
from briefer.ui.intake.row import Row, corrected, date_objection, field_text
from briefer.ui.intake.type_in import TypeInDialog
from tests.ui.intake.conftest import DATED, UNDATED
from tests.unit.factories import make_snapshot, make_source

_Settle = Callable[[], None]
_Bring = Callable[..., ImportReport]


def _titles(page: ReviewPage) -> list[str]:
    return [row.source.title for row in page.model.rows]


def _editor(page: ReviewPage) -> QLineEdit:
    found = page.table.findChild(QLineEdit)
    assert found is not None
    return found


def _question(page: ReviewPage) -> OpenQuestions:
    found = page.findChild(OpenQuestions)
    assert found is not None
    return found


def test_without_anything_it_says_how_to_begin(page: ReviewPage) -> None:
    assert page._empty.isVisible()
    page.focus()
    assert page._empty._prominent.hasFocus()


def test_until_the_list_is_read_it_says_so_and_the_list_gets_the_focus(
    page: ReviewPage, bring: _Bring, context: Context
) -> None:
    shown: list[bool] = []

    def look(_change: Change) -> None:
        page.focus()
        shown.extend((page._wait.isVisible(), page._empty.isVisible()))

    context.changed.connect(look)
    bring(dated=DATED)
    assert shown == [True, False]
    assert page.table.isVisible()
    assert page.table.hasFocus()


def test_a_list_that_cannot_be_read_is_told_and_awaited_no_longer(
    page: ReviewPage, context: Context, settle: _Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise InputError("not-found", kind="source", id="x")

    monkeypatch.setattr(intake_page, "read_rows", refuse)
    problems: list[KnownError] = []
    context.problem.connect(problems.append)
    context.changed.emit(Change(frozenset({Kind.SOURCE}), ("x",), ""))
    assert page._wait.isVisible()
    settle()
    assert [problem.code for problem in problems] == ["not-found"]
    assert page._empty.isVisible()


def test_the_least_sure_comes_first_and_is_shown(page: ReviewPage, bring: _Bring) -> None:
    with_counts: list[int] = []
    page.count_changed.connect(with_counts.append)
    bring(dated=DATED, undated=UNDATED)
    assert _titles(page) == ["Ferry timetable changes in Sundet", "Quay in Nordhavn to be lengthened"]
    assert with_counts[-1] == 2
    preview = page.preview.shown
    assert preview is not None
    assert preview.source.title == _titles(page)[0]
    assert "seven in the morning" in page.preview.text.toPlainText()
    assert "no date" in page.preview.text.toPlainText()


def test_accepting_with_the_keyboard_moves_on_and_is_undone(
    page: ReviewPage, bring: _Bring, context: Context, desk: Desk, settle: _Settle, qtbot: QtBot
) -> None:
    bring(dated=DATED, undated=UNDATED)
    page.focus()
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    settle()
    assert _titles(page) == ["Quay in Nordhavn to be lengthened"]
    accepted = next(s for s in desk.collect.sources() if s.title.startswith("Ferry"))
    assert accepted.accepted
    assert accepted.how("title").how is not How.PERSON
    assert page.table.chosen_ids() == (page.model.rows[0].source.id,)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page._empty.isVisible()
    context.undo()
    context.undo()
    settle()
    assert _titles(page)[0].startswith("Ferry")
    assert len(_titles(page)) == 2


@pytest.mark.parametrize(
    ("column", "typed"),
    [(Column.TITLE, "Aachen"), (Column.PUBLISHER, "Asahi"), (Column.PUBLISHED, "april 2026")],
)
def test_letters_typed_on_a_title_a_date_or_a_publisher_edit_it_and_accept_nothing(
    page: ReviewPage, bring: _Bring, settle: _Settle, qtbot: QtBot, column: Column, typed: str
) -> None:
    bring(dated=DATED, undated=UNDATED)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus()
    before = _titles(page)
    page.table.choose(0, column)
    qtbot.keyClick(page.table, typed[0])
    settle()
    assert _titles(page) == before
    editor = page.table.indexWidget(page.table.currentIndex())
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, typed[1:])
    assert editor.text() == typed


def test_all_are_accepted_at_once_and_come_back_in_one_step(
    page: ReviewPage, bring: _Bring, context: Context, settle: _Settle, qtbot: QtBot
) -> None:
    bring(dated=DATED, undated=UNDATED)
    page.focus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    _question(page).every.click()
    settle()
    assert not page.model.rows
    assert page.accepting.text == "2 sources accepted"
    with qtbot.waitSignal(page.library_wanted):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    context.undo()
    settle()
    assert len(page.model.rows) == 2


def test_tab_goes_to_what_needs_a_person_and_the_date_says_what_it_refuses(
    page: ReviewPage, bring: _Bring, desk: Desk, settle: _Settle, qtbot: QtBot
) -> None:
    bring(undated=UNDATED)
    page.table.choose(0)
    page.focus()
    assert page.table.focusNextPrevChild(True)
    assert page.table.currentIndex().column() == Column.PUBLISHED
    qtbot.keyClick(page.table, "2")
    editor = _editor(page)
    qtbot.keyClicks(editor, "025-13")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "month 13" in page._objection.text()
    assert page.table.is_editing
    editor.setText("2025-12")
    assert not page._objection.text()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert page.table.currentIndex().column() == Column.PUBLISHER
    publisher = next(e for e in page.table.findChildren(QLineEdit) if e is not editor)
    qtbot.keyClicks(publisher, "Example Post")
    qtbot.keyClick(publisher, Qt.Key.Key_Return)
    settle()
    source = next(s for s in desk.collect.sources() if s.title.startswith("Ferry"))
    assert source.published == Dating("2025-12", None, Basis.EXPLICIT)
    assert source.publisher == "Example Post"
    assert source.how("published").how is How.PERSON
    assert page.model.rows[0].seen.fields == ()


def test_tab_goes_through_the_present_row_and_round_to_those_above(
    page: ReviewPage, bring: _Bring, settle: _Settle
) -> None:
    bring(undated=UNDATED, other=UNDATED.replace("Sundet", "Nordsund").replace("Commuters", "Many"))
    page.focus()
    assert page.model.rowCount() == 2
    page.table.choose(1)
    visited = []
    for _step in range(5):
        page.table.focusNextPrevChild(True)
        present = page.table.currentIndex()
        visited.append((present.row(), present.column()))
    dates, publishers = Column.PUBLISHED, Column.PUBLISHER
    assert visited == [(1, dates), (1, publishers), (0, dates), (0, publishers), (1, dates)]
    assert page.table.hasFocus()
    page.table.choose(0, dates)
    page.table.focusNextPrevChild(False)
    assert not page.table.hasFocus(), "backwards, the keys lead out of the table"


def test_where_nothing_else_needs_a_person_tab_leaves_the_table(
    page: ReviewPage, bring: _Bring, settle: _Settle
) -> None:
    bring(undated=UNDATED)
    page.focus()
    page.model.setData(page.model.index(0, Column.PUBLISHER), "Example Post")
    settle()
    page.table.choose(0, Column.PUBLISHER)
    assert page.table.focusNextPrevChild(True)
    assert page.table.currentIndex().column() == Column.PUBLISHED
    page.table.focusNextPrevChild(True)
    assert not page.table.hasFocus()
    assert page.focusWidget() is page.preview.text


def test_a_key_that_is_held_while_the_list_goes_on_does_not_keep_it_from_choosing(
    page: ReviewPage, bring: _Bring, settle: _Settle, qtbot: QtBot
) -> None:
    other = UNDATED.replace("Sundet", "Nordsund").replace("Commuters", "Many")
    bring(dated=DATED, undated=UNDATED, other=other)
    page.preview.text.setFocus()
    qtbot.keyPress(page.preview.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    settle()
    assert page.model.rowCount() == 2
    page.table.choose(1, Column.PUBLISHED)
    assert page.table.chosen_ids() == (page.model.rows[1].source.id,)
    qtbot.keyRelease(page.table, Qt.Key.Key_Control)


@pytest.mark.parametrize("place", ["a field", "the text"])
def test_all_are_accepted_by_keys_from_a_field_and_from_the_text(
    page: ReviewPage, bring: _Bring, settle: _Settle, qtbot: QtBot, place: str
) -> None:
    bring(dated=DATED)
    page.model.setData(page.model.index(0, Column.PUBLISHER), "Example Post")
    settle()
    page.table.choose(0, Column.PUBLISHED)
    pressed = page.table if place == "a field" else page.preview.text
    pressed.setFocus()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(pressed, Qt.Key.Key_Return, keys)
    settle()
    assert not page.model.rows


def test_letters_outside_of_a_field_choose_no_other_row(
    page: ReviewPage, bring: _Bring, qtbot: QtBot
) -> None:
    bring(undated=UNDATED, dated=DATED)
    page.focus()
    page.table.choose(0, Column.KIND)
    qtbot.keyClicks(page.table, "tex")
    assert page.table.currentIndex().row() == 0
    assert page.model.rowCount() == 2


def test_in_the_text_beside_the_table_letters_accept_nothing(
    page: ReviewPage, bring: _Bring, settle: _Settle, qtbot: QtBot
) -> None:
    bring(dated=DATED)
    page.preview.text.setFocus()
    qtbot.keyClicks(page.preview.text, "Japan Times")
    settle()
    assert page.model.rowCount() == 1
    qtbot.keyClick(page.preview.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not page.model.rows


def test_what_was_accepted_is_told_with_its_way_back(
    page: ReviewPage, bring: _Bring, context: Context, desk: Desk, settle: _Settle, qtbot: QtBot
) -> None:
    bring(dated=DATED, undated=UNDATED)
    page.focus()
    assert page.accepting.isHidden()
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    settle()
    assert page.accepting.text == "“Ferry timetable changes in Sundet” accepted"
    assert page._hint.isHidden()
    page.accepting.back.setFocus()
    page.accepting.back.click()
    settle()
    assert len(_titles(page)) == 2
    assert not page.accepting.text
    assert page.table.hasFocus()
    assert page._hint.isVisible()
    page.accepting.accept_chosen()
    settle()
    context.change(lambda: desk.collect.remove_source(page.model.rows[0].source.id))
    settle()
    assert not page.accepting.text, "the button would undo something else"


def test_before_all_are_accepted_what_is_open_is_asked_about(
    page: ReviewPage, bring: _Bring, settle: _Settle
) -> None:
    bring(dated=DATED, undated=UNDATED)
    page.model.setData(page.model.index(1, Column.PUBLISHER), "Example Post")
    settle()
    page._accept_all.click()
    question = _question(page)
    assert question.text() == "1 of 2 sources has something open."
    assert question.informativeText() == "“Ferry timetable changes in Sundet”: no date, no publisher"
    assert question.defaultButton() is question.others
    assert question.others.text() == "Accept the &other one"
    question.others.click()
    settle()
    assert _titles(page) == ["Ferry timetable changes in Sundet"]
    page._accept_all.click()
    (question,) = (q for q in page.findChildren(OpenQuestions) if q.isVisible())
    assert question.others.isHidden()
    assert question.defaultButton() is not question.every
    question.reject()
    settle()
    assert page.model.rowCount() == 1


def test_what_just_came_in_is_chosen(page: ReviewPage, bring: _Bring) -> None:
    bring(undated=UNDATED, other=UNDATED.replace("Sundet", "Nordsund").replace("Commuters", "Many"))
    assert page.table.currentIndex().row() == 0
    bring(dated=DATED)
    assert page.model.rows[page.table.currentIndex().row()].source.title.startswith("Quay")
    assert page.table.currentIndex().row() == 2
    assert len(page.table.chosen_ids()) == 1


def test_enter_edits_the_field_of_the_row_that_needs_it(
    page: ReviewPage, bring: _Bring, qtbot: QtBot
) -> None:
    bring(undated=UNDATED)
    page.table.choose(0, Column.SURE)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.table.currentIndex().column() == Column.PUBLISHED
    qtbot.keyClick(_editor(page), Qt.Key.Key_Escape)
    assert not page.table.is_editing


def test_removing_and_undoing_the_whole_import(
    page: ReviewPage, bring: _Bring, desk: Desk, context: Context, settle: _Settle, qtbot: QtBot
) -> None:
    before = len(desk.collect.sources())
    bring(dated=DATED, undated=UNDATED)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    settle()
    assert _titles(page) == ["Quay in Nordhavn to be lengthened"]
    page._take_back.click()
    settle()
    assert len(desk.collect.sources()) == before
    context.undo()
    settle()
    assert _titles(page) == ["Quay in Nordhavn to be lengthened"]
    page.table.selectAll()
    page.accepting.accept_chosen()
    settle()
    context.undo()
    context.undo()
    settle()
    assert len(_titles(page)) == 2
    page.table.selectAll()
    page.remove_chosen()
    settle()
    assert len(desk.collect.sources()) == before


def test_space_pressed_twice_on_accept_all_takes_nothing_out(
    page: ReviewPage, bring: _Bring, desk: Desk, settle: _Settle, qtbot: QtBot
) -> None:
    bring(dated=DATED, undated=UNDATED)
    before = len(desk.collect.sources())
    page._accept_all.setFocus()
    qtbot.keyClick(page._accept_all, Qt.Key.Key_Space)
    _question(page).every.click()
    settle()
    focused = page.focusWidget()
    assert focused is page._empty._read
    qtbot.keyClick(focused, Qt.Key.Key_Space)
    settle()
    assert len(desk.collect.sources()) == before


def test_the_button_names_the_import_and_tells_what_it_took_back(
    page: ReviewPage, bring: _Bring, context: Context, settle: _Settle, qtbot: QtBot
) -> None:
    told: list[str] = []
    context.told.connect(told.append)
    bring(dated=DATED, undated=UNDATED)
    assert page._take_back.text() == "Undo import of 2 files"
    bring(third=DATED.replace("Nordhavn", "Sydhavn"))
    assert page._take_back.text() == "Undo import of “third.txt”"
    page._take_back.setFocus()
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True
    )
    QApplication.sendEvent(page._take_back, held)
    assert not page._take_back.isDown()
    qtbot.keyClick(page._take_back, Qt.Key.Key_Space)
    settle()
    assert told == ["The import of “third.txt” is taken back. Ctrl+Z brings it in again."]
    assert page._take_back.isHidden()
    assert page.table.hasFocus()
    context.undo()
    settle()
    assert len(page.model.rows) == 3


def test_an_import_of_which_nothing_is_left_is_told_as_such(
    page: ReviewPage, bring: _Bring, context: Context, settle: _Settle
) -> None:
    bring(dated=DATED)
    page.table.selectAll()
    page.remove_chosen()
    settle()
    told: list[str] = []
    context.told.connect(told.append)
    page._take_back.click()
    settle()
    assert told == ["Nothing is left in the library of the import of “dated.txt”."]


def test_a_row_keeps_its_place_when_it_is_corrected(page: ReviewPage, bring: _Bring, settle: _Settle) -> None:
    bring(dated=DATED, undated=UNDATED)
    before = _titles(page)
    page.model.setData(page.model.index(0, Column.PUBLISHED), "2025-12-17")
    page.model.setData(page.model.index(0, Column.PUBLISHER), "Example Post")
    assert page.model.rows[0].source.publisher == "Example Post"
    settle()
    assert _titles(page) == before
    row = page.model.rows[0]
    assert (row.source.published.value, row.source.publisher) == ("2025-12-17", "Example Post")
    assert not page.model.setData(page.model.index(0, Column.PUBLISHER), "Example Post")
    assert not page.model.setData(page.model.index(0, Column.SURE), "100%")


def test_what_was_left_out_is_listed_and_copied(
    page: ReviewPage, bring: _Bring, settle: _Settle, qtbot: QtBot
) -> None:
    bring(dated=DATED, empty="", again=DATED)
    panel = page.left_out
    assert panel.isVisible()
    assert panel._heading.text() == "1 file not taken in  ·  1 was there already"
    first, second = panel.model.files
    assert first.refused
    assert first.reason == "The file is empty; save the page or text again."
    assert not panel._keep.isVisible()
    assert not second.refused
    panel.copy()
    assert QGuiApplication.clipboard().text().count("\n") == 1
    panel.choose(1)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().endswith(second.reason)
    panel._close.click()
    assert not panel.isVisible()


def test_a_refused_file_can_be_kept_as_an_attachment(page: ReviewPage, bring: _Bring, qtbot: QtBot) -> None:
    bring(binary="\x7fELF\x00\x01\x02 a program")
    assert page.left_out._keep.isVisible()
    with qtbot.waitSignal(page.keeping_wanted) as told:
        page.left_out._keep.click()
    assert told.args is not None
    assert [path.name for path in told.args[0]] == ["binary.txt"]


def test_text_is_typed_in_for_what_cannot_be_read(
    page: ReviewPage, context: Context, desk: Desk, tmp_path: Path, settle: _Settle, qtbot: QtBot
) -> None:
    note = tmp_path / "note.doc"
    note.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    context.change(lambda: desk.importing.import_paths([note]).change)
    settle()
    assert page.model.rows[0].seen.concerns[0] is Concern.NO_TEXT
    page.preview.button("type").click()
    settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TypeInDialog)
    control, keypad = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Enter, control | keypad)
    qtbot.waitUntil(lambda: bool(dialog.objection))
    dialog.editor.setPlainText("One paragraph.\n\nAnd another.")
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog.editor, Qt.Key.Key_Return, control)
    settle()
    assert page.model.rows[0].facts.paragraphs == 2
    assert "And another." in page.preview.text.toPlainText()


def test_copies_of_a_story_are_told_and_can_be_parted(
    page: ReviewPage, bring: _Bring, desk: Desk, settle: _Settle
) -> None:
    other = "The council of the neighbouring town said that it had not yet been asked for anything at all."
    bring(
        dated=DATED,
        copied=DATED.replace("Quay in", "A longer quay in").replace("Two neighb", f"{other}\n\nTwo neighb"),
    )
    told = [row for row in page.model.rows if row.copies]
    assert len(told) == 2
    assert Concern.SAME_STORY in told[0].seen.concerns
    page.table.choose(0)
    settle()
    assert "the same story as “" in page.preview.text.toPlainText()
    assert "(2 carriers)" in page.preview.text.toPlainText()
    page.preview.button("part").click()
    settle()
    assert not page.model.rows[0].copies


def test_the_source_is_read_in_the_library(page: ReviewPage, bring: _Bring, qtbot: QtBot) -> None:
    bring(dated=DATED)
    with qtbot.waitSignal(page.source_wanted) as told:
        page.preview.button("read").click()
    assert told.args == [page.model.rows[0].source.id]


def test_a_bulk_import_of_so_many_that_no_ids_are_told_is_read_whole(
    page: ReviewPage, context: Context, desk: Desk, settle: _Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefer.services.exchange._MOST_TOLD", 1)
    lines = [b'{"csl": {"title": "First"}, "text": "One."}', b'{"csl": {"title": "Second"}, "text": "Two."}']
    report = desk.exchange.import_lines("x.jsonl", lines)
    assert report.change.ids == ()
    context.change(lambda: report.change)
    settle()
    assert sorted(_titles(page)) == ["First", "Second"]


def test_f6_goes_through_the_panes(page: ReviewPage, bring: _Bring) -> None:
    bring(dated=DATED, empty="")
    page.table.setFocus()
    for pane in (page.preview.text, page.left_out.table, page.table):
        page._next_pane()
        assert pane.hasFocus()


# --- model and corrections ------------------------------------------------------------------------------------


def _row(title: str, **changes: object) -> Row:
    source = replace(make_source(None, title=title), **changes)  # type: ignore[arg-type]
    return Row(source, _FACTS, attention(source, _FACTS))


_FACTS = ReadingFacts(paragraphs=5, body=2000)


def test_the_model_keeps_to_qts_rules(bare_context: Context) -> None:
    model = ReviewModel(bare_context)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [_row(f"{n:02}") for n in range(6)]
    model.show(rows[1:3])
    model.update([rows[0].source.id], [rows[0]])
    assert [r.source.title for r in model.rows] == ["00", "01", "02"]
    model.update([r.source.id for r in rows[3:]], rows[3:])
    assert len(model.rows) == 6
    kept = model.index(5, 0)
    model.update([rows[1].source.id], [])
    model.update([r.source.id for r in rows[2:5]], [])
    assert [r.source.title for r in model.rows] == ["00", "05"]
    assert kept.row() == 5
    assert model.row_of(rows[5].source.id) == 1
    assert model.row_of("none") is None


def test_the_next_field_that_needs_a_person_is_found_both_ways(bare_context: Context) -> None:
    model = ReviewModel(bare_context)
    settled = _row("b", published=Dating("2025", "2025", Basis.EXPLICIT))
    model.show([_row("a", publisher=None), settled])
    first = model.needing((0, -1), 1)
    assert (first.row(), first.column()) == (0, Column.PUBLISHED)
    after = model.needing((0, Column.PUBLISHED), 1)
    assert (after.row(), after.column()) == (0, Column.PUBLISHER)
    assert not model.needing((0, Column.PUBLISHER), 1).isValid()
    back = model.needing((1, Column.SURE), -1)
    assert (back.row(), back.column()) == (0, Column.PUBLISHER)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("2025", ""),
        (" [2025-12] ", ""),
        ("2025-12-17", ""),
        ("17/12/2025", ""),
        ("[11 Dec 2025]", ""),
        ("11/12/2025", "11 December 2025 or 12 November 2025"),
        ("2025-13", "no month 13"),
        ("2025-02-30", "no day 30"),
        ("0000", "no year 0"),
        ("soon", "Write the date as"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, said: str) -> None:
    assert (said in date_objection(text)) if said else not date_objection(text)


def test_a_field_is_corrected_as_it_was_typed() -> None:
    source = make_source()
    assert corrected(source, "title", "  ") is not None
    assert corrected(source, "title", "  ").title == source.title
    assert corrected(source, "title", "A  new\ntitle").title == "A new title"
    assert corrected(source, "publisher", " ").publisher is None
    assert corrected(source, "publisher", source.publisher or "") is source


@pytest.mark.parametrize("text", ["11 Dec 2025", "December 11, 2025", "2025年12月11日", "令和7年12月11日"])
def test_a_date_is_typed_as_people_write_it(text: str) -> None:
    assert corrected(make_source(), "published", text).published == Dating("2025-12-11", None, Basis.EXPLICIT)
    inferred = corrected(make_source(), "published", f"[{text}]").published
    assert (inferred.value, inferred.basis) == ("2025-12-11", Basis.INFERRED)


def test_brackets_say_that_a_date_is_not_stated() -> None:
    source = replace(
        make_source(), published=Dating("2025-12-17", "13 hours ago", Basis.RELATIVE, "2025-12-18")
    )
    assert field_text(source, "published") == "[2025-12-17]"
    assert corrected(source, "published", "[2025-12-17]") is source
    stated = corrected(source, "published", "2025-12-17").published
    assert stated == Dating("2025-12-17", "13 hours ago", Basis.EXPLICIT, None)
    assert corrected(source, "published", "[2025]").published == Dating("2025", None, Basis.INFERRED)
    assert corrected(source, "published", "").published == Dating()


def test_a_doubtful_passage_is_settled_or_set_aside(
    page: ReviewPage, bring: _Bring, context: Context, desk: Desk, settle: _Settle
) -> None:
    source = bring(dated=DATED).results[0].source
    assert source is not None
    snapshot = desk.collect.source(source.id).snapshot
    first, second, *_rest = snapshot.reading.body()

    def doubt() -> Change:
        doubted = {first, second}
        segments = tuple(
            replace(s, doubt="another article?") if s in doubted else s for s in snapshot.reading.segments
        )
        with desk.library.write() as work:
            work.sources.update_reading(snapshot.id, Reading(segments))
        return Change(frozenset({Kind.SOURCE}), (source.id,), "Doubt")

    context.change(doubt)
    settle()
    assert page.model.rows[0].seen.concerns[0] is Concern.FOREIGN_LEAD
    assert page.preview.button("settle").isVisible()
    page.preview.button("settle").setFocus()
    page.preview.button("settle").click()
    settle()
    assert page.table.hasFocus(), "Tab goes on to what needs a person, not to «Accept»"
    assert Concern.FOREIGN_LEAD not in page.model.rows[0].seen.concerns
    assert not page.preview.button("aside").isVisible()
    context.change(doubt)
    settle()
    before = page.model.rows[0].facts.paragraphs
    page.preview.button("aside").click()
    settle()
    assert page.model.rows[0].facts.paragraphs == before - 2
    assert "site furniture hidden" in page.preview.text.toPlainText()


def test_a_picture_stands_beside_the_text_that_is_typed_in(
    page: ReviewPage,
    context: Context,
    desk: Desk,
    settle: _Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = QImage(1200, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    mime = QMimeData()
    mime.setImageData(picture)
    taken = carried(mime).taken
    assert taken is not None
    context.change(lambda: desk.importing.import_taken([taken]).change)
    settle()
    assert page.model.rows[0].seen.confidence == 0.0
    page.type_in()
    settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TypeInDialog)
    shown = dialog.findChild(QScrollArea)
    assert shown is not None
    label = shown.widget()
    assert label is not None
    assert label.sizeHint().width() == 900
    answers = iter([QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    qtbot.keyClicks(dialog.editor, "A line")
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_the_preview_shows_how_each_fact_is_known(page: ReviewPage, context: Context) -> None:
    known = {"published": Known(How.INFERRED, 0.6, "file time"), "url": Known(How.STATED, 0.9, "og:url")}
    source = replace(
        make_source(),
        known=known,
        published=Dating("2025-12-17", "13 hours ago", Basis.RELATIVE, "2025-12-18"),
        url="https://example.org/" + "long/" * 30,
        genre="Press release",
        language="xx-none",
        flags=("AI-written",),
        accessed="2025-12-18",
    )
    snapshot = make_snapshot(source)
    page.preview.show_preview(Preview(source, snapshot, ("Another title",)))
    text = page.preview.text.toPlainText()
    for words in (
        "[17 December 2025]",
        "“13 hours ago” · inferred · 60% · file time",
        "Press release",
        "stated · 90% · og:url",
        "AI-written",
        "the same story as “Another title” (2 carriers)",
        "2 lines of site furniture hidden",
    ):
        assert words in text
    assert "long/" * 20 not in text
    nothing = replace(snapshot, reading=Reading())
    page.preview.show_preview(Preview(source, nothing, ()))
    assert "No article was found" in page.preview.text.toPlainText()
    page.preview.show_preview(None)
    assert not page.preview.text.toPlainText()


def test_cells_say_more_to_those_who_ask(bare_context: Context) -> None:
    model = ReviewModel(bare_context)
    source = replace(
        make_source(publisher=None, flags=("AI-assisted",)),
        published=Dating("2025-12-17", "yesterday", Basis.RELATIVE),
        known={"published": Known(How.WRITTEN, 0.5, "line 3")},
    )
    model.show([Row(source, _FACTS, attention(source, _FACTS))])

    def cell(column: Column, role: Qt.ItemDataRole) -> str:
        return str(model.data(model.index(0, column), role))

    tip, spoken = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
    assert cell(Column.PUBLISHED, tip) == "[17 December 2025]\n“yesterday”\nin the text · 50% · line 3"
    assert cell(Column.LOOK_AT, tip) == "AI-assisted\ndate inferred\nno publisher"
    assert cell(Column.PUBLISHER, spoken) == "Publisher: not stated"
    assert cell(Column.PUBLISHED, Qt.ItemDataRole.EditRole) == "[2025-12-17]"
    colours = bare_context.colours
    for column, colour in (
        (Column.PUBLISHED, colours.warning),
        (Column.TITLE, colours.text),
        (Column.KIND, colours.text_soft),
        (Column.SURE, colours.warning),
    ):
        assert model.painted(model.index(0, column))[1].name() == colour


def test_what_makes_a_source_unsure_is_said_in_its_row(bare_context: Context) -> None:
    model = ReviewModel(bare_context)
    bare = replace(make_source(publisher=None), published=Dating())
    hardly = replace(make_source(), known={"title": Known(How.WRITTEN, 0.7, "line 1")})
    sure = replace(make_source(), known={"title": Known(How.STATED, 0.9, "og:title")})
    told = []
    for source in (bare, hardly, sure):
        model.show([Row(source, _FACTS, attention(source, _FACTS))])
        told.append(model.painted(model.index(0, Column.LOOK_AT))[0])
    assert told == ["no date  ·  no publisher", "title not quite sure", ""]
    assert model.data(model.index(0, Column.LOOK_AT), Qt.ItemDataRole.ToolTipRole) == ""


def test_a_title_without_room_has_two_lines(page: ReviewPage, bring: _Bring, settle: _Settle) -> None:
    bring(dated=DATED)
    settle()
    page.resize(1000, 600)
    high = page.table.rowHeight(0)
    page.resize(1900, 600)
    assert page.table.rowHeight(0) < high
    font = page.table.font()
    assert in_two_lines("Short", font, 400) == "Short"
    first, second = in_two_lines("😀 Japan and NATO to ramp up defense industry " * 4, font, 200).split("\n")
    assert first.startswith("😀 Japan")
    assert second.endswith("…")
    assert in_two_lines("One two", font, 10).startswith("One")
    assert in_two_lines("", font, 100) == ""
