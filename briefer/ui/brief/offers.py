"""New excerpts for the open brief: a bar that tells of them, and a dialog that takes those that are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.dates import in_words
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.services.renewal import Offer, Renewed
from briefer.ui.brief.figures import source_line, used_ids
from briefer.ui.brief.session import BriefSession
from briefer.ui.text import counted, fill

_PAUSE_MS = 1_000


class OffersDialog(QDialog):
    """A list of new excerpts with their sections; :attr:`wanted` are those that stay ticked."""

    def __init__(self, offers: Sequence[Offer], language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = tuple(offers)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New excerpts for this brief"))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setAccessibleName(self.tr("New excerpts, to be ticked"))
        for offer in self._offers:
            self.list.addItem(self._row(offer, language))
        hint = QLabel(
            self.tr("The ticked ones go to the ends of their sections; the others are not offered again.")
        )
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(self.tr("Take the ticked ones"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.list, 1)
        box.addWidget(hint)
        box.addWidget(buttons)
        self.resize(680, 460)

    @property
    def wanted(self) -> tuple[Offer, ...]:
        """The offers that are ticked."""
        return tuple(
            offer
            for row, offer in enumerate(self._offers)
            if self.list.item(row).checkState() is Qt.CheckState.Checked
        )

    def _row(self, offer: Offer, language: str) -> QListWidgetItem:
        where = offer.heading if offer.section_id else fill(self.tr("%1 (a new section)"), offer.heading)
        hit = offer.choice.hit
        item = QListWidgetItem(f"{hit.excerpt.quote}\n{where} · {source_line(hit, language)}")
        item.setCheckState(Qt.CheckState.Checked)
        return item


class OffersBar(QFrame):
    """Says how many new excerpts fit the brief, and what one that was made from another took over.

    It is hidden where there is neither, or where somebody has read it and nothing is to be done.
    """

    before_take = Signal()
    """What is being typed must be stored first."""

    def __init__(self, session: BriefSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offers: tuple[Offer, ...] = ()
        self._asked_for: tuple[object, ...] = ()
        self.setObjectName("exported")
        self._told = QLabel()
        self.look = QPushButton(self.tr("Look at them…"))
        self.decline = QPushButton(self.tr("Not wanted"))
        self.close_it = QPushButton(self.tr("Close"))
        self._read = False
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self._told, 1)
        for button in (self.look, self.decline, self.close_it):
            button.setProperty("quiet", True)
            row.addWidget(button)
        self.look.clicked.connect(self._ask)
        self.decline.clicked.connect(lambda: self._take(()))
        self.close_it.clicked.connect(self._close_read)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        session.context.changed.connect(self._follow)
        session.begun.connect(self._pause.start)
        self.hide()

    def refresh(self) -> None:
        """Look for new excerpts again."""
        self._asked_for = self._rests_on()
        renewal, brief_id = self._session.desk.renewal, self._session.brief.id

        def news() -> tuple[tuple[Offer, ...], Renewed | None]:
            renewed = renewal.renewed(brief_id)
            return (renewed.new if renewed else renewal.offers(brief_id)), renewed

        self._session.context.run(news, self._take_news, failed=self._none, latest=f"offers {brief_id}")

    def close_session(self) -> None:
        """Stop looking."""
        self._pause.stop()
        self._session.context.changed.disconnect(self._follow)

    def _rests_on(self) -> tuple[object, ...]:
        """Return what of the brief the bar depends on; its prose only where it is held against another brief."""
        brief = self._session.brief
        sections = brief.sections if brief.origin else tuple(replace(s, blocks=()) for s in brief.sections)
        return sections, used_ids(brief), brief.assembled_at, brief.meeting_date

    def _take_news(self, news: tuple[tuple[Offer, ...], Renewed | None]) -> None:
        self._offers, renewed = news
        parts = [self._inherited(renewed)] if renewed else []
        if self._offers:
            parts.append(
                counted(
                    len(self._offers),
                    self.tr("1 new excerpt fits this brief."),
                    self.tr("%1 new excerpts fit this brief."),
                )
            )
        elif renewed:
            day = in_words(renewed.since.date().isoformat(), self._session.context.language)
            parts.append(fill(self.tr("No new excerpts since %1, when they were last looked through."), day))
        self._told.setText(" ".join(parts))
        self.look.setVisible(bool(self._offers))
        self.decline.setVisible(bool(self._offers))
        self.close_it.setVisible(not self._offers)
        self.setVisible(bool(self._offers) or (renewed is not None and not self._read))

    def _inherited(self, renewed: Renewed) -> str:
        return fill(
            self.tr("Since the brief before: %1 blocks reused word for word, %2 excerpts dropped, %3 stale."),
            renewed.reused,
            len(renewed.dropped),
            len(renewed.stale),
        )

    def _close_read(self) -> None:
        self._read = True
        self.hide()

    def _none(self, _error: KnownError) -> None:
        # A form that is gone has no rule to go by; the brief itself is sound.
        self._take_news(((), None))

    def _follow(self, change: Change) -> None:
        if not self._session.has_brief:
            return
        # Typing changes the brief at every pause, and what fits it only where it cites something else.
        if Kind.EXCERPT in change.kinds or self._rests_on() != self._asked_for:
            self._pause.start()

    def _ask(self) -> None:
        dialog = OffersDialog(self._offers, self._session.brief.language, self)
        dialog.accepted.connect(lambda: self._take(dialog.wanted))
        dialog.open()

    def _take(self, offers: Sequence[Offer]) -> None:
        self.before_take.emit()
        renewal, brief_id = self._session.desk.renewal, self._session.brief.id
        self._session.context.change(lambda: renewal.take(brief_id, offers), brief_id)
        self.hide()
