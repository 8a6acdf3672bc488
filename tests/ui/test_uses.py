"""Where an excerpt or source is used, from the Library."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from briefer.services.desk import Desk
from briefer.services.usage import Use
from briefer.ui.library.uses_dialog import UsesDialog


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[tuple[Use, ...]], UsesDialog]:
    def show(uses: tuple[Use, ...]) -> UsesDialog:
        dialog = UsesDialog(uses)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def test_a_brief_that_uses_it_is_opened_with_return(
    qtbot: QtBot, desk: Desk, shown: Callable[[tuple[Use, ...]], UsesDialog]
) -> None:
    (brief,) = desk.compose.briefs()
    excerpt = desk.compose.brief(brief.id).excerpt_ids()[0]
    dialog = shown(desk.usage.of_excerpt(excerpt))
    row = dialog.list.topLevelItem(0)
    assert row is not None
    assert row.text(0) == brief.title
    assert row.text(1) == (brief.meeting_date or "")
    assert row.text(2)
    with qtbot.waitSignal(dialog.brief_wanted) as opened:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert opened.args == [brief.id]
    assert not dialog.isVisible()


def test_what_is_used_nowhere_says_so(shown: Callable[[tuple[Use, ...]], UsesDialog]) -> None:
    dialog = shown(())
    assert dialog.list.topLevelItemCount() == 0
    past = shown((Use("b", "Old brief", "2026-12-03", (), (1, 2)),))
    row = past.list.topLevelItem(0)
    assert row is not None
    assert [row.text(n) for n in range(4)] == ["Old brief", "2026-12-03", "no longer", "1, 2"]
