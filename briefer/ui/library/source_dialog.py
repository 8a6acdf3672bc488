"""The dialog of a source's bibliographic data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.domain.flags import Standing, restanding, standing, successor
from briefer.domain.markings import MarkingScheme
from briefer.domain.sources import Source
from briefer.ui.date_field import DateField
from briefer.ui.marking_box import MarkingBox


class SourceDialog(QDialog):
    """Title, authors, publisher, date, address, reliability, marking."""

    def __init__(
        self,
        source: Source,
        schemes: Sequence[MarkingScheme],
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self.setWindowTitle(self.tr("Edit source"))
        self.setMinimumWidth(560)
        self.title = QPlainTextEdit(source.title)
        self.title.setTabChangesFocus(True)
        self.title.setFixedHeight(62)
        self.authors = QLineEdit("; ".join(source.authors))
        self.authors.setPlaceholderText(self.tr("separated by semicolons"))
        self.publisher = QLineEdit(source.publisher or "")
        self.date = DateField()
        self.date.show_value(source.published.value)
        self.date.line.setPlaceholderText(self.tr("2025, 2025-12 or 2025-12-17; empty where unknown"))
        self.written = QLineEdit(source.published.as_written or "")
        self.basis = QComboBox()
        for basis, text in (
            (Basis.EXPLICIT, self.tr("written out")),
            (Basis.RELATIVE, self.tr("relative (“3 hours ago”)")),
            (Basis.INFERRED, self.tr("inferred")),
        ):
            self.basis.addItem(text, basis)
        self.basis.setCurrentIndex(max(0, self.basis.findData(source.published.basis)))
        self.url = QLineEdit(source.url or "")
        self.language = QLineEdit(source.language)
        self.reliability = QComboBox()
        for letter, text in (
            ("A", self.tr("A completely reliable")),
            ("B", self.tr("B usually reliable")),
            ("C", self.tr("C fairly reliable")),
            ("D", self.tr("D not usually reliable")),
            ("E", self.tr("E unreliable")),
            ("F", self.tr("F cannot be judged")),
        ):
            self.reliability.addItem(text, letter)
        self.reliability.setCurrentIndex(self.reliability.findData(source.reliability))
        self.marking = MarkingBox(schemes, language, self.tr("Not marked"))
        self.marking.show_marking(source.marking or "")
        self.standing = QComboBox()
        for state, text in (
            (Standing.STANDS, self.tr("stands")),
            (Standing.WITHDRAWN, self.tr("was withdrawn by its publisher")),
            (Standing.SUPERSEDED, self.tr("was superseded by a newer one")),
        ):
            self.standing.addItem(text, state)
        self.standing.setCurrentIndex(self.standing.findData(standing(source.flags)))
        self.successor = QLineEdit(successor(source.flags))
        self.successor.setPlaceholderText(self.tr("title or date of the newer one"))
        self.standing.currentIndexChanged.connect(self._follow_standing)
        self._lay_out()

    def source(self) -> Source:
        """Return the source with what the fields say."""
        value, written = self.date.value, self.written.text().strip() or None
        dating = Dating(value, written, Basis(self.basis.currentData())) if value else UNDATED
        if value is None and written is not None:
            dating = Dating(None, written, Basis.UNKNOWN)
        return replace(
            self._source,
            title=" ".join(self.title.toPlainText().split()) or self._source.title,
            authors=tuple(a.strip() for a in self.authors.text().split(";") if a.strip()),
            publisher=self.publisher.text().strip() or None,
            published=dating,
            url=self.url.text().strip() or None,
            language=self.language.text().strip(),
            reliability=str(self.reliability.currentData()),
            marking=self.marking.marking or None,
            flags=restanding(
                self._source.flags, Standing(self.standing.currentData()), self.successor.text()
            ),
        )

    def accept(self) -> None:
        self.marking.take_typed()
        if self.date.check():
            super().accept()
        else:
            self.date.setFocus()

    def _follow_standing(self) -> None:
        self.successor.setEnabled(self.standing.currentData() == Standing.SUPERSEDED)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setContentsMargins(20, 18, 20, 16)
        form.setVerticalSpacing(8)
        for text, field in (
            (self.tr("&Title"), self.title),
            (self.tr("&Authors"), self.authors),
            (self.tr("&Publisher"), self.publisher),
            (self.tr("&Date"), self.date),
            (self.tr("Date as &written"), self.written),
            (self.tr("The date &is"), self.basis),
            (self.tr("Add&ress"), self.url),
            (self.tr("&Language"), self.language),
            (self.tr("R&eliability"), self.reliability),
            (self.tr("&Marking"), self.marking),
            (self.tr("It &now"), self.standing),
            (self.tr("Superseded &by"), self.successor),
        ):
            label = QLabel(text)
            label.setBuddy(field.focusProxy() or field)
            form.addRow(label, field)
        self._follow_standing()
        form.addRow(buttons)
