"""The house template: the file, and which of its styles play which roles where that is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from briefer.domain.exporting import ExportOptions
from briefer.domain.templates import MAIN_ROLES, OWN_STYLE, Casting, Reason
from briefer.errors import KnownError
from briefer.services.templates import TemplateReport
from briefer.ui.brief.export.group import Group, soft
from briefer.ui.brief.export.memory import ExportMemory
from briefer.ui.brief.export.problem import Problem
from briefer.ui.brief.export.template_words import reason_words, role_name, warning_words
from briefer.ui.brief.session import BriefSession
from briefer.ui.choice import Choice
from briefer.ui.problems import message
from briefer.ui.text import counted

_LOOK = "house template"


class TemplateGroup(Group):
    """A Word file of the house. What is decided on its styles is kept by the digest of the file."""

    def __init__(self, session: BriefSession, memory: ExportMemory, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, title=self.tr("House template"), fields=("template",))
        self._session = session
        self._memory = memory
        self._path: Path | None = None
        self._report: TemplateReport | None = None
        self.file = QLabel()
        self.choose = QPushButton(self.tr("Choose a &template…"))
        self.remove = QPushButton(self.tr("Use none"))
        self.problem = Problem()
        self.every = QCheckBox(self.tr("Choose e&very style myself"))
        self.told = soft("")
        self.warnings = soft("")
        self.boxes: dict[str, QComboBox] = {}
        self._decided = ""
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._lay_out()
        self.choose.clicked.connect(self._ask_file)
        self.remove.clicked.connect(lambda: self.use(None))
        self.every.toggled.connect(self._show_castings)
        self.tie("template", self.choose, self.remove, self.file, self.every, self._table)
        self._show_file()

    def take(self, options: ExportOptions) -> None:
        self.use(options.template)

    def put(self, options: ExportOptions) -> ExportOptions:
        styles = self._report.chosen() if self._report else ()
        return replace(options, template=self._path, template_styles=styles)

    def refuse(self, error: KnownError) -> None:
        """Say what is wrong with the template."""
        self.problem.tell(message(error))
        self.open()

    def use(self, path: Path | None) -> None:
        """Use a template, or none; what it offers is looked at beside the window."""
        if path == self._path and (path is None or self._report is not None):
            return
        self._path, self._report = path, None
        self.problem.tell("")
        self._show_file()
        self._show_castings()
        if path is not None:
            self._look(path, ())
        self.changed.emit()

    # --- what the template offers ----------------------------------------------------------------------

    def _look(self, path: Path, chosen: Sequence[tuple[str, str]]) -> None:
        templates = self._session.desk.templates
        self._session.context.run(
            lambda: (path, templates.look(path, chosen)), self._take_report, failed=self.refuse, latest=_LOOK
        )

    def _take_report(self, found: tuple[Path, TemplateReport]) -> None:
        path, report = found
        if path != self._path:
            return
        kept = self._memory.styles(report.digest)
        if kept and not report.chosen():
            self._look(path, tuple(kept.items()))
            return
        self._report = report
        self._show_castings()
        self.changed.emit()
        self.grown.emit()

    def _decide(self, role: str, row: int) -> None:
        """Keep the decision on a role's style, and look at the template with it."""
        report, path = self._report, self._path
        if report is None or path is None:
            return
        chosen = dict(report.chosen()) | {role: str(self.boxes[role].itemData(row))}
        self._memory.keep_styles(report.digest, chosen)
        self._decided = role
        self._look(path, tuple(chosen.items()))

    def _show_file(self) -> None:
        self.file.setText(self._path.name if self._path else self.tr("None: Briefer’s own look"))
        self.file.setToolTip(str(self._path) if self._path else "")
        self.remove.setVisible(self._path is not None)

    def _show_castings(self) -> None:
        self._clear()
        report = self._report
        for widget in (self._table, self.every, self.told, self.warnings):
            widget.setVisible(report is not None)
        if report is None:
            return
        doubtful = [casting for casting in report.castings if in_doubt(casting)]
        self.told.setText(
            counted(
                len(doubtful),
                self.tr("▲ One style is not clear: choose another, or leave it so."),
                self.tr("▲ %1 styles are not clear: choose others, or leave them so."),
            )
            if doubtful
            else self.tr("✓ The styles of the template are clear.")
        )
        every = self.every.isChecked()
        asked = [c for c in report.castings if in_doubt(c) or c.reason is Reason.CHOSEN]
        clear = [c for c in report.castings if c not in asked and (every or c.role in MAIN_ROLES)]
        for row, casting in enumerate((*asked, *clear)):
            self._show_casting(row, casting, report, ask=every or casting in asked)
        # What has no style is told in the table.
        told = [warning_words(w) for w in report.warnings if w.code != "template-role-added"]
        self.warnings.setText("\n".join(told))
        self.warnings.setVisible(bool(told))
        decided, self._decided = self.boxes.get(self._decided), ""
        if decided is not None:
            decided.setFocus()

    def _show_casting(self, row: int, casting: Casting, report: TemplateReport, *, ask: bool) -> None:
        name = role_name(casting.role)
        label = QLabel(f"▲ {name}" if in_doubt(casting) else name)
        self._grid.addWidget(label, row, 0)
        if ask:
            box = self._box(casting, report)
            box.setAccessibleName(name)
            label.setBuddy(box)
            self.boxes[casting.role.value] = box
            self._grid.addWidget(box, row, 1)
        else:
            self._grid.addWidget(QLabel(casting.style or self.tr("Briefer’s own")), row, 1)
        self._grid.addWidget(soft(reason_words(casting.reason)), row, 2)

    def _box(self, casting: Casting, report: TemplateReport) -> QComboBox:
        box = Choice()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        fitting = [style.name for style in report.styles if style.kind is casting.role.kind]
        likely = [casting.style] if casting.style else []
        for style in dict.fromkeys((*likely, *casting.alternatives)):
            box.addItem(style, style)
        box.addItem(self.tr("Briefer’s own"), OWN_STYLE)
        for style in fitting:
            if box.findData(style) < 0:
                box.addItem(style, style)
        with QSignalBlocker(box):
            box.setCurrentIndex(box.findData(casting.style or OWN_STYLE))
        box.activated.connect(partial(self._decide, casting.role.value))
        return box

    def _clear(self) -> None:
        self.boxes.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    # --- assembly --------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        folder = str(self._path.parent) if self._path else ""
        name, _kind = QFileDialog.getOpenFileName(
            self, self.tr("House template"), folder, self.tr("Word documents and templates (*.docx *.dotx)")
        )
        if name:
            self.use(Path(name))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.file, 1)
        for button in (self.choose, self.remove):
            button.setAutoDefault(False)
            line.addWidget(button)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        for column, stretch in enumerate((3, 5, 4)):
            self._grid.setColumnStretch(column, stretch)
        self.inner.addLayout(line)
        for widget in (self.problem, self.told, self._table, self.every, self.warnings):
            self.inner.addWidget(widget)


def in_doubt(casting: Casting) -> bool:
    """Whether a person should look at what was guessed for a role that nearly every brief uses."""
    if casting.role not in MAIN_ROLES:
        return False
    return casting.reason is Reason.ADDED or (casting.reason is Reason.NAME and bool(casting.alternatives))
