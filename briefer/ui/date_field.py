"""A field of a date, which says below itself what is wrong with it."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from briefer.domain.dates import is_edtf
from briefer.ui.text import fill

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def objection_to(text: str) -> str:
    """Return why ``text`` is not a date, in words; nothing where it is one, or empty."""
    tr = QCoreApplication.translate
    if not text or is_edtf(text):
        return ""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return tr("Dates", "Write the date as 2025, 2025-12 or 2025-12-17: year first, hyphens between.")
    year, month, day = shape.groups()
    if year == "0000":
        return tr("Dates", "There is no year 0.")
    if month and not 1 <= int(month) <= 12:
        return fill(tr("Dates", "There is no month %1; the month comes before the day."), month)
    return fill(tr("Dates", "That month has no day %1."), day)


class DateField(QWidget):
    """A line for a year, month or day (EDTF, level 0), or for nothing.

    It objects when it is left or when :meth:`check` is called, not at every key: half of a date is no fault yet.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, beside: QWidget | None = None) -> None:
        """``beside`` stands behind the line, in its row."""
        super().__init__(parent)
        self.line = QLineEdit()
        self.objection = QLabel()
        self.objection.setProperty("role", "error")
        self.objection.setWordWrap(True)
        self.objection.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        if beside is not None:
            row.addWidget(beside)
        box.addLayout(row)
        box.addWidget(self.objection)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._change)
        self.line.editingFinished.connect(self.check)

    @property
    def value(self) -> str | None:
        """The date, or None where the field is empty or what stands in it is no date."""
        text = self.line.text().strip()
        return text if is_edtf(text) else None

    def show_value(self, value: str | None) -> None:
        """Show a date."""
        self.line.setText(value or "")

    def check(self) -> bool:
        """Say what is wrong, if anything is; return whether nothing is."""
        self._object(objection_to(self.line.text().strip()))
        return self.objection.isHidden()

    def _change(self) -> None:
        self._object("")
        self.changed.emit()

    def _object(self, why: str) -> None:
        if why != self.objection.text():
            self.objection.setText(why)
            self.objection.setVisible(bool(why))
            self.line.setAccessibleDescription(why)
            self.line.setProperty("wrong", bool(why))
            self.line.style().polish(self.line)
