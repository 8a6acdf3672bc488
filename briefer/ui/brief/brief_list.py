"""The list of briefs: what the page shows while none is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.results import BriefSummary
from briefer.ui.card import Card
from briefer.ui.rows import Index, RowsModel, RowsView, choose_row
from briefer.ui.text import counted, fill, moment

_NUMBERS = {3, 4}
_SOURCES = 6


class BriefsModel(RowsModel):
    """Briefs, latest change first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._briefs: tuple[BriefSummary, ...] = ()
        self._forms: Mapping[str, str] = {}

    def show_briefs(self, briefs: tuple[BriefSummary, ...], forms: Mapping[str, str]) -> None:
        """Show other briefs; ``forms`` are the names of the forms by id."""
        if (briefs, forms) != (self._briefs, self._forms):
            self.beginResetModel()
            self._briefs, self._forms = briefs, forms
            self.endResetModel()

    def brief(self, row: int) -> BriefSummary | None:
        """Return the brief in a row, or None."""
        return self._briefs[row] if 0 <= row < len(self._briefs) else None

    def row_of(self, brief_id: str) -> int:
        """Return the row of a brief, or -1."""
        return next((i for i, b in enumerate(self._briefs) if b.id == brief_id), -1)

    def count(self) -> int:
        return len(self._briefs)

    def headings(self) -> tuple[str, ...]:
        return (
            self.tr("Title"),
            self.tr("Form"),
            self.tr("Meeting"),
            self.tr("Words"),
            self.tr("Excerpts"),
            self.tr("Changed"),
            self.tr("Sources"),
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return _aligned(section)
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        brief = self.brief(index.row()) if index.isValid() else None
        if brief is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(brief)[index.column()]
        return None

    def _cells(self, brief: BriefSummary) -> tuple[str, ...]:
        return (
            brief.title,
            self._forms.get(brief.form, brief.form),
            brief.meeting_date or "",
            f"{brief.words:,}",
            f"{brief.excerpts:,}",
            moment(datetime.fromisoformat(brief.changed_at)),
            self._fallen(brief),
        )

    def _fallen(self, brief: BriefSummary) -> str:
        parts = [
            fill(self.tr("%1 withdrawn"), brief.withdrawn) if brief.withdrawn else "",
            fill(self.tr("%1 superseded"), brief.superseded) if brief.superseded else "",
        ]
        told = ", ".join(filter(None, parts))
        return f"▲ {told}" if told else ""


def _aligned(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return (side | Qt.AlignmentFlag.AlignVCenter).value


class BriefsView(RowsView):
    """The briefs as rows: Return opens, Delete removes."""

    open_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, model: BriefsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, {}, 0, parent=parent)
        self.verticalHeader().setDefaultSectionSize(38)
        for column in range(1, model.columnCount()):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.doubleClicked.connect(lambda _index: self.open_wanted.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class BriefList(QWidget):
    """Lists briefs; where there are none, says how one is made."""

    open_wanted = Signal(str)
    chosen = Signal()
    """Another row may be the current one."""
    remove_wanted = Signal(str)
    new_wanted = Signal()
    next_wanted = Signal(object)
    """The :class:`BriefSummary` that the next brief is to be made from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = BriefsModel(self)
        self.view = BriefsView(self.model)
        self.view.setAccessibleName(self.tr("Briefs"))
        self.new = QPushButton(self.tr("New brief"))
        self.new.setProperty("primary", True)
        self.new.setToolTip(self.tr("Ctrl+N"))
        self.following = QPushButton(self.tr("Next meeting…"))
        self.following.setToolTip(self.tr("Makes the next brief from the chosen one (Ctrl+Shift+D)"))
        self.following.setShortcut("Ctrl+Shift+D")
        self._told = QLabel()
        self._told.setProperty("role", "soft")
        self.begin = QPushButton(self.tr("Make the first brief"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty_state())
        title = QLabel(self.tr("Briefs"))
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.addWidget(title)
        top.addSpacing(6)
        top.addWidget(self._told, 1)
        top.addWidget(self.following)
        top.addWidget(self.new)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(10)
        box.addLayout(top)
        box.addWidget(self._stack, 1)
        self.new.clicked.connect(self.new_wanted)
        self.following.clicked.connect(self._want_next)
        self.view.selectionModel().currentChanged.connect(lambda *_rows: self.chosen.emit())
        self.view.open_wanted.connect(lambda: self._emit(self.open_wanted))
        self.view.remove_wanted.connect(lambda: self._emit(self.remove_wanted))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.view if self.model.rowCount() else self.begin).setFocus()

    def show_briefs(self, briefs: tuple[BriefSummary, ...], forms: Mapping[str, str]) -> None:
        """Show the briefs of the library."""
        chosen = self.current
        waiting = (self.new.hasFocus() or self.begin.hasFocus()) and not self.model.rowCount()
        # One that undo or the trash brings back is what its person is about to open.
        new = [brief.id for brief in briefs if self.model.row_of(brief.id) < 0]
        if chosen and len(new) == 1:
            chosen = new[0]
        self.model.show_briefs(briefs, forms)
        if briefs:
            choose_row(self.view, max(self.model.row_of(chosen), 0))
        self.view.setColumnHidden(_SOURCES, not any(b.withdrawn or b.superseded for b in briefs))
        self._stack.setCurrentIndex(0 if briefs else 1)
        if waiting and briefs:
            # The list was read only now; keys are for it, not for the button that stood in.
            self.view.setFocus()
        self.following.setVisible(bool(briefs))
        count = counted(len(briefs), self.tr("1 brief"), self.tr("%1 briefs"))
        self._told.setText(count + " · " + self.tr("Enter opens, Delete removes") if briefs else "")

    @property
    def current(self) -> str:
        """The id of the chosen brief, or nothing."""
        brief = self.model.brief(self.view.currentIndex().row())
        return brief.id if brief is not None else ""

    def title_of(self, brief_id: str) -> str:
        """Return the title of a brief that is listed, or nothing."""
        brief = self.model.brief(self.model.row_of(brief_id))
        return brief.title if brief is not None else ""

    def choose(self, brief_id: str) -> None:
        """Choose a brief, and take the focus."""
        row = self.model.row_of(brief_id)
        if row >= 0:
            choose_row(self.view, row)
        self.view.setFocus()

    def _want_next(self) -> None:
        brief = self.model.brief(self.view.currentIndex().row())
        if brief is not None:
            self.next_wanted.emit(brief)

    def _emit(self, signal: Any) -> None:
        brief = self.model.brief(self.view.currentIndex().row())
        if brief is not None:
            signal.emit(brief.id)

    def _empty_state(self) -> QWidget:
        self.begin.clicked.connect(self.new_wanted)
        text = self.tr(
            "A brief is filled from your excerpts: choose what the meeting is about, and each section "
            "gets the excerpts that fit it, quoted and cited."
        )
        return Card(self.tr("No brief yet"), text, self.begin, ())
