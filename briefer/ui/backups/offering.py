"""Offering the backups of a library, and going back to one of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefer.domain.backups import Backup
from briefer.errors import KnownError
from briefer.ui.backups.dialog import BackupsDialog
from briefer.ui.context import Context
from briefer.ui.libraries import Libraries
from briefer.ui.problems import message


class Offering(QObject):
    """Lists the backups when asked, and where a library is damaged."""

    left = Signal()
    """The open library is about to be changed for a backup: what was just typed is to be stored."""

    def __init__(self, context: Context, libraries: Libraries, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._libraries = libraries
        self._window = window
        libraries.unreadable.connect(self.offer)

    def list_all(self) -> None:
        """List the backups of the open library."""
        desk = self._context.desk
        if desk is not None:
            self.offer(desk.library.path)

    def offer(self, path: Path, error: KnownError | None = None) -> None:
        """List the backups of a library, and say what is wrong with it, if anything is."""
        told = message(error) if error else ""
        dialog = BackupsDialog(self._context, self._libraries.backups(path), path.name, told, self._window)
        dialog.restore_wanted.connect(lambda backup: self.restore(path, backup))
        dialog.rescue_wanted.connect(lambda: self._libraries.ask_rescue(path))
        dialog.open()

    def offer_where_damaged(self, error: KnownError) -> None:
        """List the backups where no new one could be made because the open library is damaged."""
        desk = self._context.desk
        if error.code == "library-damaged" and desk is not None:
            self.offer(desk.library.path, error)

    def restore(self, path: Path, backup: Backup) -> None:
        """Go back to a backup."""
        self._context.leave(lambda: self._restore(path, backup))

    def _restore(self, path: Path, backup: Backup) -> None:
        self.left.emit()
        self._libraries.restore(path, backup)
