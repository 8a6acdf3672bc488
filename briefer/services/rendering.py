"""A brief into the document tree: blocks in order, citations resolved to numbered notes.

One linear pass: the blocks are made with their citations, all notes are formatted together, and each
citation is replaced by the mark of its note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.dates import Dating, in_words
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitedExcerpt,
    Document,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    ListItem,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.excerpts import Excerpt
from briefer.domain.forms import GENERATED
from briefer.domain.markings import MarkingScheme, shown
from briefer.domain.sources import Source
from briefer.domain.tags import Role, TagKind, Vocabulary
from briefer.services.phrases import Phrases, phrases
from briefer.services.ports import Cite, Citer, Markup

_STOPS = ".,;:!?"
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
        style: str,
    ) -> None:
        self._brief = brief
        self._evidence = evidence
        self._markup = markup
        self._citer = citer
        self._markings = markings
        self._style = style
        self._phrases: Phrases = phrases(brief.language)
        self._clusters: list[list[Cite]] = []

    def document(self) -> Document:
        """Return the whole document."""
        brief, say = self._brief, self._phrases
        blocks = tuple(block for section in self._sections() for block in self._section(section))
        notes = self._citer.notes(self._clusters, style=self._style, language=brief.language)
        return Document(
            title=brief.title,
            blocks=blocks,
            notes=tuple(Note(number, inlines) for number, inlines in enumerate(notes, 1)),
            language=_LANGUAGE_TAGS[brief.language],
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
        elif section.type == "sources":
            yield from self._source_list(section)

    def _block(self, block: Block) -> Iterator[BlockNode]:
        if block.kind is BlockKind.PROSE:
            for node in self._markup.blocks(block.markdown, block.id):
                yield self._resolved(node)
            return
        excerpt = self._evidence.excerpts.get(block.excerpt_id or "")
        text = excerpt.quote if excerpt else self._phrases.missing
        said = (Run(f" — {excerpt.speaker}"),) if excerpt and excerpt.speaker else ()
        cited = (Citation((CitedExcerpt(block.excerpt_id or ""),)),) if excerpt else ()
        language = self._language_of(excerpt)
        inlines = self._inlines((Run(text, language=language), *said, *cited))
        yield Paragraph(inlines, ParagraphStyle.QUOTATION, block.id)

    def _language_of(self, excerpt: Excerpt | None) -> str | None:
        """Return the language of a quotation where it differs from the brief's."""
        source = self._evidence.sources.get(excerpt.source_id) if excerpt else None
        if source is None or not source.language or source.language == self._brief.language:
            return None
        return source.language

    # --- citations -------------------------------------------------------------------------------------

    def _resolved(self, node: BlockNode) -> BlockNode:
        if isinstance(node, Heading | Paragraph):
            return replace(node, inlines=self._inlines(node.inlines))
        if isinstance(node, ListBlock):
            items = tuple(ListItem(tuple(self._resolved(b) for b in item.blocks)) for item in node.items)
            return replace(node, items=items)
        return replace(
            node,
            header=tuple(self._inlines(cell) for cell in node.header),
            rows=tuple(tuple(self._inlines(cell) for cell in row) for row in node.rows),
        )

    def _inlines(self, inlines: Sequence[Inline]) -> Inlines:
        resolved = (self._noted(i) if isinstance(i, Citation) else i for i in inlines)
        return close_up(resolved, after_punctuation=self._brief.language == "en")

    def _noted(self, citation: Citation) -> Inline:
        cites = [cite for cited in citation.cited if (cite := self._cite(cited))]
        if len(cites) < len(citation.cited):
            return Run(self._phrases.missing, bold=True)
        self._clusters.append(cites)
        return NoteRef(len(self._clusters))

    def _cite(self, cited: CitedExcerpt) -> Cite | None:
        excerpt = self._evidence.excerpts.get(cited.excerpt_id)
        source = self._evidence.sources.get(excerpt.source_id) if excerpt else None
        if excerpt is None or source is None:
            return None
        locator = self._phrases.locator(excerpt.page, excerpt.paragraph)
        return Cite(source, locator, cited.prefix, cited.suffix)

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

    def _source_list(self, section: Section) -> Iterator[BlockNode]:
        ids = dict.fromkeys(e.source_id for e in self._cited())
        sources = [self._evidence.sources[i] for i in ids]
        entries = self._citer.bibliography(sources, style=self._style, language=self._brief.language)
        for number, entry in enumerate(entries, 1):
            yield Paragraph(entry, ParagraphStyle.SOURCE, f"{section.id}-{number}")


def close_up(inlines: Iterable[Inline], *, after_punctuation: bool) -> Inlines:
    """Return inlines with each note mark set tight against the word before it.

    What is typed as ``a source of supply [@id].`` reads as «a source of supply.¹»: in English the mark
    follows the punctuation (Chicago Manual of Style 13.29), in Japanese it precedes it.
    """
    closed: list[Inline] = []
    for inline in inlines:
        last = closed[-1] if closed else None
        if isinstance(inline, NoteRef) and isinstance(last, Run):
            closed[-1] = replace(last, text=last.text.rstrip())
        if isinstance(inline, Run) and isinstance(last, NoteRef) and after_punctuation:
            rest = inline.text.lstrip(_STOPS)
            stops = inline.text[: len(inline.text) - len(rest)]
            if stops:
                marks = _trailing_marks(closed)
                closed[len(closed) - marks : len(closed) - marks] = [Run(stops)]
                inline = replace(inline, text=rest)  # noqa: PLW2901
        closed.append(inline)
    return tuple(i for i in closed if not isinstance(i, Run) or i.text)


def _trailing_marks(inlines: Sequence[Inline]) -> int:
    return sum(1 for _ in takewhile(lambda i: isinstance(i, NoteRef), reversed(inlines)))


def _has_content(section: Section) -> bool:
    return section.type in GENERATED or any(b.excerpt_id or b.markdown.strip() for b in section.blocks)
