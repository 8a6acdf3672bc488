"""Sections keep to the part of the form that they came from, whatever happens to them."""

from __future__ import annotations

import pytest

from briefer.domain.briefs import Section
from briefer.domain.form_parts import parts_of
from briefer.domain.forms import Each, Form, SectionForm

ASK = SectionForm("ask", "Recommendation", "要点", word_limit=80, headings={"us": "Bottom line"})
FACTS = SectionForm("background", "Key facts", word_limit=200)
HISTORY = SectionForm("background", "History", word_limit=50)
RISKS = SectionForm("background", "By risk", each=Each.RISK, word_limit=90)
FORM = Form("f", "F", sections=(ASK, FACTS, HISTORY))


def limits(*sections: Section, form: Form | None = FORM) -> dict[str, int | None]:
    return {section_id: part.word_limit for section_id, part in parts_of(sections, form).items()}


@pytest.mark.parametrize("heading", ["Recommendation", "要点", "Bottom line", "What I ask of you", ""])
def test_a_section_keeps_its_part_whatever_it_is_called(heading: str) -> None:
    assert limits(Section("a", heading, "ask")) == {"a": 80}


def test_sections_of_one_type_are_told_apart_by_name_and_then_by_order() -> None:
    facts, history = Section("f", "Key facts", "background"), Section("h", "History", "background")
    renamed = Section("f", "What we know", "background")
    assert limits(history, facts) == {"h": 50, "f": 200}
    assert limits(history, renamed) == {"h": 50, "f": 200}
    assert limits(renamed, Section("h", "The past", "background")) == {"f": 200, "h": 50}


def test_an_added_section_has_no_limit() -> None:
    own = [Section("f", "Key facts", "background"), Section("h", "History", "background")]
    assert limits(Section("new", "New section", "background"), *own) == {"f": 200, "h": 50}
    assert limits(Section("new", "New section", "press")) == {}
    assert limits(Section("a", "Recommendation", "ask"), form=None) == {}


def test_what_stands_below_a_repeated_part_is_of_it() -> None:
    form = Form("f", "F", sections=(ASK, RISKS))
    sections = (
        Section("m", "Alone", "background", 2),
        Section("r", "Dangers", "background"),
        Section("s", "Shipping", "background", 2),
        Section("c", "Cyber", "background", 2),
        Section("n", "New section", "background"),
    )
    assert limits(*sections, form=form) == {"r": 90, "s": 90, "c": 90}


def test_a_section_that_was_indented_keeps_its_part() -> None:
    assert limits(Section("a", "First", "ask"), Section("f", "Facts", "background", 2)) == {"a": 80, "f": 200}
    twice = Form("f", "F", sections=(RISKS, FACTS))
    below = (Section("f", "Key facts", "background"), Section("x", "More", "background", 2))
    assert limits(*below, form=twice) == {"f": 200}
