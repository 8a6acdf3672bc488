from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefer.errors import InputError
from briefer.services.changes import NO_CHANGE
from briefer.services.desk import Desk
from briefer.services.import_results import ImportReport, ImportResult, ImportStatus
from briefer.services.ports import Taken
from briefer.ui.context import Context
from briefer.ui.intake.arrivals import Arrivals, in_one_line
from briefer.ui.intake.importer import Importer
from briefer.ui.intake.passwords import PasswordDialog
from tests.unit.intake.pdf_files import lines, pdf

_NOW = datetime(2026, 1, 15, tzinfo=UTC)


def _locked(name: str) -> ImportResult:
    taken = Taken(name, b"%PDF locked", _NOW)
    error = InputError("input-password", name=name, detail="it needs its password")
    return ImportResult(f"/in/{name}", ImportStatus.REFUSED, None, str(error), error, locked=taken)


@pytest.fixture
def opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let «right» open every file; the names of those that were opened."""
    names: list[str] = []

    def fake(taken: Sequence[Taken]) -> ImportReport:
        (file,) = taken
        if file.password != "right":
            return ImportReport((_locked(file.name),), NO_CHANGE)
        names.append(file.name)
        return ImportReport((ImportResult(file.name, ImportStatus.IMPORTED),), NO_CHANGE)

    monkeypatch.setattr(desk.importing, "import_taken", fake)
    return names


def _dialog() -> PasswordDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, PasswordDialog)
    return found


def test_a_wrong_password_asks_again_and_a_file_can_be_skipped(
    context: Context, desk: Desk, opened: list[str], qtbot: QtBot
) -> None:
    dialog = PasswordDialog(context, desk, [_locked("a.pdf"), _locked("b.pdf")])
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog._name.text() == "a.pdf"
    assert not dialog._open.isEnabled()
    qtbot.keyClicks(dialog.field, "wrong")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.objection))
    assert dialog.field.selectedText() == "wrong"
    qtbot.keyClicks(dialog.field, "right")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._name.text() == "b.pdf")
    assert not dialog.objection
    with qtbot.waitSignal(dialog.answered) as told:
        dialog._skip.click()
    assert told.args is not None
    assert list(told.args[0]) == [0]
    assert opened == ["a.pdf"]


def test_opened_files_take_the_place_of_the_locked_ones(
    context: Context, opened: list[str], qtbot: QtBot
) -> None:
    importer = Importer(context, context)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    arrivals = Arrivals(context, importer, window)
    report = ImportReport(
        (ImportResult("/in/x.txt", ImportStatus.DUPLICATE), _locked("a.pdf"), _locked("b.pdf")), NO_CHANGE
    )
    assert in_one_line(report) == "0 sources imported · 1 was there already · 2 cannot be used"
    importer.imported.emit(report)
    dialog = _dialog()
    qtbot.keyClicks(dialog.field, "right")
    dialog._open.click()
    qtbot.waitUntil(lambda: dialog._name.text() == "b.pdf")
    with qtbot.waitSignal(arrivals.settled) as told:
        dialog._skip_all.click()
    assert told.args is not None
    merged, review = told.args
    assert review
    assert in_one_line(merged) == "1 source imported · 1 was there already · 1 cannot be used"


def test_a_locked_pdf_is_opened_and_its_import_taken_back(
    context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    line = "The harbour council agreed to lengthen the eastern quay by two hundred metres."
    file = tmp_path / "locked.pdf"
    file.write_bytes(pdf(lines(60, 780, [line], font="C"), password="right"))
    before = len(desk.collect.sources())
    importer = Importer(context, context)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    arrivals = Arrivals(context, importer, window)
    with qtbot.waitSignal(importer.imported, timeout=30_000):
        importer.take_paths([file])
    dialog = _dialog()
    qtbot.keyClicks(dialog.field, "wrong")
    dialog._open.click()
    qtbot.waitUntil(lambda: bool(dialog.objection), timeout=30_000)
    qtbot.keyClicks(dialog.field, "right")
    with qtbot.waitSignal(arrivals.settled, timeout=30_000) as told:
        dialog._open.click()
    assert told.args is not None
    (source,) = desk.importing.unaccepted()
    assert line in desk.collect.source(source.id).snapshot.text
    report: ImportReport = told.args[0]
    desk.importing.take_back(report)
    assert len(desk.collect.sources()) == before
