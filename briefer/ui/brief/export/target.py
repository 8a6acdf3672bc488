"""The name and place of the exported file, and the fields for them."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
)

from briefer.domain.briefs import Brief
from briefer.ui.brief.export.problem import Problem
from briefer.ui.context import Context
from briefer.ui.text import fill

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 80
_PAUSE_MS = 200
_BESIDE = 6


def file_name(brief: Brief, suffix: str, ceiling: str = "") -> str:
    """Return a name for the exported file: title and day of the meeting, without what a path forbids.

    The name of a releasable version ends in its ceiling.
    """
    title = _FORBIDDEN.sub(" ", brief.title).strip(" .") or "brief"
    title = re.sub(r"\s+", " ", title)[:_LONGEST].rstrip()
    day = f" {brief.meeting_date}" if brief.meeting_date and brief.meeting_date not in title else ""
    level = f" – {_FORBIDDEN.sub(' ', ceiling)}" if ceiling else ""
    return f"{title}{day}{level}{suffix}"


def documents_folder() -> str:
    """Return the folder for documents that the desktop names, or that of the user where there is none."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return named if Path(named).is_dir() else str(Path.home())


class TargetFields(QObject):
    """The rows for name and folder of the file. A file that is there already is told of, and replaced by the export."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.name = QLineEdit()
        self.folder = QLineEdit()
        self.problem = Problem()
        self._suffix = QLabel()
        self._suffix.setProperty("role", "soft")
        self._there = Problem(calm=True)
        self._browse = QPushButton(self.tr("C&hoose…"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._ask_folder)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        for field in (self.name, self.folder):
            field.textChanged.connect(self._judge)

    @property
    def path(self) -> Path:
        """The file; its suffix is that of the format, whether it was typed or not."""
        name, suffix = self.name.text().strip(), self._suffix.text()
        stem = name[: -len(suffix)] if suffix and name.lower().endswith(suffix) else name
        return Path(self.folder.text().strip()).expanduser() / f"{stem}{suffix}"

    @property
    def fits(self) -> bool:
        """Whether name and folder can be used, as far as their letters tell."""
        return not self._wrong()

    def show_place(self, name: str, folder: str) -> None:
        """Show a name without its suffix, and a folder."""
        self.name.setText(name)
        self.name.setCursorPosition(0)
        self.folder.setText(folder)
        self.folder.setCursorPosition(0)

    def show_suffix(self, suffix: str) -> None:
        """Show the suffix of the chosen format."""
        self._suffix.setText(suffix)
        self._judge()

    def add_rows(self, form: QFormLayout) -> None:
        """Put the fields into a form."""
        name = QHBoxLayout()
        name.setSpacing(_BESIDE)
        name.addWidget(self.name, 1)
        name.addWidget(self._suffix)
        folder = QHBoxLayout()
        folder.setSpacing(_BESIDE)
        folder.addWidget(self.folder, 1)
        folder.addWidget(self._browse)
        for text, row, field in (
            (self.tr("File &name"), name, self.name),
            (self.tr("F&older"), folder, self.folder),
        ):
            label = QLabel(text)
            label.setBuddy(field)
            form.addRow(label, row)
        form.addRow("", self._there)
        form.addRow("", self.problem)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self.folder, self.tr("Folder of the export"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)

    def _wrong(self) -> str:
        name = self.name.text().strip()
        if not name.strip(" ."):
            return self.tr("Give the file a name.")
        if _FORBIDDEN.search(name):
            return self.tr('A file name cannot hold any of \\ / : * ? " < > |')
        if not Path(self.folder.text().strip()).expanduser().is_absolute():
            return self.tr("Choose a folder.")
        return ""

    def _judge(self) -> None:
        self.problem.tell(self._wrong())
        self._there.tell("")
        self._pause.start()
        self.changed.emit()

    def _look(self) -> None:
        """Look beside the window whether the file is there: a drive may be slow to answer."""
        path = self.path
        self._context.run(lambda: (path, path.is_file()), self._tell_there, latest="export target")

    def _tell_there(self, found: tuple[Path, bool]) -> None:
        path, there = found
        if path == self.path and self.fits:
            told = fill(self.tr("%1 is there already; the export takes its place."), path.name)
            self._there.tell(told if there else "")
