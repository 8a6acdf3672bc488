"""What changed between two versions of a brief, in words put in and taken out."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from briefer.domain.comparing import Altered, Comparison, SectionChange
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
        for altered in told.head:
            cursor.insertBlock(_spaced(4), self._plain())
            cursor.insertText(f"{self._head_name(altered.name)}: ", self._plain(soft=True))
            self._write_altered(cursor, altered)
        for section in told.sections:
            if section.kind is not DifferenceKind.SAME:
                self._write(cursor, section)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _summary(self, told: Comparison) -> str:
        if told.same and not told.head:
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
            cursor.insertText(_cut(text), self._plain())
        for altered in section.marked:
            cursor.insertBlock(_spaced(4), self._plain())
            what = (
                fill(self.tr("marking of “%1”:"), _cut(altered.name)) if altered.name else self.tr("marking:")
            )
            cursor.insertText(f"{what} ", self._plain(soft=True))
            self._write_altered(cursor, altered)
        if section.restyled:
            cursor.insertBlock(_spaced(4), self._plain())
            told = self.tr("The same words with other emphasis, links or shape.")
            cursor.insertText(told, self._plain(soft=True))
        for paragraph in section.paragraphs:
            if paragraph.kind is not DifferenceKind.SAME:
                self._write_paragraph(cursor, paragraph)

    def _head_name(self, field: str) -> str:
        return {
            "title": self.tr("title"),
            "meeting_date": self.tr("date"),
            "audience": self.tr("audience"),
            "author": self.tr("author"),
            "language": self.tr("language"),
            "marking": self.tr("marking"),
            "title_marking": self.tr("marking of the title"),
            "numbering": self.tr("heading numbers"),
        }[field]

    def _write_altered(self, cursor: QTextCursor, altered: Altered) -> None:
        none, names = self.tr("none"), {}
        if altered.name == "numbering":
            names = {
                "": self.tr("as the form has it"),
                "none": none,
                "decimal": "1, 1.1",
                "japanese": "第1, 1, (1)",
            }
        before, after = (names.get(value, value) or none for value in (altered.before, altered.after))
        cursor.insertText(before, self._of(DifferenceKind.REMOVED))
        cursor.insertText(" ", self._plain())
        cursor.insertText(after, self._of(DifferenceKind.ADDED))

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
            found.setForeground(QColor(self._colours.accent_strong))
        elif kind is DifferenceKind.REMOVED:
            found.setFontStrikeOut(True)
            found.setForeground(QColor(self._colours.danger))
        return found


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _spaced(above: int) -> QTextBlockFormat:
    found = QTextBlockFormat()
    found.setTopMargin(above)
    return found
