r"""Exchanging with other programs: the bulk form, one source a line (`domain.bulk_form`, CLI contract).

A line is known by the digest of its bytes, so an interrupted import can be run again and doubles nothing.
"""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from briefer.domain.articles import Article, Articles
from briefer.domain.bulk_form import MEDIA_TYPE, Prepared, ReadySource, Rules
from briefer.domain.collecting import uncollected
from briefer.domain.digests import Arrived, bulk_id, of_bulk, state_of
from briefer.domain.ids import new_id
from briefer.domain.record import Act, Subject
from briefer.domain.sources import Snapshot
from briefer.errors import InputError
from briefer.services.changes import Change, Kind
from briefer.services.copies import Joining
from briefer.services.ports import Clock, Library, LineReader, Lines, Progress, UnitOfWork
from briefer.services.record import Record
from briefer.services.recording import import_facts, source_notes

LINES_AT_ONCE = 250
BYTES_AT_ONCE = 1_000_000
"""What is prepared in one go."""
LINES_PER_TRANSACTION = 2000
EXCERPTS_PER_TRANSACTION = 8000
BYTES_PER_TRANSACTION = 64_000_000
"""What is stored in one go: more takes less time for each, but keeps others from writing for longer."""
_FIRST_EXCERPTS = 2000
_MOST_TOLD = 1000


@dataclass(frozen=True)
class BulkReport:
    """What came in: how many new sources, excerpts, and lines that were there already; lines that were refused.

    Of ``refused``, which may be any number, only the first thousand are here; there are ``refused_count``. The ids
    are here of no more sources than a thousand, and otherwise none.
    """

    sources: int = 0
    excerpts: int = 0
    duplicates: int = 0
    refused: tuple[InputError, ...] = field(default=())
    refused_count: int = 0
    source_ids: tuple[str, ...] = ()

    def with_(self, other: BulkReport) -> BulkReport:
        """Return both together."""
        return BulkReport(
            self.sources + other.sources,
            self.excerpts + other.excerpts,
            self.duplicates + other.duplicates,
            (self.refused + other.refused)[:_MOST_TOLD],
            self.refused_count + other.refused_count,
            self.source_ids + other.source_ids if self.sources + other.sources <= _MOST_TOLD else (),
        )

    @property
    def change(self) -> Change:
        """The change for views to refresh by, without ids where these are many; a bulk import has no way back."""
        return Change(frozenset({Kind.SOURCE, Kind.EXCERPT}), self.source_ids, "Bulk import")


