"""What something else than Briefer has taken out of a library, or put into it, is told; what Briefer did is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain.outside import Altered
from briefer.domain.sources import Source
from briefer.domain.tags import TagKind, Term, parse_tag
from briefer.intake import Intake
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk
from tests.unit.services.conftest import CABLE_ARTICLE, imported, taken
from tests.unit.services.test_outside import lines, outside

IN = parse_tag("partner:IN")
QUOTE = "We cannot wait eight months"
BY_NUMBER = "(SELECT number FROM sources WHERE title LIKE 'Port%')"


def problems(desk: Desk) -> list[str]:
    return [p for p in desk.review.doctor() if not p.startswith(("search index", "copies", "original file"))]


@pytest.fixture
def worked(desk: Desk, port: Source, tmp_path: Path) -> Desk:
    """A library with something of every kind, all of which Briefer has made."""
    desk.curate.mark_quote(port.id, QUOTE, tags=[IN])
    desk.curate.mark_quote(port.id, "gearbox")
    brief = desk.compose.create(NewBrief("country-brief", (IN,)))[0]
    desk.publish.export(brief.id, tmp_path / "brief.html")
    desk.terms.put([Term(TagKind.THEME, "quays", "Quays")])
    form = desk.forms.all()[0]
    desk.forms.save(replace(form, id="own-form"))
    assert desk.review.doctor() == ()
    assert desk.review.uncovered() == ()
    return desk


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM briefs", "brief {brief} “Country brief"),
        ("DELETE FROM versions", "a kept version of it"),
        ("DELETE FROM terms WHERE key = 'quays'", "term theme:quays “Quays”"),
        ("DELETE FROM forms", "form own-form"),
        ("DELETE FROM excerpts WHERE quote = 'gearbox'", "excerpt"),
        (f"DELETE FROM sources WHERE number = {BY_NUMBER}", "source {source} “Port"),
    ],
)
def test_what_another_program_takes_out_is_told_and_confirmed(
    worked: Desk, port: Source, statement: str, told: str
) -> None:
    (brief,) = worked.compose.briefs()
    with closing(sqlite3.connect(worked.library.path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        if "sources" in statement:
            connection.execute("DELETE FROM brief_excerpts")
            connection.execute("DELETE FROM briefs")
        connection.execute(statement)
    found = [p for p in problems(worked) if "has removed it" in p]
    wanted = told.format(brief=brief.id, source=port.id)
    assert any(wanted in line for line in found)
    gone = [altered for altered in worked.review.outside() if "has removed it" in altered.why]
    worked.review.confirm([altered.id for altered in gone], "Known.")
    assert [p for p in problems(worked) if "has removed it" in p] == []


def test_what_goes_with_a_source_is_counted_there(worked: Desk) -> None:
    with closing(sqlite3.connect(worked.library.path)) as connection, connection:
        connection.executescript("PRAGMA foreign_keys = ON; DELETE FROM briefs; DELETE FROM sources;")
    told = [altered for altered in worked.review.outside() if altered.kind in {"source", "excerpt"}]
    assert ["with it" in altered.why for altered in told] == [True]
    assert "2 excerpts" in told[0].why
    assert "1 capture" in told[0].why


def test_what_briefer_deletes_is_not_told(worked: Desk, port: Source) -> None:
    cable = imported(worked, taken(CABLE_ARTICLE))
    excerpt, change = worked.curate.mark_quote(cable.id, "攻撃は偶然ではない")
    assert change.inverse
    again = change.inverse()
    assert problems(worked) == []
    assert again.inverse
    again.inverse()
    worked.collect.remove_source(cable.id)
    assert problems(worked) == []
    (brief,) = worked.compose.briefs()
    worked.compose.remove(brief.id)
    worked.terms.remove(TagKind.THEME, "quays")
    assert problems(worked) == []
    worked.trash.empty(worked.trash.emptying().gone)
    worked.terms.put([Term(TagKind.THEME, "quays", "Quays")])
    assert problems(worked) == []
    assert excerpt.id not in {hit.excerpt.id for hit in worked.find.excerpts("").hits}


@pytest.mark.parametrize("told", [True, False])
def test_what_vanishes_from_the_trash_is_told(worked: Desk, *, told: bool) -> None:
    (brief,) = worked.compose.briefs()
    worked.compose.remove(brief.id)
    if told:
        outside(worked, "DELETE FROM trash")
        assert any("put it into the trash" in p for p in problems(worked))
    else:
        outside(worked, "UPDATE trash SET label = 'Another'")
        (found,) = problems(worked)
        assert "is not what entry" in found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trash SET content = replace(content, 'Country brief', 'County brief')",
        "UPDATE trash SET who = 'Nobody'",
        'UPDATE trash SET content = replace(content, \'"heading":"\', \'"heading":"Forged \')',
    ],
)
def test_what_is_changed_in_the_trash_is_told(worked: Desk, statement: str) -> None:
    (brief,) = worked.compose.briefs()
    worked.compose.remove(brief.id)
    assert problems(worked) == []
    outside(worked, statement)
    assert any("is not what entry" in p for p in problems(worked))


def test_an_excerpt_under_another_id_is_red_and_told(worked: Desk) -> None:
    (brief,) = worked.compose.briefs()
    hit = worked.find.excerpts(f'"{QUOTE}"').hits[0].excerpt
    other = f"{hit.id[:-4]}ffff"
    outside(
        worked,
        f"UPDATE excerpts SET id = '{other}', speaker = 'The Minister' WHERE id = '{hit.id}'",
        f"UPDATE brief_excerpts SET excerpt_id = '{other}' WHERE excerpt_id = '{hit.id}'",
        f"UPDATE blocks SET excerpt_id = '{other}' WHERE excerpt_id = '{hit.id}'",
    )
    told = {altered.id: altered.why for altered in worked.review.outside()}
    assert "has removed it" in told[hit.id]
    assert "has put it in" in told[other]
    assert "data-altered" in {f.check for f in worked.review.check(brief.id)}
    worked.review.confirm([hit.id, other, brief.id], "Known.")
    assert worked.review.outside() == ()


def test_a_source_under_another_id_is_told_once(worked: Desk, port: Source) -> None:
    outside(worked, f"UPDATE sources SET id = '{port.id[:-4]}ffff', title = 'Forged' WHERE id = '{port.id}'")
    told = [altered for altered in worked.review.outside() if "has put it in" in altered.why]
    assert [(altered.kind, altered.label) for altered in told] == [("source", "Forged")]


def test_a_version_that_was_slipped_in_is_told(worked: Desk) -> None:
    outside(
        worked,
        "INSERT INTO versions SELECT 'v', brief_id, 99, 'Forged', created_at, brief FROM versions LIMIT 1",
    )
    (altered,) = worked.review.outside()
    assert altered.kind == "brief"
    assert "a kept version of it came here" in altered.why
    worked.review.confirm([altered.id], "Known.")
    assert worked.review.outside() == ()


def test_a_brief_without_its_seal_is_told(worked: Desk) -> None:
    outside(worked, "DELETE FROM meta WHERE key LIKE 'seal/%'")
    (altered,) = worked.review.outside()
    assert altered.kind == "brief"
    assert "data-altered" in {f.check for f in worked.review.check(altered.id)}
    worked.review.confirm([altered.id], "Known.")
    assert worked.review.outside() == ()


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM record WHERE number > (SELECT max(number) - 3 FROM record)", "the record ends here"),
        ("UPDATE record SET who = 'Nobody' WHERE number = 3", "its words are not those that were written"),
        ("DELETE FROM record WHERE number = 3", "the next entry is number 4"),
    ],
)
def test_a_broken_record_is_a_finding(worked: Desk, statement: str, why: str) -> None:
    (brief,) = worked.compose.briefs()
    assert "record-broken" not in {f.check for f in worked.review.check(brief.id)}
    outside(worked, statement)
    with closing(LibraryOpener(Intake).open(worked.library.path)) as again:
        (found,) = (f for f in again.review.check(brief.id) if f.check == "record-broken")
    assert why in found.message


def test_of_a_long_record_the_end_is_looked_at(worked: Desk) -> None:
    with worked.library.read() as work:
        count = work.record.head().count
        assert work.record.break_near_end(2) is None
    outside(worked, "UPDATE record SET who = 'Nobody' WHERE number = 2")
    with worked.library.read() as work:
        assert work.record.break_near_end(2) is None
        assert work.record.break_near_end(count) is not None
    outside(worked, "DELETE FROM record WHERE number = 2")
    with worked.library.read() as work:
        found = work.record.break_near_end(2)
    assert found is not None
    assert f"had been {count}" in found.why


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE snapshots SET captured_by = 'Nobody'",
        "UPDATE snapshots SET file_name = 'other.txt'",
        "UPDATE snapshots SET captured_at = '2020-01-01T00:00:00+00:00'",
    ],
)
def test_what_is_said_of_a_capture_is_held_against_the_record(worked: Desk, statement: str) -> None:
    outside(worked, statement)
    (altered,) = worked.review.outside()
    assert "what is said of its capture" in altered.why
    worked.review.confirm([altered.id], "Known.")
    assert worked.review.outside() == ()


def test_an_original_that_was_replaced_is_told(worked: Desk) -> None:
    outside(
        worked,
        "INSERT INTO blobs (sha256, data) VALUES ('ab', x'00')",
        "UPDATE snapshots SET sha256 = 'ab'",
    )
    assert any("its original file" in str(altered) for altered in worked.review.outside())


def test_what_is_missing_of_a_bulk_import_is_counted(desk: Desk) -> None:
    desk.exchange.import_lines("gates.jsonl", lines(4))
    excerpts = [hit.excerpt for hit in desk.find.excerpts("gate").hits]
    desk.curate.remove_excerpts([excerpts[0].id])
    desk.collect.remove_source(excerpts[1].source_id)
    assert problems(desk) == []
    desk.trash.empty(desk.trash.emptying().gone)
    assert problems(desk) == []
    outside(desk, f"DELETE FROM excerpts WHERE id = '{excerpts[2].id}'")
    (found,) = (p for p in problems(desk) if not p.startswith("references"))
    assert found.startswith("bulk imports: 1 of 12 sources, captures and excerpts")
    assert found.endswith("has removed them")


def test_a_thing_that_is_told_reads_as_a_sentence() -> None:
    assert str(Altered("brief", "b", "Talks", "gone")) == "brief b “Talks”: gone"
