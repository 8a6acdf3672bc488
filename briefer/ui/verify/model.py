"""The rows of a verification as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from briefer.domain.findings import Level
from briefer.domain.verification import Row
from briefer.ui.rows import Index, RowsModel
from briefer.ui.theme import Colours
from briefer.ui.verify.words import amount, mark, place, state, subject_name

STATE, SUBJECT, PLACE, TEXT, AMOUNT = range(5)


class VerificationModel(RowsModel):
    """One row a quotation, citation, marking, excerpt or source; those that are as they were can be left out."""

    def __init__(self, colours: Colours, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._all: tuple[Row, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._only_changed = False

    def show_rows(self, rows: tuple[Row, ...], *, only_changed: bool) -> None:
        """Show other rows, all of them or only those that are not as they were."""
        self.beginResetModel()
        self._all = rows
        self._rows = tuple(row for row in rows if row.level is not None) if only_changed else rows
        self.endResetModel()

    def show_only_changed(self, *, only: bool) -> None:
        """Leave those out that are as they were, or show them again."""
        self.show_rows(self._all, only_changed=only)

    def recolour(self, colours: Colours) -> None:
        """Take up the theme."""
        self._colours = colours
        self.layoutChanged.emit()

    def row(self, number: int) -> Row | None:
        """Return what stands in a row, or None."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def count(self) -> int:
        return len(self._rows)

    def headings(self) -> tuple[str, ...]:
        return (self.tr("State"), self.tr("What"), self.tr("Where"), self.tr("Text"), self.tr("Changed"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(row, index.column()) if index.column() != TEXT else None
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == STATE:
            return QColor(self._ink(row.level))
        return None

    @staticmethod
    def _text(row: Row, column: int) -> str:
        texts = {
            STATE: f"{mark(row.level)}  {state(row)}",
            SUBJECT: subject_name(row.subject),
            PLACE: place(row),
            TEXT: " ".join((row.recorded or row.found).split()),
            AMOUNT: amount(row),
        }
        return texts[column]

    def _ink(self, level: Level | None) -> str:
        if level is None:
            return self._colours.theme
        return self._colours.danger if level is Level.RED else self._colours.warning
