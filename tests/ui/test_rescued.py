"""A damaged library without backups, in the window: what can be read of it is saved, and the rest told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.domain.rescue import Rescued
from briefer.domain.results import LibraryCounts
from briefer.intake import Intake
from briefer.ui.appearance import Appearance
from briefer.ui.backups.dialog import BackupsDialog
from briefer.ui.backups.rescued import RescuedDialog
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow


def test_what_can_be_read_is_saved_into_a_new_library(
    bare_context: Context,
    sample_library: Path,
    tmp_path: Path,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    damaged = Path(shutil.copy(sample_library, tmp_path / "note.briefer"))
    data = bytearray(damaged.read_bytes())
    data[100:200] = bytes(100)  # where the table of tables begins
    damaged.write_bytes(data)
    out = tmp_path / "saved.briefer"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    rescued = Rescued(LibraryCounts(2, 1, 0), ("briefs: 1 of 1 rows cannot be read",), ("sources: “A”: x",))
    opener = LibraryOpener(Intake)

    def rescue(path: Path, target: Path, *_others: object) -> Rescued:
        assert path == damaged
        shutil.copy(sample_library, target)
        return rescued

    monkeypatch.setattr(opener, "rescue", rescue)
    window = MainWindow(opener, bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.libraries.open(damaged)
    qtbot.waitUntil(lambda: window.findChild(BackupsDialog) is not None, timeout=20_000)
    offered = window.findChild(BackupsDialog)
    assert isinstance(offered, BackupsDialog)
    assert "is damaged" in offered.told.text()
    assert not offered.now.isVisible()
    offered.rescue.click()
    qtbot.waitUntil(lambda: window.findChild(RescuedDialog) is not None, timeout=20_000)
    told = window.findChild(RescuedDialog)
    assert isinstance(told, RescuedDialog)
    assert told.text.text() == "Saved into the new library: 2 sources, 1 excerpt, 0 briefs."
    assert told.list.toPlainText().splitlines() == [*rescued.lost, *rescued.harmed]
    told.close()
    qtbot.waitUntil(lambda: bare_context.desk is not None and not bare_context.jobs.busy, timeout=20_000)
    assert bare_context.desk is not None
    assert bare_context.desk.library.path == out


def test_where_nothing_is_lost_that_is_said(qtbot: QtBot) -> None:
    told = RescuedDialog(Rescued(LibraryCounts(1, 0, 0)))
    qtbot.addWidget(told)
    assert told.list.toPlainText() == "Nothing is lost."
