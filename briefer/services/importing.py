"""Importing: files into sources, what is a duplicate or a copy of what, and accepting what came out.

Every method that changes something returns (or carries) a :class:`Change` with its way back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefer import in_use
from briefer.domain.digests import with_states
from briefer.domain.ids import new_id
from briefer.domain.record import Act, Subject
from briefer.domain.sources import Capture, Snapshot, Source
from briefer.errors import InputError, LibraryError
from briefer.services.changes import NO_CHANGE, Change, combined
from briefer.services.collect import Collect, source_change
from briefer.services.copies import brings_pages, earlier_capture, same_story, same_text
from briefer.services.exchange import Exchange
from briefer.services.import_results import (
    ImportReport,
    ImportResult,
    ImportStatus,
    bulk,
    refused,
    same_bytes,
)
from briefer.services.line_files import LineFile
from briefer.services.ports import (
    AS_ATTACHMENT,
    Clock,
    IntakeReader,
    Library,
    Outcome,
    Progress,
    Taken,
    UnitOfWork,
)
from briefer.services.recapture import snapshot_change
from briefer.services.record import Record
from briefer.services.recording import capture_facts, import_facts, of_source, source_notes
from briefer.services.trash import Trash

_BULK = ".jsonl"
_CAN_BE_OPENED = "input-password"


@dataclass
class _Batch:
    """The files of one import, and what became of each so far, by its place."""

    files: Sequence[tuple[str, Path | Taken | InputError]]
    results: dict[int, list[ImportResult]] = field(default_factory=dict)
    read: list[int] = field(default_factory=list)
    """The places of the files that were given to the reader, in that order."""

    def add(self, place: int, result: ImportResult) -> None:
        self.results.setdefault(place, []).append(result)

    def all(self) -> tuple[ImportResult, ...]:
        return tuple(r for place in sorted(self.results) for r in self.results[place])


class Importing:
    """The use cases of ``import`` and of reviewing what came in."""

    def __init__(
        self,
        library: Library,
        intake: IntakeReader,
        collect: Collect,
        exchange: Exchange,
        *,
        clock: Clock,
        record: Record,
        trash: Trash,
    ) -> None:
        self._library = library
        self._intake = intake
        self._collect = collect
        self._exchange = exchange
        self._clock = clock
        self._record = record
        self._trash = trash

    def import_paths(
        self,
        paths: Iterable[Path],
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        into: str | None = None,
    ) -> ImportReport:
        """Take files, folders and archives in, each file in a transaction of its own.

        What cannot be used is reported and the rest goes on; ``cancelled`` is asked before each file (and among the
        lines of the bulk form, whose progress is that of their lines), and what
        is done by then stays. A full disk or a library that went away ends the import, with the report.
        ``into`` names the source of which each is a new capture; where it is None, that is found out.
        """
        found = self._intake.expand(paths)
        files = [(_printable(str(f.path)), f.error or f.path) for f in found if not f.left_out]
        left_out = tuple(_printable(str(f.path)) for f in found if f.left_out)
        return replace(self._import(files, progress, cancelled, into), left_out=left_out)

    def import_taken(self, taken: Iterable[Taken], into: str | None = None) -> ImportReport:
        """Take in files that are already in memory (the clipboard, a file opened with its password)."""
        return self._import([(_printable(t.name), t) for t in taken], None, lambda: False, into)

    def keep(self, paths: Iterable[Path]) -> ImportReport:
        """Keep files, whatever they are, as attachments of sources whose text somebody may type in."""
        files: list[tuple[str, Path | Taken | InputError]] = []
        for path in paths:
            try:
                file: Taken | InputError = replace(self._intake.take(path), media_type=AS_ATTACHMENT)
            except InputError as error:
                file = error
            files.append((_printable(str(path)), file))
        return self._import(files, None, lambda: False)

    def take_back(self, report: ImportReport) -> Change:
        """Take out what an import brought, as far as it is still there.

        Raises:
            InputError: ``excerpt-used``, ``snapshot-used``.
        """
        with self._library.read() as work:
            there = work.sources.get_many(r.source.id for r in report.results if r.source)
            still = [
                r
                for r in report.results
                if r.source
                and r.source.id in there
                and (r.snapshot_id is None or work.sources.snapshot_of(r.snapshot_id))
            ]
        change = self._change(still)
        if change.inverse is None:
            return NO_CHANGE
        return replace(change.inverse(), label="Undo the whole import")

    def unaccepted(self) -> tuple[Source, ...]:
        """Return the sources that nobody has looked at since they came in, latest first; at most a thousand.

        A bulk import brings more than a person looks through, and more than a window holds.
        """
        with self._library.read() as work:
            return work.sources.unaccepted()

    def accept(self, source_ids: Iterable[str], *, accepted: bool = True) -> Change:
        """Note that a person has looked at what intake made of these sources."""
        with self._library.write() as work:
            ids = work.sources.set_accepted(source_ids, accepted=accepted)
            if ids:
                self._record.note(work, Act.EDIT, Subject("source"), {"accepted": accepted, "sources": ids})
        return source_change(ids, "Accept", lambda: self.accept(ids, accepted=not accepted))

    # --- one import --------------------------------------------------------------------------------------

    def _import(
        self,
        files: Sequence[tuple[str, Path | Taken | InputError]],
        progress: Progress | None,
        cancelled: Callable[[], bool],
        into: str | None = None,
    ) -> ImportReport:
        batch = _Batch(files)
        stopped: LibraryError | None = None
        try:
            for outcome in self._intake.read(self._fresh(batch, progress, cancelled)):
                place = batch.read[outcome.of]
                batch.add(place, self._stored(batch.files[place][0], outcome, into))
        except LibraryError as error:
            stopped = error
            for place, (name, _file) in enumerate(files):
                if place not in batch.results:
                    batch.add(place, refused(name, error))
        if progress:
            progress(len(files), len(files), "")
        results = batch.all()
        return ImportReport(results, self._change(results), stopped)

    def _fresh(
        self, batch: _Batch, progress: Progress | None, cancelled: Callable[[], bool]
    ) -> Iterator[Taken]:
        """Yield the files that have to be read; what needs no reading gets its result here."""
        for place, (name, file) in enumerate(batch.files):
            if cancelled():
                return
            if progress:
                progress(place, len(batch.files), Path(name).name)
            if isinstance(file, Path) and file.suffix.lower() == _BULK:
                batch.add(place, self._bulk_file(name, file, progress, cancelled))
                continue
            try:
                if isinstance(file, InputError):
                    raise file
                taken = file if isinstance(file, Taken) else self._intake.take(file)
            except InputError as error:
                batch.add(place, refused(name, error))
                continue
            if same := self._with_bytes(hashlib.sha256(taken.data).hexdigest()):
                batch.add(place, same_bytes(name, same))
                continue
            batch.read.append(place)
            yield replace(taken, name=_printable(taken.name))

    def _with_bytes(self, sha256: str) -> Source | None:
        with self._library.read() as work:
            return work.sources.by_sha256(sha256)

    def _stored(self, file: str, outcome: Outcome, into: str | None) -> ImportResult:
        taken = outcome.taken
        name = file if Path(file).name == taken.name else f"{Path(file).parent / taken.name}"
        if outcome.error:
            locked = taken if outcome.error.code == _CAN_BE_OPENED else None
            return replace(refused(name, outcome.error), locked=locked)
        if outcome.capture is None:
            return bulk(name, self._exchange.import_lines(taken.name, taken.data.splitlines(keepends=True)))
        return self._add(name, taken, outcome.capture, into)

    def _add(self, name: str, taken: Taken, capture: Capture, into: str | None) -> ImportResult:
        sha256 = hashlib.sha256(taken.data).hexdigest()
        source, snapshot = self._made(capture, taken, sha256)
        with self._library.write() as work:
            same = work.sources.by_sha256(sha256)
            if same is not None:
                return same_bytes(name, same)
            earlier = work.sources.get(into) if into else earlier_capture(work, source, snapshot)
            if earlier is not None:
                return self._captured_again(work, name, earlier, snapshot, taken.data)
            twin = same_text(work, source, snapshot)
            if twin is not None and brings_pages(work, twin, snapshot):
                return self._captured_again(work, name, twin, snapshot, taken.data)
            if twin is not None:
                reason = f"the same text is already in the library as “{twin.title}”"
                return ImportResult(name, ImportStatus.DUPLICATE, twin, reason)
            carried = same_story(work, snapshot)
            if carried is not None:
                source = replace(source, story=carried.story or carried.id)
                if carried.story is None:
                    joined = replace(carried, story=carried.id)
                    work.sources.update(joined)
                    self._record.note_all(work, source_notes(carried, joined), [carried])
            work.sources.add(source, snapshot, taken.data)
            facts = with_states(
                {**import_facts(name, sha256, 1), **capture_facts(snapshot)}, source, snapshot
            )
            self._record.note(work, Act.IMPORT, of_source(source), facts)
            thrown = work.trash.with_original(sha256)
        reason = f"carries the same story as “{carried.title}”" if carried else ""
        if thrown and not reason:
            reason = f"an earlier capture of it, “{thrown.label}”, is in the trash"
        return ImportResult(name, ImportStatus.IMPORTED, source, reason or _note(snapshot))

    def _captured_again(
        self, work: UnitOfWork, name: str, earlier: Source, snapshot: Snapshot, original: bytes
    ) -> ImportResult:
        latest = work.sources.snapshot(earlier.id)
        if latest and latest.text == snapshot.text and not brings_pages(work, earlier, snapshot):
            reason = f"the same text is already in the library as “{earlier.title}”"
            return ImportResult(name, ImportStatus.DUPLICATE, earlier, reason)
        work.sources.add_snapshot(replace(snapshot, source_id=earlier.id), original)
        facts = {**import_facts(name, snapshot.sha256, 0), **capture_facts(snapshot)}
        self._record.note(work, Act.IMPORT, of_source(earlier), facts)
        reason = (
            f"a new capture of “{earlier.title}”; its excerpts stay on the capture that they were made in"
        )
        return ImportResult(
            name, ImportStatus.IMPORTED, work.sources.get(earlier.id), reason, snapshot_id=snapshot.id
        )

    def _made(self, capture: Capture, taken: Taken, sha256: str) -> tuple[Source, Snapshot]:
        """Make the source and its first snapshot from what intake read."""
        source_id, snapshot_id, now = new_id(), new_id(), self._clock()
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
            accessed=capture.accessed,
            url=capture.url,
            language=capture.language,
            flags=capture.flags,
            extra=capture.extra,
            snapshot_id=snapshot_id,
            sha256=sha256,
            genre=capture.genre,
            wire=capture.wire,
            rights=capture.rights,
            known=capture.known,
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
            captured_by=self._record.who,
            tool=capture.tool,
            unreadable=capture.unreadable,
            pages=capture.pages,
        )
        return source, snapshot

    # --- the bulk form -------------------------------------------------------------------------------------

    def _bulk_file(
        self, name: str, path: Path, progress: Progress | None, cancelled: Callable[[], bool]
    ) -> ImportResult:
        try:
            with in_use.opened(path) as file:
                lines = LineFile(file, path.stat().st_size)
                telling = lines.telling(progress) if progress else None
                return bulk(name, self._exchange.import_lines(path.name, lines, telling, cancelled))
        except OSError as error:
            code = "input-missing" if isinstance(error, FileNotFoundError) else "input-unreadable"
            return refused(name, InputError(code, name=path.name, detail=(error.strerror or "").lower()))

    # --- ways back -----------------------------------------------------------------------------------------

    def _change(self, results: Sequence[ImportResult]) -> Change:
        """Return what the import did as one change; what a bulk file brought has no way back."""
        made = [r for r in results if r.status is ImportStatus.IMPORTED and r.source and not r.bulk]
        added = [r.source.id for r in made if r.source and not r.snapshot_id]
        count, what = (len(added), "source") if added else (len(made), "capture")
        label = f"Import {count} {what}" if count == 1 else f"Import {count} {what}s"
        steps = [
            snapshot_change(self._trash, r.source.id, r.snapshot_id, label)
            for r in made
            if r.source and r.snapshot_id
        ]
        if added:
            steps.append(source_change(added, label, lambda: self._collect.take_out(added, label)))
        steps += [r.bulk.change for r in results if r.bulk and r.bulk.sources]
        return combined(label, steps) if steps else NO_CHANGE


def _note(snapshot: Snapshot) -> str:
    if snapshot.unreadable and not snapshot.text:
        return f"kept as an attachment, because it has no readable text ({snapshot.unreadable}); type its text in"
    return ""


def _printable(name: str) -> str:
    """Return a file's name with � where it is not text: names may hold any bytes, libraries and terminals not."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
