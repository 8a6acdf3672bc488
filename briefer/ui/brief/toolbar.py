"""The tools above the editor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from briefer.ui.brief.tools import Tool, tools

_FIRST_SHORT = (
    "source",
    "numbered",
    "list",
    "block",
    "text",
    "lane",
    "link",
    "cite",
    "quote",
    "table",
)
"""The tools that have words, in the order in which these give way."""


class Toolbar(QWidget):
    """Buttons; the editor says which text they act on. The arrow keys go from one to the next."""

    wanted = Signal(str)
    """The name of a tool."""
    left = Signal()
    """Back to the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QToolButton] = {}
        self._tools = {tool.name: tool for tool in tools()}
        self._widths: dict[str, tuple[int, int]] = {}
        self._last = "text"
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(1)
        for tool in self._tools.values():
            self.buttons[tool.name] = button = self._button(tool)
            row.addWidget(button)
        self.buttons["source"].setCheckable(True)
        row.addStretch(1)
        for name, style in (("bold", QFont.Style.StyleNormal), ("italic", QFont.Style.StyleItalic)):
            font = QFont(self.font())
            font.setBold(name == "bold")
            font.setStyle(style)
            self.buttons[name].setFont(font)
        self.setMinimumWidth(10)

    def take_focus(self) -> None:
        """Let keys choose a tool, at first the one that was chosen so last."""
        self.buttons[self._last].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        every = list(self.buttons.values())
        here = next(i for i, button in enumerate(every) if button is watched)
        wanted = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: -1,
        }.get(Qt.Key(event.key()))
        if wanted is not None:
            every[wanted % len(every)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return super().eventFilter(watched, event)
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._widths.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share(event.size().width())

    def _button(self, tool: Tool) -> QToolButton:
        button = QToolButton()
        button.setObjectName("tool")
        button.setText(tool.label)
        button.setToolTip(tool.told)
        button.setAccessibleName(tool.told)
        button.clicked.connect(lambda _checked=False: self._choose(tool.name))
        button.installEventFilter(self)
        return button

    def _choose(self, name: str) -> None:
        self._last = name
        self.wanted.emit(name)

    def _share(self, width: int) -> None:
        """Give as many tools their words as there is room for."""
        if not self._widths:
            self._widths = {name: self._measured(name) for name in self.buttons}
        margins = self._row.contentsMargins()
        room = width - margins.left() - margins.right() - self._row.spacing() * len(self.buttons)
        needed = sum(full for full, _short in self._widths.values())
        short = set()
        for name in _FIRST_SHORT:
            if needed <= room:
                break
            full, little = self._widths[name]
            needed -= full - little
            short.add(name)
        for name, button in self.buttons.items():
            tool = self._tools[name]
            text = tool.short if name in short else tool.label
            if button.text() != text:
                button.setText(text)

    def _measured(self, name: str) -> tuple[int, int]:
        """Return how wide a button is with its words, and without."""
        button, tool = self.buttons[name], self._tools[name]
        button.ensurePolished()
        button.setText(tool.short)
        short = button.sizeHint().width()
        button.setText(tool.label)
        return button.sizeHint().width(), short
