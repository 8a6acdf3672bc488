from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from lxml import etree

from briefer.domain.documents import (
    Contents,
    Document,
    Heading,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    Run,
    Table,
)
from briefer.domain.exporting import ExportOptions
from briefer.domain.templates import TemplateField
from briefer.export import HouseTemplates
from briefer.export.docx import to_docx
from briefer.export.docx.house.cleaning import text_of
from briefer.export.docx.house.fields import BRACES, Line
from briefer.export.docx.xml import Element, w
from tests.golden.samples import brief, text
from tests.unit.export.house_templates import DOCUMENT, W, bare, control, parts_of, saved, written

BRIEF = replace(
    brief(),
    addressee="Permanent Under-Secretary",
    audience="For Permanent Under-Secretary",
    handling=("Do not forward.", "Burn after reading."),
    copy="Copy 2 of 5",
    draft="DRAFT",
)


def body_of(data: bytes, document: Document, folder: Path) -> Element:
    template = folder / "house.docx"
    template.write_bytes(data)
    return etree.fromstring(parts_of(to_docx(document, ExportOptions(template=template)))[DOCUMENT])


def lines(element: Element) -> list[str]:
    """Return the text of each paragraph; a break is a bar."""
    return [
        "".join(t.text or "" if t.tag == w("t") else "|" for t in p.iter(w("t"), w("br")))
        for p in element.iter(w("p"))
    ]


def paragraph(*runs: str) -> Element:
    inner = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return etree.fromstring(f"<w:p {W}>{inner}</w:p>")


@pytest.mark.parametrize(
    ("runs", "value", "expected"),
    [
        (("{{ title }}",), "T", ["T"]),
        (("a {{ti", "tle", "}} b"), "T", ["a T", "", " b"]),
        (("{", "{", "title}", "} and {{ title }}."), "T", ["T", "", "", " and T."]),
        (("x{{title}}y{{title}}z",), "", ["xyz"]),
    ],
)
def test_a_name_may_be_cut_over_runs(runs: tuple[str, ...], value: str, expected: list[str]) -> None:
    element = paragraph(*runs)
    line = Line(element)
    for match in reversed(list(BRACES.finditer(line.text))):
        line.replace(match.start(), match.end(), value)
    assert [t.text for t in element.iter(w("t"))] == expected


def test_several_lines_are_broken() -> None:
    element = paragraph("a {{x}}", " b")
    Line(element).replace(2, 7, "1\n2\n3")
    assert lines(element) == ["a 1|2|3 b"]
    assert len(element) == 2


def test_a_name_does_not_reach_over_breaks() -> None:
    element = etree.fromstring(f"<w:p {W}><w:r><w:t>{{{{ ti</w:t><w:br/><w:t>tle }}}}</w:t></w:r></w:p>")
    assert not BRACES.search(Line(element).text)


def test_fields_in_braces_are_filled(tmp_path: Path) -> None:
    parts = parts_of(to_docx(BRIEF, ExportOptions(template=written("braces", tmp_path))))
    found = lines(etree.fromstring(parts[DOCUMENT]))
    assert found[0] == BRIEF.title
    # What the template does not ask for in its text stands on page 1: a screen reader does not read headers.
    assert found[1:3] == ["OFFICIAL-SENSITIVE", "DRAFT"]
    assert found[3:9] == [
        "To",
        "Permanent Under-Secretary",
        "From",
        "Economic Security Unit",
        "Date",
        "15 January 2026",
    ]
    assert "Handle as follows: Do not forward.|Burn after reading." in found
    assert found.count(BRIEF.title) == 1
    assert "Ask {{ desk officer }} for more." in found
    # What the template says in its own place is not said again at the head of the brief.
    assert not [line for line in found if line.startswith(("15 January 2026 ·", "For Permanent", "DRAFT ·"))]
    assert found.count("OFFICIAL-SENSITIVE") == 1
    footer = next(n for n in parts if n.startswith("word/footer"))
    assert "OFFICIAL-SENSITIVE Copy 2 of 5" in lines(etree.fromstring(parts[footer]))


def test_what_only_some_of_is_asked_for_is_said_for_the_rest(tmp_path: Path) -> None:
    found = lines(body_of(bare("<w:p><w:r><w:t>{{ date }}</w:t></w:r></w:p>"), BRIEF, tmp_path))
    assert found[:3] == ["15 January 2026", BRIEF.title, "For Permanent Under-Secretary"]
    found = lines(body_of(bare("<w:p><w:r><w:t>{{ marking }}</w:t></w:r></w:p>"), BRIEF, tmp_path))
    assert found.count("OFFICIAL-SENSITIVE") == 1
    assert "DRAFT · Copy 2 of 5" in found


