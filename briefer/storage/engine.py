"""Connections to a library file, and its errors in words that a user can act on."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, QueuePool, create_engine
from sqlalchemy.exc import DBAPIError

from briefer import in_use
from briefer.errors import LibraryError
from briefer.storage import cipher
from briefer.storage.cipher import Key
from briefer.storage.directly import rows
from briefer.storage.types import UnreadableValueError

APPLICATION_ID = int.from_bytes(cipher.MARK, "big")
BUSY_MS = 5_000

# What is said without a code of its own: by Python's sqlite3, and by SQLite of what was flipped away.
_NO_TEXT = "Could not decode to UTF-8"
_NO_FORMAT = "unsupported file format"
_NOT_IN_SCHEMA = ("no such column", "no such table")
_HEADER = 100  # of bytes
_PAGES_LOOKED_AT = 64
_KINDS = frozenset({2, 5, 10, 13})
_LONGEST = 120
_LEAST_FREE = 1 << 16  # of bytes: what the index of a journal takes
ROOM_TO_WRITE = 1 << 22
"""So many bytes are free where it is worth while to write again."""
_LONGEST_VALUE = 400_000_000  # of bytes; no file that is taken in is half as long
UNFORESEEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    TypeError,
    UnreadableValueError,
    ValueError,
    msgspec.MsgspecError,
)
"""What values raise that are not as they were written: the damage's doing in a file that is damaged, else a bug."""
_PRAGMAS: tuple[str, ...] = (
    "trusted_schema=OFF",  # a library that came by mail may carry triggers and views of somebody else
    "cell_size_check=ON",
    "synchronous=FULL",  # WAL with NORMAL loses acknowledged commits in a power cut
    "cache_size=-65536",  # in KiB; the default of 2 MB makes searches of a large library half as fast
    "temp_store=MEMORY",
)
_CODES = {
    sqlite3.SQLITE_BUSY: "library-locked",
    sqlite3.SQLITE_LOCKED: "library-locked",
    sqlite3.SQLITE_FULL: "library-full",
    sqlite3.SQLITE_CORRUPT: "library-damaged",
    sqlite3.SQLITE_NOTADB: "library-damaged",
    sqlite3.SQLITE_TOOBIG: "library-damaged",
    sqlite3.SQLITE_READONLY: "library-unwritable",
    sqlite3.SQLITE_IOERR: "library-unwritable",
    sqlite3.SQLITE_CANTOPEN: "library-unwritable",
    sqlite3.SQLITE_PERM: "library-unwritable",
}
_WRITING = frozenset(
    {
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    }
)
_OF_SYSTEM = {
    errno.ENOSPC: "library-full",
    errno.EDQUOT: "library-full",
    errno.EFBIG: "library-limited",  # a limit of the system, or of the disk's format
}


@dataclass(frozen=True)
class Access:
    """How a library file is opened.

    Only with ``create`` is one made where there is none. Without ``foreign_keys`` a table can be made anew and not take
    the rows that refer to it along. ``busy_ms`` is how long another program's transaction is waited for. What is
    ``read_only`` needs nothing to be written beside the file, where that cannot be. The ``key`` is that of an encrypted one.
    """

    create: bool = False
    foreign_keys: bool = True
    busy_ms: int = BUSY_MS
    read_only: bool = False
    key: Key | None = None


USUAL = Access()


def connect(path: Path, access: Access = USUAL) -> sqlite3.Connection:
    """Return a connection to the file."""
    how = reading(path) if access.read_only else f"mode={'rwc' if access.create else 'rw'}"
    timeout = access.busy_ms / 1000
    # Explicit: the driver begins nothing by itself, so that DDL is inside our transactions too.
    connection = cipher.connect(path, how, access.key, timeout=timeout, any_thread=True, explicit=True)
    try:
        # SQLCipher's module cannot, and reads only what it has signed.
        if isinstance(connection, sqlite3.Connection):
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        for pragma in (*_PRAGMAS, f"foreign_keys={'ON' if access.foreign_keys else 'OFF'}"):
            connection.execute(f"PRAGMA {pragma}")
        if access.read_only:
            connection.execute("PRAGMA query_only=ON")
    except cipher.errors():
        connection.close()
        raise
    except MemoryError as error:  # of numbers in the schema that no file has
        connection.close()
        raise LibraryError("library-damaged", name=path.name, detail="its schema cannot be read") from error
    return connection


def reading(path: Path) -> str:
    """Return how SQLite is to open a file that is only read: in a URI's words."""
    journal = Path(f"{path}-wal")
    waiting = journal.exists() and journal.stat().st_size
    # Without a journal in use, a file beside which nothing can be written is as it is; with one, SQLite has to look there.
    room = os.access(path.parent, os.W_OK) and not is_full(path)
    return "mode=rw" if waiting or room else "immutable=1"


def new_engine(
    path: Path, access: Access = USUAL, *, ready: list[sqlite3.Connection] | None = None
) -> Engine:
    """Return an engine over the file; it takes over the connections in ``ready``."""

    def creator() -> sqlite3.Connection:
        return ready.pop() if ready else connect(path, access)

    module = cipher.module() if access.key else None
    return create_engine(
        "sqlite://",
        creator=creator,
        module=module,
        poolclass=QueuePool,
        max_overflow=-1,
        hide_parameters=True,  # what is stored has no place in the log or in the report of a fault
    )


