"""What is rarely said of an excerpt: its translation and its own markings, behind a line that opens."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from briefer.domain.excerpts import Excerpt
from briefer.ui.context import Context
from briefer.ui.marking_box import MarkingBox

_LINES = 2


class _Text(QPlainTextEdit):
    """Some lines of text, stored when the user leaves them."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 22)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class MoreNotes(QWidget):
    """Translation, whether it is an official one, and markings; open where the excerpt has one of them."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._excerpt: Excerpt | None = None
        self.head = QPushButton()
        self.head.setProperty("link", True)
        self.head.setCheckable(True)
        self.head.setAutoDefault(False)
        self.translation = _Text()
        self.translation.setPlaceholderText(self.tr("Translation, shown beside the quotation"))
        self.translation.setAccessibleName(self.tr("Translation"))
        self.official = QCheckBox(self.tr("Official translation"))
        self.official.setToolTip(
            self.tr("Published by the source or a government; otherwise it is a working one")
        )
        self.marking = MarkingBox((), context.language, self.tr("Not marked"))
        self.comment_marking = MarkingBox((), context.language, self.tr("Comment not marked"))
        self._body = QWidget()
        self._lay_out()
        self.head.toggled.connect(self._turn)
        self.translation.left.connect(self.changed)
        self.official.clicked.connect(self.changed)
        context.desk_changed.connect(self._take_schemes)
        context.schemes_changed.connect(self._take_schemes)
        self._take_schemes()
        self._turn(False)

    def show_excerpt(self, excerpt: Excerpt) -> None:
        """Show another excerpt, or the same one changed."""
        same = self._excerpt is not None and excerpt.id == self._excerpt.id
        self._excerpt = excerpt
        if (
            not (same and self.translation.hasFocus())
            and self.translation.toPlainText() != excerpt.translation
        ):
            self.translation.setPlainText(excerpt.translation)
        self.official.setChecked(excerpt.translation_official)
        self.marking.show_marking(excerpt.marking or "")
        self.comment_marking.show_marking(excerpt.comment_marking)
        if not same:
            told = excerpt.translation or excerpt.marking or excerpt.comment_marking
            self.head.setChecked(bool(told))

    def on(self, excerpt: Excerpt) -> Excerpt:
        """Return ``excerpt`` with what is said here."""
        translation = self.translation.toPlainText().strip()
        return replace(
            excerpt,
            translation=translation,
            translation_official=bool(translation) and self.official.isChecked(),
            marking=self.marking.marking or None,
            comment_marking=self.comment_marking.marking,
        )

    def _turn(self, opened: bool) -> None:
        self.head.setText(("▾ " if opened else "▸ ") + self.tr("Translation and marking"))
        self._body.setVisible(opened)

    def _take_schemes(self) -> None:
        """Offer the markings that the open library knows."""
        desk = self._context.desk
        if desk is not None:
            self.marking = self._box_of(
                self.marking,
                self.tr("Not marked"),
                self.tr("Marking of the excerpt"),
                self.tr("The excerpt’s own marking: a level of any scheme, or another text"),
            )
            self.comment_marking = self._box_of(
                self.comment_marking,
                self.tr("Comment not marked"),
                self.tr("Marking of the comment"),
                self.tr("The comment’s own marking: it may be higher than that of the words"),
            )

    def _box_of(self, former: MarkingBox, none: str, name: str, told: str) -> MarkingBox:
        """Return a box of the library's markings in the place of another."""
        made = MarkingBox(self._context.schemes, self._context.language, none)
        made.show_marking(former.marking)
        made.setAccessibleName(name)
        made.setToolTip(told)
        made.chosen.connect(self.changed)
        at = next(box for box in (self._line, self._inner) if box.indexOf(former) >= 0)
        at.replaceWidget(former, made)
        former.deleteLater()
        return made

    def _lay_out(self) -> None:
        self._line = line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.official)
        line.addWidget(self.marking, 1)
        self._inner = inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.translation)
        inner.addLayout(line)
        inner.addWidget(self.comment_marking)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._body)
