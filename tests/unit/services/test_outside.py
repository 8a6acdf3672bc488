"""What something else than Briefer has changed is told, and nothing that Briefer has changed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain import editing
from briefer.domain.briefs import Lane
from briefer.domain.exporting import Annex, ExportOptions, Lanes
from briefer.domain.record import Act
from briefer.domain.sources import Source
from briefer.domain.spans import find_quote
from briefer.domain.tags import Term, parse_tag
from briefer.domain.trash import TrashKind
from briefer.errors import InputError, UsageError
from briefer.intake import Intake
from briefer.services import exchange
from briefer.services.changes import Change, Kind
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from briefer.services.leaving import Cleared

IN = parse_tag("partner:IN")
OUTSIDE = "something else than Briefer has changed it"
IN_BULK = "id LIKE 'captures/%'"


def outside(desk: Desk, *statements: str) -> None:
    """Change the library as another program would."""
    with closing(sqlite3.connect(desk.library.path)) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement


def told(desk: Desk) -> list[str]:
    return [problem for problem in desk.review.doctor() if OUTSIDE in problem]


def forged(desk: Desk, brief: str) -> set[str]:
    return {f.message for f in desk.review.check(brief) if f.check == "source-altered"}


def lines(count: int) -> Iterable[bytes]:
    for number in range(count):
        text = f"The gate {number} is open."
        excerpt = {"quote": text, "tags": ["partner:IN"], "kind": "quotation"}
        line = {"csl": {"title": f"Gate {number}"}, "text": text, "excerpts": [excerpt]}
        yield json.dumps(line).encode() + b"\n"


def forge(desk: Desk, title: str, old: str, new: str) -> None:
    """Change a captured text with the excerpts on it, so that each excerpt is what its span says."""
    own = f"(SELECT number FROM sources WHERE title = '{title}')"
    outside(
        desk,
        f"UPDATE snapshots SET text = replace(text, '{old}', '{new}') WHERE source_number = {own}",
        f"UPDATE excerpts SET quote = replace(quote, '{old}', '{new}') WHERE source_number = {own}",
    )


@pytest.fixture
def brief(desk: Desk, port: Source) -> str:
    desk.curate.mark_quote(port.id, "We cannot wait eight months", tags=[IN])
    wanted = NewBrief("country-brief", (IN,), marking="uk-gscp/official")
    return desk.compose.create(wanted)[0].id


def test_a_text_that_was_changed_with_its_excerpt_is_red_and_asked_for(
    desk: Desk, brief: str, port: Source, tmp_path: Path
) -> None:
    assert forged(desk, brief) == set()
    forge(desk, port.title, "eight months", "three months")
    with closing(LibraryOpener(Intake).open(desk.library.path)) as again:
        (message,) = forged(again, brief)
    assert port.title in message
    target = tmp_path / "brief.html"
    with pytest.raises(InputError, match="has changed the captured text"):
        desk.publish.export(brief, target)
    desk.publish.export(brief, target, cleared=Cleared("Asha Menon", "Known."))
    (entry,) = (e for e in desk.record.entries(desk.record.numbers()) if e.kind == Act.EXPORT)
    assert "source-altered" in {let["check"] for let in entry.facts["let_leave"]}


RESTATED = {
    "UPDATE sources SET title = 'Another title'": "the data of “Another title”",
    "UPDATE sources SET publisher = 'Another Post'": "the data of “Port operators",
    "UPDATE sources SET published = '2020-01-01'": "the data of “Port operators",
    "UPDATE sources SET reliability = 'A'": "the data of “Port operators",
    "UPDATE excerpts SET speaker = 'Nobody'": "what is said of them",
    "UPDATE excerpts SET comment = 'Reliable.'": "what is said of them",
}


@pytest.mark.parametrize(("statement", "words"), RESTATED.items())
def test_data_that_citations_are_made_of_are_red_and_asked_for(
    desk: Desk, brief: str, tmp_path: Path, statement: str, words: str
) -> None:
    def red(of: Desk) -> list[str]:
        return [f.message for f in of.review.check(brief) if f.check == "data-altered"]

    assert red(desk) == []
    outside(desk, statement)
    with closing(LibraryOpener(Intake).open(desk.library.path)) as again:
        (message,) = red(again)
        assert words in message
        with pytest.raises(InputError, match="Something else than Briefer has changed"):
            again.publish.export(brief, tmp_path / "brief.html")
        again.publish.export(brief, tmp_path / "brief.html", cleared=Cleared("Asha Menon", "Known."))


def test_who_edits_one_thing_of_it_has_not_confirmed_the_others(desk: Desk, brief: str, port: Source) -> None:
    """The finding stays, through edits and their ways back, until the thing is as it was, or somebody confirms it."""

    def red() -> list[str]:
        return [f.message for f in desk.review.check(brief) if f.check == "data-altered"]

    outside(desk, "UPDATE sources SET reliability = 'A'", "UPDATE excerpts SET credibility = '1'")
    assert len(red()) == 2
    forged_source = desk.collect.source(port.id)
    (excerpt,) = forged_source.excerpts
    for change in (
        desk.collect.change_source(replace(forged_source.source, publisher="The Port Post")),
        desk.curate.annotate(replace(excerpt, comment="Heard of elsewhere.")),
        desk.curate.tag([excerpt.id], [parse_tag("risk:cyber")]),
    ):
        assert change.inverse
        change.inverse()
        assert len(red()) == 2
    for id_ in (port.id, excerpt.id):
        assert all(e.facts.get("found_altered") for e in desk.record.of(id_) if e.kind == Act.EDIT)
    # As it was before, nobody needs to confirm it.
    desk.collect.change_source(port)
    assert len(red()) == 1
    assert desk.review.confirm([port.id, excerpt.id], "Compared.")[0] == (excerpt.quote,)
    assert red() == []
    assert told(desk) == []
    desk.curate.annotate(replace(excerpt, comment="Heard of elsewhere."))
    assert "found_altered" not in desk.record.of(excerpt.id)[-1].facts


EDITED = {
    "which of its lines": "UPDATE snapshots SET reading = replace(reading, '\"paragraph\"', '\"heading\"')",
    "term free:tide": "UPDATE terms SET definition = 'Ebb' WHERE key = 'tide'",
    "form own": "UPDATE forms SET form = replace(form, 'Own form', 'Your form')",
    "its data (title, day": "UPDATE briefs SET audience = 'The press'",
}


@pytest.mark.parametrize(("problem", "statement"), EDITED.items())
def test_an_edit_confirms_nothing_of_other_kinds_either(
    worked: Desk, port: Source, problem: str, statement: str
) -> None:
    outside(worked, statement)
    assert problem in told(worked)[0]
    snapshot = worked.collect.source(port.id).snapshot
    span = find_quote(snapshot.text, "We cannot wait")
    tide = next(term for term in worked.terms.vocabulary().terms if term.key == "tide")
    (brief,) = worked.compose.briefs()
    assert span
    worked.collect.turn(port.id, span, body=False)
    worked.terms.put([replace(tide, label_ja="潮"), replace(tide, key="ebb", label_en="Ebb tide")])
    worked.terms.put([replace(tide, label_ja="潮の流れ")])
    worked.forms.save(replace(worked.forms.get("own"), name_ja="様式"))
    worked.compose.edit(brief.id, "Title", lambda b: replace(b, title="Ports again"))
    (still,) = told(worked)
    assert problem in still
    assert worked.review.confirm([port.id, "free:tide", "own", brief.id], "Compared.")[0]
    assert told(worked) == []


def test_what_is_confirmed_is_in_the_record_with_the_reason(worked: Desk, port: Source) -> None:
    assert worked.review.outside() == ()
    outside(worked, "UPDATE sources SET publisher = 'Another Post'")
    (altered,) = worked.review.outside()
    assert (altered.kind, altered.id, altered.label, altered.text) == ("source", port.id, port.title, False)
    assert told(worked) == [str(altered)]
    with pytest.raises(UsageError, match="say why"):
        worked.review.confirm([altered.id], " ")
    labels, change = worked.review.confirm([altered.id], " As in the paper. ")
    assert (labels, change.ids) == ((port.title,), (port.id,))
    assert change.kinds == frozenset({Kind.SOURCE})
    assert change.inverse is None
    assert worked.record.of(port.id)[-1].facts == {"confirmed": True, "reason": "As in the paper."}
    assert worked.review.outside() == ()


_OF_PORT = "(SELECT number FROM excerpts)"
_INDIA = "(SELECT number FROM tags WHERE \"key\" = 'IN')"
RETAGGED = {
    "partner:IN is gone": (f"DELETE FROM excerpt_tags WHERE tag_number = {_INDIA}",),
    "risk:cyber has come": (
        "INSERT INTO tags (kind, \"key\", folded, role) VALUES ('risk', 'cyber', 'cyber', '')",
        f"INSERT INTO excerpt_tags SELECT {_OF_PORT}, max(number), 9 FROM tags",
    ),
    "partner:IN is gone; partner:IN/venue has come": (
        f"UPDATE tags SET role = 'venue' WHERE number = {_INDIA}",
    ),
}


@pytest.mark.parametrize(("what", "statements"), RETAGGED.items())
def test_tags_that_were_changed_outside_are_told_and_confirmed(
    worked: Desk, what: str, statements: tuple[str, ...]
) -> None:
    assert worked.review.outside() == ()
    outside(worked, *statements)
    (altered,) = worked.review.outside()
    assert altered.why.startswith(f"its tags are not those that it was stored with ({what});")
    assert str(altered) in worked.review.doctor()
    worked.review.confirm([altered.id], "Compared.")
    assert worked.review.doctor() == ()
    assert worked.record.of(altered.id)[-1].facts["reason"] == "Compared."


def test_what_is_indexed_anew_tells_which_tags_were_others(worked: Desk) -> None:
    outside(worked, *RETAGGED["partner:IN is gone"])
    (told_,) = worked.review.repair()
    assert "partner:IN is gone" in told_
    assert worked.review.doctor() == ()


def test_of_sets_that_cannot_be_read_nothing_is_told_of_tags(worked: Desk) -> None:
    outside(
        worked,
        *RETAGGED["partner:IN is gone"],
        "UPDATE meta SET value = '[' WHERE \"key\" = 'postings_words'",
    )
    assert worked.review.outside() == ()
    outside(
        worked, "UPDATE meta SET value = '[]' WHERE \"key\" = 'postings_words'", "UPDATE loose SET keys = 'x'"
    )
    assert worked.review.outside() == ()


def test_a_text_of_a_capture_cannot_be_confirmed(desk: Desk, port: Source) -> None:
    outside(desk, "UPDATE snapshots SET text = replace(text, 'eight months', 'three months')")
    assert [(a.id, a.text) for a in desk.review.outside()] == [(port.id, True)]
    assert desk.review.confirm([port.id], "Compared.")[0] == ()


def test_what_is_not_there_is_not_confirmed(desk: Desk) -> None:
    with pytest.raises(InputError, match="there is no thing"):
        desk.review.confirm(["nothing"], "Compared.")


def test_a_comment_that_may_not_leave_is_not_taken_for_a_change(
    desk: Desk, brief: str, port: Source, tmp_path: Path
) -> None:
    (excerpt,) = desk.collect.source(port.id).excerpts
    noted = replace(excerpt, marking="uk-gscp/official", comment="Not so.", comment_marking="uk-gscp/secret")
    desk.curate.annotate(noted)
    options = ExportOptions(ceiling="uk-gscp/official", annexes=(Annex.RECORD,))
    assert desk.publish.leaving(brief, options).evidence.excerpts[excerpt.id].comment == ""
    desk.publish.document(brief, options)
    desk.publish.export(brief, tmp_path / "brief.html", options)


def test_a_text_that_came_in_bulk_is_held_against_its_batch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LINES_PER_TRANSACTION", 2)
    desk.exchange.import_lines("gates.jsonl", lines(5))
    assert told(desk) == []
    brief = desk.compose.create(NewBrief("country-brief", (IN,)))[0].id
    assert forged(desk, brief) == set()
    forge(desk, "Gate 3", "open", "shut")
    problem, excerpt = told(desk)
    assert "“Gate 3”" in problem
    assert "“The gate 3 is shut.”" in excerpt
    with closing(LibraryOpener(Intake).open(desk.library.path)) as again:
        (message,) = forged(again, brief)
    assert "“Gate 3”" in message


def test_batches_with_ids_among_each_other_are_told_apart(desk: Desk) -> None:
    """Ids that go back, as after a clock was set back."""
    desk.exchange.import_lines("one.jsonl", list(lines(4))[:3])
    desk.exchange.import_lines("two.jsonl", list(lines(4))[3:])
    first, second = desk.record.entries(desk.record.numbers([Act.IMPORT]))
    assert first.id.startswith("captures/")
    assert first.id < second.id
    outside(
        desk,
        # The second capture of the first import gets an entry of another between itself and its own.
        "UPDATE record SET id = (SELECT 'captures/' || min(id) FROM snapshots WHERE id > (SELECT min(id) FROM snapshots)) "
        f"WHERE number = {second.number}",
    )
    assert told(desk) == []
    forge(desk, "Gate 2", "open", "shut")
    problem, excerpt = told(desk)
    assert "“Gate 2”" in problem
    assert "“The gate 2 is shut.”" in excerpt


CHANGES = {
    "“Port operators": "UPDATE sources SET published = '2020-01-01'",
    "its data (title, publisher": "UPDATE sources SET publisher = 'Another Post'",
    "dates, grade and the like": "UPDATE sources SET reliability = 'A'",
    "which of its lines are the article": "UPDATE snapshots SET reading = replace(reading, '\"paragraph\"', '\"heading\"')",
    "excerpt": "UPDATE excerpts SET speaker = 'Nobody'",
    "or what is said of it": "UPDATE excerpts SET comment = 'Reliable.'",
    "comment, marking and the like": "UPDATE excerpts SET marking = 'uk-gscp/official'",
    "brief": "UPDATE briefs SET audience = 'The press'",
    "its data (title, day": "UPDATE briefs SET numbering = '\"decimal\"'",
    "day, marking and the like": "UPDATE briefs SET marking = 'uk-gscp/official'",
    "version 1”: this kept version": "UPDATE versions SET brief = replace(brief, 'Draft words', 'Other words')",
    "term risk:cyber": "UPDATE terms SET label_en = 'Cyber peace' WHERE kind = 'risk' AND key = 'cyber'",
    "term free:tide": "UPDATE terms SET definition = 'Ebb' WHERE key = 'tide'",
    "form own": "UPDATE forms SET form = replace(form, 'Own form', 'Your form')",
}


@pytest.fixture
def worked(desk: Desk, port: Source) -> Desk:
    """A library in which each kind of thing was made and changed, also back and forth."""
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes", tags=[IN])
    desk.curate.annotate(replace(excerpt, comment="Doubtful.", speaker="Asha Menon"))
    changed = desk.collect.change_source(replace(port, publisher="The Navapur Post", flags=("ai-written",)))
    assert changed.inverse
    again = changed.inverse()
    assert again.inverse
    again.inverse()
    snapshot = desk.collect.source(port.id).snapshot
    span = find_quote(snapshot.text, "The semiconductor shortage")
    assert span
    desk.collect.turn(port.id, span, body=False)
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports"))
    desk.compose.edit(brief.id, "Title", lambda b: replace(b, title="Draft words", meeting_date="2026-05-01"))
    desk.compose.save_version(brief.id)
    desk.compose.save_version(brief.id, "Named")
    tide = Term(parse_tag("free:tide").kind, "tide", "Tide")
    desk.terms.put([tide, replace(tide, key="ebb", label_en="Ebb")])
    form = replace(desk.forms.get("one-page-note"), id="own", name_en="Own form")
    desk.forms.save(form)
    return desk


@pytest.mark.parametrize(("problem", "statement"), CHANGES.items())
def test_what_was_changed_outside_is_told(worked: Desk, problem: str, statement: str) -> None:
    assert told(worked) == []
    outside(worked, statement)
    assert any(problem in one for one in told(worked)), told(worked)
    # Each names what it is about by the id that a person confirms it by.
    named = {re.match(r"(source|excerpt|brief|term|form) (\S+) “", one) for one in told(worked)}
    worked.review.confirm([found[2] for found in named if found], "Compared.")
    assert told(worked) == []


def test_what_went_through_the_trash_is_as_it_was(worked: Desk, port: Source) -> None:
    (brief,) = worked.compose.briefs()
    for change in (
        worked.compose.remove(brief.id),
        worked.collect.remove_source(port.id),
        worked.terms.remove(parse_tag("risk:cyber").kind, "cyber"),
        worked.forms.remove("own"),
    ):
        assert change.inverse
        assert worked.review.doctor() == ()
        change.inverse()
        assert worked.review.doctor() == ()


def test_what_was_changed_in_the_trash_is_told_when_it_is_back(worked: Desk, port: Source) -> None:
    worked.compose.remove(worked.compose.briefs()[0].id)
    thrown = worked.trash.throw(TrashKind.SOURCE, [port.id], "Remove")
    outside(worked, "UPDATE trash SET content = replace(content, 'Navapur Post', 'Evening Post')")
    assert thrown.inverse
    thrown.inverse()
    assert any("its data" in one for one in told(worked))


def test_what_a_version_without_digests_has_changed_is_not_taken_for_a_forgery(
    worked: Desk, port: Source
) -> None:
    outside(
        worked,
        "UPDATE sources SET publisher = 'The Old Post', reliability = 'C'",
        "UPDATE snapshots SET reading = replace(reading, '\"paragraph\"', '\"heading\"')",
        "UPDATE terms SET definition = 'Ebb' WHERE key = 'tide'",
    )
    assert len(told(worked)) == 3
    for subject, id_, what in (
        ("source", port.id, '{"reading":[]}'),
        ("term", "", '{"changed":["free:tide"]}'),
    ):
        outside(
            worked,
            "INSERT INTO record SELECT max(number) + 1, '2026', 'ann', 'edit', "
            f"'{subject}', '{id_}', '{port.title}', '{what}', '', '' FROM record",
        )
    assert told(worked) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE blocks SET markdown = 'Harbours are quiet.' WHERE markdown = 'Ports are busy.'",
        "UPDATE blocks SET lane = 'closed' WHERE markdown = 'Ports are busy.'",
        "UPDATE sections SET heading = 'Quiet'",
        "DELETE FROM blocks",
    ],
)
def test_what_a_brief_says_now_is_as_it_was_typed(worked: Desk, statement: str) -> None:
    (brief,) = worked.compose.briefs()
    section = worked.compose.brief(brief.id).sections[0].id
    worked.compose.edit(brief.id, "Type", lambda b: editing.add_block(b, section, prose("Ports are busy.")))
    assert told(worked) == []
    outside(worked, statement)
    (problem,) = told(worked)
    assert "“Draft words”: what it says" in problem
    with pytest.raises(InputError, match="has changed this brief"):
        worked.publish.export(brief.id, worked.library.path.with_name("brief.html"))
    for heading in ("Mine", "Mine again"):
        headed = partial(editing.change_section, section_id=section, heading=heading)
        worked.compose.edit(brief.id, "Type", headed)
        (problem,) = told(worked)
        assert "nobody has confirmed it" in problem
        assert "data-altered" in {found.check for found in worked.review.check(brief.id)}
    (entry,) = (e for e in worked.record.of(brief.id) if e.facts.get("found_altered"))
    assert entry.kind == Act.EDIT
    removed = worked.compose.remove(brief.id)
    assert removed.inverse
    removed.inverse()
    assert told(worked) == [problem]
    assert worked.review.confirm([brief.id], "Compared.")[0] == ("Draft words",)
    assert told(worked) == []
    assert "data-altered" not in {found.check for found in worked.review.check(brief.id)}
    assert worked.review.confirm([brief.id], "Compared.") == ((), Change(frozenset(), (), "Confirm"))


def test_what_a_brief_says_is_confirmed_or_thrown_away_as_it_is(worked: Desk) -> None:
    (brief,) = worked.compose.briefs()
    outside(worked, "UPDATE sections SET heading = 'Quiet'")
    removed = worked.compose.remove(brief.id)
    assert removed.inverse
    removed.inverse()
    assert len(told(worked)) == 1
    worked.review.confirm([brief.id], "Compared.")
    assert told(worked) == []
    outside(worked, "UPDATE sections SET heading = 'Loud'")
    worked.review.confirm([brief.id], "Compared.")
    assert told(worked) == []


def test_data_of_a_brief_are_asked_for_before_it_leaves(desk: Desk, brief: str, tmp_path: Path) -> None:
    outside(desk, "UPDATE briefs SET author = 'Nobody'")
    with pytest.raises(InputError, match="has changed this brief"):
        desk.publish.export(brief, tmp_path / "brief.html")


def test_a_lane_or_a_ceiling_is_not_taken_for_a_change(desk: Desk, brief: str, tmp_path: Path) -> None:
    section = desk.compose.brief(brief).sections[0].id
    block = replace(prose("Not for them."), lane=Lane.CLOSED, marking="uk-gscp/secret")
    desk.compose.edit(brief, "Type", lambda b: editing.add_block(b, section, block))
    for options in (ExportOptions(lanes=Lanes.MAY_BE_USED), ExportOptions(ceiling="uk-gscp/official")):
        desk.publish.export(brief, tmp_path / "brief.html", options, Cleared("Asha Menon", "Known."))
    told_of = [e.facts.get("let_leave", []) for e in desk.record.entries(desk.record.numbers([Act.EXPORT]))]
    assert "data-altered" not in {found["check"] for let in told_of for found in let}


def test_a_brief_that_was_sealed_by_another_making_is_not_told(worked: Desk) -> None:
    outside(
        worked,
        "UPDATE sections SET heading = 'Quiet'",
        "UPDATE meta SET value = '12345678' || substr(value, 9) WHERE key LIKE 'seal/%'",
    )
    assert told(worked) == []
    assert worked.review.uncovered() == ("the text of 1 brief",)


def test_what_the_record_does_not_cover_is_counted(desk: Desk, port: Source) -> None:
    assert desk.review.uncovered() == ()
    desk.exchange.import_lines("gates.jsonl", lines(2))
    assert desk.review.uncovered() == ()
    # As an import by a Briefer is recorded that kept the texts of it alone.
    outside(desk, f"UPDATE record SET what = json_remove(what, '$.digests.states') WHERE {IN_BULK}")
    assert desk.review.uncovered() == (
        "the data of 2 sources",
        "which lines of 2 captures are the article",
        "the words and notes of 2 excerpts",
    )
    assert told(desk) == []
    outside(desk, "UPDATE record SET what = '{}'")
    assert "the text of 3 captures" in desk.review.uncovered()
    outside(desk, "UPDATE record SET what = '{'")
    assert "the text of 3 captures" in desk.review.uncovered()


def test_digests_are_not_found_by_words_and_not_shown(desk: Desk, port: Source) -> None:
    entries = desk.record.entries(desk.record.numbers())
    assert all("digests" not in entry.facts for entry in entries)
    assert any(entry.digests for entry in entries)
    assert desk.record.numbers(text="reading/") == ()


@pytest.mark.parametrize("whole", [True, False])
def test_a_reading_that_a_rescue_made_anew_is_not_another_programs(
    desk: Desk, port: Source, tmp_path: Path, *, whole: bool
) -> None:
    outside(desk, "UPDATE snapshots SET reading = '{}'")
    if not whole:
        outside(desk, "DELETE FROM record WHERE number = (SELECT max(number) FROM record)")
    rescued = LibraryOpener(Intake).rescue(desk.library.path, tmp_path / "new.briefer")
    assert "read anew" in rescued.harmed[0]
    with closing(LibraryOpener(Intake).open(tmp_path / "new.briefer")) as found:
        assert told(found) == []
        assert (found.review.doctor() == ()) is whole, "nothing is added to a record that has lost its end"
        assert found.collect.source(port.id).snapshot.reading.segments
