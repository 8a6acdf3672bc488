"""The editor of one prose block, as high as its text: shown as it will look, or as Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from briefer.services.ports import Markup
from briefer.ui.brief import as_typed, rich_actions, rich_clipboard
from briefer.ui.brief.highlighter import MarkdownHighlighter
from briefer.ui.brief.markdown_actions import insert_table, lead, wrap
from briefer.ui.brief.mime import PROSE, is_ours
from briefer.ui.brief.prose_keys import Key, key_of
from briefer.ui.brief.prose_text import (
    CitationChips,
    after_change,
    fold_typed_citation,
    insert_markdown,
    kept_place,
    markdown_of,
    markdown_of_selection,
    set_markdown,
)
from briefer.ui.brief.rich_text import blocks_of, insert_blocks, table_at
from briefer.ui.brief.surface import Surface
from briefer.ui.pressing import types

_SIGNS = {"bold": "**", "italic": "*"}
_LEADS = {"heading": "###", "list": "-", "numbered": "1.", "quote": ">"}
_ASKED = re.compile(r"(?<![A-Za-z0-9_@])@([^@\[\]\n\u2028\ufffc]{0,40})$")


class ProseEdit(Surface):
    """Edits a text. Keys that leave it, and what concerns the whole brief, go to the editor."""

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
    cite_asked = Signal(str)
    """What was typed behind «@»."""
    cite_ended = Signal()
    link_asked = Signal()
    long_pasted = Signal(object)
    """A :class:`rich_clipboard.Clip` that is too long for one text."""

    def __init__(self, chips: CitationChips, markup: Markup, parent: QWidget | None = None) -> None:
        super().__init__(chips, parent)
        self._markup = markup
        self.language = ""
        """That of the brief, a BCP 47 tag."""
        self._quiet = False
        self._asking = False
        self._source_view = False
        self._highlighter: MarkdownHighlighter | None = None
        self._signs = QColor(Qt.GlobalColor.gray)
        self._shown = ""
        self._changed_to = 0
        self._normal: str | None = ""
        self._read = (self.document().revision(), "")
        self.textChanged.connect(self._changed)

    @property
    def markdown(self) -> str:
        """The text as it is stored."""
        if self._source_view:
            return markdown_of(self.document())
        revision = self.document().revision()
        if self._read[0] != revision:
            text = self._markup.write(blocks_of(self.document()))
            if self._normal is None:
                self._normal = self._markup.write(self._markup.read(self._shown))
            # What only stands otherwise, as it was written by hand, is not changed by being looked at.
            self._read = (revision, self._shown if text == self._normal else text)
        return self._read[1]

    def show_markdown(self, markdown: str) -> None:
        """Show another text, unless it is what stands there; the cursor stays where it was between the same words."""
        if markdown == self.markdown:
            return
        place, former = self.textCursor().position(), self.document().toRawText()
        self._load(markdown)
        now = self.document().toRawText()
        self._changed_to = after_change(former, now)
        self._put_at(kept_place(former, now, place))

    def go_to_change(self) -> None:
        """Put the cursor behind what is other since another text was shown last."""
        self._put_at(self._changed_to)

    def _put_at(self, place: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def show_source(self, shown: bool) -> None:
        """Show the Markdown itself, or again how it will look."""
        if shown == self._source_view:
            return
        markdown = self.markdown
        self._source_view = shown
        self._load(markdown)

    def set_signs(self, colour: QColor) -> None:
        """Set the colour of Markdown signs."""
        self._signs = colour
        if self._highlighter is not None:
            self._highlighter.set_signs(colour)

    def insert(self, markdown: str) -> None:
        """Insert Markdown at the cursor, in place of the selection."""
        cursor = self.textCursor()
        if self._source_view:
            insert_markdown(cursor, markdown)
        else:
            rich_clipboard.insert(cursor, self._markup.read(markdown))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def cite(self, source: str) -> None:
        """Put a citation at the cursor, in place of «@» and what was typed behind it to find it."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if not cursor.hasSelection() and (asked := self._asked()):
            cursor.movePosition(
                QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor, len(asked[0])
            )
        insert_markdown(cursor, source)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def use(self, what: str) -> None:
        """Do what a tool says: ``bold``, ``italic``, ``heading``, ``list``, ``numbered``, ``quote``, ``table``, ``link``."""
        source = self._source_view
        if self.isReadOnly():
            return
        if what == "link":
            self.link_asked.emit()
        elif what == "table":
            heads = self.tr("Point"), self.tr("Our view")
            (insert_table if source else rich_actions.add_table)(self, *heads)
        elif what in _SIGNS:
            wrap(self, _SIGNS[what]) if source else rich_actions.emphasise(self, what)
        elif what in _LEADS:
            lead(self, _LEADS[what]) if source else rich_actions.make(self, what)

    @property
    def link(self) -> str:
        """Where the link at the cursor leads, or nothing."""
        return self.textCursor().charFormat().anchorHref()

    def set_link(self, address: str) -> None:
        """Let the selection, or the link at the cursor, lead somewhere."""
        if self._source_view:
            text = markdown_of_selection(self.textCursor())
            insert_markdown(self.textCursor(), f"[{text or address}]({address})" if address else text)
        else:
            rich_actions.link(self, address)

    def put_cursor(self, *, at_end: bool) -> None:
        """Put the cursor at the beginning or the end."""
        place = QTextCursor.MoveOperation.End if at_end else QTextCursor.MoveOperation.Start
        self.moveCursor(place)

    def clear_selection(self) -> None:
        """Let nothing be selected; the cursor stays."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def forget_steps(self) -> None:
        """Let nothing be undone or done again in the text itself."""
        self.document().clearUndoRedoStacks()

    def undo_step(self) -> None:
        """Undo in the text, and beyond it when nothing is left."""
        if not self.document().isUndoAvailable():
            self.undo_beyond.emit()
        else:
            self.undo()

    def redo_step(self) -> None:
        """Do again in the text, and beyond it when nothing is left."""
        if self.document().isRedoAvailable():
            self.redo()
        else:
            self.redo_beyond.emit()

    def _load(self, markdown: str) -> None:
        self._quiet = True
        document = self.document()
        if self._highlighter is not None and not self._source_view:
            self._highlighter.setDocument(None)
            self._highlighter = None
        if self._source_view:
            self._reset()
            set_markdown(document, markdown)
            self._highlighter = self._highlighter or MarkdownHighlighter(document, self._signs)
        else:
            self._reset()
            insert_blocks(QTextCursor(document), self._markup.read(markdown))
            document.clearUndoRedoStacks()
            self._shown, self._normal = markdown, None
            self._read = (document.revision(), markdown)
        self._quiet = False
        self.show_hint()
        self.fit()

    def _reset(self) -> None:
        if not self.document().isEmpty():
            self.document().setUndoRedoEnabled(False)
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            cursor.setBlockFormat(type(cursor.blockFormat())())
            cursor.setBlockCharFormat(QTextCharFormat())
            cursor.setCharFormat(QTextCharFormat())
            self.document().setUndoRedoEnabled(True)

    # --- keys and focus --------------------------------------------------------------------------------

    def keyPressEvent(self, e: QKeyEvent) -> None:
        if self.isReadOnly():
            if not self._step_out(e):
                super().keyPressEvent(e)
            return
        if types(e):
            former = self._clean(" ")
            super().keyPressEvent(e)
            self._follow(e.text(), former)
            return
        key = key_of(e)
        if key is not None:
            self._use_key(key)
        elif e.key() == Qt.Key.Key_Backspace and self.is_bare:
            self.emptied.emit()
        elif (self._source_view or not rich_actions.press(self, e)) and not self._step_out(e):
            super().keyPressEvent(e)

    def inputMethodEvent(self, e: QInputMethodEvent) -> None:
        former = self._clean(e.commitString() or e.preeditString())
        super().inputMethodEvent(e)
        if not e.preeditString():
            self._follow(e.commitString(), former)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        step = 1 if next else -1
        if not (self._source_view or self.isReadOnly()) and (
            rich_actions.indent(self, step) or rich_actions.step_cell(self, step)
        ):
            return True
        return super().focusNextPrevChild(next)

    def _clean(self, text: str) -> str:
        """Make ready for what is typed, and return the line as it is before that."""
        if text and not self._source_view:
            rich_actions.tidy_typing(self)
        return self.textCursor().block().text()

    def _follow(self, typed: str, former: str) -> None:
        if typed and not (self._source_view or self._asking or self.isReadOnly()):
            as_typed.follow(self, typed, former, self.language)

    def _use_key(self, key: Key) -> None:
        if key is Key.UNDO:
            self.undo_step()
        elif key is Key.REDO:
            self.redo_step()
        else:
            self.use(key.value)

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
        self.cite_ended.emit()
        self.paused.emit()
        if e.reason() not in away:
            self.left_typing.emit()

    def _changed(self) -> None:
        if self._quiet:
            return
        self.show_hint()
        cursor = self.textCursor()
        line = cursor.block().text()
        if "@" in line:
            self._quiet = True
            fold_typed_citation(cursor)
            self._quiet = False
        self.edited.emit()
        asked = self._asked() if "@" in line and self.hasFocus() else None
        if asked:
            self.cite_asked.emit(asked[1])
        elif self._asking:
            self.cite_ended.emit()
        self._asking = asked is not None

    def _asked(self) -> re.Match[str] | None:
        cursor = self.textCursor()
        before = cursor.block().text().encode("utf-16-le", "surrogatepass")[: 2 * cursor.positionInBlock()]
        return _ASKED.search(before.decode("utf-16-le", "surrogatepass"))

    def contextMenuEvent(self, e: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(e.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if table_at(self.textCursor()) is not None and not self.isReadOnly():
            menu.addSeparator()
            for text, what in (
                (self.tr("Add row below"), "+row"),
                (self.tr("Add column at the right"), "+column"),
                (self.tr("Remove row"), "-row"),
                (self.tr("Remove column"), "-column"),
                (self.tr("Remove table"), "-table"),
            ):
                menu.addAction(text).triggered.connect(
                    lambda _checked=False, wanted=what: rich_actions.change_table(self, wanted)
                )
        menu.popup(e.globalPos())

    # --- clipboard and dragging ------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        if self._source_view:
            data = QMimeData()
            data.setText(markdown_of_selection(cursor))
            return data
        blocks = blocks_of(self.document(), cursor.selectionStart(), cursor.selectionEnd())
        return rich_clipboard.copied(blocks, self._markup, self.chips.label)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return (source.hasText() or source.hasHtml() or source.hasFormat(PROSE)) and not is_ours(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not self.canInsertFromMimeData(source):
            return
        clip = rich_clipboard.taken(source)
        if clip.is_long:
            self.long_pasted.emit(replace(clip, own=clip.text) if self._source_view else clip)
            return
        if self._source_view:
            self.insert(clip.text)
            return
        cursor = self.textCursor()
        self._clean(" ")
        rich_clipboard.insert(cursor, rich_clipboard.read(clip, self._markup))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
