"""The right side of the Library: one source, its excerpts, and the chosen excerpt's tags and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from briefer.domain.excerpts import Annotation, Excerpt
from briefer.domain.queries import Words
from briefer.domain.results import Suggestion
from briefer.domain.spans import Span
from briefer.domain.tags import Tag
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.ui.context import Context
from briefer.ui.library.captures_dialog import CapturesDialog
from briefer.ui.library.carriers import list_carriers
from briefer.ui.library.in_words import confirming
from briefer.ui.library.inspector import Inspector
from briefer.ui.library.low_area import LowArea
from briefer.ui.library.page_view import PageView
from briefer.ui.library.reader import Reader
from briefer.ui.library.reader_document import hidden_lines
from briefer.ui.library.source_dialog import SourceDialog
from briefer.ui.library.source_head import SourceHead
from briefer.ui.library.tray import Tray
from briefer.ui.lowering import annotate, change_source
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.collect import SourceView

CONFIRM_KEY = "Shift+S"
_WIDE = 860
"""From this width on, text and page stand side by side, else one above the other; in pixels."""
_HIGH, _LOW_NOTES = 640, 148
"""Up to this height the notes are folded, and scrolled in so much of it, so that the text has room; in pixels."""


class SourcePane(QFrame):
    """Reader, tray and inspector of one source. Its letters are keys in ``keys_in`` too, the lists that lead to it.

    Nowhere else: who types where they do not see the cursor must not tag or annotate what they do not look at.
    """

    excerpt_shown = Signal(str)
    """The id of the excerpt that became the present one here."""
    source_wanted = Signal(str)
    """The id of another source to read."""

    def __init__(
        self, context: Context, keys_in: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._view: SourceView | None = None
        self._source_id = ""
        self._excerpt_id = ""
        self._snapshot_id: str | None = None
        self._tag_next = False
        self._confirmed: Suggestion | None = None
        self._with_furniture = self._with_pages = False
        self.setProperty("card", True)
        self.head = SourceHead(context)
        self.reader = Reader(context)
        self.pages = PageView(context)
        self.tray = Tray(context)
        self.inspector = Inspector(context)
        self.inspector.beside, self.inspector.suggested = self, self._suggested
        self._lay_out()
        self._wire()
        self._take_keys(keys_in)
        self._show()

    @property
    def view(self) -> SourceView | None:
        """The source that is shown."""
        return self._view

    def show_source(self, source_id: str, excerpt_id: str = "") -> None:
        """Read a source and show it, at one of its excerpts."""
        self._excerpt_id = excerpt_id
        if self._view is not None and self._view.source.id == source_id == self._source_id:
            self._show_excerpt(scroll=True)
            return
        self._source_id, self._snapshot_id = source_id, None
        self._read()

    def show_words(self, words: tuple[Words, ...]) -> None:
        """Mark the words of a query."""
        self.reader.show_words(words)

    def clear(self) -> None:
        """Show nothing."""
        self._source_id = self._excerpt_id = ""
        self._take(None)

    def edit_tags(self) -> None:
        """Open the tag field of the present excerpt."""
        self._notes.verticalScrollBar().setValue(0)
        self.inspector.edit_tags()

    def edit_source(self) -> None:
        """Open the dialog of the source's data."""
        view = self._view
        if view is None:
            return
        dialog = SourceDialog(view.source, self._context.schemes, self._context.language, self)
        if dialog.exec():
            change_source(self, self._context, view.source, dialog.source())

    def show_captures(self) -> None:
        """Open the list of the source's captures."""
        if self._view is not None:
            dialog = CapturesDialog(self._context, self._view.source.id, self)
            dialog.capture_chosen.connect(self._show_capture)
            dialog.open()

    def toggle_furniture(self) -> None:
        """Show the site furniture, or hide it again."""
        self._with_furniture = not self._with_furniture
        self._show()

    def toggle_pages(self) -> None:
        """Show the pages of the original beside the text, or hide them again."""
        self._with_pages = not self._with_pages
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > _WIDE
        self._beside.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        high = self.height() > _HIGH
        self.tray.set_rows(4 if high else 1)
        self._notes.set_most(None if high else _LOW_NOTES)
        self.inspector.set_foldable(foldable=not high)

    # --- assembly ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._confirm = QPushButton()
        self._confirm.setToolTip(
            self.tr(
                "Apply every suggested tag of this source. A paragraph becomes an excerpt where none in it "
                "holds the words that the tag comes from."
            )
        )
        self._confirm.setProperty("chip", True)
        self._furniture = QPushButton()
        self._furniture.setProperty("link", True)
        self._furniture.setToolTip(self.tr("Site furniture: menus, related stories, captions and the like"))
        self._empty = QLabel(self.tr("Choose an excerpt or a source to read it here."))
        self._empty.setProperty("role", "soft")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 0, 10, 10)
        foot.setSpacing(4)
        self._show_pages = QPushButton()
        self._show_pages.setProperty("link", True)
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(self._furniture)
        line.addWidget(self._show_pages)
        line.addStretch(1)
        line.addWidget(self._confirm)
        foot.addLayout(line)
        foot.addWidget(self.tray)
        self._notes = LowArea(self.inspector)
        foot.addWidget(self._notes)
        # Room for the ring that the window's style draws around what has the focus.
        self.reader.setStyleSheet(
            "QTextBrowser { background: transparent; } QTextBrowser:!focus { border: 2px solid transparent; }"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._empty, 1)
        self._beside = QSplitter()
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(self.reader)
        self._beside.addWidget(self.pages)
        layout.addWidget(self._beside, 1)
        layout.addLayout(foot)

    def _wire(self) -> None:
        self._context.changed.connect(self._after)
        self._context.vocabulary_changed.connect(self._show)
        self._context.colours_changed.connect(self._show)
        self.reader.excerpt_wanted.connect(self._mark)
        self.reader.suggestion_confirmed.connect(self._confirm_one)
        self.reader.quotation_wanted.connect(self._mark_quotation)
        # Who clicks in the text reads there: it stays where it is.
        self.reader.excerpt_chosen.connect(partial(self._choose, scroll=False))
        self.reader.line_turned.connect(self._turn)
        self.reader.doubt_settled.connect(self._settle)
        self.source_wanted.connect(self.show_source)
        self.tray.dropped.connect(self._mark)
        self.tray.chosen.connect(self._choose)
        self.tray.removal_wanted.connect(self.remove_excerpt)
        self.inspector.changed.connect(self._annotate)
        self.inspector.tag_added.connect(lambda tag: self._tag(add=tag))
        self.inspector.tag_removed.connect(lambda tag: self._tag(remove=tag))
        self.inspector.removal_wanted.connect(self.remove_excerpt)
        self.head.edit_wanted.connect(self.edit_source)
        self.head.captures_wanted.connect(self.show_captures)
        self.head.carriers_wanted.connect(self._list_carriers)
        self.head.latest_wanted.connect(lambda: self._show_capture(None))
        self._confirm.clicked.connect(self.confirm_all)
        self._furniture.clicked.connect(self.toggle_furniture)
        self._show_pages.clicked.connect(self.toggle_pages)
        self.pages.excerpt_wanted.connect(self._mark)

    def _take_keys(self, lists: Sequence[QWidget]) -> None:
        """Take the keys of the pane up. They go before what a list makes of letters; fields of text keep theirs."""
        reading: tuple[tuple[str, Callable[[], None]], ...] = (
            ("H", self.toggle_furniture),
            ("S", self.reader.next_suggestion),
            ("P", self.toggle_pages),
        )
        # In a list, where several may be chosen, what these change is for the page to say.
        changing: tuple[tuple[str, Callable[[], None]], ...] = (
            ("T", self.edit_tags),
            ("N", self.inspector.edit_notes),
            (CONFIRM_KEY, self.confirm_all),
        )
        keys = (*product(reading, (self, *lists)), *product(changing, (self,)))
        for (key, do), place in keys:
            shortcut = QShortcut(QKeySequence(key), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # --- reading and showing -----------------------------------------------------------------------------

    def _after(self, change: Change) -> None:
        if self._source_id and change.kinds & {Kind.SOURCE, Kind.EXCERPT}:
            self._read()

    def _read(self) -> None:
        desk, source_id, snapshot_id = self._context.desk, self._source_id, self._snapshot_id
        if desk is not None and source_id:
            self._context.run(
                lambda: desk.collect.source(source_id, snapshot_id),
                self._take,
                failed=self._gone,
                latest="source",
            )

    def _gone(self, _error: KnownError) -> None:
        self.clear()

    def _take(self, view: SourceView | None) -> None:
        same = view is not None and self._view is not None and view.source.id == self._view.source.id
        if not same:
            self._with_furniture = False
        self._view = view
        self._show(keep_place=same)
        if self._confirmed is not None:
            self._choose_confirmed(self._confirmed)
            self._confirmed = None
        if self._tag_next:
            self._tag_next = False
            # Once the new excerpt's fields have their places.
            QTimer.singleShot(0, self, self.edit_tags)

    def _show(self, *, keep_place: bool = True) -> None:
        view = self._view
        self.head.show_view(view)
        for widget in (self._beside, self.tray):
            widget.setVisible(view is not None)
        paged = view is not None and bool(view.snapshot.pages.labels)
        self.pages.setVisible(paged and self._with_pages)
        self.pages.show_view(view if paged and self._with_pages else None)
        self._show_pages.setVisible(paged)
        self._show_pages.setText(
            self.tr("▾ Hide the pages (P)") if self._with_pages else self.tr("▸ Pages (P)")
        )
        self._empty.setVisible(view is None)
        self.reader.set_editable(editable=view is not None and view.latest)
        self.reader.show_view(view, with_furniture=self._with_furniture, keep_place=keep_place)
        lines = hidden_lines(view) if view else 0
        self._furniture.setVisible(lines > 0)
        self._confirm.setVisible(view is not None and bool(view.suggestions))
        self._confirm.setText(f"{confirming(view)} ({CONFIRM_KEY})" if view else "")
        if self._with_furniture:
            self._furniture.setText(self.tr("▾ Hide site furniture (H)"))
        else:
            one = self.tr("▸ 1 line hidden (H)")
            self._furniture.setText(counted(lines, one, self.tr("▸ %1 lines hidden (H)")))
        self._show_excerpt(scroll=not keep_place)

    def _show_excerpt(self, *, scroll: bool) -> None:
        excerpts = self._view.excerpts if self._view else ()
        present = next((e for e in excerpts if e.id == self._excerpt_id), None)
        self.tray.show_excerpts(excerpts, self._excerpt_id)
        self.inspector.show_excerpt(present)
        self.reader.choose_excerpt(self._excerpt_id if present else "", scroll=scroll)
        self.pages.show_excerpt(self._excerpt_id)
        if scroll and present is None:
            self.reader.go_to_words()

    # --- what a person does ------------------------------------------------------------------------------

    def remove_excerpt(self) -> None:
        """Take the present excerpt out; «Undo» brings it back."""
        excerpt, desk = self.inspector.excerpt, self._context.desk
        if excerpt is not None and desk is not None:
            self._context.change(lambda: desk.curate.remove_excerpts([excerpt.id]))

    def confirm_all(self) -> None:
        """Apply every suggested tag of the source."""
        view, desk = self._view, self._context.desk
        if view is not None and desk is not None and view.suggestions:
            self._context.change(lambda: desk.curate.confirm(view.source.id, view.suggestions))

    def _choose(self, excerpt_id: str, *, scroll: bool = True) -> None:
        self._excerpt_id = excerpt_id
        present = next((e for e in (self._view.excerpts if self._view else ()) if e.id == excerpt_id), None)
        self.tray.choose(excerpt_id)
        self.inspector.show_excerpt(present)
        self.reader.choose_excerpt(excerpt_id, scroll=scroll)
        self.pages.show_excerpt(excerpt_id)
        self.excerpt_shown.emit(excerpt_id)

    def _mark(self, span: Span) -> None:
        view, desk = self._view, self._context.desk
        if view is None or desk is None:
            return
        source_id = view.source.id
        self._context.change(lambda: desk.curate.mark(source_id, span), done=self._marked)

    def _mark_quotation(self, number: int) -> None:
        """Make an excerpt of what somebody said, with the speaker that its paragraph names."""
        view, desk = self._view, self._context.desk
        if view is None or desk is None:
            return
        voice, source_id = view.spoken[number], view.source.id
        said = Annotation(speaker=voice.speaker)
        self._context.change(
            lambda: desk.curate.mark(source_id, voice.span_of_quotation, said), done=self._marked
        )

    def _marked(self, excerpt: Excerpt) -> None:
        self._excerpt_id = excerpt.id
        self._tag_next = True

    def _confirm_one(self, number: int) -> None:
        view, desk = self._view, self._context.desk
        if view is not None and desk is not None:
            source_id, suggestion = view.source.id, view.suggestions[number]
            # Notes that opened now would push what is offered away from under the pointer.
            shown = not self._notes.isHidden() or not self.reader.viewport().underMouse()

            def confirmed(_change: Change) -> None:
                self._confirmed = suggestion if shown and source_id == self._source_id else None

            self._context.change(lambda: desk.curate.confirm(source_id, [suggestion]), done=confirmed)

    def _suggested(self, excerpt: Excerpt) -> tuple[Tag, ...]:
        offered = self._view.suggestions if self._view else ()
        return tuple(dict.fromkeys(s.tag for s in offered if s.paragraph == excerpt.paragraph))

    def _choose_confirmed(self, suggestion: Suggestion) -> None:
        """Show the excerpt that a suggested tag went to."""
        excerpts = self._view.excerpts if self._view else ()
        there = [e for e in excerpts if e.paragraph == suggestion.paragraph and suggestion.tag in e.tags]
        if there and all(e.id != self._excerpt_id for e in there):
            self._excerpt_id = there[0].id
            self._show_excerpt(scroll=False)
            self.excerpt_shown.emit(self._excerpt_id)

    def _turn(self, span: Span, body: bool) -> None:
        view, desk = self._view, self._context.desk
        if view is not None and desk is not None:
            self._context.change(lambda: desk.collect.turn(view.source.id, span, body=body))

    def _settle(self, span: Span) -> None:
        view, desk = self._view, self._context.desk
        if view is not None and desk is not None:
            self._context.change(lambda: desk.collect.settle(view.source.id, span))

    def _show_capture(self, snapshot_id: str | None) -> None:
        self._snapshot_id = snapshot_id
        self._read()

    def _list_carriers(self) -> None:
        if self._view is not None:
            list_carriers(self._view, self._context, self.head.carriers, self.source_wanted.emit)

    def _annotate(self, excerpt: Excerpt) -> None:
        view = self._view
        former = next((one for one in view.excerpts if one.id == excerpt.id), None) if view else None
        if former is not None and not annotate(self, self._context, former, excerpt):
            self.inspector.show_excerpt(former)

    def _tag(self, add: Tag | None = None, remove: Tag | None = None) -> None:
        excerpt, desk = self.inspector.excerpt, self._context.desk
        if excerpt is None or desk is None:
            return
        adding, removing = [add] if add else [], [remove] if remove else []
        label = ", ".join(map(self._context.label, adding + removing))
        named = fill(self.tr("Tag %1 of the excerpt “%2”"), label, excerpt.quote)
        self._context.change(lambda: desk.curate.tag([excerpt.id], add=adding, remove=removing), named=named)
