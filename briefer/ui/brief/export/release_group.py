"""The group of a releasable version: the ceiling, and what is left out below it, before anything is exported."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QListWidget, QListWidgetItem, QWidget

from briefer.domain.briefs import Brief
from briefer.domain.exporting import ExportOptions
from briefer.domain.floors import Portion
from briefer.domain.markings import MarkingScheme, level_of
from briefer.domain.releases import by_section
from briefer.services.leaving import Leaving
from briefer.ui.brief.export.group import Group
from briefer.ui.brief.export.problem import Problem
from briefer.ui.brief.export.words import Names
from briefer.ui.brief.parts import least_marking
from briefer.ui.brief.session import BriefSession
from briefer.ui.choice import Choice
from briefer.ui.text import counted, fill

_MOST = 5
"""Sections that are named."""
_LINES = 9
"""Lines of text that the list of what is left out is high."""


class ReleaseGroup(Group):
    """Offers the levels of the brief's scheme, or of all where it is of none."""

    leaving_known = Signal(object)
    """What leaves, a :class:`Leaving`."""

    def __init__(self, session: BriefSession, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Releasable version"), ("ceiling",), parent)
        self._session = session
        self._options = ExportOptions()
        self.ceiling = Choice()
        # A long name must not make the dialog wider.
        self.ceiling.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ceiling.addItem(self.tr("Everything, whatever its marking"), "")
        schemes = self._schemes()
        for scheme in schemes:
            for level in sorted(scheme.levels, key=lambda one: one.rank):
                name = fill(self.tr("Nothing above %1"), level.label)
                whole = name if len(schemes) == 1 else fill("%1 – %2", name, scheme.name_en)
                self.ceiling.addItem(whole, f"{scheme.id}/{level.id}")
        self.left_out = Problem(calm=True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What is left out, where, and why"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_LINES * self.list.fontMetrics().lineSpacing())
        self.list.hide()
        self.unmarked = Problem(calm=True)
        line = QFormLayout()
        line.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        line.addRow(self.tr("&Marked at most"), self.ceiling)
        self.inner.addLayout(line)
        self.inner.addWidget(self.left_out)
        self.inner.addWidget(self.list)
        self.inner.addWidget(self.unmarked)
        self.tie("ceiling", self.ceiling)
        self.ceiling.currentIndexChanged.connect(self.changed)

    def take(self, options: ExportOptions) -> None:
        self.ceiling.setCurrentIndex(max(self.ceiling.findData(options.ceiling), 0))

    def put(self, options: ExportOptions) -> ExportOptions:
        return replace(options, ceiling=str(self.ceiling.currentData()))

    def tell(self, options: ExportOptions, usual: ExportOptions, names: Names) -> None:
        super().tell(options, usual, names)
        former = self._options
        self._options = options
        if (former.ceiling, former.lanes) != (options.ceiling, options.lanes):
            self._look()

    def _schemes(self) -> tuple[MarkingScheme, ...]:
        schemes, brief = self._session.desk.markings, self._session.brief
        least = least_marking(brief, self._session.hits, schemes)
        bearing = (brief.marking, getattr(least, "marking", ""))
        own = [found[0] for marking in bearing if (found := level_of(marking, schemes))]
        return tuple({scheme.id: scheme for scheme in own}.values()) or schemes

    def _look(self) -> None:
        """Find out beside the window what would be left out."""
        self.left_out.tell("")
        self.list.hide()
        self.unmarked.tell("")
        publish, brief_id, options = self._session.desk.publish, self._session.brief.id, self._options
        self._session.context.run(
            lambda: publish.leaving(brief_id, options), self._show, latest="what is left out"
        )

    def _show(self, leaving: Leaving) -> None:
        brief = self._session.brief
        # The name of the file comes first: what follows from it would keep the list out of view.
        self.leaving_known.emit(leaving)
        if self._options.ceiling:
            self.left_out.tell(self._left_out(brief, leaving))
            self._show_list(brief, leaving)
            self.unmarked.tell(self._unmarked(brief, leaving))
            self.grown.emit()

    def _left_out(self, brief: Brief, leaving: Leaving) -> str:
        count = len(leaving.left_out)
        if not count:
            return self.tr("Nothing is left out.")
        told = counted(count, self.tr("1 portion is left out"), self.tr("%1 portions are left out"))
        return f"{told}: {self._where(by_section(brief, leaving.left_out))}."

    def _show_list(self, brief: Brief, leaving: Leaving) -> None:
        """List what is left out, with its place and the marking or the words for which it is."""
        headings = {section.id: section.heading for section in brief.sections}
        self.list.clear()
        for portion in leaving.left_out:
            heading = headings.get(portion.section, "")
            what = portion.what[:1].upper() + portion.what[1:]
            if heading and f"“{heading}”" not in what:
                what = fill(self.tr("%1, under “%2”"), what, heading)
            item = QListWidgetItem(f"{what}\n{self._why(portion)}", self.list)
            item.setToolTip(item.text())
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(self.list.count()))

    def _why(self, portion: Portion) -> str:
        if portion.repeats:
            return fill(self.tr("Repeats “%1” of “%2”"), portion.words, portion.repeats)
        if not portion.marking:
            return self.tr("Goes with what it cites, or stands under")
        found = level_of(portion.marking, self._session.desk.markings)
        return fill(self.tr("Marked %1"), found[1].label if found else portion.marking)

    def _unmarked(self, brief: Brief, leaving: Leaving) -> str:
        count = len(leaving.unmarked)
        if not count:
            return ""
        told = counted(
            count,
            self.tr("1 portion bears no marking and stays; read it first"),
            self.tr("%1 portions bear no marking and stay; read them first"),
        )
        return f"▲ {told}: {self._where(by_section(brief, leaving.unmarked))}."

    def _where(self, counts: tuple[tuple[str, int], ...]) -> str:
        head = self.tr("title, day, audience and author")
        told = [
            fill(self.tr("%1 in %2"), count, f"“{heading}”" if heading else head) for heading, count in counts
        ]
        if len(told) > _MOST:
            others = sum(count for _, count in counts[_MOST - 1 :])
            told[_MOST - 1 :] = [fill(self.tr("%1 elsewhere"), others)]
        return "; ".join(told)
