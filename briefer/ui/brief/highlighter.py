"""Light highlighting of Markdown: what will be bold looks bold, and the signs themselves step back."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![*\w])(\*|_)(?=[^\s*_])([^*_]+?)(?<=\S)\1(?![*\w])")
_CODE = re.compile(r"(`+)([^`]+)\1")
_HEADING = re.compile(r"(#{1,6}\s+)(.+)")
_LEAD = re.compile(r"\s*(?:[-*+]|\d+[.)]|>)\s+")
_TABLE = re.compile(r"\s*\|")


class MarkdownHighlighter(QSyntaxHighlighter):
    """Highlights one document."""

    def __init__(self, document: QTextDocument, signs: QColor) -> None:
        super().__init__(document)
        self._signs = QTextCharFormat()
        self._signs.setForeground(signs)

    def set_signs(self, colour: QColor) -> None:
        """Set the colour of the Markdown signs."""
        self._signs.setForeground(colour)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        utf16 = _Places(text)
        heading = _HEADING.fullmatch(text)
        weights: list[tuple[int, int, QTextCharFormat]] = []
        if heading:
            weights.append((heading.start(2), heading.end(2), _heavy()))
            self._paint(utf16, heading.start(1), heading.end(1), self._signs)
        elif _TABLE.match(text):
            weights.append((0, len(text), fixed()))
        elif lead := _LEAD.match(text):
            self._paint(utf16, lead.start(), lead.end(), self._signs)
        weights += [(m.start(2), m.end(2), _heavy()) for m in _BOLD.finditer(text)]
        weights += [(m.start(2), m.end(2), _slanted()) for m in _ITALIC.finditer(text)]
        weights += [(m.start(2), m.end(2), fixed()) for m in _CODE.finditer(text)]
        for start, end, char_format in weights:
            self._paint(utf16, start, end, char_format)
        for pattern in (_BOLD, _ITALIC, _CODE):
            for match in pattern.finditer(text):
                self._paint(utf16, match.start(), match.start(2), self._signs)
                self._paint(utf16, match.end(2), match.end(), self._signs)

    def _paint(self, places: _Places, start: int, end: int, added: QTextCharFormat) -> None:
        for place in range(places.of(start), places.of(end)):
            merged = self.format(place)
            merged.merge(added)
            self.setFormat(place, 1, merged)


class _Places:
    """Where the characters of a text stand in the UTF-16 units by which Qt counts."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, ch in enumerate(text) if ch > "\uffff"]

    def of(self, index: int) -> int:
        return index + sum(1 for i in self._wide if i < index)


def _heavy() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold)
    return made


def _slanted() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontItalic(True)
    return made


def fixed() -> QTextCharFormat:
    """Return the look of what is written for machines."""
    made = QTextCharFormat()
    made.setFontFamilies(["DejaVu Sans Mono", "Consolas", "Menlo", "monospace"])
    return made
