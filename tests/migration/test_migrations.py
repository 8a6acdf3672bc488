"""Libraries of older and newer schemas. Later schemas are made up: a copy of ``db/`` with more revisions."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from briefer import assets
from briefer.domain.pages import UNPAGED
from briefer.domain.queries import Words
from briefer.domain.similarity import bands, body_text, text_digest
from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.errors import LibraryError
from briefer.storage import copies, create_library, migrations, open_library
from briefer.storage.engine import APPLICATION_ID, Access, disposing, new_engine, transaction
from briefer.storage.tables import is_index_table, metadata
from tests.unit.factories import (
    make_brief,
    make_excerpt,
    make_snapshot,
    make_source,
    make_version,
    original,
    prose,
    quotation,
    untold,
)

HEAD = migrations.head()
FIRST_SCHEMA = Path(__file__).with_name("library_0001.sql")
REVISION = """
from alembic import op
import sqlalchemy as sa

revision = "{revision}"
down_revision = "{down}"

def upgrade():
    with op.batch_alter_table("sources", recreate="always") as batch:
        batch.add_column(sa.Column("shelf{revision}", sa.Text(), nullable=False, server_default="top"))
    {more}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with something in it that a careless upgrade would lose."""
    path = tmp_path / "note.briefer"
    library = create_library(path, Vocabulary((Term(TagKind.PARTNER, "DE", "Germany"),), "IN"))
    source = make_source()
    with library.write() as work:
        work.sources.add(source, make_snapshot(source), original())
    library.close()
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the revisions that this test may add to, used in place of them."""
    folder = tmp_path / "db 100%"
    shutil.copytree(assets.migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(assets, "migrations", lambda: folder)
    return folder


def add_revision(folder: Path, revision: str, down: str, more: str = "") -> None:
    text = REVISION.format(revision=revision, down=down, more=more)
    (folder / "versions" / f"{revision}_made_up.py").write_text(text)


def schema(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()


def test_the_revisions_make_the_tables_of_the_program(path: Path) -> None:
    with disposing(new_engine(path)) as engine, engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, type_, _: not (type_ == "table" and is_index_table(name)),
            },
        )
        assert compare_metadata(context, metadata) == []
        inspector = inspect(connection)
        for table in metadata.tables.values():
            assert inspector.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
            found = {c["name"]: c["nullable"] for c in inspector.get_columns(table.name)}
            assert found == {c.name: bool(c.nullable) for c in table.c}
            cascades = {
                k["name"]: k["options"].get("ondelete") for k in inspector.get_foreign_keys(table.name)
            }
            assert cascades == {k.name: k.ondelete for k in table.foreign_key_constraints}


def test_the_file_brings_no_triggers_and_views(path: Path) -> None:
    assert {kind for kind, *_ in schema(path)} == {"table", "index"}


def test_an_older_library_is_copied_and_upgraded(path: Path, folder: Path) -> None:
    before = schema(path)
    add_revision(folder, "9001", HEAD)
    add_revision(folder, "9002", "9001")
    library = open_library(path)
    with library.read() as work:
        shelves = work._connection.exec_driver_sql('SELECT "shelf9001", "shelf9002" FROM sources').all()
        assert shelves == [("top", "top")]
        assert work.vocabulary.get().home_country == "IN"
        (source,) = work.sources.all()
        assert work.sources.snapshot(source.id) is not None
        assert work.search.sources(Words("Berlin"), limit=1)[0].source == source
    library.close()
    assert migrations.revision_of(path) == "9002"
    copy = path.with_name("note.before-9002.briefer")
    assert schema(copy) == before
    assert sorted(p.name for p in path.parent.glob("*note*")) == [copy.name, path.name]


