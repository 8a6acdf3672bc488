"""Inlines as the Markdown that Pandoc reads."""

from __future__ import annotations

import re

from briefer.domain import marks
from briefer.domain.documents import Inlines
from briefer.domain.marks import Cite, Dialect
from briefer.export.frame import safe_link

_PANDOC = Dialect(
    # The last four of the set, and @, are Pandoc's (formulas, superscripts, attributes, citations).
    special=re.compile(r"[\\`*_\[\]<~$^{}]|&(?=#|[0-9A-Za-z]+;)|!$|(?<![0-9A-Za-z])@"),
    line_start=re.compile(r"^(?:[#+=>|-]|:(?=-|::)|\d{1,9}(?=[.)](?:\s|$)))"),
    address=safe_link,
)


def line(inlines: Inlines, *, one: bool = False, cite: Cite | None = None) -> str:
    """Return ``inlines`` as the Markdown of a paragraph, or of ``one`` line (headings, cells, notes).

    ``cite`` writes citations; without it their text is written.
    """
    return marks.line(inlines, _PANDOC, one=one, cite=cite)
