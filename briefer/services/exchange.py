r"""Exchanging with other programs: the bulk form, one source a line (CLI contract).

Each line is ``{"csl": {CSL-JSON}, "text": "paragraph\n\nparagraph", "excerpts": [{"quote", "tags", "kind",
"comment"}]}``. A line is known by the digest of its bytes, so an interrupted import can be run again and
doubles nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from briefer.domain.csl import source_from_csl
from briefer.domain.excerpts import Excerpt, ExcerptKind
from briefer.domain.ids import new_id
from briefer.domain.passages import passage_of_quote
from briefer.domain.readings import paragraphs
from briefer.domain.record import Act, Subject
from briefer.domain.sources import Snapshot, Source
from briefer.domain.tags import Tag, Vocabulary, parse_tag
from briefer.errors import InputError, KnownError
from briefer.services.changes import Change, Kind
from briefer.services.curate import known_tag
from briefer.services.ports import Clock, Library, Progress, UnitOfWork
from briefer.services.record import Record
from briefer.services.recording import import_facts

LINES_PER_TRANSACTION = 1000


@dataclass(frozen=True)
class LineExcerpt:
    """An excerpt of a line."""

    quote: str
    tags: tuple[str, ...] = ()
    kind: ExcerptKind = ExcerptKind.QUOTATION
    comment: str = ""
    speaker: str | None = None


@dataclass(frozen=True)
class Line:
    """One line: a source as CSL-JSON, its text, its excerpts."""

    csl: dict[str, object]
    text: str
    excerpts: tuple[LineExcerpt, ...] = ()


@dataclass(frozen=True)
class BulkReport:
    """What came in: new sources, their excerpts, lines that were there already, and lines that were refused."""

    sources: tuple[Source, ...] = ()
    excerpts: int = 0
    duplicates: int = 0
    refused: tuple[InputError, ...] = field(default=())

    def with_(self, other: BulkReport) -> BulkReport:
        """Return both together."""
        return BulkReport(
            self.sources + other.sources,
            self.excerpts + other.excerpts,
            self.duplicates + other.duplicates,
            self.refused + other.refused,
        )

    @property
    def change(self) -> Change:
        """The change for views to refresh by; a bulk import has no way back."""
        kinds = frozenset({Kind.SOURCE, Kind.EXCERPT})
        return Change(kinds, tuple(s.id for s in self.sources), "Bulk import")


class Exchange:
    """The use cases of bulk import."""

    def __init__(self, library: Library, clock: Clock, record: Record) -> None:
        self._library = library
        self._clock = clock
        self._record = record

    def import_lines(self, name: str, lines: Iterable[bytes], progress: Progress | None = None) -> BulkReport:
        """Take the lines of a file in, a thousand to a transaction.

        A line that cannot be used is reported as ``input-line`` and the others go on. Progress is called
        with the number of lines done, 0 for their unknown total, and the file's name. The file is recorded once,
        with its last lines; one of several transactions also with the first that it brings, so that an import which
        is interrupted is in the record too.
        """
        with self._library.read() as work:
            vocabulary = work.vocabulary.get()
        report = BulkReport()
        done = 0
        digest = hashlib.sha256()
        numbered = enumerate(lines, 1)
        ahead = next(numbered, None)
        while ahead:
            batch = [ahead, *islice(numbered, LINES_PER_TRANSACTION - 1)]
            ahead = next(numbered, None)
            for _number, raw in batch:
                digest.update(raw)
            with self._library.write() as work:
                came = self._import_batch(work, name, batch, vocabulary)
                begins = bool(came.sources) and not report.sources
                report = report.with_(came)
                if report.sources and ahead is None:
                    facts = import_facts(name, digest.hexdigest(), len(report.sources), report.excerpts)
                    self._record.note(work, Act.IMPORT, Subject("file", "", name), facts)
                elif begins:
                    self._record.note(
                        work, Act.IMPORT, Subject("file", "", name), {"file": name, "begun": True}
                    )
            done += len(batch)
            if progress:
                progress(done, 0, name)
        return report

    def _import_batch(
        self, work: UnitOfWork, name: str, batch: list[tuple[int, bytes]], vocabulary: Vocabulary
    ) -> BulkReport:
        digests = {number: hashlib.sha256(line).hexdigest() for number, raw in batch if (line := raw.strip())}
        made: list[tuple[Source, Snapshot, bytes]] = []
        excerpts: list[Excerpt] = []
        refused: list[InputError] = []
        duplicates = 0
        known = work.sources.known(digests.values())
        tags = _Tags(vocabulary)
        for number, raw in batch:
            digest, line = digests.get(number), raw.strip()
            if digest is None:
                continue
            if digest in known:
                duplicates += 1
                continue
            try:
                source, snapshot, own = self._made(line, digest, f"{name}:{number}", tags)
            except (KnownError, msgspec.MsgspecError) as error:
                refused.append(InputError("input-line", name=name, line=number, detail=error))
                continue
            known.add(digest)
            made.append((source, snapshot, line))
            excerpts += own
        work.sources.add_all(made)
        work.excerpts.add(excerpts)
        return BulkReport(tuple(source for source, *_ in made), len(excerpts), duplicates, tuple(refused))

    def _made(
        self, line: bytes, sha256: str, name: str, known_tags: _Tags
    ) -> tuple[Source, Snapshot, list[Excerpt]]:
        parsed = msgspec.json.decode(line, type=Line)
        now, source_id, snapshot_id = self._clock(), new_id(), new_id()
        snapshot = Snapshot(
            id=snapshot_id,
            source_id=source_id,
            sha256=sha256,
            file_name=name,
            media_type="application/vnd.citationstyles.csl+json",
            encoding="utf-8",
            captured_at=now,
            text=parsed.text,
            reading=paragraphs(parsed.text),
        )
        source = source_from_csl(
            parsed.csl, id=source_id, created_at=now, snapshot_id=snapshot_id, sha256=sha256
        )
        excerpts = []
        for wanted in parsed.excerpts:
            passage = passage_of_quote(snapshot, wanted.quote)
            excerpts.append(
                Excerpt(
                    id=new_id(),
                    source_id=source_id,
                    snapshot_id=snapshot_id,
                    span=passage.span,
                    quote=passage.quote,
                    paragraph=passage.paragraph,
                    created_at=now,
                    kind=wanted.kind,
                    speaker=wanted.speaker,
                    comment=wanted.comment,
                    tags=known_tags.read(wanted.tags),
                )
            )
        return source, snapshot, excerpts


class _Tags:
    """Reads tags; each is looked for in the vocabulary once, and those of one excerpt are sorted once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, Tag] = {}
        self._together: dict[tuple[str, ...], tuple[Tag, ...]] = {}

    def read(self, texts: tuple[str, ...]) -> tuple[Tag, ...]:
        """Return tags, sorted, each once. Raises UsageError for one that is none or unknown."""
        found = self._together.get(texts)
        if found is None:
            for text in texts:
                if text not in self._known:
                    self._known[text] = known_tag(parse_tag(text), self._vocabulary)
            found = tuple(sorted({self._known[text] for text in texts}, key=str))
            self._together[texts] = found
        return found
