"""Goes from place to place in the texts and quotations of a brief, and replaces words in the texts.

What a source says stays: quotations, and what stands in quotation marks in a paragraph that cites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QObject, QRegularExpression
from PySide6.QtGui import QTextCursor, QTextDocument

from briefer.domain.briefs import Block, BlockKind, Brief
from briefer.domain.citations import CITATION
from briefer.domain.editing import write_texts
from briefer.domain.replacing import is_quoted, may_have, pattern, replaced
from briefer.domain.results import Hit
from briefer.services.ports import Markup
from briefer.services.stopping import Stop
from briefer.ui.brief import moves
from briefer.ui.brief.card_row import CardRow
from briefer.ui.brief.counts import Counts, Searched, counted_anew
from briefer.ui.brief.editor import Editor
from briefer.ui.brief.figures import find
from briefer.ui.brief.find_bar import FindBar
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.brief.session import Ahead, BriefSession
from briefer.ui.text import counted, fill


class Finder(QObject):
    """Does what the bar asks for; all that is replaced at once is one step of the brief's undo."""

    def __init__(self, session: BriefSession, editor: Editor, bar: FindBar) -> None:
        super().__init__(bar)
        self._session = session
        self._editor = editor
        self._bar = bar
        self._counts = Counts()
        self._stop = Stop()
        self._count_told = ""
        self._chosen = ("", -1)
        """The quotation that was gone to last, and where in its words the place begins."""
        bar.changed.connect(self._follow)
        bar.find_wanted.connect(self.find)
        bar.replace_wanted.connect(self.replace)
        bar.replace_all_wanted.connect(self.replace_all)
        bar.closed.connect(self._close)
        session.brief_changed.connect(self._recount)

    def _close(self) -> None:
        self._stop.stop()
        self._choose(None)
        self._editor.focus_current()

    def ask(self, *, replacing: bool) -> None:
        """Open the bar with the words that are selected."""
        edit = self._editor.current_prose
        words = edit.textCursor().selectedText() if edit is not None and edit.hasFocus() else ""
        self._bar.ask("" if "\u2029" in words else words, replacing=replacing)
        self._recount()

    def find(self, step: int) -> bool:
        """Select the next place (1) or the former one (-1), going on at the other end; whether there is one."""
        self._editor.flush()
        blocks = [block for _section, block in self._session.brief.blocks()][::step]
        if not self._bar.wanted.text() or not blocks:
            return False
        here = self._editor.current_prose
        start = next((i for i, b in enumerate(blocks) if b.id == self._editor.current_block), 0)
        for number in range(len(blocks) + 1):
            block = blocks[(start + number) % len(blocks)]
            if self._has_place(block, step, go_on=number == 0):
                row = self._editor.block_row(block)
                if here is not None and not (isinstance(row, ProseRow) and row.edit is here):
                    self._leave(here)
                self._editor.show_row(row)
                self._choose(block)
                self._tell_count()
                return True
        self._choose(None)
        self._bar.tell(self.tr("Not found"))
        return False

    def replace(self) -> None:
        """Replace the place that is selected, and go to the next one."""
        edit, kept = self._editor.current_prose, False
        if (
            self._bar.wanted.text()
            and edit is not None
            and not edit.isReadOnly()
            and self._pattern().fullmatch(edit.textCursor().selectedText())
        ):
            kept = _is_kept(edit.textCursor())
            if not kept:
                edit.textCursor().insertText(self._bar.by.text())
        self.find(1)
        if kept:
            self._bar.tell(fill(self.tr("%1 · the words of a source stay"), self._bar.told))

    def replace_all(self) -> None:
        """Replace all places in all texts; a long brief is read beside the window."""
        words, by = self._bar.wanted.text(), self._bar.by.text()
        if not words:
            return
        self._editor.flush()
        session, wanted = self._session, self._pattern()
        brief, markup, changed = session.brief, session.desk.markup, dict[str, str]()
        work = session.ahead(lambda brief: write_texts(brief, changed))

        def read() -> tuple[Ahead, int, int]:
            found, total, kept = _found(brief, markup, words, wanted, by)
            changed.update(found)
            return work(), total, kept

        def take(found: tuple[Ahead, int, int]) -> None:
            ahead, total, kept = found
            if session.brief is not brief:
                self.replace_all()
                return
            if changed:
                session.edit(self.tr("Replace"), lambda brief: write_texts(brief, changed), ahead)
            kept += sum(len(self._starts(quotation)) for quotation in _quotations(brief))
            told = counted(total, self.tr("1 place replaced"), self.tr("%1 places replaced"))
            self._bar.tell(self._with_kept(told, kept) if total or kept else self.tr("Not found"))

        session.context.run(read, take, latest=f"replace {brief.id}")

    def _with_kept(self, told: str, kept: int) -> str:
        """Add to what is told how many places stay, because they are words of a source."""
        stays = counted(kept, self.tr("1 in a quotation stays"), self.tr("%1 in quotations stay"))
        return f"{told}, {stays}" if kept else told

    def _pattern(self) -> re.Pattern[str]:
        return pattern(self._bar.wanted.text(), case=self._bar.case.isChecked())

    def _qt_pattern(self) -> QRegularExpression:
        return QRegularExpression(self._pattern().pattern)

    def _has_place(self, block: Block, step: int, *, go_on: bool) -> bool:
        """Whether a block has a place, beyond the cursor where it is to ``go_on`` from there; in a text it is selected."""
        if block.kind is BlockKind.QUOTATION:
            return self._has_quoted(block, step, go_on=go_on and block.id == self._editor.current_block)
        if not self._may_have(block):
            return False
        row = self._editor.block_row(block)
        assert isinstance(row, ProseRow)
        found = self._in(row.edit, step, go_on=go_on and row.edit is self._editor.current_prose)
        if not found.isNull():
            row.edit.setTextCursor(found)
        return not found.isNull()

    def _has_quoted(self, quotation: Block, step: int, *, go_on: bool) -> bool:
        here = self._chosen[1] if self._chosen[0] == quotation.id else -1
        starts = [at for at in self._starts(quotation) if not go_on or (at - here) * step > 0]
        if starts:
            self._chosen = (quotation.id, starts[0 if step > 0 else -1])
        return bool(starts)

    def _choose(self, block: Block | None) -> None:
        """Show which place of a quotation is the chosen one; None where nothing is."""
        former = moves.block_of(self._session.brief, self._chosen[0])
        if block is None or self._chosen[0] != block.id:
            self._chosen = ("", -1)
        if former is not None and (block is None or former.id != block.id):
            self._mark(former, None)
        if block is not None and block.id == self._chosen[0]:
            self._mark(block, self._pattern().match(self._words_of(block), self._chosen[1]))

    def _mark(self, quotation: Block, place: re.Match[str] | None) -> None:
        row = self._editor.block_row(quotation)
        if isinstance(row, CardRow):
            row.card.mark(place.span() if place else None)

    def _stays(self, quotation: Block) -> bool:
        """Whether a quotation that keys act on has a place from the chosen one on, which is then chosen."""
        here = self._chosen[1] if self._chosen[0] == quotation.id else 0
        start = next((at for at in self._starts(quotation) if at >= here), None)
        if start is not None:
            self._chosen = (quotation.id, start)
            self._choose(quotation)
        return start is not None

    def _starts(self, quotation: Block) -> list[int]:
        """Return where the places of a quotation begin."""
        return [match.start() for match in self._pattern().finditer(self._words_of(quotation))]

    def _words_of(self, quotation: Block) -> str:
        return _words_of(quotation, self._session.hits)

    def _may_have(self, block: Block) -> bool:
        """Whether it is worth while to look into a text: rows that are not in sight need not be made for it."""
        if self._editor.source_shown:
            return self._pattern().search(block.markdown) is not None
        words = self._bar.wanted.text()
        if self._counts.are_of(words, case=self._bar.case.isChecked(), source=False):
            known = self._counts.by_text.get(block.markdown)
            if known is not None:
                return known[0] > 0
        if not may_have(block.markdown, words):
            return False
        _blocks, changed, kept = replaced(self._session.desk.markup.read(block.markdown), self._pattern(), "")
        return changed + kept > 0

    def _in(self, edit: ProseEdit, step: int, *, go_on: bool) -> QTextCursor:
        flags = self._flags()
        if step < 0:
            flags |= QTextDocument.FindFlag.FindBackward
        start = QTextCursor(edit.document())
        if step < 0:
            start.movePosition(QTextCursor.MoveOperation.End)
        return edit.document().find(self._qt_pattern(), edit.textCursor() if go_on else start, flags)

    def _leave(self, edit: ProseEdit) -> None:
        # What was replaced there is a step of the brief from now on, before those in other texts.
        edit.left_typing.emit()
        cursor = edit.textCursor()
        cursor.clearSelection()
        edit.setTextCursor(cursor)

    # --- how often it is there -------------------------------------------------------------------------

    def _follow(self) -> None:
        """Count anew what is typed, and go to the first place from the cursor on."""
        self._count(go=True)

    def _recount(self, *_briefs: object) -> None:
        if self._bar.isVisible():
            self._count(go=False)

    def _count(self, *, go: bool) -> None:
        self._stop.stop()  # what an earlier letter asked for would be counted to its end
        words, stop = self._bar.wanted.text(), Stop()
        self._stop = stop
        if not words:
            self._bar.tell("")
            return
        brief, hits = self._session.brief, self._session.hits
        case, source = self._bar.case.isChecked(), self._editor.source_shown
        former, markup = self._counts, self._session.desk.markup

        def take(counts: Counts) -> None:
            if words != self._bar.wanted.text():
                return  # other words are looked for by now, or none
            told = self._bar.told in {"", self._count_told}
            self._counts = counts
            if go and counts.total and self._bar.isVisible():
                self._go()
            elif go or told:
                self._tell_count()

        self._session.context.run(
            lambda: counted_anew(
                former, _searched(brief, hits), words, markup, stop, case=case, source=source
            ),
            take,
            latest=f"count {self._session.brief.id}",
        )

    def _go(self) -> None:
        """Go to the first place from the cursor on, or from the quotation on that keys act on."""
        edit = self._editor.current_prose
        here = moves.block_of(self._session.brief, self._editor.current_block)
        if edit is not None:
            cursor = edit.textCursor()
            cursor.setPosition(cursor.selectionStart())
            edit.setTextCursor(cursor)
        if here is not None and here.kind is BlockKind.QUOTATION and self._stays(here):
            self._tell_count()
        else:
            self.find(1)

    def _tell_count(self) -> None:
        """Say which of how many places is selected."""
        total = self._counts.total
        if self._counts.words != self._bar.wanted.text():
            told = ""
        elif not total:
            told = self.tr("Not found")
        elif place := self._place():
            told = fill(self.tr("%1 of %2"), f"{place:,}", f"{total:,}")
        else:
            told = counted(total, self.tr("1 place"), self.tr("%1 places"))
        if total and self._bar.by.isVisible():
            told = self._with_kept(told, self._counts.kept)
        self._count_told = told
        self._bar.tell(told)

    def _place(self) -> int:
        """Return the number of the place that is selected, from 1, or 0 where none is."""
        edit, current = self._editor.current_prose, self._editor.current_block
        before, here = 0, None
        for _section, block in self._session.brief.blocks():
            if block.id == current:
                here = block
                break
            if block.kind is BlockKind.QUOTATION:
                before += len(self._starts(block))
            else:
                before += self._counts.by_text.get(block.markdown, (0, 0))[0]
        if here is not None and here.kind is BlockKind.QUOTATION:
            starts = self._starts(here) if self._chosen[0] == here.id else []
            return before + starts.index(self._chosen[1]) + 1 if self._chosen[1] in starts else 0
        if edit is None or not self._pattern().fullmatch(edit.textCursor().selectedText()):
            return 0
        return before + self._place_in(edit)

    def _place_in(self, edit: ProseEdit) -> int:
        """Return the number of the place that is selected among those of its text."""
        end = edit.textCursor().selectionEnd()
        words, flags, here = self._qt_pattern(), self._flags(), 0
        place = edit.document().find(words, 0, flags)
        while not place.isNull() and place.selectionEnd() <= end:
            here += 1
            place = edit.document().find(words, place, flags)
        return here

    def _flags(self) -> QTextDocument.FindFlag:
        case = self._bar.case.isChecked()
        return QTextDocument.FindFlag.FindCaseSensitively if case else QTextDocument.FindFlag(0)


