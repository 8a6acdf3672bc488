"""Where an excerpt or source is used: its briefs, the headings there, and the versions that had it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefer.services.usage import Use
from briefer.ui.pressing import KeyDialog

_BRIEF = Qt.ItemDataRole.UserRole + 1


class UsesDialog(KeyDialog):
    """Lists briefs; Enter or a double click opens one."""

    brief_wanted = Signal(str)

    def __init__(self, uses: tuple[Use, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Where used"))
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([self.tr("Brief"), self.tr("Under"), self.tr("Versions")])
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.list.header().resizeSection(0, 240)
        self.list.header().resizeSection(1, 240)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("Briefs that use it"))
        for use in uses:
            under = "; ".join(use.headings) or self.tr("no longer")
            row = QTreeWidgetItem([use.title, under, ", ".join(map(str, use.versions))])
            row.setData(0, _BRIEF, use.brief_id)
            row.setToolTip(1, under)
            self.list.addTopLevelItem(row)
        told = QLabel(self.tr("No brief uses it.") if not uses else self.tr("Enter opens the brief."))
        told.setProperty("role", "soft")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.list, 1)
        box.addWidget(told)
        box.addWidget(buttons)
        self.list.itemActivated.connect(self._open)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.setVisible(bool(uses))
        self.resize(640, 320 if uses else 0)

    def _open(self, row: QTreeWidgetItem, _column: int) -> None:
        self.brief_wanted.emit(str(row.data(0, _BRIEF)))
        self.accept()
