"""The strip under the reader: a place to drop a selection, and the excerpts made so far of this source."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from briefer.domain.excerpts import Excerpt, ExcerptKind
from briefer.domain.spans import Span
from briefer.ui.context import Context
from briefer.ui.elided import ElidedLabel
from briefer.ui.library.reader import SPAN_MIME
from briefer.ui.text import counted, fill

_ID = Qt.ItemDataRole.UserRole
_ROWS = 4


class Tray(QFrame):
    """Takes selections of the reader; lists the source's excerpts in text order."""

    dropped = Signal(object)
    """The :class:`Span` of a dropped selection."""
    chosen = Signal(str)
    """The id of the excerpt that became current."""
    removal_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows = _ROWS
        self.setObjectName("tray")
        self.setAcceptDrops(True)
        self._heading = ElidedLabel()
        self._heading.setProperty("role", "soft")
        self.list = _ExcerptList()
        self.list.setAccessibleName(self.tr("Excerpts of this source"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet(
            "QListWidget { background: transparent; } QListWidget:!focus { border: 2px solid transparent; } "
            "QListWidget::item { padding: 3px 4px; }"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(2)
        layout.addWidget(self._heading)
        layout.addWidget(self.list)
        self.list.currentItemChanged.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.list.removal_wanted.connect(self.removal_wanted)
        self.show_excerpts(())

    def show_excerpts(self, excerpts: Sequence[Excerpt], current: str = "") -> None:
        """List other excerpts, one of them current."""
        self.list.blockSignals(True)
        self.list.clear()
        for excerpt in excerpts:
            mark = fill(self.tr("¶ %1"), excerpt.paragraph) if excerpt.paragraph else self.tr("title")
            quote = f"“{excerpt.quote}”" if excerpt.kind is ExcerptKind.QUOTATION else excerpt.quote
            item = QListWidgetItem(f"{mark}  {quote}")
            tags = ", ".join(self._context.label(tag) for tag in excerpt.tags)
            item.setToolTip(f"{quote}\n{tags}" if tags else quote)
            item.setData(_ID, excerpt.id)
            self.list.addItem(item)
            if excerpt.id == current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        count = len(excerpts)
        told = counted(count, self.tr("1 excerpt of this source"), self.tr("%1 excerpts of this source"))
        hint = self.tr("select text and press E, or drop it here to excerpt")
        self._heading.setText(f"{told}  ·  {hint}" if count else hint[:1].upper() + hint[1:])
        self._fit()

    def set_rows(self, rows: int) -> None:
        """Set how many excerpts are in view at most."""
        self._rows = rows
        self._fit()

    def choose(self, excerpt_id: str) -> None:
        """Make an excerpt current without telling of it."""
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_ID) == excerpt_id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(SPAN_MIME):
            event.acceptProposedAction()
            self._heat(hot=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._heat(hot=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._heat(hot=False)
        start, _space, end = bytes(event.mimeData().data(SPAN_MIME).data()).decode().partition(" ")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(Span(int(start), int(end)))

    def _fit(self) -> None:
        # As many rows for no excerpt as for many: what is read above does not move when the first is made.
        self.list.setFixedHeight(max(24, self.list.sizeHintForRow(0)) * self._rows)
        # Once it has that height: scrolled before, it would show other rows.
        QTimer.singleShot(0, self.list, lambda: self.list.scrollTo(self.list.currentIndex()))

    def _choose(self, item: QListWidgetItem | None, _former: QListWidgetItem | None = None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ID))

    def _heat(self, *, hot: bool) -> None:
        self.setProperty("hot", hot)
        self.style().unpolish(self)
        self.style().polish(self)


class _ExcerptList(QListWidget):
    removal_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)