@contextmanager
def transaction(engine: Engine, *, write: bool) -> Iterator[Connection]:
    """Open a transaction: a writing one takes the write lock at once, so that it cannot fail half-way."""
    with engine.connect() as connection, connection.begin():
        # The driver begins nothing by itself. SQLAlchemy's way of telling it to takes several times as long.
        rows(connection, "BEGIN IMMEDIATE" if write else "BEGIN")
        yield connection


@contextmanager
def disposing(engine: Engine) -> Iterator[Engine]:
    """Close an engine's connections at the end."""
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def known_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about the file at ``path`` into a LibraryError; bugs pass through."""
    try:
        yield
    except (UnreadableValueError, UnicodeDecodeError) as error:
        # SQLite gives text, and its own messages, as the damaged bytes have them.
        raise LibraryError("library-damaged", name=path.name, detail=_shortly(error)) from error
    except cipher.errors(DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if str(cause).startswith((_NO_TEXT, _NO_FORMAT)):
            raise LibraryError("library-damaged", name=path.name, detail=_shortly(cause)) from error
        code = _CODES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        if code == "library-unwritable" and is_full(path):
            code = "library-full"  # SQLite tells some of its files that do not fit as it tells failing disks
        elif (
            code == "library-unwritable"
            and getattr(cause, "sqlite_errorcode", 0) in _WRITING
            and is_limited()
        ):
            code = "library-limited"
        raise LibraryError(code, name=path.name, detail=_shortly(cause)) from error


@contextmanager
def lost_schema(path: Path) -> Iterator[None]:
    """Take a table or column that is not there for damage: in a library of the present schema, all are."""
    try:
        yield
    except cipher.errors(DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not str(cause).startswith(_NOT_IN_SCHEMA):
            raise
        raise LibraryError("library-damaged", name=path.name, detail=_shortly(cause)) from error


def _shortly(cause: object) -> str:
    """Return what an error says in one line that can be printed: damaged bytes come along in it."""
    said = "".join(c if c.isprintable() else "?" for c in str(cause))
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def is_full(path: Path, least: int = _LEAST_FREE) -> bool:
    """Whether the disk of a file has less room than so many bytes; False where that cannot be found out."""
    try:
        return shutil.disk_usage(path.parent).free < least
    except OSError:
        return False


def is_limited() -> bool:
    """Whether the system lets this process write no file beyond some size (``ulimit -f``)."""
    try:
        import resource
    except ImportError:
        return False  # Windows has no such limit
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY


@contextmanager
def known_os_errors(path: Path) -> Iterator[None]:
    """Turn a failure to write the file at ``path`` into a LibraryError."""
    try:
        yield
    except OSError as error:
        code = _OF_SYSTEM.get(error.errno or 0, "library-unwritable")
        raise LibraryError(code, name=path.name, detail=error.strerror or str(error)) from error


def is_library(path: Path) -> bool:
    """Whether a file's header says that it is a library."""
    try:
        check_header(path)
    except LibraryError:
        return False
    return True


def is_plain(path: Path) -> bool:
    """Whether a file is a library that is not encrypted."""
    return is_library(path) and cipher.salt_of(path) is None


def check_header(path: Path) -> bytes:
    """See from its first bytes, without SQLite, that the file is a library, if need be an encrypted one; return them.

    Raises:
        LibraryError: ``library-missing``, ``library-not-one``, ``library-unwritable``; ``library-damaged`` of a library
            whose header is lost.
    """
    if not path.is_file():
        raise LibraryError("library-not-one" if path.exists() else "library-missing", name=path.name)
    with known_os_errors(path):
        header = in_use.head(path, _HEADER)
    if header.startswith(cipher.MARK):
        return header
    if not header.startswith(in_use.DATABASE) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        if _was_one(header) and _has_pages(path):
            raise LibraryError("library-damaged", name=path.name, detail="its header is lost")
        raise LibraryError("library-not-one", name=path.name)
    return header


def _was_one(header: bytes) -> bool:
    """Whether a header may have been a library's before it was damaged; that of another program's database never was."""
    right = sum(one == other for one, other in zip(header[68:72], cipher.MARK, strict=False))
    return not header.startswith(in_use.DATABASE) or right == len(cipher.MARK) - 1


def _has_pages(path: Path) -> bool:
    """Whether a file that is called a library has pages of a B-tree where one would (sqlite.org/fileformat2.html, 1.6)."""
    if path.suffix != in_use.SUFFIX or path.stat().st_size % cipher.PAGE:
        return False
    with in_use.opened(path) as file:
        pages = (file.read(cipher.PAGE) for _ in range(_PAGES_LOOKED_AT))
        return any(_is_page(page) for page in pages if page)


def _is_page(page: bytes) -> bool:
    kind, cells, content = page[0], int.from_bytes(page[3:5], "big"), int.from_bytes(page[5:7], "big")
    return kind in _KINDS and cells > 0 and 8 + 2 * cells <= content <= cipher.PAGE
