"""What tells that a part of the search index is damaged, in one error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy.exc import DatabaseError

from briefer.errors import LibraryError
from briefer.storage.interrupting import was_interrupted

POSTINGS = "postings"


@contextmanager
def told_as_damage(name: str) -> Iterator[None]:
    """Read a part of the index: what cannot be read or decoded in it raises LibraryError ``index-damaged``."""
    try:
        yield
    except DatabaseError as error:
        if was_interrupted(error):
            raise
        raise LibraryError("index-damaged", name=name) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LibraryError("index-damaged", name=name) from error
