"""The tray at the right: excerpts for the current section, to be quoted or cited."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QLabel, QVBoxLayout, QWidget

from briefer.domain.results import Hit, HitPage
from briefer.domain.tags import Tag
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.ui.brief.excerpt_delegate import ExcerptDelegate
from briefer.ui.brief.figures import used_ids
from briefer.ui.brief.kept_line import SteppingLine
from briefer.ui.brief.moves import section_of
from briefer.ui.brief.session import BriefSession
from briefer.ui.brief.tray_model import TrayModel
from briefer.ui.rows import choose_row
from briefer.ui.text import counted, fill
from briefer.ui.theme import Colours
from briefer.ui.wrapping_list import WrappingList

_PAUSE_MS = 150
_LIMIT = 100


def _meant(event: QKeyEvent) -> str:
    """Return what Return does with an excerpt: ``quote``, ``cite`` or ``sentence``; empty for other keys."""
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return ""
    held = event.modifiers()
    if held & Qt.KeyboardModifier.ControlModifier:
        return "cite"
    return "sentence" if held & Qt.KeyboardModifier.ShiftModifier else "quote"


class TraySearch(SteppingLine):
    """What is searched in the tray: ↓ and Return go into the list, Ctrl+Return and Shift+Return use its chosen row."""

    list_wanted = Signal()
    use_wanted = Signal(str)
    """``cite`` or ``sentence``."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = _meant(event)
        if event.key() == Qt.Key.Key_Down or meant == "quote":
            self.list_wanted.emit()
        elif meant:
            self.use_wanted.emit(meant)
        else:
            super().keyPressEvent(event)


class TrayView(WrappingList):
    """A list of cards: Return quotes, Ctrl+Return cites, Shift+Return writes a sentence that cites."""

    quote_wanted = Signal(QModelIndex)
    cite_wanted = Signal(QModelIndex)
    sentence_wanted = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cards")
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self.quote_wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, meant = self.currentIndex(), _meant(event)
        if meant and index.isValid():
            signals = {"cite": self.cite_wanted, "sentence": self.sentence_wanted, "quote": self.quote_wanted}
            signals[meant].emit(index)
        else:
            super().keyPressEvent(event)


