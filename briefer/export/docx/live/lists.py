"""The source list in a written body."""

from __future__ import annotations

from itertools import groupby

from briefer.export.docx.xml import Element, w

_STYLE = "Bibliography"


def source_paragraphs(body: Element) -> list[Element]:
    """Return the paragraphs of the source list, or none where it is in several parts.

    A list under headings of its own (primary, press, analysis) is none that a program could make anew.
    """
    stretches = [
        list(stretch) for listed, stretch in groupby(body, key=lambda e: _style(e) == _STYLE) if listed
    ]
    return stretches[0] if len(stretches) == 1 else []


def _style(element: Element) -> str | None:
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    return style.get(w("val")) if style is not None else None
