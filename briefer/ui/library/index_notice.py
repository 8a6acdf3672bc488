"""The bar that tells of a damaged search index, which is mended by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.ui.context import Context
from briefer.ui.library.work_bar import WorkBar

# After the first searches in a library that was just opened, which the look at the whole index would make wait.
_LOOK_AFTER_MS = 4_000


class IndexNotice(QFrame):
    """«The search index is damaged»; it is made anew by itself once, and by a button where that was of no use."""

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
        self._tried = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AFTER_MS)
        self._timer.timeout.connect(self.look)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_LOOK_AFTER_MS)
        self._calm.timeout.connect(self._prepare)
        context.changed.connect(self._see)

    def enter(self) -> None:
        """Begin with a library that was just opened: its index is looked at before long."""
        self.hide()
        self._tried = False
        self._timer.start()

    def look(self) -> None:
        """See beside the window whether the index is as it was left."""
        desk = self._context.desk
        if desk is not None:
            self._context.run(
                desk.find.index_is_sound, self._take, failed=self._context.problem.emit, latest="index"
            )
            self._prepare()

    def _see(self, change: Change) -> None:
        """See whether somebody met what is not as it was indexed, because something else than Briefer has changed it."""
        desk = self._context.desk
        if desk is not None and change.kinds & {Kind.SOURCE, Kind.EXCERPT}:
            sound = partial(desk.find.index_is_sound, closely=False)
            self._context.run(sound, self._take, failed=self._context.problem.emit, latest="index")
            # Not after each of many changes: what takes seconds would stand before searches.
            self._calm.start()

    def _prepare(self) -> None:
        """Have what searches are quicker with made beside the window: after opening, and after an import."""
        desk = self._context.desk
        if desk is not None:
            self._context.run(desk.find.prepare, _nothing, failed=_pass_over, latest="prepare")

    def mend(self) -> None:
        """Tell that the index is damaged, and make it anew where that was not tried yet."""
        desk = self._context.desk
        self.show()
        if desk is not None and desk.library.read_only is None and not self._tried:
            self._begin()

    def _take(self, sound: object) -> None:
        if not sound:
            self.mend()

    def _begin(self) -> None:
        desk = self._context.desk
        if desk is None:
            return
        self._tried = True
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


def _nothing(_result: object) -> None:
    """Show nothing: searches are only quicker from now on."""


def _pass_over(_error: KnownError) -> None:
    """Leave an error untold: whoever searches meets it too."""
