"""Headers and footers: marking, short title, date, page of pages."""

from __future__ import annotations

import re

from briefer.domain.documents import Document, Run
from briefer.export.docx.fields import add_field
from briefer.export.docx.relations import Relations
from briefer.export.docx.runs import RunWriter, Shared
from briefer.export.docx.xml import Element, add, root
from briefer.export.frame import date_text, short_title, status

_PLACES = re.compile(r"(\{page\}|\{pages\})")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


class PageWriter:
    """Writes headers and footers."""

    def __init__(self, document: Document, shared: Shared, pages: int) -> None:
        self._document = document
        self._runs = RunWriter(shared, Relations())
        self._pages = pages

    def header(self, *, first: bool) -> Element:
        """Return a header; the first page's has only the marking, as the title stands right below."""
        part = root("hdr")
        self._marking(part, "header")
        if not first:
            paragraph = _paragraph(part, "Header")
            self._runs.write(paragraph, (Run(short_title(self._document)),))
            if when := date_text(self._document):
                add(add(paragraph, "r"), "tab")
                self._runs.write(paragraph, (Run(when),))
        elif not len(part):
            _paragraph(part, "Header")
        return part

    def footer(self) -> Element:
        """Return a footer: page of pages, then the marking."""
        part = root("ftr")
        paragraph = _paragraph(part, "Footer")
        cached = {"{page}": "1", "{pages}": str(self._pages)}
        for piece in _PLACES.split(self._document.page_label):
            if piece in _FIELDS:
                add_field(paragraph, _FIELDS[piece], cached[piece])
            elif piece:
                self._runs.write(paragraph, (Run(piece),))
        self._marking(part, "footer")
        return part

    def _marking(self, part: Element, place: str) -> None:
        marking = self._document.marking
        if marking and place in marking.placement:
            self._runs.write(_paragraph(part, "Marking"), (Run(marking.text),), strong=True)
        # A draft is one on every page, and a copy bears its number there, whatever the marking's place.
        if line := status(self._document):
            self._runs.write(_paragraph(part, "MarkingNote"), (Run(line),), strong=True)


def _paragraph(part: Element, style: str) -> Element:
    paragraph = add(part, "p")
    add(add(paragraph, "pPr"), "pStyle", val=style)
    return paragraph
