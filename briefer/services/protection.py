"""Encrypting a library, giving it another passphrase, and leaving its passphrase with the system's keyring."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefer.domain.holders import Holder
from briefer.domain.passphrases import Passphrase
from briefer.domain.protection import LooseCopy
from briefer.errors import LibraryError
from briefer.services.ports import PassphraseKeyring, Vault


class Protection:
    """How one library is protected. Nothing may have it open while that is changed.

    Every change writes a new file beside the library and moves it in place: whatever happens meanwhile, the
    library is as it was, or as it shall be.
    """

    def __init__(self, vault: Vault, keyring: PassphraseKeyring, me: Callable[[], Holder]) -> None:
        self._vault = vault
        self._keyring = keyring
        self._me = me

    @property
    def encrypted(self) -> bool:
        """Whether the library is encrypted, which is seen without its passphrase."""
        return bool(self._vault.id)

    @property
    def needs_passphrase(self) -> bool:
        """Whether a passphrase is needed to open it, or, where it is no library any more, to go back to a backup."""
        if self.encrypted:
            return True
        try:
            self._vault.check(None)
        except LibraryError:
            return self._vault.backups_are_encrypted()
        return False

    def check(self, passphrase: Passphrase | None) -> None:
        """See that a passphrase opens the library.

        Raises LibraryError ``library-encrypted`` for none, ``library-passphrase`` for a wrong one, and what opening does.
        """
        self._vault.check(passphrase)

    def require_plain(self) -> None:
        """See that there is a library that is not encrypted. Raises LibraryError ``library-protected``, or what opening does."""
        if self.encrypted:
            raise LibraryError("library-protected", name=self._vault.path.name)
        self._vault.check(None)

    def encrypt(self, passphrase: Passphrase) -> None:
        """Encrypt the library. Raises LibraryError ``library-protected``, and as :meth:`rekey` does."""
        self.require_plain()
        self._vault.convert(None, passphrase, self._me())

    def rekey(self, passphrase: Passphrase, new: Passphrase) -> None:
        """Encrypt the library with another passphrase; where the keyring has the present one, it gets the other.

        Raises:
            LibraryError: ``library-plain``, ``library-passphrase``, ``library-held``, ``library-locked``,
                ``library-read-only``, ``library-damaged``, ``library-full``, ``library-unwritable``.
        """
        former = self._encrypted_id()
        self._vault.convert(passphrase, new, self._me())
        if self._keyring.recall(former):
            self._keyring.forget(former)
            self._keyring.keep(self._vault.id, new)

    def decrypt(self, passphrase: Passphrase) -> None:
        """Take the encryption away, and the passphrase out of the keyring. Raises as :meth:`rekey` does."""
        former = self._encrypted_id()
        self._vault.convert(passphrase, None, self._me())
        self._keyring.forget(former)

    def recall(self) -> Passphrase | None:
        """Return the passphrase that the keyring has for the library, if it opens it."""
        known = self._keyring.recall(self._vault.id) if self.encrypted else None
        if known is None:
            return None
        try:
            self._vault.check(known)
        except LibraryError:
            return None
        return known

    def remember(self, passphrase: Passphrase) -> None:
        """Leave the passphrase with the keyring. Raises UsageError ``keyring-none``; LibraryError ``library-plain``."""
        self._keyring.keep(self._encrypted_id(), passphrase)

    def forget(self) -> None:
        """Take the passphrase out of the keyring."""
        if self.encrypted:
            self._keyring.forget(self._vault.id)

    def loose_copies(self, passphrase: Passphrase | None) -> tuple[LooseCopy, ...]:
        """Return the backups and former states beside the library that its passphrase does not guard.

        With None, all of them that are encrypted with whatever passphrase, or not at all.
        """
        return self._vault.copies(passphrase)

    def remove(self, copies: Sequence[LooseCopy]) -> None:
        """Delete such copies. Raises LibraryError ``library-unwritable``."""
        self._vault.remove(copies)

    def _encrypted_id(self) -> str:
        known = self._vault.id
        if not known:
            self._vault.check(None)  # it may be no library at all
            raise LibraryError("library-plain", name=self._vault.path.name)
        return known
