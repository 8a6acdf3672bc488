from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import InputError
from briefer.services.changes import NO_CHANGE
from briefer.services.collect import ImportStatus
from briefer.services.compose import quotation
from briefer.services.desk import Desk
from tests.unit.services.conftest import CABLE_ARTICLE, PORT_ARTICLE, taken


def files(folder: Path) -> None:
    (folder / "port.txt").write_text(PORT_ARTICLE, encoding="utf-8")
    (folder / "port again.txt").write_text(PORT_ARTICLE, encoding="utf-8")
    (folder / "cable.txt").write_text(CABLE_ARTICLE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


def test_a_folder_goes_in_and_what_cannot_be_used_is_told(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    files(folder)
    steps: list[tuple[int, int, str]] = []
    report = desk.collect.import_paths([folder, tmp_path / "missing.txt"], lambda *step: steps.append(step))
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


def test_an_import_is_undone_and_redone_as_one(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    files(folder)
    change = desk.collect.import_paths([folder]).change
    assert change.inverse
    back = change.inverse()
    assert desk.collect.sources() == ()
    assert back.inverse
    back.inverse()
    assert desk.find.counts().sources == 2
    assert desk.collect.original(change.ids[0])


def test_a_cancelled_import_keeps_what_is_done(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    files(folder)
    answers = iter([False, True])
    report = desk.collect.import_paths([folder], cancelled=lambda: next(answers))
    assert len(report.results) == 1


def test_an_import_of_nothing_new_is_no_change(desk: Desk, port: Source, tmp_path: Path) -> None:
    again = tmp_path / "again.txt"
    again.write_text(PORT_ARTICLE, encoding="utf-8")
    report = desk.collect.import_paths([again])
    assert report.change is NO_CHANGE
    assert report.results[0].source is not None
    assert report.results[0].source.id == port.id
    assert "already in the library" in report.results[0].reason


def test_the_original_bytes_are_kept(desk: Desk, port: Source) -> None:
    assert desk.collect.original(port.id) == PORT_ARTICLE.encode()


def test_a_view_has_text_excerpts_and_only_open_suggestions(desk: Desk, port: Source) -> None:
    view = desk.collect.source(port.id)
    suggested = {str(s.tag) for s in view.suggestions}
    assert {"partner:IN", "risk:supply-chain"} <= suggested
    desk.curate.confirm(port.id, view.suggestions)
    after = desk.collect.source(port.id)
    assert after.suggestions == ()
    assert after.excerpts


def test_corrected_facts_are_stored_and_undone(desk: Desk, port: Source) -> None:
    change = desk.collect.change_source(replace(port, publisher="The Navapur Post", reliability="B"))
    assert desk.collect.source(port.id).source.publisher == "The Navapur Post"
    assert change.inverse
    change.inverse()
    assert desk.collect.source(port.id).source == port


def test_a_source_goes_with_its_excerpts_and_comes_back_with_them(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes", tags=[parse_tag("partner:IN")])
    change = desk.collect.remove_source(port.id)
    assert desk.find.excerpts("cranes").total == 0
    assert change.inverse
    change.inverse()
    assert desk.collect.source(port.id).excerpts == (excerpt,)
    assert desk.find.excerpts("cranes").total == 1


def test_a_source_that_a_brief_cites_stays(desk: Desk, port: Source) -> None:
    from briefer.domain.editing import add_block
    from briefer.services.compose import NewBrief

    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes")
    brief, _ = desk.compose.create(NewBrief("meeting-brief", (parse_tag("partner:IN"),)))
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Quote", lambda b: add_block(b, section, quotation(excerpt.id)))
    with pytest.raises(InputError, match="cited in 1 brief"):
        desk.collect.remove_source(port.id)
    assert desk.collect.source(port.id).excerpts


def test_an_unknown_source_is_named(desk: Desk) -> None:
    with pytest.raises(InputError, match="no source nothing"):
        desk.collect.source("nothing")


def test_a_file_name_that_is_no_text_is_shown_as_well_as_can_be(desk: Desk, tmp_path: Path) -> None:
    odd = tmp_path / "bad\udcffname.txt"
    try:
        odd.write_text(PORT_ARTICLE, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("the file system has only names that are text")
    (result,) = desk.collect.import_paths([odd]).results
    assert result.status is ImportStatus.IMPORTED
    assert result.file.endswith("bad?name.txt")
    assert result.source
    assert desk.collect.source(result.source.id).snapshot.file_name == "bad?name.txt"


def test_text_in_memory_is_refused_like_a_file(desk: Desk) -> None:
    result = desk.collect.import_taken(taken("   \n"))
    assert result.status is ImportStatus.REFUSED
    assert desk.find.counts().sources == 0
