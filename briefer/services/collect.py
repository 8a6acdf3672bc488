"""Collecting sources: taking files in, correcting what is known of them, taking them out again.

Every method that changes something returns (or carries) a :class:`Change` with its way back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from briefer.domain.excerpts import Excerpt
from briefer.domain.ids import new_id
from briefer.domain.results import Suggestion
from briefer.domain.sources import Capture, Snapshot, Source
from briefer.domain.suggestions import suggest
from briefer.errors import InputError, KnownError
from briefer.services.changes import NO_CHANGE, Change, Kind
from briefer.services.lookups import refuse_used, source_and_snapshot
from briefer.services.ports import Clock, IntakeReader, Library, Progress, Taken


class ImportStatus(StrEnum):
    """What became of one file."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportResult:
    """One file's fate: the new source, the one that has the same bytes already, or the reason why not."""

    file: str
    status: ImportStatus
    source: Source | None = None
    reason: str = ""
    error: KnownError | None = None


@dataclass(frozen=True)
class ImportReport:
    """The fate of each file, in order, and the change that all the new sources make together."""

    results: tuple[ImportResult, ...]
    change: Change

    @property
    def refused(self) -> tuple[ImportResult, ...]:
        """The files that could not be used."""
        return tuple(r for r in self.results if r.status is ImportStatus.REFUSED)


@dataclass(frozen=True)
class SourceView:
    """A source with all that a reader of it needs. ``suggestions`` leaves out tags that are applied already."""

    source: Source
    snapshot: Snapshot
    excerpts: tuple[Excerpt, ...]
    suggestions: tuple[Suggestion, ...]


class Collect:
    """The use cases around whole sources: ``import``, ``sources``, ``source``."""

    def __init__(self, library: Library, intake: IntakeReader, clock: Clock) -> None:
        self._library = library
        self._intake = intake
        self._clock = clock

    def import_paths(
        self,
        paths: Iterable[Path],
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ImportReport:
        """Take files and folders in, each file in a transaction of its own.

        What cannot be used is reported and the rest goes on; ``cancelled`` is asked before each file.
        """
        results: list[ImportResult] = []
        files: list[Path] = []
        for path in paths:
            try:
                files += self._intake.expand([path])
            except InputError as error:
                results.append(_refused(_printable(str(path)), error))
        for number, path in enumerate(files):
            if cancelled():
                break
            if progress:
                progress(number, len(files), path.name)
            results.append(self._import_path(path))
        if progress:
            progress(len(files), len(files), "")
        added = [r.source.id for r in results if r.source and r.status is ImportStatus.IMPORTED]
        label = f"Import {len(added)} source(s)"
        change = _source_change(added, label, lambda: self._take_out(added, label)) if added else NO_CHANGE
        return ImportReport(tuple(results), change)

    def import_taken(self, taken: Taken) -> ImportResult:
        """Take in one file that is already in memory, in a transaction of its own."""
        sha256 = hashlib.sha256(taken.data).hexdigest()
        with self._library.read() as work:
            same = work.sources.by_sha256(sha256)
        if same is not None:
            reason = f"the same bytes are already in the library as “{same.title}”"
            return ImportResult(taken.name, ImportStatus.DUPLICATE, same, reason)
        try:
            capture = self._intake.read(taken)
        except InputError as error:
            return _refused(taken.name, error)
        source, snapshot = new_source(capture, taken, sha256, self._clock)
        with self._library.write() as work:
            work.sources.add(source, snapshot, taken.data)
        return ImportResult(taken.name, ImportStatus.IMPORTED, source)

    def sources(self) -> tuple[Source, ...]:
        """Return every source, latest import first."""
        with self._library.read() as work:
            return work.sources.all()

    def source(self, source_id: str) -> SourceView:
        """Return a source with its text, excerpts and open suggestions."""
        with self._library.read() as work:
            source, snapshot = source_and_snapshot(work, source_id)
            excerpts = work.excerpts.of_source(source.id)
            vocabulary = work.vocabulary.get()
        found = suggest(snapshot.text, snapshot.reading, vocabulary)
        applied = {(e.paragraph, tag.name) for e in excerpts for tag in e.tags}
        still_open = tuple(s for s in found if (s.paragraph, s.tag.name) not in applied)
        return SourceView(source, snapshot, excerpts, still_open)

    def original(self, source_id: str) -> bytes:
        """Return the bytes that were captured, untouched."""
        with self._library.read() as work:
            _source, snapshot = source_and_snapshot(work, source_id)
            return work.sources.original(snapshot.id)

    def change_source(self, changed: Source) -> Change:
        """Store corrected bibliographic data."""
        with self._library.write() as work:
            before, _snapshot = source_and_snapshot(work, changed.id)
            work.sources.update(changed)
        return _source_change([changed.id], "Edit source", lambda: self.change_source(before))

    def remove_source(self, source_id: str) -> Change:
        """Take a source out, with its excerpts; refused while a brief uses one of them."""
        return self._take_out([source_id], "Remove source")

    def _import_path(self, path: Path) -> ImportResult:
        file = _printable(str(path))
        try:
            taken = self._intake.take(path)
        except InputError as error:
            return _refused(file, error)
        return replace(self.import_taken(replace(taken, name=_printable(taken.name))), file=file)

    def _take_out(self, source_ids: Sequence[str], label: str) -> Change:
        with self._library.write() as work:
            kept: list[tuple[Source, Snapshot, bytes, tuple[Excerpt, ...]]] = []
            for source_id in source_ids:
                source, snapshot = source_and_snapshot(work, source_id)
                excerpts = work.excerpts.of_source(source_id)
                refuse_used(work, excerpts)
                kept.append((source, snapshot, work.sources.original(snapshot.id), excerpts))
                work.sources.remove(source_id)

        def back() -> Change:
            with self._library.write() as work:
                for source, snapshot, original, excerpts in kept:
                    work.sources.add(source, snapshot, original)
                    work.excerpts.add(excerpts)
            return _source_change(source_ids, label, lambda: self._take_out(source_ids, label))

        return _source_change(source_ids, label, back)


def new_source(capture: Capture, taken: Taken, sha256: str, clock: Clock) -> tuple[Source, Snapshot]:
    """Make the source and its first snapshot from what intake read."""
    source_id, snapshot_id, now = new_id(), new_id(), clock()
    source = Source(
        id=source_id,
        title=capture.title,
        created_at=now,
        kind=capture.kind,
        authors=capture.authors,
        publisher=capture.publisher,
        container=capture.container,
        published=capture.published,
        event=capture.event,
        url=capture.url,
        language=capture.language,
        flags=capture.flags,
        snapshot_id=snapshot_id,
        sha256=sha256,
    )
    snapshot = Snapshot(
        id=snapshot_id,
        source_id=source_id,
        sha256=sha256,
        file_name=taken.name,
        media_type=capture.media_type,
        encoding=capture.encoding,
        captured_at=taken.modified,
        text=capture.text,
        reading=capture.reading,
    )
    return source, snapshot


def _printable(name: str) -> str:
    """Return a file's name with � where it is not text: names may hold any bytes, libraries and terminals not."""
    return name.encode("utf-8", "replace").decode()


def _refused(file: str, error: KnownError) -> ImportResult:
    return ImportResult(file, ImportStatus.REFUSED, None, str(error), error)


def _source_change(ids: Sequence[str], label: str, inverse: Callable[[], Change]) -> Change:
    return Change(frozenset({Kind.SOURCE, Kind.EXCERPT}), tuple(ids), label, inverse)
