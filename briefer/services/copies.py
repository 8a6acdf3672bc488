"""What a new capture is a duplicate, a later state, or a copy of."""

from __future__ import annotations

from briefer.domain.similarity import SAME_STORY, bands, body_text, likeness, text_digest
from briefer.domain.sources import Snapshot, Source
from briefer.services.ports import UnitOfWork

_MOST_CANDIDATES = 20
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
    body = body_text(snapshot.text, snapshot.reading)
    candidates = work.sources.similar(bands(body))[:_MOST_CANDIDATES]
    for source_id in candidates:
        other = work.sources.snapshot(source_id)
        if other and likeness(body, body_text(other.text, other.reading)) >= SAME_STORY:
            return work.sources.get(source_id)
    return None
