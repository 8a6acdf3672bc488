"""The preview: the brief as it will be exported, brought up to date after a pause."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from briefer.services.kept import Proof
from briefer.ui.brief.paper import Paper
from briefer.ui.brief.preview_page import PreviewPage, preview_page
from briefer.ui.brief.session import BriefSession

_PAUSE_MS = 15
_BUDGET = 250_000
"""Characters of HTML that are shown at once, about 35 pages: more would keep the window waiting."""


class Preview(QWidget):
    """Shows the brief as one page; asks only while it is in sight."""

    def __init__(
        self,
        session: BriefSession,
        typing: Callable[[], bool],
        style: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        """``typing`` says whether somebody types on: then the page waits; ``style`` is that of an export's citations."""
        super().__init__(parent)
        self._session = session
        self._typing = typing
        self._style = style
        self._proof = Proof()
        self._rendered = PreviewPage()
        self._place = ""
        title = QLabel(self.tr("Preview"))
        title.setProperty("role", "heading")
        self.page = Paper()
        self.page.setAccessibleName(self.tr("Preview of the exported brief"))
        self.page.setObjectName("paper")
        self.page.setPlaceholderText(self.tr("The preview is being made…"))
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        box.addWidget(title)
        box.addWidget(self.page, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        session.brief_changed.connect(self._follow)

    def refresh(self) -> None:
        """Render the brief as it is shown, be it stored by now or not."""
        if not self.isVisible():
            return
        if self._typing():
            self._pause.start()
            return
        publish, brief, proof = self._session.desk.publish, self._session.brief, self._proof

        style = self._style()

        def made() -> PreviewPage:
            return preview_page(publish.pieces(brief, proof, style))

        self._session.context.run(made, self._take, latest=f"preview {brief.id}")

    def show_place(self, identifier: str) -> None:
        """Scroll to a block or section."""
        if identifier and identifier != self._place:
            self._place = identifier
            if self.isVisible():
                self._show()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _follow(self, *_briefs: object) -> None:
        self._pause.start()

    def _take(self, made: PreviewPage) -> None:
        self._rendered = made
        self._show()

    def _show(self) -> None:
        """Show the page where the cursor is."""
        told = self.tr("… The brief is long: this is left out here.")
        parts = self._rendered.around(self._place, _BUDGET, told)
        self.page.show_parts(self._rendered.style, parts, self._place)
