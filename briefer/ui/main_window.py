"""The main window: assembly and wiring of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.tags import Tag
from briefer.errors import KnownError
from briefer.ui.backups.keeper import BackupKeeper
from briefer.ui.backups.offering import Offering
from briefer.ui.backups.rescued import RescuedDialog
from briefer.ui.commands import Commands
from briefer.ui.context import LIBRARY_STACK, Context
from briefer.ui.dialogs import Dialogs
from briefer.ui.intake.arrivals import Arrivals, in_one_line
from briefer.ui.intake.carried import What, accept_copy, what_is_in
from briefer.ui.intake.drop_hint import DropHint
from briefer.ui.intake.strip import ProgressStrip
from briefer.ui.libraries import Libraries
from briefer.ui.menus import Menus
from briefer.ui.opening import OpeningPage
from briefer.ui.pressing import MENU_KEY, open_context_menu, press_focused
from briefer.ui.problems import BugDialog, Notice, ProblemBar
from briefer.ui.protection.protector import Protector
from briefer.ui.rail import BRIEFS, COVERAGE, IMPORTS, LIBRARY, Rail
from briefer.ui.read_only import ReadOnlyBar
from briefer.ui.settling import Settler
from briefer.ui.status import StatusLine
from briefer.ui.taking import Taking
from briefer.ui.text import fill
from briefer.ui.way_back import WayBack
from briefer.ui.welcome import Welcome

if TYPE_CHECKING:
    from briefer.services.desk import Opener
    from briefer.services.import_results import ImportReport
    from briefer.ui.appearance import Appearance
    from briefer.ui.brief import BriefPage
    from briefer.ui.coverage.page import CoveragePage
    from briefer.ui.intake.page import ReviewPage
    from briefer.ui.library.page import LibraryPage

_PAGES_FROM = 2  # in the stack, behind what is shown without a library
_USUAL_SIZE = QSize(1440, 880)


class MainWindow(QMainWindow):
    """Rail, pages, problems bar, status line, menus."""

    def __init__(self, opener: Opener, context: Context, appearance: Appearance) -> None:
        super().__init__()
        self._context = context
        self._dialogs = Dialogs(opener, context, appearance.apply, self)
        self._library: LibraryPage | None = None
        self._briefs: BriefPage | None = None
        self._coverage: CoveragePage | None = None
        self._review: ReviewPage | None = None
        self.taking = Taking(context, self)
        self.libraries = Libraries(opener, context, self.taking, self)
        self._protector = Protector(opener, context, self.libraries, self)
        self._keeper = BackupKeeper(context, self)
        self._backups = Offering(context, self.libraries, self)
        self._arrivals = Arrivals(context, self.taking.importer, self)
        self._left = LIBRARY
        self.setWindowTitle("Briefer")
        self.setAcceptDrops(True)
        self._rail = Rail()
        self.problems = ProblemBar(context)
        self._read_only = ReadOnlyBar(context)
        self._strip = ProgressStrip(context, self.taking.importer)
        self._way_back = WayBack(context)
        self._stack = QStackedWidget()
        self.notice = Notice(self._stack)
        self._welcome = Welcome()
        self._opening = OpeningPage()
        self._stack.addWidget(self._opening)
        self._stack.addWidget(self._welcome)
        self._lay_out()
        self._hint = DropHint(context, self)
        Settler(context)
        self._add_menus()
        self._wire()
        self._refresh_open()
        self._ink()

    def begin(self, library: Path | None, brief: str | None, files: Sequence[Path] = ()) -> None:
        """Open a library after the first paint, the one given or else the one used last, and import files."""
        recent = self._context.settings.recent()
        wanted = library or (recent[0] if recent else None)
        if wanted is None:
            self._show_welcome()
            self.taking.take(files)
        else:
            self.libraries.open(wanted, brief or "", files)

    def show_page(self, number: int) -> None:
        """Show one of the rail's pages."""
        page = {
            LIBRARY: self._library,
            BRIEFS: self._briefs,
            COVERAGE: self._coverage,
            IMPORTS: self._review,
        }[number]
        if page is not None:
            self._way_back.withdraw()
            if page is self._coverage and self._library is not None:
                self._coverage.follow(self._library.search.text)
            self._stack.setCurrentWidget(page)
            self._rail.show_page(number)
            self._menus.let_paste(by_key=number in {LIBRARY, IMPORTS})
            self._name_undo()
            if page is self._library:
                self._library.list.focus()
            elif page is self._review:
                self._review.focus()
            elif page is self._briefs:
                self._briefs.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused(self, event) and not self._menus.tell_of_paste(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        what = what_is_in(event.mimeData()) if event.source() is None else What.NOTHING
        if what is not What.NOTHING:
            accept_copy(event)
            self._hint.appear(what, in_library=self._context.desk is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._hint.hide()
        accept_copy(event)
        self.taking.take_carried(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # what is typed in a field is stored when it is left
        if not self._context.may_leave:
            event.ignore()
            if focused is not None:
                focused.setFocus()
            self._context.leave(self.close)
            return
        self._context.settings.keep_window_state("geometry", self.saveGeometry())
        self.taking.importer.stop_all()
        super().closeEvent(event)

    # --- assembly ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._read_only)
        column.addWidget(self.problems)
        column.addWidget(self._way_back)
        column.addWidget(self._stack, 1)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)
        self._status = StatusLine(self._context, self._strip)
        self.setStatusBar(self._status)
        self.setMinimumSize(860, 560)
        self.resize(_USUAL_SIZE.boundedTo(self.screen().availableSize()))
        state = self._context.settings.window_state("geometry")
        if state is not None:
            self.restoreGeometry(state)
        elif self.size() != _USUAL_SIZE:  # with its frame it would not fit
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _add_menus(self) -> None:
        self._menus = Menus(self, self._context, self.libraries, self.taking)
        dialogs = self._dialogs
        self._menus.add_file(dialogs, self._backups.list_all, self._new_brief)
        self._protector.fill(self._menus.protection)
        self._undo, self._redo = self._menus.add_edit(
            self._undo_last,
            self._redo_last,
            self._find,
            dialogs.edit_vocabulary,
            dialogs.edit_forms,
            dialogs.show_trash,
        )
        self._menus.add_view(self.show_page)
        self._menus.add_help(self._list_commands, dialogs.tell_about)

    def _wire(self) -> None:
        QShortcut(QKeySequence(MENU_KEY), self).activated.connect(open_context_menu)
        context, libraries, welcome = self._context, self.libraries, self._welcome
        context.problem.connect(self._tell)
        context.working.connect(self._wait)
        libraries.indexed.connect(self._opening.advance)
        context.bug.connect(lambda error: BugDialog(error, self).open())
        context.colours_changed.connect(self._ink)
        context.undo_changed.connect(self._name_undo)
        context.desk_changed.connect(self._refresh_open)
        libraries.opened.connect(self.problems.hide)
        libraries.opened.connect(self._enter)
        self._read_only.again_wanted.connect(libraries.open_again)
        libraries.rescued.connect(lambda rescued: RescuedDialog(rescued, self).open())
        libraries.entering.connect(self._leave_for)
        libraries.failed.connect(self._stay)
        context.bug.connect(self._stay)
        for teller in (libraries, self.taking, self._menus):
            teller.told.connect(self._say)
        self._keeper.kept.connect(self._status.show_backup)
        self._keeper.failed.connect(self._status.show_no_backup)
        self._keeper.failed.connect(self._backups.offer_where_damaged)
        self._backups.left.connect(lambda: self._stack.setCurrentWidget(self._opening))
        self._arrivals.settled.connect(self._tell_imported)
        welcome.sample_wanted.connect(libraries.ask_sample)
        welcome.open_wanted.connect(libraries.ask_open)
        welcome.new_wanted.connect(libraries.ask_new)
        welcome.recent_wanted.connect(libraries.open)
        self._stack.currentChanged.connect(lambda _page: self.notice.place())
        self._rail.chosen.connect(self.show_page)
        self._rail.settings_wanted.connect(self._dialogs.edit_settings)

    def _build_pages(self) -> None:
        """Make the pages when the first library is open: the window has been painted by then."""
        from briefer.ui.brief import BriefPage
        from briefer.ui.coverage.page import CoveragePage
        from briefer.ui.intake.page import ReviewPage
        from briefer.ui.library.page import LibraryPage

        self._library = library = LibraryPage(self._context)
        self._briefs = BriefPage(self._context)
        self._coverage = coverage = CoveragePage(self._context)
        self._review = review = ReviewPage(self._context)
        for page in (library, self._briefs, coverage, review):
            self._stack.addWidget(page)
        for door in (library, review):
            door.import_wanted.connect(self.taking.ask_files)
            door.folder_wanted.connect(self.taking.ask_folder)
            door.paste_wanted.connect(self.taking.paste)
        review.keeping_wanted.connect(self.taking.importer.keep)
        review.source_wanted.connect(self._show_excerpt)
        review.library_wanted.connect(partial(self.show_page, LIBRARY))
        review.count_changed.connect(self._rail.show_unreviewed)
        library.sample_wanted.connect(self.libraries.ask_sample)
        library.brief_wanted.connect(self._new_brief)
        library.opening_wanted.connect(self._open_brief)
        library.told.connect(self._say)
        library.foot_changed.connect(self.notice.place)
        coverage.brief_wanted.connect(self._new_brief)
        coverage.excerpts_wanted.connect(self._show_excerpts)
        self._briefs.source_wanted.connect(self._way_back.lead)
        self._way_back.source_wanted.connect(self._show_excerpt)
        self._way_back.back_wanted.connect(partial(self.show_page, BRIEFS))
        self._way_back.on_wanted.connect(library.source.reader.setFocus)
        self._briefs.undo_stack_changed.connect(self._name_undo)
        self._briefs.told.connect(self._say)
        self._briefs.made.connect(lambda: self.show_page(BRIEFS))
        self.menuBar().insertMenu(self._menus.help, self._briefs.text_menu)

    # --- what follows ------------------------------------------------------------------------------------

    def _enter(self, brief: str) -> None:
        if self._library is None:
            self._build_pages()
        assert self._library is not None
        assert self._briefs is not None
        assert self._coverage is not None
        assert self._review is not None
        for page in (self._library, self._coverage, self._review):
            page.enter()
        if brief:
            self.show_page(BRIEFS)
            self._briefs.show_brief(brief)
        else:
            self.show_page(LIBRARY)
            self._library.focus_search()

    def _tell(self, error: KnownError) -> None:
        self.notice.hide()
        self.problems.tell(error)

    def _say(self, text: str) -> None:
        self.problems.hide()
        self.notice.say(text)

    def _wait(self, label: str) -> None:
        """Tell what is under way where no library is shown yet: nothing else can be done meanwhile."""
        if label and (self._context.desk is None or self._stack.currentWidget() is self._opening):
            self._opening.say(label)
            self._stack.setCurrentWidget(self._opening)

    def _leave_for(self, label: str) -> None:
        """Show no library while another one is on its way: what is typed now would go to the wrong one."""
        self._left = max(self._stack.currentIndex() - _PAGES_FROM, LIBRARY)
        self._opening.say(label)
        self._stack.setCurrentWidget(self._opening)

    def _stay(self, _error: BaseException | None = None) -> None:
        if self._context.desk is None:
            self._show_welcome()
        elif self._stack.currentWidget() is self._opening:
            self.show_page(self._left)

    def _show_welcome(self) -> None:
        self._welcome.show_recent(self._context.settings.recent())
        self._rail.show_page(None)
        self._stack.setCurrentWidget(self._welcome)
        self._welcome.focus_sample()

    def _refresh_open(self) -> None:
        desk = self._context.desk
        self._rail.set_open(desk is not None)
        for action in self._menus.in_library:
            action.setEnabled(desk is not None)
        name = desk.library.path.stem if desk else ""
        self.setWindowTitle(fill(self.tr("%1 – Briefer"), name) if name else "Briefer")
        self._name_undo()

    @property
    def _brief_page(self) -> BriefPage | None:
        """The Briefs page, if it is in front."""
        return self._briefs if self._stack.currentWidget() is self._briefs else None

    def _undo_last(self) -> None:
        (self._brief_page or self._context).undo()

    def _redo_last(self) -> None:
        (self._brief_page or self._context).redo()

    def _stack_name(self) -> str:
        return self._brief_page.undo_stack if self._brief_page else LIBRARY_STACK

    def _name_undo(self) -> None:
        stack = self._context.undo_stack(self._stack_name())
        for action, text, label in (
            (self._undo, self.tr("&Undo"), stack.undo_label),
            (self._redo, self.tr("&Redo"), stack.redo_label),
        ):
            action.setText(f"{text}: {label}" if label else text)

    def _ink(self) -> None:
        self._rail.ink(self._context.colours)

    def _find(self) -> None:
        if self._library is not None:
            self.show_page(LIBRARY)
            self._library.focus_search()

    def _open_brief(self, brief_id: str) -> None:
        if self._briefs is not None:
            self.show_page(BRIEFS)
            self._briefs.show_brief(brief_id)

    def _new_brief(self, subjects: tuple[Tag, ...] = ()) -> None:
        if self._briefs is not None:
            self._briefs.new_brief(subjects)

    def _show_excerpts(self, query: str) -> None:
        if self._library is not None:
            self.show_page(LIBRARY)
            self._library.show_query(query)

    def _show_excerpt(self, source_id: str, excerpt_id: str = "") -> None:
        if self._library is not None and source_id:
            self.show_page(LIBRARY)
            self._library.show_source(source_id, excerpt_id)

    def _tell_imported(self, report: ImportReport, review: bool) -> None:
        """Tell what came in, and go where it can be looked at; nobody is torn away from a text in the making."""
        if self._library is None or self._review is None:
            return
        self._review.show_report(report)
        error = next((r.error for r in report.results if r.error), None)
        if len(report.results) == 1 and error is not None:
            self._context.problem.emit(error)
            return
        writing = self._stack.currentWidget() is self._briefs
        told = in_one_line(report)
        self._say(fill(self.tr("%1 (Ctrl+4 reviews them)"), told) if writing else told)
        if not writing and review:
            self.show_page(IMPORTS)
        elif not writing and report.results:
            self.show_page(LIBRARY)
            self._library.show_imported(report)

    def _list_commands(self) -> None:
        library = self._library
        page = self._stack.currentIndex() - _PAGES_FROM + 1 if self._context.desk is not None else None
        reader = library.source.reader if library is self._stack.currentWidget() and library else None
        commands = Commands(self, page, QApplication.focusWidget(), reader)
        self._dialogs.list_commands(commands, self._say)
