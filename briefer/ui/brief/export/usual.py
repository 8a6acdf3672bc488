"""The usual choices of an export: format, file, citation style, language, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from briefer.domain.exporting import ExportOptions, Lanes, NotesAt
from briefer.ui.brief.export.group import let
from briefer.ui.brief.export.problem import Problem
from briefer.ui.brief.export.style_chooser import StyleChooser
from briefer.ui.brief.export.target import TargetFields
from briefer.ui.brief.export.words import format_name, language_name
from briefer.ui.brief.session import BriefSession
from briefer.ui.choice import Choice
from briefer.ui.text import fill

_LANGUAGES = ("en-GB", "en-US", "ja")


class Usual(QWidget):
    """The fields that most exports need; each tells below itself what is wrong with it."""

    changed = Signal()

    def __init__(self, session: BriefSession, suffixes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.format = Choice()
        for suffix in suffixes:
            self.format.addItem(fill("%1 (%2)", format_name(suffix), suffix), suffix)
        self.format_problem = Problem()
        self.target = TargetFields(session.context, self)
        self.style_chooser = StyleChooser(session)
        self.language = Choice()
        own = fill(self.tr("As the brief (%1)"), language_name(session.brief.language))
        self.language.addItem(own, None)
        for language in _LANGUAGES:
            self.language.addItem(language_name(language), language)
        self.notes = Choice()
        self.notes.addItem(self.tr("Footnotes"), NotesAt.FOOT)
        self.notes.addItem(self.tr("Endnotes"), NotesAt.END)
        self.lanes = Choice()
        self.lanes.addItem(self.tr("Everything, what is not for disclosure apart"), Lanes.BOTH)
        self.lanes.addItem(self.tr("Only what may be used"), Lanes.MAY_BE_USED)
        self.lanes.addItem(self.tr("Only what is not for disclosure"), Lanes.NOT_FOR_DISCLOSURE)
        self._style_label = QLabel(self.tr("Citation &style"))
        self._style_label.setBuddy(self.style_chooser)
        self._lay_out()
        self.format.currentIndexChanged.connect(self._follow_format)
        self.language.currentIndexChanged.connect(self._follow_language)
        self.notes.currentIndexChanged.connect(self.changed)
        self.lanes.currentIndexChanged.connect(self.changed)
        self.target.changed.connect(self.changed)
        self.style_chooser.changed.connect(self.changed)

    @property
    def suffix(self) -> str:
        """The suffix of the chosen format."""
        return str(self.format.currentData())

    def choose_format(self, suffix: str) -> None:
        """Choose a format; one that cannot be written any more gives way to the first."""
        self.format.setCurrentIndex(max(self.format.findData(suffix), 0))
        self._follow_format()

    def take(self, options: ExportOptions) -> None:
        """Show choices."""
        self.language.setCurrentIndex(max(self.language.findData(options.language), 0))
        self.notes.setCurrentIndex(self.notes.findData(options.notes))
        self.lanes.setCurrentIndex(self.lanes.findData(options.lanes))
        self.style_chooser.choose(options.style)

    def put(self, options: ExportOptions) -> ExportOptions:
        """Return ``options`` with what is chosen here."""
        return replace(
            options,
            style=self.style_chooser.name,
            language=self.language.currentData(),
            notes=NotesAt(self.notes.currentData()),
            lanes=Lanes(self.lanes.currentData()),
        )

    def let(self, idle: Mapping[str, str]) -> None:
        """Disable what means nothing now, with its reason."""
        let((self.style_chooser.box, self.style_chooser.add, self._style_label), idle.get("style", ""))
        let((self.notes,), idle.get("notes", ""))
        let((self.lanes,), idle.get("lanes", ""))

    def _follow_format(self) -> None:
        self.format_problem.tell("")
        self.target.show_suffix(self.suffix)
        self.changed.emit()

    def _follow_language(self) -> None:
        self.style_chooser.sample_in(self.language.currentData())
        self.changed.emit()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(7)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Format"), self.format)
        form.addRow("", self.format_problem)
        self.target.add_rows(form)
        form.addRow(self._style_label, self.style_chooser)
        form.addRow(self.tr("&Language"), self.language)
        form.addRow(self.tr("N&otes"), self.notes)
        form.addRow(self.tr("&What"), self.lanes)
