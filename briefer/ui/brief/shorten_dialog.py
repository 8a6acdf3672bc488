"""Shortening a quotation visibly, with the original beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.editing import shorten
from briefer.domain.quotations import OMISSION, pieces, stray
from briefer.ui.brief import moves
from briefer.ui.brief.figures import find
from briefer.ui.brief.session import BriefSession
from briefer.ui.leaving import ask_to_leave
from briefer.ui.text import fill

_LONGEST = 60


class ShownEdit(QPlainTextEdit):
    """How a quotation is shown: Ctrl+Delete leaves out what is selected, and Alt with a letter is for the buttons."""

    omission_wanted = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _presses(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_Delete and self.textCursor().hasSelection():
            self.omission_wanted.emit()
        elif _presses(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _presses(event: QKeyEvent) -> bool:
    """Whether a key is Alt with the very letter: with Option, Macs type other signs than the key's."""
    text = event.text()
    alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return alt and text.isalnum() and text.upper() == chr(event.key())


class ShortenDialog(QDialog):
    """Edits how a quotation is shown; only what the source says, «[…]» and «[words put in]» are let through."""

    def __init__(self, quote: str, shown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quote = quote
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Shorten the quotation"))
        self.editor = ShownEdit(shown or quote)
        self.editor.setTabChangesFocus(True)
        self.editor.setAccessibleName(self.tr("The quotation as it is shown"))
        self._original = QPlainTextEdit(quote)
        self._original.setReadOnly(True)
        self._original.setTabChangesFocus(True)
        self._original.setAccessibleName(self.tr("The quotation in the source"))
        self._objection = QLabel()
        self._objection.setProperty("role", "error")
        self._objection.setWordWrap(True)
        self.leave_out = QPushButton(self.tr("&Leave out the selection"))
        self.leave_out.setToolTip(self.tr("Puts […] in its place (Ctrl+Delete)"))
        self.whole = QPushButton(self.tr("&Whole quotation"))
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self.leave_out.clicked.connect(self._leave_out)
        self.editor.omission_wanted.connect(self._leave_out)
        self.whole.clicked.connect(lambda: self.editor.setPlainText(quote))
        apply = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        apply.setText(self.tr("&OK"))
        apply.setToolTip(self.tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(apply.click)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.editor.textChanged.connect(self._judge)
        self.editor.copyAvailable.connect(self.leave_out.setEnabled)
        self.leave_out.setEnabled(False)
        self._judge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.editor.document().isModified():
            ask_to_leave(self, self.tr("Leave the quotation as it was? What was changed here is lost."))
        else:
            super().keyPressEvent(event)

    @property
    def shown(self) -> str:
        """The edited form; empty where it is the whole quotation."""
        text = " ".join(self.editor.toPlainText().split())
        return "" if text == " ".join(self._quote.split()) else text

    def _lay_out(self) -> None:
        hint = QLabel(
            self.tr(
                "Words left out show as […]; words of yours stand in [brackets]. All else is the source's own."
            )
        )
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        source, kept = QLabel(self.tr("In the source")), QLabel(self.tr("&Shown in the brief"))
        kept.setBuddy(self.editor)
        tools = QHBoxLayout()
        tools.addWidget(self.leave_out)
        tools.addWidget(self.whole)
        tools.addStretch(1)
        box = QVBoxLayout(self)
        for widget in (source, self._original, kept, self.editor):
            box.addWidget(widget)
        box.addLayout(tools)
        box.addWidget(hint)
        box.addWidget(self._objection)
        box.addWidget(self._buttons)
        self.editor.setFocus()
        self.resize(640, 460)

    def _leave_out(self) -> None:
        cursor = self.editor.textCursor()
        text = self.editor.toPlainText()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        words = text[start:end]
        # Blanks at the selection's ends stay, so that the brackets stand apart from the words around them.
        cursor.setPosition(start + len(words) - len(words.lstrip()))
        cursor.setPosition(end - len(words) + len(words.rstrip()), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(OMISSION)
        self.editor.setFocus()

    def _judge(self) -> None:
        text = self.editor.toPlainText()
        fits = pieces(text, self._quote) is not None
        words = stray(text, self._quote)
        if fits:
            objection = ""
        elif words:
            cut = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
            objection = fill(self.tr("The source does not say this here: “%1”"), cut)
        else:
            objection = self.tr("Nothing of the source is left.")
        self._objection.setText(objection)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(fits)


def ask_to_shorten(session: BriefSession, block_id: str, parent: QWidget) -> ShortenDialog | None:
    """Let a person edit how a quotation block is shown; None where its excerpt is not in the library."""
    block = moves.block_of(session.brief, block_id)
    hit = find(session.hits, block.excerpt_id or "") if block else None
    if block is None or hit is None:
        return None
    dialog = ShortenDialog(hit.excerpt.quote, block.shown, parent)

    def store() -> None:
        shown = dialog.shown
        if shown != block.shown and moves.block_of(session.brief, block_id):
            session.edit(dialog.tr("Shorten quotation"), lambda brief: shorten(brief, block_id, shown))

    dialog.accepted.connect(store)
    dialog.open()
    return dialog
