"""The first picture of a brief is the one that stays: what is worked out after it moves nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect
from pytestqt.qtbot import QtBot

from briefer.domain.editing import add_blocks
from briefer.services.compose import prose
from briefer.services.desk import Desk
from briefer.ui.brief.moves import RowKey
from briefer.ui.brief.session import BriefSession, ready_to_open
from briefer.ui.brief.workspace import Workspace
from briefer.ui.context import Context


class _FirstPicture(QObject):
    """Notes where everything stands when the editor is painted for the first time."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self.rows: dict[RowKey, QRect] = {}
        self.widths: list[int] = []
        workspace.editor.column.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self.rows:
            self.rows = {row.key: row.geometry() for row in self._workspace.editor.column.rows()}
            self.widths = widths(self._workspace)
        return super().eventFilter(watched, event)


def widths(workspace: Workspace) -> list[int]:
    return [pane.width() for pane in (workspace.outline, workspace.editor, workspace.tray)]


def test_nothing_of_the_first_picture_moves(
    qtbot: QtBot, context: Context, desk: Desk, sample_brief: str, settle: Callable[[], None]
) -> None:
    texts = [prose(f"Text {n}. {'Some more words for a second line of it. ' * 6}") for n in range(60)]
    desk.compose.edit(sample_brief, "Write", lambda now: add_blocks(now, now.sections[0].id, texts, 0))
    workspace = Workspace(BriefSession(context, desk, ready_to_open(desk, sample_brief)))
    qtbot.addWidget(workspace)
    workspace.resize(1280, 720)
    first, column = _FirstPicture(workspace), workspace.editor.column
    with qtbot.waitExposed(workspace):
        workspace.show()
    qtbot.waitUntil(lambda: bool(first.rows))
    assert len(first.rows) < 16  # those in sight and no more
    settle()
    qtbot.waitUntil(lambda: len(column.rows()) > len(first.rows))
    settle()
    assert {key: column.place(key) for key in first.rows} == first.rows
    assert widths(workspace) == first.widths
    workspace.close_session()
    settle()
