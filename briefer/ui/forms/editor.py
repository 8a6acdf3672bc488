"""The dialog of one form: its own fields, its sections, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.forms import Form, Variant, faults, id_from
from briefer.domain.markings import MarkingScheme
from briefer.ui.forms.fields import Fields
from briefer.ui.forms.sections import SectionsEditor
from briefer.ui.forms.words import fault_words, needs, numberings, yardsticks
from briefer.ui.text import counted, fill

_SECTION = re.compile(r"sections\[(\d+)\]\.(\w+)(?:\..*)?")


@dataclass(frozen=True)
class Choices:
    """What can be chosen in a form: citation styles and markings."""

    styles: Sequence[str]
    markings: Sequence[MarkingScheme]


class FormDialog(QDialog):
    """Edits a form; :attr:`wanted` is the form as the fields have it. It cannot be kept with a fault."""

    def __init__(
        self,
        form: Form,
        choices: Choices,
        *,
        taken: Sequence[str],
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._taken = frozenset(taken)
        self.setWindowTitle(fill(self.tr("Form: %1"), form.name() or self.tr("new")))
        self.resize(880, 640)
        self.general = Fields()
        self.sections = SectionsEditor()
        self.told = QLabel()
        self.told.setProperty("role", "error")
        self.told.setWordWrap(True)
        self._make_fields(choices)
        self._lay_out(read_only=read_only)
        shown = {f.name: getattr(form, f.name) for f in fields(form)}
        self.general.show_values({**shown, "variants": _written(form.variants)})
        self.sections.show_sections(form.sections, form.variants)
        self.general.changed.connect(self._follow)
        self.sections.changed.connect(self._follow)
        # Briefs know their form by its id, so it is chosen once.
        self.general.widget("id").setEnabled(not form.id)
        self._follow()
        self.general.widget("name_en").setFocus()

    @property
    def wanted(self) -> Form:
        """The form as it is written."""
        values = self.general.values()
        variants = _read(values.pop("variants"))
        values["id"] = values["id"].strip() or id_from(values["name_en"], self._taken)
        return replace(self._form, **values, variants=variants, sections=self.sections.sections)

    def _follow(self) -> None:
        """Show what is wrong, each with its field, and let the form be kept where nothing is."""
        form = self.wanted
        self.sections.show_variants(form.variants)
        general: dict[str, str] = {}
        sections: dict[int, dict[str, str]] = {}
        found = [(path, fault_words(path, why)) for path, why in faults(form)]
        if form.id != self._form.id and form.id in self._taken:
            found.append(("id", self.tr("Another form has this id.")))
        for path, why in found:
            if place := _SECTION.fullmatch(path):
                sections.setdefault(int(place[1]), {}).setdefault(place[2], why)
            else:
                general.setdefault(path, why)
        self.general.tell(general)
        self.sections.tell(sections)
        count = counted(len(found), self.tr("1 fault"), self.tr("%1 faults"))
        first = general.get("sections") or self.tr("Each is told below its field; ▲ marks the sections.")
        self.told.setText(f"{count}. {first}" if found else "")
        if self.keep is not None:
            self.keep.setEnabled(not found)

    def _make_fields(self, choices: Choices) -> None:
        made = self.general
        made.line("name_en", self.tr("&Name in English"))
        made.line("name_ja", self.tr("in &Japanese"))
        made.line("id", self.tr("&Id"), self.tr("small letters, digits and hyphens, for commands"))
        made.line("description_en", self.tr("&What it is for"))
        made.line("description_ja", self.tr("in Japanese"))
        made.line("title_en", self.tr("&Title of a brief"), self.tr("{subject} stands for whom it is about"))
        made.line("title_ja", self.tr("in Japanese"))
        made.choice("subjects", self.tr("A&bout"), needs())
        made.number("page_budget", self.tr("&Pages at most"), self.tr("no budget"), 999)
        levels = [
            (f"{scheme.id}/{level.id}", fill("%1 – %2", level.label, scheme.name_en))
            for scheme in choices.markings
            for level in scheme.levels
        ]
        made.choice("marking", self.tr("&Marking"), [("", self.tr("none")), *levels])
        made.choice("style", self.tr("&Citation style"), [(style, style) for style in choices.styles])
        made.choice("numbering", self.tr("Heading n&umbers"), numberings())
        made.number("stale_days", self.tr("Sources at most"), self.tr("of any age"), 36500).setSuffix(
            self.tr(" days old")
        )
        made.line("least_grade", self.tr("Least &grade"), self.tr("C, or C3; empty for any"))
        made.choice("yardstick", self.tr("&Likelihood words"), yardsticks())
        made.lines(
            "variants",
            self.tr("&Variants"),
            self.tr("other names of sections, one a line: uk, United Kingdom, 英国"),
        )

    def _lay_out(self, *, read_only: bool) -> None:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.general)
        self.tabs = QTabWidget()
        self.tabs.addTab(scroll, self.tr("&Form"))
        self.tabs.addTab(self.sections, self.tr("S&ections"))
        buttons = QDialogButtonBox()
        self.keep = None
        if read_only:
            self.general.setEnabled(False)
            self.sections.set_read_only()
            buttons.addButton(QDialogButtonBox.StandardButton.Close)
        else:
            buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
            self.keep = buttons.addButton(QDialogButtonBox.StandardButton.Save)
            self.keep.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.tabs, 1)
        box.addWidget(self.told)
        box.addWidget(buttons)


def _written(variants: Sequence[Variant]) -> str:
    return "\n".join(", ".join(filter(None, (v.id, v.name_en, v.name_ja))) for v in variants)


def _read(text: str) -> tuple[Variant, ...]:
    """Return the variants that are written one a line; what has no name in English is called by its id."""
    found: dict[str, Variant] = {}
    for line in text.splitlines():
        name, *names = (part.strip() for part in line.split(",", 2))
        if name and name not in found:
            english = names[0] if names and names[0] else name
            found[name] = Variant(name, english, names[1] if len(names) > 1 else "")
    return tuple(found.values())
