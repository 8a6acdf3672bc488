"""The Text menu of the window: the tools of the brief that is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from briefer.ui.brief.tools import tools

_BEFORE_A_LINE = frozenset({"text", "italic", "link", "lane", "redo"})


class TextMenu(QMenu):
    """Lists the tools with their keys, which are those of the text: they mean something else elsewhere."""

    wanted = Signal(str)
    """The name of a tool."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Text"))
        self.entries: dict[str, QAction] = {}
        for tool in tools():
            entry = self.addAction(f"{tool.words}\t{tool.keys}")
            entry.triggered.connect(partial(self._choose, tool.name))
            self.entries[tool.name] = entry
            if tool.name in _BEFORE_A_LINE:
                self.addSeparator()

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.wanted.emit(name)
