"""Keeps the marks that follow a citation on the line of its chip.

Qt breaks a line behind every object, whatever follows. Where only the marks would fall onto the next line, the
chip gives them its room: it is drawn that much narrower. This is said to the layout alone; neither the document
nor what can be undone in it changes.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout, QTextLine

from briefer.ui.brief.prose_text import LESS, OBJECT, CitationChips, citation_format, source_of

_MARKED = re.compile(OBJECT + r"([.,;:!?…)\]\u00bb\u2019\u201d、。，．；：！？）」』】〉》]+)")
_WIDE = re.compile("[^\u0000-\uffff]")  # Qt counts two places for each of these
_LEAST = 40.0  # pixels that a chip keeps, so that it can be read and clicked
_SPARE = 0.5  # pixels; Qt rounds the widths of glyphs to 1/64


class LineEnds(QObject):
    """Watches one document, whose citations ``chips`` draws."""

    def __init__(self, document: QTextDocument, chips: CitationChips) -> None:
        super().__init__(document)
        self._document = document
        self._chips = chips
        self._changed = (0, 0)
        document.contentsChange.connect(self._note)
        document.contentsChanged.connect(self._follow)

    def keep_all(self) -> None:
        """Look at all lines, after their width or their letters have changed."""
        self._keep(0, self._document.characterCount())

    def _note(self, place: int, _removed: int, added: int) -> None:
        self._changed = (place, place + added)

    def _follow(self) -> None:
        self._keep(*self._changed)

    def _keep(self, start: int, end: int) -> None:
        block = self._document.findBlock(min(start, self._document.characterCount() - 1))
        while block.isValid() and block.position() <= end:
            text = block.text()
            if OBJECT in text:
                self._keep_in(block, [(m.start(), m[1]) for m in _MARKED.finditer(_WIDE.sub("  ", text))])
            block = block.next()

    def _keep_in(self, block: QTextBlock, marked: list[tuple[int, str]]) -> None:
        # Where one chip gives way, the lines behind it are other ones.
        layout = block.layout()
        for _chip in range(len(marked) + 1):
            formats = layout.formats()
            former = {f.start: f.format.property(LESS) for f in formats if f.format.hasProperty(LESS)}
            wanted = {}
            for at, marks in marked:
                line = layout.lineForTextPosition(at)
                apart = line.isValid() and line.textStart() + line.textLength() <= at + len(marks)
                if (apart or at in former) and (less := self._lacking(block, line, at, marks)) > 0:
                    wanted[at] = less
            if wanted == former:
                return
            others = [f for f in formats if not f.format.hasProperty(LESS)]
            layout.setFormats([*others, *(_narrower(at, less) for at, less in wanted.items())])
            self._document.markContentsDirty(block.position(), block.length())

    def _lacking(self, block: QTextBlock, line: QTextLine, at: int, marks: str) -> float:
        """Return by how much a chip is too wide for its line to hold the marks, 0 where they have room."""
        source = source_of(self._format_at(block, at))
        whole = self._chips.intrinsicSize(
            self._document, block.position() + at, citation_format(source)
        ).width()
        room = line.x() + line.width() - _left_of(line, at) - whole
        lacking = QFontMetricsF(self._document.defaultFont()).horizontalAdvance(marks) + _SPARE - room
        return lacking if room >= 0 and 0 < lacking <= whole - _LEAST else 0

    def _format_at(self, block: QTextBlock, at: int) -> QTextCharFormat:
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            if fragment.contains(block.position() + at):
                return fragment.charFormat()
            pieces += 1
        return QTextCharFormat()


def _left_of(line: QTextLine, at: int) -> float:
    place = line.cursorToX(at)  # with the place that it took, which the stubs do not tell
    return float(place[0]) if isinstance(place, tuple) else 0.0


def _narrower(at: int, less: float) -> QTextLayout.FormatRange:
    given = QTextLayout.FormatRange()
    look = QTextCharFormat()
    look.setProperty(LESS, less)
    given.start, given.length, given.format = at, 1, look
    return given
