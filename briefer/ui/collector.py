"""Python's cyclic garbage collection, on the window's thread only.

The collector runs on whichever thread happens to allocate. When that is a worker, it may destroy widgets there,
and Qt and Python's lock then wait for each other. So automatic collection is off while the window is open, and a
timer of the window's thread does what it would have done. That is: to look at all there is only when a quarter as much
has come since, because in a long brief that takes some hundred milliseconds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_OLDEST = 2
_SHARE = 4
"""CPython's own rule for the oldest generation (`gc_collect_generations` in its gcmodule.c), which `gc.collect` passes over."""


class Collector(QObject):
    """Collects garbage from the thread that it lives in until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_due)
        self._middle = self._come = self._old = 0

    def start(self) -> None:
        """Take collection over from Python."""
        gc.disable()
        self._old = _all()
        self._timer.start()

    def stop(self) -> None:
        """Hand collection back."""
        self._timer.stop()
        gc.enable()

    def collect_due(self) -> None:
        """Collect the generations whose thresholds are passed, as Python itself would."""
        due = [
            g
            for g, (n, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if n > limit > 0
        ]
        if due:
            oldest = max(due)
            few = oldest == _OLDEST and self._come * _SHARE < self._old
            self._collect(oldest - 1 if few else oldest)

    def _collect(self, generation: int) -> None:
        """Collect a generation and those younger, and note how many objects became older."""
        young = gc.get_count()[0]
        stayed = max(0, young - gc.collect(generation))
        if generation == _OLDEST:
            self._middle = self._come = 0
            self._old = _all()
        elif generation:
            self._come += self._middle + stayed
            self._middle = 0
        else:
            self._middle += stayed


def _all() -> int:
    """Return how many objects there are to look through.

    Not by `gc.get_objects`: that lends out tuples that another thread is about to make, which then fails there
    (bugs.python.org/issue15108).
    """
    gc.freeze()
    count = gc.get_freeze_count()
    gc.unfreeze()
    return count
