"""The scrolling page of the editor: as little movement as possible, and none that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from itertools import chain

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from briefer.ui.brief.column import Column, Maker
from briefer.ui.brief.moves import RowKey
from briefer.ui.brief.rows import Row

_MARGIN = 12
_SLICE_S = 0.012
_MOST_AT_ONCE = 12
"""So many rows can be filled anew before the window would stand still."""


class RowScroller(QScrollArea):
    """Scrolls a column of rows, and sees that those exist that are in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._prepare = QTimer(self, singleShot=True, interval=0)
        self._prepare.timeout.connect(self._prepare_slice)
        self.verticalScrollBar().valueChanged.connect(self.look)

    def set_rows(self, maker: Maker, keeps: Callable[[Row], bool]) -> Column:
        """Show the rows that ``maker`` makes; to be called once."""
        self.column = Column(maker, keeps)
        self.setWidget(self.column)
        self.column.painted.connect(self.look)
        return self.column

    def look(self) -> None:
        """Make what is in sight, and a little later what is around it."""
        if self.isVisible():
            self.column.show_between(*self._sight())
            if self.column.has_been_seen:
                self._prepare.start(0)

    def renew(self, rows: Sequence[Row], fill: Callable[[Row], None]) -> None:
        """Show in rows what they now say; of many, those out of sight are let go, and made again a little later."""
        top, bottom = self._sight()
        for row in rows:
            place = row.geometry()
            seen = top <= place.bottom() and place.top() <= bottom
            if len(rows) <= _MOST_AT_ONCE or seen or not self.column.let_go(row):
                fill(row)
        if len(rows) > _MOST_AT_ONCE:
            self.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        held = None
        if event.oldSize().width() != event.size().width():
            focus = next((row for row in self.column.rows() if row.is_current), None)
            held = self.anchor(self._present(), focus)
        super().resizeEvent(event)
        self.column.set_least(self.viewport().height())
        self.look()
        if held is not None:
            # Lines break anew at another width; the rows have their heights only after that.
            QTimer.singleShot(0, self, lambda: self.restore(held))

    def _sight(self) -> tuple[int, int]:
        top = self.verticalScrollBar().value()
        return top, top + self.viewport().height()

    def _prepare_slice(self) -> None:
        if not self.isVisible() or not self.column.keys:
            return
        top, bottom = self._sight()
        first = self.column.at(top)
        offset = self.column.top(first) - top
        more = self.column.prepare(top, bottom, _SLICE_S)
        # What was made above may be higher or lower than it was thought to be.
        self.verticalScrollBar().setValue(self.column.top(first) - offset)
        if more:
            self._prepare.start(0)

    def _present(self) -> set[RowKey]:
        return {row.key for row in self.column.rows()}

    @property
    def has_cursor(self) -> bool:
        """Whether the focus is in one of the rows."""
        return self._has_focus(self.column)

    def _has_focus(self, widget: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return isinstance(focus, QWidget) and widget.isAncestorOf(focus)

    def reveal(self, row: Row, part: QRect | None = None) -> None:
        """Scroll as little as needed to see a row, or a part of it."""
        self.column.refit(row)
        area = (part or row.rect()).translated(row.pos())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if area.top() < bar.value() + _MARGIN or area.height() > height - 2 * _MARGIN:
            bar.setValue(area.top() - _MARGIN)
        elif area.bottom() > bar.value() + height - _MARGIN:
            bar.setValue(area.bottom() - height + 2 * _MARGIN)

    def anchor(self, staying: Container[RowKey], first: Row | None) -> tuple[RowKey, int] | None:
        """Return a row in sight that will stay, ``first`` if it can be, and where it stands."""
        top, bottom = self._sight()
        for row in chain([first] if first else [], self.column.rows()):
            place = row.geometry()
            if row.key in staying and top <= place.bottom() and place.top() <= bottom:
                return row.key, place.top() - top
        return None

    def restore(self, anchor: tuple[RowKey, int] | None) -> None:
        """Scroll so that the row of ``anchor`` stands where it stood."""
        self.column.settle()
        place = self.column.place(anchor[0]) if anchor is not None else None
        if anchor is not None and place is not None:
            self.verticalScrollBar().setValue(place.top() - anchor[1])
        self.look()
