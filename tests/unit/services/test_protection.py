"""How a library is protected, with a vault and a keyring that only note what is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.domain.holders import Holder
from briefer.domain.passphrases import Passphrase
from briefer.domain.protection import LooseCopy
from briefer.errors import LibraryError, UsageError
from briefer.services.ports import PassphraseKeyring
from briefer.services.ports import Vault as VaultPort
from briefer.services.protection import Protection

Act = Callable[[Protection], None]
ONE, TWO = Passphrase("one"), Passphrase("two")
ME = Holder("ann", "pc", 1, datetime(2026, 1, 15, tzinfo=UTC))


class Vault:
    path = Path("note.briefer")

    def __init__(self, passphrase: Passphrase | None = None) -> None:
        self.passphrase = passphrase
        self.fault = ""
        self.encrypted_backups = False
        self.removed: list[LooseCopy] = []

    @property
    def id(self) -> str:
        return f"id of {self.passphrase.text}" if self.passphrase else ""

    def check(self, passphrase: Passphrase | None) -> None:
        if self.fault:
            raise LibraryError(self.fault, name=self.path.name, detail="")
        if self.passphrase and passphrase != self.passphrase:
            raise LibraryError("library-passphrase", name=self.path.name)

    def backups_are_encrypted(self) -> bool:
        return self.encrypted_backups

    def convert(self, now: Passphrase | None, new: Passphrase | None, me: Holder) -> None:
        self.check(now)
        assert me == ME
        self.passphrase = new

    def copies(self, passphrase: Passphrase | None) -> tuple[LooseCopy, ...]:
        return (LooseCopy(self.path, 1, encrypted=passphrase is None),)

    def remove(self, copies: Iterable[LooseCopy]) -> None:
        self.removed += copies


class Keyring:
    def __init__(self) -> None:
        self.kept: dict[str, Passphrase] = {}

    def recall(self, library: str) -> Passphrase | None:
        return self.kept.get(library)

    def keep(self, library: str, passphrase: Passphrase) -> None:
        self.kept[library] = passphrase

    def forget(self, library: str) -> None:
        self.kept.pop(library, None)


class Absent(Keyring):
    def keep(self, library: str, passphrase: Passphrase) -> None:
        raise UsageError("keyring-none", detail="none was found")


def protection(vault: VaultPort, keyring: PassphraseKeyring | None = None) -> Protection:
    return Protection(vault, keyring or Keyring(), lambda: ME)


def test_encrypted_once() -> None:
    vault = Vault()
    service = protection(vault)
    states = [service.encrypted]
    service.encrypt(ONE)
    states.append(service.encrypted)
    assert states == [False, True]
    with pytest.raises(LibraryError) as caught:
        service.encrypt(TWO)
    assert caught.value.code == "library-protected"
    assert vault.passphrase == ONE


def test_what_is_no_library_is_not_encrypted() -> None:
    vault = Vault()
    vault.fault = "library-not-one"
    acts: tuple[Act, ...] = (lambda s: s.encrypt(ONE), lambda s: s.decrypt(ONE), lambda s: s.remember(ONE))
    for act in acts:
        with pytest.raises(LibraryError) as caught:
            act(protection(vault))
        assert caught.value.code == "library-not-one"


def test_the_keyring_goes_along() -> None:
    vault, keyring = Vault(ONE), Keyring()
    service = protection(vault, keyring)
    assert service.recall() is None
    service.remember(ONE)
    assert service.recall() == ONE
    service.rekey(ONE, TWO)
    assert keyring.kept == {"id of two": TWO}
    service.forget()
    service.rekey(TWO, ONE)
    assert keyring.kept == {}, "what it was not to keep, it is not given"
    service.remember(ONE)
    service.decrypt(ONE)
    assert keyring.kept == {}
    assert vault.passphrase is None
    service.forget()
    assert service.recall() is None


def test_without_a_keyring_everything_else_works() -> None:
    vault = Vault(ONE)
    service = protection(vault, Absent())
    service.rekey(ONE, TWO)
    with pytest.raises(UsageError):
        service.remember(TWO)
    service.decrypt(TWO)
    assert vault.passphrase is None


def test_a_passphrase_in_the_keyring_that_does_not_open_it_is_none() -> None:
    keyring = Keyring()
    keyring.keep("id of one", TWO)
    assert protection(Vault(ONE), keyring).recall() is None


@pytest.mark.parametrize(
    ("passphrase", "fault", "backups", "needed"),
    [
        (ONE, "", False, True),
        (None, "", True, False),
        (None, "library-not-one", True, True),
        (None, "library-missing", False, False),
    ],
)
def test_when_a_passphrase_is_needed(
    passphrase: Passphrase | None, fault: str, backups: bool, needed: bool
) -> None:
    vault = Vault(passphrase)
    vault.fault, vault.encrypted_backups = fault, backups
    assert protection(vault).needs_passphrase is needed


def test_not_of_a_plain_library() -> None:
    service = protection(Vault())
    acts: tuple[Act, ...] = (lambda s: s.rekey(ONE, TWO), lambda s: s.decrypt(ONE), lambda s: s.remember(ONE))
    for act in acts:
        with pytest.raises(LibraryError) as caught:
            act(service)
        assert caught.value.code == "library-plain"


def test_copies_are_the_vaults() -> None:
    vault = Vault(ONE)
    service = protection(vault)
    service.check(ONE)
    copies = service.loose_copies(ONE)
    service.remove(copies)
    assert vault.removed == list(copies)
    assert service.loose_copies(None)[0].encrypted
