"""Forms of Briefer and of the library."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from briefer.domain.briefs import BlockKind
from briefer.domain.forms import Form, SectionForm
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.domain.trash import TrashKind
from briefer.errors import InputError, UsageError
from briefer.services.changes import Kind
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk
from briefer.services.forms import Forms
from briefer.services.json_places import lines_of

IDS = {
    "meeting-brief", "one-page-note", "submission", "country-brief", "risk-brief", "qa-pack", "japanese-meeting-pack",
}  # fmt: skip
INDIA = (parse_tag("partner:IN"),)
OWN = Form("desk-note", "Desk note", sections=(SectionForm("ask", "Point"),))


def test_the_forms_of_the_contract_are_there_and_read_back(desk: Desk) -> None:
    forms = desk.forms.all()
    assert {form.id for form in forms} == IDS
    for form in forms:
        assert Forms.read(Forms.text(form), "x.json") == form
        assert form.name("ja") != form.name_en
        assert all(section.heading_ja for section in form.sections)


@pytest.mark.parametrize("form_id", sorted(IDS))
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_form_makes_a_brief_of_its_sections(
    desk: Desk, port: Source, form_id: str, language: str
) -> None:
    tags = [parse_tag("partner:IN"), parse_tag("risk:supply-chain")]
    desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox", tags=tags)
    form = desk.forms.get(form_id)
    subjects = INDIA if form_id != "risk-brief" else (parse_tag("risk:supply-chain"),)
    brief, _ = desk.compose.create(NewBrief(form_id, subjects, language=language))
    top = [s.heading for s in brief.sections if s.level == 1]
    assert top == [s.heading(language) for s in form.sections]
    assert len(brief.excerpt_ids()) == 1
    assert brief.marking == form.marking
    starters = {s.starter(language) for s in form.sections} - {""}
    assert {b.markdown for _, b in brief.blocks() if b.kind is BlockKind.PROSE} == starters


def test_a_variant_names_sections_as_its_government_does(desk: Desk) -> None:
    wanted = NewBrief("meeting-brief", INDIA, variant="us")
    headings = [s.heading for s in desk.compose.create(wanted)[0].sections]
    assert headings[:2] == ["Bottom line up front", "Overview and attendees"]
    with pytest.raises(UsageError, match="has no variant xx; choose one of: uk, us, ca, au, eu"):
        desk.compose.plan(replace(wanted, variant="xx"))


def test_a_form_of_the_library_stands_in_the_place_of_one_of_briefers(desk: Desk) -> None:
    meeting = desk.forms.get("meeting-brief")
    change = desk.forms.save(replace(meeting, name_en="Our brief"))
    assert desk.forms.get("meeting-brief").name_en == "Our brief"
    assert desk.forms.own() == {"meeting-brief"}
    assert change.inverse is not None
    again = change.inverse()
    assert desk.forms.get("meeting-brief") == meeting
    assert again.inverse is not None
    again.inverse()
    assert desk.forms.get("meeting-brief").name_en == "Our brief"
    second = desk.forms.save(replace(meeting, name_en="Another"))
    assert second.inverse is not None
    second.inverse()
    assert desk.forms.get("meeting-brief").name_en == "Our brief"


def test_forms_are_copied_changed_and_removed(desk: Desk) -> None:
    first, _ = desk.forms.duplicate("qa-pack", "Press questions")
    second, _ = desk.forms.duplicate("qa-pack", "More questions")
    assert (first.id, second.id, first.name("ja")) == ("qa-pack-2", "qa-pack-3", "Press questions")
    assert {form.id for form in desk.forms.all()} == IDS | {"qa-pack-2", "qa-pack-3"}
    desk.forms.remove("qa-pack-3")
    assert "qa-pack-3" not in {form.id for form in desk.forms.all()}
    with pytest.raises(UsageError, match="no form qa-pack of its own"):
        desk.forms.remove("qa-pack")
    with pytest.raises(UsageError, match="there is no form nothing; choose one of: country-brief"):
        desk.forms.get("nothing")


def test_a_removed_form_is_in_the_trash_and_comes_back_where_there_is_room(desk: Desk) -> None:
    form, _ = desk.forms.duplicate("qa-pack", "Press questions")
    desk.forms.remove(form.id)
    (one,) = desk.trash.all()
    assert (one.kind, one.thing, one.label) == (TrashKind.FORM, form.id, "Press questions")
    desk.forms.save(form)
    done = desk.trash.restore([one.id])
    assert [why for _one, why in done.left] == ["the library has a form qa-pack-2 again"]
    with pytest.raises(InputError, match="there is no form"):
        desk.trash.throw(TrashKind.FORM, ["nothing"], "Remove the form")
    desk.forms.remove(form.id)
    assert desk.trash.restore([one.id]).change.kinds == {Kind.FORM}
    assert desk.forms.get(form.id) == form
    assert desk.review.doctor() == ()


def test_changes_of_forms_are_recorded(desk: Desk) -> None:
    form, change = desk.forms.duplicate("qa-pack", "Press questions")
    desk.forms.save(replace(form, name_en="Questions", page_budget=2))
    desk.forms.save(replace(form, name_en="Questions", page_budget=2))
    assert change.inverse
    change.inverse()
    entries = desk.record.of(form.id)
    assert [(e.kind, e.label) for e in entries] == [
        ("edit", "Press questions"),
        ("edit", "Questions"),
        ("trash", "Questions"),
    ]
    assert entries[0].facts == {"new": True}
    assert entries[1].facts == {
        "name_en": {"from": "Press questions", "to": "Questions"},
        "page_budget": {"from": form.page_budget, "to": 2},
    }


GOOD = json.loads(Forms.text(OWN))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "No Good"}, "line 2, id: write it in small letters"),
        ({"name_en": " "}, "line 3, name_en: a form needs a name"),
        ({"title_en": "{partner}"}, "title_en: only {subject} may stand in braces"),
        ({"title_ja": "{"}, "title_ja: only {subject}"),
        ({"page_budget": 0}, "page_budget: at least one page"),
        ({"page_budget": "two"}, "page_budget: Expected `int | null`, got `str`"),
        ({"sections": []}, "sections: a form needs at least one section"),
        ({"sections": [{"type": "tale", "heading_en": "T"}]}, "sections[0].type: no type of section; choose"),
        (
            {"sections": [{"type": "ask", "heading_en": ""}]},
            "line 7, sections[0].heading_en: a section needs",
        ),
        ({"sections": [{"type": "ask", "heading_en": "A", "at_most": 0}]}, "at_most: at least one excerpt"),
        (
            {"sections": [{"type": "ask", "heading_en": "A", "word_limit": 0}]},
            "word_limit: at least one word",
        ),
        (
            {"sections": [{"type": "ask", "heading_en": "A", "headings": {"uk": "B"}}]},
            "sections[0].headings.uk: the form has no variant",
        ),
        ({"sections": [{"type": "ask", "heading": "A"}]}, "sections[0].heading: there is no such field"),
        ({"colour": {"red": 1}}, "colour: there is no such field"),
        ({"sections": [{"type": "ask"}]}, "sections[0]: Object missing required field `heading_en`"),
    ],
)
def test_a_form_with_a_fault_names_line_and_field(change: dict[str, object], told: str) -> None:
    text = json.dumps({**GOOD, **change}, indent=1)
    with pytest.raises(InputError) as caught:
        Forms.read(text, "note.json")
    assert str(caught.value).startswith("the form note.json cannot be used: line ")
    assert told in str(caught.value)


def test_what_is_no_json_is_told_by_its_line(desk: Desk) -> None:
    with pytest.raises(InputError, match=r"line 2, JSON: "):
        Forms.read('{\n"id": }', "note.json")
    with pytest.raises(InputError, match=r"the form: Expected `object`, got `array`"):
        Forms.read("[]", "note.json")
    with pytest.raises(InputError, match="the form desk-note cannot be used: sections: a form needs"):
        desk.forms.save(replace(OWN, sections=()))


def test_values_are_found_by_their_lines() -> None:
    text = '{\n "a": [1,\n  {"b": "x, }"},\n [] ],\n "c": {},\n "d": null}'
    assert lines_of(text) == {"": 1, "a": 2, "a[0]": 2, "a[1]": 3, "a[1].b": 3, "a[2]": 4, "c": 5, "d": 6}


def test_the_period_and_what_nobody_wants_bound_a_brief(desk: Desk, port: Source, cable: Source) -> None:
    one, _ = desk.curate.mark_quote(port.id, "We cannot wait eight months", tags=list(INDIA))
    two, _ = desk.curate.mark_quote(cable.id, "攻撃は偶然ではない", tags=list(INDIA))

    def planned(**changes: object) -> set[str]:
        wanted = replace(NewBrief("one-page-note", INDIA), **changes)  # type: ignore[arg-type]
        return {hit.excerpt.id for section in desk.compose.plan(wanted) for hit in section.hits}

    assert planned() == {one.id, two.id}
    assert planned(since="2026-03") == {one.id}
    assert planned(until="2026-02") == {two.id}
    assert planned(excluded=frozenset({one.id})) == {two.id}
    with pytest.raises(UsageError, match="the date spring is not understood"):
        planned(since="spring")


@pytest.mark.parametrize("deep", ["[" * 50_000, '{"a":' * 50_000, "[" * 400 + "]" * 400])
def test_what_is_nested_without_end_is_no_form(deep: str) -> None:
    with pytest.raises(InputError) as error:
        Forms.read(deep, "form.json")
    assert error.value.code == "form-field"
