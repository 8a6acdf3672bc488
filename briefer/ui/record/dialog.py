"""The dialog that shows the record of a library, checks it and writes it into a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.record import Act, Break, Entry, Head, Wording, told
from briefer.errors import KnownError
from briefer.services.changes import Change
from briefer.services.record import Record
from briefer.ui.context import Context
from briefer.ui.pressing import KeyDialog
from briefer.ui.problems import message
from briefer.ui.record.facts import wording
from briefer.ui.record.model import RecordModel
from briefer.ui.record.words import about, act, verdict, when
from briefer.ui.rows import RowsView, choose_row
from briefer.ui.text import counted, fill

_TYPED_MS = 150


class RecordDialog(KeyDialog):
    """A list of entries, the latest first, by kind and words; below it the whole of the chosen one."""

    outside_wanted = Signal()
    """What something else than Briefer has changed is to be shown."""

    def __init__(self, context: Context, record: Record, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(fill(self.tr("Record of %1"), name))
        self._context = context
        self._record = record
        self._name = name
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Words of an entry: a title, a name, a file"))
        self.search.setAccessibleName(self.tr("Words of an entry"))
        self.search.setClearButtonEnabled(True)
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Kind of entry"))
        self.kind.addItem(self.tr("All kinds"))
        for one in Act:
            self.kind.addItem(act(one.value), one)
        self.count = QLabel()
        self.count.setProperty("role", "soft")
        self.model = RecordModel(context, record.entries, self)
        self.table = RowsView(self.model, {0: 150, 1: 110, 2: 120, 3: 260}, 4)
        self.table.setAccessibleName(self.tr("Entries, the latest first"))
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setAccessibleName(self.tr("The chosen entry"))
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._lay_out()
        self._wire()
        self.look()

    def look(self) -> None:
        """List the entries of the chosen kind that have the words."""
        kind = self.kind.currentData()
        kinds = (Act(kind),) if kind else ()
        self._context.run(
            partial(self._record.numbers, kinds, self.search.text()),
            self._show,
            latest="record",
            failed=self._refuse,
        )

    def check(self) -> None:
        """Hold the record against its hashes, beside the window."""
        self.checking.setEnabled(False)
        self._say(self.tr("Checking…"))
        self._context.run(
            lambda: (self._record.verify(), self._record.head()), self._checked, failed=self._refuse
        )

    def write(self, target: Path) -> None:
        """Write the record into a file, beside the window."""
        self._context.run(
            lambda: (self._record.export(target), target.name), self._written, failed=self._refuse
        )

    # --- what happened -----------------------------------------------------------------------------------

    def _show(self, numbers: tuple[int, ...]) -> None:
        self.model.show_numbers(numbers)
        self.count.setText(counted(len(numbers), self.tr("1 entry"), self.tr("%1 entries")))
        self.whole.clear()
        if numbers:
            choose_row(self.table, 0)

    def _choose(self, index: QModelIndex) -> None:
        entry = self.model.entry(index.row()) if index.isValid() else None
        self.whole.setPlainText(_whole(entry, wording(self._context)) if entry else "")

    def _arrived(self, first: QModelIndex, last: QModelIndex) -> None:
        row = self.table.currentIndex().row()
        if first.row() <= row <= last.row():
            self._choose(self.table.currentIndex())

    def _checked(self, result: tuple[Break | None, Head]) -> None:
        self.checking.setEnabled(True)
        found, head = result
        self._say(verdict(found, head), wrong=found is not None)

    def _written(self, result: tuple[int, str]) -> None:
        count, name = result
        entries = counted(count, self.tr("1 entry"), self.tr("%1 entries"))
        self._say(fill(self.tr("Written to %1: %2."), name, entries))

    def _refuse(self, error: KnownError) -> None:
        self.checking.setEnabled(True)
        self._say(message(error), wrong=True)

    def _follow(self, _what: Change | str) -> None:
        self._typed.start()

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.told.setProperty("role", "error" if wrong else "soft")
        self.told.style().polish(self.told)
        self.told.setText(text)
        self.told.setAccessibleName(text)

    def _ask_target(self) -> None:
        stem = Path(self._name).stem
        kinds = self.tr("Markdown, for people (*.md);;JSON Lines, for programs (*.jsonl)")
        name, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the record"), f"{stem} record.md", kinds
        )
        if name:
            self.write(Path(name))

    # --- assembly ----------------------------------------------------------------------------------------

    def _wire(self) -> None:
        self._typed.timeout.connect(self.look)
        self.search.textChanged.connect(self._follow)
        self.kind.currentIndexChanged.connect(self.look)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.model.dataChanged.connect(self._arrived)
        self._context.changed.connect(self._follow)

    def _lay_out(self) -> None:
        self.whole.setMaximumHeight(150)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.checking = buttons.addButton(self.tr("Chec&k it"), QDialogButtonBox.ButtonRole.ActionRole)
        self.outside = buttons.addButton(
            self.tr("&Changes from outside…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.saving = buttons.addButton(self.tr("&Save as…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.checking.clicked.connect(self.check)
        self.outside.clicked.connect(self.outside_wanted)
        self.saving.clicked.connect(self._ask_target)
        buttons.rejected.connect(self.close)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.kind)
        line.addWidget(self.count)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        box.addWidget(self.whole)
        box.addWidget(self.told)
        box.addWidget(buttons)
        self.setMinimumSize(700, 460)
        self.resize(1000, 660)


def _whole(entry: Entry, words: Wording) -> str:
    """Return all that an entry says, a line each."""
    lines = [f"{entry.number} · {when(entry)} · {entry.who}", f"{act(entry.kind)}: {about(entry)}"]
    lines += [f"{name}: {text}" for name, text in told(entry.facts, words)]
    return "\n".join([*lines, f"hash: {entry.hash}"])
