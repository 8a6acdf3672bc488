"""Passphrases of encrypted libraries, and the keys that they give."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field

from briefer.errors import UsageError

SHORT = 15
"""Fewer characters than this can be guessed (NIST SP 800-63B-4, 3.1.1.2: a password that stands alone)."""

_ITERATIONS, _KEY_BYTES = 256_000, 32  # SQLCipher 4's own, so that its tools open a library by its passphrase


@dataclass(frozen=True)
class Passphrase:
    """What somebody types to open an encrypted library; never shown by ``repr``.

    It is compared as RFC 8265 (OpaqueString) has it: composed (NFC), and with every blank of Unicode as a
    space, so that another keyboard gives the same. Raises UsageError ``passphrase-empty``.
    """

    text: str = field(repr=False)
    _keys: dict[bytes, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in self.text)
        object.__setattr__(self, "text", unicodedata.normalize("NFC", spaced))
        if not self.text:
            raise UsageError("passphrase-empty")

    @property
    def short(self) -> bool:
        """Whether somebody who has the file could guess it."""
        return len(self.text) < SHORT

    def key(self, salt: bytes) -> bytes:
        """Return the key of a file, 32 bytes: PBKDF2-HMAC-SHA512, 256,000 rounds; slow the first time."""
        if salt not in self._keys:
            data = self.text.encode("utf-8", "surrogatepass")
            self._keys[salt] = hashlib.pbkdf2_hmac("sha512", data, salt, _ITERATIONS, _KEY_BYTES)
        return self._keys[salt]
