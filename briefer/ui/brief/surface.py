"""A text that is as high as what it holds, with citations that can be looked at and clicked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QFontMetrics,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QTextEdit, QWidget

from briefer.ui.brief.line_ends import LineEnds
from briefer.ui.brief.mime import is_ours
from briefer.ui.brief.prose_text import CitationChips, is_citation, source_of
from briefer.ui.brief.rich_text import kind_of, list_of

_PADDING = 4


class Surface(QTextEdit):
    """Neither scrolls nor has a frame. Painting is Qt's alone: a key must not wait for Python to paint."""

    citation_clicked = Signal(str)
    """The Markdown of a citation."""

    def __init__(self, chips: CitationChips, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = chips
        self._hint = ""
        self._pressed_on = ""
        self._over = ""
        self.setObjectName("prose")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(_PADDING)
        self.document().setIndentWidth(22)
        chips.serve(self.document())
        self._ends = LineEnds(self.document(), chips)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)

    def set_hint(self, hint: str) -> None:
        """Show what belongs here while it is empty."""
        self._hint = hint
        self.setAccessibleDescription(hint)
        self.show_hint()
        self.fit()

    def show_hint(self) -> None:
        """Show the hint where nothing stands, not even the sign of a list; hide it elsewhere."""
        wanted = self._hint if self.is_bare else ""
        if wanted != self.placeholderText():
            self.setPlaceholderText(wanted)

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands here."""
        block = self.document().firstBlock()
        return self.document().isEmpty() and list_of(block) is None and not kind_of(block)

    # --- size ------------------------------------------------------------------------------------------

    def lay_out(self, width: int) -> None:
        """Break the lines for a width before it is shown."""
        self.document().setTextWidth(width - 2 * self.frameWidth())
        self._ends.keep_all()
        self.fit()

    def fit(self) -> None:
        """Be as high as the text."""
        wanted = round(max(self.document().size().height(), self._hint_height())) + 2 * self.frameWidth()
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)

    def _hint_height(self) -> float:
        if not self._hint or not self.document().isEmpty():
            return 0
        width = max(self.viewport().width() - 2 * _PADDING, 80)
        box = QFontMetrics(self.font()).boundingRect(
            0, 0, width, 10_000, Qt.TextFlag.TextWordWrap.value, self._hint
        )
        return box.height() + 2 * _PADDING

    def sizeHint(self) -> QSize:
        return QSize(400, self.minimumHeight())

    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        if e.oldSize().width() != e.size().width():
            self._ends.keep_all()
            self.fit()

    def wheelEvent(self, e: QWheelEvent) -> None:
        # The page scrolls, not the block.
        e.ignore()

    # --- citations -------------------------------------------------------------------------------------

    def citation_at(self, place: QPoint) -> str:
        """Return the Markdown of the citation at a place of the viewport, or nothing."""
        at = self._character_at(place)
        return source_of(self._format_of(at)) if at >= 0 and is_citation(self._format_of(at)) else ""

    def opened_at(self, place: QPoint) -> str:
        """Return the Markdown of the citation that a click at a place opens, or nothing.

        The middle of its chip does; a click nearer to one of its ends puts the cursor there.
        """
        source = self.citation_at(place)
        if not source:
            return ""
        at, cursor = self._character_at(place), QTextCursor(self.document())
        cursor.setPosition(at)
        width = self.chips.intrinsicSize(self.document(), at, self._format_of(at)).width()
        left = self.cursorRect(cursor).x()
        return source if left + width / 3 <= place.x() <= left + 2 * width / 3 else ""

    def _character_at(self, place: QPoint) -> int:
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        return layout.hitTest((place + offset).toPointF(), Qt.HitTestAccuracy.ExactHit)

    def _format_of(self, at: int) -> QTextCharFormat:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(at + 1, self.document().characterCount() - 1))
        return cursor.charFormat()

    def mousePressEvent(self, e: QMouseEvent) -> None:
        plain = e.button() == Qt.MouseButton.LeftButton and not e.modifiers()
        self._pressed_on = self.opened_at(e.position().toPoint()) if plain else ""
        super().mousePressEvent(e)

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        super().mouseReleaseEvent(e)
        on, self._pressed_on = self._pressed_on, ""
        if on and not self.textCursor().hasSelection() and self.opened_at(e.position().toPoint()) == on:
            self.citation_clicked.emit(on)

    def mouseMoveEvent(self, e: QMouseEvent) -> None:
        super().mouseMoveEvent(e)
        place = e.position().toPoint()
        over = "" if e.buttons() else self.citation_at(place)
        opens = bool(over) and bool(self.opened_at(place))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.IBeamCursor)
        if over != self._over:
            self._over = over
            self.viewport().setToolTip(self.chips.told(over) if over else "")

    # --- dragging --------------------------------------------------------------------------------------

    def dragEnterEvent(self, e: QDragEnterEvent) -> None:
        # Excerpts and blocks go between the blocks: the page takes them.
        if is_ours(e.mimeData()):
            e.ignore()
        else:
            super().dragEnterEvent(e)

    def dragMoveEvent(self, e: QDragMoveEvent) -> None:
        if is_ours(e.mimeData()):
            e.ignore()
        else:
            super().dragMoveEvent(e)
