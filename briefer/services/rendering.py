"""A brief into the document tree: blocks in order, citations resolved to numbered notes or texts.

One linear pass: the blocks are made with their citations, all of these are formatted together, and each is
replaced by the mark of its note, or by its text where the style cites in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from briefer.domain.accounts import NO_ACCOUNT, Account
from briefer.domain.briefs import Block, BlockKind, Brief, Lane, Section, language_tag
from briefer.domain.characters import is_japanese
from briefer.domain.csl import public_csl_of
from briefer.domain.dates import in_words
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitedExcerpt,
    Contents,
    CrossReference,
    Document,
    Heading,
    Inlines,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphStyle,
    Run,
    RunStyle,
    Work,
    plain_text,
)
from briefer.domain.editing import MAX_LEVEL
from briefer.domain.excerpts import Excerpt
from briefer.domain.exporting import Annex, ExportOptions, SourceOrder
from briefer.domain.floors import Floor, Portion, floor
from briefer.domain.forms import GENERATED
from briefer.domain.heading_numbers import by_lane, filled
from briefer.domain.markings import MarkingScheme, level_of, portion, shown
from briefer.domain.portions import of_excerpt
from briefer.domain.printed import printed, without_sign
from briefer.domain.source_groups import SourceGroup, source_group
from briefer.domain.sources import Source
from briefer.services.annexes import Annexes
from briefer.services.citations import Cites, Made, Placing, made_of, rewritten, texts_of
from briefer.services.evidence import Evidence
from briefer.services.kept import Kept, MadeBlock, used_by
from briefer.services.phrases import Phrases, phrases
from briefer.services.ports import Cited, Citer, Markup, Told


class Renderer:
    """Renders one brief once."""

    def __init__(
        self,
        brief: Brief,
        evidence: Evidence,
        markup: Markup,
        citer: Citer,
        markings: tuple[MarkingScheme, ...],
        *,
        options: ExportOptions,
        account: Account = NO_ACCOUNT,
        kept: Kept | None = None,
    ) -> None:
        """``kept`` is what the rendering of the same brief before this one left, and is left what this one does."""
        self._brief = brief
        self._evidence = evidence
        self._markup = markup
        self._citer = citer
        self._markings = markings
        self._options = options
        self._locale = language_tag(brief, options.language)
        self._dated = brief.language if is_japanese(self._locale) else self._locale
        self._phrases: Phrases = phrases(brief.language)
        scheme = level_of(brief.marking, markings)
        self._portioned = options.portions or bool(scheme and scheme[0].portioned)
        self._annexes = Annexes(brief, evidence, account, dated=self._dated)
        self._places = {section.type: section.id for section in reversed(brief.sections)}
        self._anchors: set[str] = set()
        if options.ceiling:
            self._anchors = {section.id for section in brief.sections} | {b.id for _, b in brief.blocks()}
            self._anchors |= {f"annex-{annex}" for annex in options.annexes}
        self._cites = Cites(evidence.excerpts, evidence.sources)
        self._kept = Kept() if kept is None else kept
        self._blocks_before = self._kept.blocks if self._about == self._kept.about else {}
        self._blocks_now: dict[str, MadeBlock] = {}

    @property
    def _about(self) -> object:
        """What the blocks rest on besides themselves and what they cite."""
        brief = self._brief
        return brief.language, brief.marking, self._portioned, self._options, self._places, self._anchors

    def document(self) -> Document:
        """Return the whole document."""
        brief, say, options = self._brief, self._phrases, self._options
        sections = [(section, tuple(self._section(section))) for section in filled(brief.sections)]
        clusters = tuple(cites for _, parts in sections for made in parts for cites in made.clusters)
        sources = self._annexes.sources()
        by_type = options.source_order is SourceOrder.TYPE
        told = Told(options.wire, options.accessed, options.archived, by_type)
        cited = self._citer.cited(clusters, sources, style=options.style, language=self._locale, told=told)
        kept = self._kept
        texts = texts_of(clusters, cited, kept.texts)
        placing = Placing(texts, brief.language, say.missing, kept.placed)
        blocks = [*self._placed(sections, placing, cited), *self._annexed()]
        kept.about, kept.blocks, kept.placed, kept.texts = (
            self._about,
            self._blocks_now,
            placing.placed,
            texts,
        )
        kept.works = {source.id: self._work(source) for source in sources}
        contents = (Contents(say.contents),) if options.contents else ()
        return Document(
            title=self._title(),
            blocks=(*contents, *(numbered(blocks) if options.numbered else blocks)),
            notes=tuple(placing.notes),
            language=self._locale,
            date=brief.meeting_date or "",
            date_text=say.meeting.format(date=in_words(brief.meeting_date, self._dated))
            if brief.meeting_date
            else "",
            author=brief.author,
            audience=say.audience.format(audience=brief.audience) if brief.audience else "",
            addressee=brief.audience,
            marking=shown(brief.marking, self._markings),
            modified=brief.changed_at.isoformat(),
            identifier=brief.id,
            page_label=say.page,
            style=options.style,
            numbering=options.numbering,
            works=tuple(work for _source, work in kept.works.values()),
            draft=say.draft if options.draft else "",
            copy=say.copy.format(copy=options.copy) if options.copy else "",
            handling=options.handling,
        )

    def _placed(
        self, sections: Sequence[tuple[Section, tuple[Made, ...]]], placing: Placing, cited: Cited
    ) -> Iterator[BlockNode]:
        """Yield the blocks with their citations in place, and the source list where the brief has it.

        Citations in the text mean nothing without the list: where no section is meant for it, it comes last.
        """
        listed = False
        for section, parts in sections:
            yield from chain.from_iterable(map(placing.part, parts))
            if section.type == "sources":
                yield from self._source_list(cited, section.id, section.level + 1)
                listed = True
        if cited.in_text and cited.entries and not listed:
            yield Heading(1, (Run(self._phrases.sources),), "sources")
            yield from self._source_list(cited, "sources", 2)

    def _source_list(self, cited: Cited, anchor: str, level: int) -> Iterator[BlockNode]:
        """Yield the entries as the style orders them, or so within groups under headings of that level."""
        found = [(f"{anchor}-{number}", entry) for number, entry in enumerate(cited.entries, 1)]
        if self._options.source_order is SourceOrder.STYLE:
            yield from (Paragraph(entry.inlines, ParagraphStyle.SOURCE, place) for place, entry in found)
            return
        for group, label in zip(SourceGroup, self._phrases.source_groups, strict=True):
            own = [(place, entry) for place, entry in found if source_group(entry.source) is group]
            if own:
                yield Heading(min(level, 3), (Run(label),), f"{anchor}-{group}")
            yield from (Paragraph(entry.inlines, ParagraphStyle.SOURCE, place) for place, entry in own)

    def _section(self, section: Section) -> Iterator[Made]:
        generated = self._of_cited() if section.type in GENERATED and not section.marking else section.marking
        mark = self._portion(generated) if generated else ()
        heading = Heading(section.level, (*mark, Run(section.heading)), section.id, section=section.type)
        yield Made((heading,))
        yield from self._parts(section)
        if section.type == "basis":
            yield Made((Paragraph((Run(self._annexes.basis()),), anchor=f"{section.id}-basis"),))
        elif section.type == "coverage":
            yield Made(tuple(self._annexes.coverage(f"{section.id}-coverage")))

    def _parts(self, section: Section) -> Iterator[Made]:
        """Yield a section's blocks, by lane under small headings where something is not for disclosure."""
        names = {Lane.OPEN: self._phrases.may_be_used, Lane.CLOSED: self._phrases.not_for_disclosure}
        for lane, headed, blocks in by_lane(section):
            if headed:
                level, anchor = min(section.level + 1, MAX_LEVEL), f"{section.id}-{lane.name.lower()}"
                yield Made((Heading(level, (Run(names[lane]),), anchor, lane=True),))
            yield from map(self._made, blocks)

    def _made(self, block: Block) -> Made:
        """Return what a block becomes, which may be what it became the last time."""
        kept = self._blocks_before.get(block.id)
        if kept is None or not kept.holds(block, self._evidence):
            made = made_of(tuple(self._block(block)), self._cites)
            kept = MadeBlock(block, tuple(used_by(block, made, self._evidence)), made)
        self._blocks_now[block.id] = kept
        return kept.made

    def _work(self, source: Source) -> tuple[Source, Work]:
        kept = self._kept.works.get(source.id)
        return kept if kept and kept[0] is source else (source, Work(source.id, public_csl_of(source)))

    def _block(self, block: Block) -> Iterator[BlockNode]:
        if block.kind is BlockKind.PROSE:
            found = [rewritten(b, self._referring) for b in self._markup.blocks(block.markdown, block.id)]
            yield from marked(found, self._portion(block.marking))
            return
        excerpt = self._evidence.excerpts.get(block.excerpt_id or "")
        if excerpt is None:
            missing = (Run(self._phrases.missing),)
            yield Paragraph(missing, ParagraphStyle.QUOTATION, block.id)
            return
        said = (Run(f" — {excerpt.speaker}"),) if excerpt.speaker else ()
        text = tuple(self._quoted(block, excerpt))
        cited = Citation((CitedExcerpt(excerpt.id),), note=self._original(block, excerpt))
        source = self._evidence.sources.get(excerpt.source_id)
        portion = self._portion(excerpt.marking or (source.marking if source else None))
        yield Paragraph((*portion, *text, *said, cited), ParagraphStyle.QUOTATION, block.id)
        if excerpt.translation:
            say = self._phrases
            frame = say.official_translation if excerpt.translation_official else say.working_translation
            translation = Run(frame.format(text=excerpt.translation))
            yield Paragraph((*portion, translation), ParagraphStyle.TRANSLATION, f"{block.id}-translation")
        if self._options.comments and excerpt.comment:
            comment = Run(self._phrases.comment.format(text=excerpt.comment))
            own = self._portion(excerpt.comment_marking)
            yield Paragraph((*own, comment), anchor=f"{block.id}-comment")

    def _referring(self, inlines: Inlines) -> Inlines:
        """Return ``inlines`` with references to a type of section (``#background``) leading to its first one.

        In a version that leaves something out, one that leads nowhere is its words alone.
        """
        return tuple(self._reference(i) if isinstance(i, CrossReference) else i for i in inlines)

    def _reference(self, reference: CrossReference) -> CrossReference | Run:
        anchor = self._places.get(reference.anchor, reference.anchor)
        if self._options.ceiling and anchor not in self._anchors:
            return Run(reference.text)
        return replace(reference, anchor=anchor)

    def _quoted(self, block: Block, excerpt: Excerpt) -> Iterator[Run]:
        """Yield the text of a quotation; what an editor put in stands out, and is in the brief's language."""
        language = self._language_of(excerpt)
        for piece in printed(block.shown, excerpt.quote):
            if piece.editorial:
                yield Run(piece.text, style=RunStyle.EDITORIAL)
            else:
                yield Run(piece.text, language=language)

    def _original(self, block: Block, excerpt: Excerpt) -> Inlines:
        """Return what the note of a shortened quotation gives besides, where that is wanted."""
        if not (self._options.originals and block.shown):
            return ()
        before, after = self._phrases.original.split("{text}")
        return (
            Run(before),
            Run(without_sign(excerpt.quote), language=self._language_of(excerpt)),
            Run(after),
        )

    def _portion(self, marking: str | None) -> Inlines:
        if not self._portioned:
            return ()
        mark = portion(marking or "", self._markings, self._brief.marking)
        return (Run(mark, style=RunStyle.PORTION), Run(" ")) if mark else ()

    def _of_cited(self) -> str:
        """Return the marking of what is made of everything that is cited: the highest of that."""
        cited = ((e, self._evidence.sources[e.source_id]) for e in self._annexes.cited)
        markings = (Portion(marking, what) for pair in cited for marking, what in of_excerpt(*pair))
        least = floor(markings, self._markings, self._brief.marking)
        return least.marking if isinstance(least, Floor) else ""

    def _annexed(self) -> Iterator[BlockNode]:
        cited = self._portion(self._of_cited())
        for block in self._annexes.annexes(self._options.annexes):
            if isinstance(block, Heading) and block.annex:
                # What was let pass may repeat words of any portion.
                of_all = block.anchor == f"annex-{Annex.RECORD}"
                mark = self._portion(self._brief.marking) if of_all else cited
                yield replace(block, inlines=(*mark, *block.inlines))
            else:
                yield block

    def _title(self) -> str:
        mark = self._portion(self._brief.title_marking) if self._brief.title_marking else ()
        return plain_text((*mark, Run(self._brief.title)))

    def _language_of(self, excerpt: Excerpt) -> str | None:
        """Return the language of a quotation where it differs from the brief's."""
        source = self._evidence.sources.get(excerpt.source_id)
        if source is None or not source.language or source.language == self._brief.language:
            return None
        return source.language


def marked(blocks: Sequence[BlockNode], mark: Inlines) -> Iterator[BlockNode]:
    """Yield the blocks of a text with the mark of its protection before its first words."""
    if not mark or not blocks:
        yield from blocks
        return
    first, *rest = blocks
    match first:
        case Paragraph() | Heading():
            yield replace(first, inlines=(*mark, *first.inlines))
        case ListBlock():
            items = (ListItem(tuple(marked(first.items[0].blocks, mark))), *first.items[1:])
            yield replace(first, items=items)
        case _:
            yield Paragraph(mark)
            yield first
    yield from rest


def numbered(blocks: Iterable[BlockNode]) -> Iterator[BlockNode]:
    """Yield ``blocks`` with the paragraphs of the text numbered; annexes count on."""
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.style is ParagraphStyle.BODY:
            number += 1
            yield replace(block, number=number)
        else:
            yield block
