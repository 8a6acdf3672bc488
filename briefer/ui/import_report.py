"""What became of imported files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from briefer.ui.problems import message
from briefer.ui.text import counted

if TYPE_CHECKING:
    from briefer.services.collect import ImportReport


def in_one_line(report: ImportReport) -> str:
    """Return the counts of what was imported, was there already, or was refused."""
    tr = QCoreApplication.translate
    status = [result.status.value for result in report.results]
    parts = [
        counted(
            status.count("imported"), tr("Import", "1 source imported"), tr("Import", "%1 sources imported")
        )
    ]
    if same := status.count("duplicate"):
        parts.append(
            counted(same, tr("Import", "1 was there already"), tr("Import", "%1 were there already"))
        )
    if refused := status.count("refused"):
        parts.append(
            counted(refused, tr("Import", "1 file cannot be used"), tr("Import", "%1 files cannot be used"))
        )
    return " · ".join(parts)


class ImportReportDialog(QDialog):
    """Lists the files that could not be used, each with the reason and what to do."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import"))
        self.resize(620, 320)
        heading = QLabel(in_one_line(report))
        heading.setProperty("role", "heading")
        lines = [message(r.error) if r.error else f"{Path(r.file).name}: {r.reason}" for r in report.refused]
        text = QPlainTextEdit("\n".join(lines))
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Files that cannot be used"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(heading)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)
