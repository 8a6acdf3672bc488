"""What is dragged between the tray, the outline and the editor, by the names of its data."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

EXCERPT = "application/x-briefer-excerpt"
BLOCK = "application/x-briefer-block"
SECTION = "application/x-briefer-section"
PROSE = "application/x-briefer-prose"


def carry(kind: str, identifier: str, text: str = "") -> QMimeData:
    """Return data for a drag of one thing; ``text`` is what other programs receive."""
    data = QMimeData()
    data.setData(kind, identifier.encode())
    if text:
        data.setText(text)
    return data


def carried(data: QMimeData, kind: str) -> str:
    """Return the id of the thing of that kind which is dragged, or nothing."""
    return bytes(data.data(kind).data()).decode() if data.hasFormat(kind) else ""


def is_ours(data: QMimeData) -> bool:
    """Whether an excerpt, a block or a section is dragged."""
    return any(data.hasFormat(kind) for kind in (EXCERPT, BLOCK, SECTION))
