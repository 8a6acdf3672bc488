"""The user's citation styles in the settings, with and without a library."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from briefer.citing import CslCiter
from briefer.services.desk import Desk
from briefer.services.styles import Styles
from briefer.ui.context import Context
from briefer.ui.settings import Preferences
from briefer.ui.settings_dialog import SettingsDialog
from briefer.ui.styles_pane import StylesPane

_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Style of the house</title></info>
<citation><layout suffix="."><text variable="title"/></layout></citation>
</style>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "styles"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    file = tmp_path / "house.csl"
    file.write_text(_STYLE, "utf-8")
    return file


@pytest.fixture
def dialog(bare_context: Context, folder: Path, qtbot: QtBot) -> SettingsDialog:
    pane = StylesPane(bare_context, lambda: Styles(CslCiter(folder), folder))
    made = SettingsDialog(Preferences(author="A. Author"), pane)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not bare_context.jobs.busy)
    return made


@pytest.fixture
def pane(dialog: SettingsDialog) -> StylesPane:
    found = dialog.findChild(StylesPane)
    assert isinstance(found, StylesPane)
    return found


def _texts(pane: StylesPane) -> list[str]:
    return [pane.list.item(row).text() for row in range(pane.list.count())]


def test_a_style_is_added_and_removed_without_a_library(
    pane: StylesPane,
    bare_context: Context,
    folder: Path,
    house: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "None yet" in pane.told.text()
    assert not pane.remove.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(house), ""))
    qtbot.mouseClick(pane.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.list.count() == 1, timeout=10_000)
    assert _texts(pane) == ["Style of the house – house"]
    assert pane.told.text() == "Added: Style of the house"
    assert (folder / "house.csl").is_file()
    pane.list.setCurrentRow(0)
    qtbot.mouseClick(pane.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.list.count() == 0)
    assert not (folder / "house.csl").exists()
    assert pane.told.text() == "Removed: house"
    qtbot.waitUntil(lambda: not bare_context.jobs.busy)
    pane.close_service()
    pane.close_service()
    qtbot.waitUntil(lambda: not bare_context.jobs.busy)


def test_what_cannot_be_used_is_told_with_the_line(
    pane: StylesPane, bare_context: Context, house: Path, folder: Path, qtbot: QtBot
) -> None:
    house.write_text("<style>\n<oh></style>", "utf-8")
    pane.add_file(house)
    qtbot.waitUntil(lambda: not bare_context.jobs.busy)
    assert "line 2" in pane.told.text()
    assert pane.told.property("role") == "error"
    assert pane.list.count() == 0
    folder.mkdir(exist_ok=True)
    (folder / "spoilt.csl").write_text("<style", "utf-8")
    pane._read("")
    qtbot.waitUntil(lambda: pane.list.count() == 1)
    assert _texts(pane)[0].startswith("▲")


def test_an_open_library_has_the_service_already(context: Context, desk: Desk, qtbot: QtBot) -> None:
    def never() -> Styles:
        raise AssertionError

    pane = StylesPane(context, never)
    qtbot.addWidget(pane)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert pane._service() is desk.styles
    pane.close_service()
