"""Reviewing: checks over a brief before it leaves, and over the library file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from briefer.domain.briefs import Brief
from briefer.domain.checks import Material, Remedy, check_brief, lacks_primary, remedy
from briefer.domain.digests import Thing, capture_key, is_broken, key_of, with_captures, with_states
from briefer.domain.editing import unwaive, waive
from briefer.domain.excerpts import Excerpt
from briefer.domain.findings import Finding, Waiver
from briefer.domain.markings import MarkingScheme
from briefer.domain.outside import Altered
from briefer.domain.record import START, Act, Subject
from briefer.domain.sources import Snapshot
from briefer.errors import InputError, UsageError
from briefer.services.changes import Change, Kind
from briefer.services.checking import Checked, agencies
from briefer.services.compose import Compose
from briefer.services.evidence import Evidence, evidence_of
from briefer.services.forms import Forms
from briefer.services.lookups import brief_of, standing
from briefer.services.ports import Clock, Library, Progress, UnitOfWork
from briefer.services.record import Record

_SHOWN = {
    "source": Kind.SOURCE,
    "excerpt": Kind.EXCERPT,
    "brief": Kind.BRIEF,
    "term": Kind.VOCABULARY,
    "form": Kind.FORM,
}


@dataclass(frozen=True)
class Reviewed:
    """What the checks found, red first, and apart from it what somebody has let pass, each with the waiver.

    ``remedies`` are what mends findings at once, for those that need no judgement.
    """

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...] = ()
    remedies: Mapping[Finding, Remedy] = field(default_factory=dict)


class Review:
    """The use cases of ``check`` and ``doctor``."""

    def __init__(
        self,
        library: Library,
        forms: Forms,
        compose: Compose,
        schemes: tuple[MarkingScheme, ...],
        clock: Clock,
        record: Record,
    ) -> None:
        self._library = library
        self._record = record
        self._clock = clock
        self._compose = compose
        self._schemes = schemes
        self._forms = forms
        self._checked = Checked(START)

    def check(self, brief_id: str) -> tuple[Finding, ...]:
        """Return what the checks find and nobody has let pass, red first. Raises InputError ``not-found``."""
        return self.reviewed(brief_id).findings

    def waive(self, brief_id: str, findings: Iterable[Finding], reason: str, who: str = "") -> Change:
        """Let findings pass, for a reason.

        Raises:
            InputError: ``not-found``.
            UsageError: ``waiver-reason`` without a reason.
        """
        waivers = self.waivers(findings, reason, who)
        return self._compose.edit(brief_id, "Let pass", lambda brief: waive(brief, waivers))

    def waivers(self, findings: Iterable[Finding], reason: str, who: str = "") -> tuple[Waiver, ...]:
        """Return the waivers by which findings pass from now on; nobody named is who works here. Raises UsageError ``waiver-reason``."""
        if not reason.strip():
            raise UsageError("waiver-reason")
        why, who, at = reason.strip(), who.strip() or self._record.who, self._clock().isoformat()
        return tuple(Waiver(f.check, f.message, why, who, at, f.digest) for f in findings)

    def mend(self, brief_id: str, check: str) -> Change:
        """Mend what a check finds, as far as that needs no judgement.

        Raises:
            InputError: ``not-found``; ``remedy-none`` where there is nothing that could be mended.
        """
        remedies = [made for f, made in self.reviewed(brief_id).remedies.items() if f.check == check]
        if not remedies:
            raise InputError("remedy-none", check=check)

        def change(brief: Brief) -> Brief:
            for made in remedies:
                brief = made.change(brief)
            return brief

        return self._compose.edit(brief_id, remedies[0].label, change)

    def mark(self, brief_id: str, marking: str, reason: str = "", who: str = "") -> Change:
        """Give a brief a marking; one that is lower than it must be for a reason, which is kept as a waiver.

        Raises:
            InputError: ``not-found``.
            UsageError: ``marking-reason``, where a reason is needed and there is none.
        """
        with self._library.read() as work:
            brief = replace(brief_of(work, brief_id), marking=marking)
            low = tuple(f for f in self._found(work, brief) if f.check == "marking-below")
        if low and not reason.strip():
            raise UsageError("marking-reason", told=low[0].message)
        waivers = self.waivers(low, reason, who) if low else ()
        return self._compose.edit(
            brief_id, "Change marking", lambda now: waive(replace(now, marking=marking), waivers)
        )

    def _found(self, work: UnitOfWork, brief: Brief) -> tuple[Finding, ...]:
        return self.leaving(work, brief, evidence_of(work, brief)).findings

    def unwaive(self, brief_id: str, waiver: Waiver) -> Change:
        """Take a waiver back. Raises InputError ``not-found``."""
        return self._compose.edit(brief_id, "Check again", lambda brief: unwaive(brief, waiver))

    def reviewed(self, brief_id: str) -> Reviewed:
        """Return what the checks find, and what of it somebody has let pass. Raises InputError ``not-found``."""
        with self._library.read() as work:
            brief = brief_of(work, brief_id)
            checked = self._checked = self._checked.after(work.record.head())
            return self._reviewed(work, brief, checked.evidence(work, brief), checked)

    def leaving(
        self, work: UnitOfWork, brief: Brief, evidence: Evidence, texts: Mapping[str, str] | None = None
    ) -> Reviewed:
        """Return what the checks find in what of a brief is to leave, with what of its evidence goes along.

        ``texts`` are those of the snapshots that the evidence stands on, by id, where they were read already.
        """
        return self._reviewed(work, brief, evidence, Checked(START, read=texts, whole=False))

    def _reviewed(self, work: UnitOfWork, brief: Brief, evidence: Evidence, checked: Checked) -> Reviewed:
        material = Material(
            brief=brief,
            form=self._forms.get(brief.form),
            excerpts=evidence.excerpts,
            sources=evidence.sources,
            texts=checked.texts(work, evidence),
            today=self._clock().date(),
            vocabulary=evidence.vocabulary,
            schemes=self._schemes,
            verbatim=checked.verbatim,
            cut=checked.cut,
            agencies=agencies(),
            credits=checked.credits,
            altered=checked.altered,
            restated=checked.restated(work, brief, evidence),
            former=checked.former(work, brief),
            broken=checked.broken(work),
        )
        official = {
            section.id: checked.official(work, section.scope)
            for section in brief.sections
            if lacks_primary(material.in_section(section))
        }
        found = check_brief(replace(material, official=official))
        waived = {f: w for f in found for w in brief.waivers if w.covers(f)}
        open_ = tuple(f for f in found if f not in waived)
        remedies = {f: made for f in open_ if (made := remedy(f, material))}
        return Reviewed(open_, tuple(waived.items()), remedies)

    def repair(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Make the search index anew; nothing that people wrote is touched.

        Return which sources' texts, and which excerpts' tags, were others than those that it was made of: that cannot be
        told afterwards.
        """
        return self._library.repair(progress)

    def confirm(self, ids: Iterable[str], reason: str) -> tuple[tuple[str, ...], Change]:
        """Have things stand as they are that something else than Briefer has changed, because a person has looked at them.

        ``ids`` are those of sources, excerpts, briefs, forms and terms; with a source go its captures, with a brief its
        versions. What it has taken out of the library counts as deleted for good from then on. Returns what those are called of which there was anything to confirm. The record keeps the
        ``reason``; there is no way back.

        Raises:
            InputError: ``not-found``; nothing is confirmed then.
            UsageError: ``confirm-reason`` without a reason.
        """
        if not reason.strip():
            raise UsageError("confirm-reason")
        confirmed: list[Subject] = []
        why = {"confirmed": True, "reason": reason.strip()}
        with self._library.write() as work:
            missing = work.record.missing()
            for id_ in ids:
                gone = [Subject(m.kind, m.id, m.label) for m in missing if id_ in {m.id, m.of}]
                self._record.note_all(work, ((Act.DELETION, one, why) for one in gone))
                lost = next((one for one in gone if one.id == id_), None)
                subject, things = (lost, ()) if lost else standing(work, id_)
                if changed := _changed(work, things):
                    captures = (thing for thing in changed if isinstance(thing, Snapshot))
                    facts = with_captures(with_states(why, *changed), *captures)
                    self._record.note(work, Act.EDIT, subject, facts)
                if changed or gone:
                    confirmed.append(subject)
        kinds = frozenset(_SHOWN[subject.kind] for subject in confirmed)
        change = Change(kinds, tuple(subject.id for subject in confirmed), "Confirm")
        return tuple(subject.label for subject in confirmed), change

    def outside(self) -> tuple[Altered, ...]:
        """Return what something else than Briefer has changed, as far as the record tells."""
        return self._library.outside()

    def uncovered(self) -> tuple[str, ...]:
        """Return of how much the record does not tell whether it was changed outside Briefer, in words."""
        return self._library.uncovered()

    def doctor(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Return what is wrong with the library file, one line each; nothing when it is sound."""
        return self._library.problems(progress)


def _changed(work: UnitOfWork, things: Collection[Thing]) -> list[Thing]:
    """Return what something else than Briefer has changed; what has no state in the record is stored again as it is.

    That is what briefs say, and the tags of excerpts.
    """
    altered = work.record.restated(things)
    retagged = work.excerpts.retagged(thing.id for thing in things if isinstance(thing, Excerpt))
    work.excerpts.update([thing for thing in things if isinstance(thing, Excerpt) and thing.id in retagged])
    altered |= {f"excerpt/{id_}" for id_ in retagged}
    changed = [
        thing
        for thing in things
        if key_of(thing) in altered
        or (isinstance(thing, Snapshot) and capture_key(thing) in altered)
        or _says_else(work, thing)
    ]
    for brief in (thing for thing in changed if isinstance(thing, Brief)):
        work.briefs.put(brief)
    return changed


def _says_else(work: UnitOfWork, thing: Thing) -> bool:
    """Whether it is a brief that says something else than it did when it was stored last, or has lost its seal."""
    seal = work.briefs.seal(thing.id) if isinstance(thing, Brief) else ""
    return isinstance(thing, Brief) and (not seal or bool(is_broken(seal, thing)))
