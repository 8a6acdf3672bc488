"""Makes the editor's rows and brings their content up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from briefer.domain.briefs import Block, Lane, Section
from briefer.domain.markings import portion
from briefer.services.ports import Markup
from briefer.ui.brief.card_row import CardRow
from briefer.ui.brief.figures import find, prompt
from briefer.ui.brief.moves import RowKey, RowKind, section_rows
from briefer.ui.brief.notices import Notice
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.prose_text import CitationChips
from briefer.ui.brief.rows import GeneratedRow, HeadingRow, Row
from briefer.ui.brief.session import BriefSession
from briefer.ui.theme import Colours

_LINE, _LETTER, _LOW = 21, 8, 42
_AHEAD = 12
"""So many texts are in sight on most screens when a brief is opened."""
_NO_BLOCK = RowKey(RowKind.PROSE, "")


class ProseRow(Row):
    """A prose block; with an EMPTY key, the place where a section's first one will be."""

    def __init__(self, key: RowKey, chips: CitationChips, markup: Markup) -> None:
        self.edit = ProseEdit(chips, markup)
        super().__init__(key, self.edit, movable=key.kind is RowKind.PROSE)
        self.edit.entered.connect(self.entered)
        self.edit.stepped_out.connect(self.stepped)

    def fitted(self, width: int) -> int:
        if not self.isVisible():
            # Qt tells a text of its width only when it is shown; until then it would seem to be of one line.
            self.edit.lay_out(width - self.beside)
        return super().fitted(width)

    def set_current(self, current: bool) -> None:
        if self.is_current and not current:
            # The keys act elsewhere: what stayed selected here would look as if they acted on it, too.
            self.edit.clear_selection()
        super().set_current(current)

    def become(self, key: RowKey) -> None:
        """Be the row of another key from now on, as where the first words of a block were typed."""
        self.key = key
        self._movable = key.kind is RowKind.PROSE

    def go(self, *, at_end: bool) -> None:
        super().go(at_end=at_end)
        self.edit.put_cursor(at_end=at_end)

    def set_colours(self, colours: Colours) -> None:
        super().set_colours(colours)
        self.edit.set_signs(QColor(colours.text_faint))


