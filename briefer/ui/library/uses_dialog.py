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

_STRETCH, _BY_CONTENT = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.ResizeToContents
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
        self.list.setHeaderLabels(
            [self.tr("Brief"), self.tr("Meeting"), self.tr("Under"), self.tr("Versions")]
        )
        header = self.list.header()
        header.setStretchLastSection(False)
        for column, mode in enumerate((_STRETCH, _BY_CONTENT, _STRETCH, _BY_CONTENT)):
            header.setSectionResizeMode(column, mode)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("Briefs that use it"))
        for use in uses:
            under = "; ".join(use.headings) or self.tr("no longer")
            versions = ", ".join(map(str, use.versions))
            row = QTreeWidgetItem([use.title, use.meeting_date or "", under, versions])
            row.setData(0, _BRIEF, use.brief_id)
            row.setToolTip(0, use.title)
            row.setToolTip(2, under)
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
        self.resize(760, 320 if uses else 0)

    def _open(self, row: QTreeWidgetItem, _column: int) -> None:
        self.brief_wanted.emit(str(row.data(0, _BRIEF)))
        self.accept()
