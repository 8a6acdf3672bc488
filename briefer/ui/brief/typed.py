"""What is typed: stored after a moment at most, and undone in one order with all other steps.

While the cursor stays in a text, undo and redo go through the text itself, word for word. As soon as the stay ends,
because the cursor leaves or another step is made, it is one step of the brief's own undo, and so is what had been undone
in the text and could have been done again.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QTimer

from briefer.ui.brief.moves import block_of
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.session import BriefSession

_PAUSE_MS = 150
_SAVE_MS = 500
"""Stored after a pause, and without one, too: who types on is to lose no more than the last second."""


class Typed(QObject):
    """Follows the typing in the texts of one editor."""

    def __init__(self, session: BriefSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: dict[str, ProseEdit] = {}
        self._here: ProseEdit | None = None
        self.steps = False
        """Whether the next change of the brief is a step of it undone or done again."""
        self._save = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._save.timeout.connect(self._store)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        session.step_begins.connect(self._break)

    def holds(self, block_id: str) -> bool:
        """Whether something of a block waits to be stored."""
        return block_id in self._waiting

    def note(self, block_id: str, edit: ProseEdit) -> None:
        """Take note that a text was changed by its user."""
        self._waiting[block_id] = edit
        self._here = edit
        self.steps = False
        self._session.context.set_waiting(self, waiting=True)
        self._pause.start()
        if not self._save.isActive():
            self._save.start()

    def flush(self) -> None:
        """Store what was typed; nothing waits after this."""
        self._pause.stop()
        self._store()

    def goes_on(self) -> bool:
        """Whether somebody types without a pause."""
        return self._pause.isActive()

    def leave(self, block_id: str, edit: ProseEdit) -> None:
        """End the stay in a text."""
        self.flush()
        further = edit.further
        if further is not None:
            if edit.document().isUndoAvailable():
                self._session.end_typing()
            # The text shows the state before already: only the brief takes the step and goes back.
            self._waiting[block_id] = edit
            self._write(block_id, further)
            del self._waiting[block_id]
            self._session.undo()
        self._session.end_typing()
        edit.forget_steps()

    def undo_beyond(self, block_id: str, edit: ProseEdit) -> None:
        """Undo the step before the stay in a text, in which nothing is left to undo."""
        self.leave(block_id, edit)
        self.step_brief(-1)

    def step_brief(self, step: int) -> None:
        """Undo the brief's last step (-1), or do its next one again (1)."""
        self.flush()
        self.steps = True
        (self._session.undo if step < 0 else self._session.redo)()

    def _store(self) -> None:
        self._save.stop()
        waiting, self._waiting = self._waiting, {}
        for block_id, edit in waiting.items():
            self._write(block_id, edit.markdown)
        self._session.context.set_waiting(self, waiting=False)

    def _write(self, block_id: str, markdown: str) -> None:
        if block_of(self._session.brief, block_id) is not None:
            self._session.write(block_id, markdown)

    def _break(self) -> None:
        self.flush()
        self.steps = False
        here, self._here = self._here, None
        if here is not None and shiboken6.isValid(here):
            here.forget_steps()
