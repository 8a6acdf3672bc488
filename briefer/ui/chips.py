"""Small round buttons for tags and filters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from briefer.domain.tags import TagKind


def chip(text: str, kind: TagKind | None, name: str, do: Callable[[], object]) -> QPushButton:
    """Return a chip in the colours of a kind of tag; ``name`` is what a screen reader says."""
    button = QPushButton(text)
    button.setProperty("chip", True)
    if kind is not None:
        button.setProperty("kind", kind.value)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.clicked.connect(lambda _checked=False: do())
    return button