@pytest.mark.parametrize(
    ("language", "date", "shown"),
    [
        ("en-GB", "2026-01-15", "15 January 2026"),
        ("en-US", "2026-01-15", "January 15, 2026"),
        ("ja-JP", "2026-01-15", "2026年1月15日"),
        ("en-GB", "", ""),
        ("en-GB", "in spring", "in spring"),
    ],
)
def test_dates_are_in_the_words_of_the_brief(language: str, date: str, shown: str, tmp_path: Path) -> None:
    document = Document("", (), language=language, date=date)
    assert lines(body_of(bare("<w:p><w:r><w:t>On: {{ date }}</w:t></w:r></w:p>"), document, tmp_path)) == [
        f"On: {shown}"
    ]


def test_controls_are_filled(tmp_path: Path) -> None:
    document = replace(BRIEF, blocks=(Heading(1, text("Ask"), "s1", section="ask"), *BRIEF.blocks))
    parts = parts_of(to_docx(document, ExportOptions(template=written("controls", tmp_path))))
    body = etree.fromstring(parts[DOCUMENT])
    found = lines(body)
    assert found[:6] == [
        BRIEF.title,
        "OFFICIAL-SENSITIVE",
        "DRAFT · Copy 2 of 5",
        "For Permanent Under-Secretary on 15 January 2026",
        "Do not forward.|Burn after reading.",
        "Ask",
    ]
    assert found[-1] == "Click here"
    names = [
        control.find(w("sdtPr"))[0].get(w("val"))  # type: ignore[index]
        for control in body.iter(w("sdt"))
    ]
    assert names == ["Title", "audience", "日付", "Handling", "Reference"]
    (multiline,) = (e for e in body.iter(w("text")) if e.get(w("multiLine")))
    assert multiline is not None
    assert not list(body.iter(w("dataBinding")))
    assert [e.get(w("fullDate")) for e in body.iter(w("date"))] == [None]
    assert "2001" not in parts[DOCUMENT].decode()
    prompts = [c for c in body.iter(w("sdt")) if c.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None]
    assert len(prompts) == 1
    styles = {e.get(w("val")) for e in body.iter(w("rStyle"))}
    assert "PlaceholderText" in styles  # of the one that is nobody's field
    header = next(n for n in sorted(parts) if n.startswith("word/header"))
    assert lines(etree.fromstring(parts[header])) == ["OFFICIAL-SENSITIVE"]


def test_a_filled_control_keeps_its_look(tmp_path: Path) -> None:
    prompt = "<w:r><w:rPr><w:b/></w:rPr><w:t>Here</w:t></w:r>"
    body = body_of(bare(f"<w:p>{control('title', prompt)}</w:p>"), Document("New", ()), tmp_path)
    (run,) = (r for r in body.iter(w("r")) if "New" in text_of(r))
    assert run.find(f"{w('rPr')}/{w('b')}") is not None


def test_controls_around_cells_are_filled(tmp_path: Path) -> None:
    cell = "<w:tc><w:tcPr><w:tcW w:w='0' w:type='auto'/></w:tcPr><w:p><w:r><w:t>Here</w:t></w:r></w:p><w:p/></w:tc>"
    row = f"<w:tr>{control('title', cell)}<w:tc><w:p><w:r><w:t>kept</w:t></w:r></w:p></w:tc></w:tr>"
    rows = control("audience", f"<w:tr>{cell}{cell}</w:tr>")
    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{row}{rows}</w:tbl>"
    body = body_of(bare(f"{table}<w:p/>"), replace(BRIEF, blocks=(), notes=()), tmp_path)
    (grid,) = body.iter(w("tbl"))
    assert [line for line in lines(grid) if line] == [
        BRIEF.title,
        "kept",
        "Permanent Under-Secretary",
        "Here",
    ]
    assert all(c[-1].tag == w("p") for c in grid.iter(w("tc")))


@pytest.mark.parametrize(
    "kind",
    [
        "<w:picture/>",
        "<w:group/>",
        '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>',
    ],
)
def test_controls_for_other_things_are_not_fields(kind: str, tmp_path: Path) -> None:
    inner = "<w:r><w:t>Here</w:t></w:r>"
    body = body_of(bare(f"<w:p>{control('title', inner, more=kind)}</w:p>"), Document("New", ()), tmp_path)
    assert lines(body) == ["Here", "New"]


