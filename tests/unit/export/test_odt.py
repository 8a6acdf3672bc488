from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitationText,
    CitedExcerpt,
    Contents,
    CrossReference,
    Document,
    Heading,
    HeadingNumbering,
    HeatMap,
    LineBreak,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    RunStyle,
    Table,
)
from briefer.domain.exporting import USUAL, ExportOptions, NotesAt
from briefer.export.odt import to_odt
from briefer.export.odt.xml import Element, q
from tests.golden import samples

END = ExportOptions(notes=NotesAt.END)
HEAT_MAP = HeatMap(("Supply",), ("Japan", "India"), ((0, 4),), "Counts", "Most: 4.", "map")


def of(*blocks: BlockNode, **more: object) -> Document:
    return replace(Document("", blocks), **more)  # type: ignore[arg-type]


def said(text: str, **more: object) -> Paragraph:
    return Paragraph((Run(text),), **more)  # type: ignore[arg-type]


def parts(document: Document, options: ExportOptions = USUAL) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(to_odt(document, options))) as package:
        return {name: package.read(name) for name in package.namelist()}


def part(document: Document, name: str = "content.xml", options: ExportOptions = USUAL) -> Element:
    return etree.fromstring(parts(document, options)[name])


def values(element: Element, name: str, attribute: str) -> list[str | None]:
    return [found.get(q(attribute)) for found in element.iter(q(name))]


def text_of(element: Element) -> str:
    """Return the text that a reader sees."""
    blanks = {q("text:line-break"): "\n", q("text:tab"): "\t"}
    found = element.text or ""
    for child in element:
        if child.tag == q("text:s"):
            found += " " * int(child.get(q("text:c"), "1"))
        else:
            found += blanks.get(str(child.tag)) or text_of(child)
        found += child.tail or ""
    return found


def paragraphs(document: Document) -> list[tuple[str | None, str]]:
    body = part(document).find(f"{q('office:body')}/{q('office:text')}")
    assert body is not None
    return [(e.get(q("text:style-name")), text_of(e)) for e in body.iter(q("text:p"), q("text:h"))]


EVERYTHING = replace(
    samples.brief(),
    numbering=HeadingNumbering.DECIMAL,
    draft="DRAFT",
    handling=("Return it.",),
    blocks=(
        Contents("Inside", 3),
        *samples.brief().blocks,
        said("numbered", number=3, style=ParagraphStyle.TRANSLATION),
        said("مرحبا", style=ParagraphStyle.QUOTATION),
        Paragraph((Run("Wort", language="de-AT"), Run("a", small_caps=True), Run("b", superscript=True),
                   Run("c", subscript=True), Run("d", underline=True), Run("[…]", style=RunStyle.EDITORIAL),
                   Run("(S)", style=RunStyle.PORTION), CrossReference("map", "the map"))),
        Heading(1, (Run("Annex"),), "x", annex=True),
        HEAT_MAP,
    ),
)  # fmt: skip


@pytest.mark.parametrize("document", [EVERYTHING, samples.japanese(), of()])
def test_what_is_named_is_there(document: Document) -> None:
    for options in (USUAL, END):
        package = parts(document, options)
        content, styles = (etree.fromstring(package[name]) for name in ("content.xml", "styles.xml"))
        defined = {e.get(q("style:name")) for tree in (content, styles) for e in tree.iter()}
        for tree in (content, styles):
            for element in tree.iter():
                for name, value in element.attrib.items():
                    if re.search(
                        r"\}(parent-|next-|citation-|citation-body-|default-|visited-)?style-name$", str(name)
                    ):
                        assert value in defined, (element.tag, name, value)
        marked = values(content, "text:bookmark", "text:name")
        assert len(marked) == len(set(marked))
        links = {v for v in values(content, "text:a", "xlink:href") if v and v.startswith("#")}
        assert links <= {f"#{name}" for name in marked}
        listed = values(
            etree.fromstring(package["META-INF/manifest.xml"]), "manifest:file-entry", "manifest:full-path"
        )
        assert sorted(filter(None, listed)) == sorted({"/", *package} - {"mimetype", "META-INF/manifest.xml"})
        assert {v.lstrip("./") for v in values(content, "draw:image", "xlink:href") if v} <= set(package)


