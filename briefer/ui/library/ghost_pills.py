"""What is offered to a person, as dashed pills inside the reader's text: tags, speakers, answers to a doubt.

What was taken of it stands there still, as a filled pill of the same width.
"""

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
LABEL = QTextFormat.Property.UserProperty.value + 7
_KIND = LABEL + 1
_SIGN = LABEL + 2
_SIGN_WIDTH = 1.3  # of the height of the letters, wide enough for each of the signs and the space behind it
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
        width = metrics.horizontalAdvance(str(format.property(LABEL))) + _sign_width(metrics, format)
        return QSizeF(width + 2 * _PADDING + _GAP, metrics.height() + 8)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,  # noqa: A002
    ) -> None:
        kind, colours, sign = format.property(_KIND), self._colours(), str(format.property(_SIGN) or "")
        ink, ground = QColor(colours.text_soft), QColor(colours.surface_low)
        if kind:
            ink, ground = colours.pill(TagKind(kind))
        done = not format.toCharFormat().isAnchor()
        pill = QRectF(rect).adjusted(0.5, 3, -_GAP, -3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if done else QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.setBrush(ground if done else QColor(colours.surface))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(ink)
        painter.setFont(_font(doc))
        width = _sign_width(QFontMetricsF(_font(doc)), format)
        words = pill.adjusted(_PADDING, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, sign)
        painter.drawText(
            words.adjusted(width, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(format.property(LABEL))
        )
        painter.restore()


def pill_format(label: str, kind: TagKind | None, href: str, sign: str = "") -> QTextCharFormat:
    """Return the format of the one character that stands for a pill; one without a kind has no colour.

    One without a ``href`` was taken. ``sign`` stands before the label, in a place that is as wide for all signs.
    """
    made = QTextCharFormat()
    made.setObjectType(_PILL)
    made.setProperty(LABEL, label)
    made.setProperty(_KIND, kind.value if kind else "")
    made.setProperty(_SIGN, sign)
    if href:
        made.setAnchor(True)
        made.setAnchorHref(href)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    return made


def _sign_width(metrics: QFontMetricsF, char_format: QTextFormat) -> float:
    return _SIGN_WIDTH * metrics.ascent() if char_format.property(_SIGN) else 0.0


def _font(document: QTextDocument) -> QFont:
    font = QFont(document.defaultFont())
    font.setPointSizeF(font.pointSizeF() * 0.88)
    return font
