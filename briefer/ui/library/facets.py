"""The tree at the left: how many of the matching excerpts bear each tag; choosing one filters by it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from briefer.domain.queries import Field
from briefer.domain.results import Facets
from briefer.domain.tags import Tag, TagKind
from briefer.ui.context import Context
from briefer.ui.text import fill

_VALUE = Qt.ItemDataRole.UserRole


class FacetTree(QTreeWidget):
    """Partners, Risks, Themes, Free, each with its tags and their counts."""

    toggled = Signal(object, str)
    """The :class:`Field` and the key of a tag that was clicked."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(self.tr("Filters"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(12)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(10)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(1, 46)
        self._groups: dict[Field, QTreeWidgetItem] = {}
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for field, text in (
            (Field.PARTNER, self.tr("Partners")),
            (Field.RISK, self.tr("Risks")),
            (Field.THEME, self.tr("Themes")),
            (Field.FREE, self.tr("Free tags")),
        ):
            group = QTreeWidgetItem([text, ""])
            group.setFont(0, bold)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            group.setExpanded(True)
            self._groups[field] = group
        self.itemClicked.connect(self._toggle)

    def show_facets(self, facets: Facets, asked: tuple[Tag, ...]) -> None:
        """Show other counts; the tags that the query asks for are marked."""
        current = self._value(self.currentItem())
        scrolled = self.verticalScrollBar().value()
        names = {tag.name.casefold() for tag in asked}
        self.setUpdatesEnabled(False)
        for field, counts in (
            (Field.PARTNER, facets.partner),
            (Field.RISK, facets.risk),
            (Field.THEME, facets.theme),
            (Field.FREE, facets.free),
        ):
            group = self._groups[field]
            group.takeChildren()
            group.addChildren(self._entries(field, counts, names))
            group.setHidden(not counts)
        self._choose(current)
        self.verticalScrollBar().setValue(scrolled)
        self.setUpdatesEnabled(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if all(group.isHidden() for group in self._groups.values()):
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._context.colours.text_soft))
            room = self.viewport().rect().adjusted(14, 14, -14, -14)
            painter.drawText(
                room,
                int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap),
                self.tr("Tags of the excerpts found are counted here."),
            )
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._toggle(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _entries(self, field: Field, counts: dict[str, int], asked: set[str]) -> list[QTreeWidgetItem]:
        labelled = [
            (-count, self._context.label(Tag(TagKind(field.value), key)), key)
            for key, count in counts.items()
        ]
        entries = []
        for negative, label, key in sorted(labelled):
            chosen = f"{field}:{key}".casefold() in asked
            entry = QTreeWidgetItem([f"✓ {label}" if chosen else label, f"{-negative:,}"])
            entry.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            entry.setData(0, _VALUE, (field.value, key))
            entry.setToolTip(0, label)
            entry.setForeground(1, QColor(self._context.colours.text_soft))
            entry.setData(
                0, Qt.ItemDataRole.AccessibleTextRole, fill(self.tr("%1, %2 excerpts"), label, -negative)
            )
            entries.append(entry)
        return entries

    def _toggle(self, item: QTreeWidgetItem | None) -> None:
        value = self._value(item)
        if value is not None:
            self.toggled.emit(Field(value[0]), value[1])
        elif item is not None:
            item.setExpanded(not item.isExpanded())

    def _choose(self, value: tuple[str, str] | None) -> None:
        for group in self._groups.values():
            for number in range(group.childCount()):
                child = group.child(number)
                if child is not None and value is not None and self._value(child) == value:
                    self.setCurrentItem(child)

    @staticmethod
    def _value(item: QTreeWidgetItem | None) -> tuple[str, str] | None:
        value = item.data(0, _VALUE) if item is not None else None
        return (str(value[0]), str(value[1])) if value else None
