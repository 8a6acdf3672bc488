"""Several captures of one source: what changed between them, and carrying excerpts to a newer one.

Every method that changes something returns a :class:`Change` with its way back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefer.domain.anchoring import Anchored, anchor, context
from briefer.domain.differences import Difference, differences
from briefer.domain.excerpts import Excerpt
from briefer.domain.ids import new_id
from briefer.domain.pages import Pages
from briefer.domain.passages import passage_at
from briefer.domain.readings import paragraphs
from briefer.domain.record import Act
from briefer.domain.similarity import body_text
from briefer.domain.sources import Snapshot
from briefer.domain.trash import TrashKind
from briefer.errors import InputError
from briefer.services.changes import Change, Kind
from briefer.services.collect import source_change
from briefer.services.lookups import source_and_snapshot, source_and_snapshots
from briefer.services.ports import Clock, Library
from briefer.services.record import Record
from briefer.services.recording import capture_facts, excerpt_notes, of_source
from briefer.services.trash import Trash


@dataclass(frozen=True)
class Offer:
    """An excerpt that stands on an older snapshot, and its place in the latest; None where it is not there."""

    excerpt: Excerpt
    snapshot: Snapshot
    place: Anchored | None

    @property
    def quote(self) -> str:
        """The words that stand at the new place, empty where there is none."""
        return self.snapshot.quote(self.place.span) if self.place else ""


class Recapture:
    """The use cases around the snapshots of a source."""

    def __init__(self, library: Library, clock: Clock, record: Record, trash: Trash) -> None:
        self._library = library
        self._clock = clock
        self._record = record
        self._trash = trash

    def snapshots(self, source_id: str) -> tuple[Snapshot, ...]:
        """Return all snapshots of a source, latest first."""
        with self._library.read() as work:
            return work.sources.snapshots(source_id)

    def differences(self, old_id: str, new_id: str) -> tuple[Difference, ...]:
        """Return what changed in the article from one snapshot to another."""
        with self._library.read() as work:
            found = [work.sources.snapshot_of(snapshot_id) for snapshot_id in (old_id, new_id)]
        old, new = (body_text(s.text, s.reading) if s else "" for s in found)
        return differences(old, new)

    def offers(self, source_id: str) -> tuple[Offer, ...]:
        """Return the excerpts that stand on older snapshots, each with its place in the latest."""
        with self._library.read() as work:
            _source, snapshots = source_and_snapshots(work, source_id)
            latest, texts = snapshots[0], {s.id: s.text for s in snapshots}
            behind = [e for e in work.excerpts.of_source(source_id) if e.snapshot_id != latest.id]
        return tuple(
            Offer(
                e,
                latest,
                anchor(e.quote, *context(texts[e.snapshot_id], e.span), latest.text, latest.reading),
            )
            for e in behind
        )

    def carry(self, offers: Sequence[Offer]) -> Change:
        """Carry excerpts to their places in the latest snapshot, marked with how each was found again."""
        before = tuple(offer.excerpt for offer in offers if offer.place)
        after = tuple(_carried(offer) for offer in offers if offer.place)
        return self._replace(before, after)

    def type_in(self, source_id: str, text: str) -> Change:
        """Store what a person typed from an original that cannot be read, as a further snapshot of it.

        Raises:
            InputError: ``input-empty`` for no text; ``not-found``.
        """
        with self._library.write() as work:
            source, before = source_and_snapshot(work, source_id)
            if not text.strip():
                raise InputError("input-empty", name=source.title)
            typed = replace(
                before,
                id=new_id(),
                text=text,
                reading=paragraphs(text),
                # The pages can still be drawn, but nothing of the typed text is known to stand on them.
                pages=Pages(before.pages.labels),
                captured_by=self._record.who,
                captured_at=self._clock(),
                tool="typed in",
            )
            work.sources.add_snapshot(typed, work.sources.original(before.id))
            facts = {"text": "typed in", **capture_facts(typed)}
            self._record.note(work, Act.EDIT, of_source(source), facts)
        return snapshot_change(self._trash, source.id, typed.id, "Type the text in")

    def _replace(self, before: Sequence[Excerpt], after: Sequence[Excerpt]) -> Change:
        with self._library.write() as work:
            stood = work.excerpts.get_many(e.id for e in after).values()
            work.excerpts.update(after)
            self._record.note_all(work, excerpt_notes(before, after), stood)
        ids = tuple(e.id for e in after)
        label = f"Carry {len(ids)} excerpt(s)"
        return Change(frozenset({Kind.EXCERPT}), ids, label, lambda: self._replace(after, before))


def snapshot_change(trash: Trash, source_id: str, snapshot_id: str, label: str) -> Change:
    """Return the change that a further snapshot of a source has made; its way back puts that into the trash."""
    return source_change([source_id], label, lambda: trash.throw(TrashKind.CAPTURE, [snapshot_id], label))


def _carried(offer: Offer) -> Excerpt:
    assert offer.place is not None, "the caller has left out what was not found"
    passage = passage_at(offer.snapshot, offer.place.span)
    return replace(
        offer.excerpt,
        snapshot_id=offer.snapshot.id,
        span=passage.span,
        quote=passage.quote,
        paragraph=passage.paragraph,
        page=offer.snapshot.pages.label_of(passage.span),
        anchored=offer.place.method,
    )
