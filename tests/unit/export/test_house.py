from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from briefer.domain.documents import (
    Contents,
    Document,
    Heading,
    HeadingNumbering,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
)
from briefer.domain.exporting import ExportOptions, NotesAt
from briefer.errors import InputError, UsageError
from briefer.export.docx import to_docx
from briefer.export.docx.xml import Element, w
from tests.golden.docx_lint import lint
from tests.golden.samples import brief, japanese, text
from tests.unit.export.house_templates import DOCUMENT, TEMPLATES, changed, packed, parts_of, written

every_template = pytest.mark.parametrize("name", list(TEMPLATES))


def housed(
    name: str, folder: Path, document: Document | None = None, options: ExportOptions | None = None
) -> dict[str, bytes]:
    """Return the parts of a document in one of the templates."""
    options = replace(options or ExportOptions(), template=written(name, folder))
    return parts_of(to_docx(document or brief(), options))


def tree(parts: dict[str, bytes], name: str = DOCUMENT) -> Element:
    return etree.fromstring(parts[name])


def value(element: Element, name: str, key: str = "val") -> str:
    """Return an attribute of the first element of a name within another, or nothing."""
    found = next(element.iter(w(name)), None)
    return "" if found is None else found.get(w(key), "")


def said(element: Element) -> str:
    return "".join(t.text or "" for t in element.iter(w("t")))


def lines(parts: dict[str, bytes], name: str = DOCUMENT) -> list[str]:
    return [said(p) for p in tree(parts, name).iter(w("p"))]


def style_names(parts: dict[str, bytes]) -> dict[str, str]:
    styles = tree(parts, "word/styles.xml").iter(w("style"))
    return {s.get(w("styleId"), ""): value(s, "name") for s in styles}


