"""Excerpts that resemble one: copies of its text, and others that share its rare words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.excerpts import Excerpt
from briefer.domain.results import Hit, Similar
from briefer.ui.context import Context
from briefer.ui.elided import ElidedLabel
from briefer.ui.library.card_view import CardView
from briefer.ui.library.cards import ExcerptDelegate
from briefer.ui.library.reader_map import shown_text
from briefer.ui.library.results import ExcerptModel
from briefer.ui.text import fill

_MOST = 15
_TOLD = 0.05
"""What shares less of the text than this is related by its words alone."""


class SimilarPane(QWidget):
    """«Similar to “…”» with a way back, and below it copies and related excerpts."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.of: Excerpt | None = None
        self._back = QPushButton(self.tr("← All hits"))
        self._back.setProperty("chip", True)
        self._back.setToolTip(self.tr("Back to what the search finds (Esc)"))
        self._back.clicked.connect(self.left)
        self._title = ElidedLabel()
        self._title.setProperty("role", "soft")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.model = ExcerptModel(context, self)
        self._delegate = _SimilarDelegate(context, self)
        self.view = CardView(self.model, self._delegate)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setAccessibleName(self.tr("Similar excerpts"))
        self._none = QLabel(self.tr("Nothing in this library resembles it."))
        self._none.setProperty("role", "soft")
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._none.setContentsMargins(20, 40, 20, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._none)
        head = QHBoxLayout()
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)

    def show_of(self, excerpt: Excerpt) -> None:
        """Look for what resembles an excerpt."""
        desk = self._context.desk
        if desk is not None:
            self.of = excerpt
            self._title.setText(fill(self.tr("Similar to “%1”"), shown_text(excerpt.quote)))
            self._context.run(
                lambda: desk.find.similar(excerpt.id, _MOST),
                self._take,
                failed=lambda _error: self.left.emit(),
                latest="similar",
            )

    def _take(self, found: tuple[Similar, ...]) -> None:
        self._delegate.likeness = {one.hit.excerpt.id: one.likeness for one in found}
        groups = (
            (self.tr("The same text"), tuple(one.hit for one in found if one.copy)),
            (self.tr("Related: rare words in common"), tuple(one.hit for one in found if not one.copy)),
        )
        self.model.show_given([group for group in groups if group[1]])
        self._stack.setCurrentWidget(self.view if found else self._none)
        self.view.choose_first()
        (self.view if found else self._back).setFocus()


class _SimilarDelegate(ExcerptDelegate):
    """An excerpt that tells how much of the text is shared."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.likeness: dict[str, float] = {}

    def meta_of(self, hit: Hit, *, short: bool = False) -> str:
        likeness, meta = self.likeness.get(hit.excerpt.id, 0.0), super().meta_of(hit, short=short)
        if likeness < _TOLD:
            return meta
        share = fill(self._context.tr("%1 % in common"), round(100 * likeness))
        return f"{share} · {meta}"
