"""What keeps people out of a Word file: title, headings, tables, pictures, languages, contrast.

The rules are those of Word's own checker and of WCAG 2.2 (1.1.1, 1.3.1, 1.4.3, 2.4.2, 3.1.1, 3.1.2). Each finding is
one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from briefer.export.docx.xml import Element, w

BODY, STYLES, CORE, SETTINGS = (
    "word/document.xml",
    "word/styles.xml",
    "docProps/core.xml",
    "word/settings.xml",
)
PLACE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
SHORT = 60  # characters that a heading has at most, where a bold line is taken for one
ENOUGH = 4.5  # WCAG 2.2, 1.4.3


def barriers(parts: Mapping[str, bytes]) -> list[str]:
    """Return what keeps people out of the Word file with ``parts``."""
    trees = {name: etree.fromstring(parts[name]) for name in (BODY, STYLES, CORE, SETTINGS)}
    texts = [
        name
        for name in parts
        if re.fullmatch(r"word/(document|footnotes|endnotes|header\d|footer\d)\.xml", name)
    ]
    return [
        *_title(trees[CORE]),
        *_headings(trees[BODY], trees[STYLES]),
        *_fake_structure(trees[BODY]),
        *_tables(trees[BODY]),
        *_pictures(trees[BODY]),
        *_document_language(trees[STYLES]),
        *(
            f"{name}: {finding}"
            for name in sorted(texts)
            for finding in _run_languages(parts[name], trees[STYLES])
        ),
        *_contrast(trees[STYLES]),
    ]


def text_of(element: Element) -> str:
    return "".join(t.text or "" for t in element.iter(w("t")))


def style_of(paragraph: Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else found.get(w("val")) or ""


def _title(core: Element) -> Iterator[str]:
    if not (core.findtext(TITLE) or "").strip():
        yield "the document has no title"


def _levels(styles: Element) -> dict[str, int]:
    """Return the outline level (from 1) of the styles that have one, their own or that of what they are based on."""
    by_id = {style.get(w("styleId")) or "": style for style in styles.iter(w("style"))}
    found: dict[str, int] = {}
    for style_id, start in by_id.items():
        style: Element | None = start
        while style is not None and style_id not in found:
            level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            if level is not None:
                found[style_id] = int(level.get(w("val")) or 0) + 1
            based = style.find(w("basedOn"))
            style = None if based is None else by_id.get(based.get(w("val")) or "")
    return found


def _headings(body: Element, styles: Element) -> Iterator[str]:
    levels = _levels(styles)
    last = 0
    for paragraph in body.iter(w("p")):
        level = levels.get(style_of(paragraph))
        if level is None:
            continue
        if not text_of(paragraph).strip():
            yield "a heading without text"
        if level > last + 1:
            yield f"heading of level {level} after level {last}: {text_of(paragraph)}"
        last = level


def _fake_structure(body: Element) -> Iterator[str]:
    for paragraph in body.iter(w("p")):
        text = text_of(paragraph).strip()
        if style_of(paragraph) != "BodyText" or not text:
            continue
        runs = [run for run in paragraph.iter(w("r")) if text_of(run).strip()]
        strong = all(
            (style := run.find(f"{w('rPr')}/{w('rStyle')}")) is not None
            and "Strong" in (style.get(w("val")) or "")
            for run in runs
        )
        if strong and len(text) <= SHORT and text[-1] not in ".?!:。？！：":
            yield f"a bold line in the place of a heading: {text}"
        if re.match(r"[•–▪*-]\s|\d{1,2}[.)]\s", text):
            yield f"a list made of text: {text}"


def _tables(body: Element) -> Iterator[str]:
    for table in body.iter(w("tbl")):
        rows = table.findall(w("tr"))
        if not rows or rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is None:
            yield "a table without a header row"
        described = table.find(f"{w('tblPr')}/{w('tblDescription')}")
        cells = " ".join(text_of(cell) for cell in rows[0]).strip() if rows else ""
        if cells and (described is None or not described.get(w("val"))):
            yield "a table without alternative text"
        if any(row.find(f"{w('trPr')}/{w('cantSplit')}") is None for row in rows):
            yield "a row that can be split between pages"
        if list(table.iter(w("gridSpan"), w("vMerge"))):
            yield "merged cells"


def _pictures(body: Element) -> Iterator[str]:
    for picture in body.iter(f"{PLACE}docPr"):
        if not (picture.get("descr") or "").strip():
            yield "a picture without alternative text"
    if list(body.iter(f"{PLACE}anchor")) or list(body.iter("{*}txbxContent")):
        yield "something that floats over the text"


def _document_language(styles: Element) -> Iterator[str]:
    language = styles.find(f"{w('docDefaults')}//{w('lang')}")
    if language is None or not language.get(w("val")) or not language.get(w("eastAsia")):
        yield "the document has no language"


def _run_languages(part: bytes, styles: Element) -> Iterator[str]:
    """Japanese says so, where the East Asian language of the document is only a fallback."""
    settled = styles.find(f"{w('docDefaults')}//{w('lang')}")
    assert settled is not None, "looked at before"
    for run in etree.fromstring(part).iter(w("r")):
        if not CJK.search(text_of(run)):
            continue
        fonts, language = run.find(f"{w('rPr')}/{w('rFonts')}"), run.find(f"{w('rPr')}/{w('lang')}")
        own = None if language is None else language.get(w("eastAsia")) or language.get(w("val"))
        if fonts is None or fonts.get(w("hint")) != "eastAsia":
            yield f"Japanese in a Latin face: {text_of(run)}"
        if own is None and settled.get(w("val")) != "en-GB":
            yield f"Japanese without a language: {text_of(run)}"


def _contrast(styles: Element) -> Iterator[str]:
    table_heads = [
        shade.get(w("fill")) or "" for look in styles.iter(w("tblStylePr")) for shade in look.iter(w("shd"))
    ]
    for style in styles.iter(w("style")):
        properties = style.find(w("rPr"))
        colour = None if properties is None else properties.find(w("color"))
        if properties is None or colour is None:
            continue
        ground = properties.find(w("shd"))
        grounds = ["FFFFFF"] if ground is None else [ground.get(w("fill")) or ""]
        if style.get(w("styleId")) == "TableHeading":
            grounds += table_heads
        for behind in grounds:
            found = contrast(colour.get(w("val")) or "", behind)
            if found < ENOUGH:
                yield f"{style.get(w('styleId'))}: contrast {found:.1f}"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (``RRGGBB``) after WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
