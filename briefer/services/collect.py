"""Collecting sources: showing them, correcting what is known of them and how they are read, taking them out.

Every method that changes something returns a :class:`Change` with its way back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from briefer.domain.corrections import settled, turned
from briefer.domain.excerpts import Excerpt
from briefer.domain.markings import MarkingScheme, check_lowered
from briefer.domain.record import Act
from briefer.domain.results import Suggestion
from briefer.domain.sources import BODY_KINDS, FACTS, How, Known, Reading, Snapshot, Source
from briefer.domain.spans import Span
from briefer.domain.speakers import Spoken, speakers
from briefer.domain.suggestions import suggest
from briefer.domain.trash import TrashKind
from briefer.errors import InputError
from briefer.services.changes import Change, Kind
from briefer.services.lookups import source_and_snapshot, source_and_snapshots
from briefer.services.ports import IntakeReader, Library, PageImage, Taken, UnitOfWork
from briefer.services.record import Record
from briefer.services.recording import of_source, reading_facts, source_notes
from briefer.services.trash import Trash


@dataclass(frozen=True)
class SourceView:
    """A source with all that a reader of it needs.

    ``snapshot`` is the one shown, ``snapshots`` all of them, latest first; ``excerpts`` are those of all
    snapshots. ``carriers`` are the other sources of the same story. ``suggestions`` leaves out tags that are
    applied already, ``spoken`` quotations that are excerpts already; an older snapshot is for reading only and
    has none.
    """

    source: Source
    snapshot: Snapshot
    snapshots: tuple[Snapshot, ...]
    carriers: tuple[Source, ...]
    excerpts: tuple[Excerpt, ...]
    suggestions: tuple[Suggestion, ...]
    spoken: tuple[Spoken, ...] = ()

    @property
    def latest(self) -> bool:
        """Whether the latest snapshot is shown."""
        return self.snapshot.id == self.snapshots[0].id


class Collect:
    """The use cases around whole sources: ``sources``, ``source``, and correcting them."""

    def __init__(
        self,
        library: Library,
        intake: IntakeReader,
        record: Record,
        trash: Trash,
        schemes: tuple[MarkingScheme, ...] = (),
    ) -> None:
        self._library = library
        self._schemes = schemes
        self._intake = intake
        self._record = record
        self._trash = trash

    def sources(self) -> tuple[Source, ...]:
        """Return every source, latest import first."""
        with self._library.read() as work:
            return work.sources.all()

    def source(self, source_id: str, snapshot_id: str | None = None) -> SourceView:
        """Return a source with the text of a snapshot (its latest by default), excerpts and open suggestions.

        Raises:
            InputError: ``not-found``.
        """
        with self._library.read() as work:
            source, snapshots = source_and_snapshots(work, source_id)
            excerpts = work.excerpts.of_source(source_id)
            vocabulary = work.vocabulary.get()
            story = work.sources.of_story(source.story) if source.story else ()
        latest = snapshots[0]
        shown = next((s for s in snapshots if s.id == snapshot_id), latest)
        found = suggest(shown.text, shown.reading, vocabulary) if shown.id == latest.id else ()
        applied = {(e.paragraph, tag.name) for e in excerpts for tag in e.tags if e.snapshot_id == shown.id}
        still_open = tuple(s for s in found if (s.paragraph, s.tag.name) not in applied)
        carriers = tuple(s for s in story if s.id != source_id)
        spoken = _unmarked(speakers(shown.text, shown.reading), excerpts) if shown.id == latest.id else ()
        return SourceView(source, shown, snapshots, carriers, excerpts, still_open, spoken)

    def original(self, source_id: str, snapshot_id: str | None = None) -> bytes:
        """Return the bytes that were captured, untouched; of the latest snapshot by default."""
        with self._library.read() as work:
            _source, snapshot = source_and_snapshot(work, source_id)
            return work.sources.original(snapshot_id or snapshot.id)

    def page(self, snapshot: Snapshot, number: int, width: int, password: str | None = None) -> PageImage:
        """Draw a page of a snapshot's original.

        Raises:
            InputError: ``input-no-pages``, ``input-password``.
        """
        with self._library.read() as work:
            data = work.sources.original(snapshot.id)
        taken = Taken(
            snapshot.file_name, data, snapshot.captured_at, media_type=snapshot.media_type, password=password
        )
        return self._intake.page(taken, number, width)

    def change_source(self, changed: Source, reason: str = "") -> Change:
        """Store bibliographic data that a person has corrected; what differs is known from them.

        Raises:
            UsageError: ``marking-lowered``, where the marking is less than it was and there is no reason; it is recorded.
        """
        with self._library.write() as work:
            before, _snapshot = source_and_snapshot(work, changed.id)
            check_lowered(before.marking or "", changed.marking or "", self._schemes, reason)
            named = [name for name in FACTS if getattr(before, name) != getattr(changed, name)]
            known = {**changed.known, **dict.fromkeys(named, Known(How.PERSON, 1.0))}
            self._update(work, before, replace(changed, known=known), reason.strip())
        return source_change([changed.id], "Edit source", lambda: self._restore(before))

    def turn(self, source_id: str, span: Span, *, body: bool) -> Change:
        """Make the lines that ``span`` touches part of the article, or set them aside as furniture.

        Raises:
            InputError: ``line-used`` where an excerpt stands on a line that is to be set aside.
        """
        label = "Make it part of the article" if body else "Set aside"
        return self._reread(
            source_id, label, lambda snapshot: turned(snapshot.reading, snapshot.text, span, body=body)
        )

    def settle(self, source_id: str, span: Span) -> Change:
        """Note that a passage which intake doubted is the article's own."""
        return self._reread(
            source_id, "It belongs to the article", lambda snapshot: settled(snapshot.reading, span)
        )

    def part(self, source_id: str) -> Change:
        """Note that a source does not carry the story that it was taken to share with others."""
        with self._library.write() as work:
            before, _snapshot = source_and_snapshot(work, source_id)
            known = {**before.known, "story": Known(How.PERSON, 1.0)}
            self._update(work, before, replace(before, story=None, known=known))
        return source_change([source_id], "Not the same story", lambda: self._restore(before))

    def join(self, source_ids: Sequence[str]) -> Change:
        """Note that sources carry one story; what shares a story with one of them already comes along.

        All sources stay, with their excerpts. Raises InputError ``not-found``.
        """
        with self._library.write() as work:
            named = [source_and_snapshot(work, source_id)[0] for source_id in source_ids]
            story = next((s.story for s in named if s.story), named[0].id)
            carriers = [m for s in named for m in (work.sources.of_story(s.story) if s.story else (s,))]
            before = tuple({m.id: m for m in carriers if m.story != story}.values())
            for one in before:
                self._update(work, one, replace(one, story=story))
        return self._joined(before, tuple(replace(one, story=story) for one in before))

    def _joined(self, before: Sequence[Source], after: Sequence[Source]) -> Change:
        def back() -> Change:
            with self._library.write() as work:
                now = work.sources.get_many(one.id for one in before)
                for one in before:
                    if one.id in now:
                        self._update(work, now[one.id], replace(now[one.id], story=one.story))
            return self._joined(after, before)

        return source_change([one.id for one in before], "Same story", back)

    def remove_source(self, source_id: str) -> Change:
        """Put a source into the trash, with its excerpts; refused while a brief uses one of them."""
        return self.take_out([source_id], "Remove source")

    def take_out(self, source_ids: Sequence[str], label: str) -> Change:
        """Put sources into the trash together; refused while a brief uses one of their excerpts.

        Raises:
            InputError: ``excerpt-used``, ``not-found``.
        """
        return self._trash.throw(TrashKind.SOURCE, source_ids, label)

    def _update(
        self, work: UnitOfWork, before: Source, after: Source, reason: str = "", *, by_undo: bool = False
    ) -> None:
        work.sources.update(after)
        self._record.note_all(work, source_notes(before, after, reason, by_undo=by_undo), [before])

    def _restore(self, source: Source) -> Change:
        with self._library.write() as work:
            now, _snapshot = source_and_snapshot(work, source.id)
            self._update(work, now, source, by_undo=True)
        return source_change([source.id], "Edit source", lambda: self._restore(now))

    def _reread(self, source_id: str, label: str, correct: Callable[[Snapshot], Reading]) -> Change:
        with self._library.write() as work:
            source, snapshot = source_and_snapshot(work, source_id)
            reading = correct(snapshot)
            self._store_reading(work, snapshot, reading)
            note = Act.EDIT, of_source(source), reading_facts(snapshot, reading)
            self._record.note_all(work, [note], [snapshot])

        def back() -> Change:
            return self._reread(source_id, label, lambda _snapshot: snapshot.reading)

        return source_change([source_id], label, back)

    @staticmethod
    def _store_reading(work: UnitOfWork, snapshot: Snapshot, reading: Reading) -> None:
        """Store a reading, and the numbers of the paragraphs in which the snapshot's excerpts now stand."""
        renumbered: list[Excerpt] = []
        for excerpt in work.excerpts.of_source(snapshot.source_id):
            if excerpt.snapshot_id != snapshot.id:
                continue
            before, after = snapshot.reading.at(excerpt.span), reading.at(excerpt.span)
            if sum(s.kind in BODY_KINDS for s in after) < sum(s.kind in BODY_KINDS for s in before):
                raise InputError("line-used")
            number = next((s.number for s in after if s.number is not None), None)
            if number != excerpt.paragraph:
                renumbered.append(replace(excerpt, paragraph=number))
        work.sources.update_reading(snapshot.id, reading)
        work.excerpts.update(renumbered)


def _unmarked(spoken: Sequence[Spoken], excerpts: Sequence[Excerpt]) -> tuple[Spoken, ...]:
    """Return the quotations that no excerpt with a speaker touches."""
    spans = [e.span for e in excerpts if e.speaker]
    return tuple(s for s in spoken if not any(span.touches(s.span_of_quotation) for span in spans))


def source_change(ids: Sequence[str], label: str, inverse: Callable[[], Change]) -> Change:
    """Return a change of sources, and with them of their excerpts."""
    return Change(frozenset({Kind.SOURCE, Kind.EXCERPT}), tuple(ids), label, inverse)
