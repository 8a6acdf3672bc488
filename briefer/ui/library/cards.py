"""Excerpts and sources as cards: one-column tables of fixed row height, painted by delegates.

A table with rows of one height draws a hundred thousand of them as fast as ten; list views measure every row.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from briefer.domain.excerpts import ExcerptKind
from briefer.domain.highlights import highlights
from briefer.domain.queries import Words
from briefer.domain.results import Hit, SourceHit
from briefer.ui.context import Context
from briefer.ui.library.reader_map import shown_text, utf16_length
from briefer.ui.library.results import ITEM, ExcerptModel, SourceModel, meta_of_hit, meta_of_source
from briefer.ui.pills import HEIGHT, paint_pills

_Index = QModelIndex | QPersistentModelIndex
_MARGIN = 4
_PADDING = 12
_LINES = 3
_LEADING = 1.04
_QUOTED = tuple("“‘'\"「『«")
_FITTED = 200
"""Up to so many excerpts, each card is as high as its content."""


class CardView(QTableView):
    """A list of cards. Enter reads the card's source, and so does choosing it."""

    chosen = Signal(object)
    """The item that became current, or None."""
    activated_item = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self, model: ExcerptModel | SourceModel, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._excerpts = model if isinstance(model, ExcerptModel) else None
        self._waiting = False
        self.setProperty("cards", True)
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height // 3)

    def current_item(self) -> Hit | SourceHit | None:
        """Return the item that is current."""
        index = self.currentIndex()
        item = index.data(ITEM) if index.isValid() else None
        return item if isinstance(item, Hit | SourceHit) else None

    def choose_row(self, row: int) -> None:
        """Make a row current and bring it into view."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def fit_all(self) -> None:
        """Give the rows that are read the heights of their content; long lists keep one height for all."""
        self.fit(0, min(self.model().rowCount(), _FITTED) - 1)

    def fit(self, first: int, last: int) -> None:
        """Give some rows the heights of their content."""
        delegate, header = self.itemDelegate(), self.verticalHeader()
        if self.model().rowCount() > _FITTED or not isinstance(delegate, ExcerptDelegate):
            return
        for row in range(first, last + 1):
            hit = self._excerpts.hit(row) if self._excerpts else None
            if hit is not None:
                header.resizeSection(row, delegate.height_of(hit, self.viewport().width(), self.font()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_all()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        item = self.current_item()
        self._waiting = item is None and current.isValid()
        self.chosen.emit(item)

    def take_page(self, first: int, last: int) -> None:
        """Show rows that came in; the current one may have been waited for."""
        self.fit(first, last)
        if self._waiting and first <= self.currentIndex().row() <= last:
            self._waiting = False
            self.chosen.emit(self.current_item())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.current_item()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self.activated_item.emit(item)
        elif event.key() == Qt.Key.Key_Delete and item is not None:
            self.removal_wanted.emit(item)
        else:
            super().keyPressEvent(event)


class _CardDelegate(QStyledItemDelegate):
    """The frame, the text lines and the meta line that both kinds of card have."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, self.height(option.font))

    def height(self, font: QFont) -> int:
        raise NotImplementedError

    def _frame(self, painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
        """Paint the card's ground and border; returns the room inside."""
        colours = self._context.colours
        card = QRectF(option.rect).adjusted(1, _MARGIN, -3, -_MARGIN)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        border = colours.accent_strong if chosen else colours.text_faint if over else colours.line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(border), 2 if chosen else 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(card, 7, 7)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent_strong), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(3, 3, -3, -3), 5, 5)
        return card.adjusted(_PADDING, 8, -_PADDING, -8)

    def _text(
        self, painter: QPainter, at: QRectF, text: str, words: Sequence[Words], lines: int, font: QFont
    ) -> float:
        """Paint some lines of text with the words of the query marked; returns the height that they took."""
        plain = shown_text(text)
        layout = QTextLayout(plain, font)
        layout.setFormats(self._marks(plain, words))
        metrics = QFontMetricsF(font)
        leading = metrics.lineSpacing() * _LEADING
        y = 0.0
        layout.beginLayout()
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(at.width())
            rest = line.textStart() + line.textLength() < utf16_length(plain)
            if number == lines - 1 and rest:
                line.setLineWidth(at.width() - metrics.horizontalAdvance("…"))
                right = line.naturalTextWidth()
                painter.setPen(QColor(self._context.colours.text))
                painter.setFont(font)
                painter.drawText(QPointF(at.x() + right, at.y() + y + line.ascent()), "…")
            line.setPosition(QPointF(0, y))
            y += leading
        layout.endLayout()
        painter.setPen(QColor(self._context.colours.text))
        layout.draw(painter, at.topLeft())
        return y

    def _marks(self, text: str, words: Sequence[Words]) -> list[QTextLayout.FormatRange]:
        made = []
        for span in highlights(text, words) if words else ():
            mark = QTextLayout.FormatRange()
            mark.start = utf16_length(text[: span.start])
            mark.length = utf16_length(text[span.start : span.end])
            style = QTextCharFormat()
            style.setBackground(QColor(self._context.colours.hit))
            style.setForeground(QColor(self._context.colours.hit_text))
            style.setFontWeight(QFont.Weight.DemiBold)
            mark.format = style
            made.append(mark)
        return made

    def _meta(self, painter: QPainter, at: QRectF, text: str, font: QFont) -> float:
        small = small_font(font)
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        painter.setPen(QColor(self._context.colours.text_soft))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, at.width())
        painter.drawText(QRectF(at.x(), at.y(), at.width(), metrics.height() + 2), shown)
        return metrics.height() + 5


