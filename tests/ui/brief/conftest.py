"""An open Briefs page over a copy of the sample library."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from briefer.domain.briefs import Brief
from briefer.markup import MarkdownMarkup
from briefer.services.desk import Desk
from briefer.ui.brief import BriefPage
from briefer.ui.brief.editor import Editor
from briefer.ui.brief.moves import RowKey, RowKind
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.prose_text import CitationChips
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.brief.rows import Row
from briefer.ui.brief.session import BriefSession
from briefer.ui.brief.workspace import Workspace
from briefer.ui.context import Context


@pytest.fixture
def sample_brief(desk: Desk) -> str:
    (brief,) = desk.compose.briefs()
    return brief.id


@pytest.fixture
def settle(qtbot: QtBot, context: Context) -> Callable[[], None]:
    """Wait until nothing is under way."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)

    return wait


@pytest.fixture
def page(qtbot: QtBot, context: Context, settle: Callable[[], None]) -> BriefPage:
    made = BriefPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    settle()
    return made


class Open:
    """The open sample brief, as a test handles it."""

    def __init__(self, qtbot: QtBot, page: BriefPage, settle: Callable[[], None]) -> None:
        assert page.workspace is not None
        self.qtbot = qtbot
        self.page = page
        self.workspace: Workspace = page.workspace
        self.editor: Editor = self.workspace.editor
        self.session: BriefSession = self.workspace.session
        self.settle = settle

    @property
    def stored(self) -> Brief:
        """The brief as the library has it, after all that is under way."""
        self.settle()
        return self.session.desk.compose.brief(self.session.brief.id)

    @property
    def headings(self) -> list[str]:
        return [s.heading for s in self.stored.sections]

    def rows(self) -> list[Row]:
        return self.editor.column.rows()

    def row(self, identifier: str) -> Row:
        return next(r for r in self.rows() if r.key.id == identifier)

    def prose(self, number: int = 0) -> ProseRow:
        rows = [r for r in self.rows() if isinstance(r, ProseRow) and r.key.kind is RowKind.PROSE]
        return rows[number]

    def first(self, kind: RowKind) -> Row:
        return next(r for r in self.rows() if r.key.kind is kind)

    def press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        self.qtbot.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)

    def undo(self) -> None:
        self.settle()
        self.session.undo()
        self.settle()

    def redo(self) -> None:
        self.settle()
        self.session.redo()
        self.settle()

    def shown(self) -> list[RowKey]:
        return [r.key for r in self.rows()]


@pytest.fixture
def opened(qtbot: QtBot, page: BriefPage, sample_brief: str, settle: Callable[[], None]) -> Open:
    page.show_brief(sample_brief)
    qtbot.waitUntil(lambda: page.workspace is not None)
    settle()
    made = Open(qtbot, page, settle)
    expected = len(made.session.brief.sections)
    qtbot.waitUntil(lambda: sum(k.kind is RowKind.HEADING for k in made.shown()) == expected)
    settle()
    return made


@pytest.fixture
def edit(qtbot: QtBot) -> ProseEdit:
    """An empty text, in which every citation is called alike."""
    made = ProseEdit(CitationChips(lambda source: "Wire 2025"), MarkdownMarkup())
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made
