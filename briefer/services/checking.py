"""What the checks read of a library, kept between two looks at a brief.

While somebody writes, the brief changes and the library does not: as long as its record has not grown, what was read of
it is as it was. A snapshot never changes, so that a quotation that was once held against it need not be again. What is
about to leave is always read anew.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from briefer import assets
from briefer.domain.briefs import Brief
from briefer.domain.checks.material import Verbatim, verbatim_of
from briefer.domain.digests import is_broken
from briefer.domain.excerpts import Excerpt
from briefer.domain.passages import cut_ends
from briefer.domain.record import Break, Head
from briefer.domain.source_groups import SourceGroup, source_group
from briefer.domain.sources import Source
from briefer.domain.spans import quote_at
from briefer.domain.tags import Tag
from briefer.domain.wires import Agencies, credited
from briefer.services.compose import scope_query
from briefer.services.evidence import Evidence, ReadEvidence, evidence_for
from briefer.services.lookups import brief_of
from briefer.services.ports import UnitOfWork

_NEWEST = 100
_LAST, _LAST_OF_LEAVING = 100, 2_000
"""Entries of the record; `doctor` looks at all."""
_MOST = 20_000
"""Excerpts; beyond these what was read is let go."""


@dataclass
class Checked:
    """What was read while the record ended in ``head``.

    ``held`` are the snapshots whose texts were held against the record, ``altered`` those of them that came in with other texts; ``verbatim`` are the quotations that stand in their snapshots, ``cut`` tells of those that begin or end inside a word, ``credits`` of snapshots that credit their texts to an agency; ``read`` are the texts of all snapshots that are asked
    for, where somebody has them. The evidence is ``whole`` where nothing that may not leave was taken out of it.
    """

    head: Head
    verbatim: set[Verbatim] = field(default_factory=set)
    cut: dict[Verbatim, tuple[bool, bool]] = field(default_factory=dict)
    credits: dict[str, str] = field(default_factory=dict)
    read: Mapping[str, str] | None = None
    whole: bool = True
    held: set[str] = field(default_factory=set)
    altered: set[str] = field(default_factory=set)
    _compared: set[str] = field(default_factory=set)
    _restated: set[str] = field(default_factory=set)
    _break: tuple[Break | None] | None = None
    _evidence: ReadEvidence = field(default_factory=ReadEvidence)
    _former: dict[str, Brief | None] = field(default_factory=dict)
    _official: dict[tuple[Tag, ...], tuple[Source, ...]] = field(default_factory=dict)

    def evidence(self, work: UnitOfWork, brief: Brief) -> Evidence:
        """Return what a brief cites; only what was not read before is read."""
        return self._evidence.of(work, brief.excerpt_ids())

    def texts(self, work: UnitOfWork, evidence: Evidence) -> Mapping[str, str]:
        """Return the texts of the snapshots on which stand the excerpts that were not held against them yet."""
        new = [e for e in evidence.excerpts.values() if verbatim_of(e) not in self.verbatim]
        texts = self.read
        if texts is None:
            texts = work.sources.texts({excerpt.snapshot_id for excerpt in new})
        self.altered.update(work.record.altered({i: text for i, text in texts.items() if i not in self.held}))
        self.held.update(texts)
        self.verbatim.update(
            verbatim_of(e) for e in new if quote_at(texts.get(e.snapshot_id, ""), e.span) == e.quote
        )
        self.credits.update((i, name) for i, text in texts.items() if (name := credited(text, agencies())))
        ends = ((e, cut_ends(texts.get(e.snapshot_id, ""), e.span)) for e in new)
        self.cut.update((verbatim_of(e), cut) for e, cut in ends if any(cut))
        return texts

    def restated(self, work: UnitOfWork, brief: Brief, evidence: Evidence) -> Container[str]:
        """Return the ids of what is not as it was stored last: sources and excerpts, and the brief."""
        own = brief if self.whole else brief_of(work, brief.id)
        changed = is_broken(work.briefs.seal(own.id), own) or bool(work.record.restated([own]))
        stored = evidence if self.whole else evidence_for(work, [e.id for e in evidence.excerpts.values()])
        new = [thing for thing in _things(stored) if thing.id not in self._compared]
        self._restated.update(key.partition("/")[2] for key in work.record.restated(new))
        self._compared.update(thing.id for thing in new)
        return self._restated | {own.id} if changed else self._restated

    def broken(self, work: UnitOfWork) -> Break | None:
        """Return where the record is broken, as far as that is looked for at each check; closer where a brief leaves."""
        if self._break is None:
            self._break = (work.record.break_near_end(_LAST if self.whole else _LAST_OF_LEAVING),)
        return self._break[0]

    def official(self, work: UnitOfWork, scope: tuple[Tag, ...]) -> tuple[Source, ...]:
        """Return primary sources among the newest that bear the tags of a section."""
        found = self._official.get(scope)
        if found is None:
            found = self._official[scope] = _primary(work, scope)
        return found

    def former(self, work: UnitOfWork, brief: Brief) -> Brief | None:
        """Return the brief that one was made from, None where there is none any more."""
        if brief.origin and brief.origin not in self._former:
            self._former[brief.origin] = work.briefs.get(brief.origin)
        return self._former[brief.origin] if brief.origin else None

    def after(self, head: Head) -> Checked:
        """Return what of this still holds where the record ends in ``head``."""
        if head != self.head or len(self._evidence) > _MOST:
            few = len(self.verbatim) <= _MOST
            return Checked(
                head,
                self.verbatim if few else set(),
                self.cut if few else {},
                self.credits if few else {},
                held=self.held if few else set(),
                altered=self.altered if few else set(),
            )
        return self


@cache
def agencies() -> Agencies:
    """Return the agencies that are known, by each way of writing one."""
    path = assets.resources() / "intake" / "agencies.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["agencies"]
    return {written: name for name, forms in listed.items() for written in (name, *forms)}


def _things(evidence: Evidence) -> list[Source | Excerpt]:
    return [*evidence.sources.values(), *evidence.excerpts.values()]


def _primary(work: UnitOfWork, scope: Sequence[Tag]) -> tuple[Source, ...]:
    if not scope:
        return ()
    sources = {hit.source.id: hit.source for hit in work.search.page(scope_query(scope), limit=_NEWEST).hits}
    return tuple(source for source in sources.values() if source_group(source) is SourceGroup.PRIMARY)
