"""The dialog in which a passphrase is chosen, for a library that is made, encrypted or gets another one."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from briefer.domain.passphrases import SHORT, Passphrase
from briefer.ui.protection.fields import PassphraseDialog, PassphraseField, note, showing
from briefer.ui.text import fill


class ChooseDialog(PassphraseDialog):
    """Two fields that have to be the same; with ``present`` also one for the passphrase that it has now."""

    def __init__(self, title: str, *, present: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.present = PassphraseField(self.tr("Present passphrase"))
        self.first = PassphraseField(self.tr("New passphrase"))
        self.second = PassphraseField(self.tr("The same again"))
        self.show_typed = showing(self.tr("&Show what I type"), (self.present, self.first, self.second))
        self.remember = QCheckBox(self.tr("&Remember it in this computer's keyring"))
        self.told = note()
        self.told.setProperty("role", "soft")
        lost = note(
            self.tr(
                "Nobody can open the library without this passphrase, and nobody can bring it back: write it down and keep it in a safe place. "
                "While the library is open, its key is in this computer's memory."
            )
        )
        form = self.rows()
        form.addRow(lost)
        if present:
            form.addRow(self.tr("&Present passphrase"), self.present)
        form.addRow(self.tr("&New passphrase"), self.first)
        form.addRow(self.tr("The same &again"), self.second)
        form.addRow("", self.show_typed)
        form.addRow("", self.remember)
        form.addRow(self.told)
        form.addRow(self.buttons)
        self._asks_present = present
        for field in (self.present, self.first, self.second):
            field.textChanged.connect(self._look)
        self._look()

    @property
    def passphrase(self) -> Passphrase:
        """The new passphrase; of a dialog that was accepted."""
        return Passphrase(self.first.text())

    @property
    def present_passphrase(self) -> Passphrase:
        """The passphrase until now; of a dialog that was accepted and asks for it."""
        return Passphrase(self.present.text())

    def _look(self) -> None:
        first, second = self.first.text(), self.second.text()
        same = bool(first) and first == second
        complete = same and (bool(self.present.text()) or not self._asks_present)
        self.agree.setEnabled(complete)
        self._say(self._advice(first, second))

    def _advice(self, first: str, second: str) -> str:
        if second and not first.startswith(second):
            return self.tr("The two differ.")
        if first and Passphrase(first).short:
            return fill(
                self.tr(
                    "Fewer than %1 characters can be guessed by a machine. Four or five words at random are better, and easier to keep in mind."
                ),
                SHORT,
            )
        return ""

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setAccessibleName(text)
        self.fit()


class RemoveDialog(PassphraseDialog):
    """Asks for the passphrase once more, and says what it means to be without one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(fill(self.tr("Remove the encryption of %1"), name))
        self.field = PassphraseField(self.tr("Passphrase"))
        self.show_typed = showing(self.tr("&Show what I type"), (self.field,))
        told = note(
            self.tr(
                "Whoever has the file can read it then. Backups that are there stay encrypted with this passphrase: keep it as long as they may be needed."
            )
        )
        form = self.rows()
        form.addRow(told)
        form.addRow(self.tr("&Passphrase"), self.field)
        form.addRow("", self.show_typed)
        form.addRow(self.buttons)
        self.field.textChanged.connect(self._enable)
        self._enable()
        self.fit()

    @property
    def passphrase(self) -> Passphrase:
        """What was typed; of a dialog that was accepted."""
        return Passphrase(self.field.text())

    def _enable(self) -> None:
        self.agree.setEnabled(bool(self.field.text()))
