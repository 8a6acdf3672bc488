"""The column of rows in the editor: keeps them in order, and takes what is dropped between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefer.ui.brief.mime import BLOCK, EXCERPT, carried
from briefer.ui.brief.rows import GUTTER, Row


class Column(QWidget):
    """Rows from top to bottom. Drops are told by the row that they fall before (None: after the last)."""

    excerpt_dropped = Signal(str, object)
    block_dropped = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("column")
        self.setAcceptDrops(True)
        self._mark: int | None = None
        self._mark_colour = QColor()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(10, 12, 22, 120)
        self._box.setSpacing(7)
        self._box.setAlignment(Qt.AlignmentFlag.AlignTop)

    def set_mark_colour(self, colour: QColor) -> None:
        """Set the colour of the line that shows where a drop will fall."""
        self._mark_colour = colour

    @property
    def row_width(self) -> int:
        """How wide a row is."""
        margins = self._box.contentsMargins()
        return self.width() - margins.left() - margins.right()

    def rows(self) -> list[Row]:
        """Return the rows in order."""
        items = (self._box.itemAt(i) for i in range(self._box.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [w for w in widgets if isinstance(w, Row)]

    def rows_from(self, y: int) -> Iterator[Row]:
        """Yield the rows that end at ``y`` or below it, in order."""
        low, high = 0, self._box.count()
        while low < high:
            middle = (low + high) // 2
            item = self._box.itemAt(middle)
            if item is not None and item.geometry().bottom() < y:
                low = middle + 1
            else:
                high = middle
        for index in range(low, self._box.count()):
            item = self._box.itemAt(index)
            row = item.widget() if item is not None else None
            if isinstance(row, Row):
                yield row

    def arrange(self, wanted: Sequence[Row]) -> None:
        """Show exactly these rows, in this order; those that stay where they are, are not touched."""
        keep = set(wanted)
        for row in self.rows():
            if row not in keep:
                self._box.removeWidget(row)
                row.hide()
                row.deleteLater()
        for index, row in enumerate(wanted):
            item = self._box.itemAt(index)
            if item is None or item.widget() is not row:
                self._box.removeWidget(row)
                self._box.insertWidget(index, row)
                row.show()

    def append(self, row: Row) -> None:
        """Add a row below the last."""
        self._box.addWidget(row)
        row.show()

    def settle(self) -> None:
        """Give the rows their places now, not when Qt comes round to it."""
        self._box.activate()
        self.resize(self.width(), max(self.minimumSizeHint().height(), self.height()))

    def row_before(self, y: int) -> Row | None:
        """Return the row before which a drop at ``y`` falls; None after the last."""
        return next((row for row in self.rows() if y < row.geometry().center().y()), None)

    # --- drops -----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(EXCERPT) or event.mimeData().hasFormat(BLOCK):
            event.acceptProposedAction()
            self._show_mark(event.position().toPoint())
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()
        self._show_mark(event.position().toPoint())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark = None
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark = None
        self.update()
        row = self.row_before(event.position().toPoint().y())
        key = row.key if row else None
        if excerpt := carried(event.mimeData(), EXCERPT):
            event.acceptProposedAction()
            self.excerpt_dropped.emit(excerpt, key)
        elif block := carried(event.mimeData(), BLOCK):
            event.acceptProposedAction()
            self.block_dropped.emit(block, key)

    def _show_mark(self, place: QPoint) -> None:
        row = self.row_before(place.y())
        rows = self.rows()
        bottom = rows[-1].geometry().bottom() + 4 if rows else 10
        self._mark = row.geometry().top() - 4 if row else bottom
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._mark is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._mark_colour)
        left = self._box.contentsMargins().left() + GUTTER
        painter.drawRoundedRect(left, self._mark - 1, self.width() - left - 20, 3, 1.5, 1.5)
