"""The levels of the scheme that a library prefers are offered first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.ui.brief.new_brief_dialog import NewBriefDialog
from briefer.ui.context import Context
from briefer.ui.dialogs import Dialogs
from briefer.ui.library.more_notes import MoreNotes
from briefer.ui.library.source_dialog import SourceDialog
from briefer.ui.settings import Settings
from briefer.ui.settings_dialog import SettingsDialog


@pytest.fixture
def preferred(context: Context, desk: Desk, qtbot: QtBot) -> str:
    scheme = desk.markings[-1].id
    with qtbot.waitSignal(context.schemes_changed):
        context.change(lambda: desk.preferred.prefer(scheme))
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return scheme


def _first(box: QComboBox) -> str:
    return str(box.itemData(1)).partition("/")[0]


def test_every_box_of_markings_begins_with_it(
    context: Context, desk: Desk, qtbot: QtBot, preferred: str
) -> None:
    source = desk.collect.sources()[0]
    dialog = SourceDialog(source, context.schemes, "en")
    brief = NewBriefDialog(context, desk)
    notes = MoreNotes(context)
    for widget in (dialog, brief, notes):
        qtbot.addWidget(widget)
    for box in (dialog.marking, brief.marking, notes.marking, notes.comment_marking):
        assert _first(box) == preferred
    other = desk.markings[0].id
    with qtbot.waitSignal(context.schemes_changed):
        context.undo()
    with qtbot.waitSignal(context.schemes_changed):
        context.change(lambda: desk.preferred.prefer(other))
    assert _first(notes.marking) == other
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_another_library_has_its_own(context: Context, preferred: str, tmp_path: Path, qtbot: QtBot) -> None:
    assert context.preferred_scheme == preferred
    other = LibraryOpener(Intake).create(tmp_path / "other.briefer")
    former = context.desk
    with qtbot.waitSignal(context.schemes_changed):
        context.set_desk(other, other.terms.vocabulary())
    assert context.preferred_scheme == ""
    assert former is not None
    former.close()


def test_it_is_chosen_in_the_settings(
    context: Context, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = desk.markings[1]

    def choose(dialog: SettingsDialog) -> int:
        assert dialog.scheme.isEnabled()
        assert dialog.scheme.currentData() == ""
        dialog.scheme.setCurrentIndex(dialog.scheme.findText(wanted.name_en))
        return 1

    monkeypatch.setattr(SettingsDialog, "exec", choose)
    dialogs = Dialogs(LibraryOpener(Intake), context, lambda: None, None)  # type: ignore[arg-type]
    dialogs.edit_settings()
    qtbot.waitUntil(lambda: context.preferred_scheme == wanted.id)
    assert desk.preferred.scheme() == wanted.id
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_without_a_library_there_is_nothing_to_choose(
    settings: Settings, qtbot: QtBot, bare_context: Context
) -> None:
    assert bare_context.schemes == ()


@pytest.mark.parametrize("typed", ["Our own words", "", "SECRET"])
def test_what_is_typed_as_the_marking_of_a_source_is_taken_at_once(
    context: Context, desk: Desk, qtbot: QtBot, typed: str
) -> None:
    dialog = SourceDialog(desk.collect.sources()[0], context.schemes, "en")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.marking.line.selectAll()
    qtbot.keyClicks(dialog.marking.line, typed) if typed else qtbot.keyClick(
        dialog.marking.line, Qt.Key.Key_Delete
    )
    dialog.accept()
    marking = dialog.source().marking
    if typed == "SECRET":
        assert marking is not None
        assert "/secret" in marking
    else:
        assert marking == (typed or None)
