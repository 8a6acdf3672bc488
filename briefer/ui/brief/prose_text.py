"""Markdown in a text editor, with each citation as one character that is drawn as a chip.

A citation's source, ``[see @id, p. 3]``, is kept in the character's format, so that it is copied, moved and
undone with the text like any other character.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPixmap,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from briefer.domain.citations import CITATION, parse_citation

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
_SOURCE = QTextFormat.Property.UserProperty.value + 1
LESS = QTextFormat.Property.UserProperty.value + 2
"""By how many pixels the layout has a chip narrower than it would be."""
_PADDING = 6.0
_EDGE = 4.0
_WIDEST = 260.0
_NARROW = 200.0
"""A chip of this width fits into every line of an editor that is at least 300 pixels wide."""


class CitationChips(QPyTextObject):
    """Draws the citations of any number of documents.

    ``label`` gives the short name of one, ``told`` what it is of, as rich text.
    """

    def __init__(
        self, label: Callable[[str], str], told: Callable[[str], str] = str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._label_of = label
        self.told = told
        self._labels: dict[str, str] = {}
        self._sizes: dict[tuple[str, float], tuple[float, float]] = {}
        self._pictures: dict[tuple[str, float, float, float], QPixmap] = {}
        self._back = QColor()
        self._ink = QColor()

    def label(self, source: str) -> str:
        """Return the short name of a citation."""
        if source not in self._labels:
            self._labels[source] = self._label_of(source)
        return self._labels[source]

    def forget(self) -> None:
        """Ask anew what citations are called."""
        self._labels.clear()

    def serve(self, document: QTextDocument) -> None:
        """Let this draw the citations of ``document``."""
        document.documentLayout().registerHandler(_CHIP, self)

    def set_colours(self, back: QColor, ink: QColor) -> None:
        """Set the ground and the ink of the chips."""
        self._back, self._ink = back, ink
        self._pictures.clear()

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002, N803
        width, height = self._size(doc, self.label(source_of(format)))
        if width > _NARROW:
            room = doc.textWidth() - 2 * doc.documentMargin() - 4 if doc.textWidth() > 0 else _WIDEST
            width = min(width, _WIDEST, max(room, 40))
        return QSizeF(width + 2 - float(format.property(LESS) or 0), height)

    def _size(self, doc: QTextDocument, label: str) -> tuple[float, float]:
        # Each key asks some six times for the sizes of the chips in its paragraph.
        key = (label, doc.defaultFont().pointSizeF())
        if key not in self._sizes:
            metrics = QFontMetricsF(_chip_font(doc))
            self._sizes[key] = (metrics.horizontalAdvance(label) + 2 * _PADDING, metrics.height() - 3)
        return self._sizes[key]

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,  # noqa: A002
    ) -> None:
        label, sharp = self.label(source_of(format)), painter.device().devicePixelRatioF()
        key = (label, rect.width(), rect.height(), sharp)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = self._picture(label, QRectF(rect).size(), sharp, _chip_font(doc))
        painter.drawPixmap(QPointF(rect.x(), rect.y() - 1), picture)

    def _picture(self, label: str, size: QSizeF, sharp: float, font: QFont) -> QPixmap:
        picture = QPixmap(ceil(size.width() * sharp), ceil((size.height() + 2) * sharp))
        picture.setDevicePixelRatio(sharp)
        picture.fill(Qt.GlobalColor.transparent)
        chip = QRectF(1, 0, size.width() - 2, size.height() + 2)
        text = QFontMetricsF(font).elidedText(label, Qt.TextElideMode.ElideRight, chip.width() - _EDGE)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._back)
        painter.drawRoundedRect(chip, 5, 5)
        painter.setFont(font)
        painter.setPen(self._ink)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return picture


def source_of(char_format: QTextFormat) -> str:
    """Return the Markdown of the citation that a character stands for; empty for other characters."""
    return str(char_format.property(_SOURCE) or "")


def is_citation(char_format: QTextFormat) -> bool:
    """Whether a character is a citation."""
    return char_format.objectType() == _CHIP


def markdown_of(document: QTextDocument) -> str:
    """Return the Markdown of a whole document."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    return markdown_of_selection(cursor)


