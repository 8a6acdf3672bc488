"""How many pages a brief takes as a Word document: an estimate that counts all that is exported.

Lines are reckoned from the widths that characters have on average in Briefer's template (A4, text 459 points wide
and 700 high), for blocks, headings, the notes at the foot, the coverage table and the source list. Not counted are
what is chosen at export alone: annexes, contents, a house template. Lengths are points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from briefer.domain.briefs import Block, Brief, Section
from briefer.domain.citations import uncited
from briefer.domain.excerpts import Excerpt
from briefer.domain.heading_numbers import filled
from briefer.domain.sources import Source
from briefer.domain.tags import TagKind

Cited = Callable[[Block], Sequence[tuple[Excerpt, Source]]]
"""Gives what a block quotes or cites, as far as it exists."""

_PAGE, _WIDTH = 700.0, 459.0
_UNFILLED = 18.0
"""What stays free at the foot of a page that is not the last: lines that are kept together, and the rule above the notes."""
NARROW, WIDE = 0.45, 1.0
"""Widths of characters as parts of the type's size, with what a line leaves free at its end."""
WIDE_LETTER = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s|\s*\|")
_SIGNS = re.compile(r"[*_`#>|\\]|\]\([^()\s]*\)")
_SHORT, _FURTHER = 30, 24
"""Characters that a note has of the title, where it is not the first on its source, and besides: author, place, signs."""
_DATED = 26
"""Those that the first note on a source and its entry in the list have besides its names: date, signs."""


@dataclass(frozen=True)
class _Type:
    """The size of a style's letters, the height of its line, the room around a paragraph, and beside it."""

    size: float
    line: float
    around: float
    beside: float = 0.0

    def height(self, text: str) -> float:
        wide = 0 if text.isascii() else len(WIDE_LETTER.findall(text))
        length = ((len(text) - wide) * NARROW + wide * WIDE) * self.size
        line = self.line * (1.3 if wide * 4 > len(text) else 1)
        return max(1, ceil(length / (_WIDTH - self.beside))) * line + self.around


# Of two rooms that meet, the larger counts: that above a heading takes that below the text before it in.
_BODY = _Type(10.5, 13.9, 7)
_LIST = _Type(10.5, 13.9, 3.5, 18)
_LIST_END = 3.5
_QUOTE = _Type(10.5, 13.9, 9, 34)
_NOTE = _Type(8.5, 9.8, 2)
_ENTRY = _Type(10, 13.2, 4.5, 18)
_HEADINGS = {1: _Type(14, 16.9, 15), 2: _Type(12, 14.5, 9), 3: _Type(10.5, 12.7, 6)}
_TITLE = _Type(19, 22.9, 9)
_SUBTITLE, _MARKING = 20.0, 19.0
_ROW, _CAPTION = 17.9, 20.0
_BASIS = 120  # characters of the sentence on what a brief rests on
KEPT_ROWS = 12
"""A table of so many rows stays on one page."""


@dataclass(frozen=True)
class Evidence:
    """The room of what Briefer writes about all that is cited: what the first notes have more, and by section type.

    A ``kept`` table of what is cited stands on one page.
    """

    notes: float
    coverage: float
    sources: float
    basis: float
    kept: bool


def pages_needed(brief: Brief, cited: Cited) -> int:
    """Return how many pages a brief takes, at least one."""
    heights = {section.id: section_height(section, cited) for section in brief.sections}
    found = {pair[0].id: pair for _section, block in brief.blocks() for pair in cited(block)}
    return pages_of(brief, heights, evidence_of(brief, found.values()))


def pages_of(brief: Brief, heights: Mapping[str, float], evidence: Evidence) -> int:
    """Return how many pages a brief takes with sections of these heights (by id) and this evidence, at least one."""
    usual = _PAGE - _UNFILLED
    reached = _head_height(brief) + evidence.notes
    for section in filled(brief.sections):
        own = heights[section.id] + _evident(section.type, evidence)
        left = usual - reached % usual
        if section.type == "coverage" and evidence.kept and own > left:
            reached += left
        reached += own
    return 1 + max(0, ceil((reached - _PAGE) / usual))


def _evident(type_: str, evidence: Evidence) -> float:
    return {"coverage": evidence.coverage, "sources": evidence.sources, "basis": evidence.basis}.get(
        type_, 0.0
    )


def _head_height(brief: Brief) -> float:
    """Return how much title, marking, and day, audience and author take."""
    under = bool(brief.meeting_date or brief.audience or brief.author)
    return _TITLE.height(brief.title) + under * _SUBTITLE + bool(brief.marking) * _MARKING


def section_height(section: Section, cited: Cited) -> float:
    """Return how much the heading, the blocks and their notes take."""
    return heading_height(section) + sum(block_height(block, cited(block)) for block in section.blocks)


def heading_height(section: Section) -> float:
    """Return how much the heading of a section takes, where an export has it (:func:`~heading_numbers.filled`)."""
    return _HEADINGS[section.level].height(section.heading)


def block_height(block: Block, found: Sequence[tuple[Excerpt, Source]]) -> float:
    """Return how much a block takes, with its notes; ``found`` is what it quotes or cites."""
    height = _prose(block.markdown)
    if block.excerpt_id:
        height += sum(_quoted(block.shown or e.quote, e.speaker or "", e.translation or "") for e, _ in found)
    return height + sum(_note(source.title) for _excerpt, source in found)


def evidence_of(brief: Brief, found: Iterable[tuple[Excerpt, Source]]) -> Evidence:
    """Return how much is taken by what Briefer writes about all that is cited: ``found``, each once.

    The first note on a source names it in full.
    """
    pairs = tuple(found)
    sources = {source.id: source for _excerpt, source in pairs}.values()
    kind = TagKind.PARTNER if any(t.kind is TagKind.RISK for t in brief.subjects) else TagKind.RISK
    rows = len({tag.key for excerpt, _source in pairs for tag in excerpt.tags if tag.kind is kind})
    return Evidence(
        notes=sum(map(_first, sources)),
        coverage=_CAPTION + _ROW * (1 + rows),
        sources=sum(_ENTRY.height(_named(source)) for source in sources),
        basis=_BODY.height("x" * _BASIS),
        kept=rows <= KEPT_ROWS,
    )


@lru_cache(maxsize=32_768)
def _prose(markdown: str) -> float:
    height, in_list = 0.0, False
    for line in filter(str.strip, uncited(markdown).splitlines()):
        ended, in_list = in_list, bool(_ITEM.match(line))
        style = _LIST if in_list else _BODY
        height += style.height(_SIGNS.sub("", line)) + (_LIST_END if ended and not in_list else 0)
    return height + (_LIST_END if in_list else 0)


@lru_cache(maxsize=32_768)
def _quoted(quote: str, speaker: str, translation: str) -> float:
    height = _QUOTE.height(f"{quote} — {speaker}" if speaker else quote)
    return height + (_QUOTE.height(translation) if translation else 0)


@lru_cache(maxsize=8_192)
def _note(title: str) -> float:
    return _NOTE.height(title[:_SHORT] + "x" * _FURTHER)


def _first(source: Source) -> float:
    """Return by how much the first note on a source is higher than the others."""
    return max(0.0, _NOTE.height(_named(source)) - _note(source.title))


def _named(source: Source) -> str:
    names = (*source.authors, source.title, source.publisher or "", source.container or "", source.url or "")
    return " ".join(names) + "x" * _DATED
