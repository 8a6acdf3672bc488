"""The editor of one prose block: Markdown with chips for citations; as high as its text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QTextEdit, QWidget

from briefer.ui.brief.highlighter import MarkdownHighlighter
from briefer.ui.brief.markdown_actions import wrap
from briefer.ui.brief.mime import is_ours
from briefer.ui.brief.prose_text import (
    CitationChips,
    fold_typed_citation,
    insert_markdown,
    markdown_of,
    markdown_of_selection,
    set_markdown,
)

_PADDING = 4


class ProseEdit(QTextEdit):
    """Edits Markdown. Keys that leave the text, and what concerns the whole brief, go to the editor."""

    edited = Signal()
    paused = Signal()
    """The focus went elsewhere, perhaps only to a menu or another window."""
    left_typing = Signal()
    stepped_out = Signal(int)
    """-1 when the cursor wants to leave upwards, 1 downwards."""
    emptied = Signal()
    """Backspace in an empty text."""
    undo_beyond = Signal()
    redo_beyond = Signal()
    entered = Signal()

    def __init__(self, chips: CitationChips, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = chips
        self._hint = ""
        self._quiet = False
        self.setObjectName("prose")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(_PADDING)
        chips.serve(self.document())
        self.highlighter = MarkdownHighlighter(self.document(), QColor(Qt.GlobalColor.gray))
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._changed)

    @property
    def markdown(self) -> str:
        """The text as it is stored."""
        return markdown_of(self.document())

    def show_markdown(self, markdown: str) -> None:
        """Show another text, unless it is what stands there; the cursor stays about where it was."""
        if markdown == self.markdown:
            return
        place = self.textCursor().position()
        self._quiet = True
        set_markdown(self.document(), markdown)
        self._quiet = False
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._fit()

    def set_hint(self, hint: str) -> None:
        """Show what belongs here while it is empty."""
        self._hint = hint
        self.setAccessibleDescription(hint)
        self._fit()
        self.viewport().update()

    def insert(self, markdown: str) -> None:
        """Insert Markdown at the cursor, in place of the selection."""
        insert_markdown(self.textCursor(), markdown)
        self.ensureCursorVisible()

    def put_cursor(self, *, at_end: bool) -> None:
        """Put the cursor at the beginning or the end."""
        place = QTextCursor.MoveOperation.End if at_end else QTextCursor.MoveOperation.Start
        self.moveCursor(place)

    def undo_step(self) -> None:
        """Undo in the text, and beyond it when nothing is left."""
        if self.document().isUndoAvailable():
            self.undo()
        else:
            self.undo_beyond.emit()

    def redo_step(self) -> None:
        """Do again in the text, and beyond it when nothing is left."""
        if self.document().isRedoAvailable():
            self.redo()
        else:
            self.redo_beyond.emit()

    # --- size ------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        height = max(self.document().size().height(), self._hint_height())
        wanted = round(height) + 2 * self.frameWidth()
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
            self._fit()

    def wheelEvent(self, e: QWheelEvent) -> None:
        # The page scrolls, not the block.
        e.ignore()

    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        if (
            not self._hint
            or not self.document().isEmpty()
            or self.textCursor().block().layout().preeditAreaText()
        ):
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().placeholderText().color())
        box = self.viewport().rect().adjusted(_PADDING, _PADDING, -_PADDING, 0)
        painter.drawText(box, Qt.TextFlag.TextWordWrap.value, self._hint)
        painter.end()

    # --- keys and focus --------------------------------------------------------------------------------

    def event(self, e: QEvent) -> bool:
        # These keys belong to the text while the cursor stands in it, not to the menu of the window.
        asked = isinstance(e, QKeyEvent) and e.type() is QEvent.Type.ShortcutOverride
        if asked and (_undo_key(e) or _sign_key(e)):  # type: ignore[arg-type]
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        turned = _undo_key(e)
        if turned:
            (self.undo_step if turned < 0 else self.redo_step)()
        elif sign := _sign_key(e):
            wrap(self, sign)
        elif e.key() == Qt.Key.Key_Backspace and self.document().isEmpty():
            self.emptied.emit()
        elif not self._step_out(e):
            super().keyPressEvent(e)

    def _step_out(self, e: QKeyEvent) -> bool:
        if e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        moves = {
            Qt.Key.Key_Up: (QTextCursor.MoveOperation.Up, -1),
            Qt.Key.Key_Left: (QTextCursor.MoveOperation.PreviousCharacter, -1),
            Qt.Key.Key_Down: (QTextCursor.MoveOperation.Down, 1),
            Qt.Key.Key_Right: (QTextCursor.MoveOperation.NextCharacter, 1),
        }
        move = moves.get(Qt.Key(e.key()))
        # A probe: it fails to move exactly where the text ends.
        if (
            move is None
            or self.textCursor().hasSelection()
            or QTextCursor(self.textCursor()).movePosition(move[0])
        ):
            return False
        self.stepped_out.emit(move[1])
        return True

    def focusInEvent(self, e: QFocusEvent) -> None:
        super().focusInEvent(e)
        self.entered.emit()

    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        away = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        self.paused.emit()
        if e.reason() not in away:
            self.left_typing.emit()

    def _changed(self) -> None:
        if self._quiet:
            return
        self._quiet = True
        fold_typed_citation(self.textCursor())
        self._quiet = False
        self.edited.emit()

    # --- clipboard and dragging ------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(markdown_of_selection(self.textCursor()))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not is_ours(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.canInsertFromMimeData(source):
            self.insert(source.text())

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


def _sign_key(e: QKeyEvent) -> str:
    """Return the Markdown sign that a key stands for, or nothing."""
    signs = {Qt.Key.Key_B: "**", Qt.Key.Key_I: "*"}
    control = e.modifiers() == Qt.KeyboardModifier.ControlModifier
    return signs.get(Qt.Key(e.key()), "") if control else ""


def _undo_key(e: QKeyEvent) -> int:
    """Return -1 for the keys that undo, 1 for those that do again, 0 for others."""
    control = Qt.KeyboardModifier.ControlModifier
    shift = Qt.KeyboardModifier.ShiftModifier
    if e.key() == Qt.Key.Key_Z and e.modifiers() == control:
        return -1
    if (e.key() == Qt.Key.Key_Y and e.modifiers() == control) or (
        e.key() == Qt.Key.Key_Z and e.modifiers() == control | shift
    ):
        return 1
    return 0
