"""The dialogs on what a library keeps beside its content: the record, and the trash."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from briefer.ui.context import Context
from briefer.ui.record.dialog import RecordDialog
from briefer.ui.trash.dialog import TrashDialog


class KeptDialogs(QObject):
    """Opens them over a window, for the library that is open."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def show_record(self) -> None:
        """Show what was done in the library."""
        desk = self._context.desk
        if desk is not None:
            RecordDialog(self._context, desk.record, desk.library.path.name, self._window).open()

    def show_trash(self) -> None:
        """Show what was deleted."""
        desk = self._context.desk
        if desk is not None:
            TrashDialog(self._context, desk.trash, desk.library.path.name, self._window).open()
