"""What can be done with several chosen excerpts or sources."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from briefer.ui.context import Context
from briefer.ui.library.tag_popup import TagPopup
from briefer.ui.text import fill


class SelectionBar(QFrame):
    """«12 selected», and buttons. It is there while more than one entry is chosen."""

    tag_wanted = Signal(object)
    """The :class:`Tag` to be added to all."""
    untag_wanted = Signal(object)
    brief_wanted = Signal()
    export_wanted = Signal()
    story_wanted = Signal()
    ended = Signal()
    turned = Signal()
    """It came or went."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._count = QLabel()
        self._tags = TagPopup(context, self)
        self._tags.added.connect(self.tag_wanted)
        removes = self.tr("Enter takes the tag off all · Esc closes")
        self._gone = TagPopup(context, self, hint=removes)
        self._gone.added.connect(self.untag_wanted)
        self._tag = self._button(self.tr("Tag"), self.tr("Add a tag to all (Ctrl+T)"), self.edit_tags)
        self._untag = self._button(self.tr("Untag"), self.tr("Take a tag off all"), self._edit_gone)
        self._brief = self._button(
            self.tr("To brief…"), self.tr("Quote all in a brief (Ctrl+Shift+B)"), self.brief_wanted.emit
        )
        self._export = self._button(
            self.tr("Export…"), self.tr("Write all into a file (Ctrl+Shift+E)"), self.export_wanted.emit
        )
        self._story = self._button(
            self.tr("Same story"),
            self.tr("They report one thing: all stay, and count as one origin"),
            self.story_wanted.emit,
        )
        close = self._button("✕", self.tr("Choose one again (Esc)"), self.ended.emit)
        close.setAccessibleName(self.tr("End the selection"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 6, 5)
        row.setSpacing(4)
        row.addWidget(self._count, 1)
        for button in (self._tag, self._untag, self._brief, self._export, self._story, close):
            row.addWidget(button)
        self.hide()

    def show_count(self, count: int, *, sources: bool) -> None:
        """Show how many are chosen; with one or none the bar goes away."""
        turned = self.isHidden() == (count > 1)
        self.setVisible(count > 1)
        self._count.setText(fill(self.tr("%1 selected"), f"{count:,}"))
        for button in (self._tag, self._untag, self._brief, self._export):
            button.setVisible(not sources)
        self._story.setVisible(sources)
        if turned:
            self.turned.emit()

    def edit_tags(self) -> None:
        """Open the field for a tag that all get."""
        if self.isVisible():
            self._tags.open_at(self._above(self._tag))

    def _edit_gone(self) -> None:
        self._gone.open_at(self._above(self._untag))

    @staticmethod
    def _above(button: QPushButton) -> QPoint:
        return button.mapToGlobal(QPoint(0, button.height() + 2))

    def _button(self, text: str, tip: str, do: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("chip", True)
        button.setToolTip(tip)
        button.clicked.connect(lambda _checked=False: do() if callable(do) else None)
        return button
