"""What follows an import: asking for passwords, and judging where a person should look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from briefer.ui.context import Context
from briefer.ui.intake.importer import Importer
from briefer.ui.intake.passwords import PasswordDialog
from briefer.ui.intake.row import Row, read_rows
from briefer.ui.text import counted

if TYPE_CHECKING:
    from briefer.services.import_results import ImportReport, ImportResult

_SURE = 0.75
"""From here on, a single source is shown as it is rather than in the review."""


class Arrivals(QObject):
    """Receives the reports of all imports."""

    settled = Signal(object, bool)
    """An :class:`ImportReport`, and whether what it tells should be reviewed."""

    def __init__(self, context: Context, importer: Importer, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        importer.imported.connect(self._take)

    def _take(self, report: ImportReport) -> None:
        desk = self._context.desk
        places = [n for n, result in enumerate(report.results) if result.locked]
        if desk is None or not places:
            self._judge(report)
            return
        dialog = PasswordDialog(self._context, desk, [report.results[n] for n in places], self._window)
        dialog.answered.connect(
            lambda opened: self._judge(merged(report, {places[n]: new for n, new in opened.items()}))
        )
        dialog.open()

    def _judge(self, report: ImportReport) -> None:
        desk = self._context.desk
        source = report.results[0].source if len(report.results) == 1 else None
        if desk is None or source is None:
            self.settled.emit(report, len(report.results) > 1)
            return

        def tell(rows: tuple[Row, ...]) -> None:
            self.settled.emit(report, any(row.seen.confidence < _SURE for row in rows))

        self._context.run(lambda: read_rows(desk, [source.id]), tell)


def merged(report: ImportReport, opened: Mapping[int, tuple[ImportResult, ...]]) -> ImportReport:
    """Return a report with what became of its locked files, by their places, once they were opened."""
    results: list[ImportResult] = []
    for place, result in enumerate(report.results):
        results += opened.get(place, (result,))
    return replace(report, results=tuple(results))


def in_one_line(report: ImportReport) -> str:
    """Return the counts of what was imported, was there already, or was left out."""
    tr = QCoreApplication.translate
    again = sum(result.snapshot_id is not None for result in report.results)
    status = [result.status.value for result in report.results if result.bulk is None]
    bulk = [result.bulk for result in report.results if result.bulk is not None]
    new = status.count("imported") - again + sum(one.sources for one in bulk)
    same = status.count("duplicate") + sum(one.duplicates for one in bulk)
    refused = status.count("refused") + sum(one.refused_count for one in bulk)
    parts = [counted(new, tr("Import", "1 source imported"), tr("Import", "%1 sources imported"))]
    if again:
        parts.append(counted(again, tr("Import", "1 captured anew"), tr("Import", "%1 captured anew")))
    if same:
        parts.append(
            counted(same, tr("Import", "1 was there already"), tr("Import", "%1 were there already"))
        )
    if refused:
        parts.append(counted(refused, tr("Import", "1 cannot be used"), tr("Import", "%1 cannot be used")))
    if report.left_out:
        left = len(report.left_out)
        parts.append(
            counted(left, tr("Import", "1 left in its folder"), tr("Import", "%1 left in their folders"))
        )
    return " · ".join(parts)
