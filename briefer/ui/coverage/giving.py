"""What leaves the Coverage page: a picture of it, and its table as an annex of a brief."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.atomic import write_bytes
from briefer.domain.briefs import Brief
from briefer.domain.editing import add_section
from briefer.domain.results import BriefSummary
from briefer.errors import KnownError
from briefer.services.annexes import library_coverage
from briefer.services.changes import Change
from briefer.services.compose import annex_section
from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.coverage.picture import png_of
from briefer.ui.coverage.table import CoverageModel
from briefer.ui.problems import message
from briefer.ui.text import fill

_ID = Qt.ItemDataRole.UserRole


class AnnexDialog(QDialog):
    """The briefs, last changed first: which one is to have the table?"""

    def __init__(self, briefs: tuple[BriefSummary, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Add the table to a brief"))
        self.setMinimumSize(460, 300)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Briefs"))
        for brief in briefs:
            item = QListWidgetItem(brief.title)
            item.setData(_ID, brief.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        told = QLabel(self.tr("It becomes an annex at the end, which can be changed like any other text."))
        if not briefs:
            told.setText(self.tr("There is no brief yet."))
        told.setProperty("role", "soft")
        told.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.add = buttons.addButton(self.tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add.setProperty("primary", True)
        self.add.setEnabled(bool(briefs))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(lambda _item: self.accept())
        box = QVBoxLayout(self)
        box.addWidget(self.list, 1)
        box.addWidget(told)
        box.addWidget(buttons)

    @property
    def chosen(self) -> str:
        """The id of the chosen brief."""
        return str(self.list.item(self.list.currentRow()).data(_ID))


class Giving(QWidget):
    """The buttons for both, and what came of them. ``told`` says it in one line."""

    told = Signal(str, bool)
    """A sentence, and whether it tells of something that went wrong."""

    def __init__(self, context: Context, model: CoverageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self.title = ""
        self.legend = ""
        self.picture = QPushButton(self.tr("Save as &picture…"))
        self.annex = QPushButton(self.tr("Add to a &brief…"))
        self.picture.clicked.connect(self._ask_picture)
        self.annex.clicked.connect(self._ask_annex)

    def save_picture(self, path: Path) -> None:
        """Write the table to a PNG file."""
        data = png_of(self._model, self.title, self.legend)

        def work() -> str:
            write_bytes(path, data)
            return path.name

        self._context.run(
            work,
            lambda name: self.told.emit(fill(self.tr("Written to %1."), name), False),
            failed=self._refuse,
            writes=True,
        )

    def add_to(self, brief_id: str) -> None:
        """Put the table at the end of a brief, as an annex; the brief's undo takes it out again."""
        desk = self._context.desk
        if desk is None:
            return
        cells, today = self._model.cells, datetime.now(UTC).date()
        vocabulary = self._context.vocabulary

        def work() -> tuple[Brief, Change]:
            brief = desk.compose.brief(brief_id)
            heading, blocks = library_coverage(cells, vocabulary, brief.language, today)
            section = annex_section(heading, desk.markup.write(blocks))
            return brief, desk.compose.edit(brief_id, "Add the coverage", lambda b: add_section(b, section))

        self._context.change(work, brief_id, self._tell_added, failed=self._refuse)

    def _tell_added(self, brief: Brief) -> None:
        self.told.emit(fill(self.tr("Added to “%1”."), brief.title), False)

    def _refuse(self, error: KnownError) -> None:
        self.told.emit(message(error), True)

    def _ask_picture(self) -> None:
        title = self.tr("Save the coverage as a picture")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, "coverage.png", "PNG (*.png)")
        if chosen:
            path = Path(chosen)
            self.save_picture(path if path.suffix.lower() == ".png" else path.with_name(f"{path.name}.png"))

    def _ask_annex(self) -> None:
        desk: Desk | None = self._context.desk
        if desk is not None:
            self._context.run(desk.compose.briefs, self._choose, latest="briefs for coverage")

    def _choose(self, briefs: tuple[BriefSummary, ...]) -> None:
        dialog = AnnexDialog(briefs, self)
        dialog.accepted.connect(lambda: self.add_to(dialog.chosen))
        dialog.open()
