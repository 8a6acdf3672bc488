"""Keeping briefs up to date: what is new for one, the next one for the same partner, what changed between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from briefer.domain.ageing import too_old
from briefer.domain.assembly import Choice, Rule, plan
from briefer.domain.briefs import Brief, Section, Version
from briefer.domain.comparing import Comparison, compare
from briefer.domain.dates import check_edtf, first_day
from briefer.domain.editing import add_block, add_section
from briefer.domain.excerpts import Excerpt
from briefer.domain.flags import Standing, standing
from briefer.domain.ids import new_id
from briefer.domain.results import BriefSummary, Hit
from briefer.domain.retagged import Earlier
from briefer.domain.sources import Source
from briefer.domain.tags import Tag, TagKind
from briefer.services.changes import Change
from briefer.services.compose import Compose, concerning, new_section, quotation, scope_query
from briefer.services.forms import Forms
from briefer.services.lookups import brief_of
from briefer.services.ports import Clock, Library, UnitOfWork

ReadCited = Callable[[str, Mapping[str, Hit]], str]
"""Makes of the Markdown of a text, with the excerpts that it may cite by their ids, what a reader sees."""
_ALL = 10_000
_OF_MANY = ""
"""The subject of an entry that tells of many excerpts."""


@dataclass(frozen=True)
class Offer:
    """A new excerpt for a brief: into the section of that id, or into a new one with that heading and scope."""

    choice: Choice
    section_id: str
    heading: str
    scope: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class Renewed:
    """What a brief took over from the one before.

    ``new`` is on offer; ``stale`` are its excerpts whose source is old, withdrawn or superseded; ``dropped`` those
    of the one before that it does not use; ``reused`` counts its blocks that stand word for word in the one before.
    ``since`` is when excerpts were last taken: what is new was made later.
    """

    comparison: Comparison
    new: tuple[Offer, ...]
    stale: tuple[Hit, ...]
    dropped: tuple[Hit, ...]
    reused: int
    since: datetime


class Renewal:
    """The use cases of offers, clones and comparisons."""

    def __init__(self, library: Library, forms: Forms, compose: Compose, clock: Clock) -> None:
        self._library = library
        self._compose = compose
        self._forms = forms
        self._clock = clock

    def offers(self, brief_id: str) -> tuple[Offer, ...]:
        """Return excerpts that were made or given tags since the brief was last assembled, and fit it by its form's rule.

        Raises:
            InputError: ``not-found``.
            UsageError: ``form-unknown``.
        """
        with self._library.read() as work:
            brief = brief_of(work, brief_id)
            vocabulary = work.vocabulary.get()
            hits = work.search.page(scope_query(brief.subjects), limit=_ALL).hits
            present = work.excerpts.get_many(brief.excerpt_ids())
            fitting = [h for h in concerning(hits, brief.subjects) if h.excerpt.id not in present]
            fresh = _new_since(work, fitting, brief.assembled_at or brief.created_at)
        rule = Rule(self._forms.get(brief.form), brief.subjects, vocabulary, brief.language, brief.variant)
        return tuple(
            _placed(choice, planned.heading, planned.scope, planned.form.type, brief.sections)
            for planned in plan(rule, fresh, present=tuple(present.values()))
            for choice in planned.choices
        )

    def take(self, brief_id: str, offers: Sequence[Offer]) -> Change:
        """Put offered excerpts into a brief, at the ends of their sections; the others are not offered again.

        Without any, all that is on offer now is declined. Raises InputError ``not-found``.
        """
        now = self._clock()

        def taken(brief: Brief) -> Brief:
            made: dict[str, str] = {}
            for offer in offers:
                section_id = offer.section_id or made.get(offer.heading, "")
                if not section_id:
                    section = new_section(offer.heading, 2, offer.scope)
                    brief = add_section(brief, section, _behind_its_kind(brief))
                    section_id = made[offer.heading] = section.id
                brief = add_block(brief, section_id, quotation(offer.choice.hit.excerpt.id))
            return replace(brief, assembled_at=now)

        return self._compose.edit(brief_id, "Take new excerpts", taken)

    def last(self, subjects: Iterable[Tag], meeting: str | None = None) -> BriefSummary | None:
        """Return the brief of the last meeting before ``meeting`` (EDTF), or before today, with one of the partners.

        Without a partner among ``subjects`` it is the last one on one of them. Briefs without a date do not count.
        """
        wanted = tuple(subjects)
        partners = [tag for tag in wanted if tag.kind is TagKind.PARTNER]
        names = {tag.name for tag in partners or wanted}
        before = first_day(meeting) if meeting else self._clock().date()
        with self._library.read() as work:
            found = [s for s in work.briefs.all() if names & {tag.name for tag in s.subjects}]
        dated = ((first_day(s.meeting_date), s) for s in found if s.meeting_date)
        earlier = [(day, s) for day, s in dated if day < before]
        return max(earlier, key=lambda one: one[0])[1] if earlier else None

    def clone(self, brief_id: str, meeting_date: str | None = None) -> tuple[Brief, Change]:
        """Make the next brief from one: the same sections and blocks, for another meeting.

        Raises:
            InputError: ``not-found``.
            UsageError: ``date-form``.
        """
        if meeting_date:
            check_edtf(meeting_date)
        now = self._clock()
        origin = self._compose.brief(brief_id)
        clone = replace(
            origin,
            id=new_id(),
            created_at=now,
            changed_at=now,
            meeting_date=meeting_date,
            origin=origin.id,
            assembled_at=origin.assembled_at or origin.created_at,
            sections=tuple(_copied(section) for section in origin.sections),
        )
        return clone, self._compose.add(clone)

    def renewed(self, brief_id: str) -> Renewed | None:
        """Compare a brief with the one that it was made from; None where there is none any more.

        Raises InputError ``not-found``.
        """
        with self._library.read() as work:
            brief = brief_of(work, brief_id)
            origin = work.briefs.get(brief.origin) if brief.origin else None
            if origin is None:
                return None
            excerpts = work.excerpts.get_many({*brief.excerpt_ids(), *origin.excerpt_ids()})
            sources = work.sources.get_many({e.source_id for e in excerpts.values()})
        quotes = {i: excerpt.quote for i, excerpt in excerpts.items()}
        comparison = compare(origin, brief, quotes)
        meeting = first_day(brief.meeting_date) if brief.meeting_date else self._clock().date()
        form = self._forms.find(brief.form)
        limit = form.stale_days if form else None
        own = [_hit(excerpts[i], sources) for i in brief.excerpt_ids() if i in excerpts]
        before = {(block.markdown, block.excerpt_id, block.shown) for _, block in origin.blocks()}
        return Renewed(
            comparison=comparison,
            new=self.offers(brief_id),
            stale=tuple(hit for hit in own if is_stale(hit.source, limit, meeting)),
            dropped=tuple(_hit(excerpts[i], sources) for i in comparison.dropped if i in excerpts),
            reused=sum((b.markdown, b.excerpt_id, b.shown) in before for _, b in brief.blocks()),
            since=brief.assembled_at or brief.created_at,
        )

    def compared(
        self, before: Version | Brief, after: Version | Brief, read: ReadCited | None = None
    ) -> Comparison:
        """Compare two versions, or a version with the brief as it is, with ``read`` as texts are read."""
        old, new = (one.brief if isinstance(one, Version) else one for one in (before, after))
        with self._library.read() as work:
            excerpts = work.excerpts.get_many({*old.excerpt_ids(), *new.excerpt_ids()})
            sources = work.sources.get_many({e.source_id for e in excerpts.values()})
        quotes = {i: excerpt.quote for i, excerpt in excerpts.items()}
        if read is None:
            return compare(old, new, quotes)
        hits = {i: _hit(excerpt, sources) for i, excerpt in excerpts.items()}
        return compare(old, new, quotes, lambda markdown: read(markdown, hits))


def is_stale(source: Source, limit: int | None, meeting: date) -> bool:
    """Whether a source was withdrawn, superseded, or is older than the days that the form allows (None: any age)."""
    return standing(source.flags) is not Standing.STANDS or too_old(source.published.value, limit, meeting)


def _hit(excerpt: Excerpt, sources: dict[str, Source]) -> Hit:
    return Hit(excerpt, sources[excerpt.source_id])


def _new_since(work: UnitOfWork, hits: Sequence[Hit], since: datetime) -> list[Hit]:
    """Return those of excerpts made after a time, and those that bear a tag that they did not bear then."""
    older = {
        h.excerpt.id: [str(tag) for tag in h.excerpt.tags] for h in hits if h.excerpt.created_at <= since
    }
    then = Earlier(older)
    for entry in reversed(work.record.edits([_OF_MANY, *older], since)):
        if entry.id == _OF_MANY:
            then.many(entry.digests)
        elif retagged := entry.facts.get("tags"):
            then.one(entry.id, retagged["from"])

    def new(excerpt: Excerpt) -> bool:
        return excerpt.id not in older or not then.tags[excerpt.id].issuperset(older[excerpt.id])

    return [hit for hit in hits if new(hit.excerpt)]


def _placed(
    choice: Choice, heading: str, scope: tuple[Tag, ...], kind: str, sections: Sequence[Section]
) -> Offer:
    """Return the offer for the section of the brief that is about the same, whatever it is called by now."""
    wanted = {tag.name for tag in scope}
    alike = [s for s in sections if s.type == kind and {tag.name for tag in s.scope} == wanted]
    # What is about the brief's own subjects stands under a heading that names one, or with what bears no other tag.
    found = next((s for s in alike if s.heading == heading), alike[0] if alike else None)
    return Offer(choice, found.id if found else "", found.heading if found else heading, scope)


def _behind_its_kind(brief: Brief) -> int | None:
    """Return the place behind the last section that was made by repetition, or None for the end."""
    places = [at for at, section in enumerate(brief.sections, 1) if section.level > 1]
    return places[-1] if places else None


def is_early(meeting: str | None, former: str | None) -> bool:
    """Whether a next meeting (EDTF) would be before the last one; that may be meant, and is no fault."""
    return bool(meeting and former and first_day(meeting) < first_day(former))


def _copied(section: Section) -> Section:
    return replace(
        section, id=new_id(), blocks=tuple(replace(block, id=new_id()) for block in section.blocks)
    )