class ExcerptDelegate(_CardDelegate):
    """An excerpt: quote, meta line, tags."""

    def height(self, font: QFont) -> int:
        lines = QFontMetricsF(font).lineSpacing() * _LEADING * _LINES
        meta = QFontMetricsF(small_font(font)).height() + 5
        return int(lines + meta + HEIGHT + 2 * _MARGIN + 16 + 6)

    def height_of(self, hit: Hit, width: int, font: QFont) -> int:
        """Return the height of one excerpt's card in a list of that width."""
        layout = QTextLayout(_quote(hit), font)
        room = width - 4 - 2 * _PADDING
        lines = 0
        layout.beginLayout()
        while lines < _LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            lines += 1
        layout.endLayout()
        missing = int(QFontMetricsF(font).lineSpacing() * _LEADING) * (_LINES - lines)
        return self.height(font) - missing - (0 if hit.excerpt.tags else int(HEIGHT) + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        room = self._frame(painter, option)
        hit, model = index.data(ITEM), index.model()
        if isinstance(hit, Hit) and isinstance(model, ExcerptModel):
            y = self._text(painter, room, _quote(hit), model.words, _LINES, option.font)
            y += self._meta(
                painter, room.adjusted(0, y + 2, 0, 0), meta_of_hit(hit, self._context), option.font
            )
            at = QPointF(room.x(), room.y() + y + 3)
            tags = hit.excerpt.tags
            paint_pills(painter, at, room.width(), tags, self._context, small_font(option.font))
        painter.restore()


class SourceDelegate(_CardDelegate):
    """A source: title, meta line."""

    def height(self, font: QFont) -> int:
        lines = QFontMetricsF(font).lineSpacing() * _LEADING * 2
        return int(lines + QFontMetricsF(small_font(font)).height() + 5 + 2 * _MARGIN + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        room = self._frame(painter, option)
        hit, model = index.data(ITEM), index.model()
        if isinstance(hit, SourceHit) and isinstance(model, SourceModel):
            y = self._text(painter, room, hit.source.title, model.words, 2, option.font)
            self._meta(
                painter, room.adjusted(0, y + 2, 0, 0), meta_of_source(hit, self._context), option.font
            )
        painter.restore()


def _quote(hit: Hit) -> str:
    quote = shown_text(hit.excerpt.quote)
    if hit.excerpt.kind is not ExcerptKind.QUOTATION or quote[:1] in _QUOTED:
        return quote
    return f"“{quote}”"


def small_font(font: QFont) -> QFont:
    """Return the font of meta lines and pills."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    return small
