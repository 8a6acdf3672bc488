"""The whole table as a picture, as it looks in the light: for slides and papers, whatever theme the window has."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from briefer.ui.coverage.table import SHARE, CoverageModel
from briefer.ui.theme import LIGHT, blend, font, readable_on

_SCALE = 2  # pixels a point, so that it is sharp in print
_EDGE, _ROW, _PAD = 18.0, 30.0, 8.0
_NARROW, _WIDE = 86.0, 220.0
_MOST_ROWS, _MOST_COLUMNS = 200, 60
_WRAP = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value


@dataclass(frozen=True)
class _Grid:
    """Places in points: the widths of the labels and of a column, and the height of the head."""

    left: float
    column: float
    head: float
    top: float


def png_of(model: CoverageModel, title: str, told: str) -> bytes:
    """Return the table as a PNG below a title and a line that says how to read it.

    It has at most 200 rows and 60 columns: those with most excerpts come first.
    """
    plain, bold, small = _fonts()
    rows, columns = min(model.rowCount(), _MOST_ROWS), min(model.columnCount(), _MOST_COLUMNS)
    across = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(columns)]
    down = [str(model.headerData(n, Qt.Orientation.Vertical)) for n in range(rows)]
    metrics = QFontMetricsF(plain)
    widest = max((metrics.horizontalAdvance(word) for text in across for word in text.split()), default=0.0)
    column = max(_NARROW, min(_WIDE, widest + 2 * _PAD))
    left = min(_WIDE, max((metrics.horizontalAdvance(text) for text in down), default=0.0) + 2 * _PAD)
    room = QRectF(0, 0, column - 2 * _PAD, 400)
    head = max((metrics.boundingRect(room, _WRAP, text).height() for text in across), default=0.0) + 2 * _PAD
    titled = QFontMetricsF(bold).height() + QFontMetricsF(small).height() + 14
    grid = _Grid(left, column, head, _EDGE + titled)
    wide = max(
        left + column * columns,
        QFontMetricsF(bold).horizontalAdvance(title),
        QFontMetricsF(small).horizontalAdvance(told),
    )
    width, height = wide + 2 * _EDGE, grid.top + head + _ROW * rows + _EDGE
    image = QImage(round(width * _SCALE), round(height * _SCALE), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _write(painter, QRectF(_EDGE, _EDGE, wide, 40), bold, LIGHT.text, title)
    below = _EDGE + QFontMetricsF(bold).height() + 2
    _write(painter, QRectF(_EDGE, below, wide, 30), small, LIGHT.text_soft, told)
    painter.setFont(plain)
    for number, text in enumerate(across):
        place = QRectF(_EDGE + left + column * number, grid.top, column, head)
        painter.setPen(QColor(LIGHT.text))
        painter.drawText(place.marginsRemoved(QMarginsF(_PAD, 0, _PAD, 0)), _WRAP, text)
    for row, text in enumerate(down):
        _paint_row(painter, model, grid, row, text, columns)
    painter.end()
    return _encoded(image)


def _paint_row(
    painter: QPainter, model: CoverageModel, grid: _Grid, row: int, label: str, columns: int
) -> None:
    y = grid.top + grid.head + _ROW * row
    named = QRectF(_EDGE, y, grid.left - _PAD, _ROW)
    painter.setPen(QColor(LIGHT.text))
    told = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(named.width()))
    painter.drawText(named, Qt.AlignmentFlag.AlignVCenter, told)
    for column in range(columns):
        index = model.index(row, column)
        share = index.data(SHARE)
        surface = QColor(LIGHT.surface)
        ground = surface if share is None else blend(surface, QColor(LIGHT.heat), 0.06 + 0.94 * share)
        cell = QRectF(_EDGE + grid.left + grid.column * column, y, grid.column, _ROW)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        painter.drawRect(cell)
        if share is not None:
            painter.setPen(readable_on(ground, QColor("#10161f"), QColor("#ffffff")))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(index.data()))


def _fonts() -> tuple[QFont, QFont, QFont]:
    plain, bold, small = font(), font(), font()
    for one, pixels in ((plain, 13), (bold, 20), (small, 12)):
        one.setPixelSize(pixels)
    bold.setWeight(QFont.Weight.DemiBold)
    return plain, bold, small


def _write(painter: QPainter, place: QRectF, font: QFont, colour: str, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, text)


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
