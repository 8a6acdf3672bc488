"""What a brief cites, gathered once for all that is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefer.domain.briefs import Brief
from briefer.domain.excerpts import Excerpt
from briefer.domain.sources import Snapshot, Source
from briefer.domain.tags import Vocabulary
from briefer.services.ports import UnitOfWork


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
    return Evidence(excerpts, sources, work.vocabulary.get())
