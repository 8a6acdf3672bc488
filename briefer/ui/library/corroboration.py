"""By how many outlets the chosen excerpt is reported, and ways to what resembles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from briefer.domain.excerpts import Excerpt
from briefer.domain.results import Corroboration
from briefer.errors import KnownError
from briefer.ui.context import Context
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.desk import Desk

_AFTER_MS = 150
# No story is carried by more; each that resembles the excerpt is compared with it.
_MOST_COPIES = 500


class CorroborationLine(QWidget):
    """«Reported by 4 outlets, 1 origin», «Similar», «More from this source»."""

    similar_wanted = Signal(object)
    """The :class:`Excerpt`."""
    more_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._excerpt: Excerpt | None = None
        self.label = QLabel()
        self.label.setProperty("role", "soft")
        self.label.setToolTip(
            self.tr("Outlets that carry the story or the same words; copies of one text are one origin")
        )
        similar = self._link(
            self.tr("Similar"), self.tr("Excerpts that resemble this one (Ctrl+Shift+S)"), self.similar_wanted
        )
        more = self._link(
            self.tr("More from this source"), self.tr("Its other excerpts (Ctrl+Shift+M)"), self.more_wanted
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.label, 1)
        row.addWidget(similar)
        row.addWidget(more)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._ask)

    def show_excerpt(self, excerpt: Excerpt | None) -> None:
        """Tell of another excerpt; an answer follows when nobody has gone on meanwhile."""
        if excerpt is None or self._excerpt is None or excerpt.id != self._excerpt.id:
            self.label.clear()
        self._excerpt = excerpt
        if excerpt is not None:
            self._timer.start()

    def _ask(self) -> None:
        desk, excerpt = self._context.desk, self._excerpt
        if desk is not None and excerpt is not None:
            self._context.run(
                lambda: corroborated(desk, excerpt.id), self._take, failed=self._gone, latest="corroboration"
            )

    def _take(self, found: Corroboration) -> None:
        outlets = counted(found.outlets, self.tr("1 outlet"), self.tr("%1 outlets"))
        origins = counted(found.origins, self.tr("1 origin"), self.tr("%1 origins"))
        told = self.tr("Reported by %1") if found.outlets == 1 else self.tr("Reported by %1, %2")
        self.label.setText(fill(told, outlets, origins))

    def _gone(self, _error: KnownError) -> None:
        self.label.clear()

    def _link(self, text: str, tip: str, wanted: SignalInstance) -> QPushButton:
        link = QPushButton(text)
        link.setProperty("link", True)
        link.setToolTip(tip)
        link.clicked.connect(lambda _checked=False: wanted.emit(self._excerpt))
        return link


def corroborated(desk: Desk, excerpt_id: str) -> Corroboration:
    """Count the outlets of an excerpt and of its copies, and their origins (on a worker's thread)."""
    found = desk.find.similar(excerpt_id, limit=_MOST_COPIES)
    copies = [similar.hit.excerpt.id for similar in found if similar.copy]
    return desk.find.corroboration([excerpt_id, *copies])
