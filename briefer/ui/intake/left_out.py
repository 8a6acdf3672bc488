"""The files of an import that were not taken in, each with the reason and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from briefer.services.import_results import ImportStatus
from briefer.ui.problems import message
from briefer.ui.rows import choose_row
from briefer.ui.text import counted

if TYPE_CHECKING:
    from briefer.services.import_results import ImportReport, ImportResult

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW = 28
_MOST_ROWS = 4
# What is not there, holds nothing or is still being written cannot be kept either.
_NOT_KEPT = frozenset(
    {"input-missing", "input-unreadable", "input-empty", "input-too-large", "input-changing", "input-away"}
)


@dataclass(frozen=True)
class LeftOut:
    """One file that was not taken in: why, and whether its bytes could be kept as an attachment."""

    file: str
    reason: str
    refused: bool
    path: Path | None = None


def left_out(report: ImportReport) -> tuple[LeftOut, ...]:
    """Return what an import did not take in: what was refused, then what was there already."""
    found: list[LeftOut] = []
    for result in report.results:
        if result.bulk is not None:
            found += [LeftOut(result.file, message(e), refused=True) for e in result.bulk.refused]
        elif result.status is not ImportStatus.IMPORTED:
            reason = _without_name(message(result.error), result) if result.error else result.reason
            refused = result.status is ImportStatus.REFUSED
            found.append(LeftOut(result.file, reason, refused, _keepable(result)))
    return tuple(sorted(found, key=lambda one: not one.refused))


def _without_name(reason: str, result: ImportResult) -> str:
    """Return a reason without the name that stands beside it."""
    bare = reason.removeprefix(f"{Path(result.file).name}: ")
    return bare[:1].upper() + bare[1:]


def _keepable(result: ImportResult) -> Path | None:
    if result.error is None or result.error.code in _NOT_KEPT or not result.error.code.startswith("input-"):
        return None
    path = Path(result.file)
    return path if path.is_absolute() else None


class LeftOutPanel(QFrame):
    """The list, which can be copied, and the choice to keep a file as an attachment."""

    keeping_wanted = Signal(object)
    """The paths of files to keep as attachments."""
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.model = LeftOutModel(self)
        self.table = _Table()
        self.table.setModel(self.model)
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._keep = QPushButton(self.tr("&Keep as attachment"))
        self._keep.setToolTip(self.tr("Keep the file as a source of which you type the text in"))
        self._copy = QPushButton(self.tr("&Copy the list"))
        self._close = QPushButton(self.tr("&Dismiss"))
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self._heading, 1)
        for button in (self._keep, self._copy, self._close):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.table)
        self._keep.clicked.connect(self._want_keeping)
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self._dismiss)
        self.table.copy_wanted.connect(self.copy_selected)
        self.table.selectionModel().selectionChanged.connect(lambda *_ranges: self._name_buttons())
        self.show_files(())

    def show_files(self, files: Sequence[LeftOut]) -> None:
        """List other files; without any, the panel is hidden."""
        self.model.show(files)
        refused = sum(one.refused for one in files)
        same = len(files) - refused
        parts = []
        if refused:
            parts.append(counted(refused, self.tr("1 file not taken in"), self.tr("%1 files not taken in")))
        if same:
            parts.append(counted(same, self.tr("1 was there already"), self.tr("%1 were there already")))
        self._heading.setText("  ·  ".join(parts))
        self.table.setAccessibleName(self._heading.text() or self.tr("Files not taken in"))
        shown = min(_MOST_ROWS, max(1, len(files)))
        self.table.setFixedHeight(shown * _ROW + 4)
        self.setVisible(bool(files))
        if files:
            self.choose(0)
        self._name_buttons()

    def choose(self, row: int) -> None:
        """Select one file and no other."""
        choose_row(self.table, row)

    def copy(self) -> None:
        """Put the whole list on the clipboard."""
        self._copied(self.model.files)

    def copy_selected(self) -> None:
        """Put the selected lines on the clipboard."""
        self._copied(self._selected())

    def _copied(self, files: Sequence[LeftOut]) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{one.file}\t{one.reason}" for one in files))

    def _selected(self) -> list[LeftOut]:
        numbers = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.files[n] for n in numbers]

    def _want_keeping(self) -> None:
        self.keeping_wanted.emit(tuple(one.path for one in self._selected() if one.path is not None))

    def _dismiss(self) -> None:
        self.show_files(())
        self.dismissed.emit()

    def _name_buttons(self) -> None:
        self._keep.setVisible(any(one.path is not None for one in self._selected()))


class LeftOutModel(QAbstractTableModel):
    """File and reason."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: tuple[LeftOut, ...] = ()

    def show(self, files: Sequence[LeftOut]) -> None:
        """List other files."""
        self.beginResetModel()
        self.files = tuple(files)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.files)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.reason if index.column() else Path(one.file).name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{one.file}\n{one.reason}"
        return None


class _Table(QTableView):
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView:!focus { border: 2px solid transparent; }")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setDefaultSectionSize(240)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)
