"""A library from a stranger: what works by itself, or is another than it seems, is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.domain.holders import Holder
from briefer.domain.passphrases import Passphrase
from briefer.domain.tags import Vocabulary
from briefer.errors import LibraryError
from briefer.storage import create_library, migrations, open_library, opening
from briefer.storage.engine import APPLICATION_ID, Access, disposing, new_engine, transaction
from briefer.storage.rescue import rescue
from briefer.storage.schema import _DIGEST, check_schema, digest_of, is_present
from tests.unit.storage.conftest import Shelf

ME = Holder("ann", "pc-12", 42, datetime(2026, 1, 15, 9, 30, tzinfo=UTC))


def changed(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.executescript(script)


@pytest.mark.parametrize("revision", sorted(migrations._revisions()[1]))
def test_every_schema_that_briefer_ever_made_is_known(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "note.briefer"
    with (
        disposing(new_engine(path, Access(create=True))) as engine,
        transaction(engine, write=True) as connection,
    ):
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.run(connection, revision)
    with closing(sqlite3.connect(path)) as bare:
        check_schema(bare, path)
        migrations.check_definitions(bare, path, revision)


@pytest.mark.parametrize(
    "passphrase", [None, Passphrase("correct horse battery")], ids=["plain", "encrypted"]
)
def test_the_present_schema_is_known_by_its_digest(tmp_path: Path, passphrase: Passphrase | None) -> None:
    """Whoever adds a revision puts the new digest into ``schema.py``; without it, libraries open more slowly."""
    with closing(create_library(tmp_path / "new.briefer", Vocabulary(()), passphrase=passphrase)) as library:
        driver = library._ready[0]
        assert digest_of(driver) == _DIGEST
        assert is_present(driver)


def test_an_upgraded_schema_is_that_of_a_new_library(tmp_path: Path) -> None:
    path = tmp_path / "note.briefer"
    with (
        disposing(new_engine(path, Access(create=True))) as engine,
        transaction(engine, write=True) as connection,
    ):
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.run(connection, "0001")
    open_library(path).close()
    with closing(sqlite3.connect(path)) as bare:
        assert is_present(bare)


def test_a_present_schema_is_not_looked_through(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(opening, "check_schema", lambda *given: seen.append(given))
    open_library(path, me=ME).close()
    changed(path, "ANALYZE")
    open_library(path, me=ME).close()
    assert not seen
    changed(path, "UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'forms'")
    open_library(path, me=ME).close()
    assert seen


@pytest.mark.parametrize(
    "script",
    [
        "INSERT INTO sqlite_schema VALUES ('trigger', NULL, 'briefs', 0, 'CREATE TRIGGER t DELETE ON briefs BEGIN SELECT 1; END')",
        "INSERT INTO sqlite_schema VALUES (NULL, NULL, NULL, NULL, NULL)",
        "UPDATE sqlite_schema SET rootpage = 0 WHERE name = 'forms'",
        "UPDATE sqlite_schema SET tbl_name = 'meta' WHERE name = 'forms'",
        "UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'forms'",
        "UPDATE sqlite_schema SET sql = CAST(sql AS BLOB) WHERE name = 'forms'",
        "DELETE FROM sqlite_schema WHERE name = 'ix_loose_stamp'",
    ],
)
def test_whatever_is_changed_in_a_schema_is_another_digest(path: Path, script: str) -> None:
    changed(path, script)
    with closing(sqlite3.connect(path)) as bare:
        bare.execute("PRAGMA writable_schema=ON")  # which reads past what SQLite finds wrong in it
        assert not is_present(bare)


def test_what_sqlite_keeps_of_its_own_is_known(path: Path) -> None:
    changed(path, "ANALYZE")
    open_library(path, me=ME).close()


_AT_ONCE = (
    "CREATE TRIGGER t AFTER INSERT ON briefs BEGIN DELETE FROM sources; END",
    "CREATE VIEW v AS SELECT 1",
    "DROP TABLE meta; CREATE VIEW meta AS SELECT 'a' AS key, 'b' AS value",
    "CREATE TABLE payload (x)",
    "CREATE VIRTUAL TABLE payload USING fts5(x)",
    "DROP TABLE loose; CREATE VIRTUAL TABLE loose USING fts5(x)",
    "DROP TABLE excerpt_index; CREATE VIRTUAL TABLE excerpt_index USING fts5(body)",
    "DROP TABLE excerpt_index; CREATE TABLE excerpt_index (body, comment, speaker, title, publisher)",
    "CREATE INDEX extra ON briefs (title)",
    'CREATE INDEX "x\'y\n" ON briefs (upper(title))',
    "UPDATE sqlite_schema SET type = 'x' WHERE name = 'forms'",
    "ALTER TABLE briefs ADD COLUMN size TEXT",
    "ALTER TABLE alembic_version ADD COLUMN size TEXT",
    "ALTER TABLE briefs ADD COLUMN sum GENERATED ALWAYS AS (length(title)) VIRTUAL",
)
_CLOSELY = (
    "ALTER TABLE briefs ADD COLUMN sum GENERATED ALWAYS AS (length(title)) VIRTUAL",
    "ALTER TABLE briefs ADD COLUMN sum\tAS\n(length(title))",
    "ALTER TABLE briefs ADD COLUMN size TEXT CHECK (length(size) < 9)",
    "DROP INDEX ix_loose_stamp; CREATE INDEX ix_loose_stamp ON loose (abs(stamp))",
    "DROP TABLE forms; CREATE TABLE forms (id /* ) */ TEXT, form)",
)


@pytest.mark.parametrize("script", _AT_ONCE)
def test_what_briefer_never_makes_is_refused(path: Path, script: str) -> None:
    changed(path, script)
    before = path.read_bytes()
    for me in (None, ME):
        with pytest.raises(LibraryError) as error:
            open_library(path, me=me)
        assert error.value.code in {"library-foreign", "library-damaged"}
        assert "\n" not in str(error.value)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("me", [None, ME])
@pytest.mark.parametrize("script", _CLOSELY)
def test_what_works_by_itself_is_refused(path: Path, script: str, me: Holder | None) -> None:
    changed(path, script)
    with pytest.raises(LibraryError) as error:
        open_library(path, me=me)
    assert error.value.code == "library-foreign"
    assert "works by itself" in str(error.value)


_REWRITE = "UPDATE sqlite_schema SET sql = replace(sql, '{}', '{}') WHERE name = '{}'"


@pytest.mark.parametrize(
    ("script", "what"),
    [
        (_REWRITE.format("ON DELETE CASCADE", "ON DELETE SET NULL", "excerpts"), "foreign key"),
        (_REWRITE.format("ON DELETE CASCADE", "", "excerpts"), "foreign key"),
        (_REWRITE.format("title TEXT NOT NULL", "title TEXT", "sources"), "column title of sources"),
        (_REWRITE.format("title TEXT NOT NULL", "title TEXT DEFAULT 5 NOT NULL", "sources"), "column title"),
        (_REWRITE.format("title TEXT", "title INTEGER", "sources"), "column title of sources"),
        ("DROP INDEX ix_loose_stamp; CREATE UNIQUE INDEX ix_loose_stamp ON loose (stamp)", "index ix_loose_stamp of loose"),
        ("DROP INDEX ix_loose_stamp; CREATE INDEX ix_loose_stamp ON loose (stamp DESC)", "index ix_loose_stamp of loose"),
    ],
)  # fmt: skip
def test_definitions_that_are_others_than_briefers_are_refused(path: Path, script: str, what: str) -> None:
    changed(path, script)
    with pytest.raises(LibraryError, match=what) as error:
        open_library(path)
    assert error.value.code == "library-foreign"


def test_definitions_may_be_written_in_another_way(path: Path) -> None:
    changed(
        path,
        _REWRITE.format("title TEXT NOT NULL", "title  text\nNOT NULL", "sources").replace("text", "TEXT"),
    )
    open_library(path).close()


def test_definitions_are_looked_at_before_an_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "note.briefer"
    with (
        disposing(new_engine(path, Access(create=True))) as engine,
        transaction(engine, write=True) as connection,
    ):
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.run(connection, "0004")
    changed(path, "ALTER TABLE briefs ADD COLUMN size TEXT CHECK (length(size) < 9)")
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert error.value.code == "library-foreign"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("number", ["0005", "0010"])
def test_a_number_that_is_not_that_of_its_tables_is_told_before_anything_is_done(
    path: Path, tmp_path: Path, number: str
) -> None:
    changed(path, f"UPDATE alembic_version SET version_num = '{number}'")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=f"it says that its schema is {number}") as error:
        open_library(path)
    assert error.value.code == "library-damaged"
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_second_number_of_a_schema_is_refused(path: Path) -> None:
    changed(path, "INSERT INTO alembic_version VALUES ('0003')")
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert error.value.code == "library-foreign"


def test_a_revision_that_is_read_from_a_view_is_none(path: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS version_num FROM n WHERE x = 2"
    changed(path, f"DROP TABLE alembic_version; CREATE VIEW alembic_version AS {endless}")
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert error.value.code == "library-damaged"


def test_without_the_application_id_it_is_none(path: Path) -> None:
    changed(path, "PRAGMA application_id=0")
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert error.value.code == "library-not-one"


def test_a_value_longer_than_any_file_is_not_read(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    source, _snapshot = shelf.source()
    shelf.library.close()
    from briefer.storage import engine

    monkeypatch.setattr(engine, "_LONGEST_VALUE", 100_000)
    changed(shelf.library.path, "UPDATE sources SET title = hex(zeroblob(100000))")
    library = open_library(shelf.library.path)
    with pytest.raises(LibraryError) as error, library.read() as work:
        work.sources.get(source.id)
    assert error.value.code == "library-damaged"
    library.close()


def test_what_is_briefers_of_it_can_be_saved(shelf: Shelf, tmp_path: Path) -> None:
    shelf.excerpt()
    shelf.library.close()
    changed(shelf.library.path, "CREATE TRIGGER t AFTER INSERT ON briefs BEGIN DELETE FROM sources; END")
    out = tmp_path / "saved.briefer"
    assert rescue(shelf.library.path, out).lost == ()
    library = open_library(out, me=ME)
    assert library.problems() == ()
    with library.read() as work:
        assert work.counts().excerpts == 1
    library.close()


def test_a_new_library_passes(tmp_path: Path) -> None:
    create_library(tmp_path / "note.briefer", Vocabulary()).close()
    open_library(tmp_path / "note.briefer", me=ME).close()
