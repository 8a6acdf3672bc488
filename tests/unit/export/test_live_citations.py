from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from briefer.domain.documents import (
    CitationText,
    CiteItem,
    Document,
    Heading,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    Work,
    plain_text,
)
from briefer.domain.exporting import ExportOptions, Live, NotesAt
from briefer.export.docx import to_docx
from briefer.export.docx.live.sources import NAMESPACE, source_element, tag_of
from briefer.export.docx.live.zotero import item_uri, style_name, zotero_key
from briefer.export.docx.xml import Element, w
from tests.golden.docx_lint import lint

B = f"{{{NAMESPACE}}}"
HARBOUR = Work(
    "0198f1c2-0000-7000-8000-0000000000a1",
    {
        "id": "0198f1c2-0000-7000-8000-0000000000a1",
        "type": "article-newspaper",
        "title": "Ports Agree on {Spare} Parts & “Screening”",
        "author": [
            {"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"},
            {"literal": "Ken"},
        ],
        "container-title": "The Harbour Gazette",
        "issued": {"date-parts": [[2025, 12, 17]]},
        "accessed": {"date-parts": [[2026, 1, 3]]},
        "URL": "https://example.org/screening?a=1&b=2",
        "language": "en",
    },
)
PAPER = Work(
    "0198f1c2-0000-7000-8000-0000000000a2",
    {
        "id": "0198f1c2-0000-7000-8000-0000000000a2",
        "type": "report",
        "title": "経済安全保障白書 \ud800",
        "author": [{"literal": "内閣府"}],
        "publisher": "内閣府",
        "issued": {"literal": "令和7年度"},
        "genre": "白書",
    },
)
FIRST = CitationText(
    "a" * 16,
    (
        Run("See Anna van den Berg, “Ports Agree,” "),
        Run("The Harbour Gazette", italic=True),
        Run(", December 17, 2025, 3, "),
        Run("https://example.org/screening", link="https://example.org/screening"),
        Run('; 内閣府「経済安全保障白書」 "quoted" \\ back.'),
    ),
    (
        CiteItem(HARBOUR.id, "e1", "3", "page", prefix="see"),
        CiteItem(PAPER.id, "e2", "2", "paragraph", suffix='with "quotes" and \\'),
    ),
)
SECOND = CitationText("b" * 16, (Run("Van den Berg, “Ports Agree.”"),), (CiteItem(HARBOUR.id, "e1"),))
LIST = tuple(
    Paragraph((Run(text),), ParagraphStyle.SOURCE, f"sources-{number}")
    for number, text in enumerate(("Berg, Anna van den.", "内閣府."), 1)
)
NOTED = Document(
    "Talks",
    (
        Heading(1, (Run("Points"),), "h1"),
        Paragraph((Run("One."), NoteRef(1)), anchor="p1"),
        Table(((Run("Column"),),), (((Run("In a cell"), NoteRef(2)),),)),
        Heading(1, (Run("Sources"),), "h2"),
        *LIST,
    ),
    notes=(Note(1, (FIRST,)), Note(2, (SECOND, Run(" And more.")))),
    works=(HARBOUR, PAPER),
    style="chicago-notes",
    identifier="0198f1c2-0000-7000-8000-000000000001",
)
IN_TEXT = replace(
    NOTED,
    blocks=(
        Paragraph((Run("One "), FIRST, Run(".")), anchor="p1"),
        Paragraph((Run("Two "), SECOND, Run(".")), ParagraphStyle.QUOTATION, "p2"),
        Heading(1, (Run("Sources"),), "h2"),
        *LIST,
    ),
    notes=(),
    style="apa",
)
CASES = {
    "footnotes": (NOTED, NotesAt.FOOT),
    "endnotes": (NOTED, NotesAt.END),
    "in the text": (IN_TEXT, NotesAt.FOOT),
}
every_case = pytest.mark.parametrize("case", CASES)


def written(document: Document, live: Live, notes: NotesAt = NotesAt.FOOT) -> dict[str, bytes]:
    data = to_docx(document, ExportOptions(live=live, notes=notes))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def fields(story: bytes) -> list[tuple[str, str]]:
    """Return the codes of the outermost fields of a part with the texts that they show."""
    found: list[tuple[str, str]] = []
    depth, code, shown, in_code = 0, "", "", False
    for element in etree.fromstring(story).iter(w("fldChar"), w("instrText"), w("t")):
        kind = element.get(w("fldCharType"))
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if kind == "begin":
            code, shown, in_code = "", "", True
        elif kind == "separate":
            in_code = False
        elif kind == "end":
            found.append((code, shown))
        elif element.tag == w("instrText"):
            code += element.text or ""
        elif depth and not in_code:
            shown += element.text or ""
    return found


