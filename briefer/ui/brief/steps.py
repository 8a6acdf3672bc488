"""Undo and redo in one order, from wherever the focus is in the open brief."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from briefer.ui.brief.editor import Editor
from briefer.ui.brief.kept_line import SteppingLine


class Steps(QObject):
    """Keys, menu and tools take the same steps: first those of the line or text where the user is, then the brief's."""

    def __init__(self, editor: Editor, lines: Iterable[SteppingLine], parent: QObject) -> None:
        """``lines`` are the fields about the page; those on it belong to ``editor``."""
        super().__init__(parent)
        self._editor = editor
        editor.step_wanted.connect(self._go)
        for line in lines:
            line.step_wanted.connect(self._go)

    def undo(self) -> None:
        """Take back the last step."""
        self._take(-1)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._take(1)

    def _take(self, step: int) -> None:
        focus = QApplication.focusWidget()
        if not (isinstance(focus, SteppingLine) and focus.take_step(step)):
            self._go(step)

    def _go(self, step: int) -> None:
        edit = self._editor.current_prose
        if edit is not None:
            (edit.undo_step if step < 0 else edit.redo_step)()
        else:
            self._editor.typed.step_brief(step)
