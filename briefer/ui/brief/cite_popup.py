"""What opens below the cursor when «@» is typed: excerpts to cite, searched by what is typed on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from briefer.domain.results import Hit
from briefer.domain.tags import Tag
from briefer.errors import KnownError
from briefer.ui.brief.excerpt_delegate import ExcerptDelegate
from briefer.ui.brief.session import BriefSession
from briefer.ui.brief.tray_model import TrayModel
from briefer.ui.rows import choose_row
from briefer.ui.theme import Colours
from briefer.ui.wrapping_list import WrappingList

_LIMIT = 12
_SIZE = (430, 260)
_LEAST = 150
"""So high it must be to be opened below the line; in pixels."""
_GAP, _EDGE = 4, 4


class CitePopup(QFrame):
    """A list beside the cursor; the focus stays in the text, whose keys it is handed."""

    chosen = Signal(object)
    """A :class:`Hit`."""

    def __init__(
        self, session: BriefSession, scope: Callable[[], tuple[Tag, ...]], colours: Colours, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._area = parent
        self._session = session
        self._scope = scope
        self._text: str | None = None
        self._dismissed = False
        self.setObjectName("popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = TrayModel(self)
        self.view = WrappingList()
        self.view.setObjectName("cards")
        self.view.setModel(self.model)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(self.tr("Excerpts to cite"))
        self.delegate = ExcerptDelegate(colours, self.tr("used here"), self.view)
        self.view.setItemDelegate(self.delegate)
        self.view.clicked.connect(lambda index: self._choose(index.row()))
        self._told = QLabel()
        self._told.setProperty("role", "soft")
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 6)
        box.addWidget(self.view, 1)
        box.addWidget(self._told)
        self.hide()

    def search(self, text: str, cursor: QRect, begin: int) -> None:
        """Show what ``text`` finds beside the place ``cursor`` of the parent, in a paragraph whose top is ``begin``."""
        if self._dismissed:
            return
        if not self.isVisible():
            self._told.setText(self.tr("↑ ↓ choose · Enter cites · Esc closes"))
        if text != self._text:
            self._text = text
            compose = self._session.desk.compose
            # What the brief is about first: a like word about another country is quickly cited by mistake.
            scopes = (self._scope(), self._session.brief.subjects)
            self._session.context.run(
                lambda: compose.citable(scopes, text, _LIMIT),
                self._take,
                failed=self._refused,
                latest=f"cite {self._session.brief.id}",
            )
        self._place(cursor, begin)
        self.show()
        self.raise_()

    def close_popup(self) -> None:
        """Go away."""
        self._text, self._dismissed = None, False
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self.takes(event)

    def takes(self, event: QKeyEvent) -> bool:
        """Act on a key of the text; whether it was meant for the list."""
        if not self.isVisible() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -3, Qt.Key.Key_PageDown: 3}
        key, count = Qt.Key(event.key()), self.model.rowCount()
        if key == Qt.Key.Key_Escape:
            self._dismissed = True
            self.hide()
        elif not count:
            return False
        elif key in steps:
            row = max(0, min(self.view.currentIndex().row() + steps[key], count - 1))
            choose_row(self.view, row)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._choose(self.view.currentIndex().row())
        else:
            return False
        return True

    def _choose(self, row: int) -> None:
        hit: Hit | None = self.model.hit(row)
        self.close_popup()
        if hit is not None:
            self.chosen.emit(hit)

    def _take(self, hits: tuple[Hit, ...]) -> None:
        context = self._session.context
        self.model.show_hits(hits, context.vocabulary, context.language)
        choose_row(self.view, 0)
        found = self.tr("↑ ↓ choose · Enter cites · Esc closes")
        self._told.setText(found if hits else self.tr("No excerpt has these words."))

    def _refused(self, error: KnownError) -> None:
        self._told.setText(str(error))

    def _place(self, cursor: QRect, begin: int) -> None:
        room = self._area.rect()
        width = min(_SIZE[0], room.width() - 2 * _EDGE)
        x = max(_EDGE, min(cursor.left(), room.width() - width - _EDGE))
        # Never over the line that is being written, nor over the lines before it where that can be: rather lower.
        top = begin if begin - 2 * _GAP - _EDGE >= _LEAST else cursor.top()
        below, above = cursor.bottom() + _GAP, top - 2 * _GAP
        under, over = room.height() - _EDGE - below, above - _EDGE
        if under >= min(_LEAST, max(under, over)):
            self.setGeometry(x, below, width, min(_SIZE[1], under))
        else:
            height = min(_SIZE[1], over)
            self.setGeometry(x, above - height, width, height)
