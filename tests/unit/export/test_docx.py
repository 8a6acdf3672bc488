from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.documents import (
    BlockNode,
    Contents,
    CrossReference,
    Document,
    Heading,
    HeadingNumbering,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.exporting import ExportOptions, NotesAt
from briefer.export.docx import template, to_docx
from briefer.export.docx.styles import LIST_ENDS
from briefer.export.docx.xml import Element, w

BODY = "word/document.xml"


def part(document: Document, name: str = BODY, *, notes: str = "foot") -> Element:
    with zipfile.ZipFile(io.BytesIO(to_docx(document, ExportOptions(notes=NotesAt(notes))))) as package:
        return etree.fromstring(package.read(name))


def of(*runs: Run, **more: str) -> Document:
    return Document("", (Paragraph(runs),), **more)  # type: ignore[arg-type]


def values(element: Element, name: str, attribute: str = "val") -> list[str | None]:
    return [found.get(w(attribute)) for found in element.iter(w(name))]


def test_nothing_tells_of_time_machine_or_tool() -> None:
    data = to_docx(Document("T", ()))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist() == [
            "[Content_Types].xml",
            *sorted(set(package.namelist()) - {"[Content_Types].xml"}),
        ]
        core = package.read("docProps/core.xml")
    assert b"creator" not in core
    assert b"created" not in core
    assert b"lastModifiedBy" not in core


def test_the_same_document_gives_the_same_bytes() -> None:
    document = Document(
        "T", (Paragraph((Run("x", link="https://x.org"),)),), modified="2026-01-12T09:30:00+00:00"
    )
    assert to_docx(document) == to_docx(replace(document))


@pytest.mark.parametrize(
    ("modified", "moment"),
    [
        ("2026-01-12T09:30:00+09:00", "2026-01-12T00:30:00Z"),
        ("2026-01-12T09:30:00.123456", "2026-01-12T09:30:00Z"),
        ("2026-01-12", "2026-01-12T00:00:00Z"),
        ("yesterday", None),
    ],
)
def test_the_moment_of_change_is_in_utc(modified: str, moment: str | None) -> None:
    core = part(Document("T", (), modified=modified), "docProps/core.xml")
    found = [e.text for e in core if etree.QName(e).localname in {"created", "modified"}]
    assert found == ([moment, moment] if moment else [])


def test_bookmarks_are_hidden_short_and_unique() -> None:
    anchor = "0198f1c2-0000-7000-8000-000000000001"
    blocks = tuple(Paragraph((Run("x"),), anchor=a) for a in (anchor, f"{anchor}-2", anchor, "", "x" * 99))
    names = values(part(Document("", blocks)), "bookmarkStart", "name")
    assert names == [bookmark_name(anchor), bookmark_name(f"{anchor}-2"), bookmark_name("x" * 99)]
    assert len(set(names)) == 3
    assert all(name and name.startswith("_b_") and len(name) <= 40 for name in names)


def test_japanese_in_an_english_document_is_marked() -> None:
    body = part(of(Run("On 経済安保, said")))
    assert values(body, "lang", "eastAsia") == ["ja-JP"]
    assert values(body, "rFonts", "hint") == ["eastAsia"]


def test_english_in_a_japanese_document_keeps_its_own_type() -> None:
    document = of(Run("経済安保", italic=True), Run("Early Warning", italic=True), language="ja-JP")
    body = part(document)
    assert values(body, "lang") == []
    assert values(body, "rStyle") == ["Emphasis"]
    styles = part(document, "word/styles.xml")
    assert next(iter(styles.iter(w("lang")))).get(w("eastAsia")) == "ja-JP"
    slanted = {style.get(w("styleId")) for style in styles if list(style.iter(w("i")))}
    assert slanted == {"Emphasis", "IntenseEmphasis"}


def test_formats_are_character_styles_and_their_combinations_are_made_once() -> None:
    link = "https://example.org/"
    document = of(
        Run("a", italic=True, link=link),
        Run("b", bold=True),
        Run("c", italic=True, link="https://example.com/"),
        Run("d", small_caps=True, superscript=True),
    )
    assert values(part(document), "rStyle") == [
        "HyperlinkEmphasis",
        "Strong",
        "HyperlinkEmphasis",
        "SmallCapsSuperscript",
    ]
    styles = part(document, "word/styles.xml")
    (made,) = (s for s in styles if s.get(w("styleId")) == "HyperlinkEmphasis")
    assert values(made, "name") == ["Hyperlink Emphasis"]
    assert values(made, "basedOn") == ["Hyperlink"]
    assert [etree.QName(e).localname for e in made[-1]] == ["i", "iCs", "color", "u"]


def test_bold_in_a_bold_paragraph_is_not_turned_off() -> None:
    body = part(Document("", (Heading(1, (Run("a", bold=True), Run("b", bold=True, italic=True))),)))
    assert values(body, "rStyle") == ["Emphasis"]


def test_text_that_runs_to_the_left_says_so() -> None:
    body = part(of(Run("He said שלום לך, 12 and مرحبا.", bold=True), Run("سلام", language="fa")))
    texts = ["".join(t.text or "" for t in run.iter(w("t"))) for run in body.iter(w("r"))]
    assert texts == ["He said ", "שלום לך", ", 12 and ", "مرحبا", ".", "سلام"]
    assert values(body, "lang", "bidi") == ["he-IL", "ar-SA", "fa"]
    assert len(list(body.iter(w("rtl")))) == 3
    assert list(body.iter(w("bidi"))) == []


def test_a_paragraph_that_begins_leftward_is_laid_out_so() -> None:
    body = part(of(Run("12: "), Run("שלום world")))
    (paragraph,) = (p for p in body.iter(w("p")) if list(p.iter(w("t"))))
    assert [etree.QName(e).localname for e in paragraph[0]] == ["pStyle", "bidi"]


def test_other_languages_of_east_asia_say_so_too() -> None:
    body = part(of(Run("供应链", language="zh-CN", italic=True), Run("chaîne", language="fr")))
    assert values(body, "lang", "eastAsia") == ["zh-CN", None]
    assert values(body, "lang") == [None, "fr"]
    assert values(body, "rStyle") == []


def test_a_quotation_is_kept_with_its_translation() -> None:
    quote, translation = (
        Paragraph((Run("x"),), style) for style in (ParagraphStyle.QUOTATION, ParagraphStyle.TRANSLATION)
    )
    body = part(Document("", (quote, translation, quote, Paragraph((Run("Body"),)))))
    kept = [p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in body.iter(w("p"))]
    assert kept == [True, False, False, False]
    assert values(body, "pStyle") == ["Quote", "QuoteTranslation", "Quote", "BodyText"]


def heading(level: int, text: str, anchor: str = "", *, annex: bool = False) -> Heading:
    return Heading(level, (Run(text),), anchor, annex=annex)


def test_headings_are_numbered_by_the_list_of_their_styles() -> None:
    document = Document("", (heading(1, "a"), heading(2, "b")), numbering=HeadingNumbering.DECIMAL)
    styles = {s.get(w("styleId")): s for s in part(document, "word/styles.xml").iter(w("style"))}
    numbers = {
        name: (values(styles[name], "numId"), values(styles[name], "ilvl"))
        for name in ("Heading1", "Heading2")
    }
    (number,) = numbers["Heading1"][0]
    assert numbers == {"Heading1": ([number], []), "Heading2": ([number], ["1"])}
    numbering = part(document, "word/numbering.xml")
    (used,) = (n for n in numbering.iter(w("num")) if n.get(w("numId")) == number)
    (definition,) = values(used, "abstractNumId")
    (levels,) = (a for a in numbering.iter(w("abstractNum")) if a.get(w("abstractNumId")) == definition)
    assert values(levels, "lvlText") == ["%1", "%1.%2", "%1.%2.%3"]
    assert values(levels, "pStyle") == ["Heading1", "Heading2", "Heading3"]
    assert list(part(document).iter(w("numPr"))) == []


def test_an_annex_begins_a_page_with_a_number_of_its_own() -> None:
    document = Document("", (heading(1, "a"), heading(1, "b", annex=True), heading(2, "c", annex=True)))
    assert values(part(document), "pStyle") == ["Heading1", "AnnexHeading", "Heading2"]
    styles = {s.get(w("styleId")): s for s in part(document, "word/styles.xml").iter(w("style"))}
    assert list(styles["AnnexHeading"].iter(w("pageBreakBefore")))
    (number,) = values(styles["AnnexHeading"], "numId")
    assert values(part(document), "numId") == [number]  # the deeper one is counted with it
    assert "Annex %1" in values(part(document, "word/numbering.xml"), "lvlText")


def test_paragraphs_count_on_until_their_numbers_do_not() -> None:
    blocks = tuple(Paragraph((Run("x"),), number=number) for number in (1, 2, 7, 8))
    body = part(Document("", blocks))
    one, two, three, four = values(body, "numId")
    assert one == two != three == four
    assert values(part(Document("", blocks), "word/numbering.xml"), "startOverride") == ["1", "7"]


def test_a_table_of_contents_has_its_entries_and_asks_nothing() -> None:
    blocks = (
        Contents("Contents", 1, "toc"),
        heading(1, "One"),
        heading(2, "Two"),
        heading(1, "Three", annex=True),
    )
    document = Document("T", blocks)
    body = part(document)
    entries = [p for p in body.iter(w("p")) if (values(p, "pStyle")[0] or "").startswith("TOC")]
    assert ["".join(t.text or "" for t in p.iter(w("t"))) for p in entries] == [
        "Contents",
        "One1",
        "Annex A\u2003Three2",
    ]
    assert next(body.iter(w("instrText"))).text == r' TOC \o "1-1" \h \z \u '
    assert set(values(body, "hyperlink", "anchor")) == set(values(body, "bookmarkStart", "name")) - {"_b_toc"}
    settings = part(document, "word/settings.xml")
    assert list(settings.iter(w("updateFields"))) == []
    assert values(body, "fldChar", "dirty") == [None] * len(values(body, "fldChar"))


def test_a_table_of_contents_of_nothing_is_nothing() -> None:
    assert list(part(Document("T", (Contents("Contents"), Paragraph((Run("x"),))))).iter(w("sdt"))) == []


def test_references_are_fields_links_or_text() -> None:
    references = tuple(
        CrossReference(anchor, text)
        for anchor, text in (
            ("a", "Annex A"),
            ("a", "Coverage"),
            ("a", "overleaf"),
            ("p", "3"),
            ("none", "gone"),
            ("a", ""),
        )
    )
    blocks = (
        Paragraph(references),
        Paragraph((Run("x"),), anchor="p", number=3),
        heading(1, "Coverage", "a", annex=True),
    )
    body = part(Document("", blocks))
    codes = [e.text for e in body.iter(w("instrText"))]
    assert codes == [r" REF _b_a \r \h ", r" REF _b_a \h ", r" REF _b_p \r \h "]
    assert values(body, "hyperlink", "anchor") == ["_b_a"]
    first = next(body.iter(w("p")))
    assert [t.text for t in first.iter(w("t"))] == ["Annex A", "Coverage", "overleaf", "3", "gone"]


@pytest.mark.parametrize(
    ("language", "latin", "asian"), [("de-DE", "de-DE", "ja-JP"), ("zh-TW", "en-GB", "zh-TW")]
)
def test_other_languages(language: str, latin: str, asian: str) -> None:
    found = next(iter(part(Document("", (), language=language), "word/styles.xml").iter(w("lang"))))
    assert (found.get(w("val")), found.get(w("eastAsia"))) == (latin, asian)


def test_empty_text_makes_no_run() -> None:
    assert list(part(of(Run(""), Run("\x00"))).iter(w("r"))) == []


def test_neighbouring_runs_with_one_address_make_one_link() -> None:
    link = "https://example.org/"
    body = part(of(Run("a", link=link), Run("b", bold=True, link=link), Run("c"), Run("d", link=link)))
    assert ["".join(t.text or "" for t in h.iter(w("t"))) for h in body.iter(w("hyperlink"))] == ["ab", "d"]


def test_every_numbered_list_counts_for_itself() -> None:
    def numbered(start: int) -> ListBlock:
        return ListBlock((ListItem((Paragraph((Run("x"),)),)),), ordered=True, start=start)

    document = Document("", (numbered(1), numbered(5)))
    first, second = values(part(document), "numId")
    assert first != second
    assert values(part(document, "word/numbering.xml"), "startOverride") == ["1", "5"]


def test_lists_deeper_than_word_has_levels() -> None:
    block = ListBlock((ListItem((Paragraph((Run("x"),)),)),))
    for _ in range(12):
        block = ListBlock((ListItem((Paragraph((Run("x"),)), Paragraph((Run("y"),)), block)),))
    body = part(Document("", (block,)))
    assert max(int(level or 0) for level in values(body, "ilvl")) == 8
    assert "ListContinue5" in values(body, "pStyle")


LINE = Paragraph((Run("x"),))
LISTED = ListBlock((ListItem((LINE,)), ListItem((LINE,))))


@pytest.mark.parametrize(
    ("blocks", "styles"),
    [
        ((LISTED, LINE), ["ListBullet", "ListBulletEnd", "BodyText"]),
        (
            (replace(LISTED, ordered=True), LISTED),
            ["ListNumber", "ListNumberEnd", "ListBullet", "ListBulletEnd"],
        ),
        ((LISTED, Heading(1, (Run("h"),))), ["ListBullet", "ListBullet", "Heading1"]),
        (
            (ListBlock((ListItem((LINE, LISTED)),), ordered=True),),
            ["ListNumber", "ListBullet", "ListBulletEnd"],
        ),
        ((ListBlock((ListItem((LINE, LINE)),)), LINE), ["ListBullet", "ListContinueEnd", "BodyText"]),
        (
            (ListBlock((ListItem((LINE, replace(LINE, style=ParagraphStyle.QUOTATION))),)), LINE),
            ["ListBullet", "Quote", "BodyText"],
        ),
        ((ListBlock(()), LINE), ["BodyText"]),
    ],
)
def test_the_last_line_of_a_list_stands_apart_from_what_follows(
    blocks: tuple[BlockNode, ...], styles: list[str]
) -> None:
    assert values(part(Document("", blocks)), "pStyle") == styles


def test_styles_part_the_end_of_a_list_further_than_its_items() -> None:
    styles = {s.get(w("styleId")): s for s in part(of(), "word/styles.xml").iter(w("style"))}
    for inside, end in LIST_ENDS.items():
        near, far = (int(values(styles[name], "spacing", "after")[0] or 0) for name in (inside, end))
        assert 0 < near < far
        assert values(styles[end], "basedOn") == [inside]


@pytest.mark.parametrize(
    ("runs", "kept"),
    [
        ((Run("Q. Why?", bold=True),), True),
        ((Run("Three things:"),), True),
        ((Run("三点："),), True),
        ((Run("Date:", bold=True), Run(" today")), False),
        ((), False),
    ],
)
def test_what_leads_to_the_next_paragraph_does_not_end_a_page(runs: tuple[Run, ...], kept: bool) -> None:
    assert bool(list(part(of(*runs)).iter(w("keepNext")))) is kept


def table(rows: int) -> Table:
    return Table(((Run("a"),), (Run("b"),)), (((Run("c"),), (Run("d"),)),) * rows, caption="What it holds")


def test_a_table_repeats_its_header_and_says_what_it_holds() -> None:
    body = part(Document("", (table(2),)))
    assert len(list(body.iter(w("tblHeader")))) == 1
    assert values(body, "tblCaption") == ["What it holds"]


def test_short_tables_stay_on_one_page_and_long_ones_break() -> None:
    assert len(list(part(Document("", (table(3),))).iter(w("keepNext")))) == 4
    assert list(part(Document("", (table(40),))).iter(w("keepNext"))) == []


def test_a_table_is_followed_by_a_paragraph_or_heading() -> None:
    body = part(Document("", (table(1), table(1), Heading(1, (Run("h"),)), table(1))))
    styles = [style for style in values(body, "pStyle") if style not in {"TableText", "TableHeading"}]
    assert styles == ["Caption", "TableGap", "Caption", "Heading1", "Caption", "TableGap"]


def test_notes_at_the_end() -> None:
    document = Document("", (Paragraph((NoteRef(1),)),), (Note(1, (Run("n"),)),))
    assert values(part(document, notes="end"), "endnoteReference", "id") == ["1"]
    assert values(part(document, "word/endnotes.xml", notes="end"), "endnote", "id") == ["-1", "0", "1"]
    assert values(part(document, "word/footnotes.xml", notes="end"), "footnote", "id") == ["-1", "0"]


@pytest.mark.parametrize(("align", "found"), [("right", "right"), ("centre", "center"), ("odd", "center")])
def test_the_marking_is_a_style(align: str, found: str) -> None:
    document = Document("T", (), marking=Marking("SECRET", "#zz", align, ("footer",), bold=False, size_pt=14))
    styles = part(document, "word/styles.xml")
    (style,) = (s for s in styles.iter(w("style")) if s.get(w("styleId")) == "Marking")
    assert values(style, "jc") == [found]
    assert values(style, "sz") == ["28"]
    assert values(style, "color") == ["000000"]
    assert list(style.iter(w("b"))) == []
    assert values(part(document, "word/header1.xml"), "pStyle") == ["Header"]
    assert "Marking" in values(part(document, "word/footer2.xml"), "pStyle")


def test_a_ground_is_behind_the_marking_of_every_page_and_not_in_the_text() -> None:
    marking = Marking("TLP:RED", align="right", ground="#000000", on_ground="#ff2b2b")
    styles = part(Document("T", (), marking=marking), "word/styles.xml")
    found = {
        s.get(w("styleId")): (values(s, "color"), values(s, "shd", "fill")) for s in styles.iter(w("style"))
    }
    assert found["Marking"] == (["FF2B2B"], ["000000"])
    assert found["MarkingText"] == (["000000"], [])


def test_every_page_tells_of_a_draft_and_the_number_of_the_copy() -> None:
    document = Document("T", (), draft="DRAFT", copy="Copy 2 of 5", handling=("Return it.",))
    for name in ("header1", "header2", "footer1", "footer2"):
        texts = [e.text for e in part(document, f"word/{name}.xml").iter(w("t"))]
        assert "DRAFT · Copy 2 of 5" in texts
    assert [e.text for e in part(document).iter(w("t"))] == ["T", "DRAFT · Copy 2 of 5", "Return it."]


def test_page_numbers_are_fields_with_a_number_shown_until_they_are_reckoned() -> None:
    long = Document("T", (Paragraph((Run("word " * 2000),)),), page_label="{page} of {pages}")
    footer = part(long, "word/footer1.xml")
    assert [e.text for e in footer.iter(w("instrText"))] == [" PAGE ", " NUMPAGES "]
    assert [e.text for e in footer.iter(w("t"))] == ["1", " of ", "3"]
    plain = part(
        replace(long, page_label="no number", language="ja", blocks=(Paragraph((Run("字" * 2000),)),)),
        "word/footer1.xml",
    )
    assert list(plain.iter(w("fldChar"))) == []


@given(st.text(), st.text(), st.text())
def test_any_text_anywhere_gives_parts_that_can_be_read(one: str, two: str, three: str) -> None:
    one, two, three = (text.encode("utf-8", "replace").decode() for text in (one, two, three))
    document = Document(
        one,
        (
            Heading(1, (Run(two),), anchor=one),
            Table(((Run(three),),), (), caption=two),
            Paragraph((NoteRef(1),)),
        ),
        (Note(1, (Run(one, link=three), Run("."))),),
        author=two,
        audience=three,
        marking=Marking(one),
        identifier=three,
        date_text=two,
        page_label=three,
    )
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))


def test_the_maker_writes_the_template_to_the_resources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(template, "resources", lambda: tmp_path)
    (tmp_path / "templates").mkdir()
    template.main()
    assert (tmp_path / "templates" / "brief.docx").read_bytes() == template.template()
