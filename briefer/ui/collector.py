"""Python's cyclic garbage collection, on the window's thread only, and a little at a time.

The collector runs on whichever thread happens to allocate. When that is a worker, it may destroy widgets there,
and Qt and Python's lock then wait for each other. So automatic collection is off while the window is open, and a
timer of the window's thread does what it would have done: often, so that each look is at few objects, and what stays is
frozen, so that no later look is at it again. To look at all there is takes some hundred milliseconds in a long brief. That
is done when much has come, and while nobody uses the window.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

_EVERY_MS = 50
_AT_ONCE = 10_000
"""So many objects are looked at within some milliseconds; fewer wait for a while, because most go by themselves."""
_PATIENT_S = 1.0
_REST_S, _AWAY_S = 10.0, 120.0
_QUICK = 150_000
"""To look at so many objects takes about a tenth of a second; with more, nobody must have been there for two minutes."""
_SHARE = 4
"""All there is is looked at when a quarter as much has come: CPython's own rule (`gc_collect_generations` in its gcmodule.c)."""
_MUCH = 1_000_000
"""Where such a look takes longer, at least so many objects, which are some hundred megabytes: of what comes with a long brief
and its preview nearly all stays, and a key leaves few cycles behind."""
_USES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Collector(QObject):
    """Collects garbage from the thread that it lives in until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_due)
        self._come = self._old = 0
        self._looked = self._used = self._counted = 0.0

    def start(self) -> None:
        """Take collection over from Python."""
        gc.disable()
        gc.freeze()
        self._old, self._come = gc.get_freeze_count(), 0
        self._looked = self._used = time.monotonic()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
        self._timer.start()

    def stop(self) -> None:
        """Hand collection back."""
        self._timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch)
        gc.unfreeze()
        gc.enable()

    def note_use(self) -> None:
        """Take note that somebody uses the window now, and must not wait."""
        self._used = time.monotonic()

    def collect_due(self) -> None:
        """Look at what has come lately, where it is much or has waited; and at all there is, where that is due."""
        now = time.monotonic()
        young = gc.get_count()[0]
        if young >= _AT_ONCE or (young > gc.get_threshold()[0] and now - self._looked >= _PATIENT_S):
            self._look(now)
        rest = _REST_S if self._is_quick else _AWAY_S
        if self._much_has_come and now - max(self._used, self._counted) >= rest:
            self._counted = now
            self._look_at_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USES:
            self.note_use()
        return False

    def _watch(self, window: QWindow | None) -> None:
        """See what is typed and clicked in a window; its widgets' many events pass by."""
        self.note_use()
        if window is not None:
            window.installEventFilter(self)  # once, however often it is asked

    @property
    def _is_quick(self) -> bool:
        """Whether a look at all there is takes no longer than anybody may wait."""
        return self._old + self._come < _QUICK

    @property
    def _much_has_come(self) -> bool:
        return self._come * _SHARE >= self._old and (self._is_quick or self._come >= _MUCH)

    def _look(self, now: float) -> None:
        # All that was there before is frozen: a look at the oldest is one at what has come since.
        self._looked = now
        young = gc.get_count()[0]
        self._come += max(0, young - gc.collect())
        gc.freeze()

    def _look_at_all(self) -> None:
        """Look at everything, unless most of what had come has gone by itself; Python counts by going through it all."""
        self._come = max(0, gc.get_freeze_count() - self._old)
        if self._much_has_come:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._old, self._come = gc.get_freeze_count(), 0
