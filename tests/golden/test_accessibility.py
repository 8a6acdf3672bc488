"""The checker of accessibility finds what it is there for."""

from __future__ import annotations

import pytest

from tests.golden.accessibility import barriers, contrast
from tests.golden.compared import parts_of, word_file

BODY, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"

FAULTS = {
    "title": ("brief", CORE, "Meeting with the Minister for Economic Resilience: supply chains and investment screening",
              " ", "no title"),
    "skipped level": ("brief", BODY, 'w:val="Heading2"', 'w:val="BodyText"', "level 3 after level 1"),
    "empty heading": ("brief", BODY, ">Objectives<", "> <", "a heading without text"),
    "typed list": ("paragraphs", BODY, ">Body.<", ">1. Body.<", "a list made of text"),
    "header row": ("tables", BODY, "<w:tblHeader/>", "", "without a header row"),
    "alternative text of a table": ("tables", BODY, "w:tblDescription", "w:tblCaption", "a table without alternative"),
    "split row": ("tables", BODY, "<w:cantSplit/>", "", "can be split"),
    "alternative text of a picture": ("heat map", BODY, 'descr="EU 2, 日本 1"', 'descr=""', "a picture without"),
    "language": ("brief", STYLES, 'w:eastAsia="ja-JP" w:bidi', "w:bidi", "has no language"),
    "Japanese face": ("brief", BODY, '<w:rFonts w:hint="eastAsia"/>', "", "Latin face"),
    "contrast": ("brief", STYLES, 'w:val="5A6675"', 'w:val="8DA2B8"', "contrast 2.6"),
}  # fmt: skip


@pytest.mark.parametrize("fault", list(FAULTS))
def test_finds(fault: str) -> None:
    case, part, old, new, wanted = FAULTS[fault]
    parts = parts_of(word_file(case))
    text = parts[part].decode()
    assert old in text, "the fault can be seeded"
    parts[part] = text.replace(old, new).encode()
    assert any(wanted in finding for finding in barriers(parts)), barriers(parts)


def test_finds_bold_lines_in_the_place_of_headings() -> None:
    parts = parts_of(word_file("paragraphs"))
    strong = b'<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>Background</w:t></w:r>'
    parts[BODY] = parts[BODY].replace(b'<w:r><w:t xml:space="preserve">Body.</w:t></w:r>', strong)
    assert barriers(parts) == ["a bold line in the place of a heading: Background"]


def test_contrast_is_reckoned_as_the_guidelines_say() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)
