"""How a new brief fills its sections: which excerpts go where, by the form's rule.

Newest first and, within a day, best graded first (Admiralty code: reliability A-E before F, then
credibility 1-5 before 6; US Army FM 2-22.3 appendix B). An excerpt is used once, in the first section that
it fits; within one brief the same words are not quoted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from briefer.domain.excerpts import Excerpt
from briefer.domain.forms import Each, Fill, Form, SectionForm
from briefer.domain.results import Hit
from briefer.domain.tags import Role, Tag, TagKind, Vocabulary

_EACH_KIND = {Each.RISK: TagKind.RISK, Each.PARTNER: TagKind.PARTNER}


@dataclass(frozen=True)
class PlannedSection:
    """A section to be made: its form, heading, level, the tags it is about and the excerpts for it."""

    form: SectionForm
    heading: str
    level: int
    scope: tuple[Tag, ...]
    hits: tuple[Hit, ...]


def order(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits newest first (undated last), best graded first within a day, oldest id first in the rest."""
    by_id = sorted(hits, key=lambda h: h.excerpt.id)
    by_grade = sorted(by_id, key=lambda h: (h.source.reliability, h.excerpt.credibility))
    return sorted(by_grade, key=lambda h: h.source.published.value or "", reverse=True)


def plan(
    form: Form, hits: Iterable[Hit], subjects: Sequence[Tag], vocabulary: Vocabulary, language: str
) -> tuple[PlannedSection, ...]:
    """Return the sections of a new brief.

    Args:
        form: The form.
        hits: The excerpts that match the subjects.
        subjects: What the brief is for.
        vocabulary: For the headings of repeated sections.
        language: ``en`` or ``ja``.
    """
    pool = _Pool(order(hits))
    sections: list[PlannedSection] = []
    for section in form.sections:
        heading = section.heading(language)
        if section.each is Each.NONE:
            taken = pool.take(_anything, section.at_most) if section.fill is Fill.EXCERPTS else ()
            sections.append(PlannedSection(section, heading, 1, tuple(subjects), taken))
            continue
        sections.append(PlannedSection(section, heading, 1, tuple(subjects), ()))
        sections += _repeated(section, pool, subjects, vocabulary, language)
    return tuple(sections)


def _repeated(
    section: SectionForm, pool: _Pool, subjects: Sequence[Tag], vocabulary: Vocabulary, language: str
) -> Iterator[PlannedSection]:
    """Yield one section per tag, and one for the excerpts that bear none of them."""
    for tag in _tags_to_repeat(_EACH_KIND[section.each], pool.left, subjects):
        taken = pool.take(partial(_bears, tag=tag), section.at_most)
        if taken:
            yield PlannedSection(section, vocabulary.label(tag, language), 2, (*subjects, tag), taken)
    rest = pool.take(_anything, section.at_most)
    if rest:
        yield PlannedSection(section, section.rest(language), 2, tuple(subjects), rest)


class _Pool:
    """The excerpts not used yet."""

    def __init__(self, hits: list[Hit]) -> None:
        self.left = hits
        self._quoted: list[Excerpt] = []

    def take(self, fits: Callable[[Hit], bool], at_most: int) -> tuple[Hit, ...]:
        taken: list[Hit] = []
        for hit in self.left:
            if len(taken) < at_most and fits(hit) and not self._repeats(hit.excerpt):
                taken.append(hit)
                self._quoted.append(hit.excerpt)
        used = {h.excerpt.id for h in taken}
        self.left = [h for h in self.left if h.excerpt.id not in used]
        return tuple(taken)

    def _repeats(self, excerpt: Excerpt) -> bool:
        """Whether words of ``excerpt`` are in the brief already: the same place, or the same text elsewhere."""
        return any(
            (excerpt.snapshot_id == other.snapshot_id and excerpt.span.touches(other.span))
            or excerpt.quote.casefold() == other.quote.casefold()
            for other in self._quoted
        )


def _tags_to_repeat(kind: TagKind, hits: Sequence[Hit], subjects: Sequence[Tag]) -> list[Tag]:
    """Return the tags of ``kind`` in the pool, most used first; those of the brief's subjects are not repeated.

    A place that is only where something happened is no partner.
    """
    own = {t.name for t in subjects}
    counts: dict[Tag, int] = {}
    for hit in hits:
        for name in {t.name for t in hit.excerpt.tags if t.kind is kind and t.role is not Role.VENUE}:
            if name not in own:
                tag = Tag(kind, name.partition(":")[2], Role.PARTNER if kind is TagKind.PARTNER else None)
                counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts, key=lambda tag: (-counts[tag], tag.key))


def _anything(_hit: Hit) -> bool:
    return True


def _bears(hit: Hit, tag: Tag) -> bool:
    return any(t.name == tag.name and t.role is not Role.VENUE for t in hit.excerpt.tags)
