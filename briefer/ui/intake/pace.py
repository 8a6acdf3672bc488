"""How long an import will still take."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from briefer.ui.text import fill

_SILENT_SECONDS = 3.0
_SILENT_FILES = 3
_MEMORY_SECONDS = 8.0
_LONG_MINUTES = 90


class Pace:
    """The seconds a file takes, smoothed: one slow file must not make the time left jump."""

    def __init__(self, now: float) -> None:
        self._began = now
        self._last = now
        self._done = 0
        self._per_file: float | None = None

    def seconds_left(self, done: int, total: int, now: float) -> float | None:
        """Return the seconds that ``total - done`` files will take; None while that cannot be told yet.

        ``now`` is in seconds of any clock that only goes forward.
        """
        if done > self._done:
            each = (now - self._last) / (done - self._done)
            weight = 1 - math.exp(-(now - self._last) / _MEMORY_SECONDS)
            average = (now - self._began) / done
            former = average if self._per_file is None else self._per_file
            self._per_file = former + weight * (each - former)
            self._last, self._done = now, done
        if self._per_file is None or now - self._began < _SILENT_SECONDS or done < _SILENT_FILES:
            return None
        return self._per_file * (total - done)


def in_words(seconds: float) -> str:
    """Return a time left as people tell it: rounded up, and coarser the longer it is."""
    tr = QCoreApplication.translate
    minutes = math.ceil(seconds / 60)
    if minutes <= 1:
        return tr("Import", "less than a minute left")
    if minutes < _LONG_MINUTES:
        return fill(tr("Import", "about %1 min left"), minutes)
    hours, rest = divmod(5 * math.ceil(minutes / 5), 60)
    return fill(tr("Import", "about %1 h %2 min left"), hours, rest)