def test_the_package_is_known_by_its_first_bytes_and_tells_nothing_of_its_making() -> None:
    data = to_odt(EVERYTHING)
    assert data == to_odt(replace(EVERYTHING))
    assert data[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"generator" not in package.read("meta.xml")


@pytest.mark.parametrize(
    ("modified", "moment"), [("2026-01-12T09:30:00+09:00", "2026-01-12T00:30:00Z"), ("once", None)]
)
def test_the_file_tells_title_author_language_and_change(modified: str, moment: str | None) -> None:
    meta = part(Document("T & t", (), author="A. Clerk", modified=modified), "meta.xml")[0]
    told = {etree.QName(e).localname: e.text for e in meta}
    assert told.pop("date", None) == told.pop("creation-date", None) == moment
    assert told == {
        "title": "T & t",
        "creator": "A. Clerk",
        "initial-creator": "A. Clerk",
        "language": "en-GB",
    }


def test_headings_have_levels_and_numbers_that_the_program_counts() -> None:
    blocks = (
        Heading(1, (Run("One"),), "s1"),
        Heading(3, (Run("Two"),)),
        Heading(1, (Run("Three"),), annex=True),
        Heading(2, (Run("Four"),)),
    )
    decimal = of(*blocks, numbering=HeadingNumbering.DECIMAL)
    headings = list(part(decimal).iter(q("text:h")))
    told = [(h.get(q("text:outline-level")), h.get(q("text:is-list-header")), text_of(h)) for h in headings]
    assert told == [
        ("1", None, "One"),
        ("2", None, "Two"),
        ("1", "true", "Annex A\u2003Three"),
        ("2", "true", "Four"),
    ]
    assert values(headings[0], "text:bookmark", "text:name") == ["_Toc00000001", bookmark_name("s1")]

    def levels(document: Document) -> list[tuple[str | None, ...]]:
        names = ("style:num-prefix", "style:num-format", "style:num-suffix", "text:display-levels")
        found = part(document, "styles.xml").iter(q("text:outline-level-style"))
        return [tuple(e.get(q(name)) for name in names) for e in found][:4]

    assert levels(decimal) == [(None, "1", None, str(n)) for n in (1, 2, 3)] + [(None, "", None, None)]
    japanese = levels(of(numbering=HeadingNumbering.JAPANESE))
    assert japanese[:3] == [("第", "1", "", None), ("", "1", "", None), ("(", "1", ")", None)]
    assert levels(of()) == [(None, "", None, None)] * 4


def test_contents_have_entries_with_pages() -> None:
    document = of(
        Contents("Inside", 1),
        Heading(1, (Run("One"),)),
        Heading(2, (Run("Two"),)),
        Heading(1, (Run("Last"),), annex=True),
        numbering=HeadingNumbering.DECIMAL,
    )
    found = [text for style, text in paragraphs(document) if style and style.startswith("Contents")]
    assert found == ["Inside", "1 One\t1", "Annex A Last\t2"]


def test_notes_are_foot_or_endnotes() -> None:
    document = of(Paragraph((Run("x"), NoteRef(1))), notes=(Note(1, (Run("n", italic=True),)),))
    for options, kind in ((USUAL, "footnote"), (END, "endnote")):
        (note,) = part(document, options=options).iter(q("text:note"))
        assert (note.get(q("text:note-class")), text_of(note)) == (kind, "1n")
        assert values(note, "text:p", "text:style-name") == [kind.capitalize()]


def test_lists_count_anew_and_nest() -> None:
    inner = ListBlock((ListItem((said("inner"),)),))
    tree = part(
        of(ListBlock((ListItem((said("a"), inner, said("more"))), ListItem(())), ordered=True, start=4))
    )
    assert values(tree, "text:list", "text:style-name") == ["Numbers", "Bullets"]
    assert values(tree, "text:list-item", "text:start-value") == ["4", None, None]
    assert values(tree, "text:p", "text:style-name") == [
        "List_20_Number",
        "List_20_Bullet",
        "List_20_Contents_20_End",
    ]


def test_the_last_line_of_a_list_stands_apart_from_what_follows() -> None:
    def styles(*blocks: BlockNode, notes: tuple[Note, ...] = ()) -> list[str | None]:
        return [name for name, _text in paragraphs(of(*blocks, notes=notes))]

    noted = Paragraph((Run("two"), NoteRef(1)))
    plain = ListBlock((ListItem((said("one"),)), ListItem((noted,))))
    note = (Note(1, (Run("Source."),)),)
    found = styles(plain, said("after"), notes=note)
    assert found == ["List_20_Bullet", "List_20_Bullet_20_End", "Footnote", "Text_20_body"]
    assert "List_20_Bullet_20_End" not in styles(plain, Heading(1, (Run("h"),)), notes=note)
    nested = ListBlock((ListItem((said("one"), ListBlock((ListItem((said("a"),)),), ordered=True))),))
    assert styles(nested, said("after")) == ["List_20_Bullet", "List_20_Number_20_End", "Text_20_body"]
    leftward = ListBlock((ListItem((said("שלום"),)),))
    assert styles(leftward)[0] == "List_20_Bullet_20_End_20_Leftward"
    assert styles(ListBlock(()), said("after")) == ["Text_20_body"]


def test_what_no_list_may_hold_stands_between_its_parts() -> None:
    table = Table(((Run("H"),),), (), anchor="t")
    nested = ListBlock((ListItem((said("b"), Heading(2, (Run("h"),)))),))
    items = (ListItem((said("a"), table)), ListItem((said("c"), nested)), ListItem((said("d"),)))
    document = of(ListBlock(items, ordered=True, anchor="l"))
    body = part(document).find(f"{q('office:body')}/{q('office:text')}")
    assert body is not None
    assert [(etree.QName(e).localname, text_of(e)) for e in body] == [
        ("list", "a"),
        ("table", "HH"),
        ("list", "cb"),
        ("h", "h"),
        ("list", "d"),
    ]
    starts = [
        next(e.iter(q("text:list-item"))).get(q("text:start-value")) for e in body if e.tag == q("text:list")
    ]
    assert starts == [None, "2", "3"]
    assert values(body, "text:bookmark", "text:name")[:2] == [bookmark_name("l"), bookmark_name("t")]


def test_paragraphs_bear_their_numbers() -> None:
    tree = part(of(said("x", number=12), ListBlock((ListItem((said("y", number=13),)),))))
    assert values(tree, "text:list-item", "text:start-value") == ["12", None]
    assert [text for _, text in paragraphs(of(ListBlock((ListItem((said("y", number=13),)),))))] == ["13. y"]


def test_tables_repeat_their_header_and_have_a_title() -> None:
    table = Table(((Run("Long header"),), (Run("B"),)), (((Run("1"),), (Run("2"),)),), "Cap", "t")
    tree = part(of(table))
    (head,) = tree.iter(q("table:table-header-rows"))
    assert text_of(head) == "Long headerB"
    assert [e.text for e in tree.iter(q("table:title"))] == ["Cap"]
    assert values(tree, "table:table", "table:name") == ["Table1"]
    widths = [
        int(str(v).removesuffix("*"))
        for v in values(tree, "style:table-column-properties", "style:rel-column-width")
    ]
    assert len(widths) == 2
    assert paragraphs(of(table))[0] == ("Caption", "Cap")
    assert list(part(of(Table(((),), ()))).iter(q("table:title"))) == []


def test_a_heat_map_is_a_picture_with_words_for_it() -> None:
    package = parts(of(HEAT_MAP, replace(HEAT_MAP, caption="", alt="")))
    assert package["Pictures/1.png"].startswith(b"\x89PNG")
    tree = etree.fromstring(package["content.xml"])
    assert [e.text for e in tree.iter(q("svg:desc"))] == ["Most: 4.", None]
    assert values(tree, "text:bookmark", "text:name") == [bookmark_name("map")]
    width = values(tree, "draw:frame", "svg:width")[0]
    assert width is not None
    assert 100 < float(width.removesuffix("pt")) <= 460
    keyed = [text for _, text in paragraphs(of(replace(HEAT_MAP, rows=("経済",))))]
    assert keyed == ["Counts", "CountsMost: 4.", "1: 経済"]


def test_the_marking_is_in_header_and_footer_and_looks_as_its_scheme_says() -> None:
    document = of(
        marking=Marking("SECRET", "#C00000", "right", ("header",), bold=False, size_pt=14),
        draft="DRAFT",
        date="2026-01-15",
        title="T",
        page_label="{page} of {pages} x",
    )
    styles = part(document, "styles.xml")
    headers = [[text_of(p) for p in e] for e in styles.iter(q("style:header"))]
    assert headers == [["SECRET", "DRAFT", ""], ["SECRET", "DRAFT", "T\t2026-01-15"]]
    assert [[text_of(p) for p in e] for e in styles.iter(q("style:footer"))] == [["1 of 1 x", "DRAFT"]] * 2
    assert values(styles, "style:master-page", "style:next-style-name") == ["Following", None]
    (marking,) = (e for e in styles.iter(q("style:style")) if e.get(q("style:name")) == "Marking")
    look = {etree.QName(str(k)).localname: v for child in marking for k, v in child.attrib.items()}
    assert (look["color"], look["text-align"], look["font-size"]) == ("#c00000", "end", "14pt")
    assert "font-weight" not in look
    grounded = part(of(marking=Marking("TLP:RED", ground="#000000", on_ground="#ff2b2b")), "styles.xml")
    assert "#ff2b2b" in etree.tostring(grounded).decode()


def test_runs_have_named_styles_and_languages() -> None:
    runs = (
        Run("both", bold=True, italic=True),
        Run("日本"),
        Run("Wort", language="de-AT"),
        Run("odd", language="!"),
        Run("\x01"),
        Run("bad", link="javascript:alert(1)"),
        Run("web", link="https://example.org/", bold=True),
    )
    document = of(Paragraph(runs))
    tree = part(document)
    assert values(tree, "text:span", "text:style-name") == [
        "Strong_20_Emphasis",
        "Emphasis",
        "Language_20_ja",
        "Language_20_de-AT",
        "Strong_20_Emphasis",
    ]
    assert values(tree, "text:a", "xlink:href") == ["https://example.org/"]
    styles = part(document, "styles.xml")
    (german,) = (e for e in styles.iter(q("style:style")) if e.get(q("style:name")) == "Language_20_de-AT")
    assert (german[0].get(q("fo:language")), german[0].get(q("fo:country"))) == ("de", "AT")


def test_japanese_is_upright() -> None:
    styles = part(samples.japanese(), "styles.xml")
    assert b"italic" not in etree.tostring(styles)
    (default,) = (
        e for e in styles.iter(q("style:text-properties")) if e.get(q("style:language-asian")) == "ja"
    )
    assert default.get(q("fo:language")) == "en"


def test_what_leads_on_stays_with_it_and_a_table_at_the_end_has_a_small_paragraph_behind() -> None:
    blocks = (Paragraph((Run("Why?", bold=True),)), said("So."), Table(((Run("H"),),), ()))
    styles = [style for style, _ in paragraphs(of(*blocks))]
    assert styles == ["Text_20_body_20_Leading", "Text_20_body", "Table_20_Heading", "After_20_Table"]


def test_text_that_runs_to_the_left_says_so() -> None:
    assert paragraphs(of(said("مرحبا hello")))[0][0] == "Text_20_body_20_Leftward"


def test_references_and_citations_are_written() -> None:
    cited = CitationText("c", (Run("Gazette 2025"), LineBreak()), ())
    blocks = (
        Paragraph((CrossReference("b", "there"), CrossReference("no", " nowhere "), cited)),
        said("x", anchor="b"),
    )
    tree = part(of(*blocks))
    assert values(tree, "text:a", "xlink:href") == [f"#{bookmark_name('b')}"]
    assert paragraphs(of(*blocks))[0][1] == "there nowhere Gazette 2025\n"
    with pytest.raises(ValueError, match="not resolved"):
        to_odt(of(Paragraph((Citation((CitedExcerpt("x"),)),))))


@given(st.text(st.sampled_from(" \t\n\r\x00\ud800a<&日\u202e"), max_size=12))
def test_white_space_and_any_character_come_through(text: str) -> None:
    shown = re.sub("[\x00\ud800]", "", text).replace("\r\n", "\n").replace("\r", "\n")
    (paragraph,) = paragraphs(of(said(text, style=ParagraphStyle.CODE)))
    assert paragraph[1] == shown


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_all_of_it(tmp_path: Path) -> None:
    source = tmp_path / "brief.odt"
    source.write_bytes(to_odt(EVERYTHING))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pypdfium2.PdfDocument(tmp_path / "brief.pdf") as file:
        pages = [page.get_textpage().get_text_bounded() for page in file]
    text = " ".join(" ".join(pages).split())
    assert all("OFFICIAL-SENSITIVE" in page and "DRAFT" in page for page in pages)
    for wanted in (
        "1 Objectives",
        "2.1 Dependence on single suppliers",
        "Annex A Annex",
        "3. numbered",
        "d. A list",
    ):
        assert wanted in text.replace("\u2003", " ")
    for note in (2, 3):
        assert f"{note} " in text
