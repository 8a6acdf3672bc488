"""The export button: at a click with the choices of the last export, in its menu other formats and all choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.documents import HeadingNumbering
from briefer.domain.exporting import ExportOptions, Lanes
from briefer.domain.findings import Finding
from briefer.domain.form_parts import numbering_of, usual_options, with_numbering
from briefer.domain.templates import TemplateWarning
from briefer.errors import InputError, KnownError
from briefer.services.leaving import Cleared
from briefer.ui.brief.export.dialog import ExportDialog
from briefer.ui.brief.export.memory import ExportMemory, LastExport
from briefer.ui.brief.export.target import documents_folder, file_name
from briefer.ui.brief.export.template_words import warning_words
from briefer.ui.brief.export.words import effective, format_name, idle, is_spoken, short_name
from briefer.ui.brief.let_pass_dialog import LetPassDialog
from briefer.ui.brief.session import BriefSession
from briefer.ui.text import fill

OPTIONS_KEY = "Ctrl+Shift+E"
_MOST_WARNINGS = 4


@dataclass(frozen=True)
class _Exported:
    """An export that was done: the file, the choices to keep, what the template lacked, and whether it is recorded."""

    target: Path
    kept: LastExport
    warnings: tuple[TemplateWarning, ...] = ()
    recorded: bool = True


@dataclass(frozen=True)
class _Held:
    """An export that was not done: somebody has to let the red findings leave first."""

    target: Path
    options: ExportOptions | None
    red: tuple[Finding, ...]


class ExportButton(QToolButton):
    """Exports as was chosen last for the form of the brief, or asks for all choices."""

    before_export = Signal()
    """What is being typed must be stored first."""
    exported = Signal(object, object)
    """The path, and what is to be said of it (a tuple of sentences)."""

    checks_wanted = Signal()
    """The panel of the checks."""

    def __init__(self, session: BriefSession, suffixes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._suffixes = tuple(suffixes)
        self._memory = ExportMemory(session.context.settings)
        self._dialog: ExportDialog | None = None
        self.held: LetPassDialog | None = None
        self.setObjectName("primary")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setMenu(self._menu())
        self.clicked.connect(lambda _checked: self.ask())
        session.brief_changed.connect(self._name)
        self._name()

    @property
    def last(self) -> LastExport:
        """What was chosen at the last export of the form."""
        brief = self._session.brief
        return self._memory.last(brief.form, usual_options(brief, self._session.form))

    @property
    def dialog(self) -> ExportDialog | None:
        """The dialog of all choices, while it is open."""
        return self._dialog

    def ask(self, suffix: str = "") -> None:
        """Ask where to, and export there in a format (that of the last export where none is given)."""
        last = self.last
        suffix = suffix or self._usual_suffix()
        name = str(Path(last.folder or documents_folder()) / file_name(self._session.brief, suffix))
        kind = fill("%1 (*%2)", format_name(suffix), suffix)
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Export brief"), name, kind)
        if chosen:
            path = Path(chosen)
            self.export(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))

    def ask_options(self) -> None:
        """Show all choices of an export."""
        if self._dialog is None:
            self._dialog = dialog = ExportDialog(self._session, self._suffixes, self._memory, self)
            dialog.export_wanted.connect(self.export)
            dialog.finished.connect(self._let_dialog_go)
            dialog.open()

    def export(
        self, target: Path, options: ExportOptions | None = None, cleared: Cleared | None = None
    ) -> None:
        """Export to a file, in the format of its suffix; with the choices of the last export where none are given.

        Red findings do not leave unless ``cleared`` says who lets them; where nobody does, it is asked.
        """
        self.before_export.emit()
        last = self.last
        wanted = options or self._effective(last.options, target.suffix.lower())
        chosen = self._dialog.chosen if self._dialog else last
        self._number(wanted.numbering)
        kept = replace(chosen, folder=str(target.parent))
        desk, brief_id = self._session.desk, self._session.brief.id

        def work() -> _Exported | _Held:
            template, styles = wanted.template, wanted.template_styles
            warnings = desk.templates.look(template, styles).warnings if template else ()
            try:
                departed = desk.publish.export(brief_id, target, wanted, cleared)
            except InputError as error:
                red = error.data.get("findings")
                if not isinstance(red, tuple):
                    raise
                return _Held(target, options, red)
            return _Exported(target, kept, warnings, departed.recorded)

        self._session.context.run(
            work,
            self._follow,
            fill(self.tr("Exporting %1…"), target.name),
            failed=self._refuse,
            writes=True,
        )

    def _number(self, numbering: HeadingNumbering) -> None:
        """Let the brief keep how its headings are numbered, so that the editor shows what leaves."""
        session = self._session
        present = numbering_of(session.brief, session.form)
        if numbering is not present and session.desk.library.read_only is None:
            label = self.tr("Number headings")
            session.edit(label, lambda brief: with_numbering(brief, session.form, numbering))

    def _follow(self, result: _Exported | _Held) -> None:
        if isinstance(result, _Exported):
            self._done(result)
        else:
            self._ask_to_let(result)

    def _ask_to_let(self, held: _Held) -> None:
        """Ask who lets red findings leave; meanwhile nothing is exported."""
        author = self._session.context.settings.preferences.author
        parent = self._dialog or self
        self.held = dialog = LetPassDialog(held.red, author, parent)
        dialog.accepted.connect(lambda: self.export(held.target, held.options, dialog.cleared))
        dialog.rejected.connect(self._stop)
        dialog.show_checks.clicked.connect(self._to_checks)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _to_checks(self) -> None:
        if self.held is not None:
            self.held.reject()
        if self._dialog is not None:
            self._dialog.reject()
        self.checks_wanted.emit()

    def _stop(self) -> None:
        self.held = None
        if self._dialog is not None:
            self._dialog.stop()

    def _done(self, done: _Exported) -> None:
        self.held = None
        self._memory.keep(self._session.brief.form, done.kept)
        self._name()
        if self._dialog is not None:
            self._dialog.accept()
        told = [warning_words(warning) for warning in done.warnings]
        if not done.recorded:
            sentence = self.tr(
                "The library can only be read: no version was kept, and its record does not tell of this export."
            )
            told.insert(0, sentence)
        self.exported.emit(done.target, tuple(told))

    def _refuse(self, error: KnownError) -> None:
        if self._dialog is not None:
            self._dialog.refuse(error)
        else:
            self._session.context.problem.emit(error)

    def _let_dialog_go(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _usual_suffix(self) -> str:
        suffix = self.last.suffix
        return suffix if suffix in self._suffixes else self._suffixes[0]

    def _effective(self, options: ExportOptions, suffix: str) -> ExportOptions:
        brief = self._session.brief
        return effective(options, idle(suffix, spoken=is_spoken(brief), apart=brief.keeps_apart))

    def _name(self, *_briefs: object) -> None:
        """Name the format that a click exports to, and which lane, where that is not all of the brief."""
        suffix = self._usual_suffix()
        names = {
            Lanes.BOTH: self.tr("Export to %1"),
            Lanes.MAY_BE_USED: self.tr("Export to %1: may be used"),
            Lanes.NOT_FOR_DISCLOSURE: self.tr("Export to %1: not for disclosure"),
        }
        name = fill(names[self._effective(self.last.options, suffix).lanes], short_name(suffix))
        if name == self.text():
            return
        self.setText(name)
        self.setToolTip(fill(self.tr("%1 (Ctrl+E); all choices: Ctrl+Shift+E"), name))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for suffix in self._suffixes:
            action = menu.addAction(fill(self.tr("%1…"), format_name(suffix)))
            action.triggered.connect(lambda _checked=False, wanted=suffix: self.ask(wanted))
        menu.addSeparator()
        options = menu.addAction(self.tr("All choices…"))
        options.setShortcut(QKeySequence(OPTIONS_KEY))
        options.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        options.triggered.connect(lambda _checked=False: self.ask_options())
        return menu


class ExportedBar(QFrame):
    """Says what was exported, and leads to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exported")
        self._path = Path()
        self._told = QLabel()
        file = QPushButton(self.tr("Open"))
        folder = QPushButton(self.tr("Open folder"))
        close = QPushButton("✕")
        close.setAccessibleName(self.tr("Dismiss"))
        self.warnings = QLabel()
        self.warnings.setWordWrap(True)
        self.warnings.setTextFormat(Qt.TextFormat.PlainText)
        self.warnings.setObjectName("warnings")
        row = QHBoxLayout()
        row.addWidget(self._told, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 4, 6, 4)
        box.setSpacing(2)
        box.addLayout(row)
        box.addWidget(self.warnings)
        for button in (file, folder, close):
            button.setProperty("quiet", True)
            row.addWidget(button)
        file.clicked.connect(lambda: self._open(self._path))
        folder.clicked.connect(lambda: self._open(self._path.parent))
        close.clicked.connect(self.hide)
        self.hide()

    def tell(self, path: Path, warnings: Sequence[str] = ()) -> None:
        """Say that ``path`` was written, and what is to be known of it."""
        self._path = path
        self._told.setText(fill(self.tr("Exported %1"), path.name))
        self._told.setToolTip(str(path))
        told = [f"▲ {warning}" for warning in warnings[:_MOST_WARNINGS]]
        if len(warnings) > _MOST_WARNINGS:
            told.append(fill(self.tr("… and %1 more"), len(warnings) - _MOST_WARNINGS))
        self.warnings.setText("\n".join(told))
        self.warnings.setToolTip("\n".join(warnings))
        self.warnings.setVisible(bool(warnings))
        self.show()

    @staticmethod
    def _open(path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
