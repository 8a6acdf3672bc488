"""A bar in the open brief that names the sources it leans on that were withdrawn or superseded."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from briefer.domain.flags import Standing, standing, successor
from briefer.domain.sources import Source
from briefer.ui.brief.figures import find, used_ids
from briefer.ui.brief.session import BriefSession
from briefer.ui.text import fill

_MOST = 2


class SourcesBar(QFrame):
    """Is there as long as the brief leans on such a source; «Show» goes from one place to the next."""

    place_wanted = Signal(str)
    """The id of a block that quotes or cites such a source."""

    def __init__(self, session: BriefSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exported")
        self._session = session
        self._shown = -1
        self.told = QLabel()
        self.told.setObjectName("warnings")
        self.told.setWordWrap(True)
        self.show_next = QPushButton(self.tr("Show"))
        self.show_next.setProperty("quiet", True)
        self.show_next.setToolTip(self.tr("Go to where it is quoted or cited; again for the next place"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self.told, 1)
        row.addWidget(self.show_next)
        self.show_next.clicked.connect(self._show)
        session.brief_changed.connect(self.refresh)
        session.evidence_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_briefs: object) -> None:
        """Tell of the sources as they now are."""
        fallen = self._fallen()
        told = [self._named(source) for source in list(fallen.values())[:_MOST]]
        if len(fallen) > _MOST:
            told.append(fill(self.tr("and %1 more"), len(fallen) - _MOST))
        self.told.setText("▲ " + self.tr("This brief leans on: ") + "; ".join(told) if told else "")
        self.setVisible(bool(fallen))

    def _fallen(self) -> dict[str, Source]:
        hits = (find(self._session.hits, i) for i in used_ids(self._session.brief))
        return {
            hit.source.id: hit.source
            for hit in hits
            if hit is not None and standing(hit.source.flags) is not Standing.STANDS
        }

    def _named(self, source: Source) -> str:
        if standing(source.flags) is Standing.WITHDRAWN:
            return fill(self.tr("“%1”, which was withdrawn"), source.title)
        newer = successor(source.flags)
        if newer:
            return fill(self.tr("“%1”, superseded by %2"), source.title, newer)
        return fill(self.tr("“%1”, which was superseded"), source.title)

    def _show(self) -> None:
        fallen = self._fallen()
        places = [
            block.id
            for _section, block in self._session.brief.blocks()
            if any(
                (hit := find(self._session.hits, i)) and hit.source.id in fallen for i in block.excerpt_ids()
            )
        ]
        if places:
            self._shown = (self._shown + 1) % len(places)
            self.place_wanted.emit(places[self._shown])
