"""The first picture of a brief is the one that stays: what is worked out after it moves nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from pytestqt.qtbot import QtBot

from briefer.domain.briefs import Brief
from briefer.domain.editing import add_blocks, remove_section
from briefer.services.compose import prose
from briefer.services.desk import Desk
from briefer.ui.brief.moves import RowKey
from briefer.ui.brief.page import BriefPage
from briefer.ui.brief.row_maker import ProseRow
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


@pytest.mark.parametrize("ahead", [True, False])
def test_nothing_of_the_first_picture_moves(
    qtbot: QtBot, context: Context, desk: Desk, sample_brief: str, settle: Callable[[], None], *, ahead: bool
) -> None:
    texts = [prose(f"Text {n}. {'Some more words for a second line of it. ' * 6}") for n in range(60)]
    desk.compose.edit(sample_brief, "Write", lambda now: add_blocks(now, now.sections[0].id, texts, 0))
    workspace = Workspace(BriefSession(context, desk))
    qtbot.addWidget(workspace)
    if ahead:
        workspace.make_ready(QSize(1280, 720))
    workspace.resize(1280, 720)
    workspace.open(ready_to_open(desk, sample_brief))
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


def test_texts_that_were_made_ahead_are_typed_into_and_moved_like_others(
    qtbot: QtBot, context: Context, desk: Desk, sample_brief: str, settle: Callable[[], None]
) -> None:
    texts = [prose("One."), prose("Two.")]
    desk.compose.edit(sample_brief, "Write", lambda now: add_blocks(now, now.sections[0].id, texts, 0))
    workspace = Workspace(BriefSession(context, desk))
    qtbot.addWidget(workspace)
    workspace.make_ready(QSize(1280, 720))
    ahead = workspace.editor.column.findChildren(ProseRow)
    workspace.open(ready_to_open(desk, sample_brief))
    with qtbot.waitExposed(workspace):
        workspace.show()
    settle()
    row = workspace.editor.block_row(texts[0])
    assert row in ahead
    assert isinstance(row, ProseRow)
    row.go(at_end=True)
    qtbot.keyClicks(row.edit, " More")
    workspace.flush()
    settle()
    qtbot.keyClick(row.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle()
    stored = desk.compose.brief(sample_brief).sections[0].blocks[:2]
    assert [block.markdown for block in stored] == ["Two.", "One. More"]


def test_the_parts_are_put_together_before_a_brief_is_wanted(
    qtbot: QtBot, page: BriefPage, sample_brief: str, settle: Callable[[], None]
) -> None:
    made = page.findChildren(Workspace)
    qtbot.waitUntil(lambda: len(page.findChildren(Workspace)) == 1)
    (ahead,) = page.findChildren(Workspace)
    assert made in ([], [ahead])
    assert not ahead.session.has_brief
    settle()
    page.show_brief(sample_brief)
    qtbot.waitUntil(lambda: page.workspace is not None)
    assert page.workspace is ahead
    assert ahead.session.brief.id == sample_brief
    settle()
    page.show_list()
    qtbot.waitUntil(lambda: page.findChildren(Workspace) not in ([], [ahead]))
    (another,) = page.findChildren(Workspace)
    assert another is not ahead  # each is of one brief alone
    assert not another.session.has_brief


def test_parts_without_a_brief_ask_nothing_when_the_library_changes(
    qtbot: QtBot, page: BriefPage, context: Context, desk: Desk, sample_brief: str, settle: Callable[[], None]
) -> None:
    qtbot.waitUntil(lambda: len(page.findChildren(Workspace)) == 1)
    settle()
    (ahead,) = page.findChildren(Workspace)
    hit = next(iter(desk.compose.candidates((), "", 1).hits))
    context.change(lambda: desk.curate.annotate(replace(hit.excerpt, comment="Now")))
    settle()
    qtbot.wait(50)
    settle()
    assert not ahead.tray.model.rowCount()
    page.show_brief(sample_brief)
    qtbot.waitUntil(lambda: page.workspace is ahead)
    qtbot.waitUntil(lambda: ahead.tray.model.rowCount() > 0)
    settle()


def test_parts_of_a_library_go_with_it(
    qtbot: QtBot, page: BriefPage, context: Context, settle: Callable[[], None]
) -> None:
    qtbot.waitUntil(lambda: len(page.findChildren(Workspace)) == 1)
    settle()
    former = context.desk
    assert former is not None
    context.set_desk(None)
    qtbot.waitUntil(lambda: not page.findChildren(Workspace))
    former.close()


def test_what_changes_while_a_brief_is_read_is_shown(
    qtbot: QtBot, page: BriefPage, context: Context, desk: Desk, sample_brief: str, settle: Callable[[], None]
) -> None:
    page.show_brief(sample_brief)
    # The answer is on its way; before it is taken, the brief is changed.
    change = desk.compose.edit(sample_brief, "Rename", lambda now: replace(now, title="Another title"))
    context.changed.emit(change)
    qtbot.waitUntil(lambda: page.workspace is not None)
    assert page.workspace is not None
    session = page.workspace.session
    qtbot.waitUntil(lambda: session.brief.title == "Another title")
    settle()


def test_a_brief_without_sections_is_opened_with_all_that_stands_beside_it(
    qtbot: QtBot, page: BriefPage, desk: Desk, sample_brief: str, settle: Callable[[], None]
) -> None:
    def emptied(now: Brief) -> Brief:
        for section in now.sections:
            now = remove_section(now, section.id)
        return now

    desk.compose.edit(sample_brief, "Empty", emptied)
    page.show_brief(sample_brief)
    qtbot.waitUntil(lambda: page.workspace is not None)
    assert page.workspace is not None
    editor, checks = page.workspace.editor, page.workspace.header.buttons["checks"]
    qtbot.waitUntil(lambda: any(letter.isdigit() for letter in checks.text()))
    assert editor.column.keys == []
    assert editor.verticalScrollBar().maximum() == 0
    settle()


def _reads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which briefs are read from now on."""
    read: list[str] = []
    brief_of = desk.compose.brief

    def noted(brief_id: str) -> Brief:
        read.append(brief_id)
        return brief_of(brief_id)

    monkeypatch.setattr(desk.compose, "brief", noted)
    return read


