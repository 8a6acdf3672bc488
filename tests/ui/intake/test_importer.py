from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from briefer.errors import LibraryError
from briefer.services.changes import NO_CHANGE
from briefer.services.desk import Desk
from briefer.services.import_results import ImportReport, ImportStatus
from briefer.services.ports import Progress
from briefer.ui.context import Context
from briefer.ui.intake.importer import Importer
from briefer.ui.intake.strip import ProgressStrip
from tests.ui.intake.conftest import DATED, UNDATED


@pytest.fixture
def importer(context: Context) -> Importer:
    return Importer(context, context)


class Gate:
    """An import that is at its first of three files until it is let go, or cancelled."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()
        self.files = 0

    def __call__(self, paths: object, progress: Progress, cancelled: Callable[[], bool]) -> ImportReport:
        progress(0, 3, "first.txt")
        self.begun.set()
        assert self.go.wait(20)
        for _file in range(3):
            if cancelled():
                break
            self.files += 1
        return ImportReport((), NO_CHANGE)


@pytest.fixture
def gate(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate()
    monkeypatch.setattr(desk.importing, "import_paths", made)
    return made


def _write(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [folder / f"{name}.txt" for name in texts]


def test_what_came_in_can_be_undone(
    importer: Importer, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    before = desk.find.counts().sources
    with qtbot.waitSignal(importer.imported, timeout=30_000) as told:
        importer.take_paths(_write(tmp_path, a=DATED, b=UNDATED))
    assert told.args is not None
    report: ImportReport = told.args[0]
    assert [r.status for r in report.results] == [ImportStatus.IMPORTED] * 2
    assert desk.find.counts().sources == before + 2
    with qtbot.waitSignal(context.changed):
        context.undo()
    assert desk.find.counts().sources == before


def test_a_second_import_waits_for_the_first(
    importer: Importer, context: Context, gate: Gate, qtbot: QtBot
) -> None:
    strip = ProgressStrip(context, importer)
    qtbot.addWidget(strip)
    importer.take_paths([Path("a")])
    qtbot.waitUntil(gate.begun.is_set)
    with qtbot.waitSignal(importer.waiting_changed) as told:
        importer.take_paths([Path("b")])
    assert told.args == [1]
    assert "then one more import" in strip.text
    with qtbot.waitSignals([importer.imported, importer.imported]):
        gate.go.set()
    assert gate.files == 6
    qtbot.waitUntil(lambda: not importer.running)
    assert not strip.isVisible()


def test_other_changes_need_not_wait_for_an_import(
    importer: Importer, context: Context, desk: Desk, gate: Gate, qtbot: QtBot
) -> None:
    importer.take_paths([Path("a")])
    qtbot.waitUntil(gate.begun.is_set)
    source = desk.collect.sources()[0]
    with qtbot.waitSignal(context.changed):
        context.change(lambda: desk.importing.accept([source.id], accepted=False))
    assert importer.running
    with qtbot.waitSignal(importer.imported):
        gate.go.set()


def test_cancelling_keeps_what_is_done_and_shows_that_it_stops(
    importer: Importer, context: Context, gate: Gate, qtbot: QtBot
) -> None:
    strip = ProgressStrip(context, importer)
    qtbot.addWidget(strip)
    importer.take_paths([Path("a")])
    qtbot.waitUntil(gate.begun.is_set)
    qtbot.waitUntil(strip.isVisible)
    assert strip.text == "Importing 1 of 3  ·  first.txt"
    strip._cancel.click()
    assert "Stopping" in strip.text
    with qtbot.waitSignal(importer.imported):
        gate.go.set()
    assert gate.files == 0


def test_the_library_is_changed_when_the_import_has_stopped(
    importer: Importer, gate: Gate, qtbot: QtBot
) -> None:
    calls: list[str] = []
    importer.stop_all(lambda: calls.append("at once"))
    assert calls == ["at once"]
    importer.take_paths([Path("a")])
    importer.take_paths([Path("b")])
    qtbot.waitUntil(gate.begun.is_set)
    importer.stop_all(lambda: calls.append("then"))
    assert calls == ["at once"]
    gate.go.set()
    qtbot.waitUntil(lambda: calls == ["at once", "then"])
    assert gate.files == 0
    assert not importer.running


def test_a_full_disk_is_told(
    importer: Importer, context: Context, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = LibraryError("library-full", name="library.briefer")
    monkeypatch.setattr(desk.importing, "import_taken", lambda _taken: ImportReport((), NO_CHANGE, stopped))
    with qtbot.waitSignals([context.problem, importer.imported]):
        importer.take([])

    def broken(_taken: object) -> ImportReport:
        raise stopped

    monkeypatch.setattr(desk.importing, "import_taken", broken)
    with qtbot.waitSignal(context.problem):
        importer.take([])
    qtbot.waitUntil(lambda: not importer.running)