class RowMaker:
    """Makes rows for one session; ``connect`` ties a new one to the editor."""

    def __init__(
        self, session: BriefSession, chips: CitationChips, colours: Colours, connect: Callable[[Row], None]
    ) -> None:
        self._session = session
        self._chips = chips
        self._connect = connect
        self._numbers: Mapping[str, str] = {}
        self._homes: dict[str, tuple[Section, Block | None]] = {}
        self._labels: dict[str, str] = {}
        self._sections: dict[str, Section] = {}
        self._rows: dict[str, tuple[RowKey, ...]] = {}
        self._ahead: list[ProseRow] = []
        self.colours = colours
        self.source_view = False
        self.notices: Mapping[str, Notice] = {}
        self.look()

    def look(self) -> set[str]:
        """Take note of the brief as it now stands; call before making or filling rows.

        Return the ids of the sections that have another number than before.
        """
        renumbered = self._look_at_numbers()
        now = {section.id: section for section in self._session.brief.sections}
        for former in list(self._sections.values()):
            if now.get(former.id) is not former:
                self._forget(former)
        self.look_at(section for section in now.values() if self._sections.get(section.id) is not section)
        return renumbered

    def rows(self) -> list[RowKey]:
        """Return the rows of the brief that was looked at last, in reading order."""
        sections = self._session.brief.sections
        self._rows |= {s.id: tuple(section_rows(s)) for s in sections if s.id not in self._rows}
        return list(chain.from_iterable(self._rows[section.id] for section in sections))

    def look_at(self, sections: Iterable[Section]) -> set[str]:
        """Take note of sections that keep their blocks and places; return the ids of what now looks other."""
        changed, homes, noted = self._look_at_numbers(), self._homes, self._labels
        for section in sections:
            former, _none = homes.get(section.id, (None, None))
            labels = _lane_labels(section)
            self._sections[section.id] = section
            alike = former is not None and _frame(former) == _frame(section)
            if not alike:
                changed.add(section.id)
            homes[section.id] = (section, None)
            for block in section.blocks:
                home, label = homes.get(block.id), labels.get(block.id, "")
                same = alike and home is not None and (home[1] is block or home[1] == block)
                if not same or noted.get(block.id, "") != label:
                    changed.add(block.id)
                homes[block.id] = (section, block)
                if label or block.id in noted:
                    noted[block.id] = label
        return changed

    def _forget(self, section: Section) -> None:
        """Let go what was noted of a section that is gone, or other than it was."""
        del self._sections[section.id]
        self._rows.pop(section.id, None)
        for id_ in (section.id, *(block.id for block in section.blocks)):
            self._homes.pop(id_, None)
            self._labels.pop(id_, None)

    def _look_at_numbers(self) -> set[str]:
        former, self._numbers = self._numbers, self._session.numbers
        return {i for i in {*former, *self._numbers} if former.get(i) != self._numbers.get(i)}

    def section_of(self, key: RowKey) -> str:
        """Return the id of the section that a row belongs to, or nothing."""
        home = self._homes.get(key.id)
        return home[0].id if home else ""

    def make_ahead(self, parent: QWidget) -> None:
        """Make some texts that no block has yet, hidden in ``parent``, while nobody waits for them."""
        self._ahead = [self._text_row() for _number in range(_AHEAD)]
        for row in self._ahead:
            row.setParent(parent)

    def _text_row(self) -> ProseRow:
        row = ProseRow(_NO_BLOCK, self._chips, self._session.desk.markup)
        row.edit.setReadOnly(self._session.desk.library.read_only is not None)
        self._connect(row)
        return row

    def make(self, key: RowKey, width: int) -> Row:
        """Make the row of ``key``, as wide as it will be, so that it is measured once."""
        row: Row
        if key.kind is RowKind.HEADING:
            row = HeadingRow(key)
            row.edit.setReadOnly(self._session.desk.library.read_only is not None)
        elif key.kind is RowKind.GENERATED:
            row = GeneratedRow(key)
        elif key.kind is RowKind.QUOTATION:
            row = CardRow(key)
        else:
            row = self._ahead.pop() if self._ahead else self._text_row()
            row.become(key)
            row.edit.show_source(self.source_view)
        row.resize(width, 24)
        row.set_colours(self.colours)
        self.fill(row)
        if not isinstance(row, ProseRow):
            self._connect(row)
        return row

    def guesses(self, keys: Iterable[RowKey], width: int) -> Iterator[int]:
        """Yield about how high rows will be, in pixels."""
        room = max(width, 1)
        for key in keys:
            _section, block = self._homes[key.id]
            if block is None:
                yield _LOW
                continue
            hit = find(self._session.hits, block.excerpt_id) if block.excerpt_id else None
            text = hit.excerpt.quote if hit else block.markdown
            # Letters of about half the height of a line; a line of Markdown is at least one of text.
            lines = len(text) * _LETTER // room + text.count("\n") + 1
            yield _LINE * lines + (2 * _LINE if block.excerpt_id else 8)

    def fill(self, row: Row) -> None:
        """Show in ``row`` what the brief now says."""
        section, block = self._homes[row.key.id]
        language = self._session.brief.language
        row.show_notice(self.notices.get(row.key.id))
        if isinstance(row, HeadingRow):
            number = " ".join(filter(None, (self._numbers.get(section.id), self._mark(section.marking))))
            row.show_section(number, section.heading, section.level)
        elif isinstance(row, GeneratedRow):
            row.show_type(section.type)
        elif isinstance(row, CardRow) and block is not None:
            row.card.show_excerpt(find(self._session.hits, block.excerpt_id or ""), language, block.shown)
        elif isinstance(row, ProseRow):
            self._fill_prose(row, section, block)
        if block is not None:
            above = (self._labels.get(block.id, ""), self._mark_of(block))
            row.show_lane("  ".join(filter(None, above)), closed=block.lane is Lane.CLOSED)

    def _mark_of(self, block: Block) -> str:
        """Return the mark of a block's own protection, which a quotation has from its excerpt or source."""
        hit = find(self._session.hits, block.excerpt_id) if block.excerpt_id else None
        own = (hit.excerpt.marking or hit.source.marking or "") if hit else ""
        return self._mark(block.marking or own)

    def _mark(self, marking: str) -> str:
        return portion(marking, self._session.desk.markings) if marking else ""

    def _fill_prose(self, row: ProseRow, section: Section, block: Block | None) -> None:
        alone = len(section.blocks) <= 1
        hint = prompt(section, self._session.brief, self._session.form) if alone else ""
        fallback = QCoreApplication.translate("RowMaker", "Write here, or add excerpts from the right.")
        row.edit.set_hint(hint or fallback)
        row.edit.language = self._session.brief.language
        name = QCoreApplication.translate("RowMaker", "Text in %1")
        row.edit.setAccessibleName(name.replace("%1", section.heading))
        if block is not None:
            row.edit.show_markdown(block.markdown)


def _frame(section: Section) -> tuple[object, ...]:
    """Return what the rows of a section show of it besides their blocks."""
    return section.heading, section.level, section.type, section.marking, len(section.blocks) <= 1


def _lane_labels(section: Section) -> dict[str, str]:
    """Return the names of the lanes by the block that each begins with, where a section keeps something apart."""
    first = {block.lane: block.id for block in reversed(section.blocks)}
    if Lane.CLOSED not in first:
        return {}
    labels = {first[Lane.CLOSED]: QCoreApplication.translate("RowMaker", "⊘ Not for disclosure")}
    if Lane.OPEN in first:
        labels[first[Lane.OPEN]] = QCoreApplication.translate("RowMaker", "May be used")
    return labels
