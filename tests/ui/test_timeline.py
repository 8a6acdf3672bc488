from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from briefer.domain.results import Month
from briefer.ui.context import Context
from briefer.ui.coverage.timeline import Bar, Timeline, bars_of


@pytest.mark.parametrize(
    ("months", "bars"),
    [
        ((), ()),
        ((Month("2025-11", 2), Month("2026-01", 1)), (("2025-11", 2), ("2025-12", 0), ("2026-01", 1))),
        ((Month("", 4),), (("", 4),)),
        ((Month("2025-11", 2), Month("2025", 3), Month("", 1)), (("2025", 5), ("", 1))),
        ((Month("2022-01", 1), Month("2024-01", 2)), (("2022", 1), ("2023", 0), ("2024", 2))),
        ((Month("1850", 1), Month("2024-01", 2)), (("1850", 1), ("2024", 2))),
    ],
)
def test_bars_are_months_or_years(months: tuple[Month, ...], bars: tuple[tuple[str, int], ...]) -> None:
    assert bars_of(months) == tuple(Bar(*bar) for bar in bars)


@pytest.fixture
def timeline(context: Context, qtbot: QtBot) -> Timeline:
    made = Timeline(context)
    qtbot.addWidget(made)
    made.resize(400, 84)
    made.show()
    made.show_months((Month("2025-11", 2), Month("2026-01", 9), Month("", 1)))
    return made


def test_a_bar_is_chosen_with_the_mouse(timeline: Timeline, qtbot: QtBot) -> None:
    first = timeline._places()[0].center().toPoint()
    qtbot.mouseMove(timeline, first)
    with qtbot.waitSignal(timeline.chosen) as chosen:
        qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=first)
    assert chosen.args == ["2025-11"]
    with qtbot.assertNotEmitted(timeline.chosen):
        qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=timeline._places()[1].center().toPoint())
        qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(395, 40))


def test_a_bar_is_chosen_with_the_keyboard_and_told(timeline: Timeline, qtbot: QtBot) -> None:
    assert timeline.accessibleDescription() == "n.d.: 1 excerpt"
    timeline.setFocus()
    qtbot.keyClick(timeline, Qt.Key.Key_Left)
    assert timeline.accessibleDescription() == "January 2026: 9 excerpts"
    assert not timeline.grab().isNull()
    with qtbot.waitSignal(timeline.chosen) as chosen:
        qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert chosen.args == ["2026-01"]
