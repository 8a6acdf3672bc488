"""What the checks look at."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.excerpts import Excerpt
from briefer.domain.form_parts import parts_of
from briefer.domain.forms import SPOKEN, Form, SectionForm
from briefer.domain.markings import MarkingScheme
from briefer.domain.passages import cut_ends
from briefer.domain.record import Break
from briefer.domain.sources import Source
from briefer.domain.spans import Span, quote_at
from briefer.domain.tags import TagKind, Vocabulary
from briefer.domain.wires import Agencies, credited

KEY_TYPES = SPOKEN | {"ask", "objectives"}
"""The section types whose text is a key message: what the reader will say or decide by."""


Verbatim = tuple[str, Span, str]
"""A quotation with its snapshot's id and its span there."""


def verbatim_of(excerpt: Excerpt) -> Verbatim:
    """Return what must be equal for an excerpt to stand in its snapshot as another did."""
    return excerpt.snapshot_id, excerpt.span, excerpt.quote


@dataclass(frozen=True)
class Material:
    """A brief and what it cites.

    ``excerpts`` and ``sources`` are those that exist, by id; ``texts`` the texts of the snapshots on which the excerpts
    stand, by snapshot id, but for the excerpts in ``verbatim``, which were held against theirs before. ``official`` are the primary sources of the library, by id of the section whose tags they
    bear; ``cut`` tells of excerpts whether they begin, and whether they end, inside a word of theirs; ``agencies`` are those that are known, ``credits`` those that snapshots credit their texts to; ``former`` is the brief that this one was made from; ``altered`` are the snapshots whose texts are not those that were taken in, ``restated`` the
    sources and excerpts whose data are not as they were stored last, and the brief if it is not; ``broken`` is where the record is not what was written. ``today`` stands in for the day of the meeting where there is none.
    """

    brief: Brief
    form: Form
    excerpts: Mapping[str, Excerpt]
    sources: Mapping[str, Source]
    texts: Mapping[str, str]
    today: date
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    schemes: tuple[MarkingScheme, ...] = ()
    official: Mapping[str, Sequence[Source]] = field(default_factory=dict)
    verbatim: Container[Verbatim] = frozenset()
    former: Brief | None = None
    cut: Mapping[Verbatim, tuple[bool, bool]] = field(default_factory=dict)
    agencies: Agencies = field(default_factory=dict)
    credits: Mapping[str, str] = field(default_factory=dict)
    altered: Container[str] = frozenset()
    restated: Container[str] = frozenset()
    broken: Break | None = None

    def stands(self, excerpt: Excerpt) -> bool:
        """Whether an excerpt says what its snapshot says there."""
        if verbatim_of(excerpt) in self.verbatim:
            return True
        return quote_at(self.texts.get(excerpt.snapshot_id, ""), excerpt.span) == excerpt.quote

    def cuts(self, excerpt: Excerpt) -> tuple[bool, bool]:
        """Return whether an excerpt begins, and whether it ends, inside a word of its snapshot."""
        known = self.cut.get(verbatim_of(excerpt))
        return known or cut_ends(self.texts.get(excerpt.snapshot_id, ""), excerpt.span)

    def credit(self, excerpt: Excerpt) -> str:
        """Return the agency that the text of an excerpt is credited to, empty for none."""
        known = self.credits.get(excerpt.snapshot_id)
        return known or credited(self.texts.get(excerpt.snapshot_id, ""), self.agencies)

    @cached_property
    def partner_names(self) -> frozenset[str]:
        """The names of the partners that the vocabulary knows, in both languages."""
        partners = (term for term in self.vocabulary.terms if term.kind is TagKind.PARTNER)
        return frozenset(name for term in partners for name in (term.label_en, term.label_ja))

    def prose(self) -> Iterator[tuple[Section, Block]]:
        """Yield the prose blocks."""
        return ((s, b) for s, b in self.brief.blocks() if b.kind is BlockKind.PROSE)

    def cited(self, block: Block) -> Sequence[tuple[Excerpt, Source]]:
        """Return what a block quotes or cites, as far as it exists."""
        ids = block.excerpt_ids()
        found = self._cited.get(ids)
        if found is None:
            found = self._cited[ids] = tuple(self.of(ids))
        return found

    @cached_property
    def _cited(self) -> dict[tuple[str, ...], Sequence[tuple[Excerpt, Source]]]:
        """What was asked for before: nearly every rule asks again."""
        return {}

    def of(self, excerpt_ids: Sequence[str]) -> list[tuple[Excerpt, Source]]:
        """Return excerpts with their sources, as far as they exist."""
        found = (self.excerpts.get(i) for i in excerpt_ids)
        return [(e, self.sources[e.source_id]) for e in found if e and e.source_id in self.sources]

    def in_section(self, section: Section) -> list[tuple[Excerpt, Source]]:
        """Return what all blocks of a section cite."""
        return [pair for block in section.blocks for pair in self.cited(block)]

    def form_of(self, section: Section) -> SectionForm | None:
        """Return the form's part for a section, None where it has none."""
        return self._parts.get(section.id)

    @cached_property
    def _parts(self) -> dict[str, SectionForm]:
        return parts_of(self.brief.sections, self.form)
