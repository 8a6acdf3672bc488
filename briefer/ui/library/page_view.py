"""The pages of an original beside its text: turned, selected from, with the excerpts marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.pages import Place
from briefer.domain.sources import Snapshot
from briefer.domain.spans import Span
from briefer.errors import KnownError
from briefer.services.ports import PageImage
from briefer.ui.context import Context
from briefer.ui.library.page_canvas import PageCanvas
from briefer.ui.problems import message
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.collect import SourceView

_SETTLED_MS = 120
"""A page is drawn anew so long after its pane was last resized."""


class PageView(QWidget):
    """One page at a time, as wide as there is room."""

    excerpt_wanted = Signal(object)
    """The :class:`Span` of the snapshot that is selected on the page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: SourceView | None = None
        self._page = 0
        self._present = ""
        self._password: str | None = None
        self.canvas = PageCanvas()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.canvas)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setAccessibleName(self.tr("Page of the original"))
        self._scroll.installEventFilter(self)
        self._label = QLabel()
        self._label.setProperty("role", "soft")
        self._before = QPushButton("‹")
        self._before.setAccessibleName(self.tr("Page before"))
        self._after = QPushButton("›")
        self._after.setAccessibleName(self.tr("Next page"))
        self._problem = QLabel()
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        line = QHBoxLayout()
        line.setContentsMargins(10, 4, 10, 4)
        for widget in (self._before, self._label, self._after):
            line.addWidget(widget)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self._problem)
        layout.addWidget(self._scroll, 1)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settle.timeout.connect(self._draw)
        self._before.clicked.connect(partial(self.turn, -1))
        self._after.clicked.connect(partial(self.turn, 1))

    def show_view(self, view: SourceView | None) -> None:
        """Show the pages of another snapshot, or mark the excerpts of the same anew."""
        same = view and self._view and view.snapshot.id == self._view.snapshot.id
        self._view = view
        if view is None:
            return
        if not same:
            self._page, self._password = 1, None
            self._draw()
        else:
            self._mark()

    def show_excerpt(self, excerpt_id: str) -> None:
        """Turn to the page on which an excerpt begins, and mark it as the present one."""
        self._present = excerpt_id
        excerpts = self._view.excerpts if self._view else ()
        excerpt = next((e for e in excerpts if e.id == excerpt_id), None)
        if self._view is None or excerpt is None or excerpt.snapshot_id != self._view.snapshot.id:
            return
        page = self._view.snapshot.pages.page_of(excerpt.span.start)
        if page is not None and page != self._page:
            self._page = page
            self._draw()
        else:
            self._mark()

    def turn(self, by: int) -> None:
        """Turn the pages."""
        snapshot = self._snapshot
        wanted = self._page + by
        if snapshot is not None and 1 <= wanted <= len(snapshot.pages.labels):
            self._page = wanted
            self._draw()

    def selected_span(self) -> Span | None:
        """Return the span of the snapshot's text that is selected on the page."""
        chosen, snapshot = self.canvas.selection, self._snapshot
        if chosen is None or snapshot is None:
            return None
        offsets = (snapshot.pages.offset(self._page, index) for index in range(chosen[0], chosen[1] + 1))
        found = [offset for offset in offsets if offset is not None]
        return Span(min(found), max(found) + 1) if found else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            turns = {
                Qt.Key.Key_PageDown: 1,
                Qt.Key.Key_Right: 1,
                Qt.Key.Key_PageUp: -1,
                Qt.Key.Key_Left: -1,
            }
            if event.key() in turns:
                self.turn(turns[Qt.Key(event.key())])
                return True
            span = self.selected_span()
            if event.key() == Qt.Key.Key_E and span is not None:
                self.excerpt_wanted.emit(span)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    @property
    def _snapshot(self) -> Snapshot | None:
        return self._view.snapshot if self._view else None

    def _draw(self) -> None:
        desk, snapshot = self._context.desk, self._snapshot
        if desk is None or snapshot is None or not self.isVisible():
            return
        count, number = len(snapshot.pages.labels), self._page
        self._label.setText(fill(self.tr("Page %1 of %2"), snapshot.pages.label(number), count))
        self._before.setEnabled(number > 1)
        self._after.setEnabled(number < count)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        width = max(200, self._scroll.width() - bar - 2 * self._scroll.frameWidth())
        ratio = self.devicePixelRatioF()
        password = self._password
        self._context.run(
            lambda: desk.collect.page(snapshot, number, round(width * ratio), password),
            lambda page: self._take(page, ratio),
            failed=self._refuse,
            latest="page-image",
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()

    def _take(self, page: PageImage, ratio: float) -> None:
        self._problem.hide()
        self.canvas.show_page(page, ratio)
        self._mark()

    def _mark(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or self._view is None:
            return
        all_places: list[Place] = []
        present: list[Place] = []
        for excerpt in self._view.excerpts:
            if excerpt.snapshot_id == snapshot.id:
                here = [p for p in snapshot.pages.places(excerpt.span) if p.page == self._page]
                all_places += here
                present += here if excerpt.id == self._present else []
        self.canvas.mark(all_places, present)
        top = self.canvas.top_of(present)
        if top is not None:
            self._scroll.ensureVisible(0, int(top), 0, 80)

    def _refuse(self, error: KnownError) -> None:
        self._problem.setText(message(error))
        self._problem.show()
        if error.code == "input-password":
            text, given = QInputDialog.getText(
                self, self.tr("Password"), message(error), QLineEdit.EchoMode.Password
            )
            if given and text:
                self._password = text
                self._draw()
