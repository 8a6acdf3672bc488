"""What a new capture is a duplicate, a later state, or a copy of."""

from __future__ import annotations

from collections.abc import Iterator

from briefer.domain.similarity import SAME_STORY, bands, body_text, likeness, text_digest
from briefer.domain.sources import How, Snapshot, Source
from briefer.services.ports import UnitOfWork

_MOST_CANDIDATES = 20
_MOST_CARRIERS = 50
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
    """Return a source that carries the same story, or None."""
    found = next(_alike(work, snapshot, _MOST_CANDIDATES), None)
    return work.sources.get(found) if found else None


def other_carriers(work: UnitOfWork, source: Source) -> tuple[Source, ...]:
    """Return sources with much the same text, of at most fifty that may have it, the likeliest first.

    A bulk import joins no copies into stories: they are told by their texts. Neither what a person has said to be no
    copy has any, nor is it one.
    """
    snapshot = work.sources.snapshot(source.id)
    if snapshot is None or _is_parted(source):
        return ()
    ids = [found for found in _alike(work, snapshot, _MOST_CARRIERS) if found != source.id]
    sources = work.sources.get_many(ids)
    return tuple(sources[i] for i in ids if not _is_parted(sources[i]))


def _is_parted(source: Source) -> bool:
    return source.story is None and source.how("story").how is How.PERSON


def _alike(work: UnitOfWork, snapshot: Snapshot, most: int) -> Iterator[str]:
    """Yield the ids of sources that carry the story of a capture, of so many that may."""
    body = body_text(snapshot.text, snapshot.reading)
    for source_id in work.sources.similar(bands(body))[:most]:
        other = work.sources.snapshot(source_id)
        if other and likeness(body, body_text(other.text, other.reading)) >= SAME_STORY:
            yield source_id
