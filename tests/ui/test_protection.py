"""Encryption in the window, by the keyboard: asked, chosen, changed, removed; and what stays readable is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.domain import passphrases
from briefer.domain.passphrases import Passphrase
from briefer.errors import UsageError
from briefer.intake import Intake
from briefer.remembering import SystemKeyring
from briefer.services.desk import Desk
from briefer.ui.appearance import Appearance
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow
from briefer.ui.protection.asking import AskDialog
from briefer.ui.protection.choosing import ChooseDialog, RemoveDialog
from briefer.ui.protection.copies import CopiesDialog

ONE, TWO = "correct horse battery staple", "another eight words of it"


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "_ITERATIONS", 2)


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, Passphrase]:
    """What the keyring has."""
    made: dict[str, Passphrase] = {}
    monkeypatch.setattr(SystemKeyring, "recall", lambda _self, library: made.get(library))
    monkeypatch.setattr(SystemKeyring, "keep", lambda _self, library, given: made.update({library: given}))
    monkeypatch.setattr(SystemKeyring, "forget", lambda _self, library: made.pop(library, None))
    return made


class Hand:
    """Somebody at the keyboard of the window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.context = window._context
        self.protector = window._protector
        self._qtbot = qtbot

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.context.jobs.busy, timeout=30_000)

    def dialog(self, kind: type[QWidget]) -> QWidget:
        found: list[QWidget] = []

        def there() -> bool:
            found[:] = [d for d in self.window.findChildren(kind) if d.isVisible()]
            return bool(found)

        self._qtbot.waitUntil(there, timeout=30_000)
        return found[-1]

    def type(self, field: QLineEdit, text: str) -> None:
        field.clear()
        self._qtbot.keyClicks(field, text)

    def choose(self, new: str, present: str = "", *, remember: bool = False) -> None:
        dialog = self.dialog(ChooseDialog)
        assert isinstance(dialog, ChooseDialog)
        if present:
            self.type(dialog.present, present)
        self.type(dialog.first, new)
        self.type(dialog.second, new)
        dialog.remember.setChecked(remember)
        self._qtbot.keyClick(dialog.second, Qt.Key.Key_Return)
        self.settle()

    def encrypt(self, *, remember: bool = False) -> None:
        self.protector.encrypting.trigger()
        self.choose(ONE, remember=remember)

    @property
    def desk(self) -> Desk:
        desk = self.context.desk
        assert desk is not None
        return desk

    @property
    def told(self) -> str:
        """What is told of what went well, and else what did not."""
        shown = self.window.notice if self.window.problems.isHidden() else self.window.problems
        return shown.text


@pytest.fixture
def window(context: Context, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(LibraryOpener(Intake), context, Appearance(qapp, context))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.libraries.opened.emit("")
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=30_000)
    yield made
    made.taking.importer.stop_all()


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot) -> Hand:
    return Hand(window, qtbot)


def enabled(hand: Hand) -> dict[str, bool]:
    p = hand.protector
    return {
        "encrypt": p.encrypting.isEnabled(),
        "rekey": p.rekeying.isEnabled(),
        "remove": p.removing.isEnabled(),
        "remember": p.remembering.isEnabled(),
    }


def test_encrypted_with_a_passphrase_typed_twice(hand: Hand) -> None:
    path = hand.desk.library.path
    assert enabled(hand) == {"encrypt": True, "rekey": False, "remove": False, "remember": False}
    hand.encrypt()
    assert hand.told == "The library is encrypted."
    assert path.read_bytes()[:4] == b"BRFR"
    assert hand.desk.library.passphrase == Passphrase(ONE)
    assert hand.desk.find.counts().sources == 16
    assert enabled(hand) == {"encrypt": False, "rekey": True, "remove": True, "remember": True}


