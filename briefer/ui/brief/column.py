"""The column of rows in the editor: keeps them in order, and takes what is dropped between them.

Only the rows about what is in sight exist, so that a brief may be as long as it likes; for the others a height is kept,
measured when they last existed, or guessed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from briefer.ui.brief.mime import BLOCK, EXCERPT, carried
from briefer.ui.brief.moves import RowKey
from briefer.ui.brief.places import Places
from briefer.ui.brief.rows import GUTTER, Row

_LEFT, _TOP, _RIGHT, _BOTTOM = 10, 12, 22, 120
_GAP = 7
_AROUND, _KEPT = 48, 64
"""How many rows are made ahead on either side of those in sight, and how many are kept there."""
_MOST_AT_ONCE = 12
"""So many rows can be given another width before the window would stand still."""
_UNKNOWN = 20_000
"""How high it is before it has rows: then the page has its bar already that most briefs need, and rows keep their width."""
_LETTERS, _POINTS = 90, 11.5
"""A line is no longer than so many letters of the texts' size, as on a page: longer ones are hard to follow."""
_ALPHABET = "the quick brown fox jumps over the lazy dog and runs on"


class Maker(Protocol):
    """Makes the rows of a column."""

    def make(self, key: RowKey, width: int) -> Row: ...

    def guesses(self, keys: Iterable[RowKey], width: int) -> Iterable[int]:
        """Return about how high rows will be, in pixels."""
        ...


