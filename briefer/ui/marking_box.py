"""Choosing a marking: a level of any scheme, found by typing, or any other text, which is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from briefer.domain.markings import MarkingScheme
from briefer.ui.search_box import SearchBox
from briefer.ui.text import fill


class MarkingBox(SearchBox):
    """The levels of all schemes, each scheme's from the lowest to the strictest; the first entry is none.

    Enter takes the first level that is offered; what is typed as a label comes first. A text that is no level's is a
    marking too, as some offices have their own, but only where «Other marking: …» is chosen.
    """

    chosen = Signal(str)
    """A person chose another marking: ``scheme/level``, a text, or nothing."""

    def __init__(
        self, schemes: Sequence[MarkingScheme], language: str, none: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._marking = ""
        self._schemes, self._language, self._none = tuple(schemes), language, none
        self._labels = {
            f"{scheme.id}/{level.id}": level.label for scheme in schemes for level in scheme.levels
        }
        self._list_levels()
        self._offers = QStringListModel(self)
        self._completer = completer = QCompleter(self._offers, self)
        completer.setMaxVisibleItems(self.maxVisibleItems())
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # The line writes the entry into itself at the same signal: what follows from that comes after it.
        completer.activated.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)
        self.line.setPlaceholderText(none)
        self.setToolTip(self.tr("Type a part of a level or of a scheme’s name, or open the list"))
        self.line.textEdited.connect(self._offer)
        self.currentIndexChanged.connect(self._choose)

    @property
    def marking(self) -> str:
        """``scheme/level``, another text, or nothing."""
        return self._marking

    @property
    def offered(self) -> tuple[str, ...]:
        """What is offered for what was typed last, the first as Enter takes it."""
        return tuple(self._offers.stringList())

    def take_typed(self) -> None:
        """Take what stands in the line as it is, or as the level whose name it is: who typed it ends with that."""
        typed = self.line.text().strip()
        if self.line.isModified():
            found = self._ranked(typed)[:1]
            self._take(str(self.itemData(found[0])) if found and self._is_whole(found[0], typed) else typed)

    def put_first(self, marking: str) -> None:
        """Offer the levels of the scheme of this marking (``scheme/level``) before all others."""
        scheme_id = marking.partition("/")[0]
        schemes = tuple(sorted(self._schemes, key=lambda scheme: scheme.id != scheme_id))
        if schemes != self._schemes:
            self._schemes = schemes
            with QSignalBlocker(self):
                self._list_levels()
            if not self.line.isModified():
                self.show_marking(self._marking)

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

    def _list_levels(self) -> None:
        self.clear()
        self.addItem(self._none, "")
        for scheme in self._schemes:
            name = scheme.name_ja if self._language == "ja" and scheme.name_ja else scheme.name_en
            for level in sorted(scheme.levels, key=lambda one: one.rank):
                self.addItem(fill("%1 – %2", level.label, name), f"{scheme.id}/{level.id}")

    def _ranked(self, typed: str) -> list[int]:
        """Return the rows that fit: whose label or text it is, whose label begins with it, then holds it, the others."""
        folded, found = typed.casefold(), []
        for row in range(self.count()):
            text = self.itemText(row).casefold()
            label = self._labels.get(self.itemData(row), "").casefold()
            fits = (folded in {label, text}, label.startswith(folded), folded in label, folded in text)
            if folded and any(fits):
                found.append((fits.index(True), row))
        return [row for _rank, row in sorted(found)]

    def _as_it_is(self, typed: str) -> str:
        return fill(self.tr("Other marking: %1"), typed)

    def _offer(self, text: str) -> None:
        typed = text.strip()
        entries = [self.itemText(row) for row in self._ranked(typed)]
        self._offers.setStringList([*entries, self._as_it_is(typed)] if typed else [])

    def _settle(self) -> None:
        """Take what was typed: at Enter the first that is offered, on leaving only what is no guess."""
        typed = self.line.text().strip()
        shown = self.itemText(self.currentIndex()) if self.currentIndex() >= 0 else self._marking
        if typed == shown:
            self.line.setModified(False)
            self.line.setCursorPosition(0)
            return
        last = self.offered[-1] if self.offered else ""
        if typed and typed == last:
            before, _quoted, after = self._as_it_is("\0").partition("\0")
            self._take(typed[len(before) : len(typed) - len(after)])
            return
        found = self._ranked(typed)
        whole = bool(found) and self._is_whole(found[0], typed)
        if not typed:
            self._take("")
        elif found and (whole or len(found) == 1 or self.line.hasFocus()):
            self._take(str(self.itemData(found[0])))
        elif self.line.hasFocus():
            self._completer.complete()  # «Other marking: …», to be chosen: nothing is taken yet
        else:
            self._take(self._marking)

    def _is_whole(self, row: int, typed: str) -> bool:
        names = (self._labels.get(self.itemData(row), ""), self.itemText(row))
        return typed.casefold() in {name.casefold() for name in names}

    def _take(self, marking: str) -> None:
        self.line.setModified(False)
        self._tell(marking)
        self.show_marking(marking)

    def _choose(self, row: int) -> None:
        marking = self.itemData(row)
        if isinstance(marking, str):
            self.line.setModified(False)
            self._tell(marking)

    def _tell(self, marking: str) -> None:
        if marking != self._marking:
            self._marking = marking
            self.chosen.emit(marking)
