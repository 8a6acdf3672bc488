"""The sections of a form: their list, and the fields of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.forms import SectionForm, Variant
from briefer.ui.forms.fields import Fields
from briefer.ui.forms.words import fault_words, fillings, repetitions, section_types
from briefer.ui.text import fill

_VARIANT = "headings."


class SectionsEditor(QWidget):
    """Edits a form's sections in order. Ins adds one, Del removes it, Alt with ↑ and ↓ moves it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: list[SectionForm] = []
        self._variants: tuple[Variant, ...] = ()
        self._faults: dict[int, dict[str, str]] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sections of the form"))
        self.fields = Fields()
        self.add = QPushButton(self.tr("&Add"))
        self.remove = QPushButton(self.tr("&Remove"))
        self.up = QPushButton(self.tr("Up"))
        self.down = QPushButton(self.tr("Down"))
        self._lay_out()
        self._make_fields()
        self.list.currentRowChanged.connect(self._choose)
        self.fields.changed.connect(self._take)
        for button, keys, slot in (
            (self.add, "Ins", self._add),
            (self.remove, "Del", self._remove),
            (self.up, "Alt+Up", lambda: self._move(-1)),
            (self.down, "Alt+Down", lambda: self._move(1)),
        ):
            button.setToolTip(keys)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=slot: act())
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    @property
    def sections(self) -> tuple[SectionForm, ...]:
        """The sections as they now are."""
        return tuple(self._sections)

    def show_sections(self, sections: tuple[SectionForm, ...], variants: tuple[Variant, ...]) -> None:
        """Show the sections of a form, and its variants, by which they have other names."""
        self._sections = list(sections)
        self.show_variants(variants)
        self._list(0)

    def show_variants(self, variants: tuple[Variant, ...]) -> None:
        """Give the sections a field for their name in each variant; names for others are forgotten."""
        if variants == self._variants:
            return
        self._variants = variants
        known = {variant.id for variant in variants}
        self._sections = [
            replace(s, headings={k: v for k, v in s.headings.items() if k in known}) for s in self._sections
        ]
        self.fields.clear()
        self._make_fields()
        self._choose(self.list.currentRow())

    def tell(self, faults: Mapping[int, Mapping[str, str]]) -> None:
        """Say what is wrong, by the section's place and the name of its field."""
        self._faults = {
            place: {name: fault_words(name, why) for name, why in found.items()}
            for place, found in faults.items()
        }
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setText(self._named(row))
        self.fields.tell(self._faults.get(self.list.currentRow(), {}))

    def set_read_only(self) -> None:
        """Show everything and let nothing be changed."""
        self.fields.setEnabled(False)
        for button in (self.add, self.remove, self.up, self.down):
            button.hide()

    # --- what can be done --------------------------------------------------------------------------------

    def _add(self) -> None:
        at = self.list.currentRow() + 1
        self._sections.insert(at, SectionForm("background", self.tr("New section")))
        self._list(at)
        self.changed.emit()
        heading = self.fields.widget("heading_en")
        heading.setFocus()

    def _remove(self) -> None:
        at = self.list.currentRow()
        if at >= 0 and self.remove.isVisibleTo(self):
            del self._sections[at]
            self._list(min(at, len(self._sections) - 1))
            self.changed.emit()

    def _move(self, step: int) -> None:
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + step < len(self._sections) and self.up.isVisibleTo(self):
            self._sections.insert(at + step, self._sections.pop(at))
            self._list(at + step)
            self.changed.emit()

    def _take(self) -> None:
        at = self.list.currentRow()
        if at < 0:
            return
        values = self.fields.values()
        headings = {
            variant.id: text
            for variant in self._variants
            if (text := values.pop(_VARIANT + variant.id).strip())
        }
        self._sections[at] = replace(self._sections[at], **values, headings=headings)
        self.list.item(at).setText(self._named(at))
        self.changed.emit()

    def _choose(self, at: int) -> None:
        self.fields.setVisible(0 <= at < len(self._sections))
        if 0 <= at < len(self._sections):
            section = self._sections[at]
            shown = {f.name: getattr(section, f.name) for f in fields(section)}
            shown |= {_VARIANT + v.id: section.headings.get(v.id, "") for v in self._variants}
            self.fields.show_values(shown)
            self.fields.tell(self._faults.get(at, {}))

    def _list(self, chosen: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([self._named(row) for row in range(len(self._sections))])
        self.list.blockSignals(False)
        self.list.setCurrentRow(chosen)
        self._choose(chosen)

    def _named(self, row: int) -> str:
        section = self._sections[row]
        mark = "▲ " if self._faults.get(row) else ""
        return fill("%1%2. %3", mark, row + 1, section.heading_en or section.type)

    # --- assembly ----------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        made = self.fields
        made.choice("type", self.tr("T&ype"), section_types())
        made.line("heading_en", self.tr("&Heading in English"))
        made.line("heading_ja", self.tr("in &Japanese"))
        for variant in self._variants:
            made.line(_VARIANT + variant.id, fill(self.tr("as: %1"), variant.name()))
        made.choice("each", self.tr("&Stands"), repetitions())
        made.choice("fill", self.tr("Fi&lled with"), fillings())
        made.number("at_most", self.tr("Excerpts at &most"), "", 99)
        made.number("word_limit", self.tr("&Words at most"), self.tr("no limit"))
        made.tick("required", self.tr("Must be written before the brief leaves"))
        made.lines("prompt_en", self.tr("Hin&t in English"), self.tr("shown while the section is empty"))
        made.lines("prompt_ja", self.tr("in Japanese"))
        made.lines("starter_en", self.tr("&Begins with"), self.tr("text of every new section, in Markdown"))
        made.lines("starter_ja", self.tr("in Japanese"))
        made.line("rest_en", self.tr("Rest &under"), self.tr("heading of what no risk or partner fits"))
        made.line("rest_ja", self.tr("in Japanese"))

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.fields)
        buttons = QHBoxLayout()
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        row = QHBoxLayout(self)
        row.addLayout(left, 9)
        row.addWidget(scroll, 14)
