"""Brings changes from the journal into the library's file beside the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from briefer.ui.context import Context

_AFTER_MS = 4_000


class Settler(QObject):
    """Some seconds after a change, has it brought into the file.

    Who copies the file of an open library, as people do, would otherwise have one without what was done since it was
    opened, and nothing would tell.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self.timer.timeout.connect(self._settle)
        context.changed.connect(self._begin)

    def _begin(self) -> None:
        # Changes that follow do not put it off: somebody who writes for an hour changes something every second.
        if not self.timer.isActive():
            self.timer.start()

    def _settle(self) -> None:
        desk = self._context.desk
        if desk is not None:
            self._context.run(
                desk.library.settle, lambda _nothing: None, failed=lambda _error: None, latest="settle"
            )