def story(case: str) -> str:
    return {"footnotes": "word/footnotes.xml", "endnotes": "word/endnotes.xml"}.get(case, "word/document.xml")


def cited(parts: dict[str, bytes], case: str) -> list[tuple[dict[str, Any], str]]:
    start = " ADDIN ZOTERO_ITEM CSL_CITATION "
    return [
        (json.loads(code.removeprefix(start)), shown)
        for code, shown in fields(parts[story(case)])
        if code.startswith(start)
    ]


@pytest.mark.parametrize("live", Live)
@every_case
def test_files_are_valid(case: str, live: Live, tmp_path: Path) -> None:
    document, notes = CASES[case]
    file = tmp_path / "live.docx"
    file.write_bytes(to_docx(document, ExportOptions(live=live, notes=notes)))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []
    assert lint(written(document, live, notes)) == []


@every_case
def test_plain_is_the_default_and_has_no_fields_of_programs(case: str) -> None:
    document, notes = CASES[case]
    parts = written(document, Live.NONE, notes)
    assert parts == written(document, ExportOptions().live, notes)
    assert not [name for name in parts if name.startswith("customXml") or name == "docProps/custom.xml"]
    assert not re.search(rb"ZOTERO|CITATION|BIBLIOGRAPHY", b"".join(parts.values()))


@every_case
def test_zotero_reads_the_works_back(case: str) -> None:
    document, notes = CASES[case]
    (first, shown), (second, _) = cited(written(document, Live.ZOTERO, notes), case)
    assert (first["citationID"], second["citationID"]) == ("a" * 16, "b" * 16)
    assert first["properties"]["plainCitation"] == shown == plain_text(FIRST.inlines)
    numbers = [first["properties"]["noteIndex"], second["properties"]["noteIndex"]]
    assert numbers == ([1, 2] if document.notes else [0, 0])
    harbour, paper = first["citationItems"]
    assert harbour["itemData"] == {**HARBOUR.csl, "id": harbour["id"]}
    assert paper["itemData"] == {**PAPER.csl, "id": paper["id"], "title": "経済安全保障白書 "}
    assert (harbour["locator"], harbour["label"], harbour["prefix"]) == ("3", "page", "see")
    assert (paper["locator"], paper["label"]) == ("2", "paragraph")
    assert paper["suffix"] == ', with "quotes" and \\'
    assert "prefix" not in paper
    assert "locator" not in second["citationItems"][0]
    assert second["citationItems"][0]["uris"] == harbour["uris"] == [item_uri(HARBOUR.id)]


def test_the_addresses_of_items_are_such_as_zotero_makes() -> None:
    assert re.fullmatch(r"http://zotero\.org/users/local/[2-9A-Z]{8}/items/[2-9A-Z]{8}", item_uri("x"))
    assert len({zotero_key(str(number)) for number in range(1000)}) == 1000


@every_case
def test_zotero_finds_its_bibliography_and_preferences(case: str) -> None:
    document, notes = CASES[case]
    parts = written(document, Live.ZOTERO, notes)
    (code, shown) = fields(parts["word/document.xml"])[-1]
    assert code == ' ADDIN ZOTERO_BIBL {"custom":[],"omitted":[],"uncited":[]} CSL_BIBLIOGRAPHY '
    assert shown == "Berg, Anna van den.内閣府."
    properties = list(etree.fromstring(parts["docProps/custom.xml"]))
    names = [element.get("name") for element in properties]
    assert names == [f"ZOTERO_PREF_{number}" for number in range(1, len(names) + 1)]
    texts = ["".join(str(text) for text in element.itertext()) for element in properties]
    assert all(len(text) <= 255 for text in texts)
    data = etree.fromstring("".join(texts))
    style = data.find("style")
    assert style is not None
    wanted = "apa" if case == "in the text" else "chicago-notes-bibliography"
    assert style.get("id") == f"http://www.zotero.org/styles/{wanted}"
    assert (style.get("locale"), style.get("hasBibliography")) == ("en-GB", "1")
    chosen = {element.get("name"): element.get("value") for element in data.iter("pref")}
    assert chosen == {"fieldType": "Field", "noteType": {"footnotes": "1", "endnotes": "2"}.get(case, "0")}
    assert b"custom-properties" in parts["_rels/.rels"]


