"""The tools above the editor."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget


class Toolbar(QWidget):
    """Buttons; the editor says which text they act on."""

    wanted = Signal(str)
    """``bold``, ``italic``, ``heading``, ``list``, ``numbered``, ``quote``, ``block``, ``link``, ``cite``,
    ``table``, ``text``, ``lane``, ``undo``, ``redo`` or ``source``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QToolButton] = {}
        self._texts: dict[str, str] = {}
        self._full_width = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(1)
        for name, text, tip in (
            ("text", self.tr("+ Text"), self.tr("Add a text below (Ctrl+Enter)")),
            ("bold", self.tr("B"), self.tr("Bold (Ctrl+B)")),
            ("italic", self.tr("I"), self.tr("Italic (Ctrl+I)")),
            ("heading", self.tr("H"), self.tr("Heading inside the section (Ctrl+Alt+3)")),
            ("list", self.tr("• List"), self.tr("List (Ctrl+Shift+L)")),
            ("numbered", self.tr("1. List"), self.tr("Numbered list (Ctrl+Shift+7)")),
            ("block", self.tr("“ ”"), self.tr("Block quotation (Ctrl+Shift+.)")),
            ("link", self.tr("Link"), self.tr("Link (Ctrl+K)")),
            ("quote", self.tr("❝ Quote"), self.tr("Quote the chosen excerpt below (Ctrl+Shift+Q)")),
            ("cite", self.tr("@ Cite"), self.tr("Cite the chosen excerpt at the cursor (Ctrl+Shift+C)")),
            ("table", self.tr("Table"), self.tr("Insert a table")),
            ("lane", self.tr("⊘ Lane"), self.tr("Not for disclosure, or may be used (Ctrl+Alt+N)")),
            ("undo", "↶", self.tr("Undo (Ctrl+Z)")),
            ("redo", "↷", self.tr("Redo (Ctrl+Y)")),
            ("source", self.tr("Markdown"), self.tr("Show the Markdown source (Ctrl+Alt+M)")),
        ):
            button = QToolButton()
            button.setText(text)
            self._texts[name] = text
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _checked=False, what=name: self.wanted.emit(what))
            self.buttons[name] = button
            row.addWidget(button)
        self.buttons["source"].setCheckable(True)
        row.addStretch(1)
        for name, style in (("bold", QFont.Style.StyleNormal), ("italic", QFont.Style.StyleItalic)):
            font = QFont(self.font())
            font.setBold(name == "bold")
            font.setStyle(style)
            self.buttons[name].setFont(font)
        self._full_width = self.sizeHint().width()
        self.setMinimumWidth(10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        short = {
            "text": "+",
            "list": "•",
            "numbered": "1.",
            "quote": "❝",
            "cite": "@",
            "table": "⊞",
            "link": "↗",
            "block": "”",
            "lane": "⊘",
            "source": "M",
        }
        room = event.size().width() >= self._full_width
        for name, button in self.buttons.items():
            text = self._texts[name] if room else short.get(name, self._texts[name])
            if button.text() != text:
                button.setText(text)
