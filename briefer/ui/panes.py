"""Panes beside each other, whose widths a person sets and the settings keep."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from briefer.ui.settings import Settings

_GAP = 12


def beside(
    settings: Settings, name: str, panes: Sequence[tuple[QWidget, int, int]], sizes: Sequence[int]
) -> QSplitter:
    """Return a splitter of ``panes``, given with their stretch and least width in pixels.

    It opens as it was left under ``name``, the first time with ``sizes``.
    """
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setHandleWidth(_GAP)
    made.setChildrenCollapsible(False)
    for number, (widget, stretch, least) in enumerate(panes):
        widget.setMinimumWidth(least)
        made.addWidget(widget)
        made.setStretchFactor(number, stretch)
    made.setSizes(list(sizes))
    state = settings.window_state(name)
    if state is not None:
        made.restoreState(state)
    made.splitterMoved.connect(lambda: settings.keep_window_state(name, made.saveState()))
    return made
