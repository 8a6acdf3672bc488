"""Headers and footers: marking, short title, date, page of pages."""

from __future__ import annotations

import re

from briefer.domain.characters import has_cjk, is_japanese, xml_safe
from briefer.domain.documents import Document, Run, plain_text
from briefer.export.docx.relations import Relations
from briefer.export.docx.runs import RunWriter
from briefer.export.docx.xml import Element, add, add_text, root
from briefer.export.frame import date_text, lines, short_title

_PLACES = re.compile(r"(\{page\}|\{pages\})")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_PAGE = 2600  # characters that a page holds, for the number shown until the fields are reckoned anew
_PAGE_CJK = 1100


def header(document: Document, *, first: bool) -> Element:
    """Return a header; the first page's has only the marking, as the title stands right below."""
    part = root("hdr")
    _marking(part, document, "header")
    if not first:
        paragraph = _paragraph(part, "Header")
        runs = RunWriter(document.language, Relations())
        runs.write(paragraph, (Run(short_title(document)),))
        if when := xml_safe(date_text(document)):
            add(add(paragraph, "r"), "tab")
            runs.write(paragraph, (Run(when),))
    elif not len(part):
        _paragraph(part, "Header")
    return part


def footer(document: Document) -> Element:
    """Return a footer: page of pages, then the marking."""
    part = root("ftr")
    paragraph = _paragraph(part, "Footer")
    cached = {"{page}": "1", "{pages}": str(_pages(document))}
    for piece in _PLACES.split(xml_safe(document.page_label)):
        if piece in _FIELDS:
            _field(paragraph, _FIELDS[piece], cached[piece])
        elif piece:
            RunWriter(document.language, Relations()).write(paragraph, (Run(piece),))
    _marking(part, document, "footer")
    return part


def _paragraph(part: Element, style: str) -> Element:
    paragraph = add(part, "p")
    add(add(paragraph, "pPr"), "pStyle", val=style)
    return paragraph


def _marking(part: Element, document: Document, place: str) -> None:
    if document.marking and place in document.marking.placement:
        runs = RunWriter(document.language, Relations())
        text = (Run(document.marking.text),)
        runs.write(_paragraph(part, "Marking"), text)


def _field(paragraph: Element, code: str, cached: str) -> None:
    add(add(paragraph, "r"), "fldChar", fldCharType="begin")
    add_text(add(paragraph, "r"), f" {code} ", "instrText")
    add(add(paragraph, "r"), "fldChar", fldCharType="separate")
    add_text(add(paragraph, "r"), cached)
    add(add(paragraph, "r"), "fldChar", fldCharType="end")


def _pages(document: Document) -> int:
    text = "".join(plain_text(line) for line in lines(document.blocks))
    holds = _PAGE_CJK if is_japanese(document.language) and has_cjk(text) else _PAGE
    return max(1, -(-len(text) // holds))
