"""Numbered lists bear the same signs in every format."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pypdfium2
import pytest
from lxml import etree, html

from briefer.domain.documents import (
    BlockNode,
    Document,
    Heading,
    HeadingNumbering,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
)
from briefer.domain.exporting import ExportOptions
from briefer.export.docx import to_docx
from briefer.export.html import to_html, to_pieces
from briefer.export.list_signs import ENGLISH, Count, Sign, signs_of
from briefer.export.odt import to_odt
from briefer.export.pdf import to_pdf
from briefer.export.text import to_text


def said(text: str, number: int | None = None) -> Paragraph:
    return Paragraph((Run(text),), number=number)


def nested(deep: int) -> ListBlock:
    inner = (nested(deep - 1),) if deep > 1 else ()
    return ListBlock((ListItem((said(f"one{deep}"), *inner)), ListItem((said(f"two{deep}"),))), ordered=True)


def document(
    *blocks: BlockNode, numbering: HeadingNumbering = HeadingNumbering.NONE, language: str = "ja-JP"
) -> Document:
    return Document("T", (Heading(1, (Run("H"),)), *blocks), language=language, numbering=numbering)


CASES = [
    (document(nested(4)), ["1", "(1)", "ア", "(ア)"]),
    (document(nested(4), numbering=HeadingNumbering.JAPANESE), ["ア", "(ア)", "1", "(1)"]),
    (document(said("p", 1), nested(2)), ["ア", "(ア)"]),
    (document(nested(4), language="en-GB"), ["1.", "a.", "i.", "1."]),
    (document(said("p", 1), nested(2), language="en-GB"), ["a.", "i."]),
]


def in_word(made: Document) -> list[str]:
    """Return the first sign of each level, as the numbering part that the paragraphs point to has it."""
    opened = docx.Document(io.BytesIO(to_docx(made, ExportOptions())))
    root, w = (
        opened.part.numbering_part.element,
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    )
    forms = {"decimal": "1", "lowerLetter": "a", "lowerRoman": "i", "aiueoFullWidth": "ア"}
    found = []
    for paragraph in opened.paragraphs:
        if paragraph.text.startswith("one"):
            (used,) = paragraph._p.iter(f"{w}numId")
            (at,) = paragraph._p.iter(f"{w}ilvl")
            number = next(n for n in root.iter(f"{w}num") if n.get(f"{w}numId") == used.get(f"{w}val"))
            of = number.find(f"{w}abstractNumId").get(f"{w}val")
            abstract = next(a for a in root.iter(f"{w}abstractNum") if a.get(f"{w}abstractNumId") == of)
            level = abstract.findall(f"{w}lvl")[int(at.get(f"{w}val") or 0)]
            text = level.find(f"{w}lvlText").get(f"{w}val")
            found.append(re.sub(r"%\d", forms[level.find(f"{w}numFmt").get(f"{w}val")], text))
    return found


def in_odf(made: Document) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(to_odt(made, ExportOptions()))) as package:
        root = etree.fromstring(package.read("styles.xml"))
    style, text = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("style", "text"))
    (numbers,) = (s for s in root.iter(f"{text}list-style") if s.get(f"{style}name") == "Numbers")
    parts = ("prefix", "format", "suffix")
    found = [[level.get(f"{style}num-{part}") or "" for part in parts] for level in numbers]
    return [f"{before}{count.split(',')[0]}{after}" for before, count, after in found]


@pytest.mark.parametrize(("made", "signs"), CASES)
def test_every_format_has_the_same_signs(made: Document, signs: list[str]) -> None:
    assert in_word(made) == signs
    assert in_odf(made)[: len(signs)] == signs
    plain = [line.split()[0] for line in to_text(made).splitlines() if "one" in line]
    assert plain == signs
    pdf = pypdfium2.PdfDocument(to_pdf(made))
    printed = pdf[0].get_textpage().get_text_bounded()
    assert re.findall(r"(\S+)\s+one\d", printed) == signs
    types = {"1.": None, "a.": "a", "i.": "i"}
    page = html.fromstring(to_html(made))
    for at, (ol, sign) in enumerate(zip(page.iter("ol"), signs, strict=True)):
        spelled = [span.text for span in ol.findall("li/span")]
        if sign in types:
            assert (ol.get("type"), ol.get("class"), spelled) == (types[sign], None, []), at
        else:
            assert (ol.get("class"), spelled[0]) == ("signed", sign)


@pytest.mark.parametrize(
    ("sign", "number", "text"),
    [
        (Sign(Count.KANA), 46, "ン"),
        (Sign(Count.KANA, "(", ")"), 47, "(47)"),
        (Sign(Count.KANA), 0, "0"),
        (Sign(Count.LETTERS, after="."), 26, "z."),
        (Sign(Count.LETTERS), 28, "bb"),
        (Sign(Count.LETTERS), 0, "0"),
        (Sign(Count.ROMAN), 1994, "mcmxciv"),
        (Sign(Count.ROMAN), 4000, "4000"),
    ],
)
def test_signs_of_high_numbers(sign: Sign, number: int, text: str) -> None:
    assert sign.text(number) == text


def test_levels_begin_again_and_lists_that_start_elsewhere_go_on() -> None:
    assert ENGLISH.at(3) == ENGLISH.at(0)
    assert signs_of(document(language="en")) is ENGLISH
    made = document(
        ListBlock((ListItem((said("x"),)), ListItem((said("y"),))), ordered=True, start=3),
        numbering=HeadingNumbering.JAPANESE,
    )
    assert [line for line in to_text(made).splitlines() if line.endswith(("x", "y"))] == ["ウ x", "エ y"]


def test_the_preview_writes_a_numbered_list_anew_when_headings_are_numbered_otherwise() -> None:
    before = to_pieces(document(nested(1)))
    after = to_pieces(document(nested(1), numbering=HeadingNumbering.JAPANESE), before)
    assert any(">ア<" in piece.html for piece in after.pieces)
