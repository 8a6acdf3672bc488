"""What lies over the window while something is dragged onto it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from briefer.ui.context import Context
from briefer.ui.intake.carried import What

_MARGIN = 14
_CARD = (460, 92)


class DropHint(QWidget):
    """A dashed frame around the window and a card in its middle that says what dropping would do."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._over = window
        self._text = ""
        # Below it lies what takes the drop; the hint only shows.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """What the hint says."""
        return self._text

    def appear(self, what: What, *, in_library: bool) -> None:
        """Show what would happen."""
        self._text = self._words(what)
        if not in_library and what is not What.ADDRESS:
            self._text += "\n" + self.tr("once a library is open")
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self.update()

    def _words(self, what: What) -> str:
        return {
            What.FILES: self.tr("Drop to import"),
            What.HTML: self.tr("Drop to take the selection in as a source"),
            What.TEXT: self.tr("Drop to take the text in as a source"),
            What.PICTURE: self.tr("Drop to keep the picture as a source"),
            What.ADDRESS: self.tr("Briefer opens no addresses: save the page, and drop the file"),
            What.NOTHING: "",
        }[what]

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._context.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colours.window)
        veil.setAlphaF(0.72)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 10, 10)
        card = QRectF(0, 0, *_CARD)
        card.moveCenter(frame.center())
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(card, 8, 8)
        painter.setPen(QColor(colours.text))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        painter.setFont(font)
        inside = card.adjusted(18, 8, -18, -8)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text)
        painter.end()
