"""Does what the tools of a brief say, wherever one was chosen: on its toolbar, in the menu, or by a key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from briefer.domain.results import Hit
from briefer.ui.brief.editor import Editor
from briefer.ui.brief.steps import Steps
from briefer.ui.brief.toolbar import Toolbar
from briefer.ui.brief.tray import Tray

_SHAPES = frozenset({"heading", "list", "numbered", "block", "link", "table"})
"""Tools that begin a text where the cursor is in none."""


class ToolUser(QObject):
    """Acts on the text where the cursor is or was last."""

    def __init__(
        self, editor: Editor, tray: Tray, steps: Steps, toolbar: Toolbar, ask_excerpt: Callable[[], None]
    ) -> None:
        """``ask_excerpt`` lets one be chosen."""
        super().__init__(editor)
        self._editor = editor
        self._tray = tray
        self._steps = steps
        self._toolbar = toolbar
        self._ask_excerpt = ask_excerpt
        toolbar.wanted.connect(self._do)
        toolbar.left.connect(editor.focus_current)

    def use(self, name: str) -> None:
        """Do what the tool of a name does."""
        if name == "source":
            # Its button shows how texts are shown.
            self._toolbar.buttons[name].click()
        else:
            self._do(name)

    def _do(self, name: str) -> None:
        if name == "text":
            self._editor.add_prose()
        elif name in {"undo", "redo"}:
            (self._steps.undo if name == "undo" else self._steps.redo)()
        elif name in {"quote", "cite"}:
            self._use_excerpt(name, self._tray.chosen())
        elif name == "lane":
            self._editor.turn_lane()
        elif name == "source":
            self._editor.show_source(self._toolbar.buttons[name].isChecked())
        else:
            self._use_in_text(name)

    def _use_excerpt(self, name: str, hit: Hit | None) -> None:
        if hit is None or not self._tray.isVisible():
            self._ask_excerpt()
        elif name == "quote":
            self._editor.insert_quotation(hit)
        else:
            self._editor.cite(hit)

    def _use_in_text(self, name: str) -> None:
        if self._editor.current_prose is None and name in _SHAPES:
            self._editor.add_prose()
        edit = self._editor.current_prose
        if edit is not None:
            edit.setFocus()
            edit.use("quote" if name == "block" else name)
