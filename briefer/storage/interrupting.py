"""Statements that are broken off, because nobody waits for their result any more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from briefer.services.stopping import Stop, StoppedError

# What SQLite calls SQLITE_INTERRUPT, by whichever driver it is told.
_INTERRUPTED = "interrupted"


@contextmanager
def stopped_by(stop: Stop | None, connection: Connection) -> Iterator[None]:
    """Break a statement off, and begin none, when ``stop`` says so. Raises StoppedError."""
    driver = connection.connection.driver_connection
    if stop is None or driver is None:
        yield
        return
    try:
        with stop.broken_off_by(driver.interrupt):
            yield
    except DBAPIError as error:
        if was_interrupted(error):
            raise StoppedError from error
        raise


def was_interrupted(error: DBAPIError) -> bool:
    """Whether a statement ended early because it was told to."""
    return str(error.orig) == _INTERRUPTED
