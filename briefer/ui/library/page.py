"""The Library page: search field, facets, results, reader."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from briefer.domain.queries import EVERYTHING, Hint
from briefer.domain.results import Facets, Hit, SavedSearch, SourceHit
from briefer.domain.sources import Source
from briefer.domain.tags import TagKind
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.services.stopping import Stop
from briefer.ui.context import Context
from briefer.ui.library.asking import Asked, Found, find, hints_of
from briefer.ui.library.empty import EmptyLibrary
from briefer.ui.library.facet_kinds import counts_of
from briefer.ui.library.facets import FacetTree
from briefer.ui.library.index_notice import IndexNotice
from briefer.ui.library.list_actions import ListActions
from briefer.ui.library.list_pane import ListPane
from briefer.ui.library.query_text import asked_tags, ticked
from briefer.ui.library.saved import SavedSearches
from briefer.ui.library.search_bar import SearchBar
from briefer.ui.library.selection_bar import SelectionBar
from briefer.ui.library.source_pane import CONFIRM_KEY, SourcePane
from briefer.ui.library.work_bar import WorkBar
from briefer.ui.panes import beside
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.import_results import ImportReport

_BETWEEN, _FOOT = 6, 10
"""In pixels: between the list and each bar below it, and below the last one."""


class LibraryPage(QWidget):
    """Finding, reading, excerpting, tagging."""

    import_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()
    sample_wanted = Signal()
    told = Signal(str)
    """A sentence that tells what was done."""
    opening_wanted = Signal(str)
    """The id of a brief that shall be opened."""
    brief_wanted = Signal(object)
    """The partner and risk tags of the query, for a new brief."""
    foot_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._choose_first = True
        self._new_source = ""
        self._listed = Asked("")
        self._stop = Stop()
        self.setObjectName("page")
        self.search = SearchBar(context)
        self.facets = FacetTree(context)
        self.saved = SavedSearches(context)
        self.list = ListPane(context)
        lists = (self.list.excerpts, self.list.sources, self.list.similar.view)
        self.source = SourcePane(context, keys_in=lists)
        self._bar = SelectionBar(context)
        self.work = WorkBar(context)
        self.doing = ListActions(context, self.list, self._bar, self.work)
        self.notice = IndexNotice(context, self.work)
        self._empty = EmptyLibrary()
        self._lay_out()
        self._wire()
        self._take_keys()

    @property
    def foot(self) -> int:
        """How high the bars at the foot are that what is told must leave free, so that they can be clicked meanwhile."""
        bars = (bar for bar in (self._bar, self.work) if not bar.isHidden())
        high = sum(bar.sizeHint().height() + _BETWEEN for bar in bars)
        return high + _FOOT if high else 0

    def enter(self) -> None:
        """Show a library that was just opened."""
        self.source.clear()
        self.notice.enter()
        self._choose_first = True
        self.search.field.clear()
        # Before it is painted: what is typed or pasted must not go to a field that is hidden a moment later.
        self._show_body(anything=not self._context.opened_empty)
        self.search.search_now()
        self.saved.refresh()
        self._offer()

    def focus_search(self) -> None:
        """Put the cursor into the search field; in an empty library, which has none, the focus on how to begin."""
        if self._body.currentWidget() is self._empty:
            self._empty.focus()
            return
        self.search.field.setFocus()
        self.search.field.selectAll()

    def show_query(self, query: str) -> None:
        """Search for something else, among the excerpts."""
        self.list.show_excerpts()
        self._choose_first = True
        self.search.set_text(query)
        self.list.focus()

    def show_imported(self, report: ImportReport) -> None:
        """Show the sources, at the first new one."""
        new = next((r.source for r in report.results if r.source is not None), None)
        self.list.show_sources()
        self._new_source = new.id if new is not None else ""
        self.search.set_text("")

    def show_source(self, source_id: str, excerpt_id: str = "") -> None:
        """Read a source that was chosen elsewhere, at one of its excerpts; the list marks it or nothing."""
        self.source.show_source(source_id, excerpt_id)
        self.list.mark_shown(source_id, excerpt_id)

    # --- assembly ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.facets, 1)
        column.addWidget(self.saved)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_BETWEEN)
        for widget in (self.list, self._bar, self.work):
            column.addWidget(widget)
        panes = ((left, 2, 150), (middle, 5, 270), (self.source, 5, 360))
        self._splitter = beside(self._context.settings, "library", panes, (250, 510, 540))
        self._body = QStackedWidget()
        self._body.addWidget(self._splitter)
        self._body.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, _FOOT)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.notice)
        layout.addWidget(self._body, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What has the focus comes first: a field is cleared, a menu closed. Only what nobody took arrives here.
        if event.key() == Qt.Key.Key_Escape and self._bar.isVisible():
            self._bar.ended.emit()
        else:
            super().keyPressEvent(event)

    def _wire(self) -> None:
        context = self._context
        context.changed.connect(self._after)
        context.vocabulary_changed.connect(self.search.show_labels)
        context.colours_changed.connect(self._repaint)
        self.search.query_changed.connect(self._search)
        self.search.import_wanted.connect(self.import_wanted)
        self.search.folder_wanted.connect(self.folder_wanted)
        self.search.paste_wanted.connect(self.paste_wanted)
        self.search.brief_wanted.connect(self._want_brief)
        self.search.list_wanted.connect(self.list.focus)
        self.facets.toggled.connect(self.search.toggle)
        self.search.used.connect(self._note)
        self.search.saving_wanted.connect(self._save_search)
        self.search.help.recent_wanted.connect(self._show_recent)
        self.saved.chosen.connect(self._open_saved)
        self.saved.listed.connect(self._offer_saved)
        self.list.chosen.connect(self._read)
        self.list.activated.connect(self._open_hit)
        self.list.removal_wanted.connect(self._remove)
        self.doing.removal_wanted.connect(self._remove)
        self.doing.similar_wanted.connect(self.list.show_similar)
        self.doing.more_wanted.connect(self._search_source)
        self.doing.told.connect(self.told)
        self.doing.opening_wanted.connect(self.opening_wanted)
        self._bar.turned.connect(self.foot_changed)
        self.notice.repaired.connect(self._search_again)
        self.source.inspector.corroboration.similar_wanted.connect(self.list.show_similar)
        self.source.inspector.corroboration.more_wanted.connect(lambda _excerpt: self._more())
        self.list.mode_changed.connect(self._change_mode)
        self.list.head.arranged.connect(lambda: self._search(self.search.text))
        self.source.excerpt_shown.connect(self.list.mark_excerpt)
        self._empty.import_wanted.connect(self.import_wanted)
        self._empty.folder_wanted.connect(self.folder_wanted)
        self._empty.paste_wanted.connect(self.paste_wanted)
        self._empty.sample_wanted.connect(self.sample_wanted)

    def _take_keys(self) -> None:
        letters = (
            ("T", self._tag_chosen),
            ("N", self.doing.on_one(self.source.inspector.edit_notes)),
            (CONFIRM_KEY, self.doing.on_one(self.source.confirm_all)),
        )
        # F2 is not the page's: in the saved searches it renames one.
        for place, (key, do) in (
            (self, ("F6", self._next_pane)),
            (self, ("Ctrl+D", self._save_search)),
            (self, ("Ctrl+H", self.source.show_captures)),
            (self, ("Ctrl+Shift+S", self.doing.on_one(self._show_similar))),
            (self, ("Ctrl+Shift+M", self.doing.on_one(self._more))),
            (self, ("Ctrl+Shift+U", self.doing.on_one(self._ask_uses))),
            (self, ("Ctrl+T", self._tag_chosen)),
            (self, ("Ctrl+Shift+B", self.doing.ask_brief)),
            (self, ("Ctrl+Shift+E", self.doing.ask_export)),
            (self.list, ("F2", self.doing.on_one(self.source.edit_source))),
            (self.source, ("F2", self.source.edit_source)),
            *product((self.list.excerpts, self.list.sources, self.list.similar.view), letters),
        ):
            shortcut = QShortcut(QKeySequence(key), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # --- what the search field offers and keeps ----------------------------------------------------------

    def _offer(self) -> None:
        """Have the values read that the search field completes."""
        desk = self._context.desk
        if desk is not None:
            self._context.run(
                lambda: desk.find.facets(EVERYTHING), self._take_offered, failed=_pass_over, latest="offered"
            )

    def _take_offered(self, facets: Facets) -> None:
        offered = self.search.help.offered
        self.search.help.offered = replace(offered, facets=facets, vocabulary=self._context.vocabulary)

    def _offer_saved(self, saved: tuple[SavedSearch, ...]) -> None:
        self.search.help.offered = replace(self.search.help.offered, saved=saved)

    def _note(self, text: str) -> None:
        desk = self._context.desk
        if desk is not None and text.strip():
            self._context.run(lambda: desk.searches.note(text), _nothing, failed=_pass_over, writes=True)

    def _show_recent(self) -> None:
        desk = self._context.desk
        if desk is not None:
            self._context.run(desk.searches.recent, self.search.help.show_queries)

    def _save_search(self) -> None:
        self.saved.save(self.search.text)

    def _open_saved(self, query: str) -> None:
        self.show_query(query)
        self._note(query)

    def _open_hit(self, _item: Hit | SourceHit) -> None:
        self._note(self.search.text)
        self.source.reader.setFocus()

    # --- searching ---------------------------------------------------------------------------------------

    def _after(self, change: Change) -> None:
        if change.kinds & {Kind.SOURCE, Kind.EXCERPT, Kind.BRIEF, Kind.VOCABULARY}:
            self._offer()
            self._search_again()

    def _search(self, text: str, *, refreshing: bool = False) -> None:
        desk, head = self._context.desk, self.list.head
        if desk is None:
            return
        asked = Asked(text, head.sort, head.grouping, self.list.shows_sources)
        # What an earlier keystroke asked for would keep this one waiting.
        self._stop.stop()
        self._stop = Stop()
        self._context.run(
            partial(find, replace(desk, find=desk.find.until(self._stop)), asked),
            partial(self._take, asked, refreshing=refreshing),
            failed=self.search.object,
            latest="search",
        )

    def _search_again(self) -> None:
        self._search(self.search.text, refreshing=True)

    def _take(self, asked: Asked, found: Found, *, refreshing: bool) -> None:
        if found.page.scanned:
            self.notice.mend()
        self._count(asked.text, in_vain=not found.page.total)
        # Who takes a search away, or groups what it found, goes on reading what it had led to.
        cleared = not asked.text.strip() and bool(self._listed.text.strip())
        grouped = replace(self._listed, grouping=asked.grouping) == asked != self._listed
        goes_on = (cleared or grouped) and not self._choose_first
        self._listed = asked
        self.list.show_found(found, refreshing=refreshing, reading=self._reading() if goes_on else None)
        self._tell()
        self.source.show_words(found.words)
        self._show_body(anything=found.anything)
        if self._new_source:
            self.list.choose_source(self._new_source)
            self._new_source = ""
        elif self._choose_first and found.anything:
            self.list.choose_first()
        self._choose_first = False

    def _show_body(self, *, anything: bool) -> None:
        self.search.setVisible(anything)
        self._body.setCurrentWidget(self._splitter if anything else self._empty)
        if not anything and self.isVisible():
            self._empty.focus()

    def _count(self, text: str, *, in_vain: bool) -> None:
        """Have the facets counted, and the query looked through, once the list is there; until the next keystroke."""
        if self._context.desk is None:
            return
        desk = replace(self._context.desk, find=self._context.desk.find.until(self._stop))
        self._context.run(
            partial(counts_of, desk, text),
            partial(self._take_facets, text),
            failed=_pass_over,
            latest="facets",
        )
        self._context.run(
            partial(hints_of, desk, text, in_vain=in_vain),
            partial(self._take_hints, text),
            failed=_pass_over,
            latest="hints",
        )

    def _take_facets(self, text: str, facets: Facets) -> None:
        if text == self.search.text:
            self.facets.show_facets(facets, ticked(text))

    def _take_hints(self, text: str, hints: tuple[Hint, ...]) -> None:
        if text == self.search.text:
            self.search.hint(hints)
            self.list.hint(hints)

    def _change_mode(self) -> None:
        self._search_again()
        self._tell()

    def _tell(self) -> None:
        if self.list.shows_sources:
            self.search.tell_sources(self.list.source_count)
        else:
            self.search.tell_found(*self.list.excerpt_counts)

    # --- what a person does ------------------------------------------------------------------------------

    def _reading(self) -> tuple[str, str] | None:
        excerpt, view = self.source.inspector.excerpt, self.source.view
        return (view.source.id, excerpt.id if excerpt else "") if view is not None else None

    def _read(self, item: Hit | SourceHit | None) -> None:
        if isinstance(item, Hit):
            self.source.show_source(item.source.id, item.excerpt.id)
        elif item is not None:
            self.source.show_source(item.source.id)

    def _remove(self, item: Hit | SourceHit) -> None:
        desk = self._context.desk
        if desk is None:
            return
        if self._bar.isVisible():
            self.doing.remove()
            return

        def remove() -> Change:
            if isinstance(item, Hit):
                return desk.curate.remove_excerpts([item.excerpt.id])
            return desk.collect.remove_source(item.source.id)

        excerpt = self.tr("The excerpt is in the trash; Ctrl+Z brings it back.")
        source = fill(self.tr("“%1” is in the trash; Ctrl+Z brings it back."), item.source.title)
        told = excerpt if isinstance(item, Hit) else source
        self._context.change(remove, done=lambda _change: self.told.emit(told))

    def _show_similar(self) -> None:
        excerpt = self.source.inspector.excerpt
        if excerpt is not None:
            self.list.show_similar(excerpt)

    def _more(self) -> None:
        view = self.source.view
        if view is not None:
            self._search_source(view.source)

    def _ask_uses(self) -> None:
        reading = self._reading()
        if reading is not None:
            self.doing.ask_uses(*reading)

    def _search_source(self, source: Source) -> None:
        self.list.show_excerpts()
        self.search.search_source(source.id, source.title)
        self.list.focus()

    def _tag_chosen(self) -> None:
        """Open the tag field of the selection, or of the one excerpt that is chosen."""
        if self._bar.isVisible():
            self._bar.edit_tags()
        else:
            self.source.edit_tags()

    def _want_brief(self) -> None:
        kinds = {TagKind.PARTNER, TagKind.RISK}
        self.brief_wanted.emit(tuple(t for t in asked_tags(self.search.text) if t.kind in kinds))

    def _next_pane(self) -> None:
        saved = (self.saved,) if self.saved.isVisible() else ()
        panes: tuple[QWidget, ...] = (self.search.field, self.facets, *saved, self.list, self.source)
        focused: QWidget | None = self.focusWidget()
        within = (n for n, p in enumerate(panes) if focused is not None and _holds(p, focused))
        number = next(within, 0)
        following = panes[(number + 1) % len(panes)]
        if following is self.list:
            self.list.focus()
        elif following is self.source:
            self.source.reader.setFocus()
        else:
            following.setFocus()

    def _repaint(self) -> None:
        self.list.repaint_cards()
        if self._context.desk is not None:
            self._search(self.search.text)


def _nothing(_result: object) -> None:
    """Follow a write that nothing needs to be shown for."""


def _pass_over(_error: KnownError) -> None:
    """Leave an error untold: the list has told it."""


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
