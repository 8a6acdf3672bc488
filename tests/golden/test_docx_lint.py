"""The lint finds what it is there for."""

from __future__ import annotations

import pytest

from briefer.export.docx import to_docx
from tests.golden.cases import CASES
from tests.golden.compared import parts_of
from tests.golden.docx_lint import lint

BODY, NOTES, CORE = "word/document.xml", "word/footnotes.xml", "docProps/core.xml"

FAULTS = {
    "field not ended": ("word/footer1.xml", '<w:fldChar w:fldCharType="end"/>', "", "a field does not end"),
    "field not begun": (
        "word/footer1.xml",
        '<w:fldChar w:fldCharType="begin"/>',
        "",
        "a field ends that did not",
    ),
    "code as text": (BODY, ">Secure agreement to a <", "> PAGE <", "a field code as text"),
    "code outside": (
        "word/footer1.xml",
        'w:fldCharType="separate"',
        'w:fldCharType="end"',
        "a field ends that",
    ),
    "bookmark open": (BODY, '<w:bookmarkEnd w:id="1"/>', "", "bookmark 1 not closed"),
    "bookmark closed twice": (
        BODY,
        '<w:bookmarkStart w:id="1" ',
        '<w:bookmarkStart w:id="99" ',
        "1 not opened",
    ),
    "bookmark id twice": (
        BODY,
        '<w:bookmarkStart w:id="2"',
        '<w:bookmarkStart w:id="1"',
        "bookmark id 1 twice",
    ),
    "bookmark name": (BODY, 'w:name="_b_', 'w:name="b ', "bookmark name b "),
    "note missing": (BODY, '<w:footnoteReference w:id="2"/>', "", "footnotes defined"),
    "note too large": (NOTES, '<w:footnote w:id="2"', '<w:footnote w:id="40000"', "is too large"),
    "note without mark": (NOTES, "<w:footnoteRef/>", "", "has no mark"),
    "style": (BODY, 'w:val="BodyText"', 'w:val="Nowhere"', "style Nowhere missing"),
    "list": (BODY, '<w:numId w:val="1"/>', '<w:numId w:val="77"/>', "list 77 missing"),
    "relationship": (BODY, 'r:id="rIdL1"', 'r:id="rIdL9"', "relationship rIdL9 missing"),
    "direct format": (BODY, '<w:rStyle w:val="Strong"/>', '<w:color w:val="FF0000"/>', "direct format color"),
    "font": (BODY, 'w:rFonts w:hint="eastAsia"', 'w:rFonts w:ascii="Comic Sans MS"', "a font set directly"),
    "date": (CORE, "2026-01-12T09:30:00Z", "2026-01-12 09:30", "core property modified"),
    "tool": (CORE, "Economic Security Unit", "python-docx", "tells of a person or a tool"),
}


@pytest.mark.parametrize("fault", list(FAULTS))
def test_finds(fault: str) -> None:
    part, old, new, wanted = FAULTS[fault]
    parts = parts_of(to_docx(CASES["brief"].document))
    text = parts[part].decode()
    assert old in text, "the fault can be seeded"
    parts[part] = text.replace(old, new).encode()
    assert any(wanted in finding for finding in lint(parts)), lint(parts)


def test_finds_empty_notes() -> None:
    parts = parts_of(to_docx(CASES["footnotes"].document))
    parts[NOTES] = parts[NOTES].replace(b">n.d.<", b"><")
    assert "footnote 3 is empty" in lint(parts)
