"""Makes backups beside the window: when a library is opened, and hourly while it changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from briefer.domain.backups import Backup
from briefer.errors import KnownError
from briefer.ui.context import Context

_AFTER_OPENING_MS = 5_000  # the first reads of a library go before
_LOOK_EVERY_MS = 5 * 60_000


class BackupKeeper(QObject):
    """Asks for a backup from time to time; the service knows whether one is due."""

    kept = Signal(object)
    """The latest :class:`Backup` of the open library, or None."""
    failed = Signal(object)
    """A :class:`KnownError`: no backup could be made."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._opening = QTimer(self, singleShot=True, interval=_AFTER_OPENING_MS)
        self._opening.timeout.connect(lambda: self.look(opening=True))
        self._looking = QTimer(self, interval=_LOOK_EVERY_MS)
        self._looking.timeout.connect(self.look)
        context.desk_changed.connect(self._begin)

    def look(self, *, opening: bool = False) -> None:
        """Make a backup beside the window if one is due."""
        desk = self._context.desk
        if desk is not None and not desk.library.read_only:
            backups = desk.backups
            self._context.run(
                lambda: backups.keep(opening=opening), self._tell, failed=self._refused, latest="backup"
            )

    def _begin(self) -> None:
        for timer in (self._opening, self._looking):
            timer.stop()
            if self._context.desk is not None:
                timer.start()

    def _tell(self, backup: Backup | None) -> None:
        self.kept.emit(backup)

    def _refused(self, error: KnownError) -> None:
        self.failed.emit(error)
