"""Page layout, headers and footers: marking, short title, date, page of pages."""

from __future__ import annotations

import re

from briefer.domain.documents import Document, Run
from briefer.export.frame import date_text, short_title, status
from briefer.export.odt.inlines import InlineWriter
from briefer.export.odt.xml import Element, TextWriter, add

_PLACES = re.compile(r"(\{page\}|\{pages\})")
_FIRST, _FOLLOWING = "Standard", "Following"
_MARGIN = "2.4cm"


def add_pages(part: Element, document: Document, inlines: InlineWriter) -> None:
    """Append layout and pages to styles.xml: a text begins on the page named Standard, and goes on on others."""
    automatic = add(part, "office:automatic-styles")
    layout = add(automatic, "style:page-layout", {"style:name": "Page"})
    add(
        layout,
        "style:page-layout-properties",
        {
            "fo:page-width": "21cm",
            "fo:page-height": "29.7cm",
            "style:print-orientation": "portrait",
            "fo:margin-top": "1.4cm",
            "fo:margin-bottom": "1.4cm",
            "fo:margin-left": _MARGIN,
            "fo:margin-right": _MARGIN,
            "style:writing-mode": "lr-tb",
        },
    )
    for kind, side in (("header", "bottom"), ("footer", "top")):
        space = {"fo:min-height": "0.8cm", f"fo:margin-{side}": "0.5cm"}
        add(add(layout, f"style:{kind}-style"), "style:header-footer-properties", space)
    masters = add(part, "office:master-styles")
    for name in (_FIRST, _FOLLOWING):
        after = {"style:next-style-name": _FOLLOWING} if name == _FIRST else {}
        attributes = {"style:name": name, "style:page-layout-name": "Page", **after}
        master = add(masters, "style:master-page", attributes)
        _header(add(master, "style:header"), document, inlines, first=name == _FIRST)
        _footer(add(master, "style:footer"), document, inlines)


def _header(parent: Element, document: Document, inlines: InlineWriter, *, first: bool) -> None:
    """The first page's has only the marking, as the title stands right below."""
    _marking(parent, document, inlines, "header")
    paragraph = add(parent, "text:p", {"text:style-name": "Header"})
    if not first:
        when = date_text(document)
        inlines.write(paragraph, (Run(short_title(document)), *((Run(f"\t{when}"),) if when else ())))


def _footer(parent: Element, document: Document, inlines: InlineWriter) -> None:
    paragraph = add(parent, "text:p", {"text:style-name": "Footer"})
    text = TextWriter()
    for piece in _PLACES.split(document.page_label):
        if piece == "{page}":
            add(paragraph, "text:page-number", {"text:select-page": "current"}, "1")
            text.other()
        elif piece == "{pages}":
            add(paragraph, "text:page-count", text="1")
            text.other()
        else:
            text.write(paragraph, piece)
    _marking(parent, document, inlines, "footer")


def _marking(parent: Element, document: Document, inlines: InlineWriter, place: str) -> None:
    marking = document.marking
    if marking and place in marking.placement:
        inlines.write(add(parent, "text:p", {"text:style-name": "Marking"}), (Run(marking.text),))
    # A draft is one on every page, and a copy bears its number there, whatever the marking's place.
    if line := status(document):
        inlines.write(add(parent, "text:p", {"text:style-name": "Status"}), (Run(line),))
