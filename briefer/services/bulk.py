"""Many excerpts at once: tagging them, adding them to a brief, writing them into a file.

Excerpts are read and written by the thousand, and the work tells how far it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from briefer.atomic import write_chunks
from briefer.domain.briefs import Brief
from briefer.domain.csl import csl_of
from briefer.domain.editing import add_block
from briefer.domain.excerpts import Excerpt
from briefer.domain.passages import quotable
from briefer.domain.sources import Snapshot, Source
from briefer.domain.spans import quote_at
from briefer.domain.tags import Tag, known_tag
from briefer.errors import InputError
from briefer.services.changes import NO_CHANGE, Change, Kind
from briefer.services.compose import Compose, quotation
from briefer.services.curate import merged
from briefer.services.ports import Library, Progress, UnitOfWork
from briefer.services.record import Record
from briefer.services.recording import retag_notes

_AT_ONCE = 1000
_SOURCES_AT_ONCE = 200
MOST_IN_BRIEF = 200

Stopped = Callable[[], bool]


class Bulk:
    """The use cases of a selection of excerpts, however many. Ids are each given once."""

    def __init__(self, library: Library, compose: Compose, record: Record) -> None:
        self._library = library
        self._compose = compose
        self._record = record

    def tag(
        self,
        excerpt_ids: Sequence[str],
        add: Sequence[Tag] = (),
        remove: Sequence[Tag] = (),
        progress: Progress | None = None,
        stopped: Stopped = lambda: False,
    ) -> Change:
        """Add and remove tags, as `Curate.tag` does, a thousand excerpts to a transaction.

        When it is stopped, what is done stays, and is undone in one step like the whole. An error takes back what
        was done before it. Raises UsageError ``tag-unknown``, InputError ``not-found``.
        """
        with self._library.read() as work:
            vocabulary = work.vocabulary.get()
        tags = tuple(known_tag(tag, vocabulary) for tag in add)
        return self._retag(excerpt_ids, lambda e: merged(e.tags, tags, remove), progress, stopped)

    def add_to_brief(self, excerpt_ids: Sequence[str], brief_id: str, section_id: str) -> Change:
        """Add quotations at the end of a section, in the order given; those that the brief has are left out.

        Raises:
            InputError: ``not-found``; ``bulk-brief`` for more than :data:`MOST_IN_BRIEF`.
        """
        if len(excerpt_ids) > MOST_IN_BRIEF:
            raise InputError("bulk-brief", count=len(excerpt_ids), most=MOST_IN_BRIEF)

        def added(brief: Brief) -> Brief:
            present = set(brief.excerpt_ids())
            for excerpt_id in excerpt_ids:
                if excerpt_id not in present:
                    brief = add_block(brief, section_id, quotation(excerpt_id))
            return brief

        return self._compose.edit(brief_id, "Add excerpts", added)

    def export(
        self,
        excerpt_ids: Sequence[str],
        target: Path,
        progress: Progress | None = None,
        stopped: Stopped = lambda: False,
    ) -> int:
        """Write excerpts with their sources in the bulk form, and return how many lines that made.

        A line is a capture of a source: its data, the text of the article and the chosen excerpts. When it is
        stopped nothing is written. Raises InputError ``not-found``, ``export-unwritable``.
        """
        with self._library.read() as work:
            captures: dict[str, list[str]] = {}
            for some in _chunks(excerpt_ids, _AT_ONCE):
                for excerpt in _all_of(work, some):
                    captures.setdefault(excerpt.snapshot_id, []).append(excerpt.id)
            lines = _lines(work, captures, len(excerpt_ids), progress or _silent)
            return write_chunks(target, lines, stopped)

    def _retag(
        self,
        excerpt_ids: Sequence[str],
        tags_of: Callable[[Excerpt], tuple[Tag, ...]],
        progress: Progress | None = None,
        stopped: Stopped = lambda: False,
    ) -> Change:
        before: dict[str, tuple[Tag, ...]] = {}
        done = 0
        try:
            for some in _chunks(excerpt_ids, _AT_ONCE):
                if stopped():
                    break
                with self._library.write() as work:
                    found = _all_of(work, some)
                    changed = [replace(e, tags=tags) for e in found if (tags := tags_of(e)) != e.tags]
                    work.excerpts.update(changed)
                    self._record.note_all(work, retag_notes(found, changed), found)
                ids = {e.id for e in changed}
                before.update((e.id, e.tags) for e in found if e.id in ids)
                done += len(some)
                (progress or _silent)(done, len(excerpt_ids), "")
        except BaseException:
            self._put_back(before)
            raise
        return self._put_back_change(before) if before else NO_CHANGE

    def _put_back(self, before: dict[str, tuple[Tag, ...]]) -> Change:
        return self._retag(tuple(before), lambda excerpt: before[excerpt.id])

    def _put_back_change(self, before: dict[str, tuple[Tag, ...]]) -> Change:
        return Change(frozenset({Kind.EXCERPT}), tuple(before), "Tag", lambda: self._put_back(before))


def _lines(
    work: UnitOfWork, captures: dict[str, list[str]], total: int, progress: Progress
) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    done = 0
    for some in _chunks(tuple(captures), _SOURCES_AT_ONCE):
        snapshots = [s for s in map(work.sources.snapshot_of, some) if s is not None]
        sources = work.sources.get_many({s.source_id for s in snapshots})
        for snapshot in snapshots:
            chosen = _all_of(work, captures[snapshot.id])
            yield encoder.encode(_line(sources[snapshot.source_id], snapshot, chosen)) + b"\n"
            done += len(chosen)
        progress(done, total, "")


def _line(source: Source, snapshot: Snapshot, excerpts: Iterable[Excerpt]) -> dict[str, object]:
    article = (segment for segment in snapshot.reading.segments if quotable(segment))
    return {
        "csl": csl_of(source),
        "text": "\n\n".join(quote_at(snapshot.text, segment.span) for segment in article),
        "excerpts": [
            {
                "quote": e.quote,
                "tags": [str(tag) for tag in e.tags],
                "kind": e.kind.value,
                "comment": e.comment,
                "speaker": e.speaker,
            }
            for e in excerpts
        ],
    }


def _all_of(work: UnitOfWork, excerpt_ids: Sequence[str]) -> list[Excerpt]:
    found = work.excerpts.get_many(excerpt_ids)
    # One that somebody removed since it was selected is passed by.
    return [found[i] for i in excerpt_ids if i in found]


def _chunks(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _silent(_done: int, _all: int, _name: str) -> None:
    """Tell nobody."""
