"""A brief into the document tree: blocks in order, citations resolved to numbered notes or texts.

One linear pass: the blocks are made with their citations, all of these are formatted together, and each is
replaced by the mark of its note, or by its text where the style cites in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.dates import Dating, in_words
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitedExcerpt,
    Document,
    Heading,
    Inlines,
    Note,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.excerpts import Excerpt
from briefer.domain.exporting import ExportOptions
from briefer.domain.forms import GENERATED
from briefer.domain.markings import MarkingScheme, shown
from briefer.domain.sources import Source
from briefer.domain.tags import Role, TagKind, Vocabulary
from briefer.services.citations import Cites, Placing
from briefer.services.phrases import Phrases, phrases
from briefer.services.ports import Cited, Citer, Markup

_LANGUAGE_TAGS = {"en": "en-GB", "ja": "ja-JP"}


@dataclass(frozen=True)
class Evidence:
    """What a brief cites: excerpts and sources by id (what is missing is not in them), and the labels of tags."""

    excerpts: Mapping[str, Excerpt]
    sources: Mapping[str, Source]
    vocabulary: Vocabulary


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
    ) -> None:
        self._brief = brief
        self._evidence = evidence
        self._markup = markup
        self._citer = citer
        self._markings = markings
        self._options = options
        self._locale = options.language or brief.language
        self._phrases: Phrases = phrases(brief.language)

    def document(self) -> Document:
        """Return the whole document."""
        brief, say = self._brief, self._phrases
        sections = [(section, tuple(self._section(section))) for section in self._sections()]
        cites = Cites(self._evidence.excerpts, self._evidence.sources)
        clusters = cites.clusters(block for _, blocks in sections for block in blocks)
        cited = self._citer.cited(clusters, self._sources(), style=self._options.style, language=self._locale)
        placing = Placing(cites, clusters, cited, brief.language, say.missing)
        notes = () if cited.in_text else placing.texts
        return Document(
            title=brief.title,
            blocks=tuple(self._placed(sections, placing, cited)),
            notes=tuple(Note(number, (text,)) for number, text in enumerate(notes, 1)),
            language=self._locale if "-" in self._locale else _LANGUAGE_TAGS[brief.language],
            date=brief.meeting_date or "",
            date_text=say.meeting.format(date=in_words(brief.meeting_date, brief.language))
            if brief.meeting_date
            else "",
            author=brief.author,
            audience=say.audience.format(audience=brief.audience) if brief.audience else "",
            marking=shown(brief.marking, self._markings),
            modified=brief.changed_at.isoformat(),
            identifier=brief.id,
            page_label=say.page,
        )

    def _placed(
        self, sections: Sequence[tuple[Section, tuple[BlockNode, ...]]], placing: Placing, cited: Cited
    ) -> Iterator[BlockNode]:
        """Yield the blocks with their citations in place, and the source list where the brief has it.

        Citations in the text mean nothing without the list: where no section is meant for it, it comes last.
        """
        listed = False
        for section, blocks in sections:
            yield from map(placing.block, blocks)
            if section.type == "sources":
                yield from _source_list(cited, section.id)
                listed = True
        if cited.in_text and cited.entries and not listed:
            yield Heading(1, (Run(self._phrases.sources),), "sources")
            yield from _source_list(cited, "sources")

    def _sections(self) -> Iterator[Section]:
        """Yield the sections that have something in them, or below them."""
        sections = self._brief.sections
        for index, section in enumerate(sections):
            below = []
            for later in sections[index + 1 :]:
                if later.level <= section.level:
                    break
                below.append(later)
            if any(_has_content(s) for s in (section, *below)):
                yield section

    def _section(self, section: Section) -> Iterator[BlockNode]:
        yield Heading(section.level, (Run(section.heading),), section.id)
        for block in section.blocks:
            yield from self._block(block)
        if section.type == "basis":
            yield Paragraph((Run(self._basis()),), anchor=f"{section.id}-basis")
        elif section.type == "coverage":
            yield from self._coverage(section)

    def _block(self, block: Block) -> Iterator[BlockNode]:
        if block.kind is BlockKind.PROSE:
            yield from self._markup.blocks(block.markdown, block.id)
            return
        excerpt = self._evidence.excerpts.get(block.excerpt_id or "")
        text = excerpt.quote if excerpt else self._phrases.missing
        said = (Run(f" — {excerpt.speaker}"),) if excerpt and excerpt.speaker else ()
        cited = (Citation((CitedExcerpt(block.excerpt_id or ""),)),) if excerpt else ()
        language = self._language_of(excerpt)
        yield Paragraph((Run(text, language=language), *said, *cited), ParagraphStyle.QUOTATION, block.id)

    def _language_of(self, excerpt: Excerpt | None) -> str | None:
        """Return the language of a quotation where it differs from the brief's."""
        source = self._evidence.sources.get(excerpt.source_id) if excerpt else None
        if source is None or not source.language or source.language == self._brief.language:
            return None
        return source.language

    # --- what Briefer writes itself --------------------------------------------------------------------

    def _cited(self) -> list[Excerpt]:
        found = (self._evidence.excerpts.get(i) for i in self._brief.excerpt_ids())
        return [e for e in found if e is not None]

    def _basis(self) -> str:
        say = self._phrases
        cited = self._cited()
        if not cited:
            return say.nothing
        sources = {e.source_id for e in cited}
        dates = self._dates(sources)
        text = say.basis.format(
            excerpts=say.excerpt_count(len(cited)), sources=say.source_count(len(sources))
        )
        if dates:
            first, last = self._day(dates[0]), self._day(dates[-1])
            period = say.basis_day if first == last else say.basis_period
            text += period.format(first=first, last=last)
        undated = len(sources) - len(dates)
        return text + (say.basis_undated.format(count=undated) if undated else "") + say.stop

    def _dates(self, source_ids: Iterable[str]) -> list[Dating]:
        """Return the known publication dates, oldest first."""
        published = (self._evidence.sources[i].published for i in source_ids)
        return sorted((d for d in published if d.value), key=lambda d: d.value or "")

    def _day(self, dating: Dating) -> str:
        """Return a date in words; one that the source does not state stands in brackets."""
        words = in_words(dating.value or "", self._brief.language)
        return words if dating.certain else f"[{words}]"

    def _coverage(self, section: Section) -> Iterator[BlockNode]:
        """Yield a table of what is cited by risk, or by partner where the brief is about a risk."""
        by_risk = not any(t.kind is TagKind.RISK for t in self._brief.subjects)
        kind = TagKind.RISK if by_risk else TagKind.PARTNER
        say = self._phrases
        rows: dict[str, list[Excerpt]] = {}
        for excerpt in self._cited():
            for name in {t.name for t in excerpt.tags if t.kind is kind and t.role is not Role.VENUE}:
                rows.setdefault(name, []).append(excerpt)
        if not rows:
            yield Paragraph((Run(say.nothing),), anchor=f"{section.id}-coverage")
            return
        what = say.risk if by_risk else say.partner
        header = tuple((Run(label),) for label in (what, say.excerpts, say.sources, say.newest))
        ordered = sorted(rows.items(), key=lambda row: (-len(row[1]), row[0]))
        yield Table(
            header,
            tuple(self._coverage_row(kind, name, excerpts) for name, excerpts in ordered),
            caption=say.coverage.format(what=what.lower()),
            anchor=f"{section.id}-coverage",
        )

    def _coverage_row(self, kind: TagKind, name: str, excerpts: Sequence[Excerpt]) -> tuple[Inlines, ...]:
        term = self._evidence.vocabulary.find(kind, name.partition(":")[2])
        label = term.label(self._brief.language) if term else name.partition(":")[2]
        sources = {e.source_id for e in excerpts}
        dates = self._dates(sources)
        newest = self._day(dates[-1]) if dates else self._phrases.no_date
        return tuple((Run(cell),) for cell in (label, str(len(excerpts)), str(len(sources)), newest))

    def _sources(self) -> list[Source]:
        ids = dict.fromkeys(excerpt.source_id for excerpt in self._cited())
        return [self._evidence.sources[source_id] for source_id in ids]


def _source_list(cited: Cited, anchor: str) -> Iterator[BlockNode]:
    for number, entry in enumerate(cited.entries, 1):
        yield Paragraph(entry, ParagraphStyle.SOURCE, f"{anchor}-{number}")


def _has_content(section: Section) -> bool:
    return section.type in GENERATED or any(b.excerpt_id or b.markdown.strip() for b in section.blocks)