def test_the_names_of_styles_are_those_of_the_repository() -> None:
    assert style_name("chicago-notes") == "chicago-notes-bibliography"
    assert style_name("/srv/styles/my-house.csl") == "my-house"
    assert style_name("apa") == "apa"


def test_works_that_are_only_listed_are_named_as_uncited() -> None:
    other = Work("w3", {"id": "w3", "type": "book", "title": "Listed"})
    parts = written(replace(NOTED, works=(*NOTED.works, other)), Live.ZOTERO)
    assert f'"uncited":[["{item_uri("w3")}"]]' in fields(parts["word/document.xml"])[-1][0]


@pytest.mark.parametrize("live", [Live.ZOTERO, Live.WORD])
def test_a_list_in_several_parts_stays_plain(live: Live) -> None:
    grouped = (*NOTED.blocks[:-1], Heading(2, (Run("Press"),), "h3"), NOTED.blocks[-1])
    parts = written(replace(NOTED, blocks=grouped), live)
    assert not re.search(rb"ZOTERO_BIBL|BIBLIOGRAPHY|w:bibliography", parts["word/document.xml"])
    assert b"hasBibliography=&quot;1" not in parts.get("docProps/custom.xml", b"")
    assert lint(parts) == []


@pytest.mark.parametrize("live", [Live.ZOTERO, Live.WORD])
def test_a_brief_without_sources_has_nothing_to_make_live(live: Live) -> None:
    unknown = CitationText("c" * 16, (Run("Unknown."),), (CiteItem("gone"),))
    document = Document("T", (Paragraph((Run("x"), NoteRef(1))),), notes=(Note(1, (unknown,)),))
    parts = written(document, live)
    assert fields(parts["word/footnotes.xml"]) == []
    assert b"Unknown." in parts["word/footnotes.xml"]
    assert lint(parts) == []


def controls(tree: Element, kind: str) -> list[Element]:
    return [control for control in tree.iter(w("sdt")) if control.find(f"{w('sdtPr')}/{w(kind)}") is not None]


@every_case
def test_word_finds_its_citations_sources_and_bibliography(case: str) -> None:
    document, notes = CASES[case]
    parts = written(document, Live.WORD, notes)
    found = controls(etree.fromstring(parts[story(case)]), "citation")
    assert len(found) == 2
    codes = [code for code, _ in fields(parts[story(case)]) if " CITATION " in code]
    harbour, paper = tag_of(HARBOUR.id), tag_of(PAPER.id)
    assert codes[0] == (
        rf' CITATION {harbour} \p "3" \f "see " \l 2057 '
        rf'\m {paper} \s ", paragraph 2, with \"quotes\" and \\" '.replace("paragraph", "para.")
    )
    assert codes[1] == rf" CITATION {harbour} \l 2057 "
    (listed,) = controls(etree.fromstring(parts["word/document.xml"]), "bibliography")
    assert fields(parts["word/document.xml"])[-1] == (" BIBLIOGRAPHY ", "Berg, Anna van den.内閣府.")
    assert len(list(listed.iter(w("p")))) == 2
    sources = etree.fromstring(parts["customXml/item1.xml"])
    assert sources.get("Version") is None
    assert [source.findtext(f"{B}Tag") for source in sources] == [harbour, paper]


def source(csl: dict[str, object]) -> Element:
    return source_element("w", {"id": "w", **csl})


def texts(element: Element) -> dict[str, str]:
    return {str(etree.QName(child).localname): child.text or "" for child in element if not len(child)}