def test_two_that_differ_and_short_ones(hand: Hand) -> None:
    hand.protector.encrypting.trigger()
    dialog = hand.dialog(ChooseDialog)
    assert isinstance(dialog, ChooseDialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    hand.type(dialog.first, "short")
    assert "guessed" in dialog.told.text()
    hand.type(dialog.second, "shirt")
    assert dialog.told.text() == "The two differ."
    assert not ok.isEnabled()
    hand.type(dialog.second, "short")
    assert ok.isEnabled()
    assert dialog.first.echoMode() is QLineEdit.EchoMode.Password
    dialog.show_typed.click()
    assert dialog.first.echoMode() is QLineEdit.EchoMode.Normal
    dialog.reject()
    assert hand.desk.library.passphrase is None


def test_copies_are_named_and_deleted(hand: Hand) -> None:
    hand.desk.backups.make()
    hand.encrypt()
    dialog = hand.dialog(CopiesDialog)
    assert isinstance(dialog, CopiesDialog)
    assert "not encrypted" in dialog.list.item(0).text()
    assert "SSD" in dialog.told.text()
    (copy,) = hand.desk.protection.loose_copies(Passphrase(ONE))
    dialog.delete.click()
    hand.settle()
    assert not copy.path.exists()
    assert hand.told == "One copy was deleted."
    hand.protector.listing.trigger()
    hand.settle()
    assert hand.told == "There are no such copies beside the library."


def test_copies_that_somebody_has_made_are_named_and_not_ticked(hand: Hand) -> None:
    own = hand.desk.library.path.with_name("mine.briefer")
    hand.desk.library.backup(own)
    hand.encrypt()
    dialog = hand.dialog(CopiesDialog)
    assert isinstance(dialog, CopiesDialog)
    assert "your own copy" in dialog.list.item(0).text()
    assert dialog.list.item(0).checkState() is Qt.CheckState.Unchecked
    dialog.delete.click()
    hand.settle()
    assert own.exists()


def test_copies_that_are_not_ticked_stay(hand: Hand) -> None:
    hand.desk.backups.make()
    hand.encrypt()
    dialog = hand.dialog(CopiesDialog)
    assert isinstance(dialog, CopiesDialog)
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.delete.click()
    hand.settle()
    assert len(hand.desk.protection.loose_copies(Passphrase(ONE))) == 1


def test_another_passphrase(hand: Hand, kept: dict[str, Passphrase]) -> None:
    hand.encrypt(remember=True)
    assert list(kept.values()) == [Passphrase(ONE)]
    hand.protector.rekeying.trigger()
    hand.choose(TWO, "not the present one")
    assert "does not open it" in hand.told
    assert hand.desk.library.passphrase == Passphrase(ONE)
    hand.protector.rekeying.trigger()
    hand.choose(TWO, ONE)
    assert hand.told == "The library has the new passphrase."
    assert hand.desk.library.passphrase == Passphrase(TWO)
    assert list(kept.values()) == [Passphrase(TWO)]


def test_without_encryption_again(hand: Hand, qtbot: QtBot, kept: dict[str, Passphrase]) -> None:
    hand.encrypt(remember=True)
    for typed in ("not the present one", ONE):
        hand.protector.removing.trigger()
        dialog = hand.dialog(RemoveDialog)
        assert isinstance(dialog, RemoveDialog)
        hand.type(dialog.field, typed)
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        hand.settle()
        assert (hand.desk.library.passphrase is None) == (typed == ONE)
    assert hand.told == "The library is no longer encrypted."
    assert kept == {}


def test_left_with_the_keyring_and_taken_out(hand: Hand, kept: dict[str, Passphrase]) -> None:
    hand.encrypt()
    hand.protector.remembering.trigger()
    hand.settle()
    assert kept == {hand.desk.library.id: Passphrase(ONE)}
    hand.protector.forgetting.trigger()
    hand.settle()
    assert kept == {}


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    path = tmp_path / "locked.briefer"
    LibraryOpener(Intake).create(path, Passphrase(ONE)).close()
    return path


@pytest.fixture
def asked(hand: Hand, locked: Path) -> AskDialog:
    hand.window.libraries.open(locked)
    dialog = hand.dialog(AskDialog)
    assert isinstance(dialog, AskDialog)
    return dialog


def test_asked_until_it_is_right(
    hand: Hand, asked: AskDialog, locked: Path, qtbot: QtBot, kept: dict[str, Passphrase]
) -> None:
    former = hand.desk.library.path
    low = asked.height()
    assert low > asked.field.sizeHint().height() * 4, "all that it has is to be seen"
    hand.type(asked.field, TWO)
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    hand.settle()
    assert "does not open it" in asked.told.text()
    assert asked.isVisible()
    assert asked.height() > low
    assert hand.desk.library.path == former
    hand.type(asked.field, ONE)
    asked.remember.setChecked(True)
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hand.desk.library.path == locked, timeout=30_000)
    hand.settle()
    assert kept == {hand.desk.library.id: Passphrase(ONE)}
    hand.window.libraries.open(former)
    qtbot.waitUntil(lambda: hand.desk.library.path == former, timeout=30_000)
    hand.settle()
    hand.window.libraries.open(locked)  # and now nobody is asked
    qtbot.waitUntil(lambda: hand.desk.library.path == locked, timeout=30_000)
    hand.settle()


