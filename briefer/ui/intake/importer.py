"""Importing beside the window: one import after the other, cancelled between two files."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from briefer.errors import KnownError
from briefer.services.ports import Progress, Taken
from briefer.ui.context import Context

if TYPE_CHECKING:
    from briefer.services.desk import Desk
    from briefer.services.import_results import ImportReport

    _Work = Callable[[Desk, Progress, Callable[[], bool]], ImportReport]

_EVERY_SECONDS = 0.05


class Importer(QObject):
    """The one way in for files, folders, pasted and dropped text.

    An import runs on a thread of the reads, so that other changes need not wait for its end: each file is a
    transaction of its own. Only its :class:`Change`, as a whole, is put on the undo stack in line with the others.
    """

    progressed = Signal(int, int, str)
    """Files done, files in all (0 while they are counted), name of the present one."""
    running_changed = Signal(bool)
    waiting_changed = Signal(int)
    """How many further imports wait their turn."""
    imported = Signal(object)
    """An :class:`ImportReport`; its change is on the undo stack."""
    _left = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: deque[_Work] = deque()
        self._stop: Event | None = None
        self._after: list[Callable[[], None]] = []
        self._told = 0.0
        self._left.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether an import is under way."""
        return self._stop is not None

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Import files, folders and archives."""
        kept = tuple(path.absolute() for path in paths)
        self._line_up(lambda desk, told, stopped: desk.importing.import_paths(kept, told, stopped))

    def take(self, taken: Sequence[Taken]) -> None:
        """Import what is in memory already: the clipboard, a dropped selection."""
        kept = tuple(taken)
        self._line_up(lambda desk, _told, _stopped: desk.importing.import_taken(kept))

    def keep(self, paths: Sequence[Path]) -> None:
        """Keep files as attachments, whatever they are."""
        kept = tuple(paths)
        self._line_up(lambda desk, _told, _stopped: desk.importing.keep(kept))

    def cancel(self) -> None:
        """Stop the present import after the file it is at; what is done stays."""
        if self._stop is not None:
            self._stop.set()

    def stop_all(self, then: Callable[[], None] | None = None) -> None:
        """Stop the present import, forget those that wait, and call ``then`` when the library is left alone."""
        self._waiting.clear()
        self.waiting_changed.emit(0)
        self.cancel()
        if then is None:
            return
        if self.running:
            self._after.append(then)
        else:
            then()

    def _line_up(self, work: _Work) -> None:
        self._waiting.append(work)
        if not self.running:
            self._begin()
        else:
            self.waiting_changed.emit(len(self._waiting))

    def _begin(self) -> None:
        desk = self._context.desk
        if desk is None:
            return
        work, stop = self._waiting.popleft(), Event()
        self._stop = stop

        def run() -> ImportReport:
            try:
                return work(desk, self._tell, stop.is_set)
            finally:
                self._left.emit()

        self.running_changed.emit(True)
        self.waiting_changed.emit(len(self._waiting))
        self.progressed.emit(0, 0, "")
        self._context.run(run, self._store, failed=self._fail)

    def _tell(self, done: int, total: int, name: str) -> None:
        # Called on the worker's thread: Qt queues the signal.
        now = time.monotonic()
        if now - self._told >= _EVERY_SECONDS:
            self._told = now
            self.progressed.emit(done, total, name)

    def _store(self, report: ImportReport) -> None:
        self._context.change(lambda: (report, report.change), done=self._announce)

    def _announce(self, report: ImportReport) -> None:
        if report.stopped is not None:
            self._context.problem.emit(report.stopped)
        self.imported.emit(report)

    def _fail(self, error: KnownError) -> None:
        self._context.problem.emit(error)

    def _go_on(self) -> None:
        self._stop = None
        if self._waiting and not self._after:
            self._begin()
            return
        self.running_changed.emit(False)
        after, self._after = self._after, []
        for then in after:
            then()
