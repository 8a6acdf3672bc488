"""What a rendering leaves for the next one of the same brief, so that it costs what changed.

A block is made anew when it, or an excerpt or source that it uses, is another, or what holds for the whole document; its
citations are put in place anew when their texts or numbers are others. Nothing is told of changes: all that a part
rests on is compared each time, so that there is nothing to forget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

from briefer.domain.briefs import Block, Brief
from briefer.domain.documents import Work
from briefer.domain.excerpts import Excerpt
from briefer.domain.pieces import Pieces
from briefer.domain.record import START, Head
from briefer.domain.sources import Source
from briefer.services.citations import Made, Placed, Texts
from briefer.services.evidence import Evidence, ReadEvidence
from briefer.services.ports import UnitOfWork


@dataclass(frozen=True, eq=False)
class MadeBlock:
    """What a block became, and what that rests on: ``used`` are its excerpts by id, with their sources."""

    block: Block
    used: tuple[tuple[str, Excerpt | None, Source | None], ...]
    made: Made

    def holds(self, block: Block, evidence: Evidence) -> bool:
        """Whether it would become the same again."""
        if self.block is not block and self.block != block:
            return False
        return all(
            evidence.excerpts.get(id_) is excerpt
            and (excerpt is None or evidence.sources.get(excerpt.source_id) is source)
            for id_, excerpt, source in self.used
        )


@dataclass
class Kept:
    """What one rendering left; ``about`` is what holds for the whole document."""

    about: object = None
    blocks: dict[str, MadeBlock] = field(default_factory=dict)
    placed: dict[Made, Placed] = field(default_factory=dict)
    texts: Texts | None = None
    works: dict[str, tuple[Source, Work]] = field(default_factory=dict)


@dataclass
class Proof:
    """What stays of a preview till the next one; for one brief, and from any thread, one after the other."""

    kept: Kept = field(default_factory=Kept)
    pieces: Pieces | None = None
    lock: Lock = field(default_factory=Lock)
    _head: Head = START
    _read: ReadEvidence = field(default_factory=ReadEvidence)

    def evidence(self, work: UnitOfWork, brief: Brief) -> Evidence:
        """Return what a brief cites; as long as the record has not grown, only what was not read before is read."""
        head = work.record.head()
        if head != self._head:
            self._head, self._read = head, self._read.again(work, brief.excerpt_ids())
        return self._read.of(work, brief.excerpt_ids())


def used_by(
    block: Block, made: Made, evidence: Evidence
) -> Iterator[tuple[str, Excerpt | None, Source | None]]:
    """Yield the excerpts that a block quotes or cites, by the ids with which it names them, and their sources."""
    ids = [cited.excerpt_id for citation, _cites in made.cites for cited in citation.cited]
    for id_ in dict.fromkeys([*([block.excerpt_id] if block.excerpt_id else ()), *ids]):
        excerpt = evidence.excerpts.get(id_)
        yield id_, excerpt, evidence.sources.get(excerpt.source_id) if excerpt else None
