"""What can be done with a whole source: its original, its captures, taking it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from briefer.atomic import write_bytes
from briefer.ui.context import Context
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.changes import Change
    from briefer.services.collect import SourceView
    from briefer.services.import_results import ImportReport


class SourceMenu(QMenu):
    """The menu of one source."""

    captures_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: SourceView | None = None
        for text, do in (
            (self.tr("Save the &original…"), self._ask_save),
            (self.tr("Add a newer &capture…"), self._ask_capture),
            (self.tr("&Captures and changes…\tCtrl+H"), self.captures_wanted.emit),
            (self.tr("&Remove the source"), self._remove),
        ):
            self.addAction(text).triggered.connect(lambda _checked=False, act=do: act())

    def show_view(self, view: SourceView | None) -> None:
        """Serve another source."""
        self._view = view

    def save_original(self, target: Path) -> None:
        """Write the bytes that were captured to ``target``."""
        view, desk = self._view, self._context.desk
        if view is None or desk is None:
            return

        def work() -> None:
            write_bytes(target, desk.collect.original(view.source.id, view.snapshot.id))

        told = fill(self.tr("Saving %1…"), target.name)
        self._context.run(work, lambda _nothing: None, told)

    def add_capture(self, path: Path) -> None:
        """Take a file in as a newer capture of the source."""
        view, desk = self._view, self._context.desk
        if view is None or desk is None:
            return
        source_id = view.source.id

        def work() -> tuple[ImportReport, Change]:
            report = desk.importing.import_paths([path], into=source_id)
            for result in report.refused:
                if result.error:
                    raise result.error
            return report, report.change

        self._context.change(work)

    def _ask_save(self) -> None:
        if self._view is not None:
            name, _kind = QFileDialog.getSaveFileName(
                self, self.tr("Save the original"), Path(self._view.snapshot.file_name).name
            )
            if name:
                self.save_original(Path(name))

    def _ask_capture(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("Add a newer capture"))
        if name:
            self.add_capture(Path(name))

    def _remove(self) -> None:
        view, desk = self._view, self._context.desk
        if view is not None and desk is not None:
            self._context.change(lambda: desk.collect.remove_source(view.source.id))
