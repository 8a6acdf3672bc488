"""Damage of the search index that SQLite reads as if it were sound is seen when a library is opened again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.domain.holders import Holder
from briefer.domain.queries import Words
from briefer.storage import SqliteLibrary, open_library
from tests.unit.storage.conftest import Shelf

ME = Holder("Anna", "desk", 1, datetime(2026, 1, 15, 9, tzinfo=UTC))


@pytest.fixture
def left(path: Path) -> Path:
    """Return a library as a window left it, with some excerpts."""
    library = open_library(path, me=ME)
    shelf = Shelf(library)
    for number in range(9):
        shelf.excerpt(f"Harbour number {number}.\n", tags="partner:DE")
    library.close()
    return path


def is_sound(library: SqliteLibrary) -> bool:
    with library.read() as work:
        return work.search.index_is_sound(closely=True)


def found(library: SqliteLibrary) -> int:
    with library.read() as work:
        return work.search.page(Words("harbour"), limit=0).total


def flip_word(path: Path) -> None:
    """Make another word of one in the index, which stays in order, so that SQLite sees nothing wrong."""
    with closing(sqlite3.connect(path)) as connection:
        for number, block in connection.execute("SELECT id, block FROM excerpt_index_data").fetchall():
            changed = bytes(block).replace(b"harbour", b"harbous")
            connection.execute("UPDATE excerpt_index_data SET block = ? WHERE id = ?", (changed, number))
        connection.commit()


def drop_term(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE excerpt_index_idx SET term = x'3061' WHERE segid = (SELECT max(segid) FROM excerpt_index_idx)"
        )
        connection.commit()


def rename_set(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO postings SELECT 'partner:DF', 0, 1, x'00'")
        connection.commit()


@pytest.mark.parametrize("harm", [flip_word, drop_term, rename_set])
def test_an_index_that_somebody_else_changed_is_not_sound(left: Path, harm: Callable[[Path], None]) -> None:
    library = open_library(left)
    assert is_sound(library)
    library.close()
    harm(left)
    library = open_library(left)
    assert not is_sound(library)
    library.repair()
    assert is_sound(library)
    assert found(library) == 9
    library.close()


def test_hits_are_missing_without_a_word_from_what_the_sum_alone_sees(left: Path) -> None:
    flip_word(left)
    with closing(open_library(left)) as library, library.read() as work:
        page = work.search.page(Words("harbour"), limit=9)
        assert (page.total, page.scanned) == (0, False)
        assert not work.search.index_is_sound(closely=True)


def test_nothing_is_known_of_an_index_that_was_changed_since(left: Path) -> None:
    library = open_library(left)
    Shelf(library).excerpt("Another harbour.\n")
    library.close()
    flip_word(left)
    library = open_library(left)
    assert is_sound(library)
    library.close()


def test_an_index_that_nobody_changed_is_not_sealed_again(left: Path) -> None:
    flip_word(left)
    open_library(left, me=ME).close()
    library = open_library(left)
    assert not is_sound(library)
    library.close()
