"""Reviewing: checks over a brief before it leaves, and over the library file."""

from __future__ import annotations

from briefer.domain.checks import check_brief
from briefer.domain.findings import Finding
from briefer.services.forms import Forms
from briefer.services.lookups import brief_of
from briefer.services.ports import Library, Progress


class Review:
    """The use cases of ``check`` and ``doctor``."""

    def __init__(self, library: Library, forms: Forms) -> None:
        self._library = library
        self._forms = forms

    def check(self, brief_id: str) -> tuple[Finding, ...]:
        """Return what the checks find, red first. Raises InputError ``not-found``."""
        with self._library.read() as work:
            brief = brief_of(work, brief_id)
            excerpts = work.excerpts.get_many(brief.excerpt_ids())
            sources = work.sources.get_many({e.source_id for e in excerpts.values()})
            wanted = {excerpt.snapshot_id for excerpt in excerpts.values()}
            found = [work.sources.snapshot_of(snapshot_id) for snapshot_id in wanted]
        texts = {snapshot.id: snapshot.text for snapshot in found if snapshot}
        return check_brief(brief, self._forms.get(brief.form), excerpts, sources, texts)

    def repair(self, progress: Progress | None = None) -> None:
        """Make the search index anew; nothing that people wrote is touched."""
        self._library.repair(progress)

    def doctor(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Return what is wrong with the library file, one line each; nothing when it is sound."""
        return self._library.problems(progress)
