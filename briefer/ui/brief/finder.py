"""Goes from place to place in the texts of a brief, and replaces words in them."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument

from briefer.domain.briefs import Block, BlockKind, Brief
from briefer.domain.editing import write_prose
from briefer.domain.replacing import may_have, pattern, replaced
from briefer.services.ports import Markup
from briefer.ui.brief.editor import Editor
from briefer.ui.brief.find_bar import FindBar
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.session import BriefSession
from briefer.ui.text import counted


class Finder(QObject):
    """Does what the bar asks for; all that is replaced at once is one step of the brief's undo."""

    def __init__(self, session: BriefSession, editor: Editor, bar: FindBar) -> None:
        super().__init__(bar)
        self._session = session
        self._editor = editor
        self._bar = bar
        bar.find_wanted.connect(self.find)
        bar.replace_wanted.connect(self.replace)
        bar.replace_all_wanted.connect(self.replace_all)
        bar.closed.connect(editor.focus_current)

    def ask(self, *, replacing: bool) -> None:
        """Open the bar with the words that are selected."""
        edit = self._editor.current_prose
        words = edit.textCursor().selectedText() if edit is not None and edit.hasFocus() else ""
        self._bar.ask("" if "\u2029" in words else words, replacing=replacing)

    def find(self, step: int) -> bool:
        """Select the next place (1) or the former one (-1), going on at the other end; whether there is one."""
        self._editor.flush()
        texts = [b for _section, b in self._session.brief.blocks() if b.kind is BlockKind.PROSE][::step]
        if not self._bar.wanted.text() or not texts:
            return False
        here = self._editor.current_prose
        start = next((i for i, b in enumerate(texts) if b.id == self._editor.current_block), 0)
        for number in range(len(texts) + 1):
            block = texts[(start + number) % len(texts)]
            if not self._may_have(block):
                continue
            row = self._editor.prose_row(block.id)
            found = self._in(row.edit, step, go_on=number == 0 and row.edit is here)
            if not found.isNull():
                if here is not None and here is not row.edit:
                    self._deselect(here)
                row.edit.setTextCursor(found)
                self._editor.show_row(row)
                self._bar.tell("")
                return True
        self._bar.tell(self.tr("Not found"))
        return False

    def replace(self) -> None:
        """Replace the place that is selected, and go to the next one."""
        edit = self._editor.current_prose
        if (
            edit is not None
            and not edit.isReadOnly()
            and self._pattern().fullmatch(edit.textCursor().selectedText())
        ):
            edit.textCursor().insertText(self._bar.by.text())
        self.find(1)

    def replace_all(self) -> None:
        """Replace all places in all texts; a long brief is read beside the window."""
        words, by = self._bar.wanted.text(), self._bar.by.text()
        if not words:
            return
        self._editor.flush()
        session, wanted = self._session, self._pattern()
        brief, markup = session.brief, session.desk.markup

        def take(found: tuple[dict[str, str], int]) -> None:
            if session.brief is brief:
                self._take(*found)
            else:
                self.replace_all()

        session.context.run(
            lambda: _found(brief, markup, words, wanted, by), take, latest=f"replace {brief.id}"
        )

    def _take(self, changed: dict[str, str], total: int) -> None:
        if changed:
            self._session.edit(self.tr("Replace"), lambda brief: _written(brief, changed))
        told = counted(total, self.tr("1 place replaced"), self.tr("%1 places replaced"))
        self._bar.tell(told if total else self.tr("Not found"))

    def _pattern(self) -> re.Pattern[str]:
        return pattern(self._bar.wanted.text(), case=self._bar.case.isChecked())

    def _may_have(self, block: Block) -> bool:
        """Whether it is worth while to look into a text: rows that are not in sight need not be made for it."""
        if self._editor.source_shown:
            return self._pattern().search(block.markdown) is not None
        if not may_have(block.markdown, self._bar.wanted.text()):
            return False
        return replaced(self._session.desk.markup.read(block.markdown), self._pattern(), "")[1] > 0

    def _in(self, edit: ProseEdit, step: int, *, go_on: bool) -> QTextCursor:
        flags = QTextDocument.FindFlag(0)
        if self._bar.case.isChecked():
            flags |= QTextDocument.FindFlag.FindCaseSensitively
        if step < 0:
            flags |= QTextDocument.FindFlag.FindBackward
        start = QTextCursor(edit.document())
        if step < 0:
            start.movePosition(QTextCursor.MoveOperation.End)
        return edit.document().find(self._bar.wanted.text(), edit.textCursor() if go_on else start, flags)

    def _deselect(self, edit: ProseEdit) -> None:
        cursor = edit.textCursor()
        cursor.clearSelection()
        edit.setTextCursor(cursor)


def _found(
    brief: Brief, markup: Markup, words: str, wanted: re.Pattern[str], by: str
) -> tuple[dict[str, str], int]:
    """Return the texts that change, by block, and how many places there are."""
    changed: dict[str, str] = {}
    total = 0
    for _section, block in brief.blocks():
        if block.kind is BlockKind.PROSE and may_have(block.markdown, words):
            blocks, count = replaced(markup.read(block.markdown), wanted, by)
            if count:
                changed[block.id] = markup.write(blocks)
                total += count
    return changed, total


def _written(brief: Brief, texts: dict[str, str]) -> Brief:
    present = {block.id for _section, block in brief.blocks()}
    for block_id, markdown in texts.items():
        if block_id in present:
            brief = write_prose(brief, block_id, markdown)
    return brief
