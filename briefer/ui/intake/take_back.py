"""The button that takes out all that the last import brought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from briefer.services.changes import Change
from briefer.services.import_results import ImportStatus
from briefer.ui.context import Context
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.import_results import ImportReport

_LONGEST = 24


class TakeBackButton(QPushButton):
    """Names the import that it takes back, says what it did, and goes when there is nothing to take back."""

    taken_back = Signal()
    """It was done with the focus here, which has to go elsewhere."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._report: ImportReport | None = None
        self.clicked.connect(self.take_back)
        self.hide()

    def show_report(self, report: ImportReport | None) -> None:
        """Offer to take back this import, where it brought anything."""
        self._report = report if report is not None and report.change.ids else None
        if self._report is not None:
            self.setText(fill(self.tr("Undo import of %1"), _brought(self._report, self.tr)))
            self.setToolTip(
                self.tr("Take out of the library all that the last import brought; can be undone (Ctrl+Z)")
            )
        self.setVisible(self._report is not None)

    def take_back(self) -> None:
        """Take out what the last import brought, as far as it is still there."""
        report, desk = self._report, self._context.desk
        if report is None or desk is None:
            return
        name = _brought(report, self.tr)

        def tell(change: Change) -> None:
            if self._report is report:
                focused = self.hasFocus()
                self.show_report(None)
                if focused:
                    self.taken_back.emit()
            self._context.told.emit(
                fill(self.tr("The import of %1 is taken back. Ctrl+Z brings it in again."), name)
                if change.inverse is not None
                else fill(self.tr("Nothing is left in the library of the import of %1."), name)
            )

        self._context.change(lambda: desk.importing.take_back(report), done=tell)


def _brought(report: ImportReport, tr: Callable[[str], str]) -> str:
    """Return what an import brought: the name of the one file, or how many."""
    brought = [result for result in report.results if result.status is ImportStatus.IMPORTED]
    if len(brought) != 1:
        return counted(len(brought), tr("1 file"), tr("%1 files"))
    name = PurePath(brought[0].file).name
    return f"“{name if len(name) <= _LONGEST else name[: _LONGEST - 1] + '…'}”"
