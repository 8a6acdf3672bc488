"""The reader of one source."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from briefer.domain.excerpts import Excerpt
from briefer.domain.highlights import highlights
from briefer.domain.queries import Words
from briefer.domain.spans import Span
from briefer.ui.context import Context
from briefer.ui.library.ghost_pills import GhostPills
from briefer.ui.library.reader_document import SUGGESTION, ReaderDocument
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.collect import SourceView

SPAN_MIME = "application/x-briefer-span"
_MARGIN = 36.0


class Reader(QTextBrowser):
    """Numbered paragraphs with the excerpts marked; a selection can become an excerpt."""

    excerpt_wanted = Signal(object)
    """The :class:`Span` to make an excerpt of."""
    suggestion_confirmed = Signal(int)
    """The number of a suggestion among the view's."""
    excerpt_chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: SourceView | None = None
        self._laid: ReaderDocument | None = None
        self._document: QTextDocument | None = None
        self._words: tuple[Words, ...] = ()
        self._current = ""
        self._pills = GhostPills(lambda: context.colours)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(self.tr("Source"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._follow)
        self.highlighted.connect(self._explain)

    def show_view(self, view: SourceView | None, *, with_furniture: bool, keep_place: bool) -> None:
        """Lay a source out; ``keep_place`` keeps the scrolling where the same one is shown anew."""
        place = self.verticalScrollBar().value() if keep_place else 0
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(14)
        document.setUndoRedoEnabled(False)
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(_MARGIN)
        frame.setRightMargin(14)
        document.rootFrame().setFrameFormat(frame)
        self._pills.serve(document)
        self._view = view
        self._laid = None
        if view is not None:
            self._laid = ReaderDocument(document, view, self._context, with_furniture=with_furniture)
        former, self._document = self._document, document
        self.setDocument(document)
        if former is not None:
            former.deleteLater()
        self._mark()
        self.verticalScrollBar().setValue(place)

    def show_words(self, words: tuple[Words, ...]) -> None:
        """Mark the words of another query."""
        self._words = words
        self._mark()

    def choose_excerpt(self, excerpt_id: str, *, scroll: bool) -> None:
        """Mark one excerpt as the present one, and bring it into view."""
        self._current = excerpt_id
        self._mark()
        excerpt = self._excerpt(excerpt_id)
        ranges = self._laid.map.ranges(excerpt.span) if excerpt and self._laid else ()
        if ranges and scroll:
            # Only after the widget has its size is it known where the lines are.
            QTimer.singleShot(0, self, partial(self._bring_into_view, ranges[0][0]))

    def selected_span(self) -> Span | None:
        """Return the span of the snapshot that is selected, or None."""
        cursor = self.textCursor()
        if self._laid is None or not cursor.hasSelection():
            return None
        return self._laid.map.span(cursor.selectionStart(), cursor.selectionEnd())

    def want_excerpt(self) -> None:
        """Ask for an excerpt of the selection."""
        span = self.selected_span()
        if span is not None:
            self.excerpt_wanted.emit(span)

    def next_suggestion(self) -> None:
        """Move to the next suggestion, which Enter confirms."""
        self.setFocus()
        if not self.focusNextPrevChild(True):
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_E:
            self.want_excerpt()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            excerpt = self._excerpt_at(event.position().toPoint())
            if excerpt is not None:
                self.excerpt_chosen.emit(excerpt.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        action = menu.addAction(self.tr("Make an excerpt\tE"))
        action.setEnabled(self.selected_span() is not None)
        action.triggered.connect(self.want_excerpt)
        menu.exec(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText().replace("\u200b", ""))
        span = self.selected_span()
        if span is not None:
            data.setData(SPAN_MIME, f"{span.start} {span.end}".encode())
        return data

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._laid is None:
            return
        painter = QPainter(self.viewport())
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.82)
        painter.setFont(font)
        painter.setPen(QColor(self._context.colours.text_faint))
        layout, offset = self.document().documentLayout(), self.verticalScrollBar().value()
        first = self.cursorForPosition(QPoint(0, 0)).block()
        while first.isValid():
            box = layout.blockBoundingRect(first).translated(0, -offset)
            if box.top() > self.viewport().height():
                break
            number = self._laid.numbers.get(first.blockNumber())
            if number is not None:
                at = QRectF(0, box.top() + 2, _MARGIN - 6, 24)
                painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(number))
            first = first.next()
        painter.end()

    def _bring_into_view(self, position: int) -> None:
        block = self.document().findBlock(position)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        bar = self.verticalScrollBar()
        if not bar.value() <= top <= bar.value() + self.viewport().height() * 0.7:
            bar.setValue(int(top) - 40)

    def _mark(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        if self._laid is not None and self._view is not None:
            colours = self._context.colours
            for excerpt in self._view.excerpts:
                style = QTextCharFormat()
                style.setBackground(QColor(colours.excerpt))
                if excerpt.id == self._current:
                    style.setFontUnderline(True)
                    style.setUnderlineColor(QColor(colours.accent_strong))
                marks += [self._selection(s, e, style) for s, e in self._laid.map.ranges(excerpt.span)]
            style = QTextCharFormat()
            style.setBackground(QColor(colours.hit))
            style.setForeground(QColor(colours.hit_text))
            for span in self._hits():
                marks += [self._selection(s, e, style) for s, e in self._laid.map.ranges(span)]
        self.setExtraSelections(marks)

    def _hits(self) -> list[Span]:
        if self._laid is None or not self._words:
            return []
        return [
            Span(piece.span.start + found.start, piece.span.start + found.end)
            for piece in self._laid.map.pieces()
            for found in highlights(piece.text, self._words)
        ]

    def _selection(self, start: int, end: int, style: QTextFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        made.format = style.toCharFormat()
        return made

    def _excerpt(self, excerpt_id: str) -> Excerpt | None:
        excerpts = self._view.excerpts if self._view else ()
        return next((e for e in excerpts if e.id == excerpt_id), None)

    def _excerpt_at(self, point: QPoint) -> Excerpt | None:
        position = self.cursorForPosition(point).position()
        excerpts = self._view.excerpts if self._view and self._laid else ()
        for excerpt in excerpts:
            assert self._laid is not None
            if any(start <= position <= end for start, end in self._laid.map.ranges(excerpt.span)):
                return excerpt
        return None

    def _follow(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(SUGGESTION):
            self.suggestion_confirmed.emit(int(text.removeprefix(SUGGESTION)))

    def _explain(self, url: QUrl) -> None:
        text = url.toString()
        if self._view is None or not text.startswith(SUGGESTION):
            self.viewport().setToolTip("")
            return
        suggestion = self._view.suggestions[int(text.removeprefix(SUGGESTION))]
        self.viewport().setToolTip(fill(self.tr("Because of: %1"), ", ".join(suggestion.because)))
