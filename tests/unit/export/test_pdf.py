from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import typst
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefer import assets
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
from briefer.domain.exporting import ExportOptions, NotesAt
from briefer.errors import InputError
from briefer.export.pdf import to_pdf
from briefer.export.pdf.tree import clean, tree
from briefer.export.pdf.writer import JAPANESE_FONTS
from tests.golden import samples

EMBEDDED = typst.Fonts(include_system_fonts=False)
needs_japanese = pytest.mark.skipif(
    not set(JAPANESE_FONTS) & set(typst.Fonts().families()), reason="no font for Japanese is installed"
)


def of(*blocks: BlockNode, **more: object) -> Document:
    return replace(Document("A title", blocks), **more)  # type: ignore[arg-type]


def said(text: str, **more: object) -> Paragraph:
    return Paragraph((Run(text),), **more)  # type: ignore[arg-type]


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as file:
        return [page.get_textpage().get_text_bounded() for page in file]


def words(data: bytes) -> str:
    """Return the text of all pages; words that were broken at the end of a line are whole again."""
    return " ".join("\n".join(pages(data)).replace("\ufffe", "").replace("\u0002", "").split())


def tags(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield role and alternative text of the structure elements."""
    with pypdfium2.PdfDocument(data) as file:
        for page in file:
            root = pdfium.FPDF_StructTree_GetForPage(page)
            for index in range(pdfium.FPDF_StructTree_CountChildren(root)):
                yield from _tags(pdfium.FPDF_StructTree_GetChildAtIndex(root, index))
            pdfium.FPDF_StructTree_Close(root)


def _tags(element: pdfium.FPDF_STRUCTELEMENT) -> Iterator[tuple[str, str]]:
    if not element:
        return
    yield (
        _told(pdfium.FPDF_StructElement_GetType, element),
        _told(pdfium.FPDF_StructElement_GetAltText, element),
    )
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        yield from _tags(pdfium.FPDF_StructElement_GetChildAtIndex(element, index))


def _told(ask: object, element: pdfium.FPDF_STRUCTELEMENT) -> str:
    buffer = ctypes.create_string_buffer(4096)
    length = ask(element, buffer, len(buffer))  # type: ignore[operator]
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")


def roles(data: bytes) -> list[str]:
    return [role for role, _ in tags(data)]


def raises_lacking(document: Document, fonts: typst.Fonts) -> str:
    with pytest.raises(InputError) as caught:
        to_pdf(document, fonts=fonts)
    return str(caught.value)


def test_it_is_tagged_for_accessibility_with_title_and_language() -> None:
    data = to_pdf(of(Heading(1, (Run("First"),)), said("Text."), author="A. Clerk", language="en-US"))
    assert data.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert re.search(rb"/Lang\s*\(en-US\)", data)
    assert b"/DisplayDocTitle true" in data
    with pypdfium2.PdfDocument(data) as file:
        told = file.get_metadata_dict()
        assert (told["Title"], told["Author"]) == ("A title", "A. Clerk")
    assert [role for role in roles(data) if role in {"H1", "P"}] == ["P", "H1", "P"]


def test_same_document_same_bytes_and_the_moment_is_that_of_the_change() -> None:
    document = of(said("x"), modified="2026-01-12T09:30:00+09:00")
    assert to_pdf(document) == to_pdf(replace(document))
    assert b"D:20260112003000" in to_pdf(document)
    undated = to_pdf(replace(document, modified=""))
    assert b"/CreationDate" not in undated
    assert undated == to_pdf(replace(document, modified=""))


def test_latin_greek_and_cyrillic_need_no_font_of_the_system() -> None:
    document = of(said("Żółć Ελλάδα Київ café “quotes” – …"))
    assert to_pdf(document, fonts=EMBEDDED) == to_pdf(document)


def test_the_template_loads_nothing() -> None:
    text = (assets.resources() / "templates" / "brief.typ").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))
    for word in ("import", "include", "@", "read(", "image(", "plugin(", "eval("):
        assert word not in code


HOSTILE = (
    '#import "@preview/x:1.0.0": * $a^2$ @ref <label> \\ *b* _i_ `c` // note /* x */ ~ -- --- #panic("x") '
    "#{1+1} [a] {b} = h - l + e / t: 1. <script>alert(1)</script> =cmd|' /C calc'!A0"
)


def test_what_looks_like_markup_is_shown_as_it_is() -> None:
    document = replace(
        samples.brief(),
        title=HOSTILE,
        author=HOSTILE,
        audience=HOSTILE,
        page_label=f"{{page}} {HOSTILE}",
        marking=Marking(HOSTILE, align=HOSTILE, colour=HOSTILE),
        draft=HOSTILE,
        handling=(HOSTILE,),
        notes=(Note(1, (Run(HOSTILE),)),),
        blocks=(
            Contents(HOSTILE),
            Heading(1, (Run(HOSTILE),), HOSTILE),
            Paragraph((CrossReference(HOSTILE, HOSTILE), NoteRef(1))),
            said(HOSTILE, style=ParagraphStyle.CODE),
            Table(((Run(HOSTILE),),), (((Run(HOSTILE, code=True),),),), HOSTILE),
            HeatMap((HOSTILE,), (HOSTILE,), ((1,),), HOSTILE, HOSTILE),
        ),
    )
    shown = re.sub(r"\s", "", "".join(pages(to_pdf(document))))
    assert shown.count(re.sub(r"\s", "", HOSTILE)) >= 15


def test_control_characters_and_halves_of_characters_are_left_out() -> None:
    text = "one\x00\x01\x0b\x7f\x80\x9f\ud800\ufeff\uffff two\x1b\r\nthree\ttab\u2028\u202eline \uf0b7"
    assert clean(text) == "one two\nthree\ttab\u2028\u202eline [U+F0B7]"
    found = words(to_pdf(of(said(text), title=text)))
    assert "one two three" in found
    assert "[U+F0B7]" in found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec="utf-8", max_codepoint=0x24F), max_size=80))
@example("\t\x80")
def test_any_latin_text_makes_a_file(text: str) -> None:
    document = of(Heading(3, (Run(text),)), said(text), title=text, audience=text)
    assert to_pdf(document, fonts=EMBEDDED).startswith(b"%PDF")


def test_without_a_font_for_japanese_there_is_no_file() -> None:
    message = raises_lacking(of(said("経済安全保障")), EMBEDDED)
    assert message.startswith(
        "the PDF needs a font for Japanese and none was found; install “Noto Serif CJK JP”"
    )
    assert raises_lacking(of(said("On 経済安保 we agree.")), EMBEDDED) == message
    assert raises_lacking(of(said("Only Latin"), language="ja"), EMBEDDED) == message


def test_letters_that_no_font_has_are_named() -> None:
    message = raises_lacking(of(said("እንኳን ደህና መጣህ")), EMBEDDED)
    assert message.startswith("the PDF cannot show እ (U+12A5), ን (U+1295), ኳ (U+12B3), ")
    assert " +" in message


def test_pictograms_that_no_font_has_are_named_in_brackets() -> None:
    found = words(to_pdf(of(said("Done 🎉."), title="Yes 🙂"), fonts=EMBEDDED))
    assert "Done [party popper]." in found
    assert "Yes [slightly smiling face]" in found


@needs_japanese
def test_japanese_is_set_and_no_italics_are_made() -> None:
    document = samples.japanese()
    data = to_pdf(document)
    assert "日英経済安全保障対話：会談資料" in words(data)
    assert "「輸出管理の強化で一致」『港湾日報』2025年12月17日" in words(data)
    assert b"-Italic" not in data
    assert re.search(rb"/Lang\s*\(ja\)", data)


def test_notes_stand_at_the_foot_or_at_the_end() -> None:
    document = of(
        Heading(1, (Run("Head"), NoteRef(1))),
        Contents("Contents"),
        Paragraph((Run("Body"), NoteRef(2))),
        *(said(f"Filler {n}") for n in range(60)),
        notes=(Note(1, (Run("note one"),)), Note(2, (Run("note two"),))),
    )
    foot = pages(to_pdf(document))
    assert foot[0].count("note one") == foot[0].count("note two") == 1
    end = pages(to_pdf(document, ExportOptions(notes=NotesAt.END)))
    assert "note one" not in end[0]
    assert end[0].count("Head1") == 1, "the mark stands at the heading, not in the contents"
    assert re.search(r"Notes\s+1\.\s*note one\s+2\.\s*note two", end[-1])
    assert "Notes" not in foot[-1]
    assert "Notes" not in words(to_pdf(of(said("x")), ExportOptions(notes=NotesAt.END)))


def test_the_marking_is_at_head_and_foot_of_every_page_and_in_the_text() -> None:
    document = of(
        *(said(f"Paragraph {n}") for n in range(80)),
        marking=Marking("OFFICIAL", colour="#b00020", align="right", size_pt=14),
        draft="DRAFT",
        copy="Copy 2 of 5",
        handling=("Destroy after use.", " "),
        date_text="15 January 2026",
    )
    first, second, *_ = pages(to_pdf(document))
    assert first.count("OFFICIAL") == 3
    assert second.count("OFFICIAL") == 2
    for page, times in ((first, 2), (second, 1)):
        assert page.count("DRAFT · Copy 2 of 5") == times
        assert page.count("Destroy after use.") == times
    assert "Page 1 of 3" in first
    assert "A title" in second
    assert second.count("15 January 2026") == 1
    (only,) = pages(to_pdf(replace(document, blocks=(), marking=Marking("TOP", placement=("header",)))))
    assert only.count("TOP") == 2


def test_a_marking_may_have_a_ground_of_its_own() -> None:
    marking = Marking("TLP:RED", ground="#000000", on_ground="#ff2b2b")
    told: Any = tree(of(marking=marking), NotesAt.FOOT)["marking"]
    assert (told["paged"], told["ground"], told["colour"]) == ("#ff2b2b", "#000000", "#000000")
    assert "TLP:RED" in words(to_pdf(of(said("x"), marking=marking)))


@pytest.mark.parametrize(
    ("numbering", "language", "shown"),
    [
        (
            HeadingNumbering.DECIMAL,
            "en",
            ["1 One", "1.1 Two", "1.1.1 Three", "2 Four", "Annex A Five", "Six"],
        ),
        (HeadingNumbering.JAPANESE, "ja", ["第1 One", "1 Two", "(1) Three", "第2 Four", "別添1 Five", "Six"]),
        (HeadingNumbering.NONE, "en", ["One", "Two", "Three", "Four", "Annex A Five", "Six"]),
    ],
)
@needs_japanese
def test_headings_are_numbered_and_listed_with_their_pages(
    numbering: HeadingNumbering, language: str, shown: list[str]
) -> None:
    names = ((1, "One"), (2, "Two"), (3, "Three"), (1, "Four"))
    document = of(
        Contents("Inside", depth=3),
        *(Heading(level, (Run(name),)) for level, name in names),
        Heading(1, (Run("Five"),), annex=True),
        Heading(2, (Run("Six"),)),
        numbering=numbering,
        language=language,
        page_label="{page}/{pages}",
    )
    data = to_pdf(document)
    lines = [" ".join(line.split()) for page in pages(data) for line in page.splitlines()]
    listed = [re.sub(r"[ .]*(\d)$", r" → \1", line) for line in lines if ". . . ." in line]
    assert listed == [f"{line} → {1 + (n > 3)}" for n, line in enumerate(shown)]
    assert [line for line in lines if line in shown] == shown
    assert [role for role in roles(data) if role[0] == "H"] == ["H1", "H1", "H2", "H3", "H1", "H1", "H2"]


def test_headings_skip_no_level() -> None:
    data = to_pdf(of(Heading(3, (Run("deep"),)), Heading(5, (Run("deeper"),)), Heading(9, (Run("deepest"),))))
    assert [role for role in roles(data) if role[0] == "H"] == ["H1", "H2", "H3"]


def test_lists_tables_and_quotations_are_what_they_are() -> None:
    inner = ListBlock((ListItem((said("inner"),)),), ordered=True, start=3)
    data = to_pdf(
        of(
            ListBlock((ListItem((said("outer"), inner)), ListItem(()))),
            said("quoted", style=ParagraphStyle.QUOTATION),
            said("translated", style=ParagraphStyle.TRANSLATION),
            said("if x:\n    y", style=ParagraphStyle.CODE),
            said("say here", style=ParagraphStyle.PROMPT),
            said("a source", style=ParagraphStyle.SOURCE),
            said("counted", number=7),
            Table(
                ((Run("H"),), (Run("I"),)), tuple(((Run(f"r{n}"),), (Run("x"),)) for n in range(60)), "Cap"
            ),
        )
    )
    found = words(data)
    assert re.search(r"• outer iii\. inner", found)
    assert "7. counted" in found
    assert found.count("H I") == 2, "the header row stands on both pages"
    assert {"L", "LI", "Lbl", "LBody", "BlockQuote", "Table", "TH", "TD", "Caption", "Code"} <= set(
        roles(data)
    )


def test_a_heat_map_is_a_picture_with_its_counts_and_words_for_it() -> None:
    columns = tuple(f"Partner {n}" for n in range(8))
    heat_map = HeatMap(
        ("Supply", "Cyber"), columns, ((0, 1, 2, 3, 4, 5, 6, 77), (0,) * 8), "Counts", "Most: 77."
    )
    data = to_pdf(of(heat_map, HeatMap(("a",), ("b",), ((0,),), "Captioned", "")))
    assert [alt for role, alt in tags(data) if role == "Figure"] == ["Most: 77.", "Captioned"]
    assert "77" in words(data)


def test_references_lead_to_their_blocks() -> None:
    table = Table(((Run("H"),),), (), "T", "t1")
    blocks = (
        Paragraph((CrossReference("t1", "see table"), Run(" or "), CrossReference("gone", "nothing"))),
        Paragraph((Run("web", link="https://example.org/a"), Run("bad", link="javascript:alert(1)"))),
        Paragraph((Run("one"), LineBreak(), Run("two\nthree"))),
    )
    data = to_pdf(of(*blocks, table, replace(table, caption="again")))
    assert data.count(b"/Subtype/Link") == 2
    assert b"https://example.org/a" in data
    assert b"javascript" not in data
    assert "see table or nothing" in words(data)


def test_a_question_stays_with_its_answer() -> None:
    filler = [said(f"Line {n}") for n in range(37)]
    data = to_pdf(of(*filler, Paragraph((Run("Why?", bold=True),)), said("Because. " * 60), said("End")))
    (page,) = [page for page in pages(data) if "Why?" in page]
    assert "Because" in page


def test_text_that_runs_to_the_left_begins_at_the_right() -> None:
    found: Any = tree(of(said("שלום hello"), said("hello שלום")), NotesAt.FOOT)["blocks"]
    assert [block.get("leftward", False) for block in found] == [True, False]


def test_formats_reach_the_page() -> None:
    runs = (
        Run("small", small_caps=True),
        Run("up", superscript=True),
        Run("down", subscript=True),
        Run("under", underline=True),
        Run("[…]", style=RunStyle.EDITORIAL),
        Run("(S)", style=RunStyle.PORTION),
        Run("Wort", language="de-AT"),
        Run("odd", language="!"),
    )
    found: Any = tree(of(Paragraph(runs)), NotesAt.FOOT)
    inlines = found["blocks"][0]["inlines"]
    forms = [{k: v for k, v in i.items() if k not in {"kind", "text"}} if i != "odd" else {} for i in inlines]
    assert forms == [
        {"caps": True},
        {"sup": True},
        {"sub": True},
        {"under": True},
        {"editorial": True},
        {"portion": True},
        {"lang": "de", "region": "AT"},
        {},
    ]
    data = to_pdf(of(Paragraph(runs)))
    assert re.search(rb"/Lang\s*\(de-AT\)", data) or "Wort" in words(data)


def test_citations_are_written_as_their_text() -> None:
    cited = CitationText("c1", (Run("Gazette", italic=True), Run(", 2025")), ())
    assert "Gazette, 2025" in words(to_pdf(of(Paragraph((cited,)))))
    with pytest.raises(ValueError, match="not resolved"):
        to_pdf(of(Paragraph((Citation((CitedExcerpt("x"),)),))))


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (Document("", (said(" "), said("First words"))), "First words"),
        (Document(" \x00", ()), "Untitled"),
        (Document("x" * 300, ()), "x" * 200),
    ],
)
def test_a_file_always_has_a_title(document: Document, name: str) -> None:
    with pypdfium2.PdfDocument(to_pdf(document, fonts=EMBEDDED)) as file:
        assert file.get_metadata_dict()["Title"] == name


@needs_japanese
def test_a_japanese_file_without_words_has_a_title() -> None:
    with pypdfium2.PdfDocument(to_pdf(Document("", (), language="ja"))) as file:
        assert file.get_metadata_dict()["Title"] == "無題"


def test_an_unknown_language_is_taken_for_english() -> None:
    assert re.search(rb"/Lang\s*\(en-GB\)", to_pdf(of(said("x"), language="!!")))


def test_other_errors_of_the_compiler_are_bugs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.export.pdf.writer._moment", lambda modified: None)
    monkeypatch.setattr("briefer.export.pdf.writer.tree", lambda *given: {})
    with pytest.raises(typst.TypstError):
        to_pdf(of(said("x")))
