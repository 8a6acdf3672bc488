"""How a new brief fills its sections: which excerpts go where by the form's rule, and why.

Newest first and, within a day, best graded first (Admiralty code: reliability A-E before F, then
credibility 1-5 before 6; US Army FM 2-22.3 appendix B). An excerpt is used once, in the first section that
it fits; within one brief the same words are not quoted twice, nor what is much the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from briefer.domain.excerpts import Excerpt
from briefer.domain.forms import Each, Fill, Form, SectionForm
from briefer.domain.results import Hit
from briefer.domain.similarity import SAME_STORY, likeness
from briefer.domain.tags import Role, Tag, TagKind, Vocabulary

_EACH_KIND = {Each.RISK: TagKind.RISK, Each.PARTNER: TagKind.PARTNER}


class Left(StrEnum):
    """Why an excerpt that fits a section was left out of it."""

    SAME_WORDS = "same-words"
    ALIKE = "alike"
    FULL = "full"
    UNWANTED = "unwanted"


@dataclass(frozen=True)
class Choice:
    """An excerpt for a section, and the tags by which it belongs there."""

    hit: Hit
    because: tuple[Tag, ...]


@dataclass(frozen=True)
class LeftOut:
    """An excerpt that fits a section and was not chosen for it; ``like`` is the chosen one that it repeats."""

    hit: Hit
    why: Left
    like: Excerpt | None = None


@dataclass(frozen=True)
class PlannedSection:
    """A section to be made: its form, heading, level, the tags it is about, and the excerpts for it."""

    form: SectionForm
    heading: str
    level: int
    scope: tuple[Tag, ...]
    choices: tuple[Choice, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The excerpts that were chosen."""
        return tuple(choice.hit for choice in self.choices)


def order(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits newest first (undated last), best graded first within a day, oldest id first in the rest."""
    by_id = sorted(hits, key=lambda h: h.excerpt.id)
    by_grade = sorted(by_id, key=lambda h: (h.source.reliability, h.excerpt.credibility))
    return sorted(by_grade, key=lambda h: h.source.published.value or "", reverse=True)


@dataclass(frozen=True)
class Rule:
    """What a plan goes by: the form with a variant of its names, what the brief is for, the vocabulary, ``en`` or ``ja``."""

    form: Form
    subjects: tuple[Tag, ...]
    vocabulary: Vocabulary
    language: str = "en"
    variant: str = ""


def plan(
    rule: Rule,
    hits: Iterable[Hit],
    excluded: Collection[str] = (),
    included: Collection[str] = (),
    present: Sequence[Excerpt] = (),
) -> tuple[PlannedSection, ...]:
    """Return the sections of a new brief.

    Args:
        rule: What the plan goes by.
        hits: The excerpts that match the subjects.
        excluded: Ids of excerpts that nobody wants; the next ones take their places.
        included: Ids of excerpts that somebody wants, though they repeat others or the section is full.
        present: Excerpts that the brief has already; what repeats them is left out.
    """
    pool = _Pool(order(hits), excluded, included, present)
    sections: list[PlannedSection] = []
    for section in rule.form.sections:
        heading = section.heading(rule.language, rule.variant)
        if section.each is Each.NONE and section.fill is Fill.EXCERPTS:
            sections.append(pool.section(section, heading, 1, rule.subjects, _anything))
            continue
        sections.append(PlannedSection(section, heading, 1, rule.subjects))
        if section.each is not Each.NONE:
            sections += _repeated(section, pool, rule)
    return tuple(sections)


def _repeated(section: SectionForm, pool: _Pool, rule: Rule) -> Iterator[PlannedSection]:
    """Yield one section per tag, and one for the excerpts that bear none of them."""
    tags = _tags_to_repeat(_EACH_KIND[section.each], pool.left, rule.subjects)
    for tag in tags:
        label = rule.vocabulary.label(tag, rule.language)
        scope = tuple(dict.fromkeys((*rule.subjects, tag)))
        planned = pool.section(section, label, 2, scope, partial(_bears, tag=tag))
        if planned.choices:
            yield planned
    rest = pool.section(
        section, section.rest(rule.language), 2, rule.subjects, partial(_bears_none, tags=tags)
    )
    if rest.choices:
        yield rest


class _Pool:
    """The excerpts not used yet."""

    def __init__(
        self,
        hits: list[Hit],
        excluded: Collection[str],
        included: Collection[str],
        present: Sequence[Excerpt],
    ) -> None:
        self.left = hits
        self._excluded = excluded
        self._included = included
        self._quoted = list(present)

    def section(
        self, form: SectionForm, heading: str, level: int, scope: tuple[Tag, ...], fits: Callable[[Hit], bool]
    ) -> PlannedSection:
        """Return a section with the first excerpts that fit; what repeats others is told once and is gone."""
        choices: list[Choice] = []
        left_out: list[LeftOut] = []
        room = form.at_most
        for hit in [hit for hit in self.left if fits(hit)]:
            if hit.excerpt.id in self._excluded:
                left_out.append(LeftOut(hit, Left.UNWANTED))
            elif hit.excerpt.id in self._included:
                choices.append(Choice(hit, _because(hit, scope)))
                self._quoted.append(hit.excerpt)
            elif not room:
                left_out.append(LeftOut(hit, Left.FULL))
            elif repeated := self._repeated(hit.excerpt):
                left_out.append(LeftOut(hit, *repeated))
            else:
                room -= 1
                choices.append(Choice(hit, _because(hit, scope)))
                self._quoted.append(hit.excerpt)
        done = {choice.hit.excerpt.id for choice in choices}
        done |= {left.hit.excerpt.id for left in left_out if left.why is not Left.FULL}
        self.left = [hit for hit in self.left if hit.excerpt.id not in done]
        return PlannedSection(form, heading, level, tuple(scope), tuple(choices), tuple(left_out))

    def _repeated(self, excerpt: Excerpt) -> tuple[Left, Excerpt] | None:
        """Return which excerpt of the brief says the same: in the same place, in the same words, or nearly so."""
        for other in self._quoted:
            same_place = excerpt.snapshot_id == other.snapshot_id and excerpt.span.touches(other.span)
            if same_place or excerpt.quote.casefold() == other.quote.casefold():
                return Left.SAME_WORDS, other
            if likeness(excerpt.quote, other.quote) >= SAME_STORY:
                return Left.ALIKE, other
        return None


def _because(hit: Hit, scope: Sequence[Tag]) -> tuple[Tag, ...]:
    names = {tag.name for tag in scope}
    return tuple(tag for tag in hit.excerpt.tags if tag.name in names)


def _tags_to_repeat(kind: TagKind, hits: Sequence[Hit], subjects: Sequence[Tag]) -> list[Tag]:
    """Return the tags of ``kind`` in the pool, most used first; a brief's only subject is not repeated.

    Beside another subject it has its heading, under which the excerpts of both stand. A place that is only where
    something happened is no partner.
    """
    own = {t.name for t in subjects} if len(subjects) == 1 else set()
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


def _bears_none(hit: Hit, tags: Sequence[Tag]) -> bool:
    return not any(_bears(hit, tag) for tag in tags)
