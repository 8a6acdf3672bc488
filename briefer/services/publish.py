"""Publishing: a brief into the document tree, and the document into a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from briefer.domain.briefs import Brief, Version
from briefer.domain.documents import Document
from briefer.domain.exporting import USUAL, ExportOptions
from briefer.domain.markings import MarkingScheme
from briefer.domain.quotations import pieces
from briefer.domain.sources import Snapshot
from briefer.domain.templates import CONTENTS, arranged
from briefer.errors import InputError
from briefer.services.evidence import Evidence, evidence_of, snapshots_of
from briefer.services.lookups import brief_of
from briefer.services.manifest import Exported, manifest_of
from briefer.services.ports import Citer, Clock, Exporter, Library, Markup, TemplateReader
from briefer.services.rendering import Renderer
from briefer.services.versions import keep_version, number_of_state


class Publish:
    """The use cases of preview and export."""

    def __init__(
        self,
        library: Library,
        markup: Markup,
        citer: Citer,
        exporter: Exporter,
        templates: TemplateReader,
        *,
        markings: tuple[MarkingScheme, ...],
        clock: Clock,
    ) -> None:
        self._library = library
        self._markup = markup
        self._citer = citer
        self._exporter = exporter
        self._templates = templates
        self._markings = markings
        self._clock = clock

    def suffixes(self) -> tuple[str, ...]:
        """Return the suffixes of the formats that can be written."""
        return self._exporter.suffixes()

    def styles(self) -> tuple[str, ...]:
        """Return the names of the citation styles that can be used, the default first."""
        return tuple(style.name for style in self._citer.styles() if not style.problem)

    def document(self, brief_id: str, options: ExportOptions = USUAL) -> Document:
        """Return the brief as a document. A citation of a missing excerpt shows as [source missing]."""
        brief, evidence = self._gather(brief_id, options.language)
        return self._rendered(brief, evidence, options)

    def html(self, brief_id: str) -> str:
        """Return the brief as one HTML page, for the preview."""
        return self._exporter.html(self.document(brief_id))

    def export(self, brief_id: str, target: Path, options: ExportOptions = USUAL) -> Version:
        """Write the brief to ``target`` in the format of its suffix, and keep the state as a version.

        Raises:
            InputError: ``citation-missing`` when a citation has no excerpt, ``quote-changed`` when a
                quotation no longer equals its source, ``export-unwritable``; ``not-found``; ``style-line``,
                ``style-parent``, ``style-fails`` for a style that cannot be used; as ``TemplateReader.read``
                for a template that cannot be.
            UsageError: ``style-unknown``, ``export-format``, ``template-role``, ``template-style``.
        """
        self._library.require_writing()  # the version that is kept of what leaves
        brief, evidence = self._gather(brief_id, options.language)
        with self._library.read() as work:
            snapshots = snapshots_of(work, evidence)
            number = number_of_state(work, brief_id)
        _refuse_broken(brief, evidence, snapshots)
        if target.suffix.lower() != ".docx":
            options = replace(options, template=None)
        document = self._rendered(brief, evidence, options)
        digests = {snapshot.id: snapshot.sha256 for snapshot in snapshots.values()}
        exported = Exported(brief, number, evidence, digests, document, options)
        self._exporter.write(replace(document, manifest=manifest_of(exported)), target, options)
        with self._library.write() as work:
            return keep_version(work, brief_id, "", self._clock())

    def _gather(self, brief_id: str, language: str | None) -> tuple[Brief, Evidence]:
        with self._library.read() as work:
            brief = brief_of(work, brief_id)
            evidence = evidence_of(work, brief)
        spoken = (language or brief.language).partition("-")[0]
        return replace(brief, language=spoken), evidence

    def _rendered(self, brief: Brief, evidence: Evidence, options: ExportOptions) -> Document:
        if options.template is not None:
            template = self._templates.read(options.template)
            # In the order of the template's places, because the short forms of citations rest on it.
            brief = replace(brief, sections=arranged(brief.sections, template.fields))
            asked = any(field.name == CONTENTS for field in template.fields)
            options = replace(options, contents=options.contents or asked)
        renderer = Renderer(brief, evidence, self._markup, self._citer, self._markings, options=options)
        return renderer.document()

    def close(self) -> None:
        """End what formats citations beside the program."""
        self._citer.close()


def _refuse_broken(brief: Brief, evidence: Evidence, snapshots: Mapping[str, Snapshot]) -> None:
    for section, block in brief.blocks():
        for excerpt_id in block.excerpt_ids():
            if excerpt_id not in evidence.excerpts:
                raise InputError("citation-missing", section=section.heading, id=excerpt_id)
        excerpt = evidence.excerpts.get(block.excerpt_id or "")
        if excerpt and block.shown and pieces(block.shown, excerpt.quote) is None:
            raise InputError("quote-changed")
    for excerpt in evidence.excerpts.values():
        snapshot = snapshots.get(excerpt.snapshot_id)
        if snapshot is None or snapshot.quote(excerpt.span) != excerpt.quote:
            raise InputError("quote-changed")
