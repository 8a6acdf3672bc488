"""Checks over a brief before it is circulated.

Red is what would make the document wrong; amber what a reader may ask about. Sources of the rules: locked
quotations and visible inference of dates from docs/ARCHITECTURE.md; claims that bear a figure or quotation
marks need a source (US ICD 206, section D).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.citations import cited_ids
from briefer.domain.dates import Basis
from briefer.domain.excerpts import Anchoring, Excerpt
from briefer.domain.findings import Finding, Level
from briefer.domain.forms import GENERATED, Form
from briefer.domain.sources import Source
from briefer.domain.spans import quote_at

_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]?(?:\s*\[[^\]]*@[^\]]*\])*")
_OWN_KNOWLEDGE = frozenset({"logistics"})
"""Section types about the meeting itself, which needs no source."""
_CLAIM = re.compile(r"\d{2,}|[“”「」\"]")


def check_brief(
    brief: Brief,
    form: Form,
    excerpts: Mapping[str, Excerpt],
    sources: Mapping[str, Source],
    texts: Mapping[str, str],
) -> tuple[Finding, ...]:
    """Return the findings, red first, each group in reading order; the same thing is told once, where it is first.

    Args:
        brief: The brief.
        form: Its form, for the sections that must not be empty.
        excerpts: The cited excerpts that exist, by id.
        sources: Their sources, by id.
        texts: The texts of the snapshots on which the excerpts stand, by snapshot id.
    """
    found = [*_whole(brief, form)]
    for section, block in brief.blocks():
        found += _evidence(section, block, excerpts, sources, texts)
        if block.kind is BlockKind.PROSE and section.type not in _OWN_KNOWLEDGE:
            found += _claims(section, block)
    told: dict[tuple[str, str], Finding] = {}
    for finding in found:
        told.setdefault((finding.check, finding.message), finding)
    return tuple(sorted(told.values(), key=lambda finding: finding.level is not Level.RED))


def _whole(brief: Brief, form: Form) -> Iterator[Finding]:
    required = {s.type for s in form.sections if s.required}
    for index, section in enumerate(brief.sections):
        later = brief.sections[index + 1 :]
        has_below = bool(later) and later[0].level > section.level
        filled = any(b.excerpt_id or b.markdown.strip() for b in section.blocks)
        if section.type in required and not (filled or has_below or section.type in GENERATED):
            message = f"“{section.heading}” is empty; the form asks for it."
            yield Finding("empty-section", Level.AMBER, message, section.id)
    if not brief.excerpt_ids():
        yield Finding("no-sources", Level.RED, "The brief cites no source at all.")
    if not brief.marking:
        yield Finding("no-marking", Level.AMBER, "The brief bears no marking.")


def _evidence(
    section: Section,
    block: Block,
    excerpts: Mapping[str, Excerpt],
    sources: Mapping[str, Source],
    texts: Mapping[str, str],
) -> Iterator[Finding]:
    for excerpt_id in block.excerpt_ids():
        excerpt = excerpts.get(excerpt_id)
        source = sources.get(excerpt.source_id) if excerpt else None
        if excerpt is None or source is None:
            message = f"The citation [@{excerpt_id}] has no source in this library."
            yield Finding("source-missing", Level.RED, message, section.id, block.id)
            continue
        if quote_at(texts.get(excerpt.snapshot_id, ""), excerpt.span) != excerpt.quote:
            message = f"A quotation differs from “{source.title}”."
            yield Finding("quote-altered", Level.RED, message, section.id, block.id)
        elif excerpt.anchored is Anchoring.FUZZY:
            message = f"A quotation was found again only roughly in a newer capture of “{source.title}”; compare it."
            yield Finding("quote-carried", Level.AMBER, message, section.id, block.id)
        yield from _dating(section, block, source)


def _dating(section: Section, block: Block, source: Source) -> Iterator[Finding]:
    if source.published.value is None:
        message = f"“{source.title}” has no publication date."
        yield Finding("undated", Level.AMBER, message, section.id, block.id)
    elif source.published.basis is not Basis.EXPLICIT:
        message = f"The date of “{source.title}” is {source.published.basis}, not stated."
        yield Finding("date-inferred", Level.AMBER, message, section.id, block.id)


def _claims(section: Section, block: Block) -> Iterator[Finding]:
    """Yield the sentences with a figure or quotation marks in paragraphs that cite nothing."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*[-*\d])", block.markdown):
        if cited_ids(paragraph):
            continue
        for match in _SENTENCE.finditer(paragraph):
            sentence = match[0].strip()
            if _CLAIM.search(sentence):
                message = f"No source for: {sentence[:80]}"
                yield Finding("no-source", Level.AMBER, message, section.id, block.id)
