"""What is in the trash, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from briefer.domain.trash import Trashed
from briefer.ui.rows import Index, RowsModel
from briefer.ui.trash.words import holds, kind, when


class TrashModel(RowsModel):
    """When it was deleted, its kind and name, what went with it, and who deleted it."""

    things: Sequence[Trashed] = ()

    def show_things(self, things: Sequence[Trashed]) -> None:
        """Show other things."""
        self.beginResetModel()
        self.things = things
        self.endResetModel()

    def count(self) -> int:
        return len(self.things)

    def headings(self) -> tuple[str, ...]:
        return (self.tr("Deleted"), self.tr("Kind"), self.tr("Name"), self.tr("With it"), self.tr("By"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} or not index.isValid():
            return None
        one = self.things[index.row()]
        return (when(one), kind(one), one.label, holds(one), one.who)[index.column()]
