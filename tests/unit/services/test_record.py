"""What the use cases write into the record, and nothing without the change that it tells of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from briefer.domain import editing
from briefer.domain.briefs import Brief
from briefer.domain.digests import state_of
from briefer.domain.documents import HeadingNumbering
from briefer.domain.findings import Waiver
from briefer.domain.record import Act, Entry
from briefer.domain.sources import Source
from briefer.domain.spans import find_quote
from briefer.domain.tags import TagKind, Term, parse_tag
from briefer.services import exchange, recording
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from briefer.services.recording import brief_notes
from tests.unit.services.conftest import imported, taken


def told(desk: Desk, *acts: Act) -> list[Entry]:
    """Return the entries of these kinds, the first first."""
    return list(desk.record.entries(desk.record.numbers(acts)))


def test_entries_bear_the_name_of_whoever_works_here(desk: Desk) -> None:
    desk.record.sign_as("  Asha Menon ")
    desk.compose.create(NewBrief("one-page-note", title="Ports"))
    desk.record.sign_as("")
    desk.compose.create(NewBrief("one-page-note", title="Cables"))
    first, second = told(desk, Act.BRIEF)
    assert (first.who, first.label, first.facts["form"]) == ("Asha Menon", "Ports", "one-page-note")
    assert second.who == told(desk, Act.STARTED)[0].who


def test_edits_of_a_briefs_data_are_recorded_and_typing_is_not(desk: Desk) -> None:
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports"))
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Write", lambda b: editing.add_block(b, section, prose("Typed.")))
    change = desk.compose.edit(
        brief.id, "Rename", lambda b: replace(b, title="Harbours", audience="Minister")
    )
    assert change.inverse
    change.inverse()
    first, back = told(desk, Act.EDIT)
    assert (first.id, first.label) == (brief.id, "Harbours")
    assert first.facts == {
        "title": {"from": "Ports", "to": "Harbours"},
        "audience": {"from": "", "to": "Minister"},
    }
    assert back.facts["title"] == {"from": "Harbours", "to": "Ports"}
    assert len(desk.record.of(brief.id)) == 3


def test_the_numbering_of_a_briefs_headings_is_an_edit(desk: Desk) -> None:
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports"))
    desk.compose.edit(brief.id, "Number", lambda b: replace(b, numbering=HeadingNumbering.DECIMAL))
    (edit,) = told(desk, Act.EDIT)
    assert edit.facts == {"numbering": {"from": None, "to": "decimal"}}


def test_every_field_of_a_brief_is_recorded_or_known_not_to_be() -> None:
    """A field that is forgotten here would be changed without a trace."""
    by_itself = {"id", "created_at", "changed_at", "assembled_at", "origin"}
    day = datetime(2026, 1, 1, tzinfo=UTC)
    before = Brief("i", "f", "t", day, day)
    several: dict[str, Any] = {
        "waivers": (Waiver("check", "message", "reason"),),
        "subjects": (parse_tag("partner:IN"),),
    }
    for field in fields(Brief):
        if field.name == "sections":
            continue  # what is written is not recorded, and their markings are, each for itself
        value: dict[str, Any] = {field.name: several.get(field.name, "another")}
        after = replace(before, **value)
        recorded = field.name not in by_itself
        assert (state_of(after) != state_of(before)) is recorded, field.name
        assert bool(list(brief_notes(before, after))) is recorded, field.name


def test_markings_of_a_brief_and_of_its_portions_are_recorded(desk: Desk) -> None:
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports", marking=""))
    section = brief.sections[0].id
    block = prose("Typed.")
    desk.compose.edit(brief.id, "Write", lambda b: editing.add_block(b, section, block))
    desk.compose.edit(brief.id, "Mark", lambda b: replace(b, marking="uk/OFFICIAL"))

    def marked(b: Brief) -> Brief:
        sections = tuple(
            replace(s, marking="uk/SECRET", blocks=tuple(replace(x, marking="uk/OFFICIAL") for x in s.blocks))
            if s.id == section
            else s
            for s in b.sections
        )
        return replace(b, sections=sections)

    desk.compose.edit(brief.id, "Mark", marked)
    first, second = told(desk, Act.MARKING)
    assert first.facts == {"marking": {"from": "", "to": "uk/OFFICIAL"}}
    assert second.facts["sections"] == [{"id": section, "from": "", "to": "uk/SECRET"}]
    assert {"id": block.id, "from": "", "to": "uk/OFFICIAL"} in second.facts["blocks"]


def test_what_is_let_pass_is_recorded_and_that_it_is_checked_again(desk: Desk) -> None:
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports"))
    (finding, *_) = desk.review.check(brief.id)
    desk.review.waive(brief.id, [finding], "agreed with the desk", "Asha Menon")
    (waiver,) = desk.compose.brief(brief.id).waivers
    desk.review.unwaive(brief.id, waiver)
    first, second = told(desk, Act.WAIVER)
    assert Waiver(**first.facts["let_pass"][0]) == waiver
    assert first.facts["taken_back"] == []
    assert (second.facts["let_pass"], len(second.facts["taken_back"])) == ([], 1)


def test_the_record_holds(desk: Desk) -> None:
    desk.compose.create(NewBrief("one-page-note", title="Ports"))
    assert desk.record.verify() is None
    assert desk.record.head().count == len(desk.record.numbers())
    assert desk.review.doctor() == ()


def line(number: int) -> bytes:
    return json.dumps({"csl": {"title": f"Source {number}"}, "text": f"The gate {number} is open."}).encode()


@pytest.mark.parametrize("count", [1, 3, 4, 5])
def test_a_bulk_file_is_recorded_once_with_the_digest_of_its_bytes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, count: int
) -> None:
    monkeypatch.setattr(exchange, "LINES_PER_TRANSACTION", 2)
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"\n".join(map(line, range(count))))
    desk.importing.import_paths([file])
    *begun, last = told(desk, Act.IMPORT)
    assert (last.subject, last.label) == ("file", "lines.jsonl")
    digest = sha256(file.read_bytes()).hexdigest()
    assert last.facts == {"file": "lines.jsonl", "sha256": digest, "sources": count, "excerpts": 0}
    assert [e.facts["begun"] for e in begun] == [True] * ((count - 1) // 2)
    desk.importing.import_paths([file])
    assert len(told(desk, Act.IMPORT)) == len(begun) + 1, "nothing came"


def test_a_bulk_import_that_breaks_off_is_in_the_record(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "LINES_PER_TRANSACTION", 1)

    def lines() -> Iterator[bytes]:
        yield line(1)
        yield line(2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.exchange.import_lines("lines.jsonl", lines())
    (entry,) = told(desk, Act.IMPORT)
    assert entry.facts == {"file": "lines.jsonl", "begun": True}
    assert len(desk.collect.sources()) == 1


def test_an_imported_file_is_recorded_with_its_source(desk: Desk, port: Source) -> None:
    (entry,) = told(desk, Act.IMPORT)
    assert (entry.id, entry.label) == (port.id, port.title)
    text = desk.collect.source(port.id).snapshot.text
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert entry.facts == {
        "file": "article.txt",
        "sha256": port.sha256,
        "sources": 1,
        "excerpts": 0,
        "capture": port.snapshot_id,
        "text_sha256": digest,
    }


def test_corrections_of_a_source_are_recorded_with_what_they_were(desk: Desk, port: Source) -> None:
    change = desk.collect.change_source(replace(port, publisher="The Navapur Post", marking="uk/SECRET"))
    assert change.inverse
    change.inverse()
    first, back = told(desk, Act.EDIT)
    assert first.facts == {"publisher": {"from": port.publisher, "to": "The Navapur Post"}}
    assert back.facts == {"publisher": {"from": "The Navapur Post", "to": port.publisher}}
    marked, unmarked = told(desk, Act.MARKING)
    assert marked.facts == {"marking": {"from": None, "to": "uk/SECRET"}}
    assert unmarked.facts == {"marking": {"from": "uk/SECRET", "to": None}, "by_undo": True}


def test_a_corrected_reading_is_recorded(desk: Desk, port: Source) -> None:
    snapshot = desk.collect.source(port.id).snapshot
    span = find_quote(snapshot.text, "Port operators in India agreed on Tuesday")
    assert span
    desk.collect.turn(port.id, span, body=False)
    (entry,) = told(desk, Act.EDIT)
    (turned,) = entry.facts["reading"]
    assert (turned["from"], turned["to"]) == ("paragraph", "furniture")


def test_excerpts_and_what_is_said_of_them_are_recorded(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes", tags=[parse_tag("partner:IN")])
    desk.curate.annotate(replace(excerpt, comment="Doubtful.", marking="uk/SECRET"))
    desk.curate.tag([excerpt.id], [parse_tag("free:cranes")])
    (made,) = told(desk, Act.EXCERPT)
    assert (made.id, made.label) == (excerpt.id, "spare parts for cranes")
    assert made.facts == {"source": port.id, "tags": ["partner:IN"]}
    said, tagged = told(desk, Act.EDIT)
    assert said.facts == {"comment": {"from": "", "to": "Doubtful."}}
    assert tagged.facts["tags"]["to"] == ["free:cranes", "partner:IN"]
    (marked,) = told(desk, Act.MARKING)
    assert marked.facts == {"marking": {"from": None, "to": "uk/SECRET"}}


def test_a_long_excerpt_is_called_by_its_first_words(desk: Desk) -> None:
    source = imported(desk, taken("Ports\n\n" + "word " * 40, "long.txt"))
    desk.curate.mark_quote(source.id, "word " * 39)
    (made,) = told(desk, Act.EXCERPT)
    assert made.label == ("word " * 39)[:80] + "…"


def test_few_excerpts_that_are_tagged_have_an_entry_each_and_many_have_one(
    desk: Desk, port: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [desk.curate.mark_quote(port.id, words)[0].id for words in ("spare parts", "gearbox")]
    change = desk.bulk.tag(made, [parse_tag("free:cranes")])
    assert change.inverse
    assert [entry.id for entry in told(desk, Act.EDIT)] == made
    monkeypatch.setattr(recording, "_FEW", 1)
    change.inverse()
    desk.bulk.tag(made, [parse_tag("free:cranes")])
    _each, _of_two, back, first = told(desk, Act.EDIT)
    assert first.facts == {"excerpts": 2, "added": ["free:cranes"], "removed": []}
    assert back.facts == {"excerpts": 2, "added": [], "removed": ["free:cranes"]}


def test_terms_are_recorded_one_by_one_and_a_table_as_one(desk: Desk) -> None:
    term = Term(TagKind.RISK, "boredom", "Boredom")
    desk.terms.put([term])
    desk.terms.put([replace(term, label_en="Tedium")])
    desk.terms.put([replace(term, label_en="Tedium")])
    desk.terms.import_table(desk.terms.table().replace("Tedium", "Ennui").replace("India", "Bharat"))
    new, renamed, table = told(desk, Act.EDIT)
    assert (new.id, new.facts) == ("risk:boredom", {"new": True})
    assert renamed.facts == {"label_en": {"from": "Boredom", "to": "Tedium"}}
    assert table.facts["new"] == []
    assert {"risk:boredom", "partner:IN"} <= set(table.facts["changed"])


def test_what_is_accepted_is_recorded(desk: Desk, port: Source) -> None:
    desk.importing.accept([port.id])
    desk.importing.accept([port.id])
    (entry,) = told(desk, Act.EDIT)
    assert entry.facts == {"accepted": True, "sources": [port.id]}


def test_a_marking_that_undo_brings_back_says_so(desk: Desk, port: Source) -> None:
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports"))
    excerpt, _ = desk.curate.mark(port.id, desk.curate.paragraphs_span(port.id, 1))
    raised = (
        desk.collect.change_source(replace(port, marking="uk/SECRET")),
        desk.curate.annotate(replace(excerpt, marking="uk/SECRET")),
        desk.compose.edit(brief.id, "Mark", lambda b: replace(b, marking="uk/SECRET")),
    )
    for change in raised:
        assert change.inverse is not None
        again = change.inverse().inverse
        assert again is not None
        again()
    entries = told(desk, Act.MARKING)
    assert [entry.facts["marking"]["to"] for entry in entries].count("uk/SECRET") == 6
    assert [entry.facts.get("by_undo", False) for entry in entries] == [False] * 3 + [True] * 6
