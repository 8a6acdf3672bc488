"""Reads that are broken off from another thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy.exc import DBAPIError

from briefer.domain.queries import Node, Words
from briefer.services.stopping import Stop, StoppedError
from briefer.storage import SqliteLibrary
from briefer.storage.search import SqliteSearch
from tests.unit.storage.conftest import Shelf

# Ends by itself after some seconds, so that a test that fails ends too.
LONG = (
    "WITH RECURSIVE n(i) AS (SELECT begun() UNION ALL SELECT 1 FROM n LIMIT 50000000) SELECT count(*) FROM n"
)


def ask_long(library: SqliteLibrary, stop: Stop, begun: Event) -> object:
    with library.read(stop) as work:
        driver = work._connection.connection.driver_connection
        assert driver is not None
        driver.create_function("begun", 0, begun.set)
        return work._connection.exec_driver_sql(LONG).scalar()


def test_a_statement_is_broken_off(shelf: Shelf) -> None:
    made = shelf.excerpt("Harbour.\n")
    stop, begun = Stop(), Event()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask_long, shelf.library, stop, begun)
        assert begun.wait(60)
        stop.stop()
        with pytest.raises(StoppedError):
            asked.result(60)
    stop.stop()
    with shelf.library.read() as work:  # on the same connection
        assert work.search.ids(Words("harbour")) == (made.id,)


def test_nothing_is_begun_after_it(library: SqliteLibrary) -> None:
    stop = Stop()
    stop.stop()
    assert stop.stopped
    with pytest.raises(StoppedError), library.read(stop):
        pytest.fail("begun")


def test_what_ends_by_itself_is_left_alone(library: SqliteLibrary) -> None:
    stop = Stop()
    with library.read(stop) as work:
        assert work.search.ids(Words("harbour")) == ()
    with pytest.raises(DBAPIError, match="near"), library.read(stop) as work:
        work._connection.exec_driver_sql("SELECT FROM")


def test_a_search_that_is_broken_off_is_no_damaged_index(shelf: Shelf) -> None:
    shelf.excerpt("Harbour.\n")

    def search() -> None:
        with shelf.library.read(Stop()) as work:
            driver = work._connection.connection.driver_connection
            assert driver is not None
            driver.set_progress_handler(lambda: 1, 1)
            try:
                work.search.ids(Words("harbour"))
            finally:
                driver.set_progress_handler(None, 1)

    with pytest.raises(StoppedError):
        search()


@pytest.mark.parametrize("ask", [SqliteSearch.facets, SqliteSearch.coverage])
def test_counting_ends_between_its_statements(
    shelf: Shelf, ask: Callable[[SqliteSearch, Node], object]
) -> None:
    made = shelf.excerpt("Harbour.\n", tags="partner:DE risk:cyber")
    stop = Stop()
    with shelf.library.read() as work:
        counting = SqliteSearch(work._connection, None, stop)
        assert ask(counting, Words("harbour"))
        stop.stop()
        assert counting.ids(Words("harbour")) == (made.id,)
        with pytest.raises(StoppedError):
            ask(counting, Words("harbour"))
