"""What helps in writing: the search for excerpts behind «@», what a citation is of, and where a link leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QTextCursor

from briefer.domain.citations import cited_ids
from briefer.domain.results import Hit
from briefer.domain.tags import Tag
from briefer.ui.brief.cite_popup import CitePopup
from briefer.ui.brief.figures import citation_label, find, source_line
from briefer.ui.brief.link_dialog import LinkDialog
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.prose_text import CitationChips
from briefer.ui.brief.scroller import RowScroller
from briefer.ui.brief.session import BriefSession
from briefer.ui.theme import Colours


class ProseAid(QObject):
    """Serves the texts of one editor; ``scope`` gives the tags of the section where the cursor is."""

    source_wanted = Signal(str)
    """The id of an excerpt."""

    def __init__(
        self,
        session: BriefSession,
        scope: Callable[[], tuple[Tag, ...]],
        colours: Colours,
        parent: RowScroller,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._area = parent
        self._edit: ProseEdit | None = None
        self.chips = CitationChips(self._label, self._told, self)
        self.popup = CitePopup(session, scope, colours, parent)
        self.popup.chosen.connect(self._cite)
        session.evidence_changed.connect(self.chips.forget)
        parent.verticalScrollBar().valueChanged.connect(self._end)

    def serve(self, edit: ProseEdit) -> None:
        """Help in one more text."""
        edit.cite_asked.connect(partial(self._search, edit))
        edit.cite_ended.connect(self._end)
        edit.citation_clicked.connect(self._open)
        edit.link_asked.connect(partial(self._ask_link, edit))

    def set_colours(self, colours: Colours) -> None:
        """Take up the theme."""
        self.popup.delegate.colours = colours

    def _search(self, edit: ProseEdit, text: str) -> None:
        if self._edit is not edit:
            self._end()
            self._edit = edit
            edit.installEventFilter(self.popup)
        place, begin = edit.cursorRect(), edit.cursorRect(QTextCursor(edit.textCursor().block()))
        corner = edit.viewport().mapTo(self._area, place.topLeft())
        self.popup.search(text, QRect(corner, place.size()), corner.y() - place.top() + begin.top())

    def _end(self, *_place: object) -> None:
        edit, self._edit = self._edit, None
        if edit is not None:
            edit.removeEventFilter(self.popup)
        self.popup.close_popup()

    def _cite(self, hit: Hit) -> None:
        edit = self._edit
        self._end()
        if edit is not None:
            self._session.learn(hit)
            self.chips.forget()
            edit.cite(f"[@{hit.excerpt.id}]")

    def _open(self, source: str) -> None:
        hit = next(filter(None, (find(self._session.hits, i) for i in cited_ids(source))), None)
        if hit is not None:
            self.source_wanted.emit(hit.excerpt.id)

    def _ask_link(self, edit: ProseEdit) -> None:
        dialog = LinkDialog(edit.link, self._area)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: edit.set_link(dialog.address))
        dialog.open()

    def _label(self, source: str) -> str:
        return citation_label(source, self._session.hits, self.tr("source missing"))

    def _told(self, source: str) -> str:
        told = []
        for excerpt_id in cited_ids(source):
            hit = find(self._session.hits, excerpt_id)
            if hit is None:
                told.append(f"<p>{escape(self.tr('The excerpt is not in the library.'))}</p>")
                continue
            line = source_line(hit, self._session.brief.language)
            speaker = f"<br>— {escape(hit.excerpt.speaker)}" if hit.excerpt.speaker else ""
            told.append(f"<p>“{escape(hit.excerpt.quote)}”{speaker}</p><p>{escape(line)}</p>")
        return f"<qt>{''.join(told)}</qt>" if told else ""