def test_words_fields_of_an_article_and_of_a_report() -> None:
    article = source(HARBOUR.csl)
    found = texts(article)
    assert {name: found[name] for name in ("SourceType", "Title", "PeriodicalTitle", "URL")} == {
        "SourceType": "ArticleInAPeriodical",
        "Title": "Ports Agree on {Spare} Parts & “Screening”",
        "PeriodicalTitle": "The Harbour Gazette",
        "URL": "https://example.org/screening?a=1&b=2",
    }
    assert [found[name] for name in ("Year", "Month", "Day", "YearAccessed", "DayAccessed")] == [
        "2025", "12", "17", "2026", "3",
    ]  # fmt: skip
    people = [texts(person) for person in article.iter(f"{B}Person")]
    assert people == [{"Last": "van den Berg", "First": "Anna"}, {"Last": "Ken"}]
    report = source(PAPER.csl)
    assert texts(report)["Title"] == "経済安全保障白書"
    assert (texts(report)["Year"], texts(report)["ThesisType"]) == ("令和7年度", "白書")
    assert [element.text for element in report.iter(f"{B}Corporate")] == ["内閣府"]


@pytest.mark.parametrize(
    ("csl", "kind", "more"),
    [
        ({"type": "speech"}, "Misc", {}),
        ({"type": "treaty", "URL": "https://x.org"}, "DocumentFromInternetSite", {"URL": "https://x.org"}),
        ({"type": "chapter", "container-title": "Book", "page": 12}, "BookSection", {"BookTitle": "Book", "Pages": "12"}),
        ({"type": "book", "ISBN": "978", "issued": "2020"}, "Book", {"StandardNumber": "978"}),
        ({"type": "webpage", "container-title": "Site"}, "InternetSite", {"InternetSiteTitle": "Site"}),
        ({"type": "dataset", "container-title": "Series", "genre": "Table"}, "Misc", {"PublicationTitle": "Series", "Type": "Table"}),
    ],
)  # fmt: skip
def test_kinds_of_sources(csl: dict[str, object], kind: str, more: dict[str, str]) -> None:
    found = texts(source(csl))
    assert found["SourceType"] == kind
    assert {name: found[name] for name in more} == more


def test_names_that_are_none_are_left_out() -> None:
    csl: dict[str, object] = {
        "type": "book",
        "author": [{"given": "Solo"}, {}, "no name"],
        "editor": [{"family": "Ito", "given": "Mei", "suffix": "Jr."}],
        "translator": "nobody",
    }
    element = source(csl)
    assert [e.text for e in element.iter(f"{B}Corporate")] == ["Solo"]
    assert [texts(person) for person in element.iter(f"{B}Person")] == [{"Last": "Ito", "First": "Mei Jr."}]
    assert element.find(f"{B}Author/{B}Translator") is None


@pytest.mark.parametrize("live", Live)
@every_case
def test_the_same_brief_gives_the_same_bytes(case: str, live: Live) -> None:
    document, notes = CASES[case]
    options = ExportOptions(live=live, notes=notes)
    assert to_docx(document, options) == to_docx(replace(document), options)


def test_the_language_of_words_fields_is_the_documents() -> None:
    parts = written(replace(NOTED, language="ja-JP"), Live.WORD)
    assert any(code.endswith(r"\l 1041 ") for code, _ in fields(parts["word/footnotes.xml"]))


@pytest.mark.parametrize("live", [Live.ZOTERO, Live.WORD])
@every_case
def test_live_citations_hold_no_links(case: str, live: Live) -> None:
    document, notes = CASES[case]
    parts = written(document, live, notes)
    assert b"hyperlink r:id" not in parts[story(case)]
    assert "hyperlink r:id" in written(document, Live.NONE, notes)[story(case)].decode()


@pytest.mark.slow
def test_libreoffice_saves_them_as_files_that_open(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    address = "https://example.org/"
    linked = replace(LIST[0], inlines=(Run("Berg. "), Run(address, link=address)))
    document = replace(IN_TEXT, blocks=(*IN_TEXT.blocks[:-2], linked, LIST[1]))
    files = []
    for live in (Live.ZOTERO, Live.WORD):
        files.append(tmp_path / f"{live}.docx")
        files[-1].write_bytes(to_docx(document, ExportOptions(live=live)))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    command += ["docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved"), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for file, wanted in zip(files, ("ADDIN ZOTERO_ITEM", f"CITATION {tag_of(HARBOUR.id)}"), strict=True):
        with zipfile.ZipFile(tmp_path / "saved" / file.name) as package:
            assert any(wanted in code for code, _ in fields(package.read("word/document.xml")))


def test_the_lint_finds_content_controls_with_one_id() -> None:
    parts = written(IN_TEXT, Live.WORD)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b'w:val="100002"', b'w:val="100001"')
    assert "word/document.xml: content control id 100001 twice" in lint(parts)
