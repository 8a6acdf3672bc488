"""The dialog of the next brief for the same partner or risk."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from briefer.domain.results import BriefSummary
from briefer.ui.date_field import DateField
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
        self.field = DateField()
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        self.field.line.setPlaceholderText(fill(self.tr("such as %1"), today))
        label = QLabel(self.tr("Meeting &date"))
        label.setBuddy(self.field.line)
        fields = QFormLayout()
        fields.addRow(label, self.field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.make = buttons.addButton(self.tr("Create"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.make.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(told)
        box.addLayout(fields)
        box.addWidget(buttons)
        self.resize(460, 0)
        self.field.setFocus()

    @property
    def date(self) -> str | None:
        """The day of the meeting."""
        return self.field.value

    def accept(self) -> None:
        if self.field.check():
            super().accept()
        else:
            self.field.setFocus()
