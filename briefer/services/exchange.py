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
from briefer.domain.sources import Snapshot, Source
from briefer.domain.tags import Tag, Vocabulary, parse_tag
from briefer.errors import InputError, KnownError
from briefer.services.changes import Change, Kind
from briefer.services.curate import known_tag
from briefer.services.ports import Clock, Library, Progress, UnitOfWork

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

    @property
    def change(self) -> Change:
        """The change for views to refresh by; a bulk import has no way back."""
        kinds = frozenset({Kind.SOURCE, Kind.EXCERPT})
        return Change(kinds, tuple(s.id for s in self.sources), "Bulk import")


class Exchange:
    """The use cases of bulk import."""

    def __init__(self, library: Library, clock: Clock) -> None:
        self._library = library
        self._clock = clock

    def import_lines(self, name: str, lines: Iterable[bytes], progress: Progress | None = None) -> BulkReport:
        """Take the lines of a file in, a thousand to a transaction.

        A line that cannot be used is reported as ``input-line`` and the others go on. Progress is called
        with the number of lines done, 0 for their unknown total, and the file's name.
        """
        with self._library.read() as work:
            vocabulary = work.vocabulary.get()
        sources: list[Source] = []
        refused: list[InputError] = []
        excerpts = duplicates = done = 0
        numbered = enumerate(lines, 1)
        while batch := list(islice(numbered, LINES_PER_TRANSACTION)):
            with self._library.write() as work:
                for number, raw in batch:
                    line = raw.strip()
                    sha256 = hashlib.sha256(line).hexdigest()
                    if not line:
                        continue
                    if work.sources.by_sha256(sha256):
                        duplicates += 1
                        continue
                    try:
                        made = self._made(line, sha256, f"{name}:{number}", vocabulary)
                    except (KnownError, msgspec.MsgspecError) as error:
                        refused.append(InputError("input-line", name=name, line=number, detail=error))
                        continue
                    excerpts += _stored(work, made, line)
                    sources.append(made[0])
            done += len(batch)
            if progress:
                progress(done, 0, name)
        return BulkReport(tuple(sources), excerpts, duplicates, tuple(refused))

    def _made(
        self, line: bytes, sha256: str, name: str, vocabulary: Vocabulary
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
            tags = (known_tag(parse_tag(tag), vocabulary) for tag in wanted.tags)
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
                    tags=_sorted(tags),
                )
            )
        return source, snapshot, excerpts


def _stored(work: UnitOfWork, made: tuple[Source, Snapshot, list[Excerpt]], line: bytes) -> int:
    source, snapshot, excerpts = made
    work.sources.add(source, snapshot, line)
    work.excerpts.add(excerpts)
    return len(excerpts)


def _sorted(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    return tuple(sorted(set(tags), key=str))
