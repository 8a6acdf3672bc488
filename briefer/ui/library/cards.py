"""Excerpts and sources painted as cards, and the headings between them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from briefer.domain.excerpts import ExcerptKind
from briefer.domain.highlights import highlights
from briefer.domain.queries import Words
from briefer.domain.results import Hit, SourceHit
from briefer.ui.context import Context
from briefer.ui.library.in_words import meta_of_hit, meta_of_source, publisher_of
from briefer.ui.library.reader_map import shown_text, utf16_length
from briefer.ui.library.results import (
    ITEM,
    ExcerptModel,
    Heading,
    SourceModel,
)
from briefer.ui.pills import HEIGHT, paint_pills
from briefer.ui.theme import Colours

_Index = QModelIndex | QPersistentModelIndex
_MARGIN = 4
_PADDING = 12
_LINES = 3
_LEADING = 1.04
_QUOTED = tuple("“‘'\"「『«")
_SEEN, _BEFORE, _CUT = 130, 40, 400
"""Characters: those that a card shows in any case, those shown before the first word sought, the most of all."""
_PUBLISHER = 48
"""So many pixels a publisher's name keeps in any case."""
_FIRST_WIDE = "\u2e80"
_KEPT = 96
_SHOWN = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver
HEADING = 34
"""The height of a heading's row, in pixels."""


class _CardDelegate(QStyledItemDelegate):
    """The frame, the text lines and the meta line that both kinds of card have."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.several_chosen = False
        self._painted: OrderedDict[tuple[int, ...], tuple[object, QPixmap]] = OrderedDict()
        self._painted_with: tuple[object, object] = ((), None)
        context.vocabulary_changed.connect(self._painted.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item, model = index.data(ITEM), index.model()
        painter.save()
        if isinstance(item, Heading):
            paint_heading(painter, option, item, self._context.colours)
        elif item is None:
            self._blank(painter, self._frame(painter, option))
        elif isinstance(model, ExcerptModel | SourceModel):
            painter.drawPixmap(option.rect.topLeft(), self._picture(option, item, model.words))
        painter.restore()

    def _picture(
        self, option: QStyleOptionViewItem, item: Hit | SourceHit, words: Sequence[Words]
    ) -> QPixmap:
        """Return a painted card; while a list scrolls, each is painted once."""
        former_words, former_colours = self._painted_with
        if former_words is not words or former_colours is not self._context.colours:
            self._painted.clear()
            self._painted_with = (words, self._context.colours)
        size, shown = option.rect.size(), option.state & _SHOWN
        key = (id(item), size.width(), size.height(), shown.value, self.several_chosen)
        kept = self._painted.get(key)
        if kept is not None:
            self._painted.move_to_end(key)
            return kept[1]
        ratio = option.widget.devicePixelRatioF()
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        own = QStyleOptionViewItem(option)
        own.rect = QRect(QPoint(0, 0), size)
        painter = QPainter(picture)
        self._paint_item(painter, own, item, words)
        painter.end()
        # With the item, so that no other object takes its id.
        self._painted[key] = (item, picture)
        if len(self._painted) > _KEPT:
            self._painted.popitem(last=False)
        return picture

    def _paint_item(
        self, painter: QPainter, option: QStyleOptionViewItem, item: Hit | SourceHit, words: Sequence[Words]
    ) -> None:
        raise NotImplementedError

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
        line = QRectF(at.x(), at.y(), at.width() + 2, metrics.height() + 2)
        painter.drawText(line, int(Qt.TextFlag.TextSingleLine), shown)
        return metrics.height() + 5

    def _blank(self, painter: QPainter, room: QRectF) -> None:
        """Paint lines in place of an excerpt that is still being read."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._context.colours.surface_low))
        for number, share in enumerate((1.0, 0.8, 0.45)):
            painter.drawRoundedRect(
                QRectF(room.x(), room.y() + 4 + 22 * number, room.width() * share, 11), 4, 4
            )


