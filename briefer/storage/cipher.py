"""Encrypted libraries: SQLCipher, loaded only for them, and the keys of their files.

A file begins with its salt, as SQLCipher has it. Of Briefer's the first four bytes are those of the application
id, so that an encrypted library is told from a damaged one without a passphrase.
"""

from __future__ import annotations

import secrets
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from briefer import in_use
from briefer.domain.passphrases import Passphrase
from briefer.errors import LibraryError

MARK = b"BRFR"
"""The application id that is in the header of every library (sqlite.org/fileformat2.html, 1.3.13)."""

_SALT = 16
PAGE = 4096
"""Bytes in a page of a library: SQLCipher's own, and never changed."""


@dataclass(frozen=True)
class Key:
    """The key of one file, its salt included, as SQLCipher takes it; never shown by ``repr``."""

    text: str = field(repr=False)

    @property
    def salt(self) -> str:
        """The salt, as hexadecimal digits."""
        return self.text[2:-1][-2 * _SALT :]


PLAIN = Key("")
"""Has SQLCipher open a file that is not encrypted."""


@dataclass(frozen=True)
class Unlocked:
    """What opens a library: its passphrase, and the key that this gives."""

    passphrase: Passphrase | None
    key: Key | None

    @property
    def id(self) -> str:
        """What tells the library and its copies from others; empty where it is not encrypted."""
        return self.key.salt if self.key else ""


NOT_ENCRYPTED = Unlocked(None, None)


def salt_of(path: Path) -> bytes | None:
    """Return the salt of an encrypted library; None for any other file, or none at all."""
    try:
        salt = in_use.head(path, _SALT)
    except OSError:
        return None
    return salt if salt.startswith(MARK) and len(salt) == _SALT else None


def new_key(passphrase: Passphrase, salt: bytes | None = None) -> Key:
    """Return the key of a file that is to be made: with the salt of another, they have one key."""
    salt = salt or MARK + secrets.token_bytes(_SALT - len(MARK))
    return Key(f"x'{(passphrase.key(salt) + salt).hex()}'")


def key_of(path: Path, passphrase: Passphrase | None) -> Key | None:
    """Return the key that opens a file, or None where it is not encrypted.

    Raises:
        LibraryError: ``library-encrypted`` without a passphrase.
    """
    salt = salt_of(path)
    if salt is None:
        return None
    if passphrase is None:
        raise LibraryError("library-encrypted", name=path.name)
    return new_key(passphrase, salt)


def connect(
    path: Path,
    how: str,
    key: Key | None,
    *,
    timeout: float = 5.0,
    any_thread: bool = False,
    explicit: bool = False,
) -> sqlite3.Connection:
    """Return a connection to a file, opened as ``how`` says in a URI's words; what it raises is one of :func:`errors`.

    ``timeout`` is in seconds. With ``explicit``, no transaction begins by itself, not even before a change. As long as
    it is open, ``in_use`` knows of it; a file that a connection of the other SQLite has open is locked for this one.
    """
    options: dict[str, Any] = {"uri": True, "timeout": timeout, "check_same_thread": not any_thread}
    if explicit:
        options["isolation_level"] = None
    by = sqlite3 if key is None else module()
    held = _used(path, by.__name__)
    try:
        connection = by.connect(f"{path.absolute().as_uri()}?{how}", factory=_connection(by), **options)
    except errors():
        if held:
            held.close()
        raise
    connection.used = held or _used(path, by.__name__)  # there was none where it has just been made
    if key is not None:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to standard error
        if key != PLAIN:
            connection.set_key(key.text)
    return cast("sqlite3.Connection", connection)


def _used(path: Path, by: str) -> in_use.Use | None:
    try:
        return in_use.use(path, by)
    except BlockingIOError as error:
        locked = sqlite3.OperationalError("database is locked")
        locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise locked from error
    except OSError:
        return None  # the connection says it better


@cache
def _connection(by: ModuleType) -> type:
    """Return a SQLite's connections, made to tell when they are closed."""

    class Connection(by.Connection):  # type: ignore[misc,name-defined]
        used: in_use.Use | None = None

        def close(self) -> None:
            super().close()
            if self.used:
                self.used.close()

    return Connection


def attach(connection: sqlite3.Connection, path: Path, how: str, key: Key | None, name: str) -> None:
    """Attach a further file, which must be no library that is open.

    Only connections that have a key themselves (:data:`PLAIN` too) take an encrypted one.
    """
    uri = f"{path.absolute().as_uri()}?{how}"
    if hasattr(connection, "set_key"):
        connection.execute(f"ATTACH ? AS {name} KEY ?", (uri, (key or PLAIN).text))
    else:
        connection.execute(f"ATTACH ? AS {name}", (uri,))


def module() -> ModuleType:
    """Return SQLCipher's module, which has the interface of sqlite3."""
    from sqlcipher3 import dbapi2

    return cast("ModuleType", dbapi2)


def errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return what connections raise, and ``others``; SQLCipher's errors are not those of sqlite3."""
    loaded = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, loaded.Error, *others) if loaded else (sqlite3.Error, *others)


def reading_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return what connections raise where the file may be damaged, and ``others``.

    SQLite's own messages then carry bytes that are no text, and sizes are such as no file has.
    """
    return errors(MemoryError, UnicodeDecodeError, *others)


def opens(path: Path, passphrase: Passphrase) -> bool:
    """Whether the passphrase is that of an encrypted library; nothing is written to find out."""
    key = key_of(path, passphrase)
    # The journal is asked only where the file alone does not do: what a power cut left of its first page.
    waiting = Path(f"{path}-wal").exists()
    return any(_opens(path, how, key) for how in ("immutable=1", *(("mode=ro",) if waiting else ())))


def _opens(path: Path, how: str, key: Key | None) -> bool:
    try:
        with closing(connect(path, how, key)) as connection:
            connection.execute("PRAGMA application_id").fetchone()  # of the first page, and of no other
    except reading_errors():
        return False
    return True


def check_passphrase(path: Path, passphrase: Passphrase | None, copies: Path) -> Key | None:
    """See that a passphrase opens the library, if it is encrypted, and return its key.

    ``copies`` is the folder of its backups.

    Raises:
        LibraryError: ``library-encrypted`` without a passphrase, ``library-passphrase`` with a wrong one;
            ``library-damaged`` where the passphrase opens a backup that has the library's salt, or where the file does
            not end with a whole page.
    """
    salt = salt_of(path)
    if salt is None:
        return None
    if passphrase is None:
        raise LibraryError("library-encrypted", name=path.name)
    if opens(path, passphrase):
        return new_key(passphrase, salt)
    if any(salt_of(file) == salt and opens(file, passphrase) for file in copies.glob("*.briefer")):
        raise LibraryError("library-damaged", name=path.name, detail="its first page cannot be decrypted")
    if path.stat().st_size % PAGE:
        raise LibraryError(
            "library-damaged",
            name=path.name,
            detail="it was cut off: its last page is not whole; or the passphrase is wrong",
        )
    raise LibraryError("library-passphrase", name=path.name)