def test_blocks_in_a_cell_leave_it_valid(tmp_path: Path) -> None:
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='5000'/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w='5000' "
        "w:type='dxa'/></w:tcPr><w:p><w:r><w:t>{{ section:say }}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>"
        "{{ section:nothing }}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    )
    document = Document(
        "T",
        (Heading(1, text("Say"), "s1", section="say"), Table((text("A"),), ((text("1"),),), anchor="t1")),
    )
    body = body_of(bare(table), document, tmp_path)
    cells = list(body[0].iter(w("tc")))
    assert lines(cells[0])[:2] == ["Say", "A"]
    assert all(cell[-1].tag == w("p") for cell in body.iter(w("tc")))
    assert lines(cells[-1]) == [""]
    assert lines(body)[-1] == "T"


def test_words_around_a_place_stay_before_the_blocks(tmp_path: Path) -> None:
    body = bare("<w:p><w:r><w:t>Now: {{ body }} thanks</w:t></w:r></w:p><w:p><w:r><w:t>End</w:t></w:r></w:p>")
    assert lines(body_of(body, Document("", (Paragraph(text("Said")),)), tmp_path)) == [
        "Now:  thanks",
        "Said",
        "End",
    ]


def test_a_place_that_ends_a_section_keeps_its_paragraph(tmp_path: Path) -> None:
    body = bare(
        "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{ body }}</w:t></w:r></w:p><w:p><w:r><w:t>End</w:t></w:r></w:p>"
    )
    found = body_of(body, Document("", (Paragraph(text("Said")),)), tmp_path)
    assert lines(found) == ["Said", "", "End"]
    assert len(list(found.iter(w("sectPr")))) == 2


def test_the_second_place_for_all_is_empty(tmp_path: Path) -> None:
    body = bare("<w:p><w:r><w:t>{{ body }}</w:t></w:r></w:p><w:p><w:r><w:t>{{ body }}</w:t></w:r></w:p>")
    assert lines(body_of(body, Document("", (Paragraph(text("Said")),)), tmp_path)) == ["Said"]


def test_a_section_repeated_comes_whole_and_once(tmp_path: Path) -> None:
    document = Document(
        "",
        (
            Heading(1, text("Background"), "s1", section="background"),
            Heading(2, text("Risk A"), "s2", section="background"),
            Paragraph((Run("About A."), NoteRef(1))),
            Heading(1, text("Sources"), "s3", section="sources"),
            Heading(1, text("More background"), "s4", section="background"),
        ),
        (Note(1, text("n")),),
    )
    body = bare(
        "<w:p><w:r><w:t>{{section:background}}</w:t></w:r></w:p><w:p><w:r><w:t>{{section:background}}</w:t></w:r></w:p>"
    )
    assert lines(body_of(body, document, tmp_path)) == [
        "Background",
        "Risk A",
        "About A.",
        "More background",
        "Sources",
    ]


