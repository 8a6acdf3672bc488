"""The middle of the Library: the matching excerpts, or the matching sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from briefer.domain.excerpts import Excerpt
from briefer.domain.queries import EVERYTHING, Field, Hint
from briefer.domain.results import Hit, SourceHit
from briefer.ui.context import Context
from briefer.ui.library.card_view import CardView
from briefer.ui.library.cards import ExcerptDelegate, SourceDelegate
from briefer.ui.library.facet_kinds import value_label
from briefer.ui.library.grouping import MOST_BY_SOURCE, Grouped, Grouping
from briefer.ui.library.list_head import EXCERPTS, SOURCES, ListHead
from briefer.ui.library.results import ExcerptModel, Group, SourceModel, Stretch
from briefer.ui.library.similar_pane import SimilarPane
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.ui.library.asking import Found


class ListPane(QWidget):
    """The head of the list, and the list that is chosen."""

    chosen = Signal(object)
    """The :class:`Hit` or :class:`SourceHit` that became current."""
    activated = Signal(object)
    removal_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    """An item, and the place on the screen for its menu."""
    mode_changed = Signal()
    selection_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counts: tuple[int, int | None] = (0, 0)
        self.head = ListHead()
        self.excerpt_model = ExcerptModel(context, self)
        self.source_model = SourceModel(context, self)
        self.excerpts = CardView(self.excerpt_model, ExcerptDelegate(context, self))
        self.excerpts.setAccessibleName(self.tr("Excerpts"))
        self.sources = CardView(self.source_model, SourceDelegate(context, self))
        self.sources.setAccessibleName(self.tr("Sources"))
        self.similar = SimilarPane(context)
        self._told = QLabel()
        self._told.setProperty("role", "soft")
        self._told.setWordWrap(True)
        self._told.hide()
        self._nothing = QLabel()
        self._why_nothing = ""
        self._nothing.setProperty("role", "soft")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(20, 40, 20, 0)
        self._stack = QStackedWidget()
        for widget in (self.excerpts, self.sources, self._nothing, self.similar):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.head)
        layout.addWidget(self._told)
        layout.addWidget(self._stack, 1)
        for view in (self.excerpts, self.sources, self.similar.view):
            view.chosen.connect(self._tell_chosen)
            view.activated_item.connect(self.activated)
            view.removal_wanted.connect(self.removal_wanted)
            view.menu_wanted.connect(self.menu_wanted)
            view.selection_changed.connect(self.selection_changed)
        self.head.mode_changed.connect(self._switch)
        self.similar.left.connect(self._leave_similar)

    @property
    def shows_sources(self) -> bool:
        """Whether sources are listed."""
        return self.head.shows_sources

    @property
    def shows_similar(self) -> bool:
        """Whether what resembles an excerpt is listed."""
        return self._stack.currentWidget() is self.similar

    @property
    def excerpt_counts(self) -> tuple[int, int | None]:
        """How many excerpts were found, in how many sources where these were counted."""
        return self._counts

    @property
    def source_count(self) -> int:
        """How many sources are listed."""
        return self.source_model.rowCount()

    def show_found(self, found: Found, *, refreshing: bool, reading: tuple[str, str] | None = None) -> None:
        """Show an answer; ``refreshing`` keeps the place in the list, where it answers the query that is listed.

        ``reading`` are the ids of a source and an excerpt that go on being read, and stay chosen where they are listed.
        """
        model = self.excerpt_model
        # It does not where a search was asked for and then asked again, before its answer was there.
        refreshing = refreshing and (found.query, found.sort) == (model.query, model.order)
        self._counts = (found.page.total, found.page.sources)
        groups = self._labelled(found.groups)
        if refreshing:
            self._refresh(found, groups)
        else:
            self.excerpt_model.show(found.query, found.sort, found.words, found.page, groups)
            if reading is None:
                self.excerpts.choose_first()
        if found.sources is not None:
            self._show_sources(found, refreshing=refreshing or reading is not None)
        if reading is not None:
            self.mark_shown(*reading)
        self._tell_groups(found)
        if not (refreshing and self.shows_similar):
            self._show_list()

    def stretches(self) -> tuple[Stretch, ...]:
        """Return the excerpts that are selected, by query and place."""
        if self.shows_sources or self.shows_similar:
            return ()
        return self.excerpt_model.stretches(self.excerpts.chosen_rows())

    def chosen_sources(self) -> tuple[str, ...]:
        """Return the ids of the sources that are selected, where sources are listed."""
        if not self.shows_sources:
            return ()
        rows = (row for top, bottom in self.sources.chosen_rows() for row in range(top, bottom + 1))
        return tuple(hit.source.id for hit in map(self.source_model.hit, rows) if hit is not None)

    def choose_one(self) -> None:
        """Keep only the current entry selected."""
        view = self._view()
        view.choose_row(max(0, view.currentIndex().row()))

    def hint(self, hints: Iterable[Hint]) -> None:
        """Say, where nothing is listed, what would find something."""
        self._nothing.setText("\n\n".join((self._why_nothing, *(hint.detail for hint in hints))))

    def show_similar(self, excerpt: Excerpt) -> None:
        """List what resembles an excerpt, until a person goes back or searches."""
        self._stack.setCurrentWidget(self.similar)
        self.head.setEnabled(False)
        self.similar.show_of(excerpt)

    def show_excerpts(self) -> None:
        """List excerpts."""
        self.head.show_mode(EXCERPTS)

    def show_sources(self) -> None:
        """List sources."""
        self.head.show_mode(SOURCES)

    def choose_first(self) -> None:
        """Choose the first entry; where there is no excerpt yet, list the sources."""
        if not self.shows_sources and not self._counts[0] and self.source_count:
            self.show_sources()
        self._view().choose_first()

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

    def mark_shown(self, source_id: str, excerpt_id: str) -> None:
        """Make current in each list what is read beside it; where that is not listed, nothing is."""
        rows = (self.excerpt_model.row_of(excerpt_id), self.source_model.row_of(source_id), None)
        for view, row in zip((self.excerpts, self.sources, self.similar.view), rows, strict=True):
            with QSignalBlocker(view):
                if row is None:
                    view.clearSelection()
                    view.setCurrentIndex(QModelIndex())
                else:
                    view.choose_row(row)
            view.viewport().update()
        self.selection_changed.emit()

    def focus(self) -> None:
        """Put the focus into the list; that of sources where there is no excerpt yet."""
        if not self._view().currentIndex().isValid():
            self.choose_first()
        self._view().setFocus()

    def repaint_cards(self) -> None:
        """Paint the cards anew, in other colours."""
        self.excerpts.viewport().update()
        self.sources.viewport().update()

    def _refresh(self, found: Found, groups: tuple[Group, ...] | None) -> None:
        row, scrolled = self.excerpts.currentIndex().row(), self.excerpts.verticalScrollBar().value()
        self.excerpt_model.refresh(found.page, groups)
        if groups is not None:
            with QSignalBlocker(self.excerpts):
                self.excerpts.choose_row(max(0, min(row, self.excerpt_model.rowCount() - 1)))
            self.excerpts.verticalScrollBar().setValue(scrolled)

    def _show_sources(self, found: Found, *, refreshing: bool) -> None:
        current = self.sources.current_item()
        self.source_model.show(found.sources or (), found.words)
        if isinstance(current, SourceHit) and self.source_model.row_of(current.source.id) is not None:
            with QSignalBlocker(self.sources):
                self.choose_source(current.source.id)
        elif self.shows_sources and self.source_count and not refreshing:
            self.sources.choose_row(0)

    def _labelled(self, groups: tuple[Grouped, ...] | None) -> tuple[Group, ...] | None:
        if groups is None:
            return None
        by = self.head.grouping
        fields = {Grouping.PUBLISHER: Field.PUBLISHER, Grouping.PARTNER: Field.PARTNER}
        made = []
        for group in groups:
            label = group.value
            if label is None:
                label = self.tr("No partner")
            elif by in fields:
                label = value_label(fields[by], label, self._context)
            made.append(Group(label, group.count, group.query))
        return tuple(made)

    def _tell_groups(self, found: Found) -> None:
        wanted = self.head.grouping is not Grouping.NONE and found.page.total > 0
        self._told.setVisible(wanted and found.groups is None and not self.shows_sources)
        self._told.setText(
            fill(
                self.tr("Groups by source go up to %1 excerpts. Narrow the search, or group by publisher."),
                f"{MOST_BY_SOURCE:,}",
            )
        )

    def _leave_similar(self) -> None:
        self._show_list()
        self.focus()
        item = self._view().current_item()
        if item is not None:
            self.chosen.emit(item)

    def _view(self) -> CardView:
        if self.shows_similar:
            return self.similar.view
        return self.sources if self.shows_sources else self.excerpts

    def _switch(self) -> None:
        self._told.setVisible(self._told.isVisible() and not self.shows_sources)
        self._show_list()
        self.mode_changed.emit()

    def _show_list(self) -> None:
        self.head.setEnabled(True)
        listed = self.sources if self.shows_sources else self.excerpts
        self._stack.setCurrentWidget(listed)
        if listed.model().rowCount():
            return
        if self.shows_sources or not self.source_count:
            text = self.tr("Nothing matches. Try fewer words, or take a filter away.")
        elif self.excerpt_model.query == EVERYTHING:
            text = self.tr(
                "There are no excerpts yet. Under Sources, open a source, select a passage and press E, "
                "or confirm suggestions there."
            )
        else:
            text = self.tr(
                "No excerpt matches. Under Sources are whole articles that do: confirm suggestions there, "
                "or select a passage and press E."
            )
        self._why_nothing = text
        self._nothing.setText(text)
        self._stack.setCurrentWidget(self._nothing)

    def _tell_chosen(self, item: Hit | SourceHit | None) -> None:
        if item is not None and self.sender() is self._view():
            self.chosen.emit(item)
