"""The editor: all sections of the brief on one page that scrolls.

Rows are known by the id of their block and only those that changed are touched, so that focus, cursor and
scroll position stay. Those far out of sight do not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from briefer.domain import editing
from briefer.domain.briefs import Block, Brief
from briefer.domain.findings import Finding
from briefer.domain.leading import cited_sentence
from briefer.domain.results import Hit
from briefer.domain.tags import Tag
from briefer.services.compose import prose, quotation
from briefer.ui.brief import moves
from briefer.ui.brief.card_row import CardRow
from briefer.ui.brief.figures import find
from briefer.ui.brief.moves import RowKey, RowKind
from briefer.ui.brief.notices import notices
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.prose_aid import ProseAid
from briefer.ui.brief.prose_keys import key_of
from briefer.ui.brief.row_edits import RowEdits
from briefer.ui.brief.row_maker import ProseRow, RowMaker
from briefer.ui.brief.rows import GUTTER, HeadingRow, Row
from briefer.ui.brief.scroller import RowScroller
from briefer.ui.brief.session import BriefSession
from briefer.ui.brief.shorten_dialog import ask_to_shorten
from briefer.ui.brief.typed import Typed
from briefer.ui.brief.words_of import place_of
from briefer.ui.theme import Colours


class Editor(RowScroller):
    """Edits the brief of one session."""

    current_changed = Signal(str, str)
    """The ids of the section and of the block where the cursor is; the latter may be empty."""
    source_wanted = Signal(str)
    """The id of an excerpt."""
    excerpt_dropped = Signal(str, object, bool)
    """The id of an excerpt that is not in the brief yet, the :class:`moves.Place` for it, and whether as a sentence."""
    step_wanted = Signal(int)
    """Undo (-1) or do again (1) a step of the brief: in the heading where the cursor is, nothing is left to."""

    def __init__(self, session: BriefSession, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._current: RowKey | None = None
        self.aid = ProseAid(session, self._scope, colours, self)
        self._maker = RowMaker(session, self.aid.chips, colours, self._connect)
        self._column = self.set_rows(self._maker, self._keeps)
        self.set_colours(colours)
        self.typed = Typed(session, self)
        self._edits = RowEdits(session, self)
        self._column.excerpt_dropped.connect(self._drop_excerpt)
        self._column.block_dropped.connect(self._edits.drop)
        self.aid.source_wanted.connect(self.source_wanted)
        session.brief_changed.connect(self._follow)
        session.evidence_changed.connect(self._show_evidence)

    def event(self, event: QEvent) -> bool:
        # These keys belong to the text while the cursor stands in it, not to the menu of the window.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            in_text = isinstance(QApplication.focusWidget(), ProseEdit)
            if in_text and key_of(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def make_ahead(self) -> None:
        """Make what a brief will need for its first picture, before there is one."""
        self._maker.make_ahead(self._column)

    # --- for the rest of the page ----------------------------------------------------------------------

    @property
    def current_section(self) -> str:
        """The id of the section where the cursor is; at first, the first one."""
        here = self._maker.section_of(self._current) if self._current is not None else ""
        sections = self._session.brief.sections
        return here or (sections[0].id if sections else "")

    @property
    def current_block(self) -> str:
        """The id of the block where the cursor is, or nothing."""
        blocks = {RowKind.PROSE, RowKind.QUOTATION}
        return self._current.id if self._current and self._current.kind in blocks else ""

    @property
    def current_prose(self) -> ProseEdit | None:
        """The text where the cursor is or was last, or None."""
        row = self._column.existing(self._current)
        return row.edit if isinstance(row, ProseRow) else None

    def jump(self, identifier: str, *, focus: bool = True, words: str = "") -> None:
        """Scroll to a block or section and put the cursor there, where it has them before its ``words``."""
        key = next((k for k in self._column.keys if k.id == identifier), None)
        if key is None:
            return
        row = heading = self._column.row(key)
        if focus and key.kind is RowKind.HEADING:
            row = self._first_in_section(key) or row
        if focus:
            row.go(at_end=False)
        self.verticalScrollBar().setValue(max(0, heading.geometry().top() - 12))
        self._set_current(row.key)
        if focus and isinstance(row, ProseRow) and (place := place_of(row.edit, words)):
            row.edit.setTextCursor(place)
            self.reveal(row, row.edit.cursorRect().translated(row.edit.mapTo(row, QPoint())))

    def focus_current(self) -> None:
        """Give the focus to the row that keys act on, the first text at the beginning; nothing scrolls."""
        key = self._current or moves.beside(self._column.keys, -1, 1)
        if key is not None:
            self._column.row(key).content.setFocus(Qt.FocusReason.OtherFocusReason)

    def insert_quotation(self, hit: Hit, place: moves.Place | None = None) -> None:
        """Put an excerpt as a quotation below the current block, or at ``place``."""
        self._session.learn(hit)
        where = place or moves.place_below(self._session.brief, self.current_section, self.current_block)
        block = quotation(hit.excerpt.id)
        self._session.edit(self.tr("Insert quotation"), lambda b: moves.insert_block(b, block, where))
        self._set_current(moves.row_of(block))
        self.reveal(self._column.row(moves.row_of(block)))

    def write_sentence(self, hit: Hit, place: moves.Place | None = None) -> None:
        """Write a sentence that cites an excerpt: at the cursor in a text, else as a text below, or at ``place``."""
        self._session.learn(hit)
        self.aid.chips.forget()
        language = self._session.brief.language
        sentence = self._session.desk.markup.write([cited_sentence(hit.excerpt, hit.source, language)])
        if place is None and self.current_prose is not None:
            self.current_prose.insert(sentence)
            self.current_prose.setFocus()
            return
        self.flush()
        where = place or moves.place_below(self._session.brief, self.current_section, self.current_block)
        block = prose(sentence)
        self._session.edit(self.tr("Cite in a sentence"), lambda b: moves.insert_block(b, block, where))
        self._column.row(moves.row_of(block)).go(at_end=True)

    def cite(self, hit: Hit) -> None:
        """Put a citation of an excerpt at the cursor; below a quotation, into a new text."""
        self._session.learn(hit)
        self.aid.chips.forget()
        if self.current_prose is None:
            self.add_prose()
        edit = self.current_prose
        if edit is not None:
            edit.cite(f"[@{hit.excerpt.id}]")
            edit.setFocus()

    def add_prose(self) -> None:
        """Add a text below the current block and put the cursor there."""
        where = moves.place_below(self._session.brief, self.current_section, self.current_block)
        block = prose()
        self._session.edit(self.tr("Add text"), lambda b: moves.insert_block(b, block, where))
        self._column.row(moves.row_of(block)).go(at_end=False)

    def turn_lane(self) -> None:
        """Set the current block apart as not for disclosure, or let it be used again."""
        if self._current is not None and self.current_block:
            self._turn_lane(self._column.row(self._current))

    def flush(self) -> None:
        """Store what was typed; nothing waits after this."""
        self.typed.flush()

    @property
    def source_shown(self) -> bool:
        """Whether texts are shown as Markdown."""
        return self._maker.source_view

    def show_source(self, shown: bool) -> None:
        """Show the Markdown of all texts, or again how they will look."""
        self.flush()
        self._maker.source_view = shown
        for row in self._column.rows():
            if isinstance(row, ProseRow):
                row.edit.show_source(shown)

    def block_row(self, block: Block) -> Row:
        """Return the row of a block."""
        return self._column.row(moves.row_of(block))

    def show_row(self, row: Row) -> None:
        """Scroll to a row, in a text to its cursor, and let keys act on it, without the focus."""
        self._set_current(row.key)
        if isinstance(row, ProseRow):
            self._show_cursor(row)
        else:
            self.reveal(row)

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show beside the rows what the checks found there."""
        self._maker.notices = notices(findings)
        for row in self._column.rows():
            row.show_notice(self._maker.notices.get(row.key.id))

    def show_notice(self) -> None:
        """Say beside the row that keys act on what the checks found there."""
        row = self._column.existing(self._current)
        if row is not None and row.notice is not None:
            QToolTip.showText(row.mapToGlobal(QPoint(GUTTER, row.height())), row.notice.told, row)

    def set_colours(self, colours: Colours) -> None:
        """Take up the theme."""
        self._maker.colours = colours
        self.aid.set_colours(colours)
        self.aid.chips.set_colours(QColor(colours.partner_surface), QColor(colours.partner))
        self._column.set_mark_colour(QColor(colours.accent))
        for row in self._column.rows():
            row.set_colours(colours)

    # --- rows ------------------------------------------------------------------------------------------

    def _keeps(self, row: Row) -> bool:
        """Whether a row must stay though it is out of sight: keys act on it, or it holds what is not stored."""
        return self._has_focus(row) or row.key == self._current or self.typed.holds(row.key.id)

    def _follow(self, before: Brief, after: Brief) -> None:
        stepped = moves.first_changed(before, after) if self.typed.steps else None
        if before.sections and moves.same_rows(before, after):
            changed = self._maker.look_at(moves.changed_sections(before, after))
            self.renew([row for row in self._column.rows() if row.key.id in changed], self._fill)
        else:
            self._arrange(before, after)
        if stepped is not None:
            # What was undone in the text where the cursor is may arrive before the step that leads elsewhere.
            self.typed.steps = stepped == self._current
            self._show_step(stepped)

    def _arrange(self, before: Brief, after: Brief) -> None:
        renumbered = self._maker.look()
        wanted = self._maker.rows()
        present = set(wanted)
        keep_at = self.anchor(present, self._column.existing(self._current))
        lost = self._current if self._current not in present else None
        had_focus = lost is not None and self.has_cursor
        if had_focus:
            # Else Qt gives the focus to what comes next, perhaps a heading, with its text selected.
            self._column.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.arrange(wanted)
        self._fill_changed(before, after, renumbered)
        self.restore(keep_at)
        if lost is not None:
            self._lose_current(moves.row_instead(before, after, lost), had_focus=had_focus)

    def _show_step(self, key: RowKey) -> None:
        """Go to what was undone or done again; the focus follows if it is on the page."""
        row = self._column.row(key)
        self._set_current(key)
        if self.has_cursor and not self._has_focus(row):
            row.go(at_end=True)
        if isinstance(row, ProseRow):
            row.edit.go_to_change()
        self.show_row(row)

    def _fill_changed(self, before: Brief, after: Brief, renumbered: set[str]) -> None:
        changed = {section.id for section in moves.changed_sections(before, after)}
        for row in self._column.rows():
            if self._maker.section_of(row.key) in changed or row.key.id in renumbered:
                self._fill(row)

    def _fill(self, row: Row) -> None:
        if not self.typed.holds(row.key.id):
            self._maker.fill(row)
            self._column.refit(row)

    def _show_evidence(self) -> None:
        for row in self._column.rows():
            if isinstance(row, CardRow):
                self._maker.fill(row)
            elif isinstance(row, ProseRow) and "\ufffc" in row.edit.toPlainText():
                # The names of what is cited may be known only now, and be wider than what stood there.
                document = row.edit.document()
                document.markContentsDirty(0, document.characterCount())

    def _connect(self, row: Row) -> None:
        row.entered.connect(partial(self._enter, row))
        row.stepped.connect(partial(self._step, row))
        row.moved.connect(partial(self._move, row))
        row.removed.connect(lambda: self._edits.remove(row.key))
        row.text_wanted.connect(self.add_prose)
        row.lane_wanted.connect(partial(self._turn_lane, row))
        if isinstance(row, HeadingRow):
            self.typed.follow(row.key.id, row.edit)
            row.edit.step_wanted.connect(self.step_wanted)
        elif isinstance(row, CardRow):
            row.source_wanted.connect(partial(self._open_source, row))
            row.shorten_wanted.connect(lambda: ask_to_shorten(self._session, row.key.id, self))
        elif isinstance(row, ProseRow):
            self.aid.serve(row.edit)
            row.edit.edited.connect(partial(self._edited, row))
            row.edit.paused.connect(self.flush)
            row.edit.left_typing.connect(lambda: self.typed.leave(row.key.id, row.edit))
            row.edit.emptied.connect(lambda: self._edits.remove(row.key))
            row.edit.undo_beyond.connect(lambda: self.typed.undo_beyond(row.key.id, row.edit))
            row.edit.redo_beyond.connect(lambda: self.typed.step_brief(1))
            row.edit.long_pasted.connect(lambda clip: self._edits.paste(row.key, clip))
            row.edit.cursorPositionChanged.connect(partial(self._follow_cursor, row))

    # --- typing ----------------------------------------------------------------------------------------

    def _edited(self, row: ProseRow) -> None:
        if row.key.kind is RowKind.EMPTY:
            if row.edit.document().isEmpty():
                return
            self._begin_block(row)
        self.typed.note(row.key.id, row.edit)

    def _begin_block(self, row: ProseRow) -> None:
        section_id, block = row.key.id, prose(row.edit.markdown)
        self._column.rename(row.key, moves.row_of(block))
        row.become(moves.row_of(block))
        self._current = row.key
        self._session.edit(self.tr("Typing"), lambda b: editing.add_block(b, section_id, block))
        self._session.begin_typing(block.id)

    # --- keys and drops --------------------------------------------------------------------------------

    def _enter(self, row: Row) -> None:
        self._set_current(row.key)
        if not isinstance(row, ProseRow):
            self.reveal(row)

    def _step(self, row: Row, step: int) -> None:
        keys = self._column.keys
        key = moves.beside(keys, keys.index(row.key), step)
        if key is not None:
            there = self._column.row(key)
            there.go(at_end=step < 0)
            self.reveal(there)

    def _move(self, row: Row, step: int) -> None:
        block_id = row.key.id
        self._session.edit(self.tr("Move"), lambda b: moves.move_block_by(b, block_id, step))
        self._set_current(row.key)
        self.reveal(row)

    def _turn_lane(self, row: Row) -> None:
        self._session.edit(self.tr("Change lane"), lambda b: moves.turn_lane(b, row.key.id))
        self.reveal(row)

    def _drop_excerpt(self, excerpt_id: str, before: RowKey | None, as_sentence: bool) -> None:
        place = moves.place_before_row(self._session.brief, before)
        if place is not None:
            self.excerpt_dropped.emit(excerpt_id, place, as_sentence)

    def _open_source(self, row: CardRow) -> None:
        block = moves.block_of(self._session.brief, row.key.id)
        if block and find(self._session.hits, block.excerpt_id or ""):
            self.source_wanted.emit(block.excerpt_id)

    # --- where the cursor is ---------------------------------------------------------------------------

    def _set_current(self, key: RowKey) -> None:
        if key != self._current:
            former = self._column.existing(self._current)
            if former is not None:
                former.set_current(False)
            self._current = key
        now = self._column.existing(key)
        if now is not None:
            now.set_current(True)
        self.current_changed.emit(self.current_section, self.current_block)

    def _lose_current(self, instead: tuple[RowKey, bool] | None, *, had_focus: bool) -> None:
        """Go to what stands where the row that has gone stood."""
        self._current = None
        if instead is None:
            return
        key, at_end = instead
        self._set_current(key)
        if had_focus:
            self._column.row(key).go(at_end=at_end)

    def _first_in_section(self, heading: RowKey) -> Row | None:
        keys = self._column.keys
        at = keys.index(heading) + 1
        if at < len(keys) and keys[at].kind not in {RowKind.HEADING, RowKind.GENERATED}:
            return self._column.row(keys[at])
        return None

    def _follow_cursor(self, row: ProseRow) -> None:
        if row.edit.hasFocus():
            self._show_cursor(row)

    def _show_cursor(self, row: ProseRow) -> None:
        place = row.edit.cursorRect()
        self.reveal(row, QRect(row.edit.viewport().mapTo(row, place.topLeft()), place.size()))

    def _scope(self) -> tuple[Tag, ...]:
        section = moves.section_of(self._session.brief, self.current_section)
        return (section.scope if section else ()) or self._session.brief.subjects