class Exchange:
    """The use cases of bulk import. ``reader`` prepares the lines, ``library`` takes them in."""

    def __init__(self, library: Library, reader: LineReader, clock: Clock, record: Record) -> None:
        self._library = library
        self._reader = reader
        self._clock = clock
        self._record = record

    def import_lines(
        self,
        name: str,
        lines: Iterable[bytes],
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> BulkReport:
        """Take the lines of a file in, some thousand to a transaction.

        A line that cannot be used is reported as ``input-line`` and the others go on; once it is cancelled, what
        was stored by then stays. Progress is called with the number of lines done, 0 for their unknown total,
        and the file's name. The file is recorded with its last lines, and each transaction before with the
        digests of its texts, so that an import which is interrupted is in the record too.
        """
        importing = _Import(self._library, self._clock, self._record, name, progress)
        with uncollected():
            self._import(importing, lines, cancelled)
        return importing.report

    def _import(self, importing: _Import, lines: Iterable[bytes], cancelled: Callable[[], bool]) -> None:
        batch: list[tuple[Lines, Prepared]] = []
        for read in self._reader.prepare(importing.unknown(lines)):
            if cancelled():
                break
            if _is_full(batch):
                importing.store(batch)
                batch = []
            batch.append(read)
        else:
            importing.store(batch, last=True)


def _is_full(batch: Sequence[tuple[Lines, Prepared]]) -> bool:
    if not batch:
        return False
    excerpts = sum(
        len(line.excerpts) for _, ready in batch for line in ready.lines if isinstance(line, ReadySource)
    )
    # The first ones decide which words have sets: sooner, so that fewer have to be sorted out anew.
    most = EXCERPTS_PER_TRANSACTION if batch[0][0].rules.frequent else _FIRST_EXCERPTS
    return (
        excerpts >= most
        or sum(len(lines.data) for lines, _ in batch) >= LINES_PER_TRANSACTION
        or sum(lines.size for lines, _ in batch) >= BYTES_PER_TRANSACTION
    )


class _Import:
    """One run over the lines of a file."""

    def __init__(
        self, library: Library, clock: Clock, record: Record, name: str, progress: Progress | None
    ) -> None:
        self._library = library
        self._clock = clock
        self._record = record
        self._digest = hashlib.sha256()
        self._name = name
        self._progress = progress
        self._done = 0
        self._joining = Joining()
        self.report = BulkReport()
        with library.read() as work:
            self._rules = Rules(work.vocabulary.get(), work.sources.frequent())

    def unknown(self, lines: Iterable[bytes]) -> Iterator[Lines]:
        """Yield the lines that are not in the library, some at a time; those that are take no preparing."""
        for numbers, some in _portions(self._digested(lines)):
            digests = [hashlib.sha256(line).hexdigest() for line in some]
            with self._library.read() as work:
                known = work.sources.known(digests)
            self.report = self.report.with_(BulkReport(duplicates=sum(d in known for d in digests)))
            new = [place for place, digest in enumerate(digests) if digest not in known]
            if new:
                own = (
                    tuple(numbers[p] for p in new),
                    tuple(digests[p] for p in new),
                    tuple(some[p] for p in new),
                )
                yield Lines(*own, self._rules)
            else:
                self._tell(numbers[-1])

    def store(self, batch: Sequence[tuple[Lines, Prepared]], *, last: bool = False) -> None:
        """Store what was made of lines, in one transaction; ``last`` where no more follow."""
        if not batch and not (last and self.report.sources):
            return
        report = self.report
        arrived: list[Arrived] = []
        with self._library.write() as work:
            known = work.sources.known(digest for lines, _ in batch for digest in lines.digests)
            self._joining.begin(work, sum(len(lines.data) for lines, _ in batch))
            new: list[Article] = []
            with work.sources.taking_in() as put:
                for lines, prepared in batch:
                    some, told = self._articles(lines, prepared, known, arrived)
                    put(some)
                    new += some.articles
                    report = report.with_(told)
                    self._tell(lines.numbers[-1])
            self._join(work, new, arrived)
            self._note(work, report, arrived, last=last)
            self._rules = self._renewed(work)
        self.report = report

    def _join(self, work: UnitOfWork, new: Sequence[Article], arrived: list[Arrived]) -> None:
        """Join copies into stories, and note that of those that were there; ``arrived`` is told of the new ones."""
        stories, former = self._joining.join(work, new)
        for place, article in enumerate(new):
            if story := stories.get(article.source.id):
                state = state_of(replace(article.source, story=story))
                arrived[place] = arrived[place]._replace(states=(state, *arrived[place].states[1:]))
        notes = [note for one in former for note in source_notes(one, replace(one, story=one.id))]
        if notes:
            self._record.note_all(work, notes, former)

    def _digested(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self._digest.update(line)
            yield line

    def _note(self, work: UnitOfWork, report: BulkReport, arrived: Sequence[Arrived], *, last: bool) -> None:
        file = Subject("file", bulk_id(arrived[0].source_id if arrived else ""), self._name)
        if last and report.sources:
            facts = import_facts(self._name, self._digest.hexdigest(), report.sources, report.excerpts)
            self._record.note(work, Act.IMPORT, file, {**facts, **of_bulk(arrived)})
        elif arrived:
            begun = {"file": self._name, "begun": True, **of_bulk(arrived)}
            self._record.note(work, Act.IMPORT, file, begun)

    def _renewed(self, work: UnitOfWork) -> Rules:
        frequent = work.sources.frequent()
        same = frequent == self._rules.frequent
        return self._rules if same else Rules(self._rules.vocabulary, frequent)

    def _articles(
        self, lines: Lines, prepared: Prepared, known: set[str], arrived: list[Arrived]
    ) -> tuple[Articles, BulkReport]:
        """Return what is to be stored of some lines, which ``known`` and ``arrived`` are told of, and how they went."""
        made: list[Article] = []
        refused: list[InputError] = []
        duplicates = 0
        now = self._clock()
        for number, digest, data, ready in zip(
            lines.numbers, lines.digests, lines.data, prepared.lines, strict=True
        ):
            if digest in known:
                duplicates += 1
            elif isinstance(ready, str):
                refused.append(InputError("input-line", name=self._name, line=number, detail=ready))
            else:
                known.add(digest)
                article = _article(ready, digest, f"{self._name}:{number}", data, now)
                made.append(article)
                ids = (article.source.id, article.snapshot.id, article.excerpt_ids)
                arrived.append(Arrived(*ids, ready.text, ready.states))
        excerpts = sum(len(article.excerpts) for article in made)
        told = BulkReport(
            len(made), excerpts, duplicates, tuple(refused), len(refused), tuple(a.source.id for a in made)
        )
        sets = None if duplicates else prepared.sets
        return Articles(made, prepared.tags, sets, lines.rules.frequent), told

    def _tell(self, number: int) -> None:
        self._done = max(self._done, number)
        if self._progress:
            self._progress(self._done, 0, self._name)


def _portions(lines: Iterable[bytes]) -> Iterator[tuple[list[int], list[bytes]]]:
    """Yield lines with their numbers, some at a time, without those that are empty."""
    numbers: list[int] = []
    some: list[bytes] = []
    size = 0
    for number, raw in enumerate(lines, 1):
        line = (raw.removeprefix(BOM_UTF8) if number == 1 else raw).strip()
        if not line:
            continue
        numbers.append(number)
        some.append(line)
        size += len(line)
        if size >= BYTES_AT_ONCE or len(some) >= min(LINES_AT_ONCE, LINES_PER_TRANSACTION):
            yield numbers, some
            numbers, some, size = [], [], 0
    if some:
        yield numbers, some


def _article(ready: ReadySource, sha256: str, file_name: str, original: bytes, now: datetime) -> Article:
    source_id, snapshot_id = new_id(), new_id()
    source = replace(ready.source, id=source_id, created_at=now, snapshot_id=snapshot_id, sha256=sha256)
    snapshot = Snapshot(
        id=snapshot_id,
        source_id=source_id,
        sha256=sha256,
        file_name=file_name,
        media_type=MEDIA_TYPE,
        encoding="utf-8",
        captured_at=now,
        text=ready.text,
        reading=ready.reading,
    )
    excerpt_ids = tuple([new_id() for _ in ready.excerpts])
    return Article(source, snapshot, original, ready.found_by, ready.excerpts, excerpt_ids)
