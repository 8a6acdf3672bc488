"""The Coverage page: how many excerpts there are by partner and risk, and where something is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.queries import EVERYTHING, Field, as_typed
from briefer.domain.results import CoverageCell, Facets
from briefer.domain.tags import Role, Tag
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.services.stopping import Stop
from briefer.ui.context import Context
from briefer.ui.coverage.giving import Giving
from briefer.ui.coverage.table import CELL, CellDelegate, CoverageModel
from briefer.ui.coverage.timeline import Timeline
from briefer.ui.elided import ElidedLabel
from briefer.ui.library.query_completion import Offered
from briefer.ui.library.query_text import narrowed, without_field, written
from briefer.ui.library.search_help import SearchHelp
from briefer.ui.problems import message
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.desk import Desk

_BREAKS = re.compile(r"(?<=[\s/-])")  # where a line can end
_ROW = (34, 96)
_COLUMN = (94, 240)
_PARTNER, _PARTNER_PADDING, _PARTNER_SHARE = 150, 24, 6
"""The head of rows: its least width and what is beside the words, in pixels, and the most of the table's width."""


class CoveragePage(QWidget):
    """The table, with what can be done from a cell."""

    excerpts_wanted = Signal(str)
    """A query for the Library."""
    brief_wanted = Signal(object)
    """The tags for a new brief."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._due = True
        self._followed = ""
        self._stop = Stop()
        self.setObjectName("page")
        self.model = CoverageModel(context, self)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setItemDelegate(CellDelegate(context, self))
        self.table.setAccessibleName(self.tr("Excerpts by partner and risk"))
        self.query = QLineEdit()
        self.query.setPlaceholderText(self.tr("Only what matches: after:2025-10 …"))
        self.query.setAccessibleName(self.tr("Only excerpts that match"))
        self.query.setClearButtonEnabled(True)
        self.query.setMinimumWidth(230)
        self.query.setMaximumWidth(330)
        self._objection = QLabel()
        self._objection.setProperty("role", "error")
        self._objection.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._help = SearchHelp(context, self.query)
        self.timeline = Timeline(context)
        self._when = QLabel()
        self._when.setProperty("role", "soft")
        self.giving = Giving(context, self.model, self)
        self._lay_out()
        self._wire()

    def enter(self) -> None:
        """Show a library that was just opened."""
        self.query.clear()
        self._followed = ""
        self._refresh()
        desk = self._context.desk
        if desk is not None:
            self._context.run(lambda: desk.find.facets(EVERYTHING), self._offer, latest="coverage offered")

    def follow(self, text: str) -> None:
        """Count within what the Library searches for; its ticked partners and risks are the table's own."""
        wanted = without_field(without_field(text, Field.PARTNER), Field.RISK).strip()
        if wanted != self._followed:
            self._followed = wanted
            self.query.setText(wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._due:
            self._refresh()
        self.table.setFocus()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Coverage: partner × risk"))
        title.setProperty("role", "title")
        told = self.tr("excerpts  ·  stronger colour = more  ·  ○ nothing newer than 90 days")
        self.giving.title, self.giving.legend = title.text(), told
        legend = ElidedLabel(told)
        legend.setProperty("role", "soft")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(legend, 1)
        head.addWidget(self.query, 1)
        self._nothing = QLabel(
            self.tr(
                "Nothing to show yet: the table counts excerpts that bear a partner and a risk. "
                "Tag excerpts in the Library, or confirm suggestions there."
            )
        )
        self._nothing.setProperty("role", "soft")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self._nothing)
        self._show_button = QPushButton(self.tr("Show excerpts"))
        self._risk_button = QPushButton()
        self._partner_button = QPushButton()
        self._partner_button.setProperty("primary", True)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for button in (self._show_button, self._risk_button, self._partner_button):
            foot.addWidget(button)
        self.told = ElidedLabel("")
        foot.addWidget(self.told, 1)
        foot.addWidget(self.giving.annex)
        foot.addWidget(self.giving.picture)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._objection)
        layout.addWidget(self._body, 1)
        layout.addWidget(self._when)
        layout.addWidget(self.timeline)
        layout.addLayout(foot)

    def _wire(self) -> None:
        context = self._context
        context.changed.connect(self._after)
        context.vocabulary_changed.connect(self._mark_due)
        context.colours_changed.connect(self.table.viewport().update)
        self._timer.timeout.connect(self._refresh)
        self.giving.told.connect(self._tell)
        self.query.textChanged.connect(lambda _text: self._timer.start())
        self.table.selectionModel().currentChanged.connect(lambda *_indexes: self._name_buttons())
        self.table.resized.connect(self._fit)
        self.table.entered_cell.connect(self._show_excerpts)
        self.table.brief_wanted.connect(self._brief_for_partner)
        self.table.doubleClicked.connect(lambda _index: self._show_excerpts())
        self._show_button.clicked.connect(self._show_excerpts)
        self.timeline.chosen.connect(self._show_of)
        self._help.list_wanted.connect(self.table.setFocus)
        self._help.recent_wanted.connect(self.table.setFocus)
        self._help.query_chosen.connect(self.query.setText)
        self._risk_button.clicked.connect(self._brief_on_risk)
        self._partner_button.clicked.connect(self._brief_for_partner)

    def _after(self, change: Change) -> None:
        if change.kinds & {Kind.SOURCE, Kind.EXCERPT, Kind.VOCABULARY}:
            self._mark_due()

    def _mark_due(self) -> None:
        self._due = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        desk, query = self._context.desk, self.query.text()
        if desk is not None:
            self._due = False
            # What was counted for an earlier keystroke would keep this one waiting.
            self._stop.stop()
            self._stop = Stop()
            until = replace(desk, find=desk.find.until(self._stop))
            self._context.run(
                lambda: covered(until, query), self._take, failed=self._object, latest="coverage"
            )

    def _offer(self, facets: Facets) -> None:
        self._help.offered = Offered(self._context.vocabulary, facets)

    def _object(self, error: KnownError) -> None:
        self._objection.setText(message(error))
        self._objection.show()

    def _take(self, cells: Sequence[CoverageCell]) -> None:
        self._objection.hide()
        present = self.table.currentIndex()
        row, column = max(0, present.row()), max(0, present.column())
        self.model.show(cells, datetime.now(UTC).date())
        idle = self.query.hasFocus() and not self.query.isModified()
        self._body.setCurrentWidget(self.table if cells else self._nothing)
        if cells and idle:
            # While there was nothing to show, the focus had gone to the field above.
            self.table.setFocus()
        if cells:
            last_row, last_column = self.model.rowCount() - 1, self.model.columnCount() - 1
            self.table.setCurrentIndex(self.model.index(min(row, last_row), min(column, last_column)))
        self._fit()
        self._name_buttons()

    def _fit(self) -> None:
        """Share the room out between rows and columns, within sizes that can be read."""
        rows = self.model.rowCount()
        if not rows:
            return
        table = self.table
        table.verticalHeader().setFixedWidth(self._partner_width())
        column, head, row = self._sizes(0)
        if row * rows + head > table.contentsRect().height():
            column, head, row = self._sizes(table.verticalScrollBar().sizeHint().width())
        table.verticalHeader().setDefaultSectionSize(row)
        table.horizontalHeader().setDefaultSectionSize(column)
        table.horizontalHeader().setFixedHeight(head)

    def _sizes(self, beside: int) -> tuple[int, int, int]:
        """Return the width of columns and the heights of head and rows, where a scroll bar takes ``beside``."""
        table, rows, columns = self.table, self.model.rowCount(), self.model.columnCount()
        room = table.contentsRect()
        width = (room.width() - table.verticalHeader().width() - 4 - beside) // columns
        column = max(_COLUMN[0], self._widest_word() + 20, min(_COLUMN[1], width))
        head = self._head_height(column)
        return column, head, max(_ROW[0], min(_ROW[1], (room.height() - head - 4) // rows))

    def _partner_width(self) -> int:
        """Return the width of the head of rows: that of the longest partner, where the window has room for it."""
        metrics = self.table.verticalHeader().fontMetrics()
        labels = (
            str(self.model.headerData(n, Qt.Orientation.Vertical)) for n in range(self.model.rowCount())
        )
        widest = max(map(metrics.horizontalAdvance, labels), default=0) + _PARTNER_PADDING
        most = max(_PARTNER, self.table.contentsRect().width() // _PARTNER_SHARE)
        return min(max(_PARTNER, widest), most)

    def _widest_word(self) -> int:
        metrics = self.table.horizontalHeader().fontMetrics()
        labels = (
            str(self.model.headerData(n, Qt.Orientation.Horizontal)) for n in range(self.model.columnCount())
        )
        words = (word for text in labels for word in _BREAKS.split(text))
        return max(map(metrics.horizontalAdvance, words), default=0)

    def _head_height(self, column: int) -> int:
        metrics = self.table.horizontalHeader().fontMetrics()
        wrap = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        heights = (
            metrics.boundingRect(QRect(0, 0, column - 18, 400), wrap, str(text)).height()
            for number in range(self.model.columnCount())
            if (text := self.model.headerData(number, Qt.Orientation.Horizontal))
        )
        return max(heights, default=20) + 16

    def _tell(self, text: str, wrong: bool) -> None:
        self.told.setProperty("role", "error" if wrong else "soft")
        self.told.style().polish(self.told)
        self.told.setText(text)
        self.told.setToolTip(text)

    def _pair(self) -> tuple[Tag, Tag] | None:
        return self.model.pair(self.table.currentIndex())

    def _name_buttons(self) -> None:
        pair = self._pair()
        cell = self._cell()
        for button in (self._show_button, self._risk_button, self._partner_button):
            button.setVisible(pair is not None)
        self._show_button.setEnabled(cell is not None)
        for button in (self.giving.annex, self.giving.picture):
            button.setEnabled(pair is not None)
        self.timeline.setVisible(pair is not None)
        self._when.setVisible(pair is not None)
        self.timeline.show_months(cell.months if cell is not None else ())
        if pair is not None:
            partner, risk = (self._context.label(tag) for tag in pair)
            gap = self.tr("%1, %2: no excerpt. This is a gap.")
            told = gap if cell is None else self.tr("%1, %2: when it was published")
            self._when.setText(fill(told, partner, risk))
            self._risk_button.setText(fill(self.tr("New brief on %1"), risk))
            self._partner_button.setText(fill(self.tr("New brief for %1"), partner))

    def _cell(self) -> CoverageCell | None:
        index = self.table.currentIndex()
        cell = index.data(CELL) if index.isValid() else None
        return cell if isinstance(cell, CoverageCell) else None

    def _show_excerpts(self) -> None:
        self._show()

    def _show_of(self, when: str) -> None:
        self._show(written(Field.DATE, when))

    def _show(self, *more: str) -> None:
        desk, cell, text = self._context.desk, self._cell(), self.query.text()
        if desk is not None and cell is not None:
            self._context.run(
                lambda: query_of(desk, text, cell), lambda query: self._want(narrowed(query, *more))
            )

    def _want(self, query: str) -> None:
        self.excerpts_wanted.emit(query)

    def _brief_on_risk(self) -> None:
        pair = self._pair()
        if pair is not None:
            self.brief_wanted.emit((pair[1],))

    def _brief_for_partner(self) -> None:
        pair = self._pair()
        if pair is not None:
            self.brief_wanted.emit((pair[0],))


def covered(desk: Desk, text: str) -> tuple[CoverageCell, ...]:
    """Count what a query finds by partner and risk (on a worker's thread)."""
    from briefer.services.query_language import parse_query

    return desk.find.coverage(as_typed(parse_query(text), text))


def query_of(desk: Desk, text: str, cell: CoverageCell) -> str:
    """Return the query that finds just the excerpts of a cell (on a worker's thread).

    The table leaves out where a place is only the venue; where that makes a difference, so does the query.
    """
    from briefer.services.query_language import parse_query

    risk = written(Field.RISK, cell.risk)
    query = narrowed(text, written(Field.PARTNER, cell.partner), risk)
    if desk.find.excerpts(as_typed(parse_query(query), query), limit=0).total == cell.count:
        return query
    roles = (role for role in Role if role is not Role.VENUE)
    either = " OR ".join(written(Field.PARTNER, f"{cell.partner}/{role}") for role in roles)
    return narrowed(text, f"({either})", risk)


class _Table(QTableView):
    """The table with its keys. Headers stay in view while the cells scroll."""

    entered_cell = Signal()
    brief_wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        for header in (across, down):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        across.setMinimumSectionSize(40)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setFixedWidth(_PARTNER)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setMinimumSectionSize(20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.brief_wanted if with_control else self.entered_cell).emit()
        else:
            super().keyPressEvent(event)
