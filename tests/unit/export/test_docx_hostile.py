"""Texts that break other writers: the file stays valid, and what can be shown is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from briefer.domain.documents import (
    Contents,
    CrossReference,
    Document,
    Heading,
    HeatMap,
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
from briefer.export.docx import to_docx
from briefer.export.docx.xml import w
from tests.golden.compared import parts_of
from tests.golden.docx_lint import lint
from tests.unit.export.test_docx import part, values

SURROGATE, CONTROLS = "\ud83d", "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))
FORMULA = "=cmd|' /C calc'!A0"
HTML = '<script>alert("x")</script><b>not bold</b>&amp;<!-- -->]]>'


def everywhere(text: str) -> Document:
    """Return a document with ``text`` in every place that holds any."""
    return Document(
        title=text,
        language=text,
        date=text,
        date_text=text,
        author=text,
        audience=text,
        marking=Marking(
            text, colour=text, align=text, placement=("header", "footer", text), ground=text, on_ground=text
        ),
        modified=text,
        identifier=text,
        page_label=f"{{page}}{text}{{pages}}",
        draft=text,
        copy=text,
        handling=(text, text),
        notes=(Note(1, (Run(text, link=text, language=text), Run("."))),),
        blocks=(
            Contents(text, 3, text),
            Heading(1, (Run(text),), text),
            Heading(2, (Run(text),), text * 9, annex=True),
            Paragraph(
                (Run(text, bold=True, language=text), CrossReference(text, text), NoteRef(1)), anchor=text
            ),
            Paragraph((Run(text, code=True),), ParagraphStyle.CODE),
            ListBlock(
                (ListItem((Paragraph((Run(text),), anchor=text),)),), ordered=True, start=-5, anchor=text
            ),
            Table(((Run(text),),), (((Run(text),),),), text, text),
            HeatMap((text,), (text,), ((3,),), text, text, text),
        ),
    )


def check(document: Document, folder: Path) -> dict[str, bytes]:
    """Hold that the Word file of ``document`` is valid; return its parts."""
    data = to_docx(document)
    file = folder / "note.docx"
    file.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []
    parts = parts_of(data)
    # What is text here would be a slip elsewhere.
    assert [f for f in lint(parts) if "is empty" not in f and "field code as text" not in f] == []
    return parts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"a{SURROGATE}b", id="lone surrogate"),
        pytest.param(f"{CONTROLS}a", id="control characters"),
        pytest.param(CONTROLS, id="nothing but control characters"),
        pytest.param("", id="nothing"),
        pytest.param(" \n\t\r\n ", id="blanks"),
        pytest.param("👩‍👩‍👧‍👦🇯🇵🏴‍☠️", id="emoji"),
        pytest.param("שלום عليكم 123 (x)", id="right to left"),
        pytest.param(FORMULA, id="formula"),
        pytest.param(HTML, id="HTML"),
        pytest.param("{page}{pages}", id="places of fields"),
        pytest.param(' TOC \\o "1-3" " \\h ', id="field code"),
        pytest.param("日本語（ア）", id="Japanese"),
    ],
)
def test_any_text_in_any_place(text: str, tmp_path: Path) -> None:
    check(everywhere(text), tmp_path)


def test_formulas_and_markup_are_text() -> None:
    for text in (FORMULA, HTML):
        body = part(Document(text, (Paragraph((Run(text),), ParagraphStyle.QUOTATION),)))
        assert [element.text for element in body.iter(w("t"))] == [text, text]
        assert list(body.iter(w("instrText"))) == []


def test_emoji_stay_whole() -> None:
    family = "👩‍👩‍👧‍👦"
    assert [e.text for e in part(Document("", (Paragraph((Run(family),)),))).iter(w("t"))] == [family]


def test_a_paragraph_of_ten_megabytes(tmp_path: Path) -> None:
    text = ("Supply chains depend on sea lanes. " * 3000 + "供給網 ") * 100
    parts = check(Document("Long", (Paragraph((Run(text),)),)), tmp_path)
    assert len(parts["word/document.xml"]) > len(text) > 10_000_000


def test_lists_in_lists_in_lists(tmp_path: Path) -> None:
    block = ListBlock((ListItem((Paragraph((Run("x"),)),)),))
    for number in range(150):
        block = ListBlock((ListItem((Paragraph((Run("y"),)), block)),), ordered=bool(number % 2))
    check(Document("Deep", (block,)), tmp_path)


def test_lists_and_items_without_anything(tmp_path: Path) -> None:
    blocks = (
        ListBlock(()),
        ListBlock((ListItem(()),)),
        ListBlock((ListItem((ListBlock(()),)),), ordered=True),
    )
    check(Document("Empty", blocks), tmp_path)


def test_tables_without_rows_or_columns(tmp_path: Path) -> None:
    blocks = (
        Table((), (), "Nothing to show", "one"),
        Table((), ()),
        Table(((),), (((),),)),
        Heading(1, ()),
        HeatMap((), (), (), "", "", "two"),
        Paragraph(()),
    )
    parts = check(Document("", blocks), tmp_path)
    assert parts["word/document.xml"].count(b"<w:tbl>") == 1


def test_references_to_blocks_that_leave_nothing_are_text(tmp_path: Path) -> None:
    blocks = (
        Table((), (), "", "table"),
        HeatMap((), (), (), "", "", "map"),
        ListBlock((), anchor="list"),
        Contents("Contents", 1, "contents"),
        Paragraph(tuple(CrossReference(anchor, "see") for anchor in ("table", "map", "list", "contents"))),
    )
    document = Document("", blocks)
    check(document, tmp_path)
    assert list(part(document).iter(w("hyperlink"), w("instrText"))) == []


def test_what_is_missing_is_left_out(tmp_path: Path) -> None:
    check(Document("", ()), tmp_path)
    bare = replace(everywhere("x"), author="", audience="", date="", date_text="", modified="", identifier="")
    check(bare, tmp_path)


def test_two_blocks_with_one_anchor_and_anchors_that_read_alike(tmp_path: Path) -> None:
    blocks = tuple(
        Paragraph((Run("x"),), anchor=anchor) for anchor in ("a-b", "ab", "a-b", "A B", f"{SURROGATE}" * 50)
    )
    check(Document("", blocks), tmp_path)


def test_an_unusable_language_is_the_documents(tmp_path: Path) -> None:
    document = Document("T", (Paragraph((Run("x", language="no language"), Run("y", language="de"))),))
    check(document, tmp_path)
    assert values(part(document), "lang") == ["de"]
