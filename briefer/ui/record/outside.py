"""The dialog that lists what something else than Briefer has changed, and has it stand where a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.outside import Altered
from briefer.errors import KnownError
from briefer.services.review import Review
from briefer.ui.context import Context
from briefer.ui.pressing import KeyDialog
from briefer.ui.problems import message
from briefer.ui.record.words import subject
from briefer.ui.rows import Index, RowsModel, RowsView, choose_row
from briefer.ui.text import counted, fill


class OutsideModel(RowsModel):
    """What was changed, and what of it."""

    found: Sequence[Altered] = ()

    def show_found(self, found: Sequence[Altered]) -> None:
        """Show these, in this order."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def count(self) -> int:
        return len(self.found)

    def headings(self) -> tuple[str, ...]:
        return self.tr("What"), self.tr("Which"), self.tr("What is not as it was stored")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} or not index.isValid():
            return None
        altered = self.found[index.row()]
        return (subject(altered.kind), altered.label, altered.why)[index.column()]


class OutsideDialog(KeyDialog):
    """A list of what was changed; below it the whole of the chosen one, and a reason with which it may stand."""

    def __init__(self, context: Context, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Changes from outside"))
        self._context = context
        self._review = review
        self._last = ""
        self.model = OutsideModel(self)
        self.table = RowsView(self.model, {0: 80, 1: 300}, 2, several=True)
        self.table.setAccessibleName(self.tr("What something else than Briefer has changed"))
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why it may stand as it is now; the record keeps it"))
        self.reason.setAccessibleName(self.tr("Why it may stand"))
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.reason.textChanged.connect(self._follow)
        self.reason.returnPressed.connect(self.confirm.click)
        self.confirm.clicked.connect(self.let_stand)
        self.look()

    @property
    def chosen(self) -> tuple[Altered, ...]:
        """What is chosen."""
        return tuple(self.model.found[index.row()] for index in self.table.selectionModel().selectedRows())

    def look(self) -> None:
        """Hold the library against its record, beside the window."""
        self._say(self.tr("Looking…"))
        self._context.run(self._review.outside, self._show, latest="outside", failed=self._refuse)

    def let_stand(self) -> None:
        """Have what is chosen stand as it is now."""
        ids, reason = sorted({one.id for one in self.chosen if not one.text}), self.reason.text()
        self.confirm.setEnabled(False)
        self._context.change(
            partial(self._review.confirm, ids, reason), done=self._confirmed, failed=self._refuse
        )

    # --- what happened -----------------------------------------------------------------------------------

    def _show(self, found: tuple[Altered, ...]) -> None:
        self.model.show_found(found)
        if found:
            choose_row(self.table, 0)
        else:
            nothing = self.tr(
                "Nothing here was changed by something else than Briefer, as far as the record tells."
            )
            self._say(" ".join(filter(None, (self._last, nothing))))
        self._follow()

    def _choose(self) -> None:
        chosen = self.chosen
        if any(one.text for one in chosen):
            self._say(
                self.tr(
                    "The captured text itself is another, which nobody can confirm. Import the source again, "
                    "or go back to a backup; a brief that cites it asks before it is exported."
                )
            )
        elif chosen:
            compare = self.tr(
                "Compare it with the source, or with a backup from before, and correct what is wrong."
            )
            first = "" if len(chosen) > 1 else f"“{chosen[0].label}”: {chosen[0].why}."
            self._say("\n".join(filter(None, (self._last, first, compare))))
        self._last = ""
        self._follow()

    def _follow(self) -> None:
        may = [one for one in self.chosen if not one.text]
        self.confirm.setEnabled(bool(may and self.reason.text().strip()))

    def _confirmed(self, labels: tuple[str, ...]) -> None:
        stands = counted(
            len(labels), self.tr("1 thing stands as it is now."), self.tr("%1 things stand as they are now.")
        )
        self._last = fill(self.tr("%1 The record tells why."), stands)
        self.reason.clear()
        self.look()

    def _refuse(self, error: KnownError) -> None:
        self._say(message(error))
        self._follow()

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setAccessibleName(text)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        self.confirm = QPushButton(self.tr("It may &stand as it is"))
        line = QHBoxLayout()
        line.addWidget(self.reason, 1)
        line.addWidget(self.confirm)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        box.addWidget(self.told)
        box.addLayout(line)
        box.addWidget(buttons)
        self.setMinimumSize(700, 380)
        self.resize(960, 480)
