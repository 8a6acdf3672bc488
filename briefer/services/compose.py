"""Composing: forms, new briefs filled by a form's rule, and every edit of a brief, each with its way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from briefer.domain.assembly import PlannedSection, Rule, plan
from briefer.domain.briefs import Block, BlockKind, Brief, Section, Version
from briefer.domain.dates import check_edtf
from briefer.domain.forms import Each
from briefer.domain.ids import new_id
from briefer.domain.queries import Field as QueryField
from briefer.domain.queries import Match, Node, Not, Or, as_typed, both
from briefer.domain.record import Act, Head
from briefer.domain.results import BriefSummary, Hit, HitPage, Sort
from briefer.domain.tags import Role, Tag, TagKind, known_tag
from briefer.domain.trash import TrashKind
from briefer.errors import UsageError
from briefer.services.changes import Change, Kind
from briefer.services.forms import Forms
from briefer.services.lookups import brief_of
from briefer.services.ports import Clock, Library
from briefer.services.query_language import parse_query
from briefer.services.record import Record
from briefer.services.recording import brief_facts, brief_notes, of_brief, version_note
from briefer.services.trash import Trash
from briefer.services.versions import keep_version

_ALL = 10_000


@dataclass(frozen=True)
class Stamp:
    """Tells one state of a brief from another: the seal is of its sections and blocks, all else is recorded."""

    seal: str
    head: Head


@dataclass(frozen=True)
class NewBrief:
    """What a new brief is to be.

    ``title`` is made from the form and the subjects where it is empty; ``marking`` is the form's where it is None.
    ``variant`` is one of the form's variants. Only excerpts of sources published from ``since`` to ``until`` (EDTF)
    are taken, none of ``excluded`` (ids), and all of ``included`` (ids) that match.
    """

    form: str
    subjects: tuple[Tag, ...] = ()
    title: str = ""
    meeting_date: str | None = None
    audience: str = ""
    author: str = ""
    language: str = "en"
    marking: str | None = None
    variant: str = ""
    since: str = ""
    until: str = ""
    excluded: frozenset[str] = frozenset()
    included: frozenset[str] = frozenset()


class Compose:
    """The use cases of the Briefs page and of ``compose`` and ``briefs``."""

    def __init__(self, library: Library, forms: Forms, clock: Clock, record: Record, trash: Trash) -> None:
        self._library = library
        self._forms = forms
        self._clock = clock
        self._record = record
        self._trash = trash

    def plan(self, wanted: NewBrief) -> tuple[PlannedSection, ...]:
        """Return the sections that :meth:`create` would make, with their excerpts.

        Raises:
            UsageError: ``form-unknown``, ``form-variant``, ``form-subject``, ``tag-unknown``, ``date-form``.
        """
        for date in filter(None, (wanted.meeting_date, wanted.since, wanted.until)):
            check_edtf(date)
        form = self._forms.get(wanted.form)
        if wanted.variant and wanted.variant not in {variant.id for variant in form.variants}:
            known = ", ".join(variant.id for variant in form.variants) or "none"
            raise UsageError("form-variant", form=form.id, variant=wanted.variant, known=known)
        with self._library.read() as work:
            vocabulary = work.vocabulary.get()
            subjects = tuple(known_tag(tag, vocabulary) for tag in wanted.subjects)
            for kind in form.subjects:
                if not any(tag.kind is kind for tag in subjects):
                    raise UsageError(
                        "form-subject", form=form.id, needed=f"a {kind}, such as {_EXAMPLES[kind]}"
                    )
            query = both(scope_query(subjects), *_period(wanted))
            hits = concerning(work.search.page(query, limit=_ALL).hits, subjects)
            if wanted.included and (further := _risk_only(wanted)) is not None:
                beside = work.search.page(further, limit=_ALL).hits
                hits += tuple(hit for hit in beside if hit.excerpt.id in wanted.included)
        rule = Rule(form, subjects, vocabulary, wanted.language, wanted.variant)
        return plan(rule, hits, wanted.excluded, wanted.included)

    def with_risk_only(self, wanted: NewBrief, limit: int) -> HitPage:
        """Return the excerpts of the period that bear a risk of the subjects, and none of their partners.

        :meth:`plan` takes those of them that are ``included``. There are none where the subjects are of one kind.
        """
        query = _risk_only(wanted)
        if query is None:
            return HitPage(0, 0, ())
        with self._library.read() as work:
            return work.search.page(query, limit=limit)

    def outside_period(self, wanted: NewBrief) -> int:
        """Return how many excerpts :meth:`plan` would choose if the period were any. Raises as :meth:`plan`."""
        planned = self.plan(replace(wanted, since="", until=""))
        return sum(len(section.choices) for section in planned)

    def of_each_subject(self, wanted: NewBrief) -> tuple[int, ...]:
        """Return how many excerpts of the period bear each of the subjects, alone or with others."""
        with self._library.read() as work:
            queries = (both(scope_query([tag]), *_period(wanted)) for tag in wanted.subjects)
            return tuple(work.search.page(query, limit=1).total for query in queries)

    def create(self, wanted: NewBrief) -> tuple[Brief, Change]:
        """Make a brief and fill it by its form's rule.

        Raises:
            UsageError: as :meth:`plan`.
        """
        form = self._forms.get(wanted.form)
        planned = self.plan(wanted)
        with self._library.read() as work:
            vocabulary = work.vocabulary.get()
        subjects = tuple(known_tag(tag, vocabulary) for tag in wanted.subjects)
        names = ", ".join(vocabulary.label(tag, wanted.language) for tag in subjects)
        now = self._clock()
        brief = Brief(
            id=new_id(),
            form=wanted.form,
            title=wanted.title or form.title(names, wanted.language),
            created_at=now,
            changed_at=now,
            meeting_date=wanted.meeting_date,
            audience=wanted.audience,
            author=wanted.author,
            language=wanted.language,
            marking=form.marking if wanted.marking is None else wanted.marking,
            subjects=subjects,
            variant=wanted.variant,
            sections=tuple(_section(p, wanted.language) for p in planned),
        )
        return brief, self.add(brief)

    def add(self, brief: Brief) -> Change:
        """Store a brief that was made elsewhere."""
        with self._library.write() as work:
            work.briefs.put(brief)
            self._record.note(work, Act.BRIEF, of_brief(brief), brief_facts(brief))
        return self._change(brief, "New brief", lambda: self.remove(brief.id))

    def briefs(self) -> tuple[BriefSummary, ...]:
        """Return every brief, latest change first."""
        with self._library.read() as work:
            return work.briefs.all()

    def brief(self, brief_id: str) -> Brief:
        """Return a brief. Raises InputError ``not-found``."""
        with self._library.read() as work:
            return brief_of(work, brief_id)

    def stamp(self, brief_id: str) -> Stamp:
        """Return what is another as soon as something in the brief is, or in the library that it may cite."""
        with self._library.read() as work:
            return Stamp(work.briefs.seal(brief_id), work.record.head())

    def edit(self, brief_id: str, label: str, change: Callable[[Brief], Brief]) -> Change:
        """Change a brief by a function of `domain.editing`; it is stored at once.

        The way back restores the brief as it was before, so changes are undone in reverse order.
        """
        return self._edit(brief_id, label, change)

    def _edit(
        self, brief_id: str, label: str, change: Callable[[Brief], Brief], *, by_undo: bool = False
    ) -> Change:
        with self._library.write() as work:
            before = brief_of(work, brief_id)
            after = change(before)
            if after == before:
                return replace(
                    self._change(before, label, lambda: self._restore(before, label)), inverse=None
                )
            self._record.note_if_altered(work, before)
            work.briefs.put(replace(after, changed_at=self._clock()))
            self._record.note_all(work, brief_notes(before, after, by_undo=by_undo), [before])
        return self._change(after, label, lambda: self._restore(before, label))

    def remove(self, brief_id: str) -> Change:
        """Put a brief into the trash, with its versions; the way back brings both again."""
        return self._trash.throw(TrashKind.BRIEF, [brief_id], "Remove brief")

    def candidates(
        self, scope: Sequence[Tag], text: str = "", limit: int = 100, *, still_typed: bool = False
    ) -> HitPage:
        """Return the excerpts for a section: those that bear its tags and match ``text``.

        Where that is ``still_typed``, its last word is a beginning of words, as in the Library.
        """
        words = parse_query(text)
        query = both(scope_query(scope), as_typed(words, text) if still_typed else words)
        with self._library.read() as work:
            return work.search.page(query, limit=limit, sort=Sort.NEWEST, today=self._clock().date())

    def citable(self, scopes: Sequence[Sequence[Tag]], text: str, limit: int) -> tuple[Hit, ...]:
        """Return excerpts that match what is ``still_typed``: the first scope's before those of the next, then all others."""
        found: dict[str, Hit] = {}
        for scope in (*filter(None, scopes), ()):
            if len(found) < limit:
                page = self.candidates(scope, text, limit, still_typed=True)
                found |= {hit.excerpt.id: hit for hit in page.hits if hit.excerpt.id not in found}
        return tuple(found.values())[:limit]

    def save_version(self, brief_id: str, name: str = "") -> Version:
        """Keep the present state as a version; nothing is kept twice under an empty name."""
        with self._library.write() as work:
            version, new = keep_version(work, brief_id, name, self._clock())
            if new:
                self._record.note_all(work, [version_note(version)])
            return version

    def versions(self, brief_id: str) -> tuple[Version, ...]:
        """Return a brief's versions, latest first."""
        with self._library.read() as work:
            return work.briefs.versions(brief_id)

    def _restore(self, brief: Brief, label: str) -> Change:
        return self._edit(brief.id, label, lambda _now: brief, by_undo=True)

    @staticmethod
    def _change(brief: Brief, label: str, inverse: Callable[[], Change]) -> Change:
        return Change(frozenset({Kind.BRIEF}), (brief.id,), label, inverse)


