"""Paints an excerpt of the tray as a card: words, source line, tags."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefer.domain.tags import Tag
from briefer.ui.brief.tray_model import TrayRole
from briefer.ui.theme import Colours

Index = QModelIndex | QPersistentModelIndex
_PADDING = 12
_GAP = 7
_LINES = 3
_KEPT = 2_000
"""So many texts broken into lines are kept: the rows of several sections."""


class ExcerptDelegate(QStyledItemDelegate):
    """Cards as wide as the list; the words fill three lines at most."""

    def __init__(self, colours: Colours, used_here: str, parent: QObject) -> None:
        super().__init__(parent)
        self.colours = colours
        self._used_here = used_here
        self._broken: dict[tuple[str, str, int], list[str]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        words, small = QFontMetrics(option.font), QFontMetrics(_small(option.font))
        lines = len(self._lines(str(index.data()), option.font, width - 2 * _PADDING - 6))
        tags = small.height() + 11 if index.data(TrayRole.TAGS) else 0
        return QSize(width, 2 * _PADDING + lines * words.lineSpacing() + 4 + small.height() + tags + _GAP)

    def _lines(self, text: str, font: QFont, width: int) -> list[str]:
        # Each row is asked for its height two or three times before it is painted, and at each layout again.
        key = (text, font.key(), width)
        if key not in self._broken:
            if len(self._broken) >= _KEPT:
                self._broken.clear()
            self._broken[key] = _lines(text, font, width)
        return self._broken[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(1, 1, -2, -_GAP)
        self._paint_ground(painter, option, card)
        small = _small(option.font)
        line_height = QFontMetrics(option.font).lineSpacing()
        x, y, width = card.left() + _PADDING, card.top() + _PADDING, card.width() - 2 * _PADDING
        painter.setFont(option.font)
        painter.setPen(QColor(self.colours.text))
        for line in self._lines(str(index.data()), option.font, width):
            painter.drawText(QRect(x, y, width, line_height), Qt.AlignmentFlag.AlignVCenter, line)
            y += line_height
        y += 4
        self._paint_source(painter, QRect(x, y, width, QFontMetrics(small).height()), small, index)
        y += QFontMetrics(small).height() + 6
        self._paint_tags(painter, QRect(x, y, width, QFontMetrics(small).height() + 4), small, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, card: QRect) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = self.colours.accent if focused else self.colours.text_faint if chosen else self.colours.line
        painter.setPen(QPen(QColor(edge), 2 if chosen else 1))
        painter.setBrush(QColor(self.colours.surface))
        painter.drawRoundedRect(card, 7, 7)

    def _paint_source(self, painter: QPainter, box: QRect, font: QFont, index: Index) -> None:
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        publisher, facts = index.data(TrayRole.SOURCE)
        mark = f" · {self._used_here}" if index.data(TrayRole.USED) else ""
        metrics, heavy = QFontMetrics(font), QFontMetrics(strong)
        # Date and grade decide what is chosen: where room is short, the name of the publisher gives way.
        rest = metrics.horizontalAdvance(facts) + heavy.horizontalAdvance(mark)
        name = metrics.elidedText(publisher, Qt.TextElideMode.ElideRight, max(box.width() - rest, 12))
        painter.setPen(QColor(self.colours.text_soft))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name + facts)
        painter.setFont(strong)
        end = box.adjusted(metrics.horizontalAdvance(name + facts), 0, 4, 0)
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter, mark)

    def _paint_tags(self, painter: QPainter, box: QRect, font: QFont, index: Index) -> None:
        painter.setFont(font)
        metrics, x = QFontMetrics(font), box.left()
        tags: list[tuple[Tag, str]] = index.data(TrayRole.TAGS) or []
        for place, (tag, label) in enumerate(tags):
            wide = metrics.horizontalAdvance(label) + 18
            rest = len(tags) - place
            more = metrics.horizontalAdvance(f"+{rest - 1}") + 6 if rest > 1 else 0
            if x + wide + more > box.right():
                painter.setPen(QColor(self.colours.text_soft))
                painter.drawText(
                    QRect(x, box.top(), 40, box.height()), Qt.AlignmentFlag.AlignVCenter, f"+{rest}"
                )
                return
            ink, ground = self.colours.pill(tag.kind)
            pill = QRect(x, box.top(), wide, box.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(ink)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, label)
            x += wide + 6


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(9.5)
    return made


def _lines(text: str, font: QFont, width: int) -> list[str]:
    """Return the lines that ``text`` takes, at most three; the last one ends in … where there is more."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= _LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 40))
        starts.append(line.textStart())
    layout.endLayout()
    data = text.encode("utf-16-le")
    cut = [*starts[:_LINES], len(data) // 2]
    pieces = [data[2 * a : 2 * b].decode("utf-16-le", "ignore") for a, b in pairwise(cut)]
    if len(starts) > _LINES:
        pieces[-1] = QFontMetrics(font).elidedText(pieces[-1], Qt.TextElideMode.ElideRight, width)
    return pieces or [""]
