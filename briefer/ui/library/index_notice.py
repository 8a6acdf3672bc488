"""The bar that tells of a damaged search index, and mends it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from briefer.errors import KnownError
from briefer.ui.context import Context
from briefer.ui.library.work_bar import WorkBar


class IndexNotice(QFrame):
    """«The search index is damaged», with a button that makes it anew."""

    repaired = Signal()

    def __init__(self, context: Context, work: WorkBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._work = work
        self.setObjectName("problems")
        told = QLabel(
            self.tr(
                "The search index is damaged. Nothing is lost: searches read the texts themselves, more slowly."
            )
        )
        told.setWordWrap(True)
        self._repair = QPushButton(self.tr("Repair"))
        self._repair.setToolTip(
            self.tr("Make the index anew from the texts; you can go on working meanwhile")
        )
        self._repair.clicked.connect(self._begin)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(told, 1)
        row.addWidget(self._repair)
        self.hide()

    def _begin(self) -> None:
        desk = self._context.desk
        if desk is None:
            return
        self._repair.setEnabled(False)
        progress, _stopped = self._work.begin(self.tr("Repairing the index"), can_stop=False)
        self._context.run(lambda: desk.library.repair(progress), self._end, failed=self._fail, writes=True)

    def _end(self, _nothing: object) -> None:
        self._work.end()
        self._repair.setEnabled(True)
        self.hide()
        self.repaired.emit()

    def _fail(self, error: KnownError) -> None:
        self._work.end()
        self._repair.setEnabled(True)
        self._context.problem.emit(error)
