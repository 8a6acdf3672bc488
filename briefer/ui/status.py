"""The line at the foot: which library, how much is in it, whether it is saved, that it is offline.

At launch it also says who made the processor of citations.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from briefer.domain.backups import Backup
from briefer.domain.results import LibraryCounts
from briefer.errors import KnownError
from briefer.services.changes import Change
from briefer.ui.backups.words import when
from briefer.ui.context import Context, SaveState
from briefer.ui.problems import message
from briefer.ui.text import counted, fill

CITATIONS = (
    "citeproc-js implements the Citation Style Language · (c) Frank Bennett · https://citationstyles.org/"
)
"""The notice that citeproc-js's licence (CPAL 1.0, Exhibit B) wants shown at each launch, as it is there."""

_LAUNCH_MS = 15_000
_TOLD_MS = 10_000


class StatusLine(QStatusBar):
    """«Library: name.briefer · 12 sources · 45 excerpts · saved · offline», and what is under way.

    ``strip`` tells how far an import is; its place is kept, so that nothing moves when it comes.
    """

    def __init__(self, context: Context, strip: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counts: LibraryCounts | None = None
        self._save = SaveState.SAVED
        self._no_backup = ""
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._notice = QLabel(CITATIONS)
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        QTimer.singleShot(_LAUNCH_MS, self._notice, self._notice.hide)
        self._working = QLabel()
        self.addWidget(self._label)
        self.addPermanentWidget(strip, 1)
        self.addPermanentWidget(self._notice)
        self.addPermanentWidget(self._working)
        self.setMinimumHeight(strip.sizeHint().height())
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        context.desk_changed.connect(self._forget_backup)
        context.desk_changed.connect(self._count)
        context.changed.connect(self._after)
        context.saved.connect(self._take_saved)
        context.working.connect(self._working.setText)
        context.told.connect(lambda text: self.showMessage(text, _TOLD_MS))
        self._show()

    @property
    def text(self) -> str:
        """What the line says."""
        return self._label.text()

    def show_backup(self, backup: Backup | None) -> None:
        """Tell, on pointing at the line, when the latest backup was made."""
        self._no_backup = ""
        self._label.setToolTip(fill(self.tr("Latest backup: %1"), when(backup)) if backup else "")
        self._show()

    def show_no_backup(self, error: KnownError) -> None:
        """Say that no backup could be made, and on pointing at it why."""
        self._no_backup = message(error)
        self._label.setToolTip(self._no_backup)
        self._show()

    def _saved(self) -> str:
        return {
            SaveState.SAVED: self.tr("saved"),
            SaveState.SAVING: self.tr("saving…"),
            SaveState.FAILED: self.tr("NOT SAVED"),
        }[self._save]

    def _forget_backup(self) -> None:
        self.show_backup(None)

    def _after(self, change: Change) -> None:
        self._count()

    def _count(self) -> None:
        desk = self._context.desk
        if desk is None:
            self._counts = None
        else:
            self._context.run(desk.find.counts, self._take_counts, latest="counts")
        self._show()

    def _take_counts(self, counts: LibraryCounts) -> None:
        self._counts = counts
        self._show()

    def _take_saved(self, state: SaveState) -> None:
        self._save = state
        self._show()

    def _show(self) -> None:
        desk = self._context.desk
        parts = []
        if desk is None:
            parts.append(self.tr("No library open"))
        else:
            parts.append(fill(self.tr("Library: %1"), desk.library.path.name))
            if self._counts is not None:
                parts.append(counted(self._counts.sources, self.tr("1 source"), self.tr("%1 sources")))
                parts.append(counted(self._counts.excerpts, self.tr("1 excerpt"), self.tr("%1 excerpts")))
            parts.append(self._saved())
        if self._no_backup:
            parts.append(self.tr("NO BACKUP (point here for why)"))
        parts.append(self.tr("offline"))
        self._label.setText(" · ".join(parts))
