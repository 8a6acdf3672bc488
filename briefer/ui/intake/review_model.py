"""The table of the sources that nobody has accepted yet."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from briefer.domain.attention import FIELDS
from briefer.ui.context import Context
from briefer.ui.intake.row import Row, corrected, field_text, marked
from briefer.ui.intake.words import (
    FAIRLY_SURE,
    concern_in_words,
    how_in_words,
    kind_in_words,
    language_in_words,
    look_at,
    published_in_words,
    sure_in_words,
)

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_UNSURE = 0.4


class Column(IntEnum):
    """What the columns show."""

    TITLE = 0
    PUBLISHED = 1
    PUBLISHER = 2
    KIND = 3
    LANGUAGE = 4
    PARAGRAPHS = 5
    LOOK_AT = 6
    SURE = 7


FIELD_OF = {Column.TITLE: "title", Column.PUBLISHED: "published", Column.PUBLISHER: "publisher"}
"""The columns that can be edited, with the fields that they show."""
COLUMN_OF = {field: column for column, field in FIELD_OF.items()}


class ReviewModel(QAbstractTableModel):
    """The rows, least sure first when they came in. A row keeps its place while it is corrected."""

    edited = Signal(str, str, str)
    """The id of a source, the field, and what was typed into it."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in their order."""
        return self._rows

    def show(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: row.key)
        self.endResetModel()

    def update(self, ids: Iterable[str], rows: Iterable[Row]) -> None:
        """Take up what has become of some sources: ``rows`` has those of them that are still to be reviewed."""
        fresh = {row.source.id: row for row in rows}
        settled = set(ids) - fresh.keys()
        gone = [n for n, row in enumerate(self._rows) if row.source.id in settled]
        if len(gone) > 1:
            self._replace([row for row in self._rows if row.source.id not in settled])
        elif gone:
            self.beginRemoveRows(QModelIndex(), gone[0], gone[0])
            del self._rows[gone[0]]
            self.endRemoveRows()
        for n, row in enumerate(self._rows):
            if row.source.id in fresh:
                self._put(n, fresh.pop(row.source.id))
        if len(fresh) > 1:
            self._replace(sorted([*self._rows, *fresh.values()], key=lambda row: row.key))
        for row in fresh.values() if len(fresh) == 1 else ():
            at = bisect.bisect(self._rows, row.key, key=lambda other: other.key)
            self.beginInsertRows(QModelIndex(), at, at)
            self._rows.insert(at, row)
            self.endInsertRows()

    def row_of(self, source_id: str) -> int | None:
        """Return the row of a source, or None."""
        return next((n for n, row in enumerate(self._rows) if row.source.id == source_id), None)

    def needs(self, row: int, column: int) -> bool:
        """Whether a cell needs a person."""
        field = FIELD_OF.get(Column(column)) if column >= 0 else None
        return 0 <= row < len(self._rows) and field in self._rows[row].seen.fields

    def needing(self, start: tuple[int, int], step: int) -> QModelIndex:
        """Return the next cell after ``start`` (row, column; ``step`` 1 or -1) that needs a person."""
        row, column = start
        while 0 <= row < len(self._rows):
            wanted = sorted(COLUMN_OF[f] for f in self._rows[row].seen.fields)
            found = [c for c in wanted if (c - column) * step > 0]
            if found:
                return self.index(row, found[0] if step > 0 else found[-1])
            row += step
            column = -1 if step > 0 else len(Column)
        return QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(alignment(Column(section)))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.TITLE: self.tr("Title"),
            Column.PUBLISHED: self.tr("Published"),
            Column.PUBLISHER: self.tr("Publisher"),
            Column.KIND: self.tr("Kind"),
            Column.LANGUAGE: self.tr("Language"),
            Column.PARAGRAPHS: self.tr("¶"),
            Column.LOOK_AT: self.tr("To look at"),
            Column.SURE: self.tr("Sure"),
        }[Column(section)]

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() in FIELD_OF else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column)
        if role == Qt.ItemDataRole.EditRole and column in FIELD_OF:
            return field_text(row.source, FIELD_OF[column])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._more(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {self._shown(row, column)}"
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        field = FIELD_OF.get(Column(index.column()))
        if role != Qt.ItemDataRole.EditRole or field is None:
            return False
        row = self._rows[index.row()]
        changed = corrected(row.source, field, str(value))
        if changed == row.source:
            return False
        self._put(index.row(), marked(row, changed, field))
        self.edited.emit(row.source.id, field, str(value))
        return True

    def _put(self, number: int, row: Row) -> None:
        self._rows[number] = row
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def _replace(self, rows: list[Row]) -> None:
        """Show another list, of which some rows were there already; what was current stays so."""
        self.layoutAboutToBeChanged.emit()
        former = self.persistentIndexList()
        ids = [self._rows[index.row()].source.id for index in former]
        self._rows = rows
        places = {row.source.id: n for n, row in enumerate(rows)}
        self.changePersistentIndexList(
            former,
            [
                self.index(places[source_id], index.column()) if source_id in places else QModelIndex()
                for source_id, index in zip(ids, former, strict=True)
            ],
        )
        self.layoutChanged.emit()

    def painted(self, index: _Index) -> tuple[str, QColor]:
        """Return the text of a cell and its colour."""
        row, column = self._rows[index.row()], Column(index.column())
        return self._shown(row, column), self._ink(row, column)

    def _shown(self, row: Row, column: Column) -> str:
        source = row.source
        match column:
            case Column.TITLE:
                return source.title
            case Column.PUBLISHED:
                return published_in_words(source, self._context)
            case Column.PUBLISHER:
                return source.publisher or self.tr("not stated")
            case Column.KIND:
                return kind_in_words(source)
            case Column.LANGUAGE:
                return language_in_words(source.language, self._context.language)
            case Column.PARAGRAPHS:
                return f"{row.facts.paragraphs:,}"
            case Column.LOOK_AT:
                return look_at(row)
            case Column.SURE:
                return sure_in_words(row.seen.confidence)

    def _ink(self, row: Row, column: Column) -> QColor:
        colours = self._context.colours
        field = FIELD_OF.get(column)
        if field is not None:
            wanted = any(FIELDS.get(concern) == field for concern in row.seen.concerns)
            return _colour(colours.warning if wanted else colours.text)
        if column is Column.SURE:
            sure = row.seen.confidence
            if sure < _UNSURE:
                return _colour(colours.danger)
            return _colour(colours.warning if sure < FAIRLY_SURE else colours.text_soft)
        return _colour(colours.text if column is Column.LOOK_AT else colours.text_soft)

    def _more(self, row: Row, column: Column) -> str:
        shown = self._shown(row, column)
        field = FIELD_OF.get(column)
        how = how_in_words(row.source.how(field)) if field else ""
        written = row.source.published.as_written if column is Column.PUBLISHED else None
        parts = [shown, f"“{written}”" if written and row.source.published.value else "", how]
        if column is Column.LOOK_AT:
            parts = [concern_in_words(concern, row) for concern in row.seen.concerns] or [shown]
        return "\n".join(part for part in parts if part)


@lru_cache(maxsize=32)
def _colour(name: str) -> QColor:
    return QColor(name)


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Return how a column is aligned: numbers at the right."""
    right = column in {Column.PARAGRAPHS, Column.SURE}
    return (
        Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    ) | Qt.AlignmentFlag.AlignVCenter
