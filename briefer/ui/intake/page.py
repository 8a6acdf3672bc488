"""The place «Imports»: what came in and nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.sources import Source
from briefer.domain.spans import Span
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.ui.context import Context
from briefer.ui.elided import ElidedLabel
from briefer.ui.intake.accepting import Accepting
from briefer.ui.intake.empty import BeingRead, NothingToReview
from briefer.ui.intake.left_out import LeftOutPanel, left_out
from briefer.ui.intake.preview import Preview, PreviewPane, read_preview
from briefer.ui.intake.review_model import ReviewModel
from briefer.ui.intake.review_table import ReviewTable
from briefer.ui.intake.row import Row, corrected, read_rows
from briefer.ui.intake.take_back import TakeBackButton
from briefer.ui.intake.type_in import TypeInDialog
from briefer.ui.panes import beside
from briefer.ui.text import counted

if TYPE_CHECKING:
    from briefer.services.collect import SourceView
    from briefer.services.desk import Desk
    from briefer.services.import_results import ImportReport

_PART = 400
_FOOT_MARGIN = 10


class ReviewPage(QWidget):
    """Table, preview, what was left out, and what can be done with the keyboard alone."""

    import_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()
    keeping_wanted = Signal(object)
    """Paths of files to keep as attachments."""
    source_wanted = Signal(str)
    """The id of a source to read in the Library."""
    library_wanted = Signal()
    """All was reviewed: the sources are to be read."""
    count_changed = Signal(int)
    """How many sources are to be reviewed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._due: dict[str, None] = {}
        self._arrived: frozenset[str] = frozenset()
        self._reading = self._asking = False
        self._round = 0
        self.setObjectName("page")
        self.model = ReviewModel(context, self)
        self.table = ReviewTable(context, self.model)
        self.accepting = Accepting(context, self.model, self.table)
        self.preview = PreviewPane(context)
        self.left_out = LeftOutPanel()
        self._empty, self._wait = NothingToReview(), BeingRead()
        self._lay_out()
        self._wire()

    def enter(self) -> None:
        """Show a library that was just opened."""
        self._round += 1
        self._reading = self._asking = False
        self._arrived = frozenset()
        self._due.clear()
        self._take_back.show_report(None)
        self.left_out.show_files(())
        self.model.show(())
        self._show()
        self._read_waiting()

    def _read_waiting(self) -> None:
        """Read all sources that wait for a person."""
        desk, asked_in = self._context.desk, self._round
        if desk is not None:

            def take(sources: Sequence[Source]) -> None:
                if asked_in == self._round:
                    self._asking = False
                    self._due.update(dict.fromkeys(source.id for source in sources))
                    self._read_due()
                    self._show()

            self._asking = True
            self._show()
            self._context.run(desk.importing.unaccepted, take, failed=self._not_read)

    def show_report(self, report: ImportReport) -> None:
        """Show what an import did not take in, and go to its least sure source."""
        self._take_back.show_report(report)
        self.left_out.show_files(left_out(report))
        self._arrived = frozenset(result.source.id for result in report.results if result.source)
        self._go_to_arrived()
        self._show()

    @property
    def foot(self) -> int:
        """How high the line of keys and buttons at the foot is, also before there are rows for which it is shown."""
        return self._accept.sizeHint().height() + _FOOT_MARGIN

    def focus(self) -> None:
        """Put the focus where the work is."""
        if self.model.rowCount():
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.choose(0)
        elif self._awaited:
            self._wait.setFocus()
        else:
            self._empty.focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_preview()

    # --- assembly ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        panes = ((self.table, 5, 420), (self.preview, 3, 320))
        self._splitter = beside(self._context.settings, "review", panes, (860, 420))
        self._body = QStackedWidget()
        for body in (self._splitter, self._empty, self._wait):
            self._body.addWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, _FOOT_MARGIN)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        layout.addWidget(self._body, 1)
        layout.addLayout(self._foot())
        layout.addWidget(self.left_out)

    def _head(self) -> QHBoxLayout:
        title = QLabel(self.tr("Review imports"))
        title.setProperty("role", "title")
        self._count = ElidedLabel()
        self._count.setProperty("role", "soft")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(title)
        row.addSpacing(6)
        row.addWidget(self._count, 1)
        for text, tip, wanted in (
            (self.tr("Import files…"), self.tr("Ctrl+I, or drop them on the window"), self.import_wanted),
            (self.tr("Import a folder…"), self.tr("With all that is in it"), self.folder_wanted),
            (
                self.tr("Paste"),
                self.tr("What is on the clipboard, as a source (Ctrl+Shift+V)"),
                self.paste_wanted,
            ),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.clicked.connect(wanted)
            row.addWidget(button)
        return row

    def _foot(self) -> QHBoxLayout:
        self._objection = ElidedLabel()
        self._objection.setProperty("role", "error")
        self._objection.hide()
        self._hint = ElidedLabel(
            self.tr(
                "Tab goes to what needs you, F6 to the text  ·  type to edit, Ctrl+Enter accepts  ·  "
                "a date in [brackets] is not stated by the source"
            )
        )
        self._hint.setProperty("role", "soft")
        self._accept = self._button(
            self.tr("Accept"), self.tr("A or Ctrl+Enter"), self.accepting.accept_chosen
        )
        self._accept.setProperty("primary", True)
        self._accept_all = self._button(
            self.tr("Accept all"),
            self.tr("Shift+A or Ctrl+Shift+Enter; can be undone"),
            self.accepting.accept_all,
        )
        self._remove = self._button(self.tr("Remove"), self.tr("Delete; can be undone"), self.remove_chosen)
        self._take_back = TakeBackButton(self._context)
        self._worked_with = (self._accept, self._accept_all, self._remove)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self._worked_with:
            row.addWidget(button)
        row.addSpacing(8)
        for widget in (self._objection, self._hint, self.accepting):
            row.addWidget(widget, 1)
        row.addWidget(self._take_back, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _button(self, text: str, tip: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _wire(self) -> None:
        self._context.changed.connect(self._after)
        self._context.colours_changed.connect(self.table.viewport().update)
        table, preview, empty = self.table, self.preview, self._empty
        table.accept_wanted.connect(self.accepting.accept_chosen)
        table.accept_all_wanted.connect(self.accepting.accept_all)
        self.accepting.told.connect(self._show)
        self.accepting.left.connect(self.focus)
        table.removal_wanted.connect(self.remove_chosen)
        table.current_changed.connect(self._read_preview)
        table.objection.connect(self._object)
        self.model.edited.connect(self._correct)
        preview.reading_wanted.connect(lambda: self.source_wanted.emit(self._current_id()))
        preview.typing_wanted.connect(self.type_in)
        preview.settling_wanted.connect(self._settle)
        preview.setting_aside_wanted.connect(self._set_aside)
        preview.parting_wanted.connect(self._part)
        self.left_out.keeping_wanted.connect(self.keeping_wanted)
        self.left_out.dismissed.connect(self.focus)
        self._take_back.taken_back.connect(self.focus)
        empty.files_wanted.connect(self.import_wanted)
        empty.folder_wanted.connect(self.folder_wanted)
        empty.paste_wanted.connect(self.paste_wanted)
        empty.library_wanted.connect(self.library_wanted)
        # Enter with Ctrl and Delete are the table's too, which keeps them while a field is edited. Letters are for those who
        # are at the table: elsewhere they may be typed in the belief that a field has the focus.
        for place, keys, do in (
            (self, "F6", self._next_pane),
            (table, "A", self.accepting.accept_chosen),
            (table, "Shift+A", self.accepting.accept_all),
            (self.preview, "Ctrl+Return; Ctrl+Enter", self.accepting.accept_chosen),
            (self.preview, "Ctrl+Shift+Return; Ctrl+Shift+Enter", self.accepting.accept_all),
            (self.preview, "Delete", self.remove_chosen),
        ):
            shortcut = QShortcut(place)
            shortcut.setKeys(QKeySequence.listFromString(keys))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # --- what a person does --------------------------------------------------------------------------------

    def remove_chosen(self) -> None:
        """Take the selected sources out of the library."""
        ids, label = self.table.chosen_ids(), self.tr("Remove sources")
        if len(ids) == 1:
            self._change(lambda desk: desk.collect.remove_source(ids[0]))
        elif ids:
            self._change(lambda desk: desk.collect.take_out(ids, label))

    def type_in(self) -> None:
        """Open the dialog for the text of a source that cannot be read."""
        desk, source_id = self._context.desk, self._current_id()
        if desk is None or not source_id:
            return

        def show(view: SourceView) -> None:
            TypeInDialog(self._context, desk, view, self).open()

        self._context.run(lambda: desk.collect.source(source_id), show)

    def _correct(self, source_id: str, field: str, text: str) -> None:
        def work(desk: Desk) -> Change:
            # The library's state, not the table's: an edit just before may still be on its way.
            with desk.library.read() as unit:
                present = unit.sources.get_many([source_id])[source_id]
            return desk.collect.change_source(corrected(present, field, text))

        self._change(work)

    def _settle(self, span: Span) -> None:
        source_id = self._current_id()
        self._answer(lambda desk: desk.collect.settle(source_id, span))

    def _set_aside(self, span: Span) -> None:
        source_id = self._current_id()
        self._answer(lambda desk: desk.collect.turn(source_id, span, body=False))

    def _part(self) -> None:
        source_id = self._current_id()
        self._answer(lambda desk: desk.collect.part(source_id))

    def _answer(self, work: Callable[[Desk], Change]) -> None:
        """Do what a question of the preview was answered with."""
        # The button goes away with its question; Qt would lead to the next one there is, on to «Accept».
        self.table.setFocus()
        self._change(work)

    def _change(self, work: Callable[[Desk], Change]) -> None:
        desk = self._context.desk
        if desk is not None:
            self._context.change(lambda: work(desk))

    def _next_pane(self) -> None:
        panes = [self.table, self.preview.text]
        if self.left_out.isVisible():
            panes.append(self.left_out.table)
        focused = self.focusWidget()
        at = panes.index(focused) if focused in panes else -1
        panes[(at + 1) % len(panes)].setFocus()

    # --- what follows --------------------------------------------------------------------------------------

    def _after(self, change: Change) -> None:
        if Kind.SOURCE in change.kinds:
            self._due.update(dict.fromkeys(change.ids))
            self._read_due()
            if not change.ids:
                self._read_waiting()
            self._show()

    def _read_due(self) -> None:
        """Read what changed, a part at a time.

        One reading follows the other, so that a later state is never overtaken by an earlier one.
        """
        desk = self._context.desk
        if self._reading or not self._due or desk is None:
            return
        ids = frozenset(islice(self._due, _PART))
        for read in ids:
            del self._due[read]
        self._reading, asked_in = True, self._round

        def take(rows: tuple[Row, ...]) -> None:
            if asked_in == self._round:
                self._reading = False
                self._take(ids, rows)
                self._read_due()

        self._context.run(lambda: read_rows(desk, ids), take, failed=self._not_read)

    def _not_read(self, error: KnownError) -> None:
        self._reading = self._asking = False
        self._show()
        self._context.problem.emit(error)

    @property
    def _awaited(self) -> bool:
        """Whether the list is empty only as long as it is being read; one that was just worked off is not."""
        worked_off = self._body.currentWidget() is self._splitter
        return not worked_off and (self._asking or self._reading or bool(self._due))

    def _take(self, ids: frozenset[str], rows: tuple[Row, ...]) -> None:
        place, former = max(0, self.table.currentIndex().row()), self._current_id()
        self.model.update(ids, rows)
        present = self.table.currentIndex()
        less_sure_above = not place and present.row() > 0 and not self.table.is_editing
        if self._current_id() != former or not present.isValid() or less_sure_above:
            self.table.choose(place)
        self._go_to_arrived()
        self._show()
        self._read_preview()

    def _go_to_arrived(self) -> None:
        """Choose, of what the last import brought, the least sure source, once it is in the list."""
        at = next((n for n, row in enumerate(self.model.rows) if row.source.id in self._arrived), None)
        if at is not None and not self.table.is_editing:
            self._arrived = frozenset()
            self.table.choose(at)

    def _show(self) -> None:
        count = self.model.rowCount()
        focused, waited = self.focusWidget(), self._wait.hasFocus()
        worked = focused in (*self._worked_with, *self._splitter.findChildren(QWidget))
        none = self._wait if self._awaited else self._empty
        self._body.setCurrentWidget(self._splitter if count else none)
        if worked and not count:
            self._empty.focus_reading()
        elif waited:
            self.focus()
        self._count.setText(
            counted(count, self.tr("1 source"), self.tr("%1 sources, the least sure first")) if count else ""
        )
        for widget in self._worked_with:
            widget.setVisible(bool(count))
        self._hint.setVisible(bool(count) and not self.accepting.text and not self._objection.text())
        self.count_changed.emit(count)

    def _current_id(self) -> str:
        index = self.table.currentIndex()
        return self.model.rows[index.row()].source.id if index.isValid() else ""

    def _read_preview(self) -> None:
        desk, source_id = self._context.desk, self._current_id()
        if desk is None or not source_id:
            self.preview.show_preview(None)
        elif self.isVisible():
            self._context.run(
                lambda: read_preview(desk, source_id), self._take_preview, latest="review-preview"
            )

    def _take_preview(self, preview: Preview | None) -> None:
        self.preview.show_preview(preview)

    def _object(self, text: str) -> None:
        self._objection.setText(text)
        self._objection.setVisible(bool(text))
        self._show()
