"""What is typed: stored after a moment at most, and undone in one order with all other steps.

While the cursor stays in a text or line, undo and redo go through it itself, stretch for stretch. As soon as the stay
ends, because the cursor leaves or another step is made, its stretches are steps of the brief's own undo, and so is what
had been undone there and could have been done again.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QTimer

from briefer.ui.brief.kept_line import KeptLine
from briefer.ui.brief.session import BriefSession
from briefer.ui.brief.stretches import Typing, end_stretch, stretches, written

_PAUSE_MS = 150
_SAVE_MS = 500
"""Stored after a pause, and without one, too: who types on is to lose no more than the last second."""
_CALM_MS = (1_000, 2_500)
"""The same for the brief's title: each one that is stored is an entry of the record for ever."""
_REST_MS = 1_000
"""What is typed before and after such a rest is undone by itself."""


class Typed(QObject):
    """Follows the typing in the texts and headings of one editor, and in the brief's title.

    A place is the id of a block, a section (its heading) or the brief (its title).
    """

    def __init__(self, session: BriefSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: dict[str, Typing] = {}
        self._here: tuple[str, Typing] | None = None
        self.steps = False
        """Whether the next change of the brief is a step of it undone or done again."""
        self._save = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._save.timeout.connect(self._store)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._end_stretch)
        session.step_begins.connect(self._break)

    def holds(self, place: str) -> bool:
        """Whether something of a place waits to be stored."""
        return place in self._waiting

    def follow(self, place: str, line: KeptLine) -> None:
        """Store what is typed in a line."""
        line.typed.connect(lambda: self.note(place, line))
        line.left.connect(lambda: self.leave(place, line))

    def note(self, place: str, edit: Typing) -> None:
        """Take note that a text or line was changed by its user."""
        pause, latest = _CALM_MS if place == self._session.brief.id else (_PAUSE_MS, _SAVE_MS)
        self._waiting[place] = edit
        self._here = (place, edit)
        self.steps = False
        self._session.context.set_waiting(self, waiting=True)
        self._pause.start(pause)
        self._rest.start()
        if not self._save.isActive():
            self._save.start(latest)

    def flush(self) -> None:
        """Store what was typed; nothing waits after this."""
        self._pause.stop()
        self._store()

    def goes_on(self) -> bool:
        """Whether somebody types without a pause."""
        return self._pause.isActive()

    def leave(self, place: str, edit: Typing) -> None:
        """End the stay in a text or line."""
        self.flush()
        states, at = stretches(edit)
        if at + 1 < len(states):
            # The text shows an earlier state already: only the brief takes the steps and goes back.
            self._waiting[place] = edit
            self._session.write(place, states[-1])
            del self._waiting[place]
        self._session.split_typing(place, states[1:])
        for _step in states[at + 1 :]:
            self._session.undo()
        self._session.end_typing()
        edit.forget_steps()

    def undo_beyond(self, place: str, edit: Typing) -> None:
        """Undo the step before the stay in a text, in which nothing is left to undo."""
        self.leave(place, edit)
        self.step_brief(-1)

    def step_brief(self, step: int) -> None:
        """Undo the brief's last step (-1), or do its next one again (1)."""
        self.flush()
        self.steps = True
        (self._session.undo if step < 0 else self._session.redo)()

    def _store(self) -> None:
        self._save.stop()
        waiting, self._waiting = self._waiting, {}
        for place, edit in waiting.items():
            self._session.write(place, written(edit))
        self._session.context.set_waiting(self, waiting=False)

    def _end_stretch(self) -> None:
        if self._here is not None and shiboken6.isValid(self._here[1]):
            end_stretch(self._here[1])

    def _break(self) -> None:
        self.flush()
        self.steps = False
        here, self._here = self._here, None
        if here is not None and shiboken6.isValid(here[1]):
            place, edit = here
            states, at = stretches(edit)
            self._session.split_typing(place, states[1 : at + 1])
            edit.forget_steps()
