"""The numbers of an open brief's sections: those that its exports will have."""

from __future__ import annotations

import re

from briefer.domain.briefs import Block, Brief
from briefer.domain.form_parts import numbering_of
from briefer.domain.forms import Form
from briefer.domain.heading_numbers import headings_in, section_numbers
from briefer.services.ports import Markup

_MAYBE_HEADING = re.compile(r"#|^[ >]*(?:=+|-+)\s*$", re.MULTILINE)
"""What a text with a heading has, in either way of writing one in Markdown."""


class Numbering:
    """Numbers one brief again and again: texts that stay are not read anew."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._former: dict[str, tuple[int, ...]] = {}
        self._read: dict[str, tuple[int, ...]] = {}

    def numbers(self, brief: Brief, form: Form | None) -> dict[str, str]:
        """Return the numbers by section id; nothing of sections that an export leaves out, because they are empty."""
        self._former, self._read = self._read, {}
        return section_numbers(brief.sections, numbering_of(brief, form), self._levels)

    def _levels(self, block: Block) -> tuple[int, ...]:
        """Return the levels of the headings in a text: they count on under the section's own."""
        text = block.markdown
        if not _MAYBE_HEADING.search(text):
            return ()
        known = self._former.get(text)
        if known is None:
            known = tuple(heading.level for heading in headings_in(self._markup.blocks(text)))
        self._read[text] = known
        return known
