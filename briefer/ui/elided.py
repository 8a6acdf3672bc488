"""Texts that end in «…» where there is no room: a label of one line, and two lines of a cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QToolTip


class ElidedLabel(QLabel):
    """Plain text in one line; where it has no room, all of it is told as a tool tip."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and not self.toolTip() and self._shown != self.text():
            QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)

    @property
    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(self.rect(), int(self.alignment()), self._shown)
        painter.end()


def in_two_lines(text: str, font: QFont, width: int) -> str:
    """Return a text broken into at most two lines of that width; what is left of it ends in «…»."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    units = text.encode("utf-16-le")  # in which Qt counts
    first, rest = (
        part.decode("utf-16-le").strip()
        for part in (units[: 2 * line.textLength()], units[2 * line.textLength() :])
    )
    rest = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return f"{first}\n{rest}" if rest else first
