"""A library that another window holds, or whose file cannot be written."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.domain.holders import Holder, ReadOnly
from briefer.intake import Intake
from briefer.storage import open_library
from briefer.ui.appearance import Appearance
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow
from briefer.ui.read_only import ReadOnlyBar

DiskUsage = namedtuple("DiskUsage", "total used free")  # noqa: PYI024  (as shutil gives it)


@pytest.fixture
def window(bare_context: Context, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(LibraryOpener(Intake), bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._context.jobs.busy, timeout=20_000)


def test_the_second_window_says_who_and_tries_again(
    window: MainWindow, sample_library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "held.briefer"
    path.write_bytes(sample_library.read_bytes())
    ann = Holder("ann", "pc-12", 7, datetime(2026, 1, 15, 0, 30, tzinfo=UTC))
    other = open_library(path, me=ann)
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        window.begin(path, None)
    settle(window, qtbot)
    bar = window._read_only
    assert bar.isVisible()
    assert "ann on pc-12 has this library open since 2026-01-15 09:30" in bar.text
    desk = window._context.desk
    assert desk is not None
    (brief,) = desk.compose.briefs()
    assert window._briefs is not None
    window.show_page(1)
    window._briefs.show_brief(brief.id)
    qtbot.waitUntil(lambda: window._briefs is not None and window._briefs.workspace is not None)
    settle(window, qtbot)
    workspace = window._briefs.workspace
    assert workspace is not None
    texts = workspace.findChildren(ProseEdit)
    assert texts
    assert all(text.isReadOnly() for text in texts)
    before = workspace.session.brief
    workspace.session.edit("Rename", lambda b: type(b)(**{**vars(b), "title": "Other"}))
    settle(window, qtbot)
    assert workspace.session.brief == before
    assert "ann on pc-12" in window.problems.text
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        qtbot.mouseClick(bar.again, Qt.MouseButton.LeftButton)
    assert bar.isVisible()
    settle(window, qtbot)
    other.close()
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        qtbot.mouseClick(bar.again, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert not bar.isVisible()
    # What is held here is not opened twice.
    held = window._context.desk
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        window.libraries.open(path)
    assert window._context.desk is held
    settle(window, qtbot)


def test_a_library_whose_disk_was_full_is_written_again_by_itself(
    window: MainWindow, sample_library: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "full.briefer"
    path.write_bytes(sample_library.read_bytes())
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        window.begin(path, None)
    settle(window, qtbot)
    desk, bar = window._context.desk, window._read_only
    assert desk is not None
    assert not desk.library.has_room_again
    assert not bar.watch.isActive()
    monkeypatch.setattr(desk.library, "_read_only", ReadOnly(full=True))
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: DiskUsage(100, 100, 0))
    bar.watch.setInterval(10)
    window._context.desk_changed.emit()
    assert bar.isVisible()
    assert bar.watch.isActive()
    with qtbot.assertNotEmitted(bar.again_wanted, wait=100):
        assert not desk.library.has_room_again
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: DiskUsage(2**30, 0, 2**30))
    settle(window, qtbot)
    assert not bar.isVisible()
    assert not bar.watch.isActive()


def test_what_can_only_be_read_is_exported_and_that_is_told(
    window: MainWindow, sample_library: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out, really = tmp_path / "disc.briefer", tmp_path / "out.md", os.access
    path.write_bytes(sample_library.read_bytes())
    monkeypatch.setattr(os, "access", lambda asked, mode: asked != path and really(asked, mode))
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        window.begin(path, None)
    settle(window, qtbot)
    desk = window._context.desk
    assert desk is not None
    (brief,) = desk.compose.briefs()
    window.show_page(1)
    assert window._briefs is not None
    window._briefs.show_brief(brief.id)
    qtbot.waitUntil(lambda: window._briefs is not None and window._briefs.workspace is not None)
    settle(window, qtbot)
    workspace = window._briefs.workspace
    assert workspace is not None
    with qtbot.waitSignal(workspace.export.exported, timeout=20_000) as told:
        workspace.export.export(out)
    settle(window, qtbot)
    assert told.args is not None
    assert told.args[0] == out
    assert "no version was kept" in told.args[1][0]
    assert brief.title in out.read_text("utf-8")
    assert window.problems.isHidden()


def test_why_it_can_only_be_read_in_words(bare_context: Context, qtbot: QtBot) -> None:
    bar = ReadOnlyBar(bare_context)
    qtbot.addWidget(bar)
    assert not bar.isVisible()
    assert "cannot be written" in bar._sentence(ReadOnly())
    assert "disk is full" in bar._sentence(ReadOnly(full=True))
    assert "another window" in bar._sentence(ReadOnly(Holder()))
