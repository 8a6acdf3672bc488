"""Rows of statements that run at every keystroke, by the driver alone.

What SQLAlchemy makes of each result takes as long as SQLite takes to find the few rows of a page.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from briefer.storage import cipher


def rows(connection: Connection, statement: str, *values: object) -> list[Any]:
    """Return all rows of a statement, as tuples. Raises what SQLAlchemy does."""
    driver = connection.connection.driver_connection
    assert driver is not None
    try:
        found: list[Any] = driver.execute(statement, values).fetchall()
    except cipher.errors() as error:
        # The error of the same name, as for every other statement.
        raise DBAPIError.instance(statement, None, error, type(error), hide_parameters=True) from error
    return found


def value(connection: Connection, statement: str, *values: object) -> Any:
    """Return the first value of the first row, None where there is none. Raises as :func:`rows`."""
    found = rows(connection, statement, *values)
    return found[0][0] if found else None
