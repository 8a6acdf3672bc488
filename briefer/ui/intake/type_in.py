"""Typing in the text of an original that cannot be read, with the original beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from briefer.errors import KnownError
from briefer.ui.context import Context
from briefer.ui.library.page_view import PageView
from briefer.ui.problems import message
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.collect import SourceView
    from briefer.services.desk import Desk

_PICTURE_WIDTH = 900


class _TypedText(QPlainTextEdit):
    """Takes Ctrl+Enter for itself, as editors of text do, and does what the dialog does with it."""

    saving_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
        )
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.saving_wanted.emit()
        else:
            super().keyPressEvent(event)


class TypeInDialog(QDialog):
    """A large editor; an empty line parts two paragraphs. The pages or the picture are beside it, where there are any."""

    def __init__(self, context: Context, desk: Desk, view: SourceView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._source = view.source
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Type the text in"))
        self.editor = _TypedText(view.snapshot.text)
        self.editor.saving_wanted.connect(self._save_by_key)
        self.editor.setTabChangesFocus(True)
        self.editor.setAccessibleName(self.tr("Text of the source"))
        self.editor.setPlaceholderText(
            self.tr("Type or paste the text here. An empty line parts two paragraphs.")
        )
        self._objection = QLabel()
        self._objection.setProperty("role", "error")
        self._objection.setWordWrap(True)
        self._objection.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(12)
        self._splitter.setChildrenCollapsible(False)
        self._lay_out(view)
        self._show_original(view)
        self.editor.setFocus()

    @property
    def objection(self) -> str:
        """Why the text could not be stored, or nothing."""
        return self._objection.text()

    def accept(self) -> None:
        text = self.editor.toPlainText()
        source_id = self._source.id
        self._buttons.setEnabled(False)
        self._context.change(
            lambda: self._desk.recapture.type_in(source_id, text), done=self._close, failed=self._refuse
        )

    def reject(self) -> None:
        """Close without storing; what was typed is not thrown away by a slip of the finger."""
        if self.editor.document().isModified():
            answer = QMessageBox.question(
                self,
                self.windowTitle(),
                self.tr("Throw away what you typed?"),
                QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
                QMessageBox.StandardButton.Cancel,
            )
            if answer is not QMessageBox.StandardButton.Discard:
                return
        super().reject()

    def _lay_out(self, view: SourceView) -> None:
        title = QLabel(view.source.title)
        title.setProperty("role", "heading")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        why = QLabel(
            fill(
                self.tr("%1: %2. What is typed here is kept beside the original and marked as typed in."),
                view.snapshot.file_name,
                view.snapshot.unreadable,
            )
        )
        why.setProperty("role", "soft")
        why.setTextFormat(Qt.TextFormat.PlainText)
        why.setWordWrap(True)
        self._splitter.addWidget(self.editor)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setToolTip(self.tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._save_by_key)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(why)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self._objection)
        layout.addWidget(self._buttons)

    def _show_original(self, view: SourceView) -> None:
        """Put the pages or the picture beside the editor."""
        if view.snapshot.pages.labels:
            pages = PageView(self._context)
            self._splitter.addWidget(pages)
            pages.show_view(view)
        elif view.snapshot.media_type.startswith("image/"):
            desk, source_id = self._desk, view.source.id
            self._context.run(lambda: _picture(desk, source_id), self._take_picture)
        self.resize(1120 if view.snapshot.pages.labels else 720, 680)

    def _take_picture(self, image: QImage) -> None:
        if image.isNull():
            return
        label = QLabel()
        label.setPixmap(QPixmap.fromImage(image))
        label.setAccessibleName(self.tr("The picture"))
        scroll = QScrollArea()
        scroll.setWidget(label)
        self._splitter.addWidget(scroll)
        self.resize(1120, 680)
        self._splitter.setSizes([1, 1])

    def _save_by_key(self) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Save).click()

    def _close(self, _change: object) -> None:
        super().accept()

    def _refuse(self, error: KnownError) -> None:
        self._buttons.setEnabled(True)
        self._objection.setText(message(error))
        self._objection.show()
        self.editor.setFocus()


def _picture(desk: Desk, source_id: str) -> QImage:
    """Return a source's original as a picture, at most so wide; a null image for a format Qt cannot show."""
    image = QImage.fromData(QByteArray(desk.collect.original(source_id)))
    if image.width() > _PICTURE_WIDTH:
        return image.scaledToWidth(_PICTURE_WIDTH, Qt.TransformationMode.SmoothTransformation)
    return image
