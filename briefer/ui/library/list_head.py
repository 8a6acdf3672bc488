"""The row above the list: excerpts or sources, in which groups, in which order."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QToolButton, QWidget

from briefer.domain.results import Sort
from briefer.ui.library.grouping import Grouping

EXCERPTS, SOURCES = range(2)


class ListHead(QWidget):
    """The switch «Excerpts | Sources», the groups, the order."""

    mode_changed = Signal()
    arranged = Signal()
    """Another order or other groups are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(4)
        for number, text in ((EXCERPTS, self.tr("Excerpts")), (SOURCES, self.tr("Sources"))):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            self._mode.addButton(button, number)
            row.addWidget(button)
        self._mode.button(EXCERPTS).setChecked(True)
        row.addStretch(1)
        self.groups = self._choice(
            self.tr("Groups"),
            (
                (Grouping.NONE, self.tr("No groups")),
                (Grouping.SOURCE, self.tr("By source")),
                (Grouping.PUBLISHER, self.tr("By publisher")),
                (Grouping.PARTNER, self.tr("By partner")),
            ),
        )
        self.order = self._choice(
            self.tr("Order"),
            (
                (Sort.NEWEST, self.tr("Newest")),
                (Sort.BEST, self.tr("Best match")),
                (Sort.GRADE, self.tr("Grade")),
                (Sort.SOURCE, self.tr("Publisher")),
            ),
        )
        row.addWidget(self.groups)
        row.addWidget(self.order)
        self._mode.idClicked.connect(lambda _number: self._switch())

    @property
    def shows_sources(self) -> bool:
        """Whether sources are listed."""
        return self._mode.checkedId() == SOURCES

    @property
    def sort(self) -> Sort:
        """The order of the excerpts."""
        return Sort(self.order.currentData())

    @property
    def grouping(self) -> Grouping:
        """What the excerpts are grouped by."""
        return Grouping(self.groups.currentData())

    def show_mode(self, mode: int) -> None:
        """List excerpts, or sources."""
        self._mode.button(mode).setChecked(True)
        self._switch()

    def arrange(self, sort: Sort, grouping: Grouping) -> None:
        """Choose an order and groups."""
        self.order.setCurrentIndex(self.order.findData(sort))
        self.groups.setCurrentIndex(self.groups.findData(grouping))
        self.arranged.emit()

    def _choice(self, name: str, entries: tuple[tuple[Sort | Grouping, str], ...]) -> QComboBox:
        made = QComboBox()
        for value, text in entries:
            made.addItem(text, value)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.activated.connect(lambda _row: self.arranged.emit())
        return made

    def _switch(self) -> None:
        self.groups.setVisible(not self.shows_sources)
        self.order.setVisible(not self.shows_sources)
        self.mode_changed.emit()
