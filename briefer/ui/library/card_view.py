"""Excerpts and sources in a list: a one-column table of fixed row height.

A table with rows of one height draws a million of them as fast as ten; list views measure every row.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from briefer.domain.results import Hit, SourceHit
from briefer.ui.library.cards import HEADING, ExcerptDelegate, SourceDelegate
from briefer.ui.library.results import ITEM, ExcerptModel, Heading, SourceModel
from briefer.ui.rows import choose_row

_Index = QModelIndex | QPersistentModelIndex
_FITTED = 200
"""Up to so many excerpts, each card is as high as its content."""


class CardView(QTableView):
    """A list of cards. Enter reads the card's source, and so does choosing it."""

    chosen = Signal(object)
    """The item that became current, or None."""
    activated_item = Signal(object)
    removal_wanted = Signal(object)
    selection_changed = Signal()
    menu_wanted = Signal(object, object)
    """The item under the mouse or with the focus, and the place on the screen."""

    def __init__(
        self,
        model: ExcerptModel | SourceModel,
        delegate: ExcerptDelegate | SourceDelegate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._excerpts = model if isinstance(model, ExcerptModel) else None
        self._waiting = False
        self._other_heights: set[int] = set()
        self._delegate = delegate
        height = delegate.height(self.font())
        self.setProperty("cards", True)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height // 3)
        # A reset clears the selection without telling.
        model.modelReset.connect(self._tell_selection)
        if self._excerpts is not None:
            self._excerpts.modelReset.connect(self.fit_all)
            self._excerpts.page_read.connect(self.take_page)

    def current_item(self) -> Hit | SourceHit | None:
        """Return the item that is current; a heading is none."""
        index = self.currentIndex()
        item = index.data(ITEM) if index.isValid() else None
        return item if isinstance(item, Hit | SourceHit) else None

    def chosen_rows(self) -> tuple[tuple[int, int], ...]:
        """Return the selected rows as ranges, both ends included."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(number) for number in range(selection.count()))
        return tuple((one.top(), one.bottom()) for one in ranges)

    def choose_row(self, row: int) -> None:
        """Make a row current, alone, and bring it into view."""
        choose_row(self, row)
        self.scrollTo(self.model().index(row, 0))

    def choose_first(self) -> None:
        """Make the first row that is no heading current, and go to the top."""
        rows = self.model().rowCount()
        headed = bool(self._excerpts and rows and self._excerpts.heading(0))
        self.scrollToTop()
        if rows:
            with_hit = 1 if headed and self._excerpts and not self._excerpts.heading(1) else 0
            choose_row(self, min(with_hit, rows - 1))

    def fit_all(self) -> None:
        """Give rows the heights of their content; long lists keep one height for all excerpts."""
        header = self.verticalHeader()
        headings = self._excerpts.headings() if self._excerpts else ()
        # With updates on, each of a thousand headings would have the places of a million rows counted anew.
        header.setUpdatesEnabled(False)
        with QSignalBlocker(header):
            # A reset of the model leaves rows the heights of what stood there before, headings among them.
            rows = self.model().rowCount()
            for row in self._other_heights:
                if row < rows:
                    header.resizeSection(row, header.defaultSectionSize())
            self._other_heights.clear()
            self.fit(0, min(rows, _FITTED) - 1)
            for row in headings:
                self._set_height(row, HEADING)
        header.setUpdatesEnabled(True)
        self.updateGeometries()

    def fit(self, first: int, last: int) -> None:
        """Give some rows the heights of their content."""
        model, delegate = self._excerpts, self._delegate
        if model is None or not isinstance(delegate, ExcerptDelegate) or model.rowCount() > _FITTED:
            return
        width = self.viewport().width()
        for row in range(first, last + 1):
            hit = model.hit(row)
            if hit is not None:
                self._set_height(row, delegate.height_of(hit, model.words, width, self.font()))

    def _set_height(self, row: int, height: int) -> None:
        self._other_heights.add(row)
        self.verticalHeader().resizeSection(row, height)

    def take_page(self, first: int, last: int) -> None:
        """Show rows that came in; the current one may have been waited for."""
        self.fit(first, last)
        if self._waiting and first <= self.currentIndex().row() <= last:
            self._waiting = False
            self.chosen.emit(self.current_item())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_all()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        item = current.data(ITEM) if current.isValid() else None
        self._waiting = item is None and current.isValid()
        self.chosen.emit(item if isinstance(item, Hit | SourceHit) else None)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell_selection()

    def _tell_selection(self) -> None:
        ranges = self.chosen_rows()
        self._delegate.several_chosen = len(ranges) > 1 or any(top < bottom for top, bottom in ranges)
        self.viewport().update()
        self.selection_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item, key = self.current_item(), event.key()
        heading = self._heading()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self.activated_item.emit(item)
        elif key == Qt.Key.Key_Delete and item is not None:
            self.removal_wanted.emit(item)
        elif heading is not None and _FOLDING.get(key, not heading.folded) in {None, heading.folded}:
            self._fold(self.currentIndex().row())
        elif key == Qt.Key.Key_Escape and self._delegate.several_chosen:
            self.choose_row(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        if action in {QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd}:
            # Alone they go along the row, which has one entry.
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if isinstance(index.data(ITEM), Heading) and event.button() == Qt.MouseButton.LeftButton:
            self._fold(index.row())
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        item = index.data(ITEM) if index.isValid() else None
        if isinstance(item, Hit | SourceHit):
            place = event.pos() if by_mouse else self.visualRect(index).center()
            self.menu_wanted.emit(item, self.viewport().mapToGlobal(place))

    def _heading(self) -> Heading | None:
        item = self.currentIndex().data(ITEM) if self.currentIndex().isValid() else None
        return item if isinstance(item, Heading) else None

    def _fold(self, row: int) -> None:
        if self._excerpts is not None:
            scrolled = self.verticalScrollBar().value()
            self._excerpts.fold(row)
            self.verticalScrollBar().setValue(scrolled)
            choose_row(self, row)


# What folds or unfolds a heading, and for which state of it: None for either.
_FOLDING: dict[int, bool | None] = {
    Qt.Key.Key_Return: None,
    Qt.Key.Key_Enter: None,
    Qt.Key.Key_Space: None,
    Qt.Key.Key_Left: False,
    Qt.Key.Key_Right: True,
}
