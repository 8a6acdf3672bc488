"""Whether claims have sources, and enough of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefer.domain.briefs import Block, Section
from briefer.domain.checks.material import KEY_TYPES, Material
from briefer.domain.checks.rules import finding
from briefer.domain.citations import cited_ids
from briefer.domain.excerpts import Excerpt
from briefer.domain.findings import Finding
from briefer.domain.source_groups import SourceGroup, source_group
from briefer.domain.sources import Source

_OWN_KNOWLEDGE = frozenset({"logistics", "people"})
"""Section types about the meeting itself, which needs no source."""
_POINTS = re.compile(r"\n\s*\n|\n(?=\s*[-*\d])")
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.](?=\w)[^.!?。！？\n]+)*[.!?。！？]?(?:\s*\[[^\]]*@[^\]]*\])*")
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    "|Sept?|Oct|Nov|Dec"
)
_CLAIM = re.compile(
    rf"\d{{2,}}|\d(?:\.\d+)?\s?(?:%|per ?cent)|[“”「」\"]|\b(?:{_MONTH})\s+\d|\d\s+(?:{_MONTH})\b"
    r"|[\d一二三四五六七八九十]月[\d一二三四五六七八九十]"
    # Two words with capitals within a sentence are a name; so is a Japanese one with a title.
    r"|(?<=[a-z,;] )[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)+|[一-龥々]{2,4}(?:氏|首相|大統領|外相|大臣|長官)"
)


def sourcing(material: Material) -> Iterator[Finding]:
    """Yield claims without a source, and key messages that rest on too little."""
    for section, block in material.prose():
        if section.type not in _OWN_KNOWLEDGE:
            yield from _claims(section, block)
        yield from _messages(material, section, block)
    for section in material.brief.sections:
        yield from _primary(material, section)


def _claims(section: Section, block: Block) -> Iterator[Finding]:
    for claim in claims(block.markdown):
        yield finding("no-source", f"No source for: {claim}", section.id, block.id)


@lru_cache(maxsize=4096)
def claims(markdown: str) -> tuple[str, ...]:
    """Return the beginnings of the sentences with a claim, in paragraphs of a text that cite nothing."""
    bare = (paragraph for paragraph in _POINTS.split(markdown) if not cited_ids(paragraph))
    found = (match[0].strip() for paragraph in bare for match in _SENTENCE.finditer(paragraph))
    return tuple(sentence[:80] for sentence in found if _CLAIM.search(sentence))


def _messages(material: Material, section: Section, block: Block) -> Iterator[Finding]:
    for point in _POINTS.split(block.markdown):
        sources = {source.id: source for _, source in material.of(cited_ids(point))}
        origins = {_origin(source) for source in sources.values()}
        if len(origins) == 1 and len(sources) > 1:
            names = ", ".join(sorted(s.publisher or s.title for s in sources.values()))
            message = f"{len(sources)} sources carry one text: {names}."
            yield finding("circular", message, section.id, block.id)
        elif len(origins) == 1 and section.type in KEY_TYPES:
            (source,) = sources.values()
            message = f"A key message rests on “{source.title}” alone."
            yield finding("single-source", message, section.id, block.id)


def _origin(source: Source) -> str:
    """Return what tells where a text comes from: its story, its agency with the day, or itself."""
    if source.story:
        return source.story
    return f"{source.wire} {source.published.value}" if source.wire and source.published.value else source.id


def lacks_primary(cited: Sequence[tuple[Excerpt, Source]]) -> bool:
    """Whether what a section cites is something, and none of it a primary source."""
    return bool(cited) and all(source_group(source) is not SourceGroup.PRIMARY for _, source in cited)


def _primary(material: Material, section: Section) -> Iterator[Finding]:
    official = material.official.get(section.id, ())
    if not official or not lacks_primary(material.in_section(section)):
        return
    message = f"“{section.heading}” cites no primary source, though the library has “{official[0].title}”."
    yield finding("no-primary", message, section.id)
