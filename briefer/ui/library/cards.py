"""Excerpts and sources painted as cards, and the headings between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from briefer.domain.excerpts import ExcerptKind
from briefer.domain.highlights import highlights
from briefer.domain.queries import Words
from briefer.domain.results import Hit, SourceHit
from briefer.ui.context import Context
from briefer.ui.library.reader_map import shown_text, utf16_length
from briefer.ui.library.results import (
    ITEM,
    ExcerptModel,
    Heading,
    SourceModel,
    meta_of_hit,
    meta_of_source,
)
from briefer.ui.pills import HEIGHT, paint_pills

_Index = QModelIndex | QPersistentModelIndex
_MARGIN = 4
_PADDING = 12
_LINES = 3
_LEADING = 1.04
_QUOTED = tuple("“‘'\"「『«")
HEADING = 34
"""The height of a heading's row, in pixels."""


class _CardDelegate(QStyledItemDelegate):
    """The frame, the text lines and the meta line that both kinds of card have."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.several_chosen = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, self.height(option.font))

    def height(self, font: QFont) -> int:
        raise NotImplementedError

    def _frame(self, painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
        """Paint the card's ground and border; returns the room inside."""
        colours = self._context.colours
        card = QRectF(option.rect).adjusted(1, _MARGIN, -3, -_MARGIN)
        chosen = bool(option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus))
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        border = colours.accent_strong if chosen else colours.text_faint if over else colours.line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(border), 2 if chosen else 1))
        several = chosen and self.several_chosen
        painter.setBrush(QColor(colours.selection if several else colours.surface))
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
        hit, model = index.data(ITEM), index.model()
        if isinstance(hit, Heading):
            self._heading(painter, option, hit)
            painter.restore()
            return
        room = self._frame(painter, option)
        if hit is None:
            self._blank(painter, room)
        if isinstance(hit, Hit) and isinstance(model, ExcerptModel):
            y = self._text(painter, room, _quote(hit), model.words, _LINES, option.font)
            y += self._meta(
                painter, room.adjusted(0, y + 2, 0, 0), meta_of_hit(hit, self._context), option.font
            )
            at = QPointF(room.x(), room.y() + y + 3)
            tags = hit.excerpt.tags
            paint_pills(painter, at, room.width(), tags, self._context, small_font(option.font))
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, heading: Heading) -> None:
        colours = self._context.colours
        room = QRectF(option.rect).adjusted(4, 2, -8, -2)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(room.adjusted(-2, 1, 4, -1), 5, 5)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        count = f"{heading.count:,}"
        left = room.width() - QFontMetricsF(option.font).horizontalAdvance(count) - 12
        text = f"{'▸' if heading.folded else '▾'}  {heading.label}"
        painter.setPen(QColor(colours.text))
        painter.setFont(bold)
        shown = QFontMetricsF(bold).elidedText(text, Qt.TextElideMode.ElideRight, left)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setPen(QColor(colours.text_soft))
        painter.setFont(option.font)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), count)

    def _blank(self, painter: QPainter, room: QRectF) -> None:
        """Paint lines in place of an excerpt that is still being read."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._context.colours.surface_low))
        for number, share in enumerate((1.0, 0.8, 0.45)):
            painter.drawRoundedRect(
                QRectF(room.x(), room.y() + 4 + 22 * number, room.width() * share, 11), 4, 4
            )


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