_EXAMPLES = {
    TagKind.PARTNER: "partner:IN",
    TagKind.RISK: "risk:supply-chain",
    TagKind.THEME: "theme:promotion",
    TagKind.FREE: "free:word",
}


def scope_query(tags: Sequence[Tag]) -> Node:
    """Return the query for excerpts that bear, of each kind in ``tags``, at least one."""
    kinds = dict.fromkeys(tag.kind for tag in tags)
    return both(*(_any_of([t for t in tags if t.kind is kind]) for kind in kinds))


def _period(wanted: NewBrief) -> tuple[Node, ...]:
    dated = bool(wanted.since or wanted.until)
    return (Match(QueryField.DATE, f"{wanted.since}..{wanted.until}"),) if dated else ()


def _risk_only(wanted: NewBrief) -> Node | None:
    risks, partners = (
        [tag for tag in wanted.subjects if tag.kind is kind] for kind in (TagKind.RISK, TagKind.PARTNER)
    )
    if not (risks and partners):
        return None
    return both(scope_query(risks), Not(scope_query(partners)), *_period(wanted))


def prose(markdown: str = "") -> Block:
    """Return a new prose block."""
    return Block(new_id(), BlockKind.PROSE, markdown=markdown)


def quotation(excerpt_id: str) -> Block:
    """Return a new quotation block, locked to its excerpt."""
    return Block(new_id(), BlockKind.QUOTATION, excerpt_id=excerpt_id)


