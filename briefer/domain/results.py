"""What searches give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from briefer.domain.excerpts import Excerpt
from briefer.domain.sources import Source
from briefer.domain.tags import Tag


class Sort(StrEnum):
    """The order of hits. NEWEST is by publication date (undated last), then by time of making."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True)
class Hit:
    """An excerpt that matches, with its source and the number of briefs that use it."""

    excerpt: Excerpt
    source: Source
    used_in: int = 0


@dataclass(frozen=True)
class HitPage:
    """One page of hits, the number of all hits, and the number of sources that they come from."""

    total: int
    sources: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class SourceHit:
    """A source that matches, with the number of excerpts made from it."""

    source: Source
    excerpts: int


@dataclass(frozen=True)
class Facets:
    """Exact counts of matching excerpts by key of each tag kind (roles of a partner counted together)."""

    partner: dict[str, int] = field(default_factory=dict)
    risk: dict[str, int] = field(default_factory=dict)
    theme: dict[str, int] = field(default_factory=dict)
    free: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CoverageCell:
    """How many matching excerpts bear a partner and a risk, and the newest publication date among them."""

    partner: str
    risk: str
    count: int
    newest: str | None


@dataclass(frozen=True)
class Suggestion:
    """A tag that the words ``because`` of a paragraph suggest; applied only when a person confirms it."""

    paragraph: int
    tag: Tag
    because: tuple[str, ...]


@dataclass(frozen=True)
class LibraryCounts:
    """How much a library holds."""

    sources: int
    excerpts: int
    briefs: int


@dataclass(frozen=True)
class BriefSummary:
    """What a list of briefs shows."""

    id: str
    title: str
    form: str
    meeting_date: str | None
    changed_at: str
    sections: int
    excerpts: int
    words: int