BOX = (
    '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:9pt"><v:textbox><w:txbxContent>{inner}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_lines_in_a_text_box_are_filled_but_blocks_are_not_put_there(tmp_path: Path) -> None:
    inner = "<w:p><w:r><w:t>{{ title }}</w:t></w:r></w:p><w:p><w:r><w:t>{{ body }}</w:t></w:r></w:p>"
    body = bare(f"<w:p>{BOX.format(inner=inner)}<w:r><w:t>Outside {{{{ date }}}}</w:t></w:r></w:p>")
    document = Document("New", (Paragraph(text("Said")),), date="2026-01-15")
    found = body_of(body, document, tmp_path)
    (box,) = found.iter(w("txbxContent"))
    assert lines(box) == ["New", ""]
    assert lines(found)[-1] == "Said"
    assert "Outside 15 January 2026" in text_of(found)


def test_the_report_names_each_field_once(tmp_path: Path) -> None:
    template = HouseTemplates().read(written("braces", tmp_path))
    assert template.fields == (
        TemplateField("title"),
        TemplateField("audience"),
        TemplateField("author"),
        TemplateField("date"),
        TemplateField("text:objectives"),
        TemplateField("section:say"),
        TemplateField("handling"),
        TemplateField("body"),
        TemplateField("desk officer"),
        TemplateField("marking", place="header"),
        TemplateField("marking", place="footer"),
        TemplateField("copy", place="footer"),
    )
    assert template.warnings == ()
    names = {
        (f.name, f.control, f.place) for f in HouseTemplates().read(written("controls", tmp_path)).fields
    }
    assert names == {
        ("title", True, "body"),
        ("audience", True, "body"),
        ("date", True, "body"),
        ("handling", True, "body"),
        ("section:ask", True, "body"),
        ("body", True, "body"),
        ("marking", True, "header"),
    }


def test_the_report_says_where_the_marking_will_be_added(tmp_path: Path) -> None:
    texts = [w.text for w in HouseTemplates().read(written("letterhead", tmp_path)).warnings]
    assert texts == [
        f"the template has no place for the marking in its {place}; a marking that belongs there gets a line of its own."
        for place in ("header", "footer")
    ]
    assert HouseTemplates().read(written("plain", tmp_path)).warnings == ()


def test_what_is_written_by_hand_into_a_title_is_only_text(tmp_path: Path) -> None:
    document = Document("<w:p/> {{ marking }} \x00&amp; \ud800", (), marking=Marking("SECRET"))
    body = body_of(bare("<w:p><w:r><w:t>{{ title }}</w:t></w:r></w:p>"), document, tmp_path)
    assert lines(body)[0] == "<w:p/> {{ marking }} &amp; "


def test_headers_can_hold_lines_only(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ body }}{{ title }}"
    document.element.body.insert(0, parse_xml(f"<w:p {W}><w:r><w:t>Cover</w:t></w:r></w:p>"))
    template = tmp_path / "house.docx"
    template.write_bytes(saved(document))
    parts = parts_of(to_docx(Document("New", (Paragraph(text("Said")),)), ExportOptions(template=template)))
    header = next(n for n in sorted(parts) if n.startswith("word/header"))
    assert lines(etree.fromstring(parts[header])) == ["New"]
    assert lines(etree.fromstring(parts[DOCUMENT])) == ["Cover", "New", "Said"]


GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'


@pytest.mark.parametrize(
    "place",
    [
        "<w:p><w:r><w:t>{{ contents }}</w:t></w:r></w:p>",
        control(
            "x",
            "<w:p><w:r><w:t>In this paper</w:t></w:r></w:p><w:p><w:r><w:t>Old</w:t></w:r></w:p>",
            more=GALLERY,
        ),
    ],
)
def test_the_table_of_contents_goes_to_its_place(place: str, tmp_path: Path) -> None:
    document = Document("T", (Contents("Contents"), Heading(1, text("One"), "s1"), Paragraph(text("Said"))))
    body = body_of(bare(f"{place}<w:p><w:r><w:t>House</w:t></w:r></w:p>"), document, tmp_path)
    found = lines(body)
    assert found[0] == "Contents"
    assert found[1].startswith("One")
    assert found[2:] == ["House", "T", "One", "Said"]
    assert len(list(body.iter(w("sdt")))) == 1
    (field,) = HouseTemplates().read(tmp_path / "house.docx").fields
    assert (field.name, field.filling.value) == ("contents", "blocks")


def test_what_fields_last_showed_of_people_is_forgotten(tmp_path: Path) -> None:
    def shown(code: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar '
            'w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    simple = '<w:fldSimple w:instr=" filename \\p "><w:r><w:t>c:\\jane</w:t></w:r></w:fldSimple>'
    body = bare(f"<w:p>{shown(' LASTSAVEDBY ')}{simple}{shown(' PAGE ')}<w:r><w:t>Kept</w:t></w:r></w:p>")
    assert lines(body_of(body, Document("", ()), tmp_path)) == ["shownKept"]


def test_what_the_template_does_not_say_of_the_head_stands_below_its_title(tmp_path: Path) -> None:
    inner = "<w:p><w:r><w:t>{{ title }}</w:t></w:r></w:p><w:p><w:r><w:t>Cover</w:t></w:r></w:p><w:p><w:r><w:t>{{ body }}</w:t></w:r></w:p>"
    found = lines(body_of(bare(inner), BRIEF, tmp_path))
    assert found[:6] == [
        BRIEF.title,
        "15 January 2026 · For Permanent Under-Secretary",
        "OFFICIAL-SENSITIVE",
        "DRAFT · Copy 2 of 5",
        "Do not forward.",
        "Burn after reading.",
    ]
    assert found[6:8] == ["Cover", "Objectives"]
    controlled = (
        control("Title", "<w:p><w:r><w:t>Here</w:t></w:r></w:p>") + "<w:p><w:r><w:t>Cover</w:t></w:r></w:p>"
    )
    found = lines(body_of(bare(controlled), BRIEF, tmp_path))
    assert (found[0], found[2], found[6]) == (BRIEF.title, "OFFICIAL-SENSITIVE", "Cover")
