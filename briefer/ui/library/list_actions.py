"""What a person does with what is chosen in the list: one excerpt, many, or sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu

from briefer.domain.results import Hit, Sort, SourceHit
from briefer.domain.tags import Tag
from briefer.errors import KnownError
from briefer.services.bulk import MOST_IN_BRIEF
from briefer.ui.context import Context
from briefer.ui.library.brief_chooser import BriefChooser
from briefer.ui.library.list_pane import ListPane
from briefer.ui.library.results import Stretch
from briefer.ui.library.selection_bar import SelectionBar
from briefer.ui.library.uses_dialog import UsesDialog
from briefer.ui.library.work_bar import WorkBar
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.changes import Change
    from briefer.services.desk import Desk
    from briefer.services.usage import Use

_MOST_OF_A_STORY = 100
_MOST_REMOVED = 500
"""So many go into the trash in one or two seconds."""


class ListActions(QObject):
    """The menu of an entry, the bar of a selection, and the work that both begin."""

    told = Signal(str)
    """A sentence that tells what was done."""
    similar_wanted = Signal(object)
    """The :class:`Excerpt`."""
    more_wanted = Signal(object)
    """The :class:`Source` whose other excerpts are wanted."""
    removal_wanted = Signal(object)
    opening_wanted = Signal(str)
    """The id of a brief that uses an excerpt."""

    def __init__(self, context: Context, pane: ListPane, bar: SelectionBar, work: WorkBar) -> None:
        super().__init__(pane)
        self._context = context
        self._pane = pane
        self._bar = bar
        self._work = work
        pane.selection_changed.connect(self._count)
        pane.mode_changed.connect(self._count)
        pane.menu_wanted.connect(self._show_menu)
        bar.tag_wanted.connect(lambda tag: self.tag(add=tag))
        bar.untag_wanted.connect(lambda tag: self.tag(remove=tag))
        bar.brief_wanted.connect(self.ask_brief)
        bar.export_wanted.connect(self.ask_export)
        bar.story_wanted.connect(self.join)
        bar.ended.connect(self._end)

    @property
    def chosen(self) -> int:
        """How many excerpts or sources are chosen."""
        if self._pane.shows_sources:
            return len(self._pane.chosen_sources())
        return sum(stretch.last - stretch.first + 1 for stretch in self._pane.stretches())

    def tag(self, add: Tag | None = None, remove: Tag | None = None) -> None:
        """Add a tag to all chosen excerpts, or take one off."""
        desk, ids = self._context.desk, self._ids()
        if desk is None:
            return
        name = self.tr("Tagging") if add else self.tr("Untagging")
        progress, stopped = self._work.begin(name)
        adding, removing = [add] if add else [], [remove] if remove else []

        def work() -> tuple[int, Change]:
            change = desk.bulk.tag(ids(), adding, removing, progress, stopped)
            return len(change.ids), change

        self._context.change(work, done=self._tagged, failed=self._fail)

    def ask_brief(self) -> None:
        """Ask for a brief, and quote all chosen excerpts in it."""
        count = self.chosen
        if self._pane.shows_sources or not count:
            return
        if count > MOST_IN_BRIEF:
            told = self.tr("A brief takes %1 excerpts at once; %2 are chosen.")
            self.told.emit(fill(told, MOST_IN_BRIEF, f"{count:,}"))
            return
        dialog = BriefChooser(self._context, count, self._pane)
        dialog.finished.connect(lambda result: self._quote(dialog, result))
        dialog.open()

    def ask_export(self) -> None:
        """Ask for a file, and write all chosen excerpts into it."""
        if self._pane.shows_sources or not self.chosen:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self._pane, self.tr("Export excerpts"), "excerpts.jsonl", self.tr("Bulk form (*.jsonl)")
        )
        if name:
            self.export(Path(name))

    def export(self, target: Path) -> None:
        """Write all chosen excerpts into a file, in the form that bulk import reads."""
        desk, ids, count = self._context.desk, self._ids(), self.chosen
        if desk is None:
            return
        progress, stopped = self._work.begin(fill(self.tr("Writing %1"), target.name))

        def done(written: int) -> None:
            self._work.end()
            if written:
                excerpts = counted(count, self.tr("1 excerpt"), self.tr("%1 excerpts"))
                self.told.emit(fill(self.tr("%1 written to %2."), excerpts, target.name))

        self._context.run(lambda: desk.bulk.export(ids(), target, progress, stopped), done, failed=self._fail)

    def join(self) -> None:
        """Note that the chosen sources, or those of the chosen excerpts, carry one story."""
        if 1 < self.chosen <= _MOST_OF_A_STORY:
            self._join(self._pane.chosen_sources())

    def remove(self) -> None:
        """Put all chosen excerpts or sources into the trash."""
        desk, count = self._context.desk, self.chosen
        if desk is None:
            return
        if count > _MOST_REMOVED:
            told = self.tr("The trash takes %1 at once; %2 are chosen.")
            self.told.emit(fill(told, _MOST_REMOVED, f"{count:,}"))
            return
        ids, sources = self._ids(), self._pane.chosen_sources()

        def work() -> Change:
            if sources:
                return desk.collect.take_out(sources, "Remove sources")
            return desk.curate.remove_excerpts(ids())

        removed = fill(self.tr("%1 are in the trash; Ctrl+Z brings them back."), f"{count:,}")
        self._context.change(work, done=lambda _change: self.told.emit(removed))

    def on_one(self, do: Callable[[], None]) -> Callable[[], None]:
        """Return what does something with the current entry, and says so where several are chosen."""

        def one() -> None:
            if self.chosen > 1:
                told = self.tr("%1 are selected; this is for the current one alone.")
                # In the line at the foot: a notice would lie over the fields that some of them lead into.
                self._context.told.emit(fill(told, f"{self.chosen:,}"))
            do()

        return one

    def ask_uses(self, source_id: str, excerpt_id: str = "") -> None:
        """Show which briefs use an excerpt, or lean on a source where none is given."""
        desk = self._context.desk
        if desk is None:
            return
        usage = desk.usage
        self._context.run(
            lambda: usage.of_excerpt(excerpt_id) if excerpt_id else usage.of_source(source_id),
            self._show_uses,
            latest="uses",
        )

    def _show_uses(self, uses: tuple[Use, ...]) -> None:
        dialog = UsesDialog(uses, self._pane)
        dialog.brief_wanted.connect(self.opening_wanted)
        dialog.open()

    # --- steps -------------------------------------------------------------------------------------------

    def _join(self, sources: tuple[str, ...]) -> None:
        desk, ids = self._context.desk, self._ids()
        if desk is None:
            return

        def work() -> Change:
            return desk.collect.join(sources or sources_of(desk, ids()))

        self._context.change(
            work, done=lambda _change: self.told.emit(self.tr("They count as one origin now."))
        )

    def _ids(self) -> Callable[[], tuple[str, ...]]:
        """Return what reads the ids of the chosen excerpts, on a worker's thread."""
        desk, stretches, sort = self._context.desk, self._pane.stretches(), self._pane.head.sort
        return lambda: ids_of(desk, stretches, sort) if desk is not None else ()

    def _count(self) -> None:
        self._bar.show_count(self.chosen, sources=self._pane.shows_sources)

    def _end(self) -> None:
        self._pane.choose_one()
        self._pane.focus()

    def _tagged(self, count: int) -> None:
        self._work.end()
        changed = counted(count, self.tr("1 excerpt is changed."), self.tr("%1 excerpts are changed."))
        self.told.emit(changed if count else self.tr("Nothing is changed: all were so already."))

    def _fail(self, error: KnownError) -> None:
        self._work.end()
        self._context.problem.emit(error)

    def _quote(self, dialog: BriefChooser, result: int) -> None:
        desk, (brief, section, title), ids = self._context.desk, dialog.chosen, self._ids()
        dialog.deleteLater()
        if result == QDialog.DialogCode.Accepted.value and desk is not None and brief:
            self._context.change(
                lambda: desk.bulk.add_to_brief(ids(), brief, section),
                brief,
                lambda _change: self.told.emit(fill(self.tr("Quoted in “%1”."), title)),
            )

    def _show_menu(self, item: Hit | SourceHit, place: QPoint) -> None:
        menu = QMenu(self._pane)
        menu.setObjectName("entry")
        own = item.excerpt.id if isinstance(item, Hit) else ""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(item, Hit):
            self._add(
                menu,
                self.tr("&Similar excerpts\tCtrl+Shift+S"),
                lambda: self.similar_wanted.emit(item.excerpt),
            )
        self._add(
            menu, self.tr("&More from this source\tCtrl+Shift+M"), lambda: self.more_wanted.emit(item.source)
        )
        menu.addSeparator()
        if isinstance(item, Hit):
            self._add(menu, self.tr("Quote in a &brief…\tCtrl+Shift+B"), self.ask_brief)
            self._add(menu, self.tr("&Export…\tCtrl+Shift+E"), self.ask_export)
        self._add(menu, self.tr("Where &used…\tCtrl+Shift+U"), lambda: self.ask_uses(item.source.id, own))
        of = self._pane.similar.of
        if self._pane.shows_similar and of is not None and of.source_id != item.source.id:
            same, other = of.source_id, item.source.id
            self._add(menu, self.tr("Sources of the same s&tory"), lambda: self._join((same, other)))
        elif 1 < self.chosen <= _MOST_OF_A_STORY:
            self._add(menu, self.tr("Sources of the same s&tory"), self.join)
        self._add(menu, self.tr("&Remove\tDelete"), lambda: self.removal_wanted.emit(item))
        menu.popup(place)

    @staticmethod
    def _add(menu: QMenu, text: str, do: Callable[[], object]) -> None:
        menu.addAction(text).triggered.connect(lambda _checked=False: do())


def ids_of(desk: Desk, stretches: tuple[Stretch, ...], sort: Sort) -> tuple[str, ...]:
    """Return the ids of selected excerpts, each once (on a worker's thread)."""
    found: dict[str, None] = {}
    for stretch in stretches:
        found |= dict.fromkeys(desk.find.excerpt_ids(stretch.query, sort)[stretch.first : stretch.last + 1])
    return tuple(found)


def sources_of(desk: Desk, excerpt_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of the sources of some excerpts, each once (on a worker's thread)."""
    with desk.library.read() as work:
        excerpts = work.excerpts.get_many(excerpt_ids)
    return tuple(dict.fromkeys(excerpts[i].source_id for i in excerpt_ids if i in excerpts))
