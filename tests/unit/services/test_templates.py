from __future__ import annotations

from pathlib import Path

import pytest

from briefer.domain.templates import Reason, Role, Template, TemplateField, TemplateStyle, TemplateWarning
from briefer.errors import InputError, UsageError
from briefer.services.templates import TemplateReport, Templates

HOUSE = Path("house.docx")


class Reader:
    """Knows one template, and refuses all other files."""

    def __init__(self, *fields: TemplateField) -> None:
        self._fields = fields

    def read(self, path: Path) -> Template:
        if path != HOUSE:
            raise InputError("input-missing", name=path.name)
        styles = (
            TemplateStyle("Normal", "Normal", default=True),
            TemplateStyle("Heading1", "heading 1"),
            TemplateStyle("Quote", "Quote"),
            TemplateStyle("Extract", "House extract", custom=True),
        )
        left_out = TemplateWarning("template-left-out", (("what", "a chart"),))
        return Template(path.name, "d1", styles, self._fields, (left_out,))


def look(*fields: TemplateField, chosen: tuple[tuple[str, str], ...] = ()) -> TemplateReport:
    return Templates(Reader(*fields)).look(HOUSE, chosen)


def test_each_role_is_cast_once() -> None:
    report = look()
    assert (report.name, report.digest) == ("house.docx", "d1")
    assert [c.role for c in report.castings] == list(Role)
    castings = {c.role: c for c in report.castings}
    assert castings[Role.HEADING_1].reason is Reason.BUILT_IN
    assert castings[Role.QUOTATION].style == "House extract"
    assert castings[Role.QUOTATION].alternatives == ("Quote",)
    assert len(report.styles) == 4


def test_choices_are_told_as_the_export_wants_them() -> None:
    assert look().chosen() == ()
    report = look(chosen=(("quotation", "quote"), ("heading-1", "")))
    assert report.chosen() == (("heading-1", "briefer"), ("quotation", "Quote"))
    assert look(chosen=report.chosen()).castings == report.castings


def test_what_lacks_is_said_for_what_every_brief_needs() -> None:
    texts = [warning.text for warning in look().warnings]
    assert texts[0] == "a chart in the template is left out."
    assert "the template has no style for heading-2; Briefer's own is added." in texts
    assert not any("handling" in text for text in texts)
    assert not any("quotation" in text for text in texts)


def test_a_choice_is_no_lack() -> None:
    lacking = [
        w for w in look(chosen=(("heading-1", "briefer"),)).warnings if ("role", "heading-1") in w.data
    ]
    assert lacking == []


def test_fields_that_cannot_be_filled_are_said_once() -> None:
    report = look(
        TemplateField("title"),
        TemplateField("desk officer"),
        TemplateField("desk officer", place="header"),
        TemplateField("nobody’s", control=True),
        TemplateField("body", place="footer"),
        TemplateField("section:say"),
    )
    texts = [w.text for w in report.warnings if "field" in w.code]
    assert texts == [
        "the field desk officer is not known, and stays as it is.",
        "the field body stands in a footer, where only lines of text can be filled in; it is left empty.",
    ]
    assert len(report.fields) == 6


def test_refusals_pass() -> None:
    with pytest.raises(InputError, match="no such file"):
        Templates(Reader()).look(Path("other.docx"))
    with pytest.raises(UsageError, match="no style Prose"):
        look(chosen=(("body", "Prose"),))
