"""The vocabulary of the library: its terms, and exchanging them with a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from briefer import in_use
from briefer.atomic import write_bytes
from briefer.domain.tags import Term
from briefer.errors import InputError, KnownError
from briefer.ui.context import Context
from briefer.ui.pressing import KeyDialog
from briefer.ui.problems import message
from briefer.ui.rows import RowsView, choose_row
from briefer.ui.text import counted, fill
from briefer.ui.vocabulary.form import TermForm
from briefer.ui.vocabulary.model import TermsModel


class VocabularyDialog(KeyDialog):
    """A list of terms with a field to look for one, and the fields of the chosen term."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Vocabulary"))
        self.resize(1000, 640)
        self._context = context
        self._chosen: Term | None = None
        self.model = TermsModel(self)
        self.table = RowsView(self.model, {0: 70, 1: 90, 2: 150, 3: 120}, 4)
        self.table.setAccessibleName(self.tr("Terms"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Look for a term or one of its words"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.form = TermForm()
        self.add = QPushButton(self.tr("&New term"))
        self.take_in = QPushButton(self.tr("&Import CSV…"))
        self.give_out = QPushButton(self.tr("E&xport CSV…"))
        self.told = QLabel()
        self.told.setProperty("role", "soft")
        self.told.setWordWrap(True)
        self._lay_out()
        self._wire()
        self._show()

    def import_table(self, path: Path) -> None:
        """Take the terms of a CSV file in; all of them or none."""
        desk = self._context.desk
        if desk is None:
            return
        try:
            text = in_use.read_text(path)
        except (OSError, UnicodeDecodeError) as error:
            detail = getattr(error, "strerror", None) or "it is not UTF-8; save it as CSV UTF-8"
            self._refuse(InputError("input-unreadable", name=path.name, detail=detail))
            return
        self._context.change(lambda: desk.terms.import_table(text), done=self._tell_in, failed=self._refuse)

    def export_table(self, path: Path) -> None:
        """Write all terms as a CSV file that spreadsheets read as UTF-8."""
        desk = self._context.desk
        if desk is None:
            return

        def work() -> str:
            write_bytes(path, desk.terms.table().encode("utf-8-sig"))
            return path.name

        self._context.run(
            work,
            lambda name: self.told.setText(fill(self.tr("Written to %1."), name)),
            failed=self._refuse,
            writes=True,
        )

    # --- assembly ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QWidget()
        column_of = QVBoxLayout(left)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.addWidget(self.search)
        column_of.addWidget(self.table, 1)
        line = QHBoxLayout()
        for button in (self.add, self.take_in, self.give_out):
            line.addWidget(button)
        line.addStretch(1)
        column_of.addLayout(line)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.form)
        split.setSizes([600, 370])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.addWidget(split, 1)
        layout.addWidget(self.told)
        layout.addWidget(buttons)

    def _wire(self) -> None:
        self._context.vocabulary_changed.connect(self._show)
        self.search.textChanged.connect(self._look)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _was: self._choose(now.row()))
        self.add.clicked.connect(self._new)
        self.form.saved.connect(self._save)
        self.form.removal_wanted.connect(self._remove)
        self.take_in.clicked.connect(self._ask_import)
        self.give_out.clicked.connect(self._ask_export)

    # --- what a person does ------------------------------------------------------------------------------

    def _show(self) -> None:
        chosen = self._chosen
        self.model.show_vocabulary(self._context.vocabulary)
        row = self.model.row_of(chosen.kind, chosen.key) if chosen else -1
        if row >= 0:
            choose_row(self.table, row)

    def _look(self, text: str) -> None:
        self.model.look_for(text)
        if self.model.rowCount():
            choose_row(self.table, 0)

    def _choose(self, row: int) -> None:
        self._chosen = self.model.term(row) if 0 <= row < self.model.rowCount() else None
        self.form.show_term(self._chosen)

    def _new(self) -> None:
        self._chosen = None
        self.table.clearSelection()
        self.form.show_term(None)
        self.form.key.setFocus()

    def _save(self, term: Term) -> None:
        desk = self._context.desk
        if desk is not None:
            self._chosen = term
            self._context.change(lambda: desk.terms.put([term]), failed=self._refuse)
            self.told.setText(fill(self.tr("Saved “%1”."), term.label_en))

    def _remove(self) -> None:
        desk, term = self._context.desk, self._chosen
        if desk is not None and term is not None:
            self._chosen = None
            self._context.change(lambda: desk.terms.remove(term.kind, term.key), failed=self._refuse)
            self.told.setText(
                fill(self.tr("Removed “%1”; Ctrl+Z in the window brings it back."), term.label_en)
            )

    def _ask_import(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Import vocabulary"), "", self.tr("CSV (*.csv)")
        )
        if name:
            self.import_table(Path(name))

    def _ask_export(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export vocabulary"), "vocabulary.csv", self.tr("CSV (*.csv)")
        )
        if name:
            self.export_table(Path(name))

    def _tell_in(self, change: object) -> None:
        count = len(getattr(change, "ids", ()))
        self.told.setText(counted(count, self.tr("1 term taken in."), self.tr("%1 terms taken in.")))

    def _refuse(self, error: KnownError) -> None:
        self.told.setText(message(error))
