"""The dialog that lists the backups of a library and goes back to one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.backups import Backup, Differences
from briefer.errors import KnownError
from briefer.services.backups import Backups
from briefer.ui.backups.words import consequences, protection, reason, size, when
from briefer.ui.context import Context
from briefer.ui.problems import message
from briefer.ui.rows import choose_row
from briefer.ui.text import fill


class BackupsDialog(QDialog):
    """Shows the backups, what going back to the chosen one would change, and a button that does it.

    ``told`` stands above the list: why somebody should look here.
    """

    restore_wanted = Signal(object)
    """The :class:`Backup` to go back to."""
    rescue_wanted = Signal()
    """What can be read of the library is to be saved into a new one; offered where ``told`` says why."""

    def __init__(
        self, context: Context, backups: Backups, name: str, told: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(fill(self.tr("Backups of %1"), name))
        self._context = context
        self._backups = backups
        self._found: tuple[Backup, ...] = ()
        self.told = QLabel(told)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "error")
        self.told.setVisible(bool(told))
        self.table = QTableWidget(0, 7)
        self.change = QLabel()
        self.change.setTextFormat(Qt.TextFormat.PlainText)
        self.change.setWordWrap(True)
        self.change.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._show_change)
        self.refresh()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is chosen, or None."""
        row = self.table.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def refresh(self) -> None:
        """Read the list beside the window."""
        self._context.run(self._backups.all, self._show, failed=self._refuse)

    def make(self) -> None:
        """Make a backup beside the window."""
        self.now.setEnabled(False)
        self._say(self.tr("Backing up…"))
        self._context.run(self._backups.make, self._made, failed=self._refuse)

    def _made(self, _backup: Backup) -> None:
        self.now.setEnabled(True)
        self.refresh()

    def _show(self, found: Sequence[Backup]) -> None:
        self._found = tuple(found)
        self.table.setRowCount(len(found))
        for row, backup in enumerate(found):
            counts = backup.counts
            held = (counts.sources, counts.excerpts, counts.briefs) if counts else ("–", "–", "–")
            for column, text in enumerate(
                (when(backup), size(backup), *held, protection(backup), reason(backup))
            ):
                item = QTableWidgetItem(f"{text:,}" if isinstance(text, int) else text)
                if 0 < column < 5:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        if found:
            choose_row(self.table, 0)
            self.table.setFocus()
        else:
            self._say(self.tr("There are no backups yet."))
        self._show_change()

    def _show_change(self) -> None:
        chosen = self.chosen
        self.restore.setEnabled(chosen is not None)
        if chosen is not None:
            self._say(self.tr("Looking at what would change…"))
            self._context.run(
                partial(self._backups.differences, chosen), self._tell_change, latest="backup differences"
            )

    def _tell_change(self, differences: Differences | None) -> None:
        kept = self.tr("The library as it is now is kept as a backup first.")
        self._say(f"{consequences(differences)}\n\n{kept}")

    def _refuse(self, error: KnownError) -> None:
        self.now.setEnabled(True)
        self._say(message(error))

    def _say(self, text: str) -> None:
        self.change.setText(text)
        self.change.setAccessibleName(text)

    def _restore(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.close()
            self.restore_wanted.emit(chosen)

    def _rescue(self) -> None:
        self.close()
        self.rescue_wanted.emit()

    def _add_rescue(self, buttons: QDialogButtonBox) -> None:
        """Offer to save what can be read in the place of a backup, where the library is damaged."""
        damaged = bool(self.told.text())
        text = self.tr("&Save what can be read…")
        self.rescue = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        self.rescue.setAutoDefault(False)
        self.rescue.setVisible(damaged)
        self.rescue.clicked.connect(self._rescue)
        self.now.setVisible(not damaged)

    def _lay_out(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setHorizontalHeaderLabels(
            [
                self.tr("Made"),
                self.tr("Size"),
                self.tr("Sources"),
                self.tr("Excerpts"),
                self.tr("Briefs"),
                self.tr("Encrypted"),
                self.tr("Why"),
            ]
        )
        table.setAccessibleName(self.tr("Backups, the latest first"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header.setHighlightSections(False)
        for column, width in enumerate((190, 90, 90, 90, 80, 90)):
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(6, QHeaderView.ResizeMode.Stretch)
        heading = QLabel(self.tr("If you go back to this backup:"))
        heading.setProperty("role", "heading")
        scroll = QScrollArea()
        scroll.setWidget(self.change)
        scroll.setWidgetResizable(True)
        scroll.setMaximumHeight(150)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.now = buttons.addButton(self.tr("Back up &now"), QDialogButtonBox.ButtonRole.ActionRole)
        self.restore = buttons.addButton(self.tr("&Go back to this"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._add_rescue(buttons)
        self.now.setAutoDefault(False)
        self.now.clicked.connect(self.make)
        self.restore.clicked.connect(self._restore)
        buttons.rejected.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.told)
        box.addWidget(table, 1)
        box.addWidget(heading)
        box.addWidget(scroll)
        box.addWidget(buttons)
        self.setMinimumSize(620, 420)
        self.resize(760, 560)
