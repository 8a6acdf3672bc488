"""The dialog of the next brief for the same partner or risk."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from briefer.domain.dates import is_edtf
from briefer.domain.results import BriefSummary
from briefer.ui.text import fill


class NextBriefDialog(QDialog):
    """Asks for the day of the next meeting; :attr:`date` is the answer, None where it is not known yet."""

    def __init__(self, brief: BriefSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Next brief"))
        told = QLabel(
            fill(
                self.tr(
                    "Takes over the sections and blocks of “%1”. What is new, stale or dropped since is told in "
                    "the new brief."
                ),
                brief.title,
            )
        )
        told.setWordWrap(True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit()
        self.field.setPlaceholderText(QDate.currentDate().toString(Qt.DateFormat.ISODate))
        fields = QFormLayout()
        fields.addRow(self.tr("Meeting &date"), self.field)
        self._objection = QLabel()
        self._objection.setProperty("role", "error")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.make = buttons.addButton(self.tr("Create"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.make.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(told)
        box.addLayout(fields)
        box.addWidget(self._objection)
        box.addWidget(buttons)
        self.resize(460, 0)
        self.field.textChanged.connect(self._judge)
        self.field.setFocus()

    @property
    def date(self) -> str | None:
        """The day of the meeting."""
        return self.field.text().strip() or None

    def _judge(self) -> None:
        wrong = self.date is not None and not is_edtf(self.date)
        self._objection.setText(self.tr("Write the date as 2026-01-15.") if wrong else "")
        self.make.setEnabled(not wrong)
