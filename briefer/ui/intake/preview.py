"""The source that is current in the review: what is known of it and how, and how its article begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from briefer.domain.dates import in_words
from briefer.domain.sources import SegmentKind, Snapshot, Source
from briefer.domain.spans import Span, fold, lines_of
from briefer.ui.context import Context
from briefer.ui.intake.words import (
    how_in_words,
    kind_in_words,
    language_in_words,
    published_in_words,
    story_in_words,
)
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.desk import Desk

_SHOWN = 2600
"""About so many characters of the article are shown."""
_PIECE = 700
_ADDRESS = 64
_ASIDE = frozenset({SegmentKind.FURNITURE, SegmentKind.EMBEDDED})


@dataclass(frozen=True)
class Preview:
    """A source with its latest snapshot and the titles of its copies."""

    source: Source
    snapshot: Snapshot
    copies: tuple[str, ...]

    @property
    def doubt(self) -> Span | None:
        """The first passage that may belong to another article: neighbours in doubt go together."""
        found: Span | None = None
        for segment in self.snapshot.reading.segments:
            if segment.doubt:
                found = segment.span if found is None else Span(found.start, segment.span.end)
            elif found is not None:
                break
        return found

    @property
    def to_type_in(self) -> bool:
        """Whether the original has no text of its own."""
        return bool(self.snapshot.unreadable)


def _shortened(address: str) -> str:
    return address if len(address) <= _ADDRESS else f"{address[: _ADDRESS - 1]}…"


def read_preview(desk: Desk, source_id: str) -> Preview | None:
    """Return what the preview shows of a source, None where it is gone (on a worker's thread)."""
    with desk.library.read() as work:
        source, snapshot = work.sources.get(source_id), work.sources.snapshot(source_id)
        if source is None or snapshot is None:
            return None
        others = work.sources.of_story(source.story) if source.story else ()
    return Preview(source, snapshot, tuple(s.title for s in others if s.id != source_id))


class PreviewPane(QFrame):
    """Facts, beginning of the text, and what can be done about the concerns."""

    reading_wanted = Signal()
    typing_wanted = Signal()
    settling_wanted = Signal(object)
    """The :class:`Span` of a passage that is the article's own."""
    setting_aside_wanted = Signal(object)
    """The :class:`Span` of a passage that is another article's."""
    parting_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.shown: Preview | None = None
        self.setProperty("card", True)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        # Room for the ring that the window's style draws around what has the focus.
        self.text.setStyleSheet(
            "QTextBrowser { background: transparent; } QTextBrowser:!focus { border: 2px solid transparent; }"
        )
        self.text.setAccessibleName(self.tr("The source that is current"))
        self._doubt = QLabel(self.tr("The passage marked above may be the beginning of another article:"))
        self._doubt.setProperty("role", "soft")
        self._doubt.setWordWrap(True)
        self._buttons = {
            "type": self._button(self.tr("&Type the text in…"), self.typing_wanted.emit),
            "settle": self._button(self.tr("It &belongs to the article"), self._settle),
            "aside": self._button(self.tr("&Set it aside"), self._set_aside),
            "part": self._button(self.tr("&Not the same story"), self.parting_wanted.emit),
            "read": self._button(self.tr("&Read it in the library"), self.reading_wanted.emit),
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 10)
        layout.setSpacing(6)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._doubt)
        for names in (("settle", "aside"), ("type", "part", "read")):
            line = QHBoxLayout()
            line.setSpacing(6)
            for name in names:
                line.addWidget(self._buttons[name])
            line.addStretch(1)
            layout.addLayout(line)
        context.colours_changed.connect(self._write)
        self.show_preview(None)

    def show_preview(self, preview: Preview | None) -> None:
        """Show another source, or none."""
        same = preview is not None and self.shown is not None and preview.source.id == self.shown.source.id
        at = self.text.verticalScrollBar().value() if same else 0
        self.shown = preview
        self._write()
        self.text.verticalScrollBar().setValue(at)
        doubt = preview is not None and preview.doubt is not None
        self._doubt.setVisible(doubt)
        for name, wanted in (
            ("type", preview is not None and preview.to_type_in),
            ("settle", doubt),
            ("aside", doubt),
            ("part", preview is not None and bool(preview.copies)),
            ("read", preview is not None),
        ):
            self._buttons[name].setVisible(wanted)

    def button(self, name: str) -> QPushButton:
        """Return one of the buttons: type, settle, aside, part, read."""
        return self._buttons[name]

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _settle(self) -> None:
        if self.shown is not None and self.shown.doubt is not None:
            self.settling_wanted.emit(self.shown.doubt)

    def _set_aside(self) -> None:
        if self.shown is not None and self.shown.doubt is not None:
            self.setting_aside_wanted.emit(self.shown.doubt)

    # --- the page -----------------------------------------------------------------------------------------

    def _write(self) -> None:
        preview = self.shown
        if preview is None:
            self.text.clear()
            return
        source = preview.source
        html = [f"<h3>{escape(source.title)}</h3>", self._facts(preview)]
        if preview.copies:
            html.append(f"<p style='{self._soft()}'>{escape(story_in_words(preview.copies))}</p>")
        html += self._beginning(preview)
        self.text.setHtml("".join(html))

    def _facts(self, preview: Preview) -> str:
        rows = "".join(
            f"<tr><td style='{self._soft()}; padding-right: 12px'>{escape(name)}</td>"
            f"<td>{escape(value)}<span style='{self._soft()}'>{escape(how)}</span></td></tr>"
            for name, value, how in self._known(preview)
        )
        return f"<table cellspacing='0' cellpadding='1'>{rows}</table>"

    def _known(self, preview: Preview) -> Iterator[tuple[str, str, str]]:
        """Yield the name of each fact, its value, and how it became known."""
        source, language = preview.source, self._context.language
        event = in_words(source.event.value, language) if source.event.value else ""
        accessed = in_words(source.accessed, language) if source.accessed else ""
        for field, name, value in (
            ("published", self.tr("Published"), published_in_words(source, self._context)),
            ("publisher", self.tr("Publisher"), source.publisher or self.tr("not stated")),
            ("authors", self.tr("Authors"), "; ".join(source.authors)),
            ("container", self.tr("Reproduced on"), source.container or ""),
            ("wire", self.tr("Agency"), source.wire or ""),
            ("event", self.tr("Event"), event),
            ("accessed", self.tr("Accessed"), accessed),
            ("kind", self.tr("Kind"), kind_in_words(source)),
            ("language", self.tr("Language"), language_in_words(source.language, language)),
            ("url", self.tr("Address"), _shortened(source.url or "")),
            ("rights", self.tr("Rights"), source.rights or ""),
            ("flags", self.tr("Notes"), ", ".join(source.flags)),
        ):
            if value:
                how = how_in_words(source.how(field))
                dated = field == "published" and source.published.value is not None
                written = source.published.as_written if dated else None
                told = " · ".join(part for part in (f"“{written}”" if written else "", how) if part)
                yield name, value, f"   {told}" if told else ""
        yield self.tr("File"), preview.snapshot.file_name, ""

    def _beginning(self, preview: Preview) -> Iterator[str]:
        snapshot = preview.snapshot
        if not snapshot.text.strip():
            why = fill(self.tr("It has no readable text: it is %1. Type its text in."), snapshot.unreadable)
            yield f"<p style='{self._warned()}'>{escape(why)}</p>"
            return
        size = 0
        for segment in snapshot.reading.body():
            if size > _SHOWN:
                yield f"<p style='{self._soft()}'>…</p>"
                break
            text = fold(snapshot.text[segment.span.start : segment.span.end])
            size += len(text)
            shown = escape(text if len(text) <= _PIECE else f"{text[:_PIECE]}…")
            if segment.kind is SegmentKind.HEADING:
                shown = f"<b>{shown}</b>"
            style = self._warned() if segment.doubt else ""
            yield f"<p style='{style}'>{shown}</p>"
        if not size:
            yield f"<p style='{self._warned()}'>{escape(self.tr('No article was found in its text.'))}</p>"
        hidden = sum(
            last - first + 1
            for first, last in (
                lines_of(snapshot.text, s.span) for s in snapshot.reading.segments if s.kind in _ASIDE
            )
        )
        if hidden:
            told = counted(
                hidden,
                self.tr("1 line of site furniture hidden"),
                self.tr("%1 lines of site furniture hidden"),
            )
            yield f"<p style='{self._soft()}'>{escape(told)}</p>"

    def _soft(self) -> str:
        return f"color: {self._context.colours.text_soft}"

    def _warned(self) -> str:
        colours = self._context.colours
        return f"background-color: {colours.warning_surface}; color: {colours.warning}"
