"""Publishing: a brief into the document tree, and the document into a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten

from briefer.domain.accounts import NO_ACCOUNT, Account
from briefer.domain.briefs import Brief, Lane, Section, Version
from briefer.domain.checks import holds
from briefer.domain.digests import with_states
from briefer.domain.documents import Document
from briefer.domain.editing import in_lane
from briefer.domain.exporting import USUAL, Annex, ExportOptions, Lanes
from briefer.domain.findings import Finding
from briefer.domain.form_parts import usual_options
from briefer.domain.markings import MarkingScheme
from briefer.domain.pieces import Pieces
from briefer.domain.quotations import pieces
from briefer.domain.record import Act
from briefer.domain.sources import Snapshot
from briefer.domain.templates import CONTENTS, arranged
from briefer.errors import InputError, UsageError
from briefer.services.accounts import account_of
from briefer.services.evidence import evidence_of, snapshots_of
from briefer.services.forms import Forms
from briefer.services.kept import Kept, Proof
from briefer.services.leaving import Cleared, Leaving, at_ceiling, recorded, refuse_mixed, refuse_red, told
from briefer.services.lookups import brief_of
from briefer.services.manifest import Exported, manifest_of
from briefer.services.ports import Citer, Clock, Exporter, Library, Markup, TemplateReader, UnitOfWork
from briefer.services.record import Record
from briefer.services.recording import of_brief
from briefer.services.rendering import Renderer
from briefer.services.review import Review
from briefer.services.versions import keep_version, number_of_state, version_of_state

_LANES = {Lanes.MAY_BE_USED: Lane.OPEN, Lanes.NOT_FOR_DISCLOSURE: Lane.CLOSED}
_TOLD = 80


@dataclass(frozen=True)
class Press:
    """What documents are made with."""

    markup: Markup
    citer: Citer
    exporter: Exporter
    templates: TemplateReader


@dataclass(frozen=True)
class Departed:
    """What has left: the version of it, what left, and the red findings that somebody let leave.

    Of a library that can only be read nothing is ``recorded``, and a version that was not there has the number 0.
    """

    version: Version
    leaving: Leaving
    let: tuple[Finding, ...]
    recorded: bool = True


class Publish:
    """The use cases of preview and export."""

    def __init__(
        self,
        library: Library,
        press: Press,
        *,
        review: Review,
        forms: Forms,
        record: Record,
        markings: tuple[MarkingScheme, ...],
        clock: Clock,
    ) -> None:
        self._review = review
        self._forms = forms
        self._record = record
        self._library = library
        self._press = press
        self._markings = markings
        self._clock = clock

    def suffixes(self) -> tuple[str, ...]:
        """Return the suffixes of the formats that can be written."""
        return self._press.exporter.suffixes()

    def styles(self) -> tuple[str, ...]:
        """Return the names of the citation styles that can be used, the default first."""
        return tuple(style.name for style in self._press.citer.styles() if not style.problem)

    def document(self, brief_id: str, options: ExportOptions = USUAL) -> Document:
        """Return the brief as a document. A citation of a missing excerpt shows as [source missing].

        Raises:
            UsageError: ``ceiling-unknown``.
        """
        with self._library.read() as work:
            leaving = self._leaving(work, brief_id, options)
            account = NO_ACCOUNT
            if Annex.RECORD in options.annexes:
                reviewed = self._review.leaving(work, leaving.brief, leaving.evidence)
                account = account_of(leaving.brief, reviewed, work.record.of(brief_id), options)
        return self._rendered(leaving, options, account)

    def leaving(self, brief_id: str, options: ExportOptions) -> Leaving:
        """Return what an export would give away, and for a releasable version what it would leave out.

        Raises:
            InputError: ``not-found``.
            UsageError: ``ceiling-unknown``.
        """
        with self._library.read() as work:
            return self._leaving(work, brief_id, options)

    def pieces(self, brief: Brief, proof: Proof | None = None, style: str = "") -> Pieces:
        """Return a brief in pieces, for the preview, be it stored or not.

        ``proof`` is what the time before left, and takes what this one leaves: only what has changed is made anew.
        Without a ``style`` citations are in that of the form; where one cannot be used, in the default.
        """
        proof = proof or Proof()
        with proof.lock:
            with self._library.read() as work:
                leaving = Leaving(brief, proof.evidence(work, brief))
            options = usual_options(brief, self._forms.find(brief.form))
            options = replace(options, style=style or options.style)
            try:
                document = self._rendered(leaving, options, NO_ACCOUNT, proof.kept)
            except (InputError, UsageError):
                # An export tells why; what is being written is shown all the same.
                options = replace(options, style=USUAL.style)
                document = self._rendered(leaving, options, NO_ACCOUNT, proof.kept)
            proof.pieces = self._press.exporter.pieces(document, proof.pieces)
            return proof.pieces

    def export(
        self, brief_id: str, target: Path, options: ExportOptions = USUAL, cleared: Cleared | None = None
    ) -> Departed:
        """Write the brief to ``target`` in the format of its suffix, keep the state as a version, and record both.

        Red findings leave only where ``cleared`` says who lets them, and why. A library whose file cannot be written is
        exported from without keeping or recording anything; but not one that somebody else holds, nor what has to
        be let pass, because the record has to tell that.

        Raises:
            InputError: ``citation-missing`` when a citation has no excerpt, ``quote-altered`` when a
                quotation no longer equals its source, ``export-red`` for other red findings (the ``findings`` of
                all three are the red ones);
                ``markings-mixed``; ``export-unwritable``; ``not-found``; ``style-line``,
                ``style-parent``, ``style-fails`` for a style that cannot be used; as ``TemplateReader.read``
                for a template that cannot be.
            UsageError: ``ceiling-unknown``, ``style-unknown``, ``export-format``, ``template-role``, ``template-style``.
        """
        keeps = not _is_unwritable(self._library)
        if keeps:
            self._library.require_writing()  # the version that is kept of what leaves
        with self._library.read() as work:
            kept = [] if keeps else [version_of_state(work, brief_id, self._clock())]
            leaving = self._leaving(work, brief_id, options)
            snapshots = snapshots_of(work, leaving.evidence)
            number = number_of_state(work, brief_id) if keeps else kept[0].number
            texts = {snapshot.id: snapshot.text for snapshot in snapshots.values()}
            reviewed = self._review.leaving(work, leaving.brief, leaving.evidence, texts)
            entries = work.record.of(brief_id) if Annex.RECORD in options.annexes else ()
        findings = reviewed.findings
        if cleared is None and (red := tuple(filter(holds, findings))):
            _refuse_broken(leaving, snapshots, red)
        refuse_mixed(leaving, self._markings)
        let = refuse_red(findings, cleared)
        if let:
            self._library.require_writing()  # who lets them is in the record
        if target.suffix.lower() != ".docx":
            options = replace(options, template=None)
        account = account_of(leaving.brief, reviewed, entries, options, let, cleared)
        document = self._rendered(leaving, options, account)
        digests = {snapshot.id: snapshot.sha256 for snapshot in snapshots.values()}
        exported = Exported(leaving.brief, number, leaving.evidence, digests, document, options, account)

        def record(sha256: str) -> None:
            with self._library.write() as work:
                version, _new = keep_version(work, brief_id, "", self._clock())
                facts = {**recorded(leaving, target, options, version.number, let, cleared), "sha256": sha256}
                self._record.note(work, Act.EXPORT, of_brief(version.brief), with_states(facts, version))
            kept.append(version)

        document = replace(document, manifest=manifest_of(exported))
        try:
            # The entry comes before the file: after a crash there may be an entry without its file, which its digest
            # shows, but never a file that left without an entry.
            self._press.exporter.write(document, target, options, record if keeps else lambda _digest: None)
        except InputError as error:
            if keeps and kept:
                facts = {"file": str(target.absolute()), "written": False, "reason": str(error)}
                with self._library.write() as work:
                    self._record.note(work, Act.EXPORT, of_brief(kept[0].brief), facts)
            raise
        return Departed(kept[0], leaving, let, recorded=keeps)

    def _leaving(self, work: UnitOfWork, brief_id: str, options: ExportOptions) -> Leaving:
        brief = brief_of(work, brief_id)
        if (lane := _LANES.get(options.lanes)) is not None:
            # Before anything is read, so that nothing of the other lane can come along.
            brief = in_lane(brief, lane)
        form = self._forms.find(brief.form)
        title = form.name(brief.language) if form else brief.form
        evidence, markup = evidence_of(work, brief), self._press.markup

        def captures() -> dict[str, str]:
            return {i: snapshot.text for i, snapshot in work.sources.latest(evidence.sources).items()}

        return at_ceiling(
            brief,
            evidence,
            options.ceiling,
            self._markings,
            title=title,
            markup=markup,
            captures=captures,
        )

    def _rendered(
        self, leaving: Leaving, options: ExportOptions, account: Account, kept: Kept | None = None
    ) -> Document:
        language = (options.language or leaving.brief.language).partition("-")[0]
        brief = replace(leaving.brief, language=language)
        if options.template is not None:
            template = self._press.templates.read(options.template)
            # In the order of the template's places, because the short forms of citations rest on it.
            brief = replace(brief, sections=arranged(brief.sections, template.fields))
            asked = any(field.name == CONTENTS for field in template.fields)
            options = replace(options, contents=options.contents or asked)
        missing = told(leaving, options.ceiling, self._markings, language)
        options = replace(options, handling=(*options.handling, *missing))
        renderer = Renderer(
            brief,
            leaving.evidence,
            self._press.markup,
            self._press.citer,
            self._markings,
            options=options,
            account=account,
            kept=kept,
        )
        return renderer.document()

    def close(self) -> None:
        """End what formats citations beside the program."""
        self._press.citer.close()


def _is_unwritable(library: Library) -> bool:
    why = library.read_only
    return why is not None and why.holder is None


def _refuse_broken(leaving: Leaving, snapshots: Mapping[str, Snapshot], red: tuple[Finding, ...]) -> None:
    """Refuse what is not in its source; the errors carry all red findings, as that of :func:`refuse_red` does."""
    evidence = leaving.evidence
    for section, block in leaving.brief.blocks():
        for excerpt_id in block.excerpt_ids():
            if excerpt_id not in evidence.excerpts:
                raise InputError("citation-missing", section=section.heading, id=excerpt_id, findings=red)
        quoted = evidence.excerpts.get(block.excerpt_id or "")
        if quoted and block.shown and pieces(block.shown, quoted.quote) is None:
            raise _altered(section, block.shown, red)
        for excerpt in (evidence.excerpts[i] for i in block.excerpt_ids()):
            snapshot = snapshots.get(excerpt.snapshot_id)
            if snapshot is None or snapshot.quote(excerpt.span) != excerpt.quote:
                raise _altered(section, excerpt.quote, red)


def _altered(section: Section, quote: str, red: tuple[Finding, ...]) -> InputError:
    told = shorten(quote, _TOLD, placeholder="…")
    return InputError("quote-altered", section=section.heading, quote=told, findings=red)
