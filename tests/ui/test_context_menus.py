"""Shift+F10 opens the menu that a right click opens, of what has the focus."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.intake import Intake
from briefer.ui.appearance import Appearance
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow
from briefer.ui.pressing import KeyDialog, open_context_menu
from briefer.ui.rail import BRIEFS


@pytest.fixture
def window(
    bare_context: Context, sample_library: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> Iterator[MainWindow]:
    made = MainWindow(LibraryOpener(Intake), bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.libraries.opened, timeout=20_000):
        made.libraries.open(Path(shutil.copy(sample_library, tmp_path)))
    _settle(made, qtbot)
    yield made
    _settle(made, qtbot)


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._context.jobs.busy, timeout=20_000)


def _entries(widget: QWidget, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the menu has that the key opens while ``widget`` has the focus."""
    monkeypatch.setattr(QApplication, "focusWidget", lambda: widget)
    open_context_menu()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = [action.text().replace("&", "").partition("\t")[0] for action in menu.actions()]
    menu.close()
    return found


def test_in_the_lists_of_the_library(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, context = window._library, window._context
    assert library is not None
    assert context.desk is not None
    assert "Where used…" in _entries(library.list.excerpts, monkeypatch)
    desk = context.desk
    context.change(lambda: desk.searches.save("Chips", "chips")[1])
    saved = library.saved
    qtbot.waitUntil(lambda: saved.topLevelItemCount() == 1)
    item = saved.topLevelItem(0)
    assert item is not None
    saved.setCurrentItem(item)
    assert "Rename" in _entries(saved, monkeypatch)


def test_in_a_brief(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, page = window._context.desk, window._briefs
    assert desk is not None
    assert page is not None
    (brief,) = desk.compose.briefs()
    window.show_page(BRIEFS)
    page.show_brief(brief.id)
    qtbot.waitUntil(lambda: page.workspace is not None, timeout=20_000)
    workspace = page.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: any(isinstance(r, ProseRow) for r in workspace.editor.column.rows()))
    text = next(r for r in workspace.editor.column.rows() if isinstance(r, ProseRow))
    assert "Select All" in _entries(text.edit, monkeypatch)
    assert _entries(workspace.outline.view, monkeypatch)


def test_the_key_is_the_window_s_and_that_of_dialogs(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr("briefer.ui.pressing.open_context_menu", lambda: asked.append(True))
    dialog = KeyDialog()
    qtbot.addWidget(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [True]
    qtbot.keyClick(dialog, Qt.Key.Key_F10)
    assert asked == [True]
