"""What was done since a library was opened comes into its file while the window is open."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from briefer import in_use
from briefer.services.desk import Desk
from briefer.storage import open_library
from briefer.ui.context import Context
from briefer.ui.settling import Settler


def test_a_copy_of_the_file_has_what_was_done_a_moment_ago(
    context: Context, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    settler = Settler(context)
    settler.timer.setInterval(1)
    (brief,) = desk.compose.briefs()
    context.change(lambda: desk.compose.remove(brief.id))
    qtbot.waitUntil(lambda: not context.jobs.busy)
    qtbot.waitUntil(lambda: not settler.timer.isActive())
    qtbot.waitUntil(lambda: not context.jobs.busy)
    in_use.copy(desk.library.path, tmp_path / "copy.briefer")
    library = open_library(tmp_path / "copy.briefer")
    with library.read() as work:
        assert not work.briefs.all()
    library.close()
