"""The commands around encryption in the window, and the dialogs that they open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from briefer.domain.passphrases import Passphrase
from briefer.domain.protection import LooseCopy
from briefer.errors import KnownError, LibraryError
from briefer.ui.context import Context
from briefer.ui.libraries import Libraries
from briefer.ui.protection.asking import AskDialog
from briefer.ui.protection.choosing import ChooseDialog, RemoveDialog
from briefer.ui.protection.copies import CopiesDialog
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.desk import Desk, Opener


class Protector(QObject):
    """Encrypts libraries, asks for passphrases, and names the copies that stay readable."""

    def __init__(self, opener: Opener, context: Context, libraries: Libraries, window: QWidget) -> None:
        super().__init__(window)
        self._opener = opener
        self._context = context
        self._libraries = libraries
        self._window = window
        libraries.locked.connect(self.ask)

    def fill(self, menu: QMenu) -> None:
        """Put the commands into a menu; those are enabled that fit the open library."""
        self._add(menu, self.tr("&New encrypted library…"), self.make)
        menu.addSeparator()
        self.encrypting = self._add(menu, self.tr("&Encrypt this library…"), self.encrypt)
        self.rekeying = self._add(menu, self.tr("&Change the passphrase…"), self.rekey)
        self.removing = self._add(menu, self.tr("Remove the encr&yption…"), self.decrypt)
        menu.addSeparator()
        self.remembering = self._add(menu, self.tr("&Remember on this computer"), self.remember)
        self.forgetting = self._add(menu, self.tr("&Forget on this computer"), self.forget)
        self.listing = self._add(menu, self.tr("Copies that can be &opened without it…"), self.list_copies)
        self._context.desk_changed.connect(self._enable)
        self._enable()

    def ask(self, path: Path, brief: str) -> None:
        """Ask for the passphrase of a library, and open it."""
        dialog = AskDialog(self._context, self._opener.protection(path), path.name, self._window)
        dialog.unlocked.connect(lambda given: self._libraries.open(path, brief, passphrase=given))
        dialog.not_remembered.connect(self._tell_when_open)
        _show(dialog)

    def _tell_when_open(self, error: KnownError) -> None:
        """Tell of a problem once the library is open: the problems of the former one go with it."""
        self._libraries.opened.connect(
            lambda _brief: self._context.problem.emit(error), Qt.ConnectionType.SingleShotConnection
        )

    def make(self) -> None:
        """Ask where a new library goes and for its passphrase, and make it."""
        path = self._libraries.ask_new_place()
        if path is None:
            return
        dialog = ChooseDialog(fill(self.tr("Passphrase of %1"), path.name), parent=self._window)
        dialog.remember.hide()  # it can be remembered once the library is there
        dialog.accepted.connect(lambda: self._libraries.create(path, dialog.passphrase))
        _show(dialog)

    def encrypt(self) -> None:
        """Ask for a passphrase, and encrypt the open library."""
        desk = self._context.desk
        if desk is None:
            return
        path = desk.library.path
        dialog = ChooseDialog(fill(self.tr("Encrypt %1"), path.name), parent=self._window)

        def go() -> None:
            new = dialog.passphrase
            self._libraries.while_closed(
                path,
                lambda: self._opener.protection(path).encrypt(new),
                (None, new),
                self.tr("Encrypting the library…"),
                self._follow_up(self.tr("The library is encrypted."), remember=dialog.remember.isChecked()),
            )

        dialog.accepted.connect(go)
        _show(dialog)

    def rekey(self) -> None:
        """Ask for the present and another passphrase, and encrypt the open library with it."""
        desk, former = self._encrypted()
        if desk is None or former is None:
            return
        path = desk.library.path
        dialog = ChooseDialog(
            fill(self.tr("Another passphrase for %1"), path.name), present=True, parent=self._window
        )

        def go() -> None:
            new = dialog.passphrase
            if self._is_right(dialog.present_passphrase, former, path):
                self._libraries.while_closed(
                    path,
                    lambda: self._opener.protection(path).rekey(former, new),
                    (former, new),
                    self.tr("Encrypting the library anew…"),
                    self._follow_up(
                        self.tr("The library has the new passphrase."), remember=dialog.remember.isChecked()
                    ),
                )

        dialog.accepted.connect(go)
        _show(dialog)

    def decrypt(self) -> None:
        """Ask for the passphrase, and take the open library's encryption away."""
        desk, former = self._encrypted()
        if desk is None or former is None:
            return
        path = desk.library.path
        dialog = RemoveDialog(path.name, self._window)

        def go() -> None:
            if self._is_right(dialog.passphrase, former, path):
                self._libraries.while_closed(
                    path,
                    lambda: self._opener.protection(path).decrypt(former),
                    (former, None),
                    self.tr("Removing the encryption…"),
                    lambda: self._libraries.told.emit(self.tr("The library is no longer encrypted.")),
                )

        dialog.accepted.connect(go)
        _show(dialog)

    def remember(self) -> None:
        """Leave the open library's passphrase with the keyring."""
        desk, passphrase = self._encrypted()
        if desk is not None and passphrase is not None:
            told = self.tr("This computer's keyring has the passphrase; the library opens without asking.")
            self._context.run(
                lambda: desk.protection.remember(passphrase), lambda _none: self._libraries.told.emit(told)
            )

    def forget(self) -> None:
        """Take the open library's passphrase out of the keyring."""
        desk, passphrase = self._encrypted()
        if desk is not None and passphrase is not None:
            told = self.tr("This computer's keyring does not have the passphrase.")
            self._context.run(desk.protection.forget, lambda _none: self._libraries.told.emit(told))

    def list_copies(self) -> None:
        """Name the copies beside the open library that its passphrase does not guard."""
        self._look_for_copies(self.tr("There are no such copies beside the library."))

    def _follow_up(self, told: str, *, remember: bool) -> Callable[[], None]:
        def follow() -> None:
            if remember:
                self.remember()
            self._look_for_copies(told)

        return follow

    def _look_for_copies(self, otherwise: str) -> None:
        desk, passphrase = self._encrypted()
        if desk is None or passphrase is None:
            return
        protection = desk.protection

        def show(copies: tuple[LooseCopy, ...]) -> None:
            if not copies:
                self._libraries.told.emit(otherwise)
                return
            dialog = CopiesDialog(self._context, protection, copies, self._window)
            dialog.deleted.connect(self._tell_deleted)
            dialog.open()

        self._context.run(lambda: protection.loose_copies(passphrase), show)

    def _tell_deleted(self, count: int) -> None:
        one, many = self.tr("One copy was deleted."), self.tr("%1 copies were deleted.")
        self._libraries.told.emit(counted(count, one, many))

    def _is_right(self, given: Passphrase, present: Passphrase, path: Path) -> bool:
        if given != present:
            self._context.problem.emit(LibraryError("library-passphrase", name=path.name))
        return given == present

    def _encrypted(self) -> tuple[Desk | None, Passphrase | None]:
        desk = self._context.desk
        return desk, desk.library.passphrase if desk is not None else None

    def _enable(self) -> None:
        desk, passphrase = self._encrypted()
        writable = desk is not None and not desk.library.read_only
        self.encrypting.setEnabled(writable and passphrase is None)
        for action in (self.rekeying, self.removing):
            action.setEnabled(writable and passphrase is not None)
        for action in (self.remembering, self.forgetting, self.listing):
            action.setEnabled(passphrase is not None)

    @staticmethod
    def _add(menu: QMenu, text: str, do: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _checked=False: do())
        return action


def _show(dialog: AskDialog | ChooseDialog | RemoveDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
