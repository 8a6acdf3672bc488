"""What can be read of a damaged library comes into a new one, and the rest is named."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefer import in_use
from briefer.domain.results import LibraryCounts
from briefer.domain.sources import Capture
from briefer.errors import InputError, LibraryError
from briefer.services.ports import Taken
from briefer.storage import open_library
from briefer.storage.rescue import rescue
from tests.unit.factories import make_brief, make_reading, make_source, prose
from tests.unit.storage.conftest import Shelf
from tests.unit.storage.test_damage import overwritten, truncated, without_header

_PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Path:
    path = tmp_path_factory.mktemp("whole") / "whole.briefer"
    shutil.copy(blank, path)
    library = open_library(path)
    shelf = Shelf(library)
    for number in range(30):
        shelf.excerpt(f"Paragraph {number} about Germany and its ports.\n\n" * 40, tags="partner:DE")
    with library.write() as work:
        work.briefs.put(make_brief(title="The brief"))
    library.close()
    return path


@pytest.fixture
def note(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "note.briefer"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "rescued.briefer"


def sound_counts(path: Path, told: tuple[str, ...] = ()) -> LibraryCounts:
    """Return what a library holds; what of it is not sound must have been told."""
    library = open_library(path)
    assert {f"left as it is: {problem}" for problem in library.problems()} <= set(told)
    with library.read() as work:
        counts = work.counts()
        assert len(work.sources.all()) == counts.sources
    library.close()
    return counts


def page_of(path: Path, words: str) -> int:
    """Return where the first page begins that holds some words."""
    return path.read_bytes().index(words.encode()) // _PAGE * _PAGE


def test_of_a_sound_library_nothing_is_lost(note: Path, out: Path) -> None:
    before = note.read_bytes()
    steps: list[str] = []
    rescued = rescue(note, out, progress=lambda _done, _total, name: steps.append(name))
    assert (rescued.lost, rescued.harmed) == ((), ())
    assert rescued.saved == sound_counts(out) == LibraryCounts(30, 30, 1)
    assert "sources" in steps
    assert note.read_bytes() == before
    assert sorted(file.name for file in out.parent.iterdir()) == ["note.briefer", "rescued.briefer"]


@pytest.mark.parametrize("number", ["0005", "0010"])
def test_with_a_number_of_another_schema_nothing_is_lost(note: Path, out: Path, number: str) -> None:
    with closing(sqlite3.connect(note)) as connection:
        entries = connection.execute("SELECT * FROM record").fetchall()
        connection.execute("UPDATE alembic_version SET version_num = ?", [number])
        connection.commit()
    rescued = rescue(note, out)
    assert (rescued.lost, rescued.harmed) == ((), ())
    assert rescued.saved == LibraryCounts(30, 30, 1)
    assert entries
    with closing(sqlite3.connect(out)) as connection:
        *kept, last = connection.execute("SELECT * FROM record").fetchall()
    assert kept == entries
    assert '{"rescued":true}' in last


def test_without_its_header_nothing_is_lost(note: Path, out: Path) -> None:
    data = bytearray(note.read_bytes())
    without_header(data, random.Random(1))
    note.write_bytes(data)
    rescued = rescue(note, out)
    assert rescued.lost == ()
    assert sound_counts(out) == LibraryCounts(30, 30, 1)


@pytest.mark.parametrize("at", range(100))
@pytest.mark.parametrize("flip", [0x01, 0xFF])
def test_with_one_wrong_byte_in_its_header_nothing_is_lost(note: Path, out: Path, at: int, flip: int) -> None:
    data = bytearray(note.read_bytes())
    data[at] ^= flip
    note.write_bytes(data)
    rescued = rescue(note, out)
    assert (rescued.lost, rescued.saved) == ((), LibraryCounts(30, 30, 1))


@pytest.mark.parametrize("size", [100, _PAGE], ids=["header", "page"])
def test_a_library_without_its_beginning_is_damaged_and_names_the_way_out(note: Path, size: int) -> None:
    data = bytearray(note.read_bytes())
    data[:size] = bytes(size)
    note.write_bytes(data)
    with pytest.raises(LibraryError, match="briefer rescue") as error:
        open_library(note)
    assert error.value.code == "library-damaged"


def brief_that_says(note: Path, change: str) -> None:
    """Put a brief into a library, and change it behind Briefer's back."""
    library = open_library(note)
    with library.write() as work:
        work.briefs.put(make_brief(prose("As agreed."), title="Said"))
    library.close()
    with closing(sqlite3.connect(note)) as connection:
        connection.executescript(change)


def test_what_another_program_said_in_a_brief_is_still_told_of_what_was_saved(note: Path, out: Path) -> None:
    brief_that_says(note, "UPDATE blocks SET markdown = 'As refused.'")
    (told,) = rescue(note, out).lost
    assert "“Said”: what it says is not what was stored last" in told
    library = open_library(out)
    assert library.problems() == (told.removeprefix("left as it is: "),)
    library.close()


