"""The dialog that checks a document against what was exported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.verification import Verification
from briefer.errors import KnownError
from briefer.ui.context import Context
from briefer.ui.pressing import KeyDialog
from briefer.ui.problems import message
from briefer.ui.rows import RowsView
from briefer.ui.verify.model import AMOUNT, PLACE, STATE, SUBJECT, TEXT, VerificationModel
from briefer.ui.verify.words import about, as_rich_text, as_text, verdict_line

if TYPE_CHECKING:
    from briefer.services.verify import Verify


class VerifyDialog(KeyDialog):
    """Shows how each quotation, citation and marking of a Word file stands.

    ``verify`` gives the service without a library; where one is open, its own is asked.
    """

    def __init__(self, context: Context, verify: Callable[[], Verify], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Check a document"))
        self._context = context
        self._verify = verify
        self._folder = ""
        self._found: Verification | None = None
        self.file = QLabel()
        self.file.setProperty("role", "heading")
        self.file.setTextFormat(Qt.TextFormat.PlainText)
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.about = QLabel()
        self.about.setProperty("role", "soft")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        self.only = QCheckBox(self.tr("&Only what is not as it was exported"))
        self.model = VerificationModel(context.colours, self)
        self.table = RowsView(self.model, {STATE: 210, SUBJECT: 100, PLACE: 170, AMOUNT: 100}, TEXT)
        self.table.setAccessibleName(self.tr("What became of each quotation, citation and marking"))
        self.detail = QTextBrowser()
        self.detail.setAccessibleName(self.tr("The text, with its changes"))
        self._lay_out()
        self.only.toggled.connect(lambda on: self._filter(only=on))
        self.table.selectionModel().currentChanged.connect(self._show_detail)
        context.colours_changed.connect(self._recolour)
        self._show_nothing("")

    def ask(self) -> bool:
        """Ask which file to check, and check it; return whether one was chosen."""
        name, _kind = QFileDialog.getOpenFileName(
            self.parentWidget() if self.isHidden() else self,
            self.tr("Check a document"),
            self._folder,
            self.tr("Word documents (*.docx)"),
        )
        if name:
            self.check(Path(name))
        return bool(name)

    def check(self, path: Path) -> None:
        """Check a file beside the window."""
        self._folder = str(path.parent)
        self.file.setText(path.name)
        self.file.setToolTip(str(path))
        self._show_nothing(self.tr("Checking…"))
        desk, verify = self._context.desk, self._verify
        self._context.run(
            lambda: (desk.verify if desk else verify()).check(path),
            self._show,
            failed=self._refuse,
            latest="verify",
        )

    def _show(self, found: Verification) -> None:
        self._found = found
        changed = any(row.level is not None for row in found.rows)
        self.told.setProperty("role", "heading")
        self._tell(verdict_line(found))
        self.about.setText(about(found))
        self.only.setEnabled(changed)
        self.only.setChecked(changed and self.only.isChecked())
        self.model.show_rows(found.rows, only_changed=self.only.isChecked())
        shown = (self.model.row(number) for number in range(self.model.rowCount()))
        self._select(next((i for i, row in enumerate(shown) if row and row.level is not None), 0))
        self.copy.setEnabled(True)
        self.table.setFocus()

    def _refuse(self, error: KnownError) -> None:
        self.told.setProperty("role", "error")
        self._tell(message(error))

    def _show_nothing(self, told: str) -> None:
        self._found = None
        self.copy.setText(self.tr("&Copy as text"))
        self.told.setProperty("role", "soft")
        self._tell(told)
        self.about.setText("")
        self.model.show_rows((), only_changed=False)
        self.detail.clear()
        self.copy.setEnabled(False)
        self.only.setEnabled(False)

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setAccessibleName(sentence)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    def _filter(self, *, only: bool) -> None:
        chosen = self.model.row(self.table.currentIndex().row())
        self.model.show_only_changed(only=only)
        shown = [self.model.row(number) for number in range(self.model.rowCount())]
        self._select(shown.index(chosen) if chosen in shown else 0)

    def _select(self, row: int) -> None:
        self.table.setCurrentIndex(self.model.index(row, STATE))

    def _show_detail(self, current: QModelIndex, _former: QModelIndex) -> None:
        row = self.model.row(current.row())
        self.detail.setHtml(as_rich_text(row, self._context.colours) if row else "")

    def _copy(self) -> None:
        if self._found is not None:
            QGuiApplication.clipboard().setText(as_text(self._found))
            self.copy.setText(self.tr("Copied"))

    def _recolour(self) -> None:
        self.model.recolour(self._context.colours)
        self._show_detail(self.table.currentIndex(), QModelIndex())

    # --- assembly --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        choose = QPushButton(self.tr("Choose &another…"))
        choose.clicked.connect(self.ask)
        head = QHBoxLayout()
        head.addWidget(self.file, 1)
        head.addWidget(choose)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(10)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([360, 130])
        split.setStretchFactor(0, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addLayout(head)
        for widget in (self.told, self.about, self.only):
            box.addWidget(widget)
        box.addWidget(split, 1)
        box.addWidget(buttons)
        self.setMinimumSize(640, 440)
        self.resize(960, 640)