def test_the_brief_that_is_chosen_in_the_list_is_read_before_it_is_opened(
    qtbot: QtBot,
    context: Context,
    desk: Desk,
    sample_brief: str,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = _reads(desk, monkeypatch)
    page = BriefPage(context)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: read == [sample_brief])
    settle()
    page.show_brief(sample_brief)
    qtbot.waitUntil(lambda: page.workspace is not None)
    assert read == [sample_brief]
    settle()


def test_what_another_program_has_changed_since_the_brief_was_read_ahead_is_shown(
    qtbot: QtBot,
    page: BriefPage,
    desk: Desk,
    sample_brief: str,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = _reads(desk, monkeypatch)
    qtbot.waitUntil(lambda: read == [sample_brief])
    settle()
    # As by a command: the window is not told.
    texts = [prose("Written elsewhere.")]
    desk.compose.edit(sample_brief, "Write", lambda now: add_blocks(now, now.sections[0].id, texts, 0))
    page.show_brief(sample_brief)
    qtbot.waitUntil(lambda: page.workspace is not None)
    assert page.workspace is not None
    assert page.workspace.session.brief.sections[0].blocks[0].markdown == "Written elsewhere."
    settle()


def test_what_was_read_ahead_holds_until_the_brief_or_what_it_may_cite_is_another(
    desk: Desk, sample_brief: str
) -> None:
    texts = [prose("Another text.")]
    hit = desk.compose.candidates((), "", 1).hits[0]
    changes: list[Callable[[], object]] = [
        lambda: desk.compose.edit(sample_brief, "", lambda b: add_blocks(b, b.sections[0].id, texts, 0)),
        lambda: desk.compose.edit(sample_brief, "", lambda b: replace(b, title="Another title")),
        lambda: desk.compose.edit(sample_brief, "", lambda b: replace(b, marking="uk/official")),
        lambda: desk.curate.annotate(replace(hit.excerpt, comment="Now")),
    ]
    for change in changes:
        former = ready_to_open(desk, sample_brief)
        assert ready_to_open(desk, sample_brief, former).ahead is former.ahead
        change()
        now = ready_to_open(desk, sample_brief, former)
        assert now.ahead is not former.ahead
        assert now.brief == desk.compose.brief(sample_brief)
