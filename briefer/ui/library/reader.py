"""The reader of one source."""

from __future__ import annotations

from collections.abc import Callable
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
from briefer.domain.sources import BODY_KINDS
from briefer.domain.spans import Span
from briefer.ui.context import Context
from briefer.ui.library.ghost_pills import GhostPills
from briefer.ui.library.offered import SPEAKER, SUGGESTION, Offered
from briefer.ui.library.reader_document import SETTLE, ReaderDocument
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
    quotation_wanted = Signal(int)
    """The number of a quotation among the view's spoken ones."""
    excerpt_chosen = Signal(str)
    line_turned = Signal(object, bool)
    """The :class:`Span` of lines that are to be part of the article (True) or set aside (False)."""
    doubt_settled = Signal(object)
    """The :class:`Span` of a doubtful passage that belongs to the article."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: SourceView | None = None
        self._laid: ReaderDocument | None = None
        self._document: QTextDocument | None = None
        self._words: tuple[Words, ...] = ()
        self._current = ""
        self._line: Span | None = None
        self._editable = True
        self._offered = Offered()
        self._pills = GhostPills(lambda: context.colours)
        self.setObjectName("reader")
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
        """Lay a source out; ``keep_place`` keeps scrolling, cursor and selection where the same one is shown anew."""
        place = self.verticalScrollBar().value() if keep_place else 0
        same = self._view is not None and view is not None and view.snapshot.id == self._view.snapshot.id
        offsets = self._cursor_offsets() if keep_place and same else None
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(14)
        document.setUndoRedoEnabled(False)
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(_MARGIN)
        frame.setRightMargin(14)
        document.rootFrame().setFrameFormat(frame)
        self._pills.serve(document)
        if not same:
            self._line = None
        if not (same and keep_place):
            self._offered = Offered()
        self._view = view
        self._laid = None
        if view is not None:
            pills = self._offered.pills(view, self._context)
            self._laid = ReaderDocument(document, view, self._context, pills, with_furniture=with_furniture)
        former, self._document = self._document, document
        self.setDocument(document)
        if former is not None:
            former.deleteLater()
        if offsets is not None and self._laid is not None:
            cursor = self.textCursor()
            cursor.setPosition(self._laid.map.position(offsets[0]))
            cursor.setPosition(self._laid.map.position(offsets[1]), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        self._mark()
        # Long texts are laid out as they come into sight: without their height there is no place so far down.
        document.size()
        self.verticalScrollBar().setValue(place)

    def set_editable(self, *, editable: bool) -> None:
        """Let excerpts be made and lines be turned here, or not (an older capture)."""
        self._editable = editable

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

    def go_to_words(self) -> None:
        """Bring the first place into view that has the words of the query, if one has."""
        QTimer.singleShot(0, self, self._show_first_words)

    def selected_span(self) -> Span | None:
        """Return the span of the snapshot that is selected, or None."""
        cursor = self.textCursor()
        if self._laid is None or not cursor.hasSelection():
            return None
        return self._laid.map.span(cursor.selectionStart(), cursor.selectionEnd())

    def want_excerpt(self) -> None:
        """Ask for an excerpt of the selection, or of the present paragraph where nothing is selected."""
        span = self.selected_span() or self._line
        if span is not None and self._editable:
            self.excerpt_wanted.emit(span)

    def step(self, by: int) -> None:
        """Make another paragraph the present one, ``by`` steps down."""
        laid = self._laid
        if laid is None or not laid.segments:
            return
        spans = [segment.span for segment in laid.segments]
        if self._line in spans:
            at = max(0, min(spans.index(self._line) + by, len(spans) - 1))
        else:
            at = 0 if by > 0 else len(spans) - 1
        self._line = spans[at]
        self._bring_into_view(laid.map.pieces()[at].position)
        self.viewport().update()

    def turn(self) -> None:
        """Ask for the selected lines, or the present one, to be made part of the article, or to be set aside."""
        span = self.selected_span() or self._line
        touched = [s for s in self._laid.segments if span and s.span.touches(span)] if self._laid else []
        if span is not None and touched and self._editable:
            self.line_turned.emit(span, touched[0].kind not in BODY_KINDS)

    def next_suggestion(self) -> None:
        """Move to the next suggestion, which Enter confirms."""
        self.setFocus()
        if not self.focusNextPrevChild(True):
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_E: self.want_excerpt,
            Qt.Key.Key_B: self.turn,
            Qt.Key.Key_J: partial(self.step, 1),
            Qt.Key.Key_K: partial(self.step, -1),
        }
        if plain and event.key() in keys:
            keys[event.key()]()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            point = event.position().toPoint()
            self._line = self._segment_at(point)
            self.viewport().update()
            excerpt = self._excerpt_at(point)
            if excerpt is not None:
                self.excerpt_chosen.emit(excerpt.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        action = menu.addAction(self.tr("Make an excerpt\tE"))
        chosen = self.selected_span() is not None or self._line is not None
        action.setEnabled(chosen and self._editable)
        action.triggered.connect(self.want_excerpt)
        turning = menu.addAction(self.tr("Part of the article, or not\tB"))
        turning.setEnabled(action.isEnabled())
        turning.triggered.connect(self.turn)
        menu.exec(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText().replace("\u200b", ""))
        span = self.selected_span()
        if span is not None and self._editable:
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
            if self._is_present(first.position(), first.length()):
                bar = QRectF(_MARGIN - 2, box.top(), 3, box.height() - first.blockFormat().bottomMargin())
                painter.fillRect(bar, QColor(self._context.colours.accent))
            first = first.next()
        painter.end()

    def _cursor_offsets(self) -> tuple[int, int] | None:
        """Return where in the snapshot selection and cursor are, None where nothing of it is before them."""
        if self._laid is None:
            return None
        cursor = self.textCursor()
        anchor, at = (self._laid.map.offset(place) for place in (cursor.anchor(), cursor.position()))
        return None if anchor is None or at is None else (anchor, at)

    def _is_present(self, position: int, length: int) -> bool:
        """Whether the present paragraph is shown in that stretch of the document."""
        ranges = self._laid.map.ranges(self._line) if self._laid and self._line else ()
        return any(position <= start < position + length for start, _end in ranges)

    def _segment_at(self, point: QPoint) -> Span | None:
        if self._laid is None:
            return None
        position = self.cursorForPosition(point).position()
        pairs = zip(self._laid.map.pieces(), self._laid.segments, strict=True)
        return next((s.span for piece, s in pairs if piece.position <= position <= piece.end), None)

    def _bring_into_view(self, position: int) -> None:
        block = self.document().findBlock(position)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        bar = self.verticalScrollBar()
        if not bar.value() <= top <= bar.value() + self.viewport().height() * 0.7:
            bar.setValue(int(top) - 40)

    def _show_first_words(self) -> None:
        ranges = [r for span in self._hits() if self._laid for r in self._laid.map.ranges(span)]
        if ranges:
            self._bring_into_view(min(start for start, _end in ranges))

    def _mark(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        if self._laid is not None and self._view is not None:
            colours = self._context.colours
            for excerpt in self._excerpts():
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
        return next((e for e in self._excerpts() if e.id == excerpt_id), None)

    def _excerpts(self) -> tuple[Excerpt, ...]:
        """Return the excerpts that stand on the snapshot shown."""
        if self._view is None:
            return ()
        return tuple(e for e in self._view.excerpts if e.snapshot_id == self._view.snapshot.id)

    def _excerpt_at(self, point: QPoint) -> Excerpt | None:
        position = self.cursorForPosition(point).position()
        for excerpt in self._excerpts() if self._laid else ():
            assert self._laid is not None
            if any(start <= position <= end for start, end in self._laid.map.ranges(excerpt.span)):
                return excerpt
        return None

    def _follow(self, url: QUrl) -> None:
        kind, _colon, number = url.toString().rpartition(":")
        if f"{kind}:" == SUGGESTION:
            self.suggestion_confirmed.emit(int(number))
        elif f"{kind}:" == SPEAKER:
            self.quotation_wanted.emit(int(number))
        elif self._laid is not None and self._editable:
            doubtful = next((s.span for s in self._laid.segments if s.span.start == int(number)), None)
            if doubtful is not None and f"{kind}:" == SETTLE:
                self.doubt_settled.emit(doubtful)
            elif doubtful is not None:
                self.line_turned.emit(doubtful, False)

    def _explain(self, url: QUrl) -> None:
        kind, _colon, number = url.toString().rpartition(":")
        tip = ""
        if self._view is not None and f"{kind}:" == SUGGESTION:
            because = ", ".join(self._view.suggestions[int(number)].because)
            tip = fill(self.tr("Because of: %1"), because)
        elif self._view is not None and f"{kind}:" == SPEAKER:
            voice = self._view.spoken[int(number)]
            quote = self._view.snapshot.quote(voice.span_of_quotation)
            tip = fill(
                self.tr("Make an excerpt of “%1”, said by %2\nBecause of: %3"),
                quote,
                voice.speaker,
                voice.because,
            )
        self.viewport().setToolTip(tip)