def markdown_of_selection(cursor: QTextCursor) -> str:
    """Return the Markdown of what ``cursor`` selects."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    lines: list[str] = []
    while block.isValid() and block.position() <= end:
        pieces: list[str] = []
        pieces_of = block.begin()
        while not pieces_of.atEnd():
            fragment = pieces_of.fragment()
            at = fragment.position()
            text = sliced(fragment.text(), start - at, end - at)
            char_format = fragment.charFormat()
            pieces.append(text.replace(OBJECT, source_of(char_format)) if is_citation(char_format) else text)
            pieces_of += 1
        lines.append("".join(pieces).replace("\u2028", "\n").replace("\xa0", " "))
        block = block.next()
    return "\n".join(lines)


def insert_markdown(cursor: QTextCursor, markdown: str) -> None:
    """Insert Markdown at ``cursor``, in place of what it selects, as one step of its document's undo."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    end = 0
    for match in CITATION.finditer(markdown):
        if parse_citation(match[1]) is None:
            continue
        cursor.insertText(markdown[end : match.start()], QTextCharFormat())
        cursor.insertText(OBJECT, citation_format(match[0]))
        end = match.end()
    cursor.insertText(markdown[end:], QTextCharFormat())
    cursor.endEditBlock()


def set_markdown(document: QTextDocument, markdown: str) -> None:
    """Replace a document's text; what was undone or can be undone in it is forgotten."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    insert_markdown(cursor, markdown)
    document.clearUndoRedoStacks()


def fold_typed_citation(cursor: QTextCursor) -> bool:
    """Make a chip of a citation that was typed out in the cursor's line; whether there was one."""
    block = cursor.block()
    for match in CITATION.finditer(block.text()):
        if OBJECT in match[0] or parse_citation(match[1]) is None:
            continue
        place = QTextCursor(block)
        place.setPosition(block.position() + _utf16(block.text()[: match.start()]))
        length = _utf16(match[0])
        place.setPosition(place.position() + length, QTextCursor.MoveMode.KeepAnchor)
        insert_markdown(place, match[0])
        return True
    return False


def citation_format(source: str) -> QTextCharFormat:
    """Return the format of the character that stands for a citation."""
    char_format = QTextCharFormat()
    char_format.setObjectType(_CHIP)
    char_format.setProperty(_SOURCE, source)
    char_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    return char_format


def _chip_font(document: QTextDocument) -> QFont:
    font = QFont(document.defaultFont())
    if font.pixelSize() > 0:
        font.setPixelSize(round(font.pixelSize() * 0.82))
    else:
        font.setPointSizeF(font.pointSizeF() * 0.82)
    return font


def sliced(text: str, start: int, end: int) -> str:
    """Return ``text`` from ``start`` to ``end``, which count UTF-16 units as Qt does."""
    if start <= 0 and end >= _utf16(text):
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return data[max(0, start) * 2 : max(0, end) * 2].decode("utf-16-le", "surrogatepass")


def after_change(former: str, now: str) -> int:
    """Return where in ``now`` what is other than in ``former`` ends; places count UTF-16 units as Qt does."""
    start = _same_start(former, now)
    return max(_utf16(now[:start]), _utf16(now) - _same_end(former[start:], now[start:]))


def kept_place(former: str, now: str, place: int) -> int:
    """Return the place in ``now`` that has the same words about it as ``place`` in ``former``."""
    start = _same_start(former, now)
    same = _same_end(former[start:], now[start:])
    if place <= _utf16(former[:start]):
        return place
    return max(_utf16(now[:start]), _utf16(now) - min(same, _utf16(former) - place))


def _same_end(one: str, other: str) -> int:
    length = _same_start(one[::-1], other[::-1])
    return _utf16(one[len(one) - length :])


def _same_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _utf16(text: str) -> int:
    return len(text) + sum(ch > "\uffff" for ch in text)
