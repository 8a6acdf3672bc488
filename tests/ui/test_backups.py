"""Backups in the window: made by themselves, listed, and gone back to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.domain.backups import Differences, Reason, Turned
from briefer.errors import LibraryError
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.ui.appearance import Appearance
from briefer.ui.backups.dialog import BackupsDialog
from briefer.ui.backups.keeper import BackupKeeper
from briefer.ui.backups.words import consequences
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow
from briefer.ui.status import StatusLine


def settle(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)


@pytest.fixture
def window(context: Context, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(LibraryOpener(Intake), context, Appearance(qapp, context))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.libraries.opened.emit("")
    settle(context, qtbot)
    return made


def test_one_is_made_by_itself_and_the_foot_tells(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    keeper = window.findChild(BackupKeeper)
    assert isinstance(keeper, BackupKeeper)
    keeper.look(opening=True)
    settle(window._context, qtbot)
    (backup,) = desk.backups.all()
    assert backup.reason is Reason.AUTOMATIC
    status = window.statusBar()
    assert isinstance(status, StatusLine)
    assert status._label.toolTip().startswith("Latest backup: ")
    window._context.set_desk(desk, desk.terms.vocabulary())
    assert keeper._opening.isActive()
    assert keeper._looking.isActive()


def test_where_none_can_be_made_the_foot_says_so(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise LibraryError("backup-full", name="library.briefer")

    keeper = window.findChild(BackupKeeper)
    assert isinstance(keeper, BackupKeeper)
    monkeypatch.setattr(desk.backups, "keep", refuse)
    keeper.look()
    settle(window._context, qtbot)
    status = window.statusBar()
    assert isinstance(status, StatusLine)
    assert "NO BACKUP" in status.text
    assert "disk is full" in status._label.toolTip()
    assert window.problems.isHidden()
    monkeypatch.undo()
    keeper.look()
    settle(window._context, qtbot)
    assert "NO BACKUP" not in status.text


def test_going_back_takes_two_clicks(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    context = window._context
    desk.backups.make()
    (brief,) = desk.compose.briefs()
    desk.compose.remove(brief.id)
    window._backups.list_all()
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    settle(context, qtbot)
    assert dialog.table.rowCount() == 1
    sources = dialog.table.item(0, 2)
    assert sources is not None
    assert sources.text() == "16"
    encrypted = dialog.table.item(0, 5)
    assert encrypted is not None
    assert encrypted.text() == "no"
    assert f"would come back: {brief.title}" in dialog.change.text()
    assert "kept as a backup first" in dialog.change.text()
    with qtbot.waitSignal(window.libraries.opened, timeout=30_000):
        qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    settle(context, qtbot)
    assert context.desk is not None
    assert context.desk is not desk
    assert [b.id for b in context.desk.compose.briefs()] == [brief.id]
    assert [b.reason for b in context.desk.backups.all()] == [Reason.BEFORE_RESTORE, Reason.ASKED]
    assert "as it was" in window.notice.text
    assert window._stack.currentWidget() is window._library


def test_where_going_back_fails_the_library_is_as_it_was(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    backup = desk.backups.make()
    file = Path(f"{desk.library.path}-backups") / backup.name
    file.write_bytes(b"nothing")
    window._backups.restore(desk.library.path, backup)
    qtbot.waitUntil(lambda: window._context.desk is not None, timeout=20_000)
    settle(window._context, qtbot)
    assert window._context.desk is not None
    assert len(window._context.desk.compose.briefs()) == 1
    assert "is damaged" in window.problems.text


def test_a_library_that_cannot_be_opened_afterwards_leaves_the_welcome(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    backup = desk.backups.make()
    path = desk.library.path
    (Path(f"{path}-backups") / backup.name).write_bytes(b"nothing")
    with qtbot.waitSignal(window.libraries.failed, timeout=20_000):
        desk.library.close()
        path.write_bytes(b"nothing")
        window._backups.restore(path, backup)
    settle(window._context, qtbot)
    assert window._context.desk is None
    assert window._stack.currentWidget() is window._welcome


def test_the_list_makes_one_too(context: Context, desk: Desk, qtbot: QtBot) -> None:
    dialog = BackupsDialog(context, desk.backups, "library.briefer", "Look here.")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    settle(context, qtbot)
    assert not dialog.restore.isEnabled()
    assert "no backups yet" in dialog.change.text()
    assert not dialog.told.isHidden()
    qtbot.mouseClick(dialog.now, Qt.MouseButton.LeftButton)
    settle(context, qtbot)
    assert dialog.now.isEnabled()
    assert dialog.chosen is not None
    assert "Nothing would change" in dialog.change.text()
    dialog._refuse(LibraryError("backup-full", name="library.briefer"))
    assert "disk is full" in dialog.change.text()


def test_what_would_change_in_words() -> None:
    assert "cannot be told" in consequences(None)
    titles = tuple(f"Brief {n}" for n in range(7))
    text = consequences(
        Differences(Turned(lost=1, changed=2), Turned(back=3_000), briefs_lost=titles, briefs_changed=("X",))
    )
    assert text.splitlines() == [
        "1 source taken in since would go",
        "2 sources changed since would be as before",
        "3,000 excerpts removed since would come back",
        *(f"Brief made since, would go: Brief {n}" for n in range(5)),
        "and 2 more",
        "Brief changed since, would be as it was: X",
    ]


def test_a_library_that_cannot_be_read_offers_its_backups(
    window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.briefer"
    desk.library.backup(broken)
    LibraryOpener(Intake).backups(broken).make()
    broken.write_bytes(b"nothing" * 100)
    window.libraries.open(broken)
    settle(window._context, qtbot)
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    settle(window._context, qtbot)
    assert "is not a Briefer library" in dialog.told.text()
    with qtbot.waitSignal(window.libraries.opened, timeout=30_000):
        qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    settle(window._context, qtbot)
    assert window._context.desk is not None
    assert window._context.desk.library.path == broken


def test_damage_found_while_backing_up_offers_the_backups(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise LibraryError("library-damaged", name="library.briefer", detail="page 3")

    keeper = window.findChild(BackupKeeper)
    assert isinstance(keeper, BackupKeeper)
    monkeypatch.setattr(desk.backups, "keep", refuse)
    keeper.look()
    settle(window._context, qtbot)
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    assert "is damaged (page 3)" in dialog.told.text()
    settle(window._context, qtbot)