def test_what_damage_has_changed_in_a_brief_is_no_other_programs_doing(note: Path, out: Path) -> None:
    brief_that_says(note, "UPDATE blocks SET kind = 'none'; UPDATE record SET at = 'never' WHERE number = 1")
    assert rescue(note, out).lost
    library = open_library(out)
    assert not [problem for problem in library.problems() if "what it says is not" in problem]
    library.close()


def test_what_is_in_a_lost_page_is_counted_and_the_rest_is_there(note: Path, out: Path) -> None:
    data = bytearray(note.read_bytes())
    at = page_of(note, "Paragraph 17 about")
    data[at : at + _PAGE] = bytes(_PAGE)
    note.write_bytes(data)
    rescued = rescue(note, out)
    counts = sound_counts(out)
    assert counts == rescued.saved
    assert 20 < counts.sources <= 30
    assert counts.briefs == 1
    assert rescued.lost


def test_letters_that_are_none_are_shown_as_such(note: Path, out: Path) -> None:
    data = bytearray(note.read_bytes())
    at = data.index(b"The brief")
    data[at] = 0xFF
    note.write_bytes(data)
    rescued = rescue(note, out)
    assert rescued.lost == ()
    assert rescued.harmed == ("briefs: “�he brief”: letters of title cannot be read and are now �",)
    assert sound_counts(out) == LibraryCounts(30, 30, 1)


def test_a_quotation_that_stands_nowhere_is_told_whole(note: Path, out: Path) -> None:
    with closing(sqlite3.connect(note)) as connection:
        connection.execute("UPDATE excerpts SET quote = 'Said otherwise.' WHERE number = 3")
        connection.commit()
    rescued = rescue(note, out)
    assert rescued.lost == ("excerpts: “Said otherwise.”: its quotation differs from its source",)
    assert sound_counts(out) == LibraryCounts(30, 29, 1)


def harmed_by(note: Path, statement: str) -> None:
    with closing(sqlite3.connect(note)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE sources SET created_at = 'soon' WHERE number = 2",
            "created_at cannot be read and is now 1970-01",
        ),
        ("UPDATE sources SET flags = '{' WHERE number = 2", "flags cannot be read and is now []"),
        ("UPDATE sources SET extra = '[' WHERE number = 2", "extra cannot be read and is now {}"),
        ("UPDATE briefs SET subjects = '{'", "briefs: “The brief”: subjects cannot be read and is now []"),
    ],
)
def test_one_value_that_is_none_of_briefers_takes_nothing_else_along(
    note: Path, out: Path, statement: str, told: str
) -> None:
    harmed_by(note, statement)
    rescued = rescue(note, out)
    assert rescued.lost == ()
    assert told in rescued.harmed[0]
    assert sound_counts(out) == LibraryCounts(30, 30, 1)


def test_a_reading_that_is_lost_is_read_anew_and_told(note: Path, out: Path) -> None:
    harmed_by(note, "UPDATE sources SET title = 'The harbour' WHERE number = 2")
    harmed_by(note, "UPDATE sources SET title = 'The strait' WHERE number = 3")
    harmed_by(note, "UPDATE snapshots SET reading = '{', tool = CAST(x'ff' AS TEXT) WHERE source_number < 4")

    def reread(taken: Taken) -> list[Capture]:
        text = taken.data.decode()
        if text.startswith("Paragraph 2 "):
            raise InputError("input-damaged", name=taken.name, detail="torn")
        other = text if text.startswith("Paragraph 1 ") else "another text"
        return [Capture("", other, make_reading(other), "text/plain", "utf-8")]

    rescued = rescue(note, out, reread=reread)
    lost = "which of its lines are the article is lost, and was read anew"
    by_text = "from its text: what is not the article is part of it now"
    title = make_source().title
    assert rescued.lost == ()
    assert sorted(rescued.harmed) == sorted(
        [
            *(
                f"snapshots: of “{name}”: letters of tool cannot be read and are now �"
                for name in (title, "The harbour", "The strait")
            ),
            f"sources: “{title}”: {lost} {by_text}",
            f"sources: “The harbour”: {lost} from its original",
            f"sources: “The strait”: {lost} {by_text}",
        ]
    )
    assert sound_counts(out) == LibraryCounts(30, 30, 1)
    library = open_library(out)
    with library.read() as work:
        for source in work.sources.all():
            snapshot = work.sources.snapshot(source.id)
            assert snapshot is not None
            assert len(list(snapshot.reading.body())) == 40
            assert [excerpt.paragraph for excerpt in work.excerpts.of_source(source.id)] == [1]
    library.close()


def test_a_latest_capture_that_is_lost_leaves_the_one_before(note: Path, out: Path) -> None:
    library = open_library(note)
    shelf = Shelf(library)
    source, _first = shelf.source("First.", title="The strait")
    shelf.snapshot(source.id, "Second.")
    with library.write() as work:
        work.briefs.put(make_brief(id="other", title="Kept"))
    library.close()
    harmed_by(note, "DELETE FROM snapshots WHERE text = 'Second.'")
    rescued = rescue(note, out)
    assert "sources: “The strait”: its latest capture is lost; the one before stands" in rescued.harmed
    assert sound_counts(out) == LibraryCounts(31, 30, 2)


