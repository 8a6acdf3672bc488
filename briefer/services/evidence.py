"""What a brief cites, gathered once for all that is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from briefer.domain.briefs import Brief
from briefer.domain.excerpts import Excerpt
from briefer.domain.sources import Snapshot, Source
from briefer.domain.tags import Vocabulary
from briefer.services.ports import UnitOfWork

_T = TypeVar("_T")


@dataclass(frozen=True)
class Evidence:
    """What a brief cites: excerpts and sources by id (what is missing is not in them), and the labels of tags.

    ``excerpts`` are by the ids with which the brief names them, which in prose may be the beginnings of theirs.
    """

    excerpts: Mapping[str, Excerpt]
    sources: Mapping[str, Source]
    vocabulary: Vocabulary

    def with_(self, other: Evidence) -> Evidence:
        """Return both together."""
        return Evidence(
            {**other.excerpts, **self.excerpts}, {**other.sources, **self.sources}, self.vocabulary
        )

    def only(self, cited: Iterable[str]) -> Evidence:
        """Return what some excerpts are, by the ids with which a brief names them."""
        excerpts = {i: self.excerpts[i] for i in cited if i in self.excerpts}
        owners = {excerpt.source_id for excerpt in excerpts.values()}
        return Evidence(excerpts, {i: s for i, s in self.sources.items() if i in owners}, self.vocabulary)


@dataclass
class ReadEvidence:
    """What was read of what briefs cite: what is asked for again is not read again."""

    _known: Evidence | None = None
    _asked: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self._asked)

    def of(self, work: UnitOfWork, cited: Sequence[str]) -> Evidence:
        """Return what these excerpts are, by the ids with which a brief names them; only new ones are read."""
        known = self._known
        missing = [i for i in cited if i not in self._asked]
        if known is None or missing:
            added = evidence_for(work, missing)
            known = self._known = added.with_(known) if known else added
            self._asked.update(missing)
        return known.only(cited)

    def again(self, work: UnitOfWork, cited: Sequence[str]) -> ReadEvidence:
        """Return these excerpts read anew; what is as it was is the same object."""
        now = evidence_for(work, cited)
        if self._known is not None:
            now = Evidence(
                _as_before(now.excerpts, self._known.excerpts),
                _as_before(now.sources, self._known.sources),
                now.vocabulary,
            )
        return ReadEvidence(now, set(cited))


def _as_before(now: Mapping[str, _T], before: Mapping[str, _T]) -> dict[str, _T]:
    return {i: before[i] if before.get(i) == thing else thing for i, thing in now.items()}


def snapshots_of(work: UnitOfWork, evidence: Evidence) -> dict[str, Snapshot]:
    """Return the snapshots on which the excerpts stand, by id; what is missing is not in them."""
    wanted = {excerpt.snapshot_id for excerpt in evidence.excerpts.values()}
    found = {snapshot.id: snapshot for snapshot in work.sources.latest(evidence.sources).values()}
    older = (work.sources.snapshot_of(snapshot_id) for snapshot_id in wanted.difference(found))
    return {s.id: s for s in (*found.values(), *older) if s and s.id in wanted}


def evidence_of(work: UnitOfWork, brief: Brief) -> Evidence:
    """Gather what ``brief`` quotes and cites."""
    return evidence_for(work, brief.excerpt_ids())


def evidence_for(work: UnitOfWork, cited: Sequence[str]) -> Evidence:
    """Gather excerpts, by their ids or the beginnings of these."""
    excerpts = work.excerpts.get_many(cited)
    for start in cited:
        if start not in excerpts and len(found := work.search.ids_like("excerpt", start)) == 1:
            excerpts[start] = work.excerpts.get_many(found)[found[0]]
    sources = work.sources.get_many({e.source_id for e in excerpts.values()})
    for excerpt in excerpts.values():
        if excerpt.source_id not in sources:
            raise LookupError(excerpt.source_id)  # the library is damaged, and says so
    return Evidence(excerpts, sources, work.vocabulary.get())
