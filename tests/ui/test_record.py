"""The record in the window: filtered, read page by page, checked, saved."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.domain.record import LIBRARY, Act, Subject, told
from briefer.domain.tags import partner
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.ui.appearance import Appearance
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow
from briefer.ui.record.dialog import RecordDialog
from briefer.ui.record.facts import wording
from briefer.ui.record.outside import OutsideDialog
from briefer.ui.record.words import about, act
from briefer.ui.settings import Preferences


def settle(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)


@pytest.fixture
def dialog(context: Context, desk: Desk, qtbot: QtBot) -> RecordDialog:
    made = RecordDialog(context, desk.record, "library.briefer")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    settle(context, qtbot)
    return made


def look(dialog: RecordDialog, context: Context, qtbot: QtBot) -> None:
    dialog.look()
    settle(context, qtbot)
    for row in range(0, dialog.model.rowCount(), 100):
        dialog.model.entry(row)
    settle(context, qtbot)


def shown(dialog: RecordDialog, column: int) -> list[str]:
    rows = range(dialog.model.rowCount())
    return [dialog.model.data(dialog.model.index(row, column)) for row in rows]


def test_entries_are_listed_the_latest_first(
    dialog: RecordDialog, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    look(dialog, context, qtbot)
    assert dialog.model.rowCount() == desk.record.head().count
    assert shown(dialog, 2)[-1] == "Record begun"
    assert dialog.count.text().endswith("entries")
    assert dialog.table.currentIndex().row() == 0
    newest = desk.record.entries([desk.record.head().count])[0]
    assert newest.hash in dialog.whole.toPlainText()


def test_what_is_looked_for_is_listed(dialog: RecordDialog, context: Context, qtbot: QtBot) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(Act.IMPORT))
    look(dialog, context, qtbot)
    assert set(shown(dialog, 2)) == {"Import"}
    every = dialog.model.rowCount()
    assert every > 1
    dialog.search.setText("nothing of that kind")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert dialog.whole.toPlainText() == ""
    dialog.search.clear()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == every)


def test_what_is_done_meanwhile_comes_along(
    dialog: RecordDialog, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    before = dialog.model.rowCount()
    (brief,) = desk.compose.briefs()
    context.change(lambda: desk.compose.remove(brief.id))
    qtbot.waitUntil(lambda: dialog.model.rowCount() == before + 1)
    look(dialog, context, qtbot)
    assert shown(dialog, 2)[0] == "Into the trash"
    assert shown(dialog, 3)[0] == f"brief: {brief.title}"


def test_a_long_record_is_read_where_it_is_looked_at(
    dialog: RecordDialog, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    with desk.library.write() as work:
        desk.record.note_all(
            work, ((Act.EDIT, Subject("source", str(n), f"Source {n}"), {}) for n in range(5_000))
        )
    dialog.look()
    settle(context, qtbot)
    last = dialog.model.rowCount() - 1
    dialog.table.scrollTo(dialog.model.index(2_500, 0))
    dialog.model.entry(2_500)
    settle(context, qtbot)
    entry = dialog.model.entry(2_500)
    assert entry is not None
    assert entry.number == last + 1 - 2_500
    for row in range(0, last, 100):
        dialog.model.entry(row)
        settle(context, qtbot)
    assert len(dialog.model._pages) == 20


def test_the_record_is_checked(dialog: RecordDialog, context: Context, desk: Desk, qtbot: QtBot) -> None:
    dialog.checking.click()
    settle(context, qtbot)
    assert dialog.told.text().startswith("Whole: ")
    assert desk.record.head().hash in dialog.told.text()
    with closing(sqlite3.connect(desk.library.path)) as connection, connection:
        connection.execute("UPDATE record SET who = 'nobody' WHERE number = 2")
    dialog.checking.click()
    settle(context, qtbot)
    assert dialog.told.text().startswith("Broken at entry 2: ")
    assert dialog.told.property("role") == "error"


def test_the_record_is_saved(
    dialog: RecordDialog, context: Context, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.write(tmp_path / "record.jsonl")
    settle(context, qtbot)
    lines = (tmp_path / "record.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == desk.record.head().count
    assert json.loads(lines[0])["kind"] == Act.STARTED
    assert dialog.told.text().startswith("Written to record.jsonl: ")
    dialog.write(tmp_path / "record.doc")
    settle(context, qtbot)
    assert ".jsonl or .md" in dialog.told.text()


def test_facts_are_told_in_the_words_of_the_window(
    dialog: RecordDialog, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    (brief,) = desk.compose.briefs()
    context.change(
        lambda: desk.compose.edit(
            brief.id,
            "Edit",
            lambda b: replace(
                b, marking="uk-gscp/secret", meeting_date="2031-05-04", subjects=(partner("DE"),)
            ),
        )
    )
    settle(context, qtbot)
    look(dialog, context, qtbot)
    marked, edited = shown(dialog, 4)[:2]
    assert marked == "marking: OFFICIAL → SECRET"
    assert edited == "meeting date: 2026-12-03 → 2031-05-04; about: India → Germany"
    qtbot.waitUntil(lambda: "marking: OFFICIAL → SECRET" in dialog.whole.toPlainText())
    said = wording(context)
    facts = {
        "url": {"from": "", "to": "https://example.org"},
        "accepted": True,
        "added": ["free:x", "partner"],
    }
    assert dict(told(facts, said)) == {
        "address": "– → https://example.org",
        "accepted in the review": "yes",
        "tags added": "x; partner",
    }
    assert dict(told({"blocks": [{"id": "1", "from": "", "to": "uk-gscp/secret"}]}, said)) == {
        "blocks": "id 1, to SECRET"
    }
    assert dict(told({"of_a_newer": None}, said)) == {"of a newer": "–"}
    assert dict(told({"source": "01a20416-f252-77fa-bbfc-85444582abcd"}, said)) == {"source": "…4582abcd"}


def test_every_kind_has_words(desk: Desk) -> None:
    assert len({act(one.value) for one in Act}) == len(Act)
    assert act("of a newer Briefer") == "of a newer Briefer"
    (entry,) = desk.record.entries([1])
    assert about(entry) == LIBRARY.kind


def test_the_window_opens_both_and_signs_with_the_name_that_is_set(
    context: Context, desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    window = MainWindow(LibraryOpener(Intake), context, Appearance(qapp, context))
    qtbot.addWidget(window)
    window.libraries.opened.emit("")
    settle(context, qtbot)
    context.store_preferences(Preferences(author="Asha Menon"))
    assert desk.record.who == "Asha Menon"
    for name in ("Recor&d…", "&Trash…"):
        (action,) = (a for a in window._menus.in_library if a.text() == name)
        action.trigger()
        settle(context, qtbot)
    assert window.findChild(RecordDialog) is not None


def test_return_presses_the_button_that_has_the_focus(
    dialog: RecordDialog, context: Context, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.checking.setFocus()
    qtbot.keyClick(dialog.checking, Qt.Key.Key_Return)
    settle(context, qtbot)
    assert dialog.isVisible()
    assert dialog.told.text().startswith("Whole: ")


def shown_from_outside(context: Context, desk: Desk, qtbot: QtBot) -> OutsideDialog:
    made = OutsideDialog(context, desk.review)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    settle(context, qtbot)
    return made


def altered_by(desk: Desk, statement: str) -> None:
    with closing(sqlite3.connect(desk.library.path)) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def test_a_change_from_outside_stands_for_a_reason(context: Context, desk: Desk, qtbot: QtBot) -> None:
    altered_by(desk, "UPDATE sources SET reliability = 'F' WHERE number < 3")
    dialog = shown_from_outside(context, desk, qtbot)
    assert dialog.model.rowCount() == 2
    assert dialog.model.index(0, 0).data() == "source"
    assert "Compare it with the source" in dialog.told.text()
    assert not dialog.confirm.isEnabled()
    dialog.reason.setText("Graded anew by the desk.")
    first = dialog.model.found[0]
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle(context, qtbot)
    assert dialog.model.rowCount() == 1
    assert dialog.told.text().startswith("1 thing stands as it is now. The record tells why.")
    assert desk.record.of(first.id)[-1].facts["reason"] == "Graded anew by the desk."
    dialog.table.selectAll()
    dialog.reason.setText("Graded anew.")
    dialog.confirm.click()
    settle(context, qtbot)
    assert dialog.model.rowCount() == 0
    assert "Nothing here was changed" in dialog.told.text()
    assert not dialog.confirm.isEnabled()


def test_another_text_of_a_capture_does_not_stand(context: Context, desk: Desk, qtbot: QtBot) -> None:
    altered_by(desk, "UPDATE snapshots SET text = text || ' ' WHERE source_number = 1")
    dialog = shown_from_outside(context, desk, qtbot)
    assert "nobody can confirm" in dialog.told.text()
    dialog.reason.setText("Known.")
    assert not dialog.confirm.isEnabled()


def test_the_record_leads_to_the_changes_from_outside(dialog: RecordDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.outside_wanted):
        dialog.outside.click()
