"""The Briefs page: the list of briefs, or the one that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from briefer.domain.briefs import Brief
from briefer.domain.results import BriefSummary
from briefer.domain.tags import Tag
from briefer.services.changes import Change, Kind
from briefer.services.desk import Desk
from briefer.ui.brief.brief_list import BriefList
from briefer.ui.brief.new_brief_dialog import NewBriefDialog
from briefer.ui.brief.next_brief_dialog import NextBriefDialog
from briefer.ui.brief.session import BriefSession, Ready, ready_to_open
from briefer.ui.brief.sheet import brief_sheet
from briefer.ui.brief.text_menu import TextMenu
from briefer.ui.brief.workspace import Workspace
from briefer.ui.context import LIBRARY_STACK, Context
from briefer.ui.text import fill

_AHEAD_MS = 300
"""So long after a library was opened or a brief was left, the parts for the next brief are put together, and so long after
one was chosen in the list, it is read."""


class BriefPage(QWidget):
    """Shows briefs. Everything is saved as it is done; leaving flushes what was just typed."""

    source_wanted = Signal(str)
    """The id of an excerpt whose source shall be shown."""
    undo_stack_changed = Signal()
    told = Signal(str)
    """A sentence that tells what was done."""
    made = Signal()
    """A brief was made, from whichever page, and is about to be shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace: Workspace | None = None
        self._wanted = ""
        self._outdated = False
        self._spare: Workspace | None = None
        self._ahead = QTimer(self, singleShot=True, interval=_AHEAD_MS)
        self._ahead.timeout.connect(self._make_ahead)
        self._read: Ready | None = None
        self._rest = QTimer(self, singleShot=True, interval=_AHEAD_MS)
        self._rest.timeout.connect(self._read_ahead)
        self.setObjectName("page")
        self.list = BriefList()
        self.text_menu = TextMenu(self)
        self.text_menu.wanted.connect(self._use_tool)
        self.text_menu.aboutToShow.connect(self._offer_tools)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.list.open_wanted.connect(self.show_brief)
        self.list.chosen.connect(self._rest.start)
        self.list.remove_wanted.connect(self._remove)
        self.list.new_wanted.connect(lambda: self.new_brief(()))
        self.list.next_wanted.connect(self.next_brief)
        context.changed.connect(self._follow)
        context.desk_changed.connect(self._enter)
        context.colours_changed.connect(self._recolour)
        self._recolour()
        self._enter()

    @property
    def workspace(self) -> Workspace | None:
        """The open brief's part of the window, or None."""
        return self._workspace

    @property
    def undo_stack(self) -> str:
        """The name of the stack that «Undo» acts on while this page is in front."""
        return self._workspace.session.brief.id if self._workspace else LIBRARY_STACK

    def show_brief(self, brief_id: str) -> None:
        """Open a brief."""
        desk = self._context.desk
        if desk is None:
            return
        if self._workspace is not None and self._workspace.session.brief.id == brief_id:
            return
        self._wanted, self._outdated = brief_id, False
        self._rest.stop()
        former, self._read = self._read, None
        self._context.run(lambda: ready_to_open(desk, brief_id, former), self._open, latest="open brief")

    def show_list(self) -> None:
        """Close the open brief and show the list."""
        self._context.leave(self._leave, library=False)

    def _leave(self) -> None:
        former = self._workspace.session.brief.id if self._workspace else ""
        self._wanted = ""
        self._close()
        self._stack.setCurrentWidget(self.list)
        self._read_list()
        self.list.choose(former)

    def new_brief(self, subjects: tuple[Tag, ...] = ()) -> None:
        """Ask for a new brief on ``subjects``, make it and open it."""
        desk = self._context.desk
        if desk is None:
            return
        dialog = NewBriefDialog(self._context, desk, subjects, self)
        dialog.finished.connect(lambda result: self._create(dialog, result))
        dialog.open()

    def next_brief(self, brief: BriefSummary) -> None:
        """Ask for the day of the next meeting, make its brief from ``brief`` and open it."""
        desk = self._context.desk
        if desk is None:
            return
        dialog = NextBriefDialog(brief, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def make() -> None:
            date = dialog.date
            self._context.change(lambda: desk.renewal.clone(brief.id, date), done=self._created)

        dialog.accepted.connect(make)
        dialog.open()

    def undo(self) -> None:
        """Take back the last step of the open brief, or of the library where none is open."""
        (self._workspace.steps.undo if self._workspace else self._context.undo)()

    def redo(self) -> None:
        """Do again what was taken back last."""
        (self._workspace.steps.redo if self._workspace else self._context.redo)()

    def flush(self) -> None:
        """Store what was just typed."""
        if self._workspace is not None:
            self._workspace.flush()

    def focus(self) -> None:
        """Give the focus to the place in the open brief where it was last."""
        if self._workspace is not None:
            self._workspace.editor.focus_current()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._rest.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def _use_tool(self, name: str) -> None:
        if self._workspace is not None and self.isVisible():
            self._workspace.tools.use(name)

    def _offer_tools(self) -> None:
        for entry in self.text_menu.entries.values():
            entry.setEnabled(self._workspace is not None and self.isVisible())

    def _create(self, dialog: NewBriefDialog, result: int) -> None:
        desk, wanted = self._context.desk, dialog.wanted
        dialog.deleteLater()
        if result == QDialog.DialogCode.Accepted.value and desk is not None:
            self._context.change(lambda: desk.compose.create(wanted), done=self._created)

    def _created(self, brief: Brief) -> None:
        self.made.emit()
        self.show_brief(brief.id)

    def _open(self, ready: Ready) -> None:
        desk = self._context.desk
        if desk is not None and ready.brief.id == self._wanted:
            self._context.leave(lambda: self._show(desk, ready), library=False)

    def _show(self, desk: Desk, ready: Ready) -> None:
        self._close()
        self._ahead.stop()
        workspace, self._spare = self._spare or self._made(desk), None
        self._workspace = workspace
        # Shown first, painted later: so the brief comes into parts that have their sizes already.
        self._stack.setCurrentWidget(workspace)
        workspace.open(ready)
        workspace.editor.focus_current()
        if self._outdated:
            workspace.session.read_again()
        self.undo_stack_changed.emit()

    def _made(self, desk: Desk) -> Workspace:
        """Put together what shows a brief, of none yet."""
        workspace = Workspace(BriefSession(self._context, desk))
        workspace.session.gone.connect(self.show_list)
        workspace.back_wanted.connect(self.show_list)
        workspace.source_wanted.connect(self.source_wanted)
        self._stack.addWidget(workspace)
        return workspace

    def _make_ahead(self) -> None:
        """Put together what will show the next brief, while nobody waits for it."""
        desk = self._context.desk
        if desk is not None and self._workspace is None and self._spare is None:
            self._spare = self._made(desk)
            self._spare.make_ready(self._stack.size())

    def _read_ahead(self) -> None:
        """Read the brief that is chosen in the list, while nobody waits for it."""
        desk, chosen, former = self._context.desk, self.list.current, self._read
        if desk is None or not chosen or not self.list.isVisible():
            return
        self._context.run(
            lambda: ready_to_open(desk, chosen, former),
            self._keep_read,
            failed=lambda _error: None,  # whoever opens it is told
            latest="brief ahead",
        )

    def _keep_read(self, ready: Ready) -> None:
        self._read = ready if self._workspace is None else None

    def _close(self) -> None:
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            workspace.close_session()
            self._let_go(workspace)
            self._ahead.start()
            self.undo_stack_changed.emit()

    def _let_go(self, workspace: Workspace) -> None:
        self._stack.removeWidget(workspace)
        workspace.deleteLater()

    def _remove(self, brief_id: str) -> None:
        desk = self._context.desk
        if desk is not None:
            title = self.list.title_of(brief_id)
            told = fill(self.tr("“%1” is in the trash; Ctrl+Z brings it back."), title)
            self._context.change(
                lambda: desk.compose.remove(brief_id), done=lambda _change: self.told.emit(told)
            )

    def _enter(self) -> None:
        """Show the briefs of a library that was just opened; the former one is closed already."""
        workspace, self._workspace = self._workspace, None
        spare, self._spare, self._read = self._spare, None, None
        for former in filter(None, (workspace, spare)):
            former.session.close()
            self._let_go(former)
        self._stack.setCurrentWidget(self.list)
        self._ahead.start()
        self._read_list()

    def _follow(self, change: Change) -> None:
        # What is on its way to be shown may have been read before this.
        own = Kind.BRIEF in change.kinds and self._wanted in change.ids
        self._outdated = self._outdated or own or bool(change.kinds & {Kind.EXCERPT, Kind.SOURCE})
        if change.kinds & {Kind.BRIEF, Kind.SOURCE} and self._workspace is None:
            self._read_list()

    def _read_list(self) -> None:
        desk = self._context.desk
        if desk is None:
            self.list.show_briefs((), {})
        else:
            self._context.run(desk.compose.briefs, self._show_list, latest="briefs")

    def _show_list(self, briefs: tuple[BriefSummary, ...]) -> None:
        desk = self._context.desk
        if desk is not None:
            names = {form.id: form.name(self._context.language) for form in desk.forms.all()}
            self.list.show_briefs(briefs, names)

    def _recolour(self) -> None:
        self.setStyleSheet(brief_sheet(self._context.colours))
