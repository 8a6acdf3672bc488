"""The sections of the open brief as a list that the outline shows, renames and moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from briefer.domain.briefs import Brief, Section
from briefer.domain.findings import Finding, Level
from briefer.domain.forms import GENERATED
from briefer.domain.heading_numbers import filled
from briefer.ui.brief.figures import Figures
from briefer.ui.brief.mime import SECTION, carried, carry
from briefer.ui.text import counted, fill

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class OutlineRole(IntEnum):
    """What the outline's delegate asks for."""

    SECTION = Qt.ItemDataRole.UserRole + 1
    NUMBER = Qt.ItemDataRole.UserRole + 2
    LEVEL = Qt.ItemDataRole.UserRole + 3
    WORDS = Qt.ItemDataRole.UserRole + 4
    BADGE = Qt.ItemDataRole.UserRole + 5
    OVER = Qt.ItemDataRole.UserRole + 6


@dataclass(frozen=True)
class Badge:
    """How many findings are open in a section, and whether one of them is red."""

    count: int
    red: bool


class OutlineModel(QAbstractListModel):
    """Shows sections; what the user wants of them is told by signals and comes back as another brief."""

    rename_wanted = Signal(str, str)
    move_wanted = Signal(str, int)
    """A section's id, and the position in the list before the move that it shall stand before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._numbers: Mapping[str, str] = {}
        self._words: Mapping[str, int] = {}
        self._limits: Mapping[str, int | None] = {}
        self._badges: Mapping[str, Badge] = {}
        self._left_out: set[str] = set()
        self._language = "en"

    def show_brief(
        self, brief: Brief, figures: Figures, limits: Mapping[str, int | None], numbers: Mapping[str, str]
    ) -> None:
        """Show the sections of a brief; rows that only changed are not replaced."""
        self._numbers = numbers
        self._left_out = {s.id for s in brief.sections} - {s.id for s in filled(brief.sections)}
        self._words, self._limits, self._language = figures.words, limits, brief.language
        same = [s.id for s in brief.sections] == [s.id for s in self._sections]
        if same:
            self._sections = brief.sections
            self._tell_all()
        elif not self._moved_into(brief.sections):
            self.beginResetModel()
            self._sections = brief.sections
            self.endResetModel()

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Mark the sections in which the checks found something."""
        badges: dict[str, Badge] = {}
        for finding in findings:
            former = badges.get(finding.section, Badge(0, red=False))
            red = former.red or finding.level is Level.RED
            badges[finding.section] = Badge(former.count + 1, red)
        self._badges = badges
        self._tell_all()

    def section_id(self, row: int) -> str:
        """Return the id of the section in a row, or nothing."""
        return self._sections[row].id if 0 <= row < len(self._sections) else ""

    def row_of(self, section_id: str) -> int:
        """Return the row of a section, or -1."""
        return next((i for i, s in enumerate(self._sections) if s.id == section_id), -1)

    # --- Qt --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._sections)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._sections):
            return None
        section = self._sections[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return section.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(section)
        return self._own(section, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        heading = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not heading:
            return False
        if heading != self._sections[index.row()].heading:
            self.rename_wanted.emit(self.section_id(index.row()), heading)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        return flags | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [SECTION]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return carry(SECTION, self.section_id(indexes[0].row())) if indexes else QMimeData()

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        section_id = carried(data, SECTION)
        if not section_id or self.row_of(section_id) < 0:
            return False
        if row < 0:
            row = parent.row() if parent.isValid() else len(self._sections)
        self.move_wanted.emit(section_id, row)
        # Saying that nothing was taken keeps the view from removing the row: the move has been made.
        return False

    def _own(self, section: Section, role: int) -> Any:
        # Asked for each of them at each painting of each row: only what was asked for is worked out.
        words, limit = self._words.get(section.id, 0), self._limits.get(section.id)
        if role == OutlineRole.SECTION:
            return section.id
        if role == OutlineRole.NUMBER:
            return self._numbers.get(section.id, "")
        if role == OutlineRole.LEVEL:
            return section.level
        if role == OutlineRole.WORDS:
            return self.tr("auto") if section.type in GENERATED else self._counted(words, limit)
        if role == OutlineRole.BADGE:
            return self._badges.get(section.id)
        return bool(limit and words > limit) if role == OutlineRole.OVER else None

    def _counted(self, words: int, limit: int | None) -> str:
        pattern = self.tr("%1 chars") if self._language == "ja" else self.tr("%1 w")
        if not limit:
            return fill(pattern, words) if words else ""
        told = fill(pattern, f"{words}/{limit}")
        return f"▲ {told}" if words > limit else told

    def _told(self, section: Section) -> str:
        """Return number and heading, that an export leaves it out while it is empty, and its length and limit."""
        told = f"{self._numbers.get(section.id, '')} {section.heading}".strip()
        if section.id in self._left_out:
            told = f"{told}\n{self.tr('Empty: exports leave it out, and do not number it.')}"
        words, limit = self._words.get(section.id, 0), self._limits.get(section.id)
        if not limit or section.type in GENERATED:
            return told
        over = fill(self.tr("%1 of at most %2 words"), words, limit)
        if self._language == "ja":
            over = fill(self.tr("%1 of at most %2 characters"), words, limit)
        return f"{told}: {over}"

    def _spoken(self, section: Section) -> str:
        words = self._words.get(section.id, 0)
        told = [f"{self._numbers.get(section.id, '')} {section.heading}".strip()]
        if section.type in GENERATED:
            told.append(self.tr("written by Briefer"))
        else:
            told.append(counted(words, self.tr("1 word"), self.tr("%1 words")))
            limit = self._limits.get(section.id)
            if limit and words > limit:
                told.append(fill(self.tr("too long: at most %1"), limit))
        if section.id in self._left_out:
            told.append(self.tr("left out of exports while it is empty"))
        badge = self._badges.get(section.id)
        if badge is not None:
            told.append(counted(badge.count, self.tr("1 finding"), self.tr("%1 findings")))
        return ", ".join(told)

    def _tell_all(self) -> None:
        if self._sections:
            self.dataChanged.emit(self.index(0), self.index(len(self._sections) - 1))

    def _moved_into(self, wanted: tuple[Section, ...]) -> bool:
        """Show ``wanted`` by inserting or removing one row, or moving a family; whether that was enough."""
        old, new = [s.id for s in self._sections], [s.id for s in wanted]
        gone, come = [i for i in old if i not in new], [i for i in new if i not in old]
        if len(gone) == 1 and not come and [i for i in old if i != gone[0]] == new:
            row = old.index(gone[0])
            self.beginRemoveRows(QModelIndex(), row, row)
            self._sections = wanted
            self.endRemoveRows()
        elif len(come) == 1 and not gone and [i for i in new if i != come[0]] == old:
            row = new.index(come[0])
            self.beginInsertRows(QModelIndex(), row, row)
            self._sections = wanted
            self.endInsertRows()
        elif gone or come or not self._shifted(old, new, wanted):
            return False
        self._tell_all()
        return True

    def _shifted(self, old: list[str], new: list[str], wanted: tuple[Section, ...]) -> bool:
        first = next(i for i, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1])
        for start, to in ((first, None), (old.index(new[first]), first)):
            stop = self._stop_of_run(old, new, start)
            rest = old[:start] + old[stop:]
            target = to if to is not None else new.index(old[start])
            if rest[:target] + old[start:stop] + rest[target:] == new:
                before = target if target < start else target + stop - start
                self.beginMoveRows(QModelIndex(), start, stop - 1, QModelIndex(), before)
                self._sections = wanted
                self.endMoveRows()
                return True
        return False

    @staticmethod
    def _stop_of_run(old: list[str], new: list[str], start: int) -> int:
        stop, at = start + 1, new.index(old[start]) + 1
        while stop < len(old) and at < len(new) and old[stop] == new[at]:
            stop, at = stop + 1, at + 1
        return stop
