from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain.dates import Basis, Dating
from briefer.domain.pages import Pages, Run
from briefer.domain.readings import paragraphs
from briefer.domain.sources import Capture
from briefer.errors import InputError, LibraryError
from briefer.intake import Intake
from briefer.services.changes import NO_CHANGE
from briefer.services.desk import Desk
from briefer.services.import_results import ImportReport, ImportStatus
from briefer.services.importing import Importing
from briefer.services.ports import IntakeReader, Outcome, Taken
from tests.unit.services.conftest import CABLE_ARTICLE, MODIFIED, PORT_ARTICLE, taken

BODY = "\n\n".join(
    f"The harbour council met for the {nth} time on Monday and spoke about cranes, cables and the price of {what}."
    for nth, what in (
        ("first", "steel"),
        ("second", "copper"),
        ("third", "labour"),
        ("fourth", "diesel"),
        ("fifth", "insurance"),
    )
)


def files(folder: Path) -> None:
    (folder / "port.txt").write_text(PORT_ARTICLE, encoding="utf-8")
    (folder / "port again.txt").write_text(PORT_ARTICLE, encoding="utf-8")
    (folder / "cable.txt").write_text(CABLE_ARTICLE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    files(folder)
    return folder


class Scripted:
    """Makes of each file the capture that its test has laid down for that name."""

    def __init__(self, **captures: Capture) -> None:
        self._captures = captures

    def read(self, files: Iterable[Taken]) -> Iterator[Outcome]:
        for of, file in enumerate(files):
            yield Outcome(of, file, self._captures[file.name])

    def importing(self, desk: Desk) -> Importing:
        reader: IntakeReader = Intake()
        reader.read = self.read  # type: ignore[method-assign]
        return Importing(
            desk.library,
            reader,
            desk.collect,
            desk.exchange,
            clock=lambda: MODIFIED,
            record=desk.record,
            trash=desk.trash,
        )


def page(
    text: str = BODY, title: str = "The council meets", publisher: str | None = None, url: str | None = None
) -> Capture:
    return Capture(
        title=title,
        text=text,
        reading=paragraphs(text),
        media_type="text/html",
        encoding="utf-8",
        publisher=publisher,
        url=url,
        published=Dating("2026-02-01", "1 February 2026", Basis.EXPLICIT),
    )


def take_in(desk: Desk, **captures: Capture) -> ImportReport:
    given = [Taken(name, name.encode(), MODIFIED) for name in captures]
    return Scripted(**captures).importing(desk).import_taken(given)


def test_a_folder_goes_in_and_what_cannot_be_used_is_told(desk: Desk, inbox: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    missing = inbox.parent / "missing.txt"
    report = desk.importing.import_paths([inbox, missing], lambda *step: steps.append(step))
    by_name = {Path(r.file).name: r for r in report.results}
    assert by_name["cable.txt"].status is ImportStatus.IMPORTED
    assert sorted([by_name["port.txt"].status, by_name["port again.txt"].status]) == ["duplicate", "imported"]
    assert {name for name, r in by_name.items() if r.status is ImportStatus.REFUSED} == {
        "empty.txt",
        "picture.txt",
        "missing.txt",
    }
    assert all(r.reason.count("\n") == 0 and r.error for r in report.refused)
    assert steps[0][:2] == (0, 6)
    assert steps[-1] == (6, 6, "")
    assert desk.find.counts().sources == 2
    assert report.stopped is None


def test_an_import_is_undone_and_redone_as_one(desk: Desk, inbox: Path) -> None:
    change = desk.importing.import_paths([inbox]).change
    assert change.inverse
    back = change.inverse()
    assert desk.collect.sources() == ()
    assert back.inverse
    back.inverse()
    assert desk.find.counts().sources == 2
    assert desk.collect.original(change.ids[0])


def test_a_cancelled_import_keeps_what_is_done(desk: Desk, inbox: Path) -> None:
    answers = iter([False, True])
    report = desk.importing.import_paths([inbox], cancelled=lambda: next(answers))
    assert len(report.results) == 1


def test_an_import_of_nothing_new_is_no_change(desk: Desk, tmp_path: Path) -> None:
    first = desk.importing.import_taken([taken(PORT_ARTICLE)]).results[0]
    again = tmp_path / "again.txt"
    again.write_text(PORT_ARTICLE, encoding="utf-8")
    report = desk.importing.import_paths([again])
    assert report.change is NO_CHANGE
    assert report.results[0].source == first.source
    assert "already in the library" in report.results[0].reason


def test_the_same_bytes_twice_in_one_import(desk: Desk) -> None:
    report = desk.importing.import_taken([taken(PORT_ARTICLE, "a.txt"), taken(PORT_ARTICLE, "b.txt")])
    assert [r.status for r in report.results] == ["imported", "duplicate"]


def test_a_file_name_that_is_no_text_is_shown_as_well_as_can_be(desk: Desk, tmp_path: Path) -> None:
    odd = tmp_path / "bad\udcffname.txt"
    try:
        odd.write_text(PORT_ARTICLE, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("the file system has only names that are text")
    (result,) = desk.importing.import_paths([odd]).results
    assert result.status is ImportStatus.IMPORTED
    assert result.file.endswith("bad\ufffdname.txt")
    assert result.source
    assert desk.collect.source(result.source.id).snapshot.file_name == "bad\ufffdname.txt"


def test_text_in_memory_is_refused_like_a_file(desk: Desk) -> None:
    (result,) = desk.importing.import_taken([taken("   \n")]).results
    assert result.status is ImportStatus.REFUSED
    assert desk.find.counts().sources == 0


def test_what_is_known_of_the_capture_is_kept(desk: Desk) -> None:
    (result,) = take_in(
        desk, a=replace(page(), tool="Briefer 1, pages", wire="Wire", rights="© 2026")
    ).results
    assert result.source
    assert (result.source.wire, result.source.rights) == ("Wire", "© 2026")
    snapshot = desk.collect.source(result.source.id).snapshot
    assert (snapshot.captured_by, snapshot.tool, snapshot.captured_at) == (
        desk.record.who,
        "Briefer 1, pages",
        MODIFIED,
    )


# --- copies ------------------------------------------------------------------------------------------------


def test_the_same_text_in_other_bytes_is_a_duplicate(desk: Desk) -> None:
    report = take_in(desk, a=page(publisher="The Harbour Post"), b=page(text=BODY.upper()))
    assert [r.status for r in report.results] == ["imported", "duplicate"]
    assert "the same text" in report.results[1].reason


def test_the_same_text_with_pages_is_a_new_capture(desk: Desk) -> None:
    paged = replace(page(), pages=Pages(("1",), (Run(0, len(BODY), 1, 0),)))
    first, second, third = (
        take_in(desk, **{name: what}).results[0]
        for name, what in zip("abc", (page(), paged, paged), strict=True)
    )
    assert first.source
    assert second.source
    assert second.snapshot_id
    assert second.source.id == first.source.id
    assert third.status is ImportStatus.DUPLICATE
    excerpt, _ = desk.curate.mark_quote(first.source.id, "the price of copper")
    assert excerpt.page == "1"


def test_the_same_story_of_another_outlet_is_one_origin_with_two_carriers(desk: Desk) -> None:
    copy = page(text=f"{BODY}\n\nEdited by the night desk.", title="Council talks", publisher="The Evening")
    report = take_in(desk, a=page(publisher="The Harbour Post"), b=copy)
    first, second = (r.source for r in report.results)
    assert first
    assert second
    assert "carries the same story" in report.results[1].reason
    assert [s.id for s in desk.collect.source(first.id).carriers] == [second.id]
    assert [s.id for s in desk.collect.source(second.id).carriers] == [first.id]
    third = take_in(
        desk, c=page(text=f"{BODY}\n\nMore follows.", title="Talks", publisher="The Morning")
    ).results[0]
    assert third.source
    assert {s.id for s in desk.collect.source(third.source.id).carriers} == {first.id, second.id}
    change = desk.collect.part(second.id)
    assert desk.collect.source(second.id).carriers == ()
    assert change.inverse
    change.inverse()
    assert len(desk.collect.source(second.id).carriers) == 2


OTHER_BODY = "\n\n".join(
    f"Nobody had seen the {what} of that island since the ice came, and the pilots went home."
    for what in ("lights", "buoys", "ferries")
)


def outlets(times: int) -> Iterator[tuple[str, str]]:
    """Yield names of outlets and texts: two stories, whole, cut and added to, and articles that nobody copies."""
    variants = ("{}", "LUND - {}", "{}\n\nOur staff helped.", "{}", "Correction: {} That is all.")
    for n in range(times):
        yield f"Post {n:02}", variants[n % len(variants)].format((BODY, OTHER_BODY)[n % 2])
        yield f"Note {n:02}", f"A short note of day {n}."
        yield f"Mail {n:02}", f"Letter {n} " + " ".join(f"word{n}x{m}" for m in range(60))


def as_lines(told: Iterable[tuple[str, str]]) -> list[bytes]:
    return [
        json.dumps(
            {"csl": {"type": "article-newspaper", "title": f"In {name}", "publisher": name}, "text": text}
        ).encode()
        for name, text in told
    ]


def stories(desk: Desk) -> list[list[str | None]]:
    """Return the outlets of each story, the one that came first by whose id it is known before the others."""
    found: dict[str, list[str | None]] = {}
    of = {source.id: source for source in desk.collect.sources()}
    for source in of.values():
        if source.story:
            found.setdefault(source.story, []).append(source.publisher)
    return sorted([of[story].publisher, *sorted(map(str, names))] for story, names in found.items())


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("at_once", [4, 2000])
def test_lines_are_joined_into_the_stories_of_single_imports(
    desk: Desk, starter_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, at_once: int
) -> None:
    """Whether marks are looked up or held against all, and whether they come in one transaction or in many."""
    told = list(outlets(10))
    take_in(desk, **{name: page(text=text, title=f"In {name}", publisher=name) for name, text in told})
    wanted = stories(desk)
    assert [len(story) for story in wanted] == [6, 6]
    monkeypatch.setattr("briefer.services.copies._FEW", few)
    monkeypatch.setattr("briefer.services.exchange.LINES_PER_TRANSACTION", at_once)
    lines = as_lines(told)
    library = Path(shutil.copy(starter_library, tmp_path / "bulk.briefer"))
    with closing(LibraryOpener(Intake).open(library)) as bulk:
        assert bulk.exchange.import_lines("x.jsonl", lines[:13]).sources == 13
        assert bulk.exchange.import_lines("x.jsonl", lines).duplicates == 13
        assert stories(bulk) == wanted
        assert bulk.review.doctor() == ()


def test_a_line_joins_what_was_there_and_that_is_recorded(desk: Desk) -> None:
    first, second = take_in(desk, a=page(publisher="The Harbour Post"), b=page(OTHER_BODY)).results
    assert first.source
    assert second.source
    desk.exchange.import_lines("x.jsonl", as_lines([("The Evening", BODY), ("The Morning", BODY)]))
    view = desk.collect.source(first.source.id)
    assert [source.publisher for source in view.carriers] == ["The Evening", "The Morning"]
    (entry,) = [entry for entry in desk.record.of(first.source.id) if entry.kind == "edit"]
    assert json.loads(entry.what)["story"]["to"] == first.source.id
    assert desk.collect.source(second.source.id).source.story is None
    assert desk.review.doctor() == ()


@pytest.mark.parametrize("in_bulk", [False, True])
def test_what_a_person_has_parted_is_not_joined_by_what_comes_later(desk: Desk, in_bulk: bool) -> None:
    copies = [page(f"{BODY}\n\n{end}", publisher=end) for end in ("One.", "Two.", "Three.")]
    one, two = take_in(desk, a=copies[0], b=copies[1]).results
    assert one.source
    assert two.source
    desk.collect.part(one.source.id)
    if in_bulk:
        desk.exchange.import_lines("x.jsonl", as_lines([("Three.", copies[2].text)]))
    else:
        take_in(desk, c=copies[2])
    assert desk.collect.source(one.source.id).source.story is None
    assert [s.publisher for s in desk.collect.source(two.source.id).carriers] == ["Three."]


def test_another_story_is_no_carrier(desk: Desk) -> None:
    report = desk.importing.import_taken([taken(PORT_ARTICLE, "a.txt"), taken(CABLE_ARTICLE, "b.txt")])
    assert all(r.source and r.source.story is None for r in report.results)


# --- new captures ------------------------------------------------------------------------------------------

URL = "https://harbour.example/council"


def test_a_new_capture_of_an_address_is_a_new_snapshot(desk: Desk) -> None:
    take_in(desk, a=page(url=URL))
    report = take_in(
        desk, b=page(text=f"{BODY}\n\nUpdated: the vote was put off.", url=f"{URL}?utm_source=x")
    )
    (result,) = report.results
    assert result.status is ImportStatus.IMPORTED
    assert "a new capture" in result.reason
    assert result.source
    view = desk.collect.source(result.source.id)
    assert view.snapshots[0].id == result.snapshot_id == view.snapshot.id
    assert desk.find.counts().sources == 1
    older = desk.collect.source(result.source.id, view.snapshots[1].id)
    assert older.snapshot.text == BODY
    assert desk.collect.original(result.source.id, older.snapshot.id) == b"a"
    assert desk.collect.original(result.source.id) == b"b"
    assert report.change.inverse
    back = report.change.inverse()
    assert [s.text for s in desk.collect.source(result.source.id).snapshots] == [BODY]
    assert back.inverse
    back.inverse()
    assert len(desk.collect.source(result.source.id).snapshots) == 2


def test_a_capture_with_excerpts_on_it_is_not_undone(desk: Desk) -> None:
    take_in(desk, a=page(url=URL))
    report = take_in(desk, b=page(text=f"{BODY}\n\nUpdated: the vote was put off.", url=URL))
    source = report.results[0].source
    assert source
    desk.curate.mark_quote(source.id, "the vote was put off")
    assert report.change.inverse
    with pytest.raises(InputError, match="excerpts stand on that capture"):
        report.change.inverse()


def test_an_unchanged_page_is_a_duplicate(desk: Desk) -> None:
    take_in(desk, a=page(url=URL))
    (result,) = take_in(desk, b=page(url=URL)).results
    assert result.status is ImportStatus.DUPLICATE


def test_another_page_under_the_same_address_is_a_source_of_its_own(desk: Desk) -> None:
    take_in(desk, a=page(url=URL))
    (result,) = take_in(desk, b=page(text=CABLE_ARTICLE, title="ケーブル", url=URL)).results
    assert result.snapshot_id is None
    assert desk.find.counts().sources == 2


def test_a_reference_gets_its_text_when_the_page_comes_in(desk: Desk) -> None:
    reference = Capture(
        "Council", "", paragraphs(""), "application/json", "utf-8", url=URL, extra={"DOI": "1"}
    )
    take_in(desk, a=reference)
    (result,) = take_in(desk, b=page(url=URL)).results
    assert result.snapshot_id
    assert result.source
    assert result.source.extra == {"DOI": "1"}


def test_a_capture_is_added_to_the_source_that_is_named(desk: Desk) -> None:
    source = take_in(desk, a=page()).results[0].source
    assert source
    importing = Scripted(b=page(text=CABLE_ARTICLE)).importing(desk)
    (result,) = importing.import_taken([Taken("b", b"b", MODIFIED)], into=source.id).results
    assert result.source
    assert result.source.id == source.id
    assert result.snapshot_id


# --- what has no text, archives, the bulk form ---------------------------------------------------------------


def test_an_attachment_says_that_its_text_is_to_be_typed(desk: Desk) -> None:
    scan = Capture("scan", "", paragraphs(""), "application/pdf", "", unreadable="its pages are pictures")
    (result,) = take_in(desk, a=scan).results
    assert result.status is ImportStatus.IMPORTED
    assert "type its text in" in result.reason
    assert "its pages are pictures" in result.reason


def test_a_locked_file_can_be_tried_again(desk: Desk) -> None:
    class Locked(Scripted):
        def read(self, files: Iterable[Taken]) -> Iterator[Outcome]:
            for of, file in enumerate(files):
                error = InputError("input-password", name=file.name, detail="it needs its password")
                yield Outcome(of, file, *((page(), None) if file.password else (None, error)))

    importing = Locked().importing(desk)
    (result,) = importing.import_taken([Taken("a", b"a", MODIFIED)]).results
    assert result.status is ImportStatus.REFUSED
    assert result.locked
    (opened,) = importing.import_taken([replace(result.locked, password="x")]).results
    assert opened.status is ImportStatus.IMPORTED


LINE = {"csl": {"title": "A line"}, "text": "One line.\n\nAnother.", "excerpts": [{"quote": "Another."}]}


def test_bulk_lines_go_in_beside_files(desk: Desk, inbox: Path) -> None:
    path = inbox / "more.jsonl"
    path.write_text(json.dumps(LINE) + "\nnot json\n", encoding="utf-8")
    report = desk.importing.import_paths([inbox / "port.txt", path, inbox / "none.jsonl"])
    port, bulk, missing = report.results
    assert port.source
    assert bulk.bulk
    assert (bulk.bulk.sources, bulk.bulk.excerpts, len(bulk.bulk.refused)) == (1, 1, 1)
    assert bulk.status is ImportStatus.IMPORTED
    assert missing.status is ImportStatus.REFUSED
    assert report.change.inverse
    report.change.inverse()
    assert [s.title for s in desk.collect.sources()] == ["A line"]
    (again,) = desk.importing.import_paths([path]).results
    assert again.status is ImportStatus.DUPLICATE
    path.write_text("not json\n", encoding="utf-8")
    (bad,) = desk.importing.import_paths([path]).results
    assert bad.status is ImportStatus.REFUSED


def test_bulk_lines_inside_an_archive_go_in(desk: Desk) -> None:
    class Archive(Scripted):
        def read(self, files: Iterable[Taken]) -> Iterator[Outcome]:
            for of, _file in enumerate(files):
                part = Taken("in.zip/lines.jsonl", json.dumps(LINE).encode(), MODIFIED)
                yield Outcome(of, part, None)

    (result,) = Archive().importing(desk).import_taken([Taken("in.zip", b"zip", MODIFIED)]).results
    assert result.bulk
    assert result.file.endswith("in.zip/lines.jsonl")
    assert desk.find.counts().excerpts == 1


# --- accepting, and what goes wrong ----------------------------------------------------------------------------


def test_sources_wait_until_they_are_accepted(desk: Desk) -> None:
    report = desk.importing.import_taken([taken(PORT_ARTICLE, "a.txt"), taken(CABLE_ARTICLE, "b.txt")])
    ids = [r.source.id for r in report.results if r.source]
    assert [s.id for s in desk.importing.unaccepted()] == ids[::-1]
    change = desk.importing.accept(ids)
    assert desk.importing.unaccepted() == ()
    assert change.inverse
    change.inverse()
    assert len(desk.importing.unaccepted()) == 2


def test_a_full_disk_ends_the_import_with_its_report(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    importing = Scripted(a=page(), b=page(text=CABLE_ARTICLE), c=page(text=PORT_ARTICLE)).importing(desk)
    real = importing._made
    made: list[str] = []

    def failing(capture: Capture, file: Taken, sha256: str) -> object:
        if made:
            raise LibraryError("library-full", name="trial.briefer")
        made.append(file.name)
        return real(capture, file, sha256)

    monkeypatch.setattr(importing, "_made", failing)
    report = importing.import_taken([Taken(n, n.encode(), MODIFIED) for n in "abc"])
    assert [r.status for r in report.results] == ["imported", "refused", "refused"]
    assert report.stopped
    assert report.stopped.code == "library-full"
    assert desk.find.counts().sources == 1
    assert all("disk is full" in r.reason for r in report.refused)


def test_times_are_those_of_the_file(desk: Desk) -> None:
    when = datetime(2024, 5, 1, tzinfo=UTC)
    (result,) = desk.importing.import_taken([Taken("a.txt", PORT_ARTICLE.encode(), when)]).results
    assert result.source
    assert desk.collect.source(result.source.id).snapshot.captured_at == when


def test_a_file_that_cannot_be_read_is_kept_as_an_attachment(desk: Desk, inbox: Path) -> None:
    report = desk.importing.keep([inbox / "picture.txt", inbox / "missing.txt"])
    kept, missing = report.results
    assert kept.status is ImportStatus.IMPORTED
    assert kept.source is not None
    assert desk.collect.source(kept.source.id).snapshot.unreadable == "a file that cannot be read"
    assert desk.collect.original(kept.source.id) == (inbox / "picture.txt").read_bytes()
    assert missing.error is not None
    assert missing.error.code == "input-missing"


def test_an_import_is_taken_back_as_far_as_it_is_still_there(desk: Desk) -> None:
    importing = Scripted(
        first=page(url="https://example.org/a"),
        again=page(BODY + "\n\nCorrected on Tuesday: the price of copper.", url="https://example.org/a"),
        other=page(PORT_ARTICLE, title="A port"),
        third=page(CABLE_ARTICLE, title="A cable"),
    ).importing(desk)
    (first,) = importing.import_taken([taken("one", "first")]).results
    report = importing.import_taken([taken("two", "again"), taken("three", "other"), taken("four", "third")])
    assert first.source is not None
    removed = report.results[1].source
    assert removed is not None
    desk.collect.remove_source(removed.id)
    change = importing.take_back(report)
    assert [s.id for s in desk.collect.sources()] == [first.source.id]
    assert len(desk.recapture.snapshots(first.source.id)) == 1
    assert importing.take_back(report) is NO_CHANGE
    assert change.inverse is not None
    change.inverse()
    assert len(desk.collect.sources()) == 2
    assert len(desk.recapture.snapshots(first.source.id)) == 2
