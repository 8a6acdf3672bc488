"""The manifest of a document: what it is and what it rests on, for those who have only the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefer.domain.accounts import NO_ACCOUNT, Account
from briefer.domain.briefs import Brief
from briefer.domain.characters import xml_safe
from briefer.domain.documents import (
    BlockNode,
    CitationText,
    Document,
    Heading,
    Inlines,
    ListBlock,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Table,
    plain_text,
)
from briefer.domain.excerpts import Excerpt
from briefer.domain.exporting import Annex, ExportOptions
from briefer.domain.hashing import text_sha256
from briefer.domain.manifests import CitationRecord, ExcerptRecord, Manifest, QuotationRecord
from briefer.domain.printed import printed_text
from briefer.domain.verification import warned
from briefer.services.evidence import Evidence

# The lanes are left out: who is given what may be used need not learn that there is more.
_UNTOLD = frozenset({"style", "language", "lanes"})


@dataclass(frozen=True)
class Exported:
    """What is exported: a state of a brief with its number, what it cites, and how it was rendered.

    ``snapshots`` are the SHA-256 of the original bytes by the ids of their snapshots; ``account`` is told where the
    document has the annex that shows it.
    """

    brief: Brief
    version: int
    evidence: Evidence
    snapshots: Mapping[str, str]
    document: Document
    options: ExportOptions
    account: Account = NO_ACCOUNT


def manifest_of(exported: Exported) -> Manifest:
    """Return the manifest of a document; only what the document itself shows is in it."""
    document, options = exported.document, exported.options
    places = tuple(_places(document.blocks))
    quotations = tuple(_quotations(exported, places))
    citations = tuple(_citations(document, places))
    quoted = {record.excerpt_id for record in quotations}
    ids = dict.fromkeys(i for record in citations for i in record.excerpt_ids if i not in quoted)
    cited = [exported.evidence.excerpts[i] for i in ids]
    sources = [exported.evidence.sources[work.id] for work in document.works]
    marking = document.marking
    return Manifest(
        brief_id=exported.brief.id,
        version=exported.version,
        form=exported.brief.form,
        style=Path(options.style).name,
        language=document.language,
        title=xml_safe(document.title),
        marking=xml_safe(marking.text) if marking else "",
        marked=(*marking.placement, "text") if marking else (),
        options={key: value for key, value in options.chosen().items() if key not in _UNTOLD},
        works={work.id: work.csl for work in document.works},
        flags={source.id: found for source in sources if (found := warned(source.flags))},
        quotations=quotations,
        citations=citations,
        cited=tuple(_cited(excerpt, exported.snapshots) for excerpt in cited),
        account=exported.account if Annex.RECORD in options.annexes else NO_ACCOUNT,
    )


@dataclass(frozen=True)
class _Place:
    """A stretch of text: the id of its block, or of the one that it follows, and that of the heading above."""

    anchor: str
    section: str
    inlines: Inlines
    quotation: bool = False


def _places(blocks: Iterable[BlockNode]) -> Iterator[_Place]:
    anchor = section = ""
    for block in blocks:
        for own, quotation, inlines in _stretches(block):
            anchor = own or anchor
            section = anchor if isinstance(block, Heading) and not block.lane else section
            yield _Place(anchor, section, inlines, quotation)


def _stretches(block: BlockNode) -> Iterator[tuple[str, bool, Inlines]]:
    match block:
        case Heading():
            yield block.anchor, False, block.inlines
        case Paragraph():
            yield block.anchor, block.style is ParagraphStyle.QUOTATION, block.inlines
        case ListBlock():
            yield block.anchor, False, ()
            for item in block.items:
                for inner in item.blocks:
                    yield from _stretches(inner)
        case Table():
            yield block.anchor, False, ()
            for row in (block.header, *block.rows):
                for cell in row:
                    yield "", False, cell
        case _:
            yield block.anchor, False, ()


def _quotations(exported: Exported, places: Iterable[_Place]) -> Iterator[QuotationRecord]:
    blocks = {block.id: block for _section, block in exported.brief.blocks()}
    for place in places:
        block = blocks.get(place.anchor) if place.quotation else None
        excerpt = exported.evidence.excerpts.get(block.excerpt_id or "") if block else None
        if block and excerpt:
            shown = xml_safe(printed_text(block.shown, excerpt.quote))
            lead, _, tail = xml_safe(plain_text(place.inlines)).partition(shown)
            yield QuotationRecord(
                anchor=place.anchor,
                excerpt_id=excerpt.id,
                source_id=excerpt.source_id,
                snapshot_sha256=exported.snapshots[excerpt.snapshot_id],
                start=excerpt.span.start,
                end=excerpt.span.end,
                shown=shown,
                digest=text_sha256(excerpt.quote),
                edited=shown != excerpt.quote,
                lead=lead,
                tail=tail,
                section=place.section,
                paragraph=excerpt.paragraph,
                page=excerpt.page,
            )


def _citations(document: Document, places: Iterable[_Place]) -> Iterator[CitationRecord]:
    notes = {note.number: note.inlines for note in document.notes}
    for place in places:
        for inline in place.inlines:
            if isinstance(inline, CitationText):
                yield _record(inline, 0, xml_safe(plain_text(inline.inlines)), place)
            elif isinstance(inline, NoteRef):
                text = xml_safe(plain_text(notes[inline.number]))
                found = [i for i in notes[inline.number] if isinstance(i, CitationText)]
                yield from (_record(i, inline.number, text, place) for i in found)
                if not found:
                    yield CitationRecord("", inline.number, (), text, place.anchor)


def _record(citation: CitationText, note: int, text: str, place: _Place) -> CitationRecord:
    excerpts = tuple(dict.fromkeys(item.excerpt_id for item in citation.items if item.excerpt_id))
    return CitationRecord(citation.id, note, excerpts, text, place.anchor)


def _cited(excerpt: Excerpt, snapshots: Mapping[str, str]) -> ExcerptRecord:
    return ExcerptRecord(
        excerpt_id=excerpt.id,
        source_id=excerpt.source_id,
        snapshot_sha256=snapshots[excerpt.snapshot_id],
        start=excerpt.span.start,
        end=excerpt.span.end,
        digest=text_sha256(excerpt.quote),
        paragraph=excerpt.paragraph,
        page=excerpt.page,
    )