def new_section(heading: str, level: int = 1, scope: Sequence[Tag] = ()) -> Section:
    """Return a new, empty section."""
    return Section(new_id(), heading, "background", level, tuple(scope))


def annex_section(heading: str, markdown: str) -> Section:
    """Return a new annex with a text in it."""
    return Section(new_id(), heading, "annex", blocks=(prose(markdown),))


def _any_of(tags: Sequence[Tag]) -> Node:
    matches = tuple(Match(QueryField(tag.kind.value), str(tag).partition(":")[2]) for tag in tags)
    return matches[0] if len(matches) == 1 else Or(matches)


def concerning(hits: Iterable[Hit], subjects: Sequence[Tag]) -> tuple[Hit, ...]:
    """Return the hits for which no partner of ``subjects`` is only the place where the thing happened."""
    partners = {t.name for t in subjects if t.kind is TagKind.PARTNER}
    return tuple(hit for hit in hits if not partners or partners & _parties(hit.excerpt.tags))


def _parties(tags: Sequence[Tag]) -> set[str]:
    return {tag.name for tag in tags if tag.role is not Role.VENUE}


def _section(planned: PlannedSection, language: str) -> Section:
    starter = planned.form.starter(language)
    # Where a section is repeated, the starter belongs to each repetition, not to the heading above them.
    begins = bool(starter) and (planned.level > 1 or planned.form.each is Each.NONE)
    return Section(
        id=new_id(),
        heading=planned.heading,
        type=planned.form.type,
        level=planned.level,
        scope=planned.scope,
        blocks=((prose(starter),) if begins else ())
        + tuple(quotation(hit.excerpt.id) for hit in planned.hits),
    )
