"""Tags as coloured pills, painted by delegates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from briefer.domain.tags import Tag
from briefer.ui.context import Context

HEIGHT = 20.0
_GAP = 6.0
_PADDING = 9.0


def paint_pill(painter: QPainter, rect: QRectF, text: str, ink: QColor, ground: QColor) -> None:
    """Paint one pill."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(QPen(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def paint_pills(
    painter: QPainter, at: QPointF, width: float, tags: Sequence[Tag], context: Context, font: QFont
) -> None:
    """Paint a row of pills; those for which ``width`` has no room become «+2»."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    x, right = at.x(), at.x() + width
    for number, tag in enumerate(tags):
        left = len(tags) - number
        reserve = 30.0 if left > 1 else 0.0
        room = right - x - reserve
        text = metrics.elidedText(
            context.label(tag), Qt.TextElideMode.ElideRight, max(0.0, room - 2 * _PADDING)
        )
        pill = metrics.horizontalAdvance(text) + 2 * _PADDING
        if room < 56 and metrics.horizontalAdvance(context.label(tag)) + 2 * _PADDING > room:
            painter.setPen(QColor(context.colours.text_soft))
            painter.drawText(QRectF(x, at.y(), 30, HEIGHT), Qt.AlignmentFlag.AlignVCenter, f"+{left}")
            break
        ink, ground = context.colours.pill(tag.kind)
        paint_pill(painter, QRectF(x, at.y(), pill, HEIGHT), text, ink, ground)
        x += pill + _GAP
    painter.restore()
