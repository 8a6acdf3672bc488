"""Laying a source out for reading: title, paragraphs, suggestions under them; furniture only when wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from briefer.domain.corrections import pieces
from briefer.domain.sources import BODY_KINDS, Segment, SegmentKind
from briefer.domain.spans import fold, lines_of
from briefer.ui.context import Context
from briefer.ui.library.ghost_pills import OBJECT, pill_format
from briefer.ui.library.offered import Pill
from briefer.ui.library.reader_map import ReaderMap, shown_text

if TYPE_CHECKING:
    from briefer.services.collect import SourceView

_HIDDEN = frozenset({SegmentKind.FURNITURE, SegmentKind.EMBEDDED})
_LEADING = 1.42
"""The distance of lines, in sizes of the font: fonts with Japanese characters differ widely in their own."""
SETTLE, ASIDE = "settle:", "aside:"


def hidden_lines(view: SourceView) -> int:
    """Return how many lines of the capture are not shown at first."""
    text = view.snapshot.text
    return sum(
        lines_of(text, s.span)[1] - lines_of(text, s.span)[0] + 1
        for s in view.snapshot.reading.segments
        if s.kind in _HIDDEN
    )


class ReaderDocument:
    """One source laid out in a document.

    ``map`` leads between document and snapshot, ``segments`` are those of its pieces; ``numbers`` gives the paragraph
    number of a block of the document.
    """

    def __init__(
        self,
        document: QTextDocument,
        view: SourceView,
        context: Context,
        pills: Mapping[int, Sequence[Pill]],
        *,
        with_furniture: bool,
    ) -> None:
        """``pills`` are those under each paragraph, by its number."""
        self.map = ReaderMap()
        self.segments: list[Segment] = []
        self.numbers: dict[int, int] = {}
        self._view = view
        self._context = context
        self._cursor = QTextCursor(document)
        font = document.defaultFont()
        self._size = font.pointSizeF()
        self._line_height = 100 * _LEADING * QFontInfo(font).pixelSize() / QFontMetricsF(font).lineSpacing()
        self._started = False
        self._cursor.beginEditBlock()
        segments = view.snapshot.reading.segments
        title = next((s for s in segments if s.kind is SegmentKind.TITLE), None)
        if title is None or fold(self._text(title)) != fold(view.source.title):
            self._block(self._title_format(), 10)
            self._cursor.insertText(shown_text(view.source.title), self._title_format())
        for segment in segments:
            if segment.kind not in _HIDDEN or with_furniture:
                for piece in pieces(segment, view.snapshot.text):
                    self._segment(piece)
            if segment.doubt:
                self._doubt(segment)
            if offered := pills.get(segment.number or 0):
                self._offer(offered)
        self._cursor.endEditBlock()

    def _segment(self, segment: Segment) -> None:
        style = self._format(segment)
        self._block(style, 4 if segment.kind in _HIDDEN else 9)
        if segment.kind is SegmentKind.EMBEDDED:
            self._cursor.insertText(QCoreApplication.translate("Reader", "Another article: "), style)
        text = shown_text(self._text(segment))
        self.map.add(self._cursor.position(), segment.span, text)
        self.segments.append(segment)
        self._cursor.insertText(text, style)
        if segment.number is not None:
            self.numbers[self._cursor.block().blockNumber()] = segment.number

    def _offer(self, pills: Sequence[Pill]) -> None:
        self._block(QTextCharFormat(), 5)
        for pill in pills:
            self._cursor.insertText(OBJECT, pill_format(pill.label, pill.kind, pill.href, pill.sign))

    def _doubt(self, segment: Segment) -> None:
        """Ask whether a doubtful passage is the article's own."""
        tr = QCoreApplication.translate
        style = QTextCharFormat()
        style.setForeground(QColor(self._context.colours.text_soft))
        style.setFontPointSize(self._size * 0.9)
        self._block(style, 9)
        self._cursor.insertText(tr("Reader", "This may be another article. "), style)
        for label, answer in ((tr("Reader", "It belongs"), SETTLE), (tr("Reader", "Set it aside"), ASIDE)):
            href = f"{answer}{segment.span.start}"
            self._cursor.insertText(OBJECT, pill_format(label, None, href))

    def _block(self, style: QTextCharFormat, below: float) -> None:
        shape = QTextBlockFormat()
        shape.setBottomMargin(below)
        shape.setLineHeight(self._line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._started:
            self._cursor.insertBlock(shape, style)
        else:
            self._cursor.setBlockFormat(shape)
            self._started = True

    def _text(self, segment: Segment) -> str:
        return self._view.snapshot.text[segment.span.start : segment.span.end]

    def _format(self, segment: Segment) -> QTextCharFormat:
        if segment.kind is SegmentKind.TITLE:
            return self._title_format()
        colours = self._context.colours
        style = QTextCharFormat()
        style.setForeground(QColor(colours.text))
        if segment.kind is SegmentKind.HEADING:
            style.setFontWeight(QFont.Weight.DemiBold)
        elif segment.kind not in BODY_KINDS:
            style.setForeground(QColor(colours.text_faint))
            style.setFontPointSize(self._size * 0.9)
        return style

    def _title_format(self) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setForeground(QColor(self._context.colours.text))
        style.setFontPointSize(self._size * 1.5)
        style.setFontWeight(QFont.Weight.DemiBold)
        return style
