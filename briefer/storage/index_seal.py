"""A sum over the search index as the window that last had the library open left it.

SQLite reads most damage of a full-text index as if it were sound, and hits are then missing without a word. What
nobody has changed since must still have the same sum.
"""

from __future__ import annotations

import zlib

import msgspec
from sqlalchemy import Connection

from briefer.errors import LibraryError
from briefer.storage.index_damage import told_as_damage
from briefer.storage.posting_writer import STAMP, keep, kept, number_of
from briefer.storage.tables import excerpt_index, postings

_SEAL = "index_seal"
_AT_ONCE = 200
# Of the sets their keys: each has a sum of its own.
_HELD = (
    f"SELECT id, block FROM {excerpt_index.name}_data ORDER BY id",  # noqa: S608  (own names)
    f"SELECT segid, term, pgno FROM {excerpt_index.name}_idx ORDER BY segid, term",  # noqa: S608
    f'SELECT "key", chunk, "count" FROM {postings.name} ORDER BY "key", chunk',  # noqa: S608
)


def seal(connection: Connection) -> None:
    """Keep the sum of the index of excerpts, unless it is of this state already. Needs a writing transaction.

    Raises:
        LibraryError: ``index-damaged``.
    """
    stamp = number_of(connection, STAMP)
    if _sealed(connection)[0] != str(stamp):
        keep(connection, _SEAL, f"{stamp} {_sum(connection)}")


def is_sound(connection: Connection) -> bool:
    """Whether the index of excerpts has its sum, or has changed since, so that nothing is known."""
    stamp, found = _sealed(connection)
    if stamp != str(number_of(connection, STAMP)):
        return True
    try:
        return str(_sum(connection)) == found
    except LibraryError:
        return False


def _sealed(connection: Connection) -> tuple[str, str]:
    stamp, _, found = (kept(connection, _SEAL) or "").partition(" ")
    return stamp, found


def _sum(connection: Connection) -> int:
    found = 0
    with told_as_damage(excerpt_index.name):
        for statement in _HELD:
            rows = connection.exec_driver_sql(statement)
            while some := rows.fetchmany(_AT_ONCE):
                found = zlib.crc32(msgspec.msgpack.encode([tuple(row) for row in some]), found)
    return found
