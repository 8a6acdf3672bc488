"""Where excerpts and sources are used: in which briefs, under which headings, in which versions that left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from briefer.domain.briefs import Brief
from briefer.domain.citations import uses_one
from briefer.services.lookups import excerpts_of, source_and_snapshot
from briefer.services.ports import Library, UnitOfWork


@dataclass(frozen=True)
class Use:
    """A brief that uses something: the headings under which it does now, and the versions in which it did.

    ``headings`` is empty where only versions still have it.
    """

    brief_id: str
    title: str
    meeting_date: str | None
    headings: tuple[str, ...]
    versions: tuple[int, ...]


class Usage:
    """The use cases of «where used»."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of_excerpt(self, excerpt_id: str) -> tuple[Use, ...]:
        """Return the briefs that quote or cite an excerpt, latest change first. Raises InputError ``not-found``."""
        with self._library.read() as work:
            excerpts_of(work, [excerpt_id])
            return _uses(work, {excerpt_id})

    def of_source(self, source_id: str) -> tuple[Use, ...]:
        """Return the briefs that lean on a source, latest change first. Raises InputError ``not-found``."""
        with self._library.read() as work:
            source_and_snapshot(work, source_id)
            return _uses(work, {excerpt.id for excerpt in work.excerpts.of_source(source_id)})


def _uses(work: UnitOfWork, wanted: Collection[str]) -> tuple[Use, ...]:
    return tuple(
        Use(
            found.brief_id,
            found.title,
            found.meeting_date,
            _headings(work.briefs.get(found.brief_id), wanted) if found.now else (),
            found.versions,
        )
        for found in work.briefs.using(wanted)
    )


def _headings(brief: Brief | None, wanted: Collection[str]) -> tuple[str, ...]:
    blocks = brief.blocks() if brief else ()
    return tuple(dict.fromkeys(s.heading for s, b in blocks if uses_one(b.excerpt_ids(), wanted)))
