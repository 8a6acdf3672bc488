"""Choosing a marking: a level of any scheme, found by typing, or any other text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from briefer.domain.markings import MarkingScheme
from briefer.ui.search_box import SearchBox
from briefer.ui.text import fill


class MarkingBox(SearchBox):
    """The levels of all schemes, each scheme's from the lowest to the strictest; the first entry is none.

    A text that is no level's is a marking too: some offices have their own.
    """

    chosen = Signal(str)
    """A person chose another marking: ``scheme/level``, a text, or nothing."""

    def __init__(
        self, schemes: Sequence[MarkingScheme], language: str, none: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._marking = ""
        self.addItem(none, "")
        for scheme in schemes:
            name = scheme.name_ja if language == "ja" and scheme.name_ja else scheme.name_en
            for level in sorted(scheme.levels, key=lambda one: one.rank):
                self.addItem(fill("%1 – %2", level.label, name), f"{scheme.id}/{level.id}")
        self._labels = {
            f"{scheme.id}/{level.id}": level.label for scheme in schemes for level in scheme.levels
        }
        self.line.setPlaceholderText(none)
        self.currentIndexChanged.connect(self._choose)

    @property
    def marking(self) -> str:
        """``scheme/level``, another text, or nothing."""
        return self._marking

    def show_marking(self, marking: str) -> None:
        """Show a marking; one that is being typed is left alone."""
        if self.line.hasFocus() and self.line.isModified():
            return
        self._marking = marking
        row = self.findData(marking)
        if row < 0:
            same = [name for name, label in self._labels.items() if label.casefold() == marking.casefold()]
            row = self.findData(same[0]) if len(same) == 1 else -1
        self.show_entry(row)
        if row < 0:
            self.line.setText(marking)
            self.line.setCursorPosition(0)
        self.line.setModified(False)

    def take_other(self, text: str) -> None:
        """Take a text that is no level's as it is; an empty one is no marking."""
        self.line.setModified(False)
        if text != self._marking:
            self._tell(text)
        self.show_marking(text)

    def _choose(self, row: int) -> None:
        marking = self.itemData(row)
        if isinstance(marking, str):
            self.line.setModified(False)
            self._tell(marking)

    def _tell(self, marking: str) -> None:
        if marking != self._marking:
            self._marking = marking
            self.chosen.emit(marking)
