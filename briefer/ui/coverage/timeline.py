"""When the excerpts of a cell were published: one bar a month, or a year where months would be too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from briefer.domain.dates import in_words
from briefer.domain.results import Month
from briefer.ui.context import Context
from briefer.ui.text import counted, fill
from briefer.ui.theme import blend

_MOST_MONTHS = 24
_MOST_YEARS = 60
_WIDEST = 46
_YEAR = 4


@dataclass(frozen=True)
class Bar:
    """A month, a year, or '' for undated, and how many excerpts are of it."""

    when: str
    count: int


def bars_of(months: Iterable[Month]) -> tuple[Bar, ...]:
    """Return bars in order of time, empty ones between, the undated last.

    By month where all dates have one and at most two years lie between the first and the last; by year otherwise.
    """
    counts = Counter({month.month: month.count for month in months})
    undated = counts.pop("", 0)
    dated = sorted(counts)
    by_month = all(len(when) > _YEAR for when in dated)
    if by_month and dated:
        by_month = _number(dated[-1]) - _number(dated[0]) < _MOST_MONTHS
    if not by_month:
        years: Counter[str] = Counter()
        for when, count in counts.items():
            years[when[:_YEAR]] += count
        counts = years
    wanted = _filled(sorted(counts), by_month=by_month)
    bars = tuple(Bar(when, counts[when]) for when in wanted)
    return (*bars, *([Bar("", undated)] if undated else []))


def _number(month: str) -> int:
    return int(month[:_YEAR]) * 12 + int(month[5:7])


def _filled(dated: list[str], *, by_month: bool) -> list[str]:
    """Return months or years with those between them; years that are far apart as they are."""
    if by_month:
        numbers = range(_number(dated[0]), _number(dated[-1]) + 1) if dated else range(0)
        return [f"{(n - 1) // 12:04}-{(n - 1) % 12 + 1:02}" for n in numbers]
    if not dated or int(dated[-1]) - int(dated[0]) >= _MOST_YEARS:
        return dated
    return [f"{year:04}" for year in range(int(dated[0]), int(dated[-1]) + 1)]


class Timeline(QWidget):
    """Bars; a click, or Enter on the one that the arrows are at, shows its excerpts."""

    chosen = Signal(str)
    """The month or year, '' for undated."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._bars: tuple[Bar, ...] = ()
        self._at = 0
        self._over = -1
        self.setFixedHeight(84)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.colours_changed.connect(self.update)

    def show_months(self, months: Iterable[Month]) -> None:
        """Show the months of another cell."""
        self._bars = bars_of(months)
        self._at, self._over = max(0, len(self._bars) - 1), -1
        self._name()
        self.update()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars from the left."""
        return self._bars

    def in_words(self, bar: Bar) -> str:
        """Return «October 2025: 12 excerpts»."""
        when = in_words(bar.when, self._context.language) if bar.when else self.tr("n.d.")
        return fill(self.tr("%1: %2"), when, counted(bar.count, self.tr("1 excerpt"), self.tr("%1 excerpts")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._bars:
            self._at = max(0, min(self._at + step, len(self._bars) - 1))
            self._name()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._bars:
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._number_at(event.position().toPoint())
        if number >= 0:
            self._at = number
            self._choose(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self._number_at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        self.update()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._number_at(event.pos())
            QToolTip.showText(event.globalPos(), self.in_words(self._bars[number]) if number >= 0 else "")
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = self.font()
        small.setPointSizeF(small.pointSizeF() * 0.85)
        painter.setFont(small)
        line = QFontMetricsF(small).height()
        base = self.height() - line - 3
        places = self._places()
        for number, place in enumerate(places):
            self._paint_bar(painter, number, place, line, base)
        self._paint_labels(painter, places, QFontMetricsF(small))
        painter.setPen(QPen(QColor(self._context.colours.line), 1))
        painter.drawLine(0, int(base), self.width(), int(base))
        painter.end()

    def _paint_bar(self, painter: QPainter, number: int, place: QRectF, line: float, base: float) -> None:
        colours, bar = self._context.colours, self._bars[number]
        most = max(one.count for one in self._bars)
        height = max(2.0, (base - line - 2) * bar.count / most) if bar.count else 0.0
        here = self.hasFocus() and number == self._at
        painter.setPen(Qt.PenStyle.NoPen)
        share = 1.0 if here or number == self._over else 0.62
        painter.setBrush(blend(QColor(colours.surface), QColor(colours.heat), share))
        painter.drawRoundedRect(QRectF(place.x() + 1, base - height, place.width() - 2, height), 2, 2)
        if here:
            painter.setPen(QPen(QColor(colours.text), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(place.x(), 1, place.width(), base - 1))
        count = f"{bar.count:,}" if bar.count else ""
        if painter.fontMetrics().horizontalAdvance(count) <= place.width():
            painter.setPen(QColor(colours.text_soft))
            above = QRectF(place.x(), base - height - line, place.width(), line)
            painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), count)

    def _paint_labels(self, painter: QPainter, places: list[QRectF], metrics: QFontMetricsF) -> None:
        """Write below the bars of when they are, as far as there is room."""
        painter.setPen(QColor(self._context.colours.text_soft))
        free = 0.0
        for number, place in enumerate(places):
            label = self._label(number)
            wide = metrics.horizontalAdvance(label)
            left = max(0.0, place.center().x() - wide / 2)
            if left >= free:
                below = QRectF(left, self.height() - metrics.height(), wide + 2, metrics.height())
                painter.drawText(below, int(Qt.TextFlag.TextSingleLine), label)
                free = left + wide + 6

    def _label(self, number: int) -> str:
        bar = self._bars[number]
        if not bar.when:
            return self.tr("n.d.")
        before = self._bars[number - 1].when[:_YEAR] if number else ""
        return bar.when if bar.when[:_YEAR] != before else bar.when[5:7]

    def _places(self) -> list[QRectF]:
        if not self._bars:
            return []
        width = min(_WIDEST, self.width() / len(self._bars))
        edges = [width * number for number in range(len(self._bars) + 1)]
        return [QRectF(left, 0, right - left, self.height()) for left, right in pairwise(edges)]

    def _number_at(self, place: QPoint) -> int:
        for number, rect in enumerate(self._places()):
            if rect.contains(place):
                return number
        return -1

    def _choose(self, number: int) -> None:
        if self._bars[number].count:
            self.chosen.emit(self._bars[number].when)

    def _name(self) -> None:
        told = self.in_words(self._bars[self._at]) if self._bars else ""
        self.setAccessibleName(self.tr("Excerpts by time"))
        self.setAccessibleDescription(told)
