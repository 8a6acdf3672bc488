"""The dialog of an export: the usual choices first, the others in groups that open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.exporting import ExportOptions
from briefer.domain.form_parts import usual_options
from briefer.domain.markings import level_of
from briefer.errors import KnownError
from briefer.services.leaving import Leaving
from briefer.ui.brief.export.group import Group, soft
from briefer.ui.brief.export.groups import AnnexesGroup, CitationsGroup, LayoutGroup, MarkingsGroup
from briefer.ui.brief.export.memory import ExportMemory, LastExport
from briefer.ui.brief.export.problem import Problem
from briefer.ui.brief.export.release_group import ReleaseGroup
from briefer.ui.brief.export.target import documents_folder, file_name
from briefer.ui.brief.export.template_group import TemplateGroup
from briefer.ui.brief.export.usual import Usual
from briefer.ui.brief.export.words import Names, effective, idle, is_spoken, short_name, summary
from briefer.ui.brief.session import BriefSession
from briefer.ui.pressing import KeyDialog
from briefer.ui.problems import message
from briefer.ui.text import fill

_EDGE = 20
_TOP = 14
_AROUND = 8


class ExportDialog(KeyDialog):
    """Shows the choices of the last export of the form. It closes when the export is done."""

    export_wanted = Signal(object, object)
    """The :class:`Path` and the :class:`ExportOptions`."""

    def __init__(
        self,
        session: BriefSession,
        suffixes: Sequence[str],
        memory: ExportMemory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._usual = usual_options(session.brief, session.form)
        self._last = last = memory.last(session.brief.form, self._usual)
        self._under_way = False
        self._grown: Group | None = None
        self.setWindowTitle(self.tr("Export the brief"))
        self.usual = Usual(session, suffixes)
        self.citations = CitationsGroup()
        self.layout_group = LayoutGroup()
        self.markings = MarkingsGroup()
        self.annexes = AnnexesGroup()
        self.release = ReleaseGroup(session)
        self.template = TemplateGroup(session, memory)
        self._groups: tuple[Group, ...] = (
            self.citations,
            self.layout_group,
            self.markings,
            self.release,
            self.annexes,
            self.template,
        )
        self.release.leaving_known.connect(self._name_file)
        self.problem = Problem()
        self.told = soft("")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self._make_buttons()
        self._lay_out()
        self._take(last.options)
        self._stem = file_name(session.brief, "")
        self.usual.target.show_place(self._stem, last.folder or documents_folder())
        self.usual.choose_format(last.suffix)
        self.usual.changed.connect(self._follow)
        for group in self._groups:
            group.changed.connect(self._follow)
            group.grown.connect(partial(self._bring, group))
        self._follow()
        self.usual.format.setFocus()

    @property
    def chosen(self) -> LastExport:
        """What is chosen, to be kept for the next export of the form."""
        options = self.usual.put(self._last.options)
        for group in self._groups:
            options = group.put(options)
        return LastExport(self.usual.suffix, str(self.usual.target.path.parent), options)

    @property
    def options(self) -> ExportOptions:
        """What is chosen, without what means nothing in the chosen format."""
        return effective(self.chosen.options, self._idle())

    def stop(self) -> None:
        """Let everything be chosen again: nothing was exported."""
        self._set_under_way(under_way=False)

    def refuse(self, error: KnownError) -> None:
        """Say beside the field in question why nothing was exported; everything stays as it is chosen."""
        self._set_under_way(under_way=False)
        kind = error.code.partition("-")[0]
        if kind == "style":
            self.usual.style_chooser.refuse(error)
            self._lead_to(self.usual.style_chooser.box)
        elif kind == "pdf" or error.code == "export-format":
            self.usual.format_problem.tell(message(error))
            self._lead_to(self.usual.format)
        elif kind in {"template", "input"}:
            self.template.refuse(error)
        elif kind == "export":
            self.usual.target.problem.tell(message(error))
            self._lead_to(self.usual.target.name)
        else:
            self.problem.tell(message(error))

    def _name_file(self, leaving: Leaving) -> None:
        """Name the file after what leaves, and its ceiling; a name that was typed stays."""
        target = self.usual.target
        stem = file_name(leaving.brief, "", self._label(self.options.ceiling))
        if target.name.text() == self._stem:
            target.show_place(stem, target.folder.text())
        self._stem = stem

    def _label(self, marking: str) -> str:
        found = level_of(marking, self._session.desk.markings)
        return found[1].label if found else ""

    def _lead_to(self, field: QWidget) -> None:
        field.setFocus()
        self._scroll.ensureWidgetVisible(field, 0, 60)

    def _take(self, options: ExportOptions) -> None:
        self.usual.take(options)
        for group in self._groups:
            group.take(options)

    def _restore(self) -> None:
        self._take(self._usual)
        self._follow()

    def _idle(self) -> dict[str, str]:
        return idle(
            self.usual.suffix,
            in_text=self.usual.style_chooser.in_text,
            spoken=is_spoken(self._session.brief),
            apart=self._session.brief.keeps_apart,
        )

    def _follow(self) -> None:
        """Let everything tell what is chosen."""
        self._grown = None
        reasons = self._idle()
        options = self.options
        names = Names(self.usual.style_chooser.title, self._label(options.ceiling))
        self.usual.let(reasons)
        for group in self._groups:
            group.let(reasons)
            group.tell(options, self._usual, names)
        self.problem.tell("")
        self.told.setText(summary(options, self._usual, names))
        self.restore.setEnabled(self.chosen.options != self._usual)
        self.export.setText(fill(self.tr("Export to %1"), short_name(self.usual.suffix)))
        self.export.setEnabled(self.usual.target.fits and not self._under_way)

    def _ask(self) -> None:
        self._set_under_way(under_way=True)
        self.export_wanted.emit(self.usual.target.path, self.options)

    def _set_under_way(self, *, under_way: bool) -> None:
        self._under_way = under_way
        self._follow()
        if under_way:
            self.export.setText(self.tr("Exporting…"))

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.restore = self.buttons.addButton(
            self.tr("&Restore defaults"), QDialogButtonBox.ButtonRole.ResetRole
        )
        self.export: QPushButton = self.buttons.addButton(
            self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export.setProperty("primary", True)
        self.export.setToolTip(self.tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.export.click)
        # Return in the field of styles takes what was typed; it must not export.
        for button in self.buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.setTabOrder(self.restore, self.export)
        self.setTabOrder(self.export, cancel)
        self.restore.clicked.connect(self._restore)
        self.buttons.accepted.connect(self._ask)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("page")
        self._inner = inner = QVBoxLayout(content)
        inner.setContentsMargins(_EDGE, _TOP, _EDGE, 12)
        inner.setSpacing(6)
        inner.addWidget(self.usual)
        for group in self._groups:
            inner.addWidget(group)
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._keep_edge)
        below = QFrame()
        below.setObjectName("foot")
        foot = QVBoxLayout(below)
        foot.setContentsMargins(_EDGE, 10, _EDGE, 16)
        foot.setSpacing(8)
        foot.addWidget(self.problem)
        foot.addWidget(self.told)
        foot.addWidget(self.buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._scroll, 1)
        box.addWidget(below)
        self.setMinimumSize(620, 480)
        self.resize(720, 650)

    def _keep_edge(self, _least: int, most: int) -> None:
        """Give the scroll bar its room out of the margin, so that the fields stay where they are."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() if most else 0
        self._inner.setContentsMargins(_EDGE, _TOP, _EDGE - bar, 12)
        self._show_grown()

    def _bring(self, group: Group) -> None:
        """Bring all of a group into view, or else its beginning, as soon as it has its place."""
        self._grown = group
        QTimer.singleShot(0, group, self._show_grown)

    def _show_grown(self) -> None:
        group, bar, room = self._grown, self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        if group is not None:
            first, last = group.y() - _AROUND, group.y() + group.height() + _AROUND
            bar.setValue(max(bar.value(), min(first, last - room)))