def _texts(brief: Brief) -> list[Block]:
    return [block for _section, block in brief.blocks() if block.kind is BlockKind.PROSE]


def _quotations(brief: Brief) -> list[Block]:
    return [block for _section, block in brief.blocks() if block.kind is BlockKind.QUOTATION]


def _words_of(quotation: Block, hits: Mapping[str, Hit]) -> str:
    """Return what a quotation shows."""
    hit = find(hits, quotation.excerpt_id or "")
    return quotation.shown or (hit.excerpt.quote if hit else "")


def _searched(brief: Brief, hits: Mapping[str, Hit]) -> Searched:
    """Return what is searched of a brief; beside the window, because it may be long."""
    texts = [block.markdown for block in _texts(brief)]
    return Searched(texts, [_words_of(quotation, hits) for quotation in _quotations(brief)])


def _is_kept(cursor: QTextCursor) -> bool:
    """Whether what is selected stands in quotation marks in a paragraph that cites."""
    paragraph, start = cursor.block(), cursor.block().position()
    text = paragraph.text()
    cites = "\ufffc" in text or CITATION.search(text) is not None
    return cites and is_quoted(text, cursor.selectionStart() - start, cursor.selectionEnd() - start)


def _found(
    brief: Brief, markup: Markup, words: str, wanted: re.Pattern[str], by: str
) -> tuple[dict[str, str], int, int]:
    """Return the texts that change, by block, how many places there are, and how many stay."""
    changed: dict[str, str] = {}
    total = left = 0
    for block in _texts(brief):
        if may_have(block.markdown, words):
            blocks, count, kept = replaced(markup.read(block.markdown), wanted, by)
            left += kept
            if count:
                changed[block.id] = markup.write(blocks)
                total += count
    return changed, total, left
