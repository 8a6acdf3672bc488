"""The scrolling page of the editor: as little movement as possible, and none that nobody asked for."""

from __future__ import annotations

from collections.abc import Container
from itertools import chain

import shiboken6
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from briefer.ui.brief.column import Column
from briefer.ui.brief.moves import RowKey
from briefer.ui.brief.rows import Row

_MARGIN = 12


class RowScroller(QScrollArea):
    """Scrolls a column of rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column = Column()
        self.setWidget(self.column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        held = None
        if event.oldSize().width() != event.size().width():
            focus = next((row for row in self.column.rows() if row.is_current), None)
            held = self.anchor(self._present(), focus)
        super().resizeEvent(event)
        if held is not None:
            # Lines break anew at another width; the rows have their heights only after that.
            QTimer.singleShot(0, self, lambda: self.restore(held))

    def _present(self) -> set[RowKey]:
        return {row.key for row in self.column.rows()}

    @property
    def has_cursor(self) -> bool:
        """Whether the focus is in one of the rows."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QWidget) and self.column.isAncestorOf(focus)

    def reveal(self, row: Row, part: QRect | None = None) -> None:
        """Scroll as little as needed to see a row, or a part of it."""
        self.column.settle()
        area = (part or row.rect()).translated(row.pos())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if area.top() < bar.value() + _MARGIN or area.height() > height - 2 * _MARGIN:
            bar.setValue(area.top() - _MARGIN)
        elif area.bottom() > bar.value() + height - _MARGIN:
            bar.setValue(area.bottom() - height + 2 * _MARGIN)

    def anchor(self, staying: Container[RowKey], first: Row | None) -> tuple[Row, int] | None:
        """Return a row in sight that will stay, ``first`` if it can be, and where it stands."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for row in chain([first] if first else [], self.column.rows_from(top)):
            place = row.geometry()
            if row.key in staying and top <= place.bottom() and place.top() <= bottom:
                return row, place.top() - top
        return None

    def restore(self, anchor: tuple[Row, int] | None) -> None:
        """Scroll so that the row of ``anchor`` stands where it stood."""
        self.column.settle()
        if anchor is not None and shiboken6.isValid(anchor[0]):
            row, offset = anchor
            self.verticalScrollBar().setValue(row.y() - offset)
