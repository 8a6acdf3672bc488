"""What the use cases write into the record, and nothing without the change that it tells of."""

from __future__ import annotations

from dataclasses import replace

from briefer.domain import editing
from briefer.domain.briefs import Brief
from briefer.domain.findings import Waiver
from briefer.domain.record import Act, Entry
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk


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
