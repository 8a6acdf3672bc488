"""The dialog that names copies which the passphrase does not guard, and deletes them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.protection import LooseCopy
from briefer.errors import KnownError
from briefer.services.protection import Protection
from briefer.ui.context import Context
from briefer.ui.problems import message
from briefer.ui.protection.fields import note
from briefer.ui.text import fill


class CopiesDialog(QDialog):
    """Lists the copies, each with a tick; what is ticked is deleted."""

    deleted = Signal(int)
    """How many were."""

    def __init__(
        self,
        context: Context,
        protection: Protection,
        copies: Sequence[LooseCopy],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Copies that the passphrase does not guard"))
        self.resize(760, 420)
        self._context = context
        self._protection = protection
        self._copies = tuple(copies)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Copies"))
        for copy in self._copies:
            item = QListWidgetItem(self._line(copy))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if copy.by_hand else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.told = note(
            self.tr(
                "These are former states of the library, and can be read without its present passphrase. Delete them, or move them to a safe place. "
                "What is deleted may still be found on the disk with the tools for that, above all on an SSD; "
                "copies elsewhere, exports and mails are not listed here."
            )
        )
        self.buttons = QDialogButtonBox()
        self.delete = self.buttons.addButton(
            self.tr("&Delete the ticked"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.keep = self.buttons.addButton(self.tr("&Keep them"), QDialogButtonBox.ButtonRole.RejectRole)
        self.keep.setDefault(True)
        self.delete.clicked.connect(self._delete)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        column.addWidget(self.buttons)

    def _line(self, copy: LooseCopy) -> str:
        state = self.tr("another passphrase") if copy.encrypted else self.tr("not encrypted")
        if copy.by_hand:
            state = self.tr("your own copy, not encrypted")
        return fill(self.tr("%1   (%2 MB, %3)"), copy.path, f"{copy.size / 1e6:.1f}", state)

    def _delete(self) -> None:
        ticked = [
            copy
            for row, copy in enumerate(self._copies)
            if self.list.item(row).checkState() is Qt.CheckState.Checked
        ]
        self.delete.setEnabled(False)

        def done(_none: None) -> None:
            self.deleted.emit(len(ticked))
            self.accept()

        self._context.run(partial(self._protection.remove, ticked), done, failed=self._refuse, writes=True)

    def _refuse(self, error: KnownError) -> None:
        self.delete.setEnabled(True)
        self.told.setText(message(error))