class ExcerptDelegate(_CardDelegate):
    """An excerpt: quote, meta line, tags."""

    def height(self, font: QFont) -> int:
        lines = QFontMetricsF(font).lineSpacing() * _LEADING * _LINES
        meta = QFontMetricsF(small_font(font)).height() + 5
        return int(lines + meta + HEIGHT + 2 * _MARGIN + 16 + 6)

    def meta_of(self, hit: Hit, *, short: bool = False) -> str:
        """Return the line below the quote."""
        return meta_of_hit(hit, self._context, short=short)

    def fitting_meta(self, hit: Hit, width: float, font: QFont) -> str:
        """Return the line below the quote for a narrow card: what it is used in is not what is left out."""
        metrics = QFontMetricsF(small_font(font))
        meta = self.meta_of(hit)
        if metrics.horizontalAdvance(meta) <= width:
            return meta
        meta, publisher = self.meta_of(hit, short=True), publisher_of(hit.source, self._context)
        over = metrics.horizontalAdvance(meta) - width
        if over <= 0:
            return meta
        room = max(_PUBLISHER, metrics.horizontalAdvance(publisher) - over - 1)
        return meta.replace(publisher, metrics.elidedText(publisher, Qt.TextElideMode.ElideRight, room), 1)

    def height_of(self, hit: Hit, words: Sequence[Words], width: int, font: QFont) -> int:
        """Return the height of one excerpt's card in a list of that width."""
        layout = QTextLayout(shown_quote(hit, words), font)
        room = width - 4 - 2 * _PADDING
        lines = 0
        layout.beginLayout()
        while lines < _LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            lines += 1
        layout.endLayout()
        missing = int(QFontMetricsF(font).lineSpacing() * _LEADING) * (_LINES - lines)
        return self.height(font) - missing - (0 if hit.excerpt.tags else int(HEIGHT) + 2)

    def _paint_item(
        self, painter: QPainter, option: QStyleOptionViewItem, item: Hit | SourceHit, words: Sequence[Words]
    ) -> None:
        room = self._frame(painter, option)
        if not isinstance(item, Hit):
            return
        y = self._text(painter, room, shown_quote(item, words), words, _LINES, option.font)
        meta = self.fitting_meta(item, room.width(), option.font)
        y += self._meta(painter, room.adjusted(0, y + 2, 0, 0), meta, option.font)
        at = QPointF(room.x(), room.y() + y + 3)
        paint_pills(painter, at, room.width(), item.excerpt.tags, self._context, small_font(option.font))


class SourceDelegate(_CardDelegate):
    """A source: title, meta line."""

    def height(self, font: QFont) -> int:
        lines = QFontMetricsF(font).lineSpacing() * _LEADING * 2
        return int(lines + QFontMetricsF(small_font(font)).height() + 5 + 2 * _MARGIN + 18)

    def _paint_item(
        self, painter: QPainter, option: QStyleOptionViewItem, item: Hit | SourceHit, words: Sequence[Words]
    ) -> None:
        room = self._frame(painter, option)
        if isinstance(item, SourceHit):
            y = self._text(painter, room, item.source.title, words, 2, option.font)
            meta = meta_of_source(item, self._context)
            self._meta(painter, room.adjusted(0, y + 2, 0, 0), meta, option.font)


def paint_heading(
    painter: QPainter, option: QStyleOptionViewItem, heading: Heading, colours: Colours
) -> None:
    """Paint the row above a group: its name, and at the right its count."""
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


def shown_quote(hit: Hit, words: Sequence[Words]) -> str:
    """Return what a card shows of an excerpt: its beginning, or from a little before the first word sought."""
    quote = shown_text(hit.excerpt.quote)
    found = highlights(quote, words) if words else ()
    # Japanese fills the lines of a card with half as many characters.
    wide = any(char >= _FIRST_WIDE for char in quote)
    seen, before = (_SEEN // 2, _BEFORE // 2) if wide else (_SEEN, _BEFORE)
    if found and found[0].start > seen:
        start = min(found[0].start - before, len(quote) - seen)
        blank = quote.find(" ", start, found[0].start)
        return f"…{quote[blank + 1 if blank > 0 else start :][:_CUT]}"
    if hit.excerpt.kind is not ExcerptKind.QUOTATION or quote[:1] in _QUOTED:
        return quote[:_CUT]
    return f"“{quote[:_CUT]}”"


def small_font(font: QFont) -> QFont:
    """Return the font of meta lines and pills."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    return small
