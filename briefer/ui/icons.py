"""Icons: single-colour drawings from ``resources/icons``, inked in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from briefer import assets

_SIZES = (16, 22, 32, 44, 64)


@lru_cache
def _drawing(name: str) -> str:
    return (assets.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon(name: str, colour: str = "#000000", current: str = "", disabled: str = "") -> QIcon:
    """Return a drawing inked in ``colour``, in ``current`` while its button is checked, ``disabled`` while it is off."""
    made = QIcon()
    for ink, mode, state in (
        (colour, QIcon.Mode.Normal, QIcon.State.Off),
        (current or colour, QIcon.Mode.Normal, QIcon.State.On),
        (disabled or colour, QIcon.Mode.Disabled, QIcon.State.Off),
    ):
        renderer = QSvgRenderer(QByteArray(_drawing(name).replace("#000000", ink).encode()))
        for size in _SIZES:
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            made.addPixmap(pixmap, mode, state)
    return made
