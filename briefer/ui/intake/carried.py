"""What the clipboard or a drag carries, as something to import.

A browser or word processor offers one selection in several forms. HTML is preferred over text: its headings and
paragraphs are known, where those of plain text have to be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QMimeData, Qt
from PySide6.QtGui import QDropEvent, QImage, QImageWriter

from briefer.services.ports import Taken
from briefer.ui.text import fill

_INTERNAL = "application/x-briefer-"
_ADDRESS = re.compile(r"\s*[a-z][a-z0-9+.-]+://\S+\s*", re.IGNORECASE)
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|&nbsp;", re.IGNORECASE | re.DOTALL)


class What(Enum):
    """The kinds of things that are carried."""

    FILES = auto()
    HTML = auto()
    TEXT = auto()
    PICTURE = auto()
    ADDRESS = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Carried:
    """Files of this computer, or one thing in memory; neither for an address, or for nothing that is of use."""

    what: What
    paths: tuple[Path, ...] = ()
    taken: Taken | None = None


def accept_copy(event: QDropEvent) -> None:
    """Take a drag as a copy: a move would have its source delete what was dragged."""
    if event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.acceptProposedAction()


def what_is_in(mime: QMimeData) -> What:
    """Return what of a drag or of the clipboard would be taken."""
    if any(name.startswith(_INTERNAL) for name in mime.formats()):
        return What.NOTHING
    if any(url.isLocalFile() for url in mime.urls()):
        return What.FILES
    text = mime.text() if mime.hasText() else ""
    if _ADDRESS.fullmatch(text):
        return What.ADDRESS
    if mime.hasHtml() and _TAG.sub("", mime.html()).strip():
        return What.HTML
    if text.strip():
        return What.TEXT
    if mime.hasImage():
        return What.PICTURE
    return What.ADDRESS if mime.hasUrls() else What.NOTHING


def carried(mime: QMimeData, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Carried:
    """Return what a drag or the clipboard carries. Something in memory is named after the present time."""
    what, now = what_is_in(mime), clock()
    if what is What.FILES:
        return Carried(what, tuple(Path(u.toLocalFile()) for u in mime.urls() if u.isLocalFile()))
    stem = fill(
        QCoreApplication.translate("Import", "Pasted %1"), now.astimezone().strftime("%Y-%m-%d %H.%M.%S")
    )
    if what is What.HTML:
        # The mark says that it is UTF-8, whatever encoding the page names in its own head.
        data = mime.html().encode("utf-8-sig", "replace")
        return Carried(what, taken=Taken(f"{stem}.html", data, now, "text/html"))
    if what is What.TEXT:
        return Carried(
            what, taken=Taken(f"{stem}.txt", mime.text().encode("utf-8", "replace"), now, "text/plain")
        )
    if what is What.PICTURE:
        return Carried(what, taken=Taken(f"{stem}.png", _png(QImage(mime.imageData())), now, "image/png"))
    return Carried(what)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