def test_a_keyring_that_is_not_there_does_not_keep_it_shut(
    hand: Hand, asked: AskDialog, locked: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep(*_given: object) -> None:
        raise UsageError("keyring-none", detail="none was found")

    monkeypatch.setattr(SystemKeyring, "keep", keep)
    hand.type(asked.field, ONE)
    asked.remember.setChecked(True)
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hand.desk.library.path == locked, timeout=30_000)
    hand.settle()
    assert "no keyring" in hand.told


def test_forgotten(hand: Hand, asked: AskDialog, locked: Path, tmp_path: Path) -> None:
    asked._tell_forgotten()
    hand.settle()
    assert "Nobody can open the library" in asked.told.text()
    assert "no older copy" in asked.told.text()
    older = tmp_path / "locked.before-0001.briefer"
    LibraryOpener(Intake).create(older).close()
    asked._tell_forgotten()
    hand.settle()
    assert str(older) in asked.told.text()
    asked.reject()
    assert hand.desk.library.path != locked


def test_a_new_one_is_encrypted_from_the_start(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "new.briefer"
    monkeypatch.setattr(hand.window.libraries, "ask_new_place", lambda: None)
    hand.protector.make()
    monkeypatch.setattr(hand.window.libraries, "ask_new_place", lambda: path)
    hand.protector.make()
    hand.choose(ONE)
    qtbot.waitUntil(lambda: hand.desk.library.path == path, timeout=30_000)
    assert path.read_bytes()[:4] == b"BRFR"
    hand.settle()


def test_a_lost_beginning_asks_and_offers_the_backup(hand: Hand, locked: Path, qtbot: QtBot) -> None:
    from briefer.ui.backups.dialog import BackupsDialog

    LibraryOpener(Intake).backups(locked, Passphrase(ONE)).make()
    data = locked.read_bytes()
    locked.write_bytes(os.urandom(100) + data[100:])
    hand.window.libraries.open(locked)
    asked = hand.dialog(AskDialog)
    assert isinstance(asked, AskDialog)
    hand.type(asked.field, ONE)
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    dialog = hand.dialog(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    hand.settle()
    assert dialog.table.rowCount() == 1
    dialog._restore()
    qtbot.waitUntil(lambda: hand.desk.library.path == locked, timeout=30_000)
    hand.settle()
    assert hand.desk.library.passphrase == Passphrase(ONE)


def test_nothing_happens_without_a_library(bare_context: Context, qapp: QApplication, qtbot: QtBot) -> None:
    window = MainWindow(LibraryOpener(Intake), bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(window)
    hand = Hand(window, qtbot)
    assert not any(enabled(hand).values())
    for do in (
        hand.protector.encrypt,
        hand.protector.rekey,
        hand.protector.decrypt,
        hand.protector.remember,
        hand.protector.forget,
        hand.protector.list_copies,
    ):
        do()
    assert not bare_context.jobs.busy


def test_a_deletion_that_fails_is_told(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    hand.desk.backups.make()
    hand.encrypt()
    dialog = hand.dialog(CopiesDialog)
    assert isinstance(dialog, CopiesDialog)

    def refuse(_copies: object) -> None:
        raise UsageError("keyring-none", detail="as an example")

    monkeypatch.setattr(dialog, "_protection", SimpleNamespace(remove=refuse))
    dialog.delete.click()
    hand.settle()
    assert "as an example" in dialog.told.text()
    assert dialog.delete.isEnabled()
