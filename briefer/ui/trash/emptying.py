"""The question before something is deleted for good: everything that would go is named in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from briefer.services.trash import Emptying
from briefer.ui.text import counted
from briefer.ui.trash.words import consequences


class EmptyingDialog(QDialog):
    """Names what would be gone; only the button that says so deletes, and the key Enter does not."""

    agreed = Signal()

    def __init__(self, emptying: Emptying, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Delete for good"))
        count = len(emptying.gone)
        told = QLabel(
            counted(
                count,
                self.tr("This would be gone for good. Nothing brings it back but a backup."),
                self.tr("These %1 things would be gone for good. Nothing brings them back but a backup."),
            )
        )
        told.setWordWrap(True)
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setAccessibleName(self.tr("What would be gone for good"))
        self.list.setPlainText(consequences(emptying))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.delete = buttons.addButton(
            counted(count, self.tr("&Delete for good"), self.tr("&Delete %1 for good")),
            QDialogButtonBox.ButtonRole.DestructiveRole,
        )
        self.delete.setAutoDefault(False)
        self.delete.clicked.connect(self._agree)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        cancel.setFocus()
        buttons.rejected.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        for widget in (told, self.list, buttons):
            box.addWidget(widget)
        self.resize(640, 380)

    def _agree(self) -> None:
        self.close()
        self.agreed.emit()
