"""Python's cyclic garbage collection, on the window's thread only.

The collector runs on whichever thread happens to allocate. When that is a worker, it may destroy widgets there,
and Qt and Python's lock then wait for each other. So automatic collection is off while the window is open, and a
timer of the window's thread does what it would have done.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class Collector(QObject):
    """Collects garbage from the thread that it lives in until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_due)

    def start(self) -> None:
        """Take collection over from Python."""
        gc.disable()
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
            gc.collect(max(due))
