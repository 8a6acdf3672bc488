"""The export button: Word at a click, other formats and the kind of notes in its menu."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QActionGroup, QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from briefer.domain.briefs import Brief, Version
from briefer.domain.exporting import ExportOptions, NotesAt
from briefer.ui.brief.session import BriefSession
from briefer.ui.text import fill

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 80


def file_name(brief: Brief, suffix: str) -> str:
    """Return a name for the exported file: title and day of the meeting, without what a path forbids."""
    title = _FORBIDDEN.sub(" ", brief.title).strip(" .") or "brief"
    title = re.sub(r"\s+", " ", title)[:_LONGEST].rstrip()
    day = f" {brief.meeting_date}" if brief.meeting_date and brief.meeting_date not in title else ""
    return f"{title}{day}{suffix}"


class ExportButton(QToolButton):
    """Asks for a file and exports to it."""

    before_export = Signal()
    """What is being typed must be stored first."""
    exported = Signal(object)
    """The path."""

    def __init__(self, session: BriefSession, suffixes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = ""
        self._target = Path()
        self.setObjectName("primary")
        self.setText(self.tr("Export to Word"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setToolTip(self.tr("Export to Word (Ctrl+E); other formats in the menu"))
        self.setMenu(self._menu(suffixes))
        self.clicked.connect(lambda: self.ask(".docx"))

    @property
    def notes(self) -> NotesAt:
        """Where notes are to stand."""
        return NotesAt(self._notes.checkedAction().data())

    def ask(self, suffix: str) -> None:
        """Ask where to, and export there."""
        folder = self._folder or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        name = str(Path(folder) / file_name(self._session.brief, suffix))
        kind = fill(self.tr("%1 (*%2)"), self._format(suffix), suffix)
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Export brief"), name, kind)
        if chosen:
            path = Path(chosen)
            self.export(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))

    def export(self, target: Path) -> None:
        """Export to a file, in the format of its suffix."""
        self.before_export.emit()
        self._folder, self._target = str(target.parent), target
        publish, brief_id, notes = self._session.desk.publish, self._session.brief.id, self.notes
        self._session.context.run(
            lambda: publish.export(brief_id, target, ExportOptions(notes=notes)),
            self._done,
            fill(self.tr("Exporting %1…"), target.name),
            writes=True,
        )

    def _done(self, _version: Version) -> None:
        self.exported.emit(self._target)

    def _menu(self, suffixes: Sequence[str]) -> QMenu:
        menu = QMenu(self)
        for suffix in suffixes:
            action = menu.addAction(fill(self.tr("%1…"), self._format(suffix)))
            action.triggered.connect(lambda _checked=False, wanted=suffix: self.ask(wanted))
        menu.addSeparator()
        self._notes = QActionGroup(self)
        for notes, text in (("foot", self.tr("Footnotes")), ("end", self.tr("Endnotes"))):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(notes == "foot")
            action.setData(notes)
            self._notes.addAction(action)
        return menu

    def _format(self, suffix: str) -> str:
        names = {
            ".docx": self.tr("Word document"),
            ".html": self.tr("Web page (HTML)"),
            ".md": self.tr("Markdown"),
            ".odt": self.tr("OpenDocument text"),
            ".pdf": self.tr("PDF"),
        }
        return names.get(suffix, suffix)


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
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self._told, 1)
        for button in (file, folder, close):
            button.setProperty("quiet", True)
            row.addWidget(button)
        file.clicked.connect(lambda: self._open(self._path))
        folder.clicked.connect(lambda: self._open(self._path.parent))
        close.clicked.connect(self.hide)
        self.hide()

    def tell(self, path: Path) -> None:
        """Say that ``path`` was written."""
        self._path = path
        self._told.setText(fill(self.tr("Exported %1"), path.name))
        self._told.setToolTip(str(path))
        self.show()

    @staticmethod
    def _open(path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
