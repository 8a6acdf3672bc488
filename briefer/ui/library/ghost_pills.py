"""What is offered to a person, as dashed pills inside the reader's text: tags, speakers, answers to a doubt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from briefer.domain.tags import TagKind
from briefer.ui.theme import Colours

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_PILL = QTextFormat.ObjectTypes.UserObject.value + 7
_LABEL = QTextFormat.Property.UserProperty.value + 7
_KIND = _LABEL + 1
_PADDING = 9.0
_GAP = 5.0


class GhostPills(QPyTextObject):
    """Draws the pills of a document."""

    def __init__(self, colours: Callable[[], Colours]) -> None:
        super().__init__()
        self._colours = colours

    def serve(self, document: QTextDocument) -> None:
        """Let this draw the pills of ``document``."""
        document.documentLayout().registerHandler(_PILL, self)

    def intrinsicSize(
        self,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,  # noqa: A002
    ) -> QSizeF:
        metrics = QFontMetricsF(_font(doc))
        width = metrics.horizontalAdvance(str(format.property(_LABEL)))
        return QSizeF(width + 2 * _PADDING + _GAP, metrics.height() + 5)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,  # noqa: A002
    ) -> None:
        kind = format.property(_KIND)
        ink = self._colours().pill(TagKind(kind))[0] if kind else QColor(self._colours().text_soft)
        pill = QRectF(rect).adjusted(0.5, 1.5, -_GAP, -1.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(self._colours().surface))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(ink)
        painter.setFont(_font(doc))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(format.property(_LABEL)))
        painter.restore()


def pill_format(label: str, kind: TagKind | None, href: str) -> QTextCharFormat:
    """Return the format of the one character that stands for a pill; one without a kind has no colour."""
    made = QTextCharFormat()
    made.setObjectType(_PILL)
    made.setProperty(_LABEL, label)
    made.setProperty(_KIND, kind.value if kind else "")
    made.setAnchor(True)
    made.setAnchorHref(href)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    return made


def _font(document: QTextDocument) -> QFont:
    font = QFont(document.defaultFont())
    font.setPointSizeF(font.pointSizeF() * 0.88)
    return font
