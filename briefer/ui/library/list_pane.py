"""The middle of the Library: the matching excerpts, or the matching sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.results import Hit, Sort, SourceHit
from briefer.ui.context import Context
from briefer.ui.library.cards import CardView, ExcerptDelegate, SourceDelegate
from briefer.ui.library.results import ExcerptModel, SourceModel

if TYPE_CHECKING:
    from briefer.ui.library.page import Found

_EXCERPTS, _SOURCES = range(2)


class ListPane(QWidget):
    """The switch «Excerpts | Sources», the order, and the list that is chosen."""

    chosen = Signal(object)
    """The :class:`Hit` or :class:`SourceHit` that became current."""
    activated = Signal(object)
    removal_wanted = Signal(object)
    mode_changed = Signal()
    sort_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: tuple[int, int | None] = (0, 0)
        self.excerpt_model = ExcerptModel(context, self)
        self.source_model = SourceModel(context, self)
        excerpts, sources = ExcerptDelegate(context, self), SourceDelegate(context, self)
        self.excerpts = CardView(self.excerpt_model, excerpts.height(self.font()))
        self.excerpts.setItemDelegate(excerpts)
        self.excerpt_model.modelReset.connect(self.excerpts.fit_all)
        self.excerpt_model.page_read.connect(self.excerpts.take_page)
        self.excerpts.setAccessibleName(self.tr("Excerpts"))
        self.sources = CardView(self.source_model, sources.height(self.font()))
        self.sources.setItemDelegate(sources)
        self.sources.setAccessibleName(self.tr("Sources"))
        self._nothing = QLabel()
        self._nothing.setProperty("role", "soft")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(20, 40, 20, 0)
        self._stack = QStackedWidget()
        for widget in (self.excerpts, self.sources, self._nothing):
            self._stack.addWidget(widget)
        self._lay_out()
        for view in (self.excerpts, self.sources):
            view.chosen.connect(self._tell_chosen)
            view.activated_item.connect(self.activated)
            view.removal_wanted.connect(self.removal_wanted)
        self._mode.idClicked.connect(self._switch)
        self._sort.activated.connect(lambda _row: self.sort_changed.emit())

    @property
    def shows_sources(self) -> bool:
        """Whether sources are listed."""
        return self._mode.checkedId() == _SOURCES

    @property
    def sort(self) -> Sort:
        """The order of the excerpts."""
        return Sort(self._sort.currentData())

    @property
    def excerpt_counts(self) -> tuple[int, int | None]:
        """How many excerpts were found, in how many sources where these were counted."""
        return self._counts

    @property
    def source_count(self) -> int:
        """How many sources were found."""
        return self.source_model.rowCount()

    def show_found(self, found: Found, *, refreshing: bool) -> None:
        """Show another answer; ``refreshing`` keeps the place in the list."""
        self._counts = (found.page.total, found.page.sources)
        current = self.sources.current_item()
        if refreshing:
            self.excerpt_model.refresh(found.page)
        else:
            self.excerpt_model.show(found.query, self.sort, found.words, found.page)
            self.excerpts.scrollToTop()
            if self.excerpt_model.rowCount():
                self.excerpts.choose_row(0)
        self.source_model.show(found.sources, found.words)
        if isinstance(current, SourceHit):
            with QSignalBlocker(self.sources):
                self.choose_source(current.source.id)
        elif self.shows_sources and self.source_count and not refreshing:
            self.sources.choose_row(0)
        self._show_list()

    def show_excerpts(self) -> None:
        """List excerpts."""
        self._mode.button(_EXCERPTS).setChecked(True)
        self._switch()

    def show_sources(self) -> None:
        """List sources."""
        self._mode.button(_SOURCES).setChecked(True)
        self._switch()

    def choose_first(self) -> None:
        """Choose the first entry; where there is no excerpt yet, list the sources."""
        if not self.shows_sources and not self._counts[0] and self.source_count:
            self.show_sources()
        view = self._view()
        if view.model().rowCount():
            view.choose_row(0)

    def choose_source(self, source_id: str) -> None:
        """Make a source current, if it is in the list."""
        row = self.source_model.row_of(source_id)
        if row is not None:
            self.sources.choose_row(row)

    def mark_excerpt(self, excerpt_id: str) -> None:
        """Make an excerpt current that was chosen elsewhere, if it is in the list."""
        row = self.excerpt_model.row_of(excerpt_id)
        if row is not None and row != self.excerpts.currentIndex().row():
            with QSignalBlocker(self.excerpts):
                self.excerpts.choose_row(row)

    def focus(self) -> None:
        """Put the focus into the list."""
        view = self._view()
        view.setFocus()
        if not view.currentIndex().isValid() and view.model().rowCount():
            view.choose_row(0)

    def repaint_cards(self) -> None:
        """Paint the cards anew, in other colours."""
        self.excerpts.viewport().update()
        self.sources.viewport().update()

    def _lay_out(self) -> None:
        self._mode = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(2)
        for number, text in ((_EXCERPTS, self.tr("Excerpts")), (_SOURCES, self.tr("Sources"))):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._mode.addButton(button, number)
            row.addWidget(button)
        self._mode.button(_EXCERPTS).setChecked(True)
        row.addStretch(1)
        self._sort = QComboBox()
        self._sort.addItem(self.tr("Newest first"), Sort.NEWEST)
        self._sort.addItem(self.tr("Best match first"), Sort.BEST)
        self._sort.setAccessibleName(self.tr("Order"))
        row.addWidget(self._sort)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._stack, 1)

    def _view(self) -> CardView:
        return self.sources if self.shows_sources else self.excerpts

    def _switch(self, _number: int = 0) -> None:
        self._sort.setVisible(not self.shows_sources)
        self._show_list()
        self.mode_changed.emit()

    def _show_list(self) -> None:
        if self._view().model().rowCount():
            self._stack.setCurrentWidget(self._view())
            return
        if self.shows_sources or not self.source_count:
            text = self.tr("Nothing matches. Take a filter away, or try fewer words.")
        else:
            text = self.tr(
                "No excerpt matches. Under Sources are whole articles that do: confirm suggestions there, "
                "or select a passage and press E."
            )
        self._nothing.setText(text)
        self._stack.setCurrentWidget(self._nothing)

    def _tell_chosen(self, item: Hit | SourceHit | None) -> None:
        if item is not None and self.sender() is self._view():
            self.chosen.emit(item)
