"""What is in the trash, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from briefer.domain.trash import Trashed
from briefer.ui.trash.words import holds, kind, when

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TrashModel(QAbstractTableModel):
    """When it was deleted, its kind and name, what went with it, and who deleted it."""

    things: Sequence[Trashed] = ()

    def show_things(self, things: Sequence[Trashed]) -> None:
        """Show other things."""
        self.beginResetModel()
        self.things = things
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.things)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        names = (self.tr("Deleted"), self.tr("Kind"), self.tr("Name"), self.tr("With it"), self.tr("By"))
        return names[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} or not index.isValid():
            return None
        one = self.things[index.row()]
        return (when(one), kind(one), one.label, holds(one), one.who)[index.column()]
