"""The dialog of the next brief for the same partner or risk."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLayout, QVBoxLayout, QWidget

from briefer.domain.dates import first_day, in_words
from briefer.domain.results import BriefSummary
from briefer.services.renewal import is_early
from briefer.ui.date_field import DateField
from briefer.ui.text import fill

_WIDTH = 440


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
        told.setMinimumWidth(_WIDTH)
        told.setTextFormat(Qt.TextFormat.PlainText)
        self.field = DateField()
        self._former = brief
        self._told: str | None = None
        self.field.line.setPlaceholderText(fill(self.tr("such as %1"), self._likely_day()))
        self.early = QLabel()
        self.early.setProperty("role", "error")
        self.early.setWordWrap(True)
        self.early.setTextFormat(Qt.TextFormat.PlainText)
        self.early.hide()
        self.field.changed.connect(self._tell_early)
        label = QLabel(self.tr("Meeting &date"))
        label.setBuddy(self.field.line)
        fields = QFormLayout()
        fields.addRow(label, self.field)
        fields.addRow("", self.early)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.make = buttons.addButton(self.tr("Create"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.make.setProperty("primary", True)
        self.make.setToolTip(self.tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.make.click)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(told)
        box.addLayout(fields)
        box.addWidget(buttons)
        # So high as the wrapped lines need; a window that is only resized is told of one line.
        box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.field.setFocus()

    @property
    def date(self) -> str | None:
        """The day of the meeting."""
        return self.field.value

    def _likely_day(self) -> str:
        """Return a day that a next meeting may be on: today, or a month after the last one where that is later."""
        days = [QDate.currentDate()]
        if self._former.meeting_date:
            last = first_day(self._former.meeting_date)
            days.append(QDate(last.year, last.month, last.day).addMonths(1))
        return max(days).toString(Qt.DateFormat.ISODate)

    def _tell_early(self) -> None:
        """Say where the next meeting would be before the last one."""
        former = self._former.meeting_date
        early = is_early(self.date, former)
        told = self.tr("That is before the last meeting, on %1.")
        self.early.setText(fill(told, in_words(former or "")) if early else "")
        self.early.setVisible(early)
        self.make.setText(self.tr("Create"))

    def accept(self) -> None:
        """Create, unless the date is wrong; one before the last meeting must have been told before it is asked for."""
        if not self.field.check() or self._tells_now():
            self.field.setFocus()
        else:
            super().accept()

    def _tells_now(self) -> bool:
        if not self.early.text() or self._told == self.date:
            return False
        self._told = self.date
        self.make.setText(self.tr("Create anyway"))
        return True
