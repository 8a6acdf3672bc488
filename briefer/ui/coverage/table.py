"""The partner × risk table: model and painting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from briefer.domain.ageing import is_gap
from briefer.domain.dates import in_words
from briefer.domain.results import CoverageCell
from briefer.domain.tags import Tag, TagKind, partner
from briefer.ui.context import Context
from briefer.ui.text import counted, fill
from briefer.ui.theme import blend, readable_on

CELL = Qt.ItemDataRole.UserRole
STALE = Qt.ItemDataRole.UserRole + 1
SHARE = Qt.ItemDataRole.UserRole + 2

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_INSIDE = QPointF(0.5, 0)
_UP = QPointF(0, 0.5)


class CoverageModel(QAbstractTableModel):
    """Rows are partners, those with most excerpts first; columns are risks, in the vocabulary's order."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cells: dict[tuple[str, str], CoverageCell] = {}
        self.partners: tuple[str, ...] = ()
        self.risks: tuple[str, ...] = ()
        self._most = 1
        self._today = date.min

    def show(self, cells: Sequence[CoverageCell], today: date) -> None:
        """Show other counts."""
        self.beginResetModel()
        self._cells = {(cell.partner, cell.risk): cell for cell in cells}
        totals: dict[str, int] = {}
        for cell in cells:
            totals[cell.partner] = totals.get(cell.partner, 0) + cell.count
        self.partners = tuple(sorted(totals, key=lambda key: (-totals[key], key)))
        order = {t.key: n for n, t in enumerate(self._context.vocabulary.terms) if t.kind is TagKind.RISK}
        self.risks = tuple(sorted({c.risk for c in cells}, key=lambda key: (order.get(key, len(order)), key)))
        self._most = max((cell.count for cell in cells), default=1)
        self._today = today
        self.endResetModel()

    @property
    def cells(self) -> tuple[CoverageCell, ...]:
        """The counts that are shown."""
        return tuple(self._cells.values())

    def pair(self, index: _Index) -> tuple[Tag, Tag] | None:
        """Return the partner and the risk of a cell."""
        if not index.isValid():
            return None
        return partner(self.partners[index.row()]), Tag(TagKind.RISK, self.risks[index.column()])

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.partners)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.risks)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._context.label(Tag(TagKind.RISK, self.risks[section]))
        return self._context.label(partner(self.partners[section]))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        pair = self.pair(index)
        cell = self._cells.get((pair[0].key, pair[1].key)) if pair else None
        if pair is None or cell is None:
            return None
        if role == CELL:
            return cell
        if role == STALE:
            return self._is_stale(cell)
        if role == SHARE:
            return float((cell.count / self._most) ** 0.75)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"○ {cell.count:,}" if self._is_stale(cell) else f"{cell.count:,}"
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._in_words(pair, cell)
        return None

    def _is_stale(self, cell: CoverageCell) -> bool:
        return is_gap(cell.newest, self._today)

    def _in_words(self, pair: tuple[Tag, Tag], cell: CoverageCell) -> str:
        count = counted(cell.count, self.tr("1 excerpt"), self.tr("%1 excerpts"))
        language = self._context.language
        newest = in_words(cell.newest, language) if cell.newest else self.tr("n.d.")
        labels = (self._context.label(tag) for tag in pair)
        return fill(self.tr("%1, %2: %3, newest %4"), *labels, count, newest)


class CellDelegate(QStyledItemDelegate):
    """Darker means more; a ring marks what has nothing new."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = self._context.colours
        surface = QColor(colours.surface)
        share = index.data(SHARE)
        ground = surface if share is None else blend(surface, QColor(colours.heat), 0.06 + 0.94 * share)
        rect = QRectF(option.rect)
        painter.save()
        painter.fillRect(rect, ground)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.topRight() - _INSIDE, rect.bottomRight() - _INSIDE)
        painter.drawLine(rect.bottomLeft() - _UP, rect.bottomRight() - _UP)
        if share is not None:
            painter.setPen(readable_on(ground, QColor("#10161f"), QColor("#ffffff")))
            painter.setFont(option.font)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if option.state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected):
            # Two rings, so that one of them is seen on any ground.
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            painter.setPen(QPen(surface, 1))
            painter.drawRect(rect.adjusted(3, 3, -4, -4))
        painter.restore()
