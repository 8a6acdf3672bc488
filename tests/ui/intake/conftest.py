from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from briefer.services.desk import Desk
from briefer.services.import_results import ImportReport
from briefer.ui.context import Context
from briefer.ui.intake.page import ReviewPage

BODY = (
    "The harbour council of Nordhavn agreed on Monday to lengthen the eastern quay by two hundred metres.\n\n"
    "The work is to begin in spring, said the harbour master, and will take about fourteen months in all.\n\n"
    "Two neighbouring towns had asked for a share in the costs to be borne by the shipping companies."
)
DATED = f"Quay in Nordhavn to be lengthened\n\n17 December 2025\n\n{BODY}\n"
UNDATED = (
    "Ferry timetable changes in Sundet\n\n"
    "The ferry company in Sundet will run one boat more on weekdays, the company told its passengers.\n\n"
    "Commuters had complained for a year about crossings that were full at seven in the morning already.\n\n"
    "The additional boat is an older one, which had been laid up in the northern dock since last summer.\n"
)


@pytest.fixture
def settle(context: Context, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not context.jobs.busy, timeout=30_000)


@pytest.fixture
def page(context: Context, qtbot: QtBot, settle: Callable[[], None]) -> ReviewPage:
    made = ReviewPage(context)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.enter()
    settle()
    return made


@pytest.fixture
def bring(
    page: ReviewPage, context: Context, desk: Desk, tmp_path: Path, settle: Callable[[], None]
) -> Callable[..., ImportReport]:
    """Import texts as files, as the window does, and let the review show what came of them."""

    def importing(**texts: str) -> ImportReport:
        paths = []
        for name, text in texts.items():
            path = tmp_path / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        reports: list[ImportReport] = []

        def work() -> tuple[ImportReport, object]:
            report = desk.importing.import_paths(paths)
            return report, report.change

        context.change(work, done=reports.append)
        settle()
        page.show_report(reports[0])
        settle()
        return reports[0]

    return importing
