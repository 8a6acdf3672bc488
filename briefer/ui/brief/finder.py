"""Goes from place to place in the texts of a brief, and replaces words in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument

from briefer.domain.briefs import BlockKind, Brief
from briefer.domain.editing import write_prose
from briefer.domain.replacing import pattern, replaced
from briefer.ui.brief.editor import Editor
from briefer.ui.brief.find_bar import FindBar
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.brief.session import BriefSession
from briefer.ui.text import counted


class Finder(QObject):
    """Does what the bar asks for; all that is replaced at once is one step of the brief's undo."""

    def __init__(self, session: BriefSession, editor: Editor, bar: FindBar) -> None:
        super().__init__(bar)
        self._session = session
        self._editor = editor
        self._bar = bar
        self._at: ProseEdit | None = None
        bar.find_wanted.connect(self.find)
        bar.replace_wanted.connect(self.replace)
        bar.replace_all_wanted.connect(self.replace_all)
        bar.closed.connect(self._back)

    def ask(self, *, replacing: bool) -> None:
        """Open the bar with the words that are selected."""
        edit = self._editor.current_prose
        words = edit.textCursor().selectedText() if edit is not None and edit.hasFocus() else ""
        self._at = edit
        self._bar.ask("" if "\u2029" in words else words, replacing=replacing)

    def find(self, step: int) -> bool:
        """Select the next place (1) or the former one (-1), going on at the other end; whether there is one."""
        rows = [row for row in self._editor.all_rows() if isinstance(row, ProseRow)][:: 1 if step > 0 else -1]
        if not self._bar.wanted.text() or not rows:
            return False
        start = next((i for i, row in enumerate(rows) if row.edit is self._at), 0)
        for number in range(len(rows) + 1):
            row = rows[(start + number) % len(rows)]
            found = self._in(row.edit, step, go_on=number == 0 and row.edit is self._at)
            if not found.isNull():
                if self._at is not None and self._at is not row.edit:
                    self._deselect(self._at)
                self._at = row.edit
                row.edit.setTextCursor(found)
                self._editor.show_row(row)
                self._bar.tell("")
                return True
        self._bar.tell(self.tr("Not found"))
        return False

    def replace(self) -> None:
        """Replace the place that is selected, and go to the next one."""
        edit = self._at
        by, wanted = self._bar.by.text(), self._wanted()
        if edit is not None and wanted(edit.textCursor().selectedText()):
            edit.textCursor().insertText(by)
        self.find(1)

    def replace_all(self) -> None:
        """Replace all places in all texts."""
        words = self._bar.wanted.text()
        if not words:
            return
        self._editor.flush()
        markup, wanted = self._session.desk.markup, pattern(words, case=self._bar.case.isChecked())
        changed: dict[str, str] = {}
        total = 0
        for _section, block in self._session.brief.blocks():
            if block.kind is not BlockKind.PROSE:
                continue
            blocks, count = replaced(markup.read(block.markdown), wanted, self._bar.by.text())
            if count:
                changed[block.id] = markup.write(blocks)
                total += count
        if changed:
            self._session.edit(self.tr("Replace"), lambda brief: _written(brief, changed))
        told = counted(total, self.tr("1 place replaced"), self.tr("%1 places replaced"))
        self._bar.tell(told if total else self.tr("Not found"))

    def _wanted(self) -> Callable[[str], object]:
        return pattern(self._bar.wanted.text(), case=self._bar.case.isChecked()).fullmatch

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

    def _back(self) -> None:
        if self._at is not None:
            self._at.setFocus()
        else:
            self._editor.focus_current()


def _written(brief: Brief, texts: dict[str, str]) -> Brief:
    present = {block.id for _section, block in brief.blocks()}
    for block_id, markdown in texts.items():
        if block_id in present:
            brief = write_prose(brief, block_id, markdown)
    return brief
