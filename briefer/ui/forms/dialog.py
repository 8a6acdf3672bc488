"""The list of forms: Briefer's, which are only read, and the library's own, which are made and changed here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer import in_use
from briefer.atomic import write_bytes
from briefer.domain.forms import Form, SectionForm
from briefer.errors import InputError, KnownError
from briefer.services.changes import Change, Kind
from briefer.services.forms import Forms
from briefer.ui.context import Context
from briefer.ui.forms.editor import Choices, FormDialog
from briefer.ui.pressing import KeyDialog
from briefer.ui.problems import message
from briefer.ui.text import fill

_ID = Qt.ItemDataRole.UserRole
_JSON = "JSON (*.json)"


class FormsDialog(KeyDialog):
    """Lists forms. Enter edits one (or shows one of Briefer's), Ctrl+D duplicates, Ins adds, Del deletes."""

    forms_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Forms"))
        self.resize(720, 480)
        self._context = context
        self._forms: dict[str, Form] = {}
        self._own: frozenset[str] = frozenset()
        self._choose_next = ""
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Forms"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("role", "soft")
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.list.currentRowChanged.connect(self._describe)
        self.list.itemActivated.connect(lambda _item: self.edit())
        context.changed.connect(self._follow)
        self._read()

    @property
    def chosen(self) -> Form | None:
        """The chosen form, or None."""
        row = self.list.currentRow()
        return self._forms.get(str(self.list.item(row).data(_ID))) if row >= 0 else None

    def add(self) -> None:
        """Make a new form in its dialog."""
        section = SectionForm("background", self.tr("Background"))
        self._ask(Form("", "", sections=(section,)))

    def edit(self) -> None:
        """Change the chosen form in its dialog; one of Briefer's is only shown."""
        form = self.chosen
        if form is not None:
            self._ask(form, read_only=form.id not in self._own)

    def duplicate(self) -> None:
        """Keep a copy of the chosen form, and open it."""
        form, desk = self.chosen, self._context.desk
        if form is None or desk is None:
            return
        name = fill(self.tr("%1 (copy)"), form.name_en)
        self._context.change(
            lambda: desk.forms.duplicate(form.id, name), done=self._open_copy, failed=self._refuse
        )

    def remove(self) -> None:
        """Delete the chosen form, if it is the library's own; undo brings it back."""
        form, desk = self.chosen, self._context.desk
        if form is not None and desk is not None and form.id in self._own:
            self._context.change(lambda: desk.forms.remove(form.id), failed=self._refuse)

    def import_form(self, path: Path) -> None:
        """Take a form in from a file; a fault in it is told with its line and field."""
        desk = self._context.desk
        if desk is None:
            return

        def work() -> tuple[Form, Change]:
            try:
                text = in_use.read_text(path)
            except UnicodeDecodeError:
                raise InputError("input-encoding", name=path.name) from None
            except OSError as error:
                raise InputError("input-unreadable", name=path.name, detail=error.strerror) from error
            form = Forms.read(text, path.name)
            return form, desk.forms.save(form)

        self._context.change(work, done=self._tell_imported, failed=self._refuse)

    def export_form(self, path: Path) -> None:
        """Write the chosen form to a file that can be changed and taken in again."""
        form = self.chosen
        if form is None:
            return

        def work() -> str:
            write_bytes(path, Forms.text(form).encode())
            return path.name

        self._context.run(
            work,
            lambda name: self._say(fill(self.tr("Written to %1."), name)),
            failed=self._refuse,
            writes=True,
        )

    # --- what follows ------------------------------------------------------------------------------------

    def _ask(self, form: Form, *, read_only: bool = False) -> None:
        desk = self._context.desk
        if desk is None:
            return
        read_only = read_only or desk.library.read_only is not None
        choices = Choices(desk.publish.styles(), desk.markings)
        dialog = FormDialog(form, choices, taken=tuple(self._forms), read_only=read_only, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._keep(dialog.wanted))
        dialog.open()

    def _keep(self, form: Form) -> None:
        desk = self._context.desk
        if desk is not None:
            self._choose_next = form.id
            self._context.change(lambda: desk.forms.save(form), failed=self._refuse)

    def _open_copy(self, form: Form) -> None:
        self._own |= {form.id}
        self._forms[form.id] = form
        self._choose_next = form.id
        self._ask(form)

    def _tell_imported(self, form: Form) -> None:
        self._choose_next = form.id
        self._say(fill(self.tr("“%1” was taken in."), form.name(self._context.language)))

    def _refuse(self, error: KnownError) -> None:
        self._say(message(error), wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.told.setProperty("role", "error" if wrong else "soft")
        self.told.style().polish(self.told)
        self.told.setText(text)

    def _follow(self, change: Change) -> None:
        if Kind.FORM in change.kinds:
            self._read()
            self.forms_changed.emit()

    def _read(self) -> None:
        desk = self._context.desk
        if desk is not None:
            self._context.run(
                lambda: (desk.forms.all(), desk.forms.own()), self._show, latest=f"forms of {id(self)}"
            )

    def _show(self, known: tuple[tuple[Form, ...], frozenset[str]]) -> None:
        forms, self._own = known
        chosen = self._choose_next or (self.chosen.id if self.chosen else "")
        self._forms = {form.id: form for form in forms}
        self.list.clear()
        for form in forms:
            whose = self.tr("this library’s") if form.id in self._own else self.tr("Briefer’s, only to read")
            item = QListWidgetItem(fill("%1   –   %2", form.name(self._context.language), whose))
            item.setData(_ID, form.id)
            self.list.addItem(item)
        self.list.setCurrentRow(next((n for n, form in enumerate(forms) if form.id == chosen), 0))
        self._choose_next = ""

    def _describe(self, _row: int) -> None:
        form = self.chosen
        own = form is not None and form.id in self._own
        self.buttons["edit"].setText(self.tr("&Edit…") if own else self.tr("&Look at…"))
        self.buttons["remove"].setEnabled(own)
        if form is not None:
            self._say(form.description(self._context.language))

    def _ask_import(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Import a form"), "", _JSON)
        if chosen:
            self.import_form(Path(chosen))

    def _ask_export(self) -> None:
        form = self.chosen
        if form is not None:
            title = self.tr("Export the form")
            chosen, _kind = QFileDialog.getSaveFileName(self, title, f"{form.id}.json", _JSON)
            if chosen:
                self.export_form(Path(chosen))

    # --- assembly ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        for name, text, keys, slot in (
            ("add", self.tr("&Add…"), "Ins", self.add),
            ("edit", self.tr("&Edit…"), "", self.edit),
            ("duplicate", self.tr("&Duplicate…"), "Ctrl+D", self.duplicate),
            ("remove", self.tr("De&lete"), "Del", self.remove),
            ("import", self.tr("&Import…"), "", self._ask_import),
            ("export", self.tr("E&xport…"), "", self._ask_export),
        ):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, act=slot: act())
            if keys:
                button.setToolTip(keys)
                shortcut = QShortcut(QKeySequence(keys), self.list)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(slot)
            self.buttons[name] = button
            column.addWidget(button)
        column.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(column)
        box = QVBoxLayout(self)
        box.addLayout(row, 1)
        box.addWidget(self.told)
        box.addWidget(close)
        self.list.setFocus()