def test_what_is_of_no_kind_is_lost(note: Path, out: Path) -> None:
    harmed_by(note, "UPDATE excerpts SET kind = 'x' WHERE number = 2")
    (lost,) = rescue(note, out).lost
    assert lost.startswith("excerpts: “Paragraph 1 about")
    assert sound_counts(out) == LibraryCounts(30, 29, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sqlite_schema SET sql = CAST(x'c7ff' AS TEXT) WHERE name = 'sources'",
        "UPDATE sqlite_schema SET sql = 'CREATE NONSENSE' WHERE name = 'ix_sources_story'",
        "UPDATE sqlite_schema SET sql = NULL WHERE name = 'excerpt_index'",
        "DELETE FROM sqlite_schema WHERE name = 'alembic_version'",
    ],
)
def test_a_schema_that_cannot_be_read_is_mended_in_the_copy(note: Path, out: Path, statement: str) -> None:
    harmed_by(note, statement)
    before = note.read_bytes()
    rescued = rescue(note, out)
    assert rescued.lost == ()
    assert sound_counts(out) == LibraryCounts(30, 30, 1)
    assert note.read_bytes() == before


def test_what_belongs_to_lost_things_goes_with_them_and_is_named(note: Path, out: Path) -> None:
    with closing(sqlite3.connect(note)) as connection:
        connection.execute("DELETE FROM sources WHERE number = 5")
        connection.commit()
    rescued = rescue(note, out)
    assert any("Paragraph 4 about" in line for line in rescued.lost)
    assert "excerpts: 1 rows belonged to sources that are lost" in rescued.lost
    assert sound_counts(out) == LibraryCounts(29, 29, 1)


def test_changes_in_the_journal_come_along(note: Path, out: Path, tmp_path: Path) -> None:
    open_ = open_library(note)
    with open_.write() as work:
        work.briefs.put(make_brief(id="later", title="In the journal"))
    away = tmp_path / "away"
    away.mkdir()
    for file in (note, Path(f"{note}-wal")):
        shutil.copy(file, away / file.name)
    open_.close()
    assert rescue(away / note.name, out).saved.briefs == 2
    data = bytearray((away / "note.briefer-wal").read_bytes())
    data[100:] = random.Random(1).randbytes(len(data) - 100)
    (away / "note.briefer-wal").write_bytes(data)
    assert rescue(away / note.name, out.with_name("other.briefer")).saved.briefs == 1


def test_an_open_library_is_copied_in_one_state(
    note: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, really = open_library(note), in_use.copy
    shelf = Shelf(library)
    text = "Paragraph of a source that came in meanwhile.\n\n" * 2_000

    def copy(source: Path, target: Path) -> None:
        really(source, target)
        if source == note:
            shelf.excerpt(text)
            with closing(sqlite3.connect(note)) as other:
                other.execute("PRAGMA wal_checkpoint(PASSIVE)")
            with library.write() as work:
                work.briefs.put(make_brief(id="later", title="After the journal could have begun anew"))

    monkeypatch.setattr(in_use, "copy", copy)
    rescued = rescue(note, out)
    assert (rescued.lost, rescued.saved) == ((), LibraryCounts(31, 31, 2))
    assert library.problems() == ()
    library.close()


def test_where_nothing_is_left_that_is_said(tmp_path: Path, out: Path) -> None:
    note = tmp_path / "note.briefer"
    note.write_bytes(random.Random(1).randbytes(50_000))
    with pytest.raises(LibraryError) as error:
        rescue(note, out)
    assert error.value.code == "library-lost"
    assert [file.name for file in tmp_path.iterdir()] == ["note.briefer"]


def test_nothing_is_replaced_or_made_of_nothing(note: Path, out: Path) -> None:
    with pytest.raises(LibraryError) as there:
        rescue(note, note)
    assert there.value.code == "file-exists"
    with pytest.raises(LibraryError) as gone:
        rescue(note.with_name("gone.briefer"), out)
    assert gone.value.code == "library-missing"


@pytest.mark.parametrize("harm", [truncated, overwritten], ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("seed", range(6))
def test_random_damage_leaves_a_sound_library_or_a_reason(
    note: Path, out: Path, harm: object, seed: int
) -> None:
    data = bytearray(note.read_bytes())
    harm(data, random.Random(seed))  # type: ignore[operator]
    note.write_bytes(data)
    code = ""
    try:
        rescued = rescue(note, out)
    except LibraryError as error:
        code = error.code
    else:
        counts = sound_counts(out, rescued.lost)
        assert counts == rescued.saved
        assert rescued.lost or counts == LibraryCounts(30, 30, 1)
    assert code in {"", "library-lost"}