def test_opening_at_the_newest_revision_makes_no_copy(path: Path) -> None:
    open_library(path).close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_revision_that_fails_leaves_the_library_as_it_was(path: Path, folder: Path) -> None:
    before = path.read_bytes()
    add_revision(folder, "9001", HEAD)
    add_revision(folder, "9002", "9001", 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(OperationalError):
        open_library(path)
    assert path.read_bytes() == before
    assert not Path(f"{path}-journal").exists()


def test_an_upgrade_that_is_broken_off_over_and_over_leaves_one_copy_of_each_state(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    def copies() -> list[str]:
        return sorted(p.name for p in path.parent.glob("note.before-*"))

    add_revision(folder, "9001", HEAD)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "upgrade", fail)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                open_library(path)
        first = path.with_name("note.before-9001.briefer")
        assert copies() == [first.name]
        data = bytearray(first.read_bytes())
        data[-4096:] = bytes(4096)
        first.write_bytes(data)  # what is not whole is no copy
        with pytest.raises(KeyboardInterrupt):
            open_library(path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE sources SET title = 'Another state'")
            connection.commit()
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                open_library(path)
    assert copies() == [
        "note.before-9001-2.briefer",
        "note.before-9001-3.briefer",
        "note.before-9001.briefer",
    ]
    open_library(path).close()
    assert len(copies()) == 3


def test_a_revision_that_loses_references_is_undone(path: Path, folder: Path) -> None:
    before = path.read_bytes()
    add_revision(folder, "9001", HEAD, 'op.execute("DELETE FROM blobs")')
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert error.value.code == "library-damaged"
    assert path.read_bytes() == before


def test_a_newer_library_is_refused_and_left_alone(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_revision(folder, "9001", HEAD)
    open_library(path).close()
    path.with_name("note.before-9001.briefer").unlink()
    before = path.read_bytes()
    monkeypatch.undo()
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert error.value.code == "library-newer"
    assert error.value.data["found"] == "9001"
    assert path.read_bytes() == before
    assert list(path.parent.glob("note*")) == [path]


def test_without_space_for_the_copy_nothing_is_upgraded(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    add_revision(folder, "9001", HEAD)
    before = path.read_bytes()
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(LibraryError) as error:
        open_library(path)
    assert error.value.code == "library-full"
    assert path.read_bytes() == before


def test_a_library_in_use_is_not_upgraded(path: Path, folder: Path) -> None:
    add_revision(folder, "9001", HEAD)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError) as error:
            open_library(path, busy_ms=1)
    assert error.value.code == "library-locked"
    assert migrations.revision_of(path) == HEAD


def test_logging_stays_as_it_was(path: Path, folder: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("briefer").disabled)
    add_revision(folder, "9001", HEAD)
    open_library(path).close()
    assert (root.level, list(root.handlers), logging.getLogger("briefer").disabled) == before


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """A library as the first schema had it: two sources, excerpts, tags, a brief with a version, the index."""
    path = tmp_path / "old.briefer"
    with (
        disposing(new_engine(path, Access(create=True))) as engine,
        transaction(engine, write=True) as connection,
    ):
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.run(connection, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_SCHEMA.read_text("utf-8"))
    return path


def test_a_library_of_the_first_schema(first_schema: Path) -> None:
    assert migrations.revision_of(first_schema) == "0001"
    library = open_library(first_schema)
    assert library.problems() == ()
    with library.write() as work:
        first, second = sorted(work.sources.all(), key=lambda s: s.id)
        assert (first.event.value, first.event.reference) == ("2025-12-15", None)
        assert first.extra == {"volume": "3"}
        for source in (first, second):
            assert (source.accepted, source.known, source.story, source.genre) == (True, {}, None, "")
            (snapshot,) = work.sources.snapshots(source.id)
            assert work.sources.snapshot(source.id) == snapshot
            assert (snapshot.captured_by, snapshot.tool, snapshot.pages) == ("", "", UNPAGED)
            assert work.sources.original(snapshot.id) == snapshot.text.encode()
            assert work.sources.by_text(text_digest(snapshot.text, snapshot.reading)) == (source,)
            assert work.sources.similar(bands(body_text(snapshot.text, snapshot.reading))) == (source.id,)
            assert all((e.anchored, e.page) == (None, None) for e in work.excerpts.of_source(source.id))
        assert work.sources.unaccepted() == ()
        assert work.sources.by_url("http://example.org/ports/strike") == first
        (found,) = work.search.ids(Words("車会社の在庫"))
        excerpt = work.excerpts.get(found)
        assert excerpt is not None
        assert excerpt.translation.startswith("Carmakers abroad")
        (brief,) = work.briefs.all()
        assert (brief.excerpts, len(work.briefs.versions(brief.id))) == (2, 1)
        (version,) = work.briefs.versions(brief.id)
        for excerpt_id in version.brief.excerpt_ids():
            (use,) = work.briefs.using([excerpt_id])
            assert (use.brief_id, use.now, use.versions) == (brief.id, True, (version.number,))
        work.sources.add_snapshot(make_snapshot(first), original())
        assert len(work.sources.snapshots(first.id)) == 2
    assert library.problems() == ()
    library.close()
    assert first_schema.with_name(f"old.before-{HEAD}.briefer").exists()


def test_a_killed_upgrade_is_finished_by_the_next_opening(
    first_schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(copies, "rebuild", die)
        with pytest.raises(KeyboardInterrupt):
            open_library(first_schema)
    assert migrations.revision_of(first_schema) == HEAD
    library = open_library(first_schema)
    assert library.problems() == ()
    with library.read() as work:
        assert work.sources.by_url("http://example.org/ports/strike") is not None
    library.close()


def set_back(connection: sqlite3.Connection, revision: str) -> None:
    """Make a library one of schema 0009 or 0010: what later ones brought goes."""
    connection.execute("DROP TABLE version_excerpts")
    connection.execute("ALTER TABLE briefs DROP COLUMN numbering")
    for index in ("ix_excerpts_dates", "ix_snapshots_digest"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_words_of_full_width_get_their_blanks_back(path: Path) -> None:
    source = make_source()
    snapshot = make_snapshot(source, "ＴＨＥ　ＨＡＲＢＯＵＲ　は閉鎖\n")
    excerpt, other = make_excerpt(snapshot), make_excerpt(snapshot, "は閉鎖")
    library = open_library(path)
    untold(library)
    with library.write() as work:
        work.sources.add(source, snapshot, original(snapshot.text))
        work.excerpts.add([excerpt, other])
    library.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE excerpts SET quote = 'ＴＨＥＨＡＲＢＯＵＲは閉鎖' WHERE id = ?", (excerpt.id,)
        )
        connection.execute("UPDATE meta SET value = '3' WHERE key = 'index_version'")
        set_back(connection, "0009")
        connection.commit()
    library = open_library(path)
    with library.read() as work:
        assert work.excerpts.get(excerpt.id) == excerpt
        assert excerpt.quote == "ＴＨＥ ＨＡＲＢＯＵＲは閉鎖"
        assert work.excerpts.get(other.id) == other
        assert work.search.ids(Words("harbour")) == (excerpt.id,)
    assert library.problems() == ()
    library.close()


def test_the_excerpts_of_versions_are_gathered_whatever_the_versions_hold(path: Path) -> None:
    source = make_source()
    snapshot = make_snapshot(source)
    quoted, cited = make_excerpt(snapshot), make_excerpt(snapshot, "from March")
    brief = make_brief(quotation(quoted.id), prose(f"As agreed [@{cited.id[:30]}; @nothing-of-ours]."))
    library = open_library(path)
    with library.write() as work:
        work.sources.add(source, snapshot, original())
        work.excerpts.add([quoted, cited])
        work.briefs.put(brief)
        for number in (1, 2):
            work.briefs.add_version(make_version(brief, number=number))
        asked = [work.briefs.using([excerpt.id]) for excerpt in (quoted, cited)]
    library.close()
    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT excerpt_id FROM version_excerpts ORDER BY 1").fetchall()
        connection.execute("UPDATE versions SET brief = '[1' WHERE number = 1")
        set_back(connection, "0010")
        connection.commit()
    upgraded = open_library(path)
    with upgraded.read() as work:
        again = [work.briefs.using([excerpt.id]) for excerpt in (quoted, cited)]
    upgraded.close()
    assert [[use.versions for use in uses] for uses in asked] == [[(2, 1)], [(2, 1)]]
    assert [[use.versions for use in uses] for uses in again] == [[(2,)], [(2,)]]
    with closing(sqlite3.connect(path)) as connection:
        assert (
            connection.execute("SELECT excerpt_id FROM version_excerpts ORDER BY 1").fetchall() == kept[::2]
        )
