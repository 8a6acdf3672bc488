"""Undoing and redoing changes of a library."""

from __future__ import annotations

from collections import deque

from briefer.errors import InputError
from briefer.services.changes import Change

_DEPTH = 200


class UndoStack:
    """The changes that can be undone and done again, of the library or of one brief.

    Only the writing thread alters it, so that what is undone is always the change made last, however fast the
    keys are pressed. The window reads the labels.
    """

    def __init__(self) -> None:
        self._done: deque[Change] = deque(maxlen=_DEPTH)
        self._undone: deque[Change] = deque(maxlen=_DEPTH)

    @property
    def undo_label(self) -> str:
        """What «Undo» would undo, or nothing."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What «Redo» would do again, or nothing."""
        return self._undone[-1].label if self._undone else ""

    def push(self, change: Change) -> None:
        """Take up a change that was just made; what was undone before cannot be done again any more."""
        if change.inverse is not None:
            self._done.append(change)
            self._undone.clear()

    def undo(self) -> Change | None:
        """Undo the last change and return what that changed. A refusal leaves the stack as it was."""
        return self._turn(self._done, self._undone)

    def redo(self) -> Change | None:
        """Do the last undone change again and return what that changed."""
        return self._turn(self._undone, self._done)

    @staticmethod
    def _turn(taken: deque[Change], given: deque[Change]) -> Change | None:
        if not taken:
            return None
        inverse = taken[-1].inverse
        assert inverse is not None
        try:
            change = inverse()
        except InputError as error:
            if error.code == "trash-gone":
                # Deleted for good meanwhile: it can never be undone, and would stand in the way of what can.
                taken.pop()
            raise
        taken.pop()
        if change.inverse is not None:
            given.append(change)
        return change
