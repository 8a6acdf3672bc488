"""The strip that tells how far an import is."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from briefer.ui.context import Context
from briefer.ui.elided import ElidedLabel
from briefer.ui.intake.importer import Importer
from briefer.ui.intake.pace import Pace, in_words
from briefer.ui.text import counted, fill

_AFTER_MS = 350
_BAR = 3


class ProgressStrip(QFrame):
    """«Importing 37 of 200 · about 2 min left · name», with Cancel. Short imports do not make it appear."""

    cancel_wanted = Signal()

    def __init__(self, context: Context, importer: Importer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pace = Pace(time.monotonic())
        self._waiting = 0
        self._stopping = False
        self._last = (0, 0, "")
        self._label = ElidedLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setProperty("chip", True)
        self._cancel.setToolTip(self.tr("Stop after the present file; what is imported stays"))
        self._cancel.clicked.connect(self._stop)
        self._bar = _Bar(context)
        self._appear = QTimer(self)
        self._appear.setSingleShot(True)
        self._appear.setInterval(_AFTER_MS)
        self._appear.timeout.connect(self.show)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 4, 0)
        row.addWidget(self._label, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(row)
        self.hide()
        self.cancel_wanted.connect(importer.cancel)
        importer.running_changed.connect(self._run)
        importer.progressed.connect(self._tell)
        importer.waiting_changed.connect(self._wait)

    @property
    def text(self) -> str:
        """What the strip says."""
        return self._label.text()

    def _run(self, running: bool) -> None:
        self._stopping = False
        self._cancel.setEnabled(True)
        if running:
            self._pace = Pace(time.monotonic())
            self._tell(0, 0, "")
            if not self.isVisible():
                self._appear.start()
        else:
            self._appear.stop()
            self.hide()

    def _wait(self, waiting: int) -> None:
        self._waiting = waiting
        self._show()

    def _tell(self, done: int, total: int, name: str) -> None:
        self._last = (done, total, name)
        self._bar.show_share(done / total if total else 0.0)
        self._show()

    def _stop(self) -> None:
        self._stopping = True
        self._cancel.setEnabled(False)
        self._show()
        self.cancel_wanted.emit()

    def _show(self) -> None:
        done, total, name = self._last
        if self._stopping:
            parts = [self.tr("Stopping after the present file…")]
        elif not total:
            parts = [self.tr("Looking through the files…")]
        else:
            parts = [fill(self.tr("Importing %1 of %2"), f"{done + 1:,}", f"{total:,}")]
            seconds = self._pace.seconds_left(done, total, time.monotonic())
            parts += [in_words(seconds)] if seconds is not None else []
            parts.append(name)
        if self._waiting:
            parts.append(
                counted(self._waiting, self.tr("then one more import"), self.tr("then %1 more imports"))
            )
        self._label.setText("  ·  ".join(parts))
        self._label.setAccessibleName(self._label.text())


class _Bar(QWidget):
    """A thin line as long as what is done."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._share = 0.0
        self.setFixedHeight(_BAR)

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._context.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.line))
        painter.fillRect(QRectF(0, 0, self.width() * self._share, self.height()), QColor(colours.rail_mark))
        painter.end()
