"""What Briefer itself writes into a brief: its basis, what it cites, and the annexes on its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from briefer.domain.accounts import NO_ACCOUNT, Account
from briefer.domain.ageing import GAP_DAYS, is_gap
from briefer.domain.briefs import Brief
from briefer.domain.dates import Dating, in_words
from briefer.domain.documents import (
    BlockNode,
    Heading,
    HeatMap,
    Inlines,
    Paragraph,
    Run,
    Table,
    plain_text,
)
from briefer.domain.excerpts import Excerpt
from briefer.domain.exporting import Annex
from briefer.domain.flags import told
from briefer.domain.results import CoverageCell
from briefer.domain.sources import Source
from briefer.domain.sourcing import Sourcing, sourcing
from briefer.domain.tags import Role, Tag, TagKind, Vocabulary
from briefer.services.account_annex import AccountAnnex
from briefer.services.evidence import Evidence
from briefer.services.phrases import Phrases, phrases

_MOST_ROWS = 40


class Annexes:
    """Writes about what one brief cites."""

    def __init__(
        self, brief: Brief, evidence: Evidence, account: Account = NO_ACCOUNT, *, dated: str
    ) -> None:
        """Dates are written as in the language ``dated``, that of the source list, which stands on the same page."""
        self._dated = dated
        self._account = account
        self._brief = brief
        self._evidence = evidence
        self._say: Phrases = phrases(brief.language)
        found = (evidence.excerpts.get(i) for i in brief.excerpt_ids())
        self.cited: tuple[Excerpt, ...] = tuple({e.id: e for e in found if e is not None}.values())

    def sources(self) -> list[Source]:
        """Return the cited sources, in the order of their first citation."""
        ids = dict.fromkeys(excerpt.source_id for excerpt in self.cited)
        return [self._evidence.sources[source_id] for source_id in ids]

    def basis(self) -> str:
        """Return the sentence on how many excerpts and sources of which time the brief rests on."""
        say = self._say
        if not self.cited:
            return say.nothing
        sources = self.sources()
        dates = _dates(sources)
        text = say.basis.format(
            excerpts=say.excerpt_count(len(self.cited)), sources=say.source_count(len(sources))
        )
        if dates:
            first, last = self._day(dates[0]), self._day(dates[-1])
            period = say.basis_day if first == last else say.basis_period
            text += period.format(first=first, last=last)
        undated = len(sources) - len(dates)
        return text + (say.basis_undated.format(count=undated) if undated else "") + say.stop

    def coverage(self, anchor: str) -> Iterator[BlockNode]:
        """Yield a table of what is cited by risk, or by partner where the brief is about a risk."""
        by_risk = not any(t.kind is TagKind.RISK for t in self._brief.subjects)
        kind = TagKind.RISK if by_risk else TagKind.PARTNER
        say = self._say
        rows: dict[str, list[Excerpt]] = {}
        for excerpt in self.cited:
            for key in _keys(excerpt, kind):
                rows.setdefault(key, []).append(excerpt)
        what = say.risk if by_risk else say.partner
        if not rows:
            yield Paragraph((Run(self._no_row(what)),), anchor=anchor)
            return
        header = tuple((Run(label),) for label in (what, say.excerpts, say.sources, say.newest))
        ordered = sorted(rows.items(), key=lambda row: (-len(row[1]), row[0]))
        yield Table(
            header,
            tuple(self._counted([self._label(kind, key)], excerpts) for key, excerpts in ordered),
            caption=say.coverage.format(what=what.lower()),
            anchor=anchor,
        )

    def _no_row(self, what: str) -> str:
        """Say why there is nothing to count by ``what``."""
        return self._say.untagged.format(what=what.lower()) if self.cited else self._say.nothing

    def annexes(self, wanted: Iterable[Annex]) -> Iterator[BlockNode]:
        """Yield the annexes that are wanted, each under a heading of its own."""
        say = self._say
        record = AccountAnnex(self._account, say, self._dated)
        write = {
            Annex.COVERAGE: (say.coverage_annex, self._heat_map),
            Annex.SOURCES: (say.sources_annex, self._descriptors),
            Annex.RECORD: (say.record_annex, record.blocks),
        }
        for annex in wanted:
            anchor = f"annex-{annex}"
            heading, blocks = write[annex]
            yield Heading(1, (Run(heading),), anchor, annex=True)
            yield from blocks(anchor)

    # --- the annex on coverage -----------------------------------------------------------------------------

    def _heat_map(self, anchor: str) -> Iterator[BlockNode]:
        pairs: dict[tuple[str, str], list[Excerpt]] = {}
        for excerpt in self.cited:
            for risk in _keys(excerpt, TagKind.RISK):
                for partner in _keys(excerpt, TagKind.PARTNER):
                    pairs.setdefault((risk, partner), []).append(excerpt)
        if not pairs:
            what = f"{self._say.risk} × {self._say.partner}"
            yield Paragraph((Run(self._no_row(what)),), anchor=f"{anchor}-map")
            return
        yield self._map(pairs, f"{anchor}-map")
        say = self._say
        header = tuple(
            (Run(label),) for label in (say.risk, say.partner, say.excerpts, say.sources, say.newest)
        )
        ordered = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        rows = tuple(self._counted(list(self._pair(*names)), excerpts) for names, excerpts in ordered)
        yield Table(header, rows, caption=say.heat_map, anchor=f"{anchor}-table")

    def _map(self, pairs: dict[tuple[str, str], list[Excerpt]], anchor: str) -> HeatMap:
        say = self._say
        by_risk = Counter({pair: len(excerpts) for pair, excerpts in pairs.items()})
        risks = _by_count((risk, n) for (risk, _), n in by_risk.items())
        partners = _by_count((partner, n) for (_, partner), n in by_risk.items())
        (most, count), *_ = by_risk.most_common(1)
        risk, partner = self._pair(*most)
        alt = say.heat_map_alt.format(
            excerpts=say.excerpt_count(len(self.cited)), rows=len(risks), columns=len(partners)
        )
        return HeatMap(
            rows=tuple(self._label(TagKind.RISK, key) for key in risks),
            columns=tuple(self._label(TagKind.PARTNER, key) for key in partners),
            counts=tuple(tuple(by_risk[r, p] for p in partners) for r in risks),
            caption=say.heat_map,
            alt=alt + say.heat_map_most.format(count=count, risk=risk, partner=partner),
            anchor=anchor,
        )

    def _pair(self, risk: str, partner: str) -> tuple[str, str]:
        return self._label(TagKind.RISK, risk), self._label(TagKind.PARTNER, partner)

    def _label(self, kind: TagKind, key: str) -> str:
        return self._evidence.vocabulary.label(Tag(kind, key), self._brief.language)

    def _counted(self, labels: list[str], excerpts: Sequence[Excerpt]) -> tuple[Inlines, ...]:
        sources = {e.source_id: self._evidence.sources[e.source_id] for e in excerpts}
        dates = _dates(sources.values())
        newest = self._day(dates[-1]) if dates else self._say.no_date
        return tuple((Run(cell),) for cell in (*labels, str(len(excerpts)), str(len(sources)), newest))

    def _day(self, dating: Dating) -> str:
        """Return a date in words; one that the source does not state stands in brackets."""
        words = in_words(dating.value or "", self._dated)
        return words if dating.certain else f"[{words}]"

    # --- the annex on sources ------------------------------------------------------------------------------

    def _descriptors(self, anchor: str) -> Iterator[BlockNode]:
        """Yield the summary statement, and a table with a descriptor of each source (US ICD 206)."""
        if not self.cited:
            yield Paragraph((Run(self._say.nothing),), anchor=f"{anchor}-summary")
            return
        for number, sentence in enumerate(self._summary(), 1):
            yield Paragraph((Run(sentence),), anchor=f"{anchor}-summary-{number}")
        say = self._say
        header = (say.source, say.reliability, say.currency, say.access, say.remarks)
        rows = [self._descriptor(source) for source in self.sources()]
        # A column of remarks without any only takes room from the others.
        columns = len(header) if any(plain_text(row[-1]) for row in rows) else len(header) - 1
        yield Table(
            tuple((Run(label),) for label in header[:columns]),
            tuple(row[:columns] for row in rows),
            caption=say.sources_annex,
            anchor=f"{anchor}-table",
        )

    def _descriptor(self, source: Source) -> tuple[Inlines, ...]:
        say, language = self._say, self._brief.language
        names = dict.fromkeys(name for name in (source.publisher, source.container) if name)
        who = " / ".join(names) + (say.joint if names else "")
        accessed = (
            [say.accessed.format(day=in_words(source.accessed, self._dated))] if source.accessed else []
        )
        kept = [say.captured.format(day=in_words(source.created_at.date().isoformat(), self._dated))]
        cells = (
            f"{who}{source.title}",
            say.grade(source.reliability),
            self._day(source.published) if source.published.value else say.no_date,
            say.joint.join(accessed + kept),
            say.joint.join(filter(None, (source.wire, told(source.flags, language)))),
        )
        return tuple((Run(cell),) for cell in cells)

    def _summary(self) -> Iterator[str]:
        say, found = self._say, sourcing(self.cited, self._evidence.sources)
        text = say.summary.format(
            excerpts=say.excerpt_count(found.excerpts), sources=say.source_count(found.sources)
        )
        yield text + say.summary_origins.format(count=found.origins) + say.stop
        for frame, points in ((say.strengths, self._strong(found)), (say.weaknesses, self._weak(found))):
            yield frame.format(points=say.joint.join(points) or say.none_named)
        if found.important:
            titles = (self._evidence.sources[source_id].title for source_id in found.important)
            yield say.important.format(sources=say.joint.join(titles))

    def _strong(self, found: Sourcing) -> Iterator[str]:
        say = self._say
        if found.reliable:
            yield say.reliable.format(count=found.reliable, all=found.sources)
        if found.confirmed:
            yield say.confirmed.format(count=found.confirmed, all=found.excerpts)
        if found.publishers > 1:
            yield say.several_origins.format(count=found.publishers)

    def _weak(self, found: Sourcing) -> Iterator[str]:
        say = self._say
        if found.unjudged:
            yield say.unjudged.format(count=found.unjudged, all=found.sources)
        if found.origins < found.sources:
            yield say.one_origin.format(sources=say.source_count(found.sources), count=found.origins)
        for phrase, count in (
            (say.undated, found.undated),
            (say.inferred, found.inferred),
            (say.flagged, found.flagged),
        ):
            if count:
                yield phrase.format(count=count, all=found.sources)


def library_coverage(
    cells: Sequence[CoverageCell], vocabulary: Vocabulary, language: str, today: date
) -> tuple[str, tuple[Paragraph | Table, ...]]:
    """Return the heading and the blocks of an annex on what the library holds: partners down, risks across.

    The partners with most excerpts come first, and at most 40 of them; risks are in the vocabulary's order.
    """
    say = phrases(language)
    by_pair = {(cell.partner, cell.risk): cell for cell in cells}
    partners = _by_count((cell.partner, cell.count) for cell in cells)
    order = [term.key for term in vocabulary.terms if term.kind is TagKind.RISK]
    found = {cell.risk for cell in cells}
    risks = [key for key in order if key in found] + sorted(found.difference(order))

    def label(kind: TagKind, key: str) -> Inlines:
        return (Run(vocabulary.label(Tag(kind, key), language)),)

    def figure(partner: str, risk: str) -> Inlines:
        cell = by_pair.get((partner, risk))
        if cell is None:
            return (Run("–"),)
        return (Run(f"○ {cell.count}" if is_gap(cell.newest, today) else f"{cell.count}"),)

    table = Table(
        ((Run(say.partner),), *(label(TagKind.RISK, key) for key in risks)),
        tuple(
            (label(TagKind.PARTNER, key), *(figure(key, risk) for risk in risks))
            for key in partners[:_MOST_ROWS]
        ),
    )
    note = say.library_coverage_note.format(date=in_words(today.isoformat(), language), days=GAP_DAYS)
    left_out = len(partners) - _MOST_ROWS
    more = [Paragraph((Run(say.library_coverage_more.format(count=left_out)),))] if left_out > 0 else []
    return say.library_coverage, (Paragraph((Run(note),)), table, *more)


def _keys(excerpt: Excerpt, kind: TagKind) -> set[str]:
    """Return the keys of an excerpt's tags; a partner that is only the venue does not count."""
    return {t.key for t in excerpt.tags if t.kind is kind and t.role is not Role.VENUE}


def _by_count(counted: Iterable[tuple[str, int]]) -> list[str]:
    """Return names, the one with the highest sum first."""
    sums: Counter[str] = Counter()
    for name, count in counted:
        sums[name] += count
    return sorted(sums, key=lambda name: (-sums[name], name))


def _dates(sources: Iterable[Source]) -> list[Dating]:
    """Return the known publication dates, oldest first."""
    return sorted((s.published for s in sources if s.published.value), key=lambda d: d.value or "")
