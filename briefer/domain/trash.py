"""The trash of a library: what was deleted, with everything that went with it, until somebody empties it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from briefer.domain.briefs import Brief, Version
from briefer.domain.excerpts import Excerpt
from briefer.domain.forms import Form
from briefer.domain.results import SavedSearch
from briefer.domain.sources import Snapshot, Source
from briefer.domain.tags import Term


class TrashKind(StrEnum):
    """The kinds of things that go into the trash, in the order in which they are put back.

    A capture is a further snapshot of a source that stays; a form is the library's own, a search one that is saved.
    """

    SOURCE = "source"
    CAPTURE = "capture"
    EXCERPT = "excerpt"
    TERM = "term"
    BRIEF = "brief"
    FORM = "form"
    SEARCH = "search"


@dataclass(frozen=True)
class Content:
    """A deleted thing with all that goes with it; the fields of other kinds are empty.

    ``snapshots`` are the first capture first, ``versions`` likewise; ``place`` is that of a term among the others.
    The original bytes of the snapshots stay where they are, and are not repeated here.
    """

    source: Source | None = None
    snapshots: tuple[Snapshot, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    brief: Brief | None = None
    versions: tuple[Version, ...] = ()
    term: Term | None = None
    place: int = 0
    form: Form | None = None
    search: SavedSearch | None = None


@dataclass(frozen=True)
class Trashed:
    """One thing in the trash.

    ``id`` is that of its place there, ``thing`` the thing's own (of a term its name as a tag); ``label`` its title or
    words. ``holds`` counts what went with it: ``captures``, ``excerpts``, ``versions``. ``source_id`` is the source
    on which an excerpt stands or of which a capture is, else None.
    """

    id: str
    kind: TrashKind
    thing: str
    label: str
    at: datetime
    who: str
    holds: Mapping[str, int] = field(default_factory=dict)
    source_id: str | None = None
