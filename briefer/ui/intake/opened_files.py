"""Files that the desktop hands over while the window is open ("Open with" on macOS)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent

_TOGETHER_MS = 150


class OpenedFiles(QObject):
    """Gathers the events that the desktop sends, one a file, into one list."""

    opened = Signal(object)
    """The paths."""

    def __init__(self, app: QCoreApplication, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._paths: list[Path] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TOGETHER_MS)
        self._timer.timeout.connect(self._tell)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self._paths.append(Path(event.file()))
            self._timer.start()
            return True
        return False

    def _tell(self) -> None:
        paths, self._paths = tuple(self._paths), []
        self.opened.emit(paths)
