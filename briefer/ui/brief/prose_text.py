"""Markdown in a text editor, with each citation as one character that is drawn as a chip.

A citation's source, ``[see @id, p. 3]``, is kept in the character's format, so that it is copied, moved and
undone with the text like any other character.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
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
_PADDING = 6.0
_WIDEST = 260.0


class CitationChips(QPyTextObject):
    """Draws the citations of any number of documents.

    ``label`` gives the short name of one, ``told`` what it is of, as rich text.
    """

    def __init__(
        self, label: Callable[[str], str], told: Callable[[str], str] = str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.told = told
        self._sizes: dict[tuple[str, str], tuple[float, float]] = {}
        self._back = QColor()
        self._ink = QColor()

    def serve(self, document: QTextDocument) -> None:
        """Let this draw the citations of ``document``."""
        document.documentLayout().registerHandler(_CHIP, self)

    def set_colours(self, back: QColor, ink: QColor) -> None:
        """Set the ground and the ink of the chips."""
        self._back, self._ink = back, ink

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002, N803
        width, height = self._size(doc, self.label(source_of(format)))
        room = doc.textWidth() - 2 * doc.documentMargin() - 4 if doc.textWidth() > 0 else _WIDEST
        return QSizeF(min(width, _WIDEST, max(room, 40)) + 2, height)

    def _size(self, doc: QTextDocument, label: str) -> tuple[float, float]:
        # Every change of a text's width asks for the sizes of all its chips.
        key = (doc.defaultFont().key(), label)
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
        font = _chip_font(doc)
        chip = QRectF(rect).adjusted(1, -1, -1, 1)
        text = QFontMetricsF(font).elidedText(
            self.label(source_of(format)), Qt.TextElideMode.ElideRight, chip.width() - _PADDING
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._back)
        painter.drawRoundedRect(chip, 5, 5)
        painter.setFont(font)
        painter.setPen(self._ink)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


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


def _utf16(text: str) -> int:
    return len(text) + sum(ch > "\uffff" for ch in text)
