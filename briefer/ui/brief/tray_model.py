"""The excerpts that fit the current section, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from briefer.domain.results import Hit
from briefer.domain.tags import Tag, Vocabulary
from briefer.ui.brief.figures import date_label, publisher
from briefer.ui.brief.mime import EXCERPT, carry

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TrayRole(IntEnum):
    """What the tray's delegate asks for."""

    HIT = Qt.ItemDataRole.UserRole + 1
    SOURCE = Qt.ItemDataRole.UserRole + 2
    TAGS = Qt.ItemDataRole.UserRole + 3
    USED = Qt.ItemDataRole.UserRole + 4


class TrayModel(QAbstractListModel):
    """Excerpts with their source line and tags; ``used`` are those of the brief already."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self._used: frozenset[str] = frozenset()
        self._vocabulary = Vocabulary()
        self._language = "en"

    def show_hits(self, hits: Sequence[Hit], vocabulary: Vocabulary, language: str) -> None:
        """Show other excerpts."""
        self._vocabulary, self._language = vocabulary, language
        if tuple(hits) == self._hits:
            self._tell_all()
            return
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def show_used(self, used: frozenset[str]) -> None:
        """Mark the excerpts that the brief uses."""
        if used != self._used:
            self._used = used
            self._tell_all()

    def hit(self, row: int) -> Hit | None:
        """Return the excerpt in a row, or None."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def find(self, excerpt_id: str) -> Hit | None:
        """Return the excerpt of that id, if it is shown."""
        return next((h for h in self._hits if h.excerpt.id == excerpt_id), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit(index.row()) if index.isValid() else None
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.excerpt.quote
        if role == Qt.ItemDataRole.ToolTipRole:
            how = self.tr("Drag: a quotation. Drag with Ctrl or Alt: a sentence that cites it.")
            return "\n".join(filter(None, (hit.excerpt.comment, how)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            used = self.tr("used here") if hit.excerpt.id in self._used else ""
            tags = ", ".join(label for _tag, label in self._labels(hit))
            return ". ".join(filter(None, (hit.excerpt.quote, publisher(hit) + self._facts(hit), tags, used)))
        answers = {
            TrayRole.HIT: hit,
            TrayRole.SOURCE: (publisher(hit), self._facts(hit)),
            TrayRole.TAGS: self._labels(hit),
            TrayRole.USED: hit.excerpt.id in self._used,
        }
        return answers.get(role)  # type: ignore[call-overload]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        return [EXCERPT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        hit = self.hit(indexes[0].row()) if indexes else None
        return carry(EXCERPT, hit.excerpt.id, hit.excerpt.quote) if hit else QMimeData()

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def _facts(self, hit: Hit) -> str:
        return f" · {date_label(hit, self._language)} · {hit.source.reliability}{hit.excerpt.credibility}"

    def _labels(self, hit: Hit) -> list[tuple[Tag, str]]:
        return [(tag, self._vocabulary.label(tag, self._language)) for tag in hit.excerpt.tags]

    def _tell_all(self) -> None:
        if self._hits:
            self.dataChanged.emit(self.index(0), self.index(len(self._hits) - 1))
