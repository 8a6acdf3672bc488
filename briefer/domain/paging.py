"""How many pages a brief takes as a Word document: an estimate that counts all that is exported.

Lines are reckoned from the widths that characters have on average in Briefer's template (A4, text 459 points wide
and 700 high), for blocks, headings, the notes at the foot, the coverage table and the source list. Not counted are
what is chosen at export alone: annexes, contents, a house template. Lengths are points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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
_NARROW, _WIDE = 0.48, 1.0  # widths of characters as parts of the type's size
_WIDE_LETTER = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s|\s*\|")
_SIGNS = re.compile(r"[*_`#>|\\]|\]\([^()\s]*\)")
_FURTHER = 24
"""Characters that a note has besides the title: author, place, signs."""
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
        wide = 0 if text.isascii() else len(_WIDE_LETTER.findall(text))
        length = ((len(text) - wide) * _NARROW + wide * _WIDE) * self.size
        line = self.line * (1.3 if wide * 4 > len(text) else 1)
        return max(1, ceil(length / (_WIDTH - self.beside))) * line + self.around


_BODY = _Type(10.5, 13.9, 7)
_LIST = _Type(10.5, 13.9, 2, 18)
_QUOTE = _Type(10.5, 13.9, 15, 34)
_NOTE = _Type(8.5, 9.8, 2)
_ENTRY = _Type(10, 13.2, 4.5, 18)
_HEADINGS = {1: _Type(14, 16.9, 22.5), 2: _Type(12, 14.5, 16.5), 3: _Type(10.5, 12.7, 13.5)}
_OPENING = 32 + 20 + 19  # title, day and audience, marking
_ROW = 15.0


def pages_needed(brief: Brief, cited: Cited) -> int:
    """Return how many pages a brief takes, at least one."""
    sections = sum(section_height(section, cited) for section in filled(brief.sections))
    found = {pair[0].id: pair for _section, block in brief.blocks() for pair in cited(block)}
    return pages_of(sections + evidence_height(brief, found.values()))


def pages_of(height: float) -> int:
    """Return how many pages so much takes, at least one."""
    return max(1, ceil((height + _OPENING) / _PAGE))


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


def evidence_height(brief: Brief, found: Iterable[tuple[Excerpt, Source]]) -> float:
    """Return how much is taken by what Briefer writes about all that is cited: ``found``, each once.

    The first note on a source names it in full. The table of what is cited and the list of sources stand where
    the brief has sections for them.
    """
    pairs = tuple(found)
    sources = {source.id: source for _excerpt, source in pairs}.values()
    types = {section.type for section in brief.sections}
    height = sum(_first(source) for source in sources)
    if "sources" in types:
        height += sum(_ENTRY.height(_named(source)) for source in sources)
    if "basis" in types:
        height += _BODY.height("x" * 200)
    if "coverage" in types:
        kind = TagKind.PARTNER if any(t.kind is TagKind.RISK for t in brief.subjects) else TagKind.RISK
        height += _ROW * (2 + len({t.key for excerpt, _s in pairs for t in excerpt.tags if t.kind is kind}))
    return height


@lru_cache(maxsize=32_768)
def _prose(markdown: str) -> float:
    height = 0.0
    for line in filter(str.strip, uncited(markdown).splitlines()):
        style = _LIST if _ITEM.match(line) else _BODY
        height += style.height(_SIGNS.sub("", line))
    return height


@lru_cache(maxsize=32_768)
def _quoted(quote: str, speaker: str, translation: str) -> float:
    height = _QUOTE.height(f"{quote} — {speaker}" if speaker else quote)
    return height + (_QUOTE.height(translation) if translation else 0)


@lru_cache(maxsize=8_192)
def _note(title: str) -> float:
    return _NOTE.height(title + "x" * _FURTHER)


def _first(source: Source) -> float:
    """Return by how much the first note on a source is higher than the others."""
    return max(0.0, _NOTE.height(_named(source)) - _note(source.title))


def _named(source: Source) -> str:
    names = (*source.authors, source.title, source.publisher or "", source.container or "", source.url or "")
    return " ".join(names) + "x" * _DATED
