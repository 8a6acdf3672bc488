"""The search field with its buttons, the line that tells what was found, and the chips of the filters."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from briefer.domain.queries import Field, Hint
from briefer.domain.tags import TagKind
from briefer.errors import KnownError
from briefer.ui.chips import chip
from briefer.ui.context import Context
from briefer.ui.elided import ElidedLabel
from briefer.ui.flow import FlowLayout
from briefer.ui.library.asking import SOURCES_SHOWN
from briefer.ui.library.facet_kinds import filter_label
from briefer.ui.library.query_text import Filter, filters, toggled, without
from briefer.ui.library.search_help import SearchHelp
from briefer.ui.text import counted, fill

_DEBOUNCE_MS = 120
_TITLE = 40


class SearchBar(QWidget):
    """What is searched for."""

    query_changed = Signal(str)
    """The text, a short while after the last keystroke."""
    used = Signal(str)
    """A person has ended the query with Enter, or chosen it."""
    saving_wanted = Signal()
    list_wanted = Signal()
    import_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()
    brief_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._titles: dict[str, str] = {}
        self.field = _Field()
        self.field.setProperty("search", True)
        self.field.setClearButtonEnabled(True)
        self.field.setAcceptDrops(False)
        self.field.setPlaceholderText(
            self.tr("Search: words, “a phrase”, partner:IN, risk:supply-chain, after:2025-10, -not, OR")
        )
        self.field.setAccessibleName(self.tr("Search"))
        self.help = SearchHelp(context, self.field)
        self.found = QLabel()
        self.found.setProperty("role", "soft")
        self.objection = ElidedLabel()
        self.objection.setProperty("role", "error")
        self.objection.setTextFormat(Qt.TextFormat.PlainText)
        self.objection.hide()
        self._chips = QWidget()
        self._chips.setMinimumHeight(26)
        self._flow = FlowLayout(self._chips)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self.search_now)
        self._lay_out()
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self.field.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self._use)
        self.help.list_wanted.connect(self.list_wanted)
        self.help.query_chosen.connect(self._use)
        self.field.source_pasted.connect(self.paste_wanted)

    @property
    def text(self) -> str:
        """The query."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Search for something else at once."""
        self.field.setText(text)
        self.search_now()

    def search_now(self) -> None:
        """Search without waiting for more keystrokes."""
        self._timer.stop()
        self._show_chips()
        self.query_changed.emit(self.text)

    def _use(self, text: str | None = None) -> None:
        if text is not None:
            self.field.setText(text)
        self.search_now()
        self.used.emit(self.text)

    def search_source(self, source_id: str, title: str) -> None:
        """Search for all excerpts of one source, which the filter then names."""
        self._titles[source_id] = title
        self.set_text(f"source:{source_id}")

    def toggle(self, field: Field, value: str) -> None:
        """Add a filter to the query, or take it out."""
        self.set_text(toggled(self.text, field, value))

    def tell_found(self, excerpts: int, sources: int | None) -> None:
        """Tell how much was found."""
        self._mark_wrong(wrong=False)
        self.objection.hide()
        found = counted(excerpts, self.tr("1 excerpt"), self.tr("%1 excerpts"))
        if sources is None:
            self.found.setText(found)
            return
        places = counted(sources, self.tr("1 source"), self.tr("%1 sources"))
        self.found.setText(fill(self.tr("%1 in %2"), found, places))

    def tell_sources(self, sources: int) -> None:
        """Tell how many sources were found."""
        self._mark_wrong(wrong=False)
        self.objection.hide()
        capped = sources == SOURCES_SHOWN
        many = fill(self.tr("%1+ sources, the newest are listed"), f"{sources:,}")
        told = counted(sources, self.tr("1 source"), self.tr("%1 sources"))
        self.found.setText(many if capped else told)

    def hint(self, hints: tuple[Hint, ...]) -> None:
        """Tell what was passed over in the query, and where."""
        if self.field.property("wrong"):
            return
        told = [fill(self.tr("Character %1: %2"), hint.column, hint.detail) for hint in hints]
        self._say("  ·  ".join(told), wrong=False)

    def object(self, error: KnownError) -> None:
        """Tell where a query goes wrong; what was found before stays in the list."""
        column = int(str(error.data.get("column", 1)))
        before = self.text[: column - 1][-18:]
        told = fill(self.tr("Character %1: %2   →   %3▸%4"), column, error.data.get("detail", ""), before, "")
        self._say(told + self.text[column - 1 :][:18], wrong=True)
        self._mark_wrong(wrong=True)

    def show_labels(self) -> None:
        """Show the chips anew, with labels of another vocabulary."""
        self._show_chips()

    def _lay_out(self) -> None:
        importing = QPushButton(self.tr("Import"))
        importing.setToolTip(
            self.tr("Files (Ctrl+I), a folder, or the clipboard; or drop them on the window")
        )
        ways = QMenu(importing)
        ways.addAction(self.tr("&Files…"), self.import_wanted.emit)
        ways.addAction(self.tr("A f&older…"), self.folder_wanted.emit)
        ways.addAction(self.tr("&Paste"), self.paste_wanted.emit)
        importing.setMenu(ways)
        self._save = QPushButton(self.tr("Save search"))
        self._save.setToolTip(self.tr("Keep this search, with its count, at the left (Ctrl+D)"))
        self._save.setEnabled(False)
        self._save.clicked.connect(self.saving_wanted)
        brief = QPushButton(self.tr("New brief from results"))
        brief.setProperty("primary", True)
        brief.setToolTip(self.tr("Begin a brief on the partners and risks of the search"))
        brief.clicked.connect(self.brief_wanted)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self._save)
        row.addWidget(importing)
        row.addWidget(brief)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.found)
        below.addWidget(self._chips, 1)
        below.addWidget(self.objection)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addLayout(below)

    def _say(self, text: str, *, wrong: bool) -> None:
        self.objection.setVisible(bool(text))
        self.objection.setText(text)
        self.objection.setToolTip(text)
        role = "error" if wrong else "soft"
        if self.objection.property("role") != role:
            self.objection.setProperty("role", role)
            self.objection.style().unpolish(self.objection)
            self.objection.style().polish(self.objection)

    def _mark_wrong(self, *, wrong: bool) -> None:
        if bool(self.field.property("wrong")) != wrong:
            self.field.setProperty("wrong", wrong)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def _show_chips(self) -> None:
        self._flow.clear()
        for found in filters(self.text):
            label = self._label(found)
            kind = TagKind(found.field.value) if found.tag is not None else None
            name = fill(self.tr("Remove the filter %1"), label)
            self._flow.addWidget(chip(f"{label}  ✕", kind, name, partial(self._drop, found)))
        self._chips.updateGeometry()

    def _drop(self, taken: Filter) -> None:
        self.set_text(without(self.text, taken))
        self.field.setFocus()

    def _label(self, found: Filter) -> str:
        title = self._titles.get(found.value)
        if found.field is not Field.SOURCE or title is None:
            return filter_label(found, self._context)
        return fill(self.tr("from “%1”"), f"{title[:_TITLE]}…" if len(title) > _TITLE else title)


class _Field(QLineEdit):
    source_pasted = Signal()
    """More than a line was to be pasted: a text to take in, and no words to look for."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Paste) and _is_text(QGuiApplication.clipboard().text()):
            self.source_pasted.emit()
        else:
            super().keyPressEvent(event)


def _is_text(copied: str) -> bool:
    return len(copied.strip().splitlines()) > 1
