"""Damage that SQLite's quick look does not see is told as damage, and what can be made anew is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import LibraryError
from briefer.intake import Intake
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk

IN = parse_tag("partner:IN")
INDEX = "ix_snapshots_digest"


def lacking(library: Path) -> None:
    """Have the index of snapshots know them by other ids than their rows."""
    with closing(sqlite3.connect(library)) as connection:
        definition = connection.execute("SELECT * FROM sqlite_schema WHERE name = ?", (INDEX,)).fetchone()
    for number in range(3):
        with closing(sqlite3.connect(library)) as connection, connection:
            connection.execute("PRAGMA writable_schema=ON")
            if number == 0:
                connection.execute("DELETE FROM sqlite_schema WHERE name = ?", (INDEX,))
            elif number == 1:
                connection.execute("UPDATE snapshots SET id = 'x' || id")
                connection.execute("UPDATE sources SET snapshot_id = 'x' || snapshot_id")
                connection.execute("UPDATE excerpts SET snapshot_id = 'x' || snapshot_id")
            else:
                connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", definition)


def misnaming(library: Path) -> None:
    """Have the index of the ids of sources hold another id."""
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        wanted = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_sources_1'"
        (page,) = connection.execute(wanted).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (id_,) = connection.execute("SELECT id FROM sources").fetchone()
    data = bytearray(library.read_bytes())
    at = data.index(id_.encode(), (page - 1) * size, page * size)
    data[at] += 1
    library.write_bytes(data)


HARMED: dict[str, tuple[Callable[[Path], None], Callable[[Desk], object]]] = {
    "search": (lacking, lambda desk: desk.find.excerpts("months")),
    "document": (misnaming, lambda desk: desk.publish.document(desk.compose.briefs()[0].id)),
    "checks": (misnaming, lambda desk: desk.review.check(desk.compose.briefs()[0].id)),
}


@pytest.mark.parametrize(("harm", "ask"), HARMED.values(), ids=HARMED)
def test_rows_that_an_index_lacks_are_told_as_damage_and_a_repair_indexes_them(
    desk: Desk, port: Source, library: Path, harm: Callable[[Path], None], ask: Callable[[Desk], object]
) -> None:
    desk.curate.mark_quote(port.id, "We cannot wait eight months", tags=[IN])
    desk.compose.create(NewBrief("country-brief", (IN,)))
    desk.library.close()
    harm(library)
    with closing(LibraryOpener(Intake).open(library)) as damaged:
        with pytest.raises(LibraryError, match="is damaged"):
            ask(damaged)
        assert any("index" in problem for problem in damaged.review.doctor())
        damaged.review.repair()
        assert not any("index" in problem for problem in damaged.review.doctor())
        ask(damaged)


def test_nothing_where_something_has_to_be_is_told_as_damage(desk: Desk, port: Source, library: Path) -> None:
    desk.curate.mark_quote(port.id, "We cannot wait eight months", tags=[IN])
    desk.library.close()
    with closing(sqlite3.connect(library)) as connection, connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'sources'").fetchone()
        loosened = sql.replace("language TEXT NOT NULL", "language TEXT")
        assert loosened != sql
    for definition, statement in ((loosened, ""), (sql, "UPDATE sources SET language = NULL")):
        with closing(sqlite3.connect(library)) as connection, connection:
            connection.execute(statement or "SELECT 1")
            connection.execute("PRAGMA writable_schema=ON")
            connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'sources'", (definition,))
    with closing(LibraryOpener(Intake).open(library)) as opened:
        with pytest.raises(LibraryError, match="is damaged"):
            opened.find.facets("")
        assert any("language" in problem for problem in opened.review.doctor())


def test_a_day_that_is_none_is_told_as_damage_and_left_out_by_a_rescue(
    desk: Desk, port: Source, library: Path, tmp_path: Path
) -> None:
    desk.curate.mark_quote(port.id, "We cannot wait eight months", tags=[IN])
    brief, _ = desk.compose.create(NewBrief("country-brief", (IN,)))
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE sources SET published = '2026' || char(0) || '03-03'")
    with pytest.raises(LibraryError, match="is no date"):
        desk.publish.document(brief.id)
    assert any("sources hold what cannot be read" in problem for problem in desk.review.doctor())
    rescued = LibraryOpener(Intake).rescue(library, tmp_path / "rescued.briefer")
    assert "published cannot be read and is now empty" in " ".join(rescued.harmed)
    assert rescued.saved.sources == 1


def test_a_format_that_is_none_is_told_as_damage(desk: Desk, library: Path) -> None:
    desk.library.close()
    data = bytearray(library.read_bytes())
    data[44:48] = (9).to_bytes(4, "big")  # the schema's format, up to 4 (sqlite.org/fileformat2.html, 1.3.10)
    library.write_bytes(data)
    with pytest.raises(LibraryError, match="is damaged"):
        LibraryOpener(Intake).open(library)
