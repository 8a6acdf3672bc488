"""The head of the reader: what is known of the source in a line, and below it what else there is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefer.domain.sources import FACTS, How, Source
from briefer.ui.context import Context
from briefer.ui.elided import ElidedLabel
from briefer.ui.library.in_words import date_of, publisher_of
from briefer.ui.library.source_menu import SourceMenu
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.collect import SourceView


class SourceHead(QWidget):
    """Publisher, date, language; carriers of the same story, captures, and what the original lacks."""

    edit_wanted = Signal()
    captures_wanted = Signal()
    typing_wanted = Signal()
    carriers_wanted = Signal()
    latest_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._meta = ElidedLabel()
        self._meta.setProperty("role", "soft")
        self._edit = QPushButton(self.tr("Edit…"))
        self._edit.setToolTip(self.tr("Title, publisher, date, grade (F2)"))
        self._edit.setProperty("chip", True)
        self._more = QPushButton("⋯")
        self._more.setAccessibleName(self.tr("More to do with the source"))
        self._more.setToolTip(self.tr("Original, captures, removal"))
        self._more.setProperty("chip", True)
        self.menu = SourceMenu(context, self)
        self._unreadable = QLabel()
        self._unreadable.setWordWrap(True)
        self._unreadable.setProperty("role", "error")
        self.carriers = self._link(self.tr("Other outlets that carry the same story"))
        self.captures = self._link(self.tr("Captures of this source, and what changed (Ctrl+H)"))
        self.latest = self._link(self.tr("Excerpts are made on the latest capture only"))
        self.typing = self._link(self.tr("Type the text of the original in"))
        top = QHBoxLayout()
        top.addWidget(self._meta, 1)
        top.addWidget(self._edit)
        top.addWidget(self._more)
        below = QHBoxLayout()
        below.setSpacing(14)
        for link in (self.carriers, self.captures, self.latest, self.typing):
            below.addWidget(link)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 10, 2)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._unreadable)
        layout.addLayout(below)
        self._edit.clicked.connect(self.edit_wanted)
        self._more.clicked.connect(
            lambda: self.menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
        )
        self.menu.captures_wanted.connect(self.captures_wanted)
        self.carriers.clicked.connect(self.carriers_wanted)
        self.captures.clicked.connect(self.captures_wanted)
        self.latest.clicked.connect(self.latest_wanted)
        self.typing.clicked.connect(self.typing_wanted)

    def show_view(self, view: SourceView | None) -> None:
        """Tell of another source."""
        self.setVisible(view is not None)
        self.menu.show_view(view)
        if view is None:
            return
        self._meta.setText(self._meta_line(view))
        self._meta.setToolTip(self._facts(view))
        outlets, captures = len(view.carriers), len(view.snapshots)
        self.carriers.setVisible(outlets > 0)
        self.carriers.setText(
            counted(
                outlets, self.tr("1 origin, 2 carriers"), fill(self.tr("1 origin, %1 carriers"), outlets + 1)
            )
        )
        self.captures.setVisible(captures > 1)
        told = fill(self.tr("Capture of %1, for reading only"), f"{view.snapshot.captured_at:%Y-%m-%d %H:%M}")
        self.captures.setText(fill(self.tr("%1 captures"), captures) if view.latest else told)
        self.latest.setVisible(not view.latest)
        self.latest.setText(self.tr("Back to the latest"))
        reason = view.snapshot.unreadable
        self.typing.setVisible(bool(reason) and not view.snapshot.text.strip())
        self.typing.setText(self.tr("Type the text in…"))
        self._unreadable.setVisible(bool(reason))
        typed = self.tr("The original has no readable text (%1); this text was typed in.")
        empty = self.tr("The original has no readable text: %1.")
        self._unreadable.setText(fill(typed if view.snapshot.text.strip() else empty, reason))

    def _meta_line(self, view: SourceView) -> str:
        source = view.source
        parts = [publisher_of(source, self._context), date_of(source, self._context)]
        if source.language:
            names = {"en": self.tr("English"), "ja": self.tr("Japanese")}
            parts.append(names.get(source.language.partition("-")[0], source.language))
        if source.reliability != "F":
            parts.append(fill(self.tr("reliability %1"), source.reliability))
        if source.marking:
            parts.append(source.marking)
        parts += source.flags
        return " · ".join(parts)

    def _facts(self, view: SourceView) -> str:
        """Return where each fact came from, and what was captured when, by whom and with what."""
        snapshot = view.snapshot
        lines = [
            fill(self.tr("File %1"), snapshot.file_name),
            fill(self.tr("SHA-256 %1"), snapshot.sha256),
            fill(self.tr("Captured %1"), f"{snapshot.captured_at:%Y-%m-%d %H:%M} UTC"),
        ]
        if snapshot.captured_by:
            lines.append(fill(self.tr("Taken in by %1"), snapshot.captured_by))
        if snapshot.tool:
            lines.append(fill(self.tr("Read by %1"), snapshot.tool))
        return "\n".join([*lines, "", *fact_lines(view.source)]).rstrip()

    def _link(self, tip: str) -> QPushButton:
        link = QPushButton()
        link.setProperty("link", True)
        link.setToolTip(tip)
        return link


def fact_lines(source: Source) -> list[str]:
    """Return one line a fact of a source: its name, how it became known, where it stood, how sure it is."""
    tr = QCoreApplication.translate
    hows = {
        How.PERSON: tr("Facts", "entered by a person"),
        How.STATED: tr("Facts", "stated by the document"),
        How.WRITTEN: tr("Facts", "written in the text"),
        How.INFERRED: tr("Facts", "inferred"),
        How.UNKNOWN: tr("Facts", "not known"),
    }
    lines = []
    for name in FACTS:
        if name not in source.known:
            continue
        known = source.known[name]
        where = f" ({known.where})" if known.where else ""
        sure = f", {round(100 * known.confidence)} %" if known.how in {How.WRITTEN, How.INFERRED} else ""
        lines.append(f"{fact_name(name)}: {hows[known.how]}{where}{sure}")
    return lines


def fact_name(name: str) -> str:
    """Return what a person reads for a field of a source."""
    tr = QCoreApplication.translate
    return {
        "title": tr("Facts", "Title"),
        "authors": tr("Facts", "Authors"),
        "publisher": tr("Facts", "Publisher"),
        "container": tr("Facts", "Reproduced on"),
        "wire": tr("Facts", "News agency"),
        "published": tr("Facts", "Published"),
        "event": tr("Facts", "Event"),
        "accessed": tr("Facts", "Accessed"),
        "url": tr("Facts", "Address"),
        "language": tr("Facts", "Language"),
        "kind": tr("Facts", "Kind"),
        "genre": tr("Facts", "Kind, closer"),
        "rights": tr("Facts", "Rights"),
    }[name]
