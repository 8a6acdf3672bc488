"""What changed between two versions of a brief, in words put in and taken out."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from briefer.domain.comparing import Comparison, SectionChange
from briefer.domain.differences import Difference, DifferenceKind
from briefer.ui.text import counted, fill
from briefer.ui.theme import Colours

_LONGEST = 120


class ComparisonView(QTextBrowser):
    """Shows a comparison: what was put in is underlined, what was taken out struck through."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._told: Comparison | None = None
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("What changed"))

    def set_colours(self, colours: Colours) -> None:
        """Take up the theme."""
        self._colours = colours
        if self._told is not None:
            self.show_comparison(self._told)

    def show_comparison(self, told: Comparison) -> None:
        """Show what changed; sections that did not are left out."""
        self._told = told
        self.clear()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.insertText(self._summary(told), self._plain(soft=True))
        for section in told.sections:
            if section.kind is not DifferenceKind.SAME:
                self._write(cursor, section)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _summary(self, told: Comparison) -> str:
        if told.same:
            return self.tr("Nothing changed.")
        parts = [
            counted(told.words_added, self.tr("1 word put in"), self.tr("%1 words put in")),
            counted(told.words_removed, self.tr("1 word taken out"), self.tr("%1 words taken out")),
            fill(
                self.tr("excerpts: %1 added, %2 dropped, %3 shortened otherwise"),
                len(told.added),
                len(told.dropped),
                len(told.altered),
            ),
        ]
        return " · ".join(parts)

    def _write(self, cursor: QTextCursor, section: SectionChange) -> None:
        heading = self._plain()
        heading.setFontWeight(700)
        cursor.insertBlock(_spaced(12), heading)
        cursor.insertText(section.heading, heading)
        told = {
            DifferenceKind.ADDED: self.tr("new section"),
            DifferenceKind.REMOVED: self.tr("section removed"),
        }.get(section.kind, "")
        if section.heading_before not in {"", section.heading}:
            told = fill(self.tr("was “%1”"), section.heading_before)
        if told:
            cursor.insertText(f"  {told}", self._plain(soft=True))
        for text, became in (
            *((text, self.tr("now not for disclosure:")) for text in section.closed),
            *((text, self.tr("now may be used:")) for text in section.opened),
        ):
            cursor.insertBlock(_spaced(4), self._plain())
            cursor.insertText(f"{became} ", self._plain(soft=True))
            cursor.insertText(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", self._plain())
        for paragraph in section.paragraphs:
            if paragraph.kind is not DifferenceKind.SAME:
                self._write_paragraph(cursor, paragraph)

    def _write_paragraph(self, cursor: QTextCursor, paragraph: Difference) -> None:
        cursor.insertBlock(_spaced(4), self._plain())
        for piece in paragraph.pieces:
            cursor.insertText(piece.text, self._of(piece.kind))

    def _plain(self, *, soft: bool = False) -> QTextCharFormat:
        found = QTextCharFormat()
        found.setForeground(QColor(self._colours.text_soft if soft else self._colours.text))
        return found

    def _of(self, kind: DifferenceKind) -> QTextCharFormat:
        found = self._plain()
        if kind is DifferenceKind.ADDED:
            found.setFontUnderline(True)
            found.setForeground(QColor(self._colours.accent))
        elif kind is DifferenceKind.REMOVED:
            found.setFontStrikeOut(True)
            found.setForeground(QColor(self._colours.danger))
        return found


def _spaced(above: int) -> QTextBlockFormat:
    found = QTextBlockFormat()
    found.setTopMargin(above)
    return found
