"""What a new capture is a duplicate, a later state, or a copy of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefer.domain.articles import Article
from briefer.domain.similarity import (
    SAME_STORY,
    Whole,
    bands,
    body_text,
    likeness,
    marked,
    text_digest,
)
from briefer.domain.sources import How, Snapshot, Source
from briefer.services.ports import UnitOfWork

if TYPE_CHECKING:
    from briefer.domain.mark_sets import MarkSet

_MOST_CANDIDATES = 20
_MOST_CARRIERS = 50
_FEW = 100
"""So many sources are looked up as fast as all marks of a large library are read."""
# A page that was changed since still shares this much with its former capture; another page of a site that
# gives one address for all its pages does not.
_SAME_PAGE = 0.3


def earlier_capture(work: UnitOfWork, source: Source, snapshot: Snapshot) -> Source | None:
    """Return the source of which this is a new capture: of one address, and recognisably the same page."""
    found = work.sources.by_url(source.url) if source.url else None
    latest = work.sources.snapshot(found.id) if found else None
    if found is None or latest is None:
        return None
    old, new = body_text(latest.text, latest.reading), body_text(snapshot.text, snapshot.reading)
    same = found.title == source.title or not old or likeness(old, new) >= _SAME_PAGE
    return found if same and new else None


def same_text(work: UnitOfWork, source: Source, snapshot: Snapshot) -> Source | None:
    """Return a source with the same text that no fact tells apart: another publisher makes it a copy."""
    digest = text_digest(snapshot.text, snapshot.reading)
    for twin in work.sources.by_text(digest) if digest else ():
        if source.publisher is None or twin.publisher is None or source.publisher == twin.publisher:
            return twin
    return None


def brings_pages(work: UnitOfWork, source: Source, snapshot: Snapshot) -> bool:
    """Whether a capture has pages where the source's latest has none: only with them can a page be cited."""
    latest = work.sources.snapshot(source.id)
    return bool(snapshot.pages.runs) and latest is not None and not latest.pages.runs


def same_story(work: UnitOfWork, snapshot: Snapshot) -> Source | None:
    """Return a source that carries the same story, or None; none of which a person has said that it is no copy."""
    body = body_text(snapshot.text, snapshot.reading)
    return next(_carriers(work, body, work.sources.similar(bands(body), _MOST_CANDIDATES)), None)


def other_carriers(work: UnitOfWork, source: Source) -> tuple[Source, ...]:
    """Return sources with much the same text, of at most fifty that may have it, the likeliest first.

    What an earlier version of Briefer took in by bulk import shares no story: such copies are told by their texts.
    Neither what a person has said to be no copy has any, nor is it one.
    """
    snapshot = work.sources.snapshot(source.id)
    if snapshot is None or _is_parted(source):
        return ()
    body = body_text(snapshot.text, snapshot.reading)
    ids = work.sources.similar(bands(body), _MOST_CARRIERS)
    return tuple(_carriers(work, body, [found for found in ids if found != source.id]))


class Joining:
    """Joins what comes in by thousands into stories, by :func:`same_story` of each as if it had come in alone.

    Looking up the marks of each would take longer than all else that is done with it. So those of all sources are
    read once, where many come, and what shares none with any is passed over.
    """

    def __init__(self) -> None:
        self._known: MarkSet | None = None

    def begin(self, work: UnitOfWork, coming: int) -> None:
        """Begin with some that are not stored yet."""
        if self._known is None and coming > _FEW:
            from briefer.domain.mark_sets import MarkSet  # which imports numpy

            self._known = MarkSet(work.sources.marks())

    def join(self, work: UnitOfWork, new: Sequence[Article]) -> tuple[dict[str, str], tuple[Source, ...]]:
        """Store which stories they carry that were begun with, and are stored.

        Returned are these stories by the sources' ids, and those sources, as they stood, that were there before and
        are the first of a story.
        """
        ids = {article.source.id for article in new}
        stories: dict[str, str] = {}
        former: dict[str, Source] = {}
        same: dict[str, Source] = {}
        for article, own in self._alike(new):
            source, digest = article.source, article.found_by.text_digest
            carried = same.get(digest) or self._carried(work, article, own)
            if carried is not None:
                story = stories.get(carried.id) or carried.story or carried.id
                stories |= {source.id: story, carried.id: story}
                if carried.story is None and carried.id not in ids:
                    former[carried.id] = carried
            if digest:
                same.setdefault(digest, source)
        stories = {i: story for i, story in stories.items() if i in ids or i in former}
        work.sources.set_stories(stories)
        return stories, tuple(former.values())

    def _alike(self, new: Sequence[Article]) -> Iterator[tuple[Article, tuple[int, ...]]]:
        """Yield those that may be copies, with the marks that they share."""
        marks = [article.found_by.marks for article in new]
        if self._known is None:
            yield from zip(new, map(marked, marks), strict=True)
            return
        for place, common in self._known.shared(marks).items():
            yield new[place], common

    def _carried(self, work: UnitOfWork, article: Article, marks: Sequence[int]) -> Source | None:
        ids = work.sources.similar(marks, _MOST_CANDIDATES, article.source.id)
        body = body_text(article.snapshot.text, article.snapshot.reading)
        return next(_carriers(work, body, ids), None)


def _is_parted(source: Source) -> bool:
    return source.story is None and source.how("story").how is How.PERSON


def _carriers(work: UnitOfWork, body: str, ids: Sequence[str]) -> Iterator[Source]:
    """Yield those of some sources that carry the story of a text, but for those that a person has parted from it."""
    own = Whole(body) if ids else None
    for id_ in ids:
        other = work.sources.snapshot(id_)
        if own and other and own.likeness(body_text(other.text, other.reading)) >= SAME_STORY:
            source = work.sources.get(id_)
            if source and not _is_parted(source):
                yield source
