"""Asking for the brief, and the section of it, that excerpts are to be quoted in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.briefs import Brief
from briefer.domain.forms import GENERATED
from briefer.domain.results import BriefSummary
from briefer.ui.context import Context
from briefer.ui.text import fill

_ID = Qt.ItemDataRole.UserRole


class BriefChooser(QDialog):
    """The briefs, last changed first, and the sections of the one that is chosen."""

    def __init__(self, context: Context, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(fill(self.tr("Quote %1 excerpts in a brief"), f"{count:,}"))
        self.setMinimumWidth(460)
        self._briefs = QListWidget()
        self._briefs.setAccessibleName(self.tr("Briefs"))
        self._sections = QComboBox()
        self._sections.setAccessibleName(self.tr("Section"))
        self._told = QLabel(self.tr("There is no brief yet: begin one with “New brief from results”."))
        self._told.setProperty("role", "soft")
        self._told.hide()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setEnabled(False)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.addWidget(self._told)
        layout.addWidget(self._briefs, 1)
        layout.addWidget(QLabel(self.tr("At the end of the section")))
        layout.addWidget(self._sections)
        layout.addWidget(self._buttons)
        self._briefs.currentItemChanged.connect(lambda item, _former: self._read(item))
        self._briefs.itemActivated.connect(lambda _item: self._ok.click())
        desk = context.desk
        if desk is not None:
            context.run(desk.compose.briefs, self._list)

    @property
    def chosen(self) -> tuple[str, str, str]:
        """The ids of the brief and the section, and the brief's title."""
        item: QListWidgetItem | None = self._briefs.currentItem()
        if item is None:
            return "", "", ""
        return str(item.data(_ID)), str(self._sections.currentData()), item.text()

    def _list(self, briefs: tuple[BriefSummary, ...]) -> None:
        for brief in briefs:
            item = QListWidgetItem(brief.title)
            item.setData(_ID, brief.id)
            self._briefs.addItem(item)
        self._told.setVisible(not briefs)
        self._briefs.setCurrentRow(0)
        self._briefs.setFocus()

    def _read(self, item: QListWidgetItem | None) -> None:
        desk = self._context.desk
        if item is not None and desk is not None:
            brief_id = str(item.data(_ID))
            self._context.run(lambda: desk.compose.brief(brief_id), self._show, latest="brief chooser")

    def _show(self, brief: Brief) -> None:
        self._sections.clear()
        for section in brief.sections:
            if section.type not in GENERATED:
                self._sections.addItem(section.heading, section.id)
        self._ok.setEnabled(self._sections.count() > 0)
