"""One page of an original, drawn: its characters can be selected, and excerpts are marked on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from briefer.domain.pages import Place
from briefer.services.ports import PageImage

_MARK, _PRESENT, _SELECTION = QColor("#fff3b0"), QColor("#ffd970"), QColor("#b9d7ff")


class PageCanvas(QWidget):
    """Draws a page image at its own size, the selection and the marks over it."""

    selected = Signal(int, int)
    """The first and the last selected character of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._boxes: tuple[QRectF, ...] = ()
        self._marks: tuple[QRectF, ...] = ()
        self._present: tuple[QRectF, ...] = ()
        self._anchor: int | None = None
        self._range: tuple[int, int] | None = None
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def show_page(self, page: PageImage, ratio: float) -> None:
        """Draw another page, ``ratio`` pixels of it on one of the window's."""
        image = QImage(page.pixels, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
        self._image = image.copy()  # the bytes belong to the page and go with it
        self._image.setDevicePixelRatio(ratio)
        self._boxes = tuple(
            QRectF(left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio)
            for left, top, right, bottom in page.boxes
        )
        self._range = self._anchor = None
        self._marks = self._present = ()
        self.setFixedSize(self.sizeHint())
        self.update()

    def mark(self, places: Iterable[Place], present: Iterable[Place]) -> None:
        """Mark the characters of excerpts, and of the present one stronger."""
        self._marks = self._rectangles(places)
        self._present = self._rectangles(present)
        self.update()

    @property
    def selection(self) -> tuple[int, int] | None:
        """The first and last selected character, or None."""
        return self._range

    def top_of(self, places: Sequence[Place]) -> float | None:
        """Return how far down the first of these characters is drawn."""
        boxes = self._rectangles(places)
        return min((box.top() for box in boxes), default=None)

    def sizeHint(self) -> QSize:
        return self._image.deviceIndependentSize().toSize()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._anchor = self._index_at(event.position())
            self._range = None
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if self._anchor is not None and index is not None:
            self._range = (min(self._anchor, index), max(self._anchor, index))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._range is not None:
            self.selected.emit(*self._range)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        # As a marker pen on paper, in either theme: what is dark stays dark.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for boxes, colour in (
            (self._marks, _MARK),
            (self._present, _PRESENT),
            (self._selection_boxes(), _SELECTION),
        ):
            for box in boxes:
                painter.fillRect(box, colour)
        painter.end()

    def _selection_boxes(self) -> tuple[QRectF, ...]:
        if self._range is None:
            return ()
        first, last = self._range
        return _lines(self._boxes[first : last + 1])

    def _rectangles(self, places: Iterable[Place]) -> tuple[QRectF, ...]:
        return _lines(box for place in places for box in self._boxes[place.index : place.index + place.count])

    def _index_at(self, point: QPointF) -> int | None:
        """Return the character under a point, or the nearest one of the line that is nearest."""
        best: tuple[float, float, int] | None = None
        for index, box in enumerate(self._boxes):
            if box.width() <= 0:
                continue
            down = max(box.top() - point.y(), 0.0, point.y() - box.bottom())
            across = max(box.left() - point.x(), 0.0, point.x() - box.right())
            if best is None or (down, across) < best[:2]:
                best = (down, across, index)
        return best[2] if best else None


def _lines(boxes: Iterable[QRectF]) -> tuple[QRectF, ...]:
    """Return the boxes of characters joined along their lines: some fonts tell only how tall each glyph is."""
    joined: list[QRectF] = []
    for box in boxes:
        if box.width() <= 0:
            continue
        former = joined[-1] if joined else None
        beside = former is not None and -1 <= box.left() - former.right() <= 3 * max(box.width(), 1)
        if former is not None and beside and former.top() < box.center().y() < former.bottom():
            joined[-1] = former.united(box)
        else:
            joined.append(box)
    return tuple(box.adjusted(-1, -0.15 * box.height(), 1, 0.15 * box.height()) for box in joined)
