"""The dialog that asks for the passphrase of a library that is to be opened."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from briefer.domain.passphrases import Passphrase
from briefer.domain.protection import LooseCopy
from briefer.errors import KnownError
from briefer.services.backups import UNREADABLE
from briefer.services.protection import Protection
from briefer.ui.context import Context
from briefer.ui.problems import message
from briefer.ui.protection.fields import PassphraseDialog, PassphraseField, note, showing
from briefer.ui.text import fill


class AskDialog(PassphraseDialog):
    """Stays until the passphrase is right, or nobody knows it; any number of tries is free."""

    unlocked = Signal(object)
    """The :class:`Passphrase` that opens the library."""
    not_remembered = Signal(object)
    """The :class:`KnownError` for which the keyring does not have it, though it opens the library."""

    def __init__(
        self, context: Context, protection: Protection, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, QDialogButtonBox.StandardButton.Open)
        self._context = context
        self._protection = protection
        self.setWindowTitle(self.tr("Encrypted library"))
        self.field = PassphraseField(self.tr("Passphrase"))
        self.show_typed = showing(self.tr("&Show what I type"), (self.field,))
        self.remember = QCheckBox(self.tr("&Remember it in this computer's keyring"))
        self.told = note()
        self.told.setProperty("role", "soft")
        forgotten = self.buttons.addButton(self.tr("&Forgotten?"), QDialogButtonBox.ButtonRole.HelpRole)
        forgotten.clicked.connect(self._tell_forgotten)
        label = QLabel(fill(self.tr("&Passphrase of %1"), name.replace("&", "&&")))
        label.setBuddy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (label, self.field, self.show_typed, self.remember, self.told, self.buttons):
            column.addWidget(widget)
        self.field.textChanged.connect(self._enable)
        self._enable()
        self.fit()
        self.field.setFocus()

    def _enable(self) -> None:
        self.agree.setEnabled(bool(self.field.text()))

    def accept(self) -> None:
        """Try the passphrase; the dialog closes when it is right."""
        passphrase = Passphrase(self.field.text())
        remember = self.remember.isChecked()
        self.field.setEnabled(False)
        self._say(self.tr("Trying it…"))

        def work() -> KnownError | None:
            try:
                self._protection.check(passphrase)
            except KnownError as error:
                if error.code not in UNREADABLE:  # what is damaged is told by who opens it
                    raise
            if remember:
                try:
                    self._protection.remember(passphrase)
                except KnownError as error:
                    return error
            return None

        def right(problem: KnownError | None) -> None:
            if problem is not None:
                self.not_remembered.emit(problem)
            self.done(self.DialogCode.Accepted.value)
            self.unlocked.emit(passphrase)

        self._context.run(work, right, failed=self._wrong)

    def _wrong(self, error: KnownError) -> None:
        self._say(message(error))
        self.field.setEnabled(True)
        self.field.selectAll()
        self.field.setFocus()

    def _tell_forgotten(self) -> None:
        self._context.run(lambda: self._protection.loose_copies(None), self._tell_copies)

    def _tell_copies(self, copies: tuple[LooseCopy, ...]) -> None:
        lost = self.tr(
            "Nobody can open the library without its passphrase, and nobody can find it out: not Briefer, and not who made it. "
            "Look where you keep such things; capitals, spaces and the keyboard's language count."
        )
        plain = [str(copy.path) for copy in copies if not copy.encrypted]
        if plain:
            files = "\n".join(plain)
            older = self.tr("These older copies are not encrypted and can be opened by themselves:")
            self._say(f"{lost}\n\n{older}\n{files}")
        else:
            self._say(f"{lost}\n\n{self.tr('There is no older copy beside it that is not encrypted.')}")

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setAccessibleName(text)
        self.fit()
