"""The saved searches, with how many excerpts each finds now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from briefer.domain.queries import as_typed
from briefer.domain.results import SavedSearch
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.ui.context import Context
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.desk import Desk

_SEARCH = Qt.ItemDataRole.UserRole
_COUNT_WIDTH = 58
_ROWS = 7
_AFTER_MS = 300
_SHEET = """
QTreeView QLineEdit, QTreeView QLineEdit:focus { padding: 0 4px; border-radius: 3px; }
QTreeView::item { padding: 3px 6px; }
QHeaderView::section { border: none; padding: 5px 8px 2px 8px; }
"""

Counted = tuple[tuple[SavedSearch, int | None], ...]


class SavedSearches(QTreeWidget):
    """A list of names and counts. Enter or a click searches, F2 renames, Delete removes."""

    chosen = Signal(str)
    """The query of a saved search."""
    listed = Signal(object)
    """The saved searches, when they were read anew."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._edit_next = ""
        self._refilling = False
        self.setStyleSheet(_SHEET)
        self.setAccessibleName(self.tr("Saved searches"))
        self.setColumnCount(2)
        self.setHeaderLabels([self.tr("Saved searches"), ""])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        header = self.header()
        header.setFont(bold)
        header.setSectionsClickable(False)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(10)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, _COUNT_WIDTH)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.refresh)
        context.changed.connect(self._after)
        self.itemClicked.connect(lambda item, _column: self._open(item))
        self.itemChanged.connect(self._rename)
        self.hide()

    def refresh(self) -> None:
        """Read the saved searches and count what they find."""
        desk = self._context.desk
        if desk is None:
            return
        if self.state() == QAbstractItemView.State.EditingState:
            self._timer.start()
        else:
            self._context.run(lambda: counted_searches(desk), self._take, latest="saved")

    def save(self, query: str) -> None:
        """Keep a search, under its own text until it has a name; one that is kept already is shown."""
        desk, text = self._context.desk, query.strip()
        if desk is None or not text:
            return
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            search = self._search(item)
            if item is not None and search is not None and search.query == text:
                self.setCurrentItem(item)
                self.setFocus()
                return
        self._context.change(lambda: desk.searches.save("", text), done=self._saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not editing:
            self._open(item)
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self._remove(item)
        else:
            super().keyPressEvent(event)

    def _saved(self, search: SavedSearch) -> None:
        self._edit_next = search.id

    def _after(self, change: Change) -> None:
        if Kind.SEARCH in change.kinds:
            self.refresh()
        elif change.kinds:
            self._timer.start()

    def _take(self, counted: Counted) -> None:
        current = self._search(self.currentItem())
        self._refilling = True
        self.clear()
        for search, count in counted:
            item = QTreeWidgetItem([search.name, "" if count is None else f"{count:,}"])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, _SEARCH, search)
            item.setToolTip(
                0, f"{search.name}\n{search.query}" if search.name != search.query else search.query
            )
            told = self.tr("not understood") if count is None else fill(self.tr("%1 excerpts"), count)
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, told)
            self.addTopLevelItem(item)
            if current is not None and search.id == current.id:
                self.setCurrentItem(item)
            if search.id == self._edit_next:
                self._edit_next = ""
                QTimer.singleShot(0, self, lambda item=item: self._begin(item))
        self._refilling = False
        rows = min(len(counted), _ROWS)
        row = self.sizeHintForRow(0) if rows else 0
        self.setFixedHeight(self.header().sizeHint().height() + rows * row + 6)
        self.setVisible(bool(counted))
        self.listed.emit(tuple(search for search, _count in counted))

    def _begin(self, item: QTreeWidgetItem) -> None:
        self.setCurrentItem(item)
        self.setFocus()
        self.editItem(item, 0)

    def _open(self, item: QTreeWidgetItem | None) -> None:
        search = self._search(item)
        if search is not None:
            self.chosen.emit(search.query)

    def _rename(self, item: QTreeWidgetItem, column: int) -> None:
        search, desk = self._search(item), self._context.desk
        if self._refilling or column or search is None or desk is None or item.text(0) == search.name:
            return
        name = item.text(0)
        self._context.change(lambda: desk.searches.rename(search.id, name))

    def _remove(self, item: QTreeWidgetItem | None) -> None:
        search, desk = self._search(item), self._context.desk
        if search is not None and desk is not None:
            self._context.change(lambda: desk.searches.remove(search.id))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        item: QTreeWidgetItem | None = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is None:
            return
        place = event.pos() if by_mouse else self.visualItemRect(item).center()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Search"), lambda: self._open(item))
        menu.addAction(self.tr("&Rename\tF2"), lambda: self.editItem(item, 0))
        menu.addAction(self.tr("Re&move\tDelete"), lambda: self._remove(item))
        menu.popup(self.viewport().mapToGlobal(place))

    @staticmethod
    def _search(item: QTreeWidgetItem | None) -> SavedSearch | None:
        search = item.data(0, _SEARCH) if item is not None else None
        return search if isinstance(search, SavedSearch) else None


def counted_searches(desk: Desk) -> Counted:
    """Count what each saved search finds now (on a worker's thread); None for one that is not understood any more."""
    from briefer.services.query_language import parse_query

    counted: list[tuple[SavedSearch, int | None]] = []
    for search in desk.searches.saved():
        try:
            query = as_typed(parse_query(search.query), search.query)
            counted.append((search, desk.find.excerpts(query, limit=0).total))
        except KnownError:
            counted.append((search, None))
    return tuple(counted)