def styled(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the name of the style of each paragraph of the body, by its text."""
    names = style_names(parts)
    return {
        said(p): names[value(p, "pStyle")]
        for p in tree(parts).iter(w("p"))
        if p.find(f"{w('pPr')}/{w('pStyle')}") is not None
    }


def linted(parts: dict[str, bytes]) -> set[str]:
    kinds = (
        "word/footnotes",
        "word/endnotes",
        "word/styles",
        "word/numbering",
        "word/settings",
        "docProps/core",
    )
    known = {n: d for n, d in parts.items() if n.endswith((".xml", ".rels")) or "media" in n}
    empty = {f"{kind}.xml": b"<x/>" for kind in kinds} | {"word/_rels/document.xml.rels": b"<x/>"}
    return set(lint({**empty, **known}))


def everything() -> Document:
    """The sample with all that an export can add to it."""
    return replace(
        brief(),
        blocks=(Contents("Contents"), *brief().blocks, Heading(1, text("An annex"), "annex", annex=True)),
        numbering=HeadingNumbering.DECIMAL,
        draft="DRAFT",
        copy="Copy 2 of 5",
        handling=("Do not forward.",),
    )


def heads(parts: dict[str, bytes], place: str) -> list[str]:
    return [said(tree(parts, name)) for name in sorted(parts) if name.startswith(f"word/{place}")]


# --- every template ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "document"),
    [*((name, everything()) for name in TEMPLATES), ("japanese", japanese()), ("letterhead", japanese())],
)
def test_the_file_is_valid(name: str, document: Document, tmp_path: Path) -> None:
    template = written(name, tmp_path)
    notes = NotesAt.END if name in {"noted", "few"} else NotesAt.FOOT
    data = to_docx(document, ExportOptions(template=template, notes=notes))
    target = tmp_path / "out.docx"
    target.write_bytes(data)
    assert [str(e) for e in OpenXmlValidator().validate(str(target)).errors] == []
    # Faults that the template brings along are its own.
    assert linted(parts_of(data)) - linted(parts_of(template.read_bytes())) == set()


@every_template
def test_all_of_the_brief_is_there(name: str, tmp_path: Path) -> None:
    parts = housed(name, tmp_path)
    found = lines(parts)
    for line in (
        "Offer technical secondments.",
        "analysts",
        "A list that starts elsewhere.",
        "Thresholds by sector",
    ):
        assert line in found
    notes = lines(parts, "word/footnotes.xml")
    assert any("Ministers Agree Screening Timetable" in note for note in notes)
    assert any("OFFICIAL-SENSITIVE" in head for head in heads(parts, "header"))
    assert any("OFFICIAL-SENSITIVE" in foot for foot in heads(parts, "footer"))


@every_template
def test_the_same_bytes_each_time(name: str, tmp_path: Path) -> None:
    options = ExportOptions(template=written(name, tmp_path))
    assert to_docx(brief(), options) == to_docx(brief(), options)


@pytest.mark.parametrize("name", ["letterhead", "bare", "telling"])
def test_other_programs_can_read_it(name: str, tmp_path: Path) -> None:
    data = to_docx(brief(), ExportOptions(template=written(name, tmp_path)))
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.title == brief().title
    assert document.core_properties.author == "Economic Security Unit"


# --- what the house brings -----------------------------------------------------------------------------


def test_logo_heads_margins_and_fonts_stay(tmp_path: Path) -> None:
    parts = housed("letterhead", tmp_path)
    before = parts_of(written("letterhead", tmp_path).read_bytes())
    pictures = [name for name in parts if name.startswith("word/media/")]
    assert [parts[name] for name in pictures] == [before[name] for name in before if "media/" in name]
    assert heads(parts, "header") == [
        "OFFICIAL-SENSITIVE  Ministry of Harbours",
        "OFFICIAL-SENSITIVEMinistry of Harbours",
    ]
    assert heads(parts, "footer") == ["1 Quay StreetOFFICIAL-SENSITIVE", "For official useOFFICIAL-SENSITIVE"]
    margins = tree(parts).find(f".//{w('pgMar')}")
    assert margins is not None
    assert margins.get(w("left")) == str(round(3.5 / 2.54 * 1440))
    assert b"Georgia" in parts["word/styles.xml"]
    assert parts["word/theme/theme1.xml"].count(b"latin") == before["word/theme/theme1.xml"].count(b"latin")


def test_the_houses_styles_play_their_roles(tmp_path: Path) -> None:
    styles = styled(housed("letterhead", tmp_path))
    assert styles["Objectives"] == "heading 1"
    assert styles["Offer technical secondments."] == "List Number"
    assert styles["Two posts are funded until March 2027."] == "List Continue"
    (quotation,) = (name for line, name in styles.items() if line.startswith("“We shall never"))
    assert quotation == "MoH Quote"
    (source,) = (name for line, name in styles.items() if line.startswith("The Harbour Gazette"))
    assert source == "MoH Source"
    header = tree(housed("letterhead", tmp_path), "word/header1.xml")
    assert value(header, "pStyle") == "MoHClassification"


def test_japanese_names_and_ids_without_meaning(tmp_path: Path) -> None:
    parts = housed("japanese", tmp_path, japanese())
    names = set(styled(parts).values())
    assert {"表題", "見出し 1", "引用文", "段落番号", "図表番号"} <= names
    assert not {"Title", "heading 1", "Quote", "List Number", "caption"} & set(style_names(parts).values())


def test_a_person_chooses_other_styles(tmp_path: Path) -> None:
    chosen = (("quotation", "Intense Quote"), ("heading-2", "briefer"), ("body", "Body Text 2"))
    styles = styled(housed("plain", tmp_path, options=ExportOptions(template_styles=chosen)))
    (quotation,) = (name for line, name in styles.items() if line.startswith("“We shall never"))
    assert quotation == "Intense Quote"
    assert styles["Dependence on single suppliers"] == "Briefer heading 2"
    assert styles["Lines can be brokenwhere an address needs it: the register."] == "Body Text 2"


def test_a_choice_that_the_template_has_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no style Prose for body"):
        housed("plain", tmp_path, options=ExportOptions(template_styles=(("body", "Prose"),)))


def test_what_lacks_is_added_once_and_only_where_it_is_used(tmp_path: Path) -> None:
    parts = housed("few", tmp_path)
    names = list(style_names(parts).values())
    assert {"Quote", "Title", "footnote text", "Brief Table", "Emphasis"} <= set(names)
    assert len({name.casefold() for name in names}) == len(names)
    assert "Prompt" in names
    assert "toc 1" not in names
    plain = set(style_names(housed("few", tmp_path, Document("T", ()))).values())
    assert "Quote" not in plain


def test_a_heading_style_without_a_level_is_given_one(tmp_path: Path) -> None:
    chosen = (("heading-1", "MoH Body"), ("heading-2", "Heading 3"))
    parts = housed("letterhead", tmp_path, options=ExportOptions(template_styles=chosen))
    styles = tree(parts, "word/styles.xml")
    found = {
        s.get(w("styleId")): value(s, "outlineLvl")
        for s in styles.iter(w("style"))
        if s.find(f"{w('pPr')}/{w('outlineLvl')}") is not None
    }
    assert found["MoHBody"] == "0"
    assert found["Heading3"] == "2"


def test_the_brief_gives_its_languages(tmp_path: Path) -> None:
    for name in ("plain", "bare"):
        styles = tree(housed(name, tmp_path, japanese()), "word/styles.xml")
        language = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
        assert language is not None
        assert language.get(w("eastAsia")) == "ja-JP"


def test_tables_fit_the_paper_of_the_house(tmp_path: Path) -> None:
    parts = housed("letterhead", tmp_path)
    section = tree(parts).find(f".//{w('sectPr')}")
    assert section is not None
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    assert size is not None
    assert margins is not None
    width = int(size.get(w("w"), "")) - int(margins.get(w("left"), "")) - int(margins.get(w("right"), ""))
    columns = [int(c.get(w("w"), "")) for c in tree(parts).iter(w("gridCol"))]
    assert width - 2 * len(columns) <= sum(columns) <= width


# --- heads and markings --------------------------------------------------------------------------------


def test_a_house_without_heads_gets_briefers(tmp_path: Path) -> None:
    parts = housed("plain", tmp_path)
    assert any("15 January 2026" in head for head in heads(parts, "header"))
    assert any("Page 1" in foot for foot in heads(parts, "footer"))
    used = {
        e.get(w("val")) for name in parts if "/header" in name for e in tree(parts, name).iter(w("pStyle"))
    }
    assert {style_names(parts)[style or ""] for style in used} == {"Briefer header", "Marking"}
    section = tree(parts).find(f".//{w('sectPr')}")
    assert section is not None
    assert section.find(w("titlePg")) is not None


def test_each_kind_of_page_is_marked_once(tmp_path: Path) -> None:
    parts = housed("pages", tmp_path)
    assert sorted(heads(parts, "header")) == [
        "OFFICIAL-SENSITIVE",
        "OFFICIAL-SENSITIVEeven",
        "OFFICIAL-SENSITIVEodd",
    ]
    assert heads(parts, "footer") == ["OFFICIAL-SENSITIVE"] * 3
    first, second = tree(parts).iter(w("sectPr"))
    assert [e.get(w("type")) for e in first.iter(w("headerReference"))] == ["default", "even"]
    assert [e.get(w("type")) for e in second.iter(w("headerReference"))] == ["first"]
    assert sorted(e.get(w("type"), "") for e in first.iter(w("footerReference"))) == ["default", "even"]


def test_a_marking_stands_only_where_its_scheme_wants_it(tmp_path: Path) -> None:
    document = replace(brief(), marking=Marking("秘", placement=("header",)))
    parts = housed("letterhead", tmp_path, document)
    assert heads(parts, "footer") == ["1 Quay Street", "For official use"]
    assert all(head.startswith("秘") for head in heads(parts, "header"))


def test_without_a_marking_heads_stay_as_they_are(tmp_path: Path) -> None:
    parts = housed("letterhead", tmp_path, replace(brief(), marking=None))
    assert heads(parts, "header") == ["  Ministry of Harbours", "Ministry of Harbours"]


def test_a_place_for_the_marking_is_used(tmp_path: Path) -> None:
    parts = housed("braces", tmp_path)
    assert heads(parts, "header") == ["Classification: OFFICIAL-SENSITIVE page"]
    assert heads(parts, "footer") == ["OFFICIAL-SENSITIVE "]


# --- notes and lists -----------------------------------------------------------------------------------


def test_notes_of_the_house_stay_and_ours_follow(tmp_path: Path) -> None:
    parts = housed("noted", tmp_path)
    notes = tree(parts, "word/footnotes.xml")
    assert [n.get(w("id")) for n in notes] == ["0", "1", "2", "3", "4", "5"]
    assert [m.get(w("id")) for m in tree(parts).iter(w("footnoteReference"))] == ["2", "3", "4", "5"]
    assert said(notes[2]) == " House rule.See"
    links = {r.get("Id"): r.get("Target") for r in tree(parts, "word/_rels/footnotes.xml.rels")}
    targets = [links[h.get(f"{{{h.nsmap['r']}}}id")] for h in notes.iter(w("hyperlink"))]
    assert targets == ["https://example.org/rules", "https://example.org/screening"]


def test_notes_of_another_kind_bring_their_separators(tmp_path: Path) -> None:
    parts = housed("noted", tmp_path, options=ExportOptions(notes=NotesAt.END))
    assert [n.get(w("id")) for n in tree(parts, "word/endnotes.xml")] == ["-1", "0", "1", "2", "3"]
    settings = tree(parts, "word/settings.xml")
    assert [e.get(w("id")) for e in settings.iter(w("endnote"))] == ["-1", "0"]
    assert [m.get(w("id")) for m in tree(parts).iter(w("endnoteReference"))] == ["1", "2", "3"]


def test_bookmarks_have_ids_and_names_of_their_own(tmp_path: Path) -> None:
    ours = to_docx(Document("T", (Heading(1, text("A"), "s1"), Paragraph(text("B"), anchor="b1"))))
    template = tmp_path / "again.docx"
    template.write_bytes(ours)
    document = Document("U", (Heading(1, text("C"), "s1"), Paragraph(text("D"), anchor="b2")))
    body = tree(parts_of(to_docx(document, ExportOptions(template=template))))
    starts = [(m.get(w("id")), m.get(w("name"))) for m in body.iter(w("bookmarkStart"))]
    assert (
        len({number for number, _name in starts})
        == len({name for _number, name in starts})
        == len(starts)
        == 3
    )
    ends = [m.get(w("id")) for m in body.iter(w("bookmarkEnd"))]
    assert sorted(ends, key=str) == sorted((number for number, _name in starts), key=str)
    assert [said(p) for p in body.iter(w("p"))] == ["T", "A", "B", "U", "C", "D"]


def test_lists_of_the_house_are_used_and_begin_anew(tmp_path: Path) -> None:
    parts = housed("plain", tmp_path)
    numbering = tree(parts, "word/numbering.xml")
    lists = {n.get(w("numId")): n for n in numbering.iter(w("num"))}
    before = parts_of(written("plain", tmp_path).read_bytes())
    own = {n.get(w("abstractNumId")) for n in tree(before, "word/numbering.xml").iter(w("abstractNum"))}
    used = {
        said(p): (
            value(p, "numId"),
            style_names(parts)[value(p, "pStyle")],
        )
        for p in tree(parts).iter(w("p"))
        if p.find(f".//{w('numId')}") is not None
    }
    for number, _style in used.values():
        assert value(lists[number], "abstractNumId") in own
    assert used["analysts"][1] == "List Number 2"
    assert used["Spring: joint guidance to industry."][1] == "List Bullet 2"
    first, again, elsewhere = (
        used[line][0]
        for line in (
            "Offer technical secondments.",
            "A list that counts anew.",
            "A list that starts elsewhere.",
        )
    )
    assert len({first, again, elsewhere}) == 3
    starts = [value(lists[n], "startOverride") for n in (first, again, elsewhere)]
    assert starts == ["1", "1", "4"]


def test_definitions_stand_before_lists_under_free_ids(tmp_path: Path) -> None:
    numbering = tree(housed("few", tmp_path), "word/numbering.xml")
    tags = [etree.QName(e).localname for e in numbering]
    assert tags == sorted(tags)
    for name, key in (("num", "numId"), ("abstractNum", "abstractNumId")):
        ids = [e.get(w(key)) for e in numbering.iter(w(name))]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("own", [False, True])
def test_headings_are_numbered_unless_the_house_numbers_its_own(tmp_path: Path, *, own: bool) -> None:
    document = replace(brief(), numbering=HeadingNumbering.DECIMAL)
    template = written("plain", tmp_path)
    if own:
        numbers = '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr>'
        style = '<w:style w:type="paragraph" w:styleId="Heading1">'
        data = template.read_bytes()
        start = parts_of(data)["word/styles.xml"].decode().index(style)
        place = parts_of(data)["word/styles.xml"].decode()[start:].partition("<w:pPr>")[0] + "<w:pPr>"
        template.write_bytes(
            changed(data, ("word/styles.xml", place, place.removesuffix("<w:pPr>") + numbers))
        )
    parts = parts_of(to_docx(document, ExportOptions(template=template)))
    counted = {
        s.get(w("styleId")): value(s, "numId")
        for s in tree(parts, "word/styles.xml").iter(w("style"))
        if s.find(f".//{w('numId')}") is not None
    }
    levels = {e.get(w("val")) for e in tree(parts, "word/numbering.xml").iter(w("pStyle"))} & {
        "Heading1",
        "Heading2",
        "Heading3",
    }
    assert (counted["Heading1"] == "3") is own
    assert ("Heading1" in levels) is not own
    assert {"Heading2", "Heading3"} <= levels


# --- order and personal data ---------------------------------------------------------------------------


def test_a_document_without_a_manifest_has_no_data_of_the_house(tmp_path: Path) -> None:
    parts = housed("telling", tmp_path)
    text_of_all = b"\n".join(parts.values())
    for trace in (
        b"Jane",
        b"JD",
        b"00ABCDEF",
        b"secret",
        b"comment",
        b"rsid",
        b"docVar",
        b"smartTag",
        b"w:ins ",
    ):
        assert trace not in text_of_all
    assert not [name for name in parts if "custom" in name.lower() or "omments" in name or "people" in name]
    assert "Kept. Added. Bold. Tagged." in lines(parts)


def test_the_properties_are_the_briefs(tmp_path: Path) -> None:
    parts = housed("letterhead", tmp_path)
    assert b"Jane" not in parts["docProps/core.xml"]
    assert b"John" not in parts["docProps/core.xml"]
    assert b"Briefer" in parts["docProps/app.xml"]
    assert sorted(n for n in parts if n.startswith("docProps")) == ["docProps/app.xml", "docProps/core.xml"]
    with zipfile.ZipFile(io.BytesIO(packed(parts))) as package:
        assert package.testzip() is None


def _noted(*kinds: str) -> Document:
    blocks: list[Heading | Paragraph] = []
    for number, kind in enumerate(kinds, 1):
        blocks.append(Heading(1, text(kind.title()), f"s{number}", section=kind))
        blocks.append(Paragraph((Run(f"About {kind}."), NoteRef(number)), ParagraphStyle.BODY, f"b{number}"))
    notes = tuple(Note(n, text(f"Note {n}")) for n, _kind in enumerate(kinds, 1))
    return Document("T", tuple(blocks), notes)


def test_sections_go_to_their_places(tmp_path: Path) -> None:
    document = _noted("objectives", "say", "background")
    found = lines(housed("braces", tmp_path, document))
    at = found.index("1. What we want")
    assert found[at : at + 5] == [
        "1. What we want",
        "About objectives.",
        "Say",
        "About say.",
        "Handle as follows: ",
    ]
    assert found[at + 5 :] == ["Background", "About background.", "Ask {{ desk officer }} for more."]
    names = [m.get(w("name")) for m in tree(housed("braces", tmp_path, document)).iter(w("bookmarkStart"))]
    assert len(names) == len(set(names)) == 6


def test_notes_must_keep_their_order(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"braces\.docx: has the section text:objectives|section:say"
    ) as caught:
        housed("braces", tmp_path, _noted("say", "objectives"))
    assert caught.value.code == "template-order"


# --- numbers and paragraphs that hold together ---------------------------------------------------------


def test_what_is_based_on_a_numbered_heading_is_not_numbered_with_it(tmp_path: Path) -> None:
    document = replace(
        brief(), blocks=(Contents("Contents"), *brief().blocks), numbering=HeadingNumbering.DECIMAL
    )
    parts = housed("plain", tmp_path, document)
    counted = {
        value(s, "name"): value(s, "numId")
        for s in tree(parts, "word/styles.xml").iter(w("style"))
        if s.find(f"{w('pPr')}/{w('numPr')}") is not None
    }
    assert counted["TOC Heading"] == "0"
    assert counted["heading 1"] == counted["heading 2"] != "0"
    assert styled(parts)["Contents"] == "TOC Heading"


def test_captions_stay_with_their_tables(tmp_path: Path) -> None:
    for name in ("plain", "bare"):
        parts = housed(name, tmp_path)
        styles = tree(parts, "word/styles.xml").iter(w("style"))
        (caption,) = (s for s in styles if value(s, "name") == "caption")
        (paragraph,) = (p for p in tree(parts).iter(w("p")) if said(p) == "Screening regimes of the partners")
        held = [e.find(f"{w('pPr')}/{w('keepNext')}") is not None for e in (caption, paragraph)]
        assert held == ([False, True] if name == "plain" else [True, False])