class Column(QWidget):
    """Rows from top to bottom. Drops are told by the row that they fall before (None: after the last)."""

    excerpt_dropped = Signal(str, object, bool)
    """The excerpt's id, the row, and whether it shall become a cited sentence rather than a quotation."""
    block_dropped = Signal(str, object)
    painted = Signal()
    """Its rows are in sight for the first time."""

    def __init__(self, maker: Maker, keeps: Callable[[Row], bool]) -> None:
        """``keeps`` says whether a row must stay though it is out of sight."""
        super().__init__()
        self.setObjectName("column")
        self.setAcceptDrops(True)
        self._maker = maker
        self._keeps = keeps
        self._mark: int | None = None
        # A widget: what is painted here lies below the rows.
        self._hint = QLabel(self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.setObjectName("drop")
        self._hint.hide()
        self._mark_colour = QColor()
        self._keys: list[RowKey] = []
        self._index: dict[RowKey, int] = {}
        self._rows: dict[RowKey, Row] = {}
        self._heights: dict[RowKey, int] = {}
        self._places = Places(_TOP, _GAP)
        self._stale = False
        self._seen = False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.settle)
        self._least = 0
        self._arranged = False
        font = QFont(self.font())
        font.setPointSizeF(_POINTS)
        letter = QFontMetricsF(font).horizontalAdvance(_ALPHABET) / len(_ALPHABET)
        self._widest = GUTTER + round(_LETTERS * letter)
        self._put()

    def set_mark_colour(self, colour: QColor) -> None:
        """Set the colour of the line that shows where a drop will fall."""
        self._mark_colour = colour

    def set_least(self, height: int) -> None:
        """Be at least so high: what is in sight of the page."""
        self._least = height
        self._put()

    # --- rows ------------------------------------------------------------------------------------------

    @property
    def has_been_seen(self) -> bool:
        """Whether its rows have been painted."""
        return self._seen

    @property
    def keys(self) -> Sequence[RowKey]:
        """All rows in order, whether they exist or not."""
        return self._keys

    def rows(self) -> list[Row]:
        """Return the rows that exist, in order."""
        return [self._rows[key] for key in sorted(self._rows, key=self._index.__getitem__)]

    def existing(self, key: RowKey | None) -> Row | None:
        """Return a row if it exists."""
        return self._rows.get(key) if key is not None else None

    def row(self, key: RowKey) -> Row:
        """Return a row, which is made if it does not exist."""
        row = self._rows.get(key)
        if row is None:
            row = self._make(self._index[key])
            self._put()
        return row

    def rename(self, former: RowKey, key: RowKey) -> None:
        """Let an existing row stand for another key from now on."""
        self._rows[key] = self._rows.pop(former)
        index = self._index[key] = self._index.pop(former)
        self._keys[index] = key
        self._heights[key] = self._heights.pop(former)

    def arrange(self, keys: Sequence[RowKey]) -> None:
        """Show exactly these rows, in this order; those that exist and stay are not touched."""
        if self._arranged and self._keys == keys:
            return
        self._arranged = True
        self._keys = list(keys)
        self._index = {key: index for index, key in enumerate(self._keys)}
        for key in [key for key in self._rows if key not in self._index]:
            self._drop(key)
        self._reckon()

    def settle(self) -> None:
        """Give the rows their places now, not when Qt comes round to it."""
        if self._stale:
            self._stale = False
            for row in self._rows.values():
                self._measure(row)
        self._put()

    def refit(self, row: Row) -> None:
        """Give a row the height that it now needs."""
        if self._measure(row):
            self._put()

    def let_go(self, row: Row) -> bool:
        """Let a row go until it is wanted again, unless it must stay; whether it has gone."""
        if self._keeps(row):
            return False
        self._drop(row.key)
        return True

    # --- what is in sight ------------------------------------------------------------------------------

    def at(self, y: int) -> int:
        """Return the index of the first row that ends at ``y`` or below."""
        return min(self._places.at(y), len(self._keys) - 1)

    def top(self, index: int) -> int:
        """Return where a row begins."""
        return self._places.top(index)

    def place(self, key: RowKey) -> QRect | None:
        """Return where a row stands, or None if there is no such row."""
        index = self._index.get(key)
        return None if index is None else self._place(index)

    def show_between(self, top: int, bottom: int) -> None:
        """Make the rows that lie between two heights."""
        index, made = self._places.at(top), False
        while index < len(self._keys) and self._places.top(index) < bottom:
            if self._keys[index] not in self._rows:
                self._make(index)
                made = True
            index += 1
        if made:
            self._put()

    def prepare(self, top: int, bottom: int, seconds: float) -> bool:
        """Make rows around those between two heights, and let go of those far off; whether more are to be made."""
        until = time.perf_counter() + seconds
        first, last = self._places.at(top), self._places.at(bottom)
        missing = [
            index for index in _outwards(first, last, len(self._keys)) if self._keys[index] not in self._rows
        ]
        for number, index in enumerate(missing):
            if time.perf_counter() >= until:
                self._put()
                return number < len(missing)
            self._make(index)
        for key in [key for key, row in self._rows.items() if not self._keeps(row)]:
            if not first - _KEPT <= self._index[key] <= last + _KEPT:
                self._drop(key)
        self._put()
        return False

    # --- places ----------------------------------------------------------------------------------------

    @property
    def row_width(self) -> int:
        """How wide a row is."""
        return min(self.width() - _LEFT - _RIGHT, self._widest)

    @property
    def _left(self) -> int:
        """Where rows begin: where there is more room than they need, they stand in its middle."""
        return max(_LEFT, (self.width() - self.row_width) // 2)

    def _make(self, index: int) -> Row:
        key = self._keys[index]
        row = self._rows[key] = self._maker.make(key, self.row_width)
        if row.parent() is not self:
            row.setParent(self)
        row.setGeometry(self._place(index))
        row.show()
        self._measure(row)
        return row

    def _drop(self, key: RowKey) -> None:
        row = self._rows.pop(key)
        row.hide()
        row.deleteLater()

    def _reckon(self) -> None:
        new = [key for key in self._keys if key not in self._heights]
        self._heights.update(zip(new, self._maker.guesses(new, self.row_width), strict=True))
        self._places.set_heights(self._heights[key] for key in self._keys)
        self._stale = True
        self.settle()

    def _measure(self, row: Row) -> bool:
        """Take note of a row's height; whether it is another."""
        height = row.fitted(self.row_width)
        former, self._heights[row.key] = self._heights[row.key], height
        self._places.change(self._index[row.key], height)
        return height != former

    def _place(self, index: int) -> QRect:
        return QRect(self._left, self._places.top(index), self.row_width, self._places.height(index))

    def _put(self) -> None:
        for key, row in self._rows.items():
            place = self._place(self._index[key])
            if row.geometry() != place:
                row.setGeometry(place)
        height = self._places.bottom + _BOTTOM if self._arranged else _UNKNOWN
        self.setMinimumHeight(height)
        self.resize(self.width(), max(height, self._least))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            # Several rows ask at once while rows are made.
            self._stale = True
            self._later.start()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        rows = next(iter(self._rows.values()), None)
        if rows is not None and rows.width() == self.row_width:
            self._put()
        elif event.oldSize().width() != event.size().width():
            self._let_go_unseen()
            self._heights = {key: self._heights[key] for key in self._rows}
            self._reckon()

    def _let_go_unseen(self) -> None:
        """Of many rows let those out of sight go: to break the lines of all anew would keep the window waiting."""
        seen = self.visibleRegion().boundingRect()
        if len(self._rows) <= _MOST_AT_ONCE or seen.isEmpty():
            return
        for row in list(self._rows.values()):
            if not seen.intersects(row.geometry()):
                self.let_go(row)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        # The rows are not made in the order in which they stand, and those to come may not exist yet.
        focus = QApplication.focusWidget()
        here = next_row = None
        for row in self._rows.values():
            if row is focus or (focus is not None and row.isAncestorOf(focus)):
                here = self._index[row.key]
        if here is None:
            return super().focusNextPrevChild(next)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        step = 1 if next else -1
        at = here + step
        while 0 <= at < len(self._keys):
            next_row = self.row(self._keys[at])
            if next_row.takes_focus:
                next_row.content.setFocus(reason)
                return True
            at += step
        return super().focusNextPrevChild(next)

    def _before(self, y: int) -> RowKey | None:
        """Return the row before which a drop at ``y`` falls; None after the last."""
        index = self._places.at(y)
        if index < len(self._keys) and y >= self._place(index).center().y():
            index += 1
        return self._keys[index] if index < len(self._keys) else None

    # --- drops -----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(EXCERPT) or event.mimeData().hasFormat(BLOCK):
            event.acceptProposedAction()
            self._show_mark(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()
        self._show_mark(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hide_mark()

    def dropEvent(self, event: QDropEvent) -> None:
        self._hide_mark()
        key = self._before(event.position().toPoint().y())
        if excerpt := carried(event.mimeData(), EXCERPT):
            event.acceptProposedAction()
            self.excerpt_dropped.emit(excerpt, key, _as_sentence(event))
        elif block := carried(event.mimeData(), BLOCK):
            event.acceptProposedAction()
            self.block_dropped.emit(block, key)

    def _hide_mark(self) -> None:
        self._mark = None
        self._hint.hide()
        self.update()

    def _show_mark(self, event: QDropEvent) -> None:
        key = self._before(event.position().toPoint().y())
        self._mark = self._place(self._index[key]).top() - 4 if key is not None else self._places.bottom + 4
        self._hint.setVisible(event.mimeData().hasFormat(EXCERPT))
        if _as_sentence(event):
            self._hint.setText(self.tr("A sentence that cites it"))
        else:
            self._hint.setText(self.tr("Quotation (with Ctrl or Alt: a sentence that cites it)"))
        self._hint.adjustSize()
        # At the right, where the fewest words are: headings and last lines begin at the left.
        right, above = self._left + self.row_width, self._mark - self._hint.height() - 2
        self._hint.move(right - self._hint.width(), above if above >= 0 else self._mark + 4)
        self._hint.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._seen:
            self._seen = True
            # The rows are painted after this, before Qt comes round to anything else.
            QTimer.singleShot(0, self, self.painted.emit)
        if self._mark is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._mark_colour)
        left = self._left + GUTTER
        painter.drawRoundedRect(left, self._mark - 1, self.row_width - GUTTER, 3, 1.5, 1.5)


def _outwards(first: int, last: int, count: int) -> Iterator[int]:
    """Yield the rows from ``first`` to ``last``, then those around them, the nearest first."""
    yield from range(first, min(last + 1, count))
    for step in range(1, _AROUND + 1):
        yield from (index for index in (last + step, first - step) if 0 <= index < count)


def _as_sentence(event: QDropEvent) -> bool:
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & wanted)