class Tray(QWidget):
    """Shows what `compose.candidates` gives for the section where the cursor is."""

    quote_wanted = Signal(object)
    cite_wanted = Signal(object)
    sentence_wanted = Signal(object)

    def __init__(self, session: BriefSession, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._section = ""
        self._behind = False
        self._searching = False
        self._then = ""
        self.model = TrayModel(self)
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self.search = TraySearch()
        self.search.setPlaceholderText(self.tr("Search excerpts for this section…"))
        self.search.setAccessibleName(self.tr("Search excerpts for this section"))
        self.search.setClearButtonEnabled(True)
        self._everything = QCheckBox(self.tr("All excerpts, not only this section’s"))
        self._everything.setProperty("role", "soft")
        self._told = QLabel()
        self._told.setProperty("role", "soft")
        self._told.setWordWrap(True)
        self.view = TrayView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Excerpts"))
        self._delegate = ExcerptDelegate(colours, self.tr("used here"), self.view)
        self.view.setItemDelegate(self._delegate)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(self._search)
        self.search.list_wanted.connect(self._to_list)
        self.search.use_wanted.connect(self._use)
        self._everything.toggled.connect(self._ask)
        self.view.quote_wanted.connect(lambda index: self._emit(self.quote_wanted, index))
        self.view.cite_wanted.connect(lambda index: self._emit(self.cite_wanted, index))
        self.view.sentence_wanted.connect(lambda index: self._emit(self.sentence_wanted, index))
        session.brief_changed.connect(self._follow)
        session.context.vocabulary_changed.connect(self._ask)
        session.context.changed.connect(self._follow_library)

    def show_section(self, section_id: str) -> None:
        """Show what fits a section."""
        if section_id != self._section:
            former = self._scope()
            self._section = section_id
            self._name()
            if former != self._scope() or not self.model.rowCount():
                self._ask()

    def chosen(self) -> Hit | None:
        """Return the chosen excerpt, or None."""
        return self.model.hit(self.view.currentIndex().row())

    def set_colours(self, colours: Colours) -> None:
        """Take up the theme."""
        self._delegate.colours = colours
        self.view.viewport().update()

    def close_session(self) -> None:
        """Stop following the library."""
        self._pause.stop()
        self._session.context.changed.disconnect(self._follow_library)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._ask()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        for widget in (self._title, self.search, self._everything, self._told):
            box.addWidget(widget)
        box.addWidget(self.view, 1)

    def _scope(self) -> tuple[Tag, ...]:
        if self._everything.isChecked():
            return ()
        section = section_of(self._session.brief, self._section)
        return (section.scope if section else ()) or self._session.brief.subjects

    def _name(self) -> None:
        vocabulary, language = self._session.context.vocabulary, self._session.context.language
        labels = " · ".join(vocabulary.label(tag, language) for tag in self._scope())
        self._title.setText(fill(self.tr("Excerpts for %1"), labels) if labels else self.tr("All excerpts"))

    def _follow_library(self, change: Change) -> None:
        if not change.kinds & {Kind.EXCERPT, Kind.SOURCE}:
            return
        self._behind = True
        if self.isVisible():
            self._pause.start()

    def _ask(self) -> None:
        if not self._session.has_brief:
            return
        self._behind = False
        self._name()
        compose, scope, text = self._session.desk.compose, self._scope(), self.search.text()
        self._session.context.run(
            lambda: compose.candidates(scope, text, _LIMIT, still_typed=True),
            self._take,
            failed=self._refused,
            latest=f"tray {self._session.brief.id}",
        )

    def _take(self, page: HitPage) -> None:
        context = self._session.context
        chosen = self.chosen()
        self.model.show_hits(page.hits, context.vocabulary, context.language)
        self._mark_used()
        row = next((i for i, h in enumerate(page.hits) if chosen and h.excerpt.id == chosen.excerpt.id), 0)
        choose_row(self.view, row)
        if not page.total:
            self._told.setText(
                self.tr("No excerpt fits. Search in all excerpts, or tag more in the Library.")
            )
        elif page.total > len(page.hits):
            shown = fill(self.tr("The newest %1 of %2 excerpts"), len(page.hits), page.total)
            self._told.setText(shown)
        else:
            count = counted(page.total, self.tr("1 excerpt"), self.tr("%1 excerpts"))
            keys = self.tr("Enter quotes, Ctrl+Enter cites, Shift+Enter writes a sentence")
            self._told.setText(f"{count} · {keys}")
        self._searching = self._pause.isActive()
        then, self._then = ("", self._then) if self._searching else (self._then, "")
        if then:
            self._use(then)

    def _refused(self, error: KnownError) -> None:
        # Half a query is no problem worth a bar across the window.
        self._then = ""
        self._told.setText(str(error))

    def _follow(self, *_briefs: object) -> None:
        self._mark_used()
        if section_of(self._session.brief, self._section) is None:
            self._section = ""

    def _mark_used(self) -> None:
        self.model.show_used(frozenset(used_ids(self._session.brief)))

    def _search(self) -> None:
        self._searching, self._then = True, ""
        self._pause.start()

    def _to_list(self) -> None:
        if not self.view.currentIndex().isValid():
            choose_row(self.view, 0)
        self.view.setFocus()

    def _use(self, what: str) -> None:
        """Cite the chosen excerpt, or write its sentence: as soon as what was typed last is found."""
        if self._searching:
            self._then = what
        else:
            signal = self.cite_wanted if what == "cite" else self.sentence_wanted
            self._emit(signal, self.view.currentIndex())

    def _emit(self, signal: object, index: QModelIndex) -> None:
        hit = self.model.hit(index.row())
        if hit is not None:
            signal.emit(hit)  # type: ignore[attr-defined]
