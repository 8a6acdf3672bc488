"""Long work on the library: how far it is, and a way to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from briefer.services.ports import Progress
from briefer.ui.context import Context
from briefer.ui.elided import ElidedLabel
from briefer.ui.text import fill

_AFTER_MS = 350
_EVERY_SECONDS = 0.05
_BAR = 3


class WorkBar(QFrame):
    """«Tagging 12,000 of 100,000», with Cancel. Short work does not make it appear."""

    _progressed = Signal(int, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._name = ""
        self._share = 0.0
        self._told = 0.0
        self._stop = Event()
        self.setProperty("card", True)
        self._label = ElidedLabel()
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self._cancel_work)
        self._appear = QTimer(self)
        self._appear.setSingleShot(True)
        self._appear.setInterval(_AFTER_MS)
        self._appear.timeout.connect(self.show)
        row = QHBoxLayout()
        row.setContentsMargins(12, 5, 8, 6)
        row.addWidget(self._label, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _BAR, 0, 0)
        column.addLayout(row)
        self._progressed.connect(self._show)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return self._label.text()

    def begin(self, name: str, *, can_stop: bool = True) -> tuple[Progress, Callable[[], bool]]:
        """Show that work begins; returns what it calls to tell how far it is, and to ask whether to stop."""
        self._name, self._stop = name, Event()
        self._cancel.setVisible(can_stop)
        self._cancel.setEnabled(True)
        self._show(0, 0)
        self._appear.start()
        return self._tell, self._stop.is_set

    def end(self) -> None:
        """Show that work has ended."""
        self._appear.stop()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        done = QRectF(1, 1, (self.width() - 2) * self._share, _BAR)
        painter.fillRect(done, QColor(self._context.colours.rail_mark))
        painter.end()

    def _tell(self, done: int, total: int, _name: str) -> None:
        # Called on the worker's thread: Qt queues the signal.
        now = time.monotonic()
        if now - self._told >= _EVERY_SECONDS or done == total:
            self._told = now
            self._progressed.emit(done, total)

    def _show(self, done: int, total: int) -> None:
        self._share = done / total if total else 0.0
        told = fill(self.tr("%1: %2 of %3"), self._name, f"{done:,}", f"{total:,}")
        self._label.setText(told if total else fill(self.tr("%1…"), self._name))
        self._label.setAccessibleName(self._label.text())
        self.update()

    def _cancel_work(self) -> None:
        self._stop.set()
        self._cancel.setEnabled(False)
        self._label.setText(self.tr("Stopping…"))
