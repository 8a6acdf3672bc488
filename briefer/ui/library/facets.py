"""The tree at the left: how many of the matching excerpts have each tag, publisher, year …; a click ticks one."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from briefer.domain.queries import Field
from briefer.domain.results import Facets
from briefer.ui.context import Context
from briefer.ui.library.facet_kinds import KINDS, FacetKind, kind_label
from briefer.ui.text import fill

_VALUE = Qt.ItemDataRole.UserRole
_FEW = 8
_MOST = 300
"""So many values are listed of a long kind; the filter field finds the others."""
_FOLDED = "facets-folded"
_AROUND_COUNT = 16
"""Pixels beside the longest count."""


class FacetTree(QTreeWidget):
    """The nine kinds, each with its values and their counts. Ticks of a kind widen, kinds narrow."""

    toggled = Signal(object, str)
    """The :class:`Field` and the value that was clicked."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._facets = Facets()
        self._ticked: frozenset[tuple[Field, str]] = frozenset()
        self._full: set[Field] = set()
        self.setAccessibleName(self.tr("Filters"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(12)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(10)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(1, 0)
        self._groups: dict[Field, QTreeWidgetItem] = {}
        self._fields: dict[Field, QLineEdit] = {}
        self._add_groups()
        self.itemClicked.connect(self._act)
        self.itemExpanded.connect(lambda _item: self._keep_folded())
        self.itemCollapsed.connect(lambda _item: self._keep_folded())

    def show_facets(self, facets: Facets, ticked: frozenset[tuple[Field, str]]) -> None:
        """Show other counts; ``ticked`` are the fields and casefolded values that the query asks for."""
        self._facets, self._ticked = facets, ticked
        self._show(KINDS)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if all(group.isHidden() for group in self._groups.values()):
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._context.colours.text_soft))
            room = self.viewport().rect().adjusted(14, 14, -14, -14)
            told = self.tr("Tags, publishers and years of the excerpts found are counted here.")
            painter.drawText(room, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), told)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = next((f for f, typed in self._fields.items() if typed.hasFocus()), None)
        if typing is not None:
            # What the field leaves over: Enter and Down go to what it found.
            first = self._groups[typing].child(1)
            if event.key() == Qt.Key.Key_Down and first is not None:
                self.setFocus()
                self.setCurrentItem(first)
            elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._act(first)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._act(self.currentItem())
        else:
            super().keyPressEvent(event)

    # --- showing -----------------------------------------------------------------------------------------

    def _add_groups(self) -> None:
        kept = self._context.settings.window_state(_FOLDED)
        folded = (
            {k.field.value for k in KINDS if not k.open} if kept is None else set(kept.toStdString().split())
        )
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for kind in KINDS:
            group = QTreeWidgetItem([kind_label(kind.field), ""])
            group.setFont(0, bold)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            group.setExpanded(kind.field.value not in folded)
            group.setHidden(True)
            self._groups[kind.field] = group

    def _show(self, kinds: tuple[FacetKind, ...]) -> None:
        current = self._value(self.currentItem())
        scrolled = self.verticalScrollBar().value()
        self.setUpdatesEnabled(False)
        with QSignalBlocker(self):
            for kind in kinds:
                self._fill(kind)
            self._choose(current)
        self._make_room()
        self.verticalScrollBar().setValue(scrolled)
        self.setUpdatesEnabled(True)

    def _make_room(self) -> None:
        """Give the counts as much room as the greatest takes, and names the rest; it grows only, so that nothing jumps."""
        most = max((count for kind in KINDS for count in kind.of(self._facets).values()), default=0)
        wanted = self.fontMetrics().horizontalAdvance(f"{most:,}") + _AROUND_COUNT
        self.header().resizeSection(1, max(self.header().sectionSize(1), wanted))

    def _fill(self, kind: FacetKind) -> None:
        group = self._groups[kind.field]
        entries = kind.ordered(self._with_ticked(kind), self._context)
        group.setHidden(not entries)
        is_long = len(entries) > _FEW + 1
        if not is_long:
            self._full.discard(kind.field)
        full = kind.field in self._full
        ticks = sum(field is kind.field for field, _value in self._ticked)
        heading = kind_label(kind.field)
        group.setText(0, fill(self.tr("%1  ·  %2 ticked"), heading, ticks) if ticks else heading)
        self._show_field(kind.field, group, shown=full)
        while group.childCount() > full:
            group.takeChild(full)
        group.addChildren([self._entry(kind.field, *entry) for entry in self._listed(kind, entries)])
        if is_long:
            group.addChild(self._more(kind.field, len(entries), full=full))

    def _with_ticked(self, kind: FacetKind) -> dict[str, int]:
        """Return the counts of a kind; what is ticked and finds nothing is there too, to be taken away again."""
        counts = kind.of(self._facets)
        present = {value.casefold() for value in counts}
        missing = (v for field, v in self._ticked if field is kind.field and v not in present)
        return counts | dict.fromkeys(missing, 0)

    def _listed(self, kind: FacetKind, entries: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
        if kind.field in self._full:
            wanted = self._fields[kind.field].text().strip().casefold()
            fitting = [e for e in entries if wanted in e[1].casefold() or wanted in e[0].casefold()]
            return fitting[:_MOST]
        ticked = [e for e in entries[_FEW:] if self._is_ticked(kind.field, e[0])]
        return entries[: _FEW + (len(entries) == _FEW + 1)] + ticked * (len(entries) > _FEW + 1)

    def _show_field(self, field: Field, group: QTreeWidgetItem, *, shown: bool) -> None:
        if shown and field not in self._fields:
            typed = QLineEdit()
            typed.setPlaceholderText(self.tr("Find in this list"))
            typed.setAccessibleName(fill(self.tr("Find in %1"), kind_label(field)))
            typed.setClearButtonEnabled(True)
            place = QTreeWidgetItem()
            place.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.insertChild(0, place)
            place.setFirstColumnSpanned(True)
            self.setItemWidget(place, 0, typed)
            self._fields[field] = typed
            kind = next(k for k in KINDS if k.field is field)
            typed.textChanged.connect(lambda _text: self._show((kind,)))
        elif not shown and field in self._fields:
            self._fields.pop(field)
            group.takeChild(0)

    def _entry(self, field: Field, value: str, label: str, count: int) -> QTreeWidgetItem:
        chosen = self._is_ticked(field, value)
        entry = QTreeWidgetItem([f"✓ {label}" if chosen else label, f"{count:,}"])
        entry.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        entry.setData(0, _VALUE, (field.value, value))
        entry.setToolTip(0, label)
        colours = self._context.colours
        entry.setForeground(1, QColor(colours.text_soft))
        if chosen:
            entry.setForeground(0, QColor(colours.accent_strong))
        told = self.tr("%1, ticked, %2 excerpts") if chosen else self.tr("%1, %2 excerpts")
        entry.setData(0, Qt.ItemDataRole.AccessibleTextRole, fill(told, label, count))
        return entry

    def _more(self, field: Field, total: int, *, full: bool) -> QTreeWidgetItem:
        text = self.tr("Show fewer") if full else fill(self.tr("Show all %1…"), f"{total:,}")
        if full and total > _MOST:
            text = fill(self.tr("Show fewer  ·  %1 in all, type to find"), f"{total:,}")
        more = QTreeWidgetItem([text, ""])
        more.setData(0, _VALUE, (field.value, None))
        more.setForeground(0, QColor(self._context.colours.text_soft))
        return more

    # --- what a person does ------------------------------------------------------------------------------

    def _act(self, item: QTreeWidgetItem | None) -> None:
        value = self._value(item)
        if value is None:
            if item is not None and item.parent() is None:
                item.setExpanded(not item.isExpanded())
            return
        field = Field(value[0])
        if value[1] is not None:
            self.toggled.emit(field, value[1])
            return
        self._full ^= {field}
        self._show(tuple(kind for kind in KINDS if kind.field is field))
        if field in self._fields:
            self._fields[field].setFocus()
            self.scrollToItem(self._groups[field], self.ScrollHint.PositionAtTop)

    def _keep_folded(self) -> None:
        folded = " ".join(field.value for field, group in self._groups.items() if not group.isExpanded())
        self._context.settings.keep_window_state(_FOLDED, QByteArray(folded.encode("ascii")))

    def _is_ticked(self, field: Field, value: str) -> bool:
        return (field, value.casefold()) in self._ticked

    def _choose(self, value: tuple[str, str | None] | None) -> None:
        for group in self._groups.values():
            for number in range(group.childCount()):
                child = group.child(number)
                if child is not None and value is not None and self._value(child) == value:
                    self.setCurrentItem(child)

    @staticmethod
    def _value(item: QTreeWidgetItem | None) -> tuple[str, str | None] | None:
        value = item.data(0, _VALUE) if item is not None else None
        return (str(value[0]), None if value[1] is None else str(value[1])) if value else None
