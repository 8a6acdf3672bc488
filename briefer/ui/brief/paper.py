"""A page that is set in parts: only those that changed are set anew, and those in sight first."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

_SLICE_S = 0.012
# Qt gives the first block of what is inserted the format of the block that it comes into.
_LEAD = '<p style="-qt-paragraph-type:empty;"><br /></p>'


class Paper(QTextBrowser):
    """A browser that loads nothing: neither files nor pictures nor links.

    Each part of the page stands in a frame of its own, by which it is found again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenExternalLinks(False)
        self._frames: list[QTextFrame] = []
        self._held: list[str] = []
        self._wanted: Sequence[str] = ()
        self._place = ""
        self._gap = QTextBlockFormat()
        self._gap.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._set_slice)

    @property
    def shown(self) -> str:
        """The HTML that is shown by now."""
        return "\n".join(self._held)

    @property
    def settled(self) -> bool:
        """Whether all that was to be shown is."""
        return list(self._wanted) == self._held

    def show_parts(self, style: str, parts: Sequence[str], place: str) -> None:
        """Show a page of these parts of HTML, scrolled to the anchor ``place`` if there is one."""
        if style != self.document().defaultStyleSheet():
            self._clear(style)
        self._wanted, self._place = parts, place
        self._make_room()
        self._set_slice()

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002
        return None

    def doSetSource(
        self,
        name: QUrl | str,
        /,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,  # noqa: A002
    ) -> None:
        url = QUrl(name)
        if url.hasFragment():
            self.scrollToAnchor(url.fragment())

    def _clear(self, style: str) -> None:
        self._frames.clear()
        self._held.clear()
        self.document().clear()
        self.document().setDefaultStyleSheet(style)

    def _make_room(self) -> None:
        """Have as many frames as there are parts; those of parts that stay, stay."""
        held, wanted = self._held, self._wanted
        least = min(len(held), len(wanted))
        same = next((i for i in range(least) if held[i] != wanted[i]), least)
        below = next((i for i in range(least - same) if held[-1 - i] != wanted[-1 - i]), least - same)
        for _number in range(len(held) - len(wanted)):
            self._remove(len(self._held) - 1 - below)
        for _number in range(len(wanted) - len(held)):
            self._add(len(self._held) - below)

    def _add(self, index: int) -> None:
        cursor = self.document().rootFrame().lastCursorPosition()
        if index:
            cursor.setPosition(self._frames[index - 1].lastPosition() + 1)
        elif self._frames:
            cursor.setPosition(0)
        cursor.setBlockFormat(self._gap)
        self._frames.insert(index, cursor.insertFrame(QTextFrameFormat()))
        self._held.insert(index, "")

    def _remove(self, index: int) -> None:
        frame = self._frames.pop(index)
        del self._held[index]
        cursor = QTextCursor(self.document())
        cursor.setPosition(frame.firstPosition() - 1)
        cursor.setPosition(frame.lastPosition() + 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _set_slice(self) -> None:
        """Set parts that are not shown yet for some milliseconds, from that of the cursor on."""
        until = time.perf_counter() + _SLICE_S
        sign = f'id="{self._place}"'
        middle = next((i for i, part in enumerate(self._wanted) if self._place and sign in part), 0)
        waiting = [i for i, part in enumerate(self._wanted) if part != self._held[i]]
        waiting.sort(key=lambda index: abs(index - middle))
        for number, index in enumerate(waiting):
            self._set(index)
            if time.perf_counter() >= until and number + 1 < len(waiting):
                self._later.start()
                break
        if self._place:
            self.scrollToAnchor(self._place)

    def _set(self, index: int) -> None:
        frame, part = self._frames[index], self._wanted[index]
        cursor = frame.firstCursorPosition()
        cursor.setPosition(frame.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        cursor.setBlockFormat(QTextBlockFormat())
        cursor.setCharFormat(QTextCharFormat())
        cursor.insertHtml(f"<body>{_LEAD}{part}</body>")
        frame.firstCursorPosition().setBlockFormat(self._gap)
        cursor.endEditBlock()
        self._held[index] = part
