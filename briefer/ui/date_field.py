"""A field of a date, which says below itself what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from briefer.domain.dates import Fault, in_words, read_typed
from briefer.ui.text import fill


def objection_to(text: str) -> str:
    """Return why ``text`` is not a date, in words; nothing where it is one, or empty."""
    tr = QCoreApplication.translate
    typed = read_typed(text)
    if not text or typed.fault is None:
        return ""
    if typed.fault is Fault.AMBIGUOUS:
        one, other = (in_words(day) for day in typed.detail)
        told = tr("Dates", "That may be %1 or %2: write the month as a word, or the year first (%3).")
        return fill(told, one, other, typed.detail[0])
    return fill(
        {
            Fault.SHAPE: tr(
                "Dates",
                "Write the date as 2025, 2025-12 or 2025-12-17, as 17 December 2025 or 2025年12月17日.",
            ),
            Fault.YEAR: tr("Dates", "There is no year 0."),
            Fault.MONTH: tr("Dates", "There is no month %1."),
            Fault.DAY: tr("Dates", "That month has no day %1."),
        }[typed.fault],
        *typed.detail,
    )


class DateField(QWidget):
    """A line for a year, month or day, or for nothing; what was typed in words turns into the form of the library.

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
        """The date (EDTF, level 0), or None where the field is empty or what stands in it is no date."""
        return read_typed(self.line.text()).value

    def show_value(self, value: str | None) -> None:
        """Show a date."""
        self.line.setText(value or "")

    def check(self) -> bool:
        """Say what is wrong, if anything is; return whether nothing is."""
        value = self.value
        if value is not None and value != self.line.text():
            self.line.setText(value)
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
