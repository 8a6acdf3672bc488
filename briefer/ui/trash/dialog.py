"""The dialog that shows what was deleted, puts it back, or deletes it for good."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.trash import Trashed
from briefer.errors import KnownError
from briefer.services.changes import Change
from briefer.services.trash import Emptying, Restored, Trash
from briefer.ui.context import Context
from briefer.ui.pressing import KeyDialog
from briefer.ui.problems import message
from briefer.ui.rows import RowsView, choose_row
from briefer.ui.text import fill
from briefer.ui.trash.emptying import EmptyingDialog
from briefer.ui.trash.model import TrashModel
from briefer.ui.trash.words import restored


class TrashDialog(KeyDialog):
    """A list of what is in the trash, the latest first, and what can be done with the chosen things."""

    def __init__(self, context: Context, trash: Trash, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(fill(self.tr("Trash of %1"), name))
        self._context = context
        self._trash = trash
        self._last = ""
        self.model = TrashModel(self)
        self.table = RowsView(self.model, {0: 140, 1: 80, 3: 160, 4: 110}, 2, several=True)
        self.table.setAccessibleName(self.tr("What was deleted, the latest first"))
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "soft")
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._choose)
        context.changed.connect(self._follow)
        self.refresh()

    @property
    def chosen(self) -> tuple[Trashed, ...]:
        """The things that are chosen."""
        return tuple(self.model.things[index.row()] for index in self.table.selectionModel().selectedRows())

    def refresh(self) -> None:
        """Read the list beside the window."""
        self._context.run(self._trash.all, self._show, latest="trash", failed=self._refuse)

    def put_back(self) -> None:
        """Put the chosen things back where they were."""
        places = [one.id for one in self.chosen]

        def work() -> tuple[Restored, Change]:
            done = self._trash.restore(places)
            return done, done.change

        self._context.change(work, done=self._tell_back, failed=self._refuse)

    def ask_delete(self) -> None:
        """Name what deleting the chosen things for good would do, and ask."""
        self._name_gone([one.id for one in self.chosen])

    def ask_empty(self) -> None:
        """Name what emptying the trash would do, and ask."""
        self._name_gone(None)

    def _name_gone(self, places: Sequence[str] | None) -> None:
        self._context.run(partial(self._trash.emptying, places), self._ask, failed=self._refuse)

    def _ask(self, emptying: Emptying) -> None:
        asking = EmptyingDialog(emptying, self)
        asking.agreed.connect(lambda: self._delete(emptying))
        asking.open()

    def _delete(self, emptying: Emptying) -> None:
        self._context.run(
            partial(self._trash.empty, emptying.gone), self._deleted, failed=self._refuse, writes=True
        )

    # --- what happened -----------------------------------------------------------------------------------

    def _show(self, things: tuple[Trashed, ...]) -> None:
        self.model.show_things(things)
        self.empty.setEnabled(bool(things))
        if (
            things
        ):  # choosing asks what can be done with it; the answer to a second question would take the words
            choose_row(self.table, 0)
        else:
            self._choose()

    def _choose(self) -> None:
        chosen = self.chosen
        self.back.setEnabled(bool(chosen))
        self.delete.setEnabled(bool(chosen))
        if len(chosen) == 1:
            self._context.run(partial(self._trash.stuck, chosen[0]), self._tell_stuck, latest="trash stuck")
        elif not self.model.things:
            self._say(self._last or self.tr("The trash is empty."))
            self._last = ""

    def _tell_stuck(self, why: str) -> None:
        self._say(fill(self.tr("It cannot be put back: %1."), why) if why else self._last)
        self._last = ""

    def _tell_back(self, done: Restored) -> None:
        self._last = restored(done)
        self._say(self._last)

    def _deleted(self, _nothing: None) -> None:
        self._last = self.tr("Deleted for good.")
        self.refresh()

    def _follow(self, _change: Change) -> None:
        self.refresh()

    def _refuse(self, error: KnownError) -> None:
        self._say(message(error))
        self.refresh()

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setAccessibleName(text)

    # --- assembly ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.back = self._button(buttons, self.tr("&Put back"))
        self.delete = self._button(buttons, self.tr("&Delete for good…"))
        self.empty = self._button(buttons, self.tr("&Empty trash…"))
        self.back.clicked.connect(self.put_back)
        self.delete.clicked.connect(self.ask_delete)
        self.empty.clicked.connect(self.ask_empty)
        buttons.rejected.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        box.addWidget(self.told)
        box.addWidget(buttons)
        self.setMinimumSize(620, 380)
        self.resize(860, 520)

    def _button(self, buttons: QDialogButtonBox, text: str) -> QPushButton:
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setEnabled(False)
        return button
