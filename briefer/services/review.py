"""Reviewing: checks over a brief before it leaves, and over the library file."""

from __future__ import annotations

from collections.abc import Sequence

from briefer.domain.checks import Material, check_brief
from briefer.domain.findings import Finding
from briefer.domain.source_groups import SourceGroup, source_group
from briefer.domain.sources import Source
from briefer.domain.tags import Tag
from briefer.services.compose import scope_query
from briefer.services.evidence import evidence_of
from briefer.services.forms import Forms
from briefer.services.lookups import brief_of
from briefer.services.ports import Clock, Library, Progress, UnitOfWork

_NEWEST = 100


class Review:
    """The use cases of ``check`` and ``doctor``."""

    def __init__(self, library: Library, forms: Forms, clock: Clock) -> None:
        self._library = library
        self._clock = clock
        self._forms = forms

    def check(self, brief_id: str) -> tuple[Finding, ...]:
        """Return what the checks find, red first. Raises InputError ``not-found``."""
        with self._library.read() as work:
            brief = brief_of(work, brief_id)
            evidence = evidence_of(work, brief)
            wanted = {excerpt.snapshot_id for excerpt in evidence.excerpts.values()}
            found = [work.sources.snapshot_of(snapshot_id) for snapshot_id in wanted]
            official = {
                section.id: _official(work, section.scope) for section in brief.sections if section.blocks
            }
        return check_brief(
            Material(
                brief=brief,
                form=self._forms.get(brief.form),
                excerpts=evidence.excerpts,
                sources=evidence.sources,
                texts={snapshot.id: snapshot.text for snapshot in found if snapshot},
                today=self._clock().date(),
                vocabulary=evidence.vocabulary,
                official=official,
            )
        )

    def repair(self, progress: Progress | None = None) -> None:
        """Make the search index anew; nothing that people wrote is touched."""
        self._library.repair(progress)

    def doctor(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Return what is wrong with the library file, one line each; nothing when it is sound."""
        return self._library.problems(progress)


def _official(work: UnitOfWork, scope: Sequence[Tag]) -> tuple[Source, ...]:
    """Return primary sources among the newest that bear the tags of a section."""
    if not scope:
        return ()
    sources = {hit.source.id: hit.source for hit in work.search.page(scope_query(scope), limit=_NEWEST).hits}
    return tuple(source for source in sources.values() if source_group(source) is SourceGroup.PRIMARY)
