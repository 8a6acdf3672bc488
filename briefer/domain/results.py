"""What searches give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from briefer.domain.excerpts import Excerpt
from briefer.domain.sources import Source
from briefer.domain.tags import Tag

_DAYS_OF_TWO_YEARS = 730


class Sort(StrEnum):
    """The order of hits.

    NEWEST is by publication date (undated last), then by time of making; BEST by how well the words fit, with
    something more for a recent date and a good grade; GRADE by reliability of the source, then credibility, what
    cannot be judged last; SOURCE by publisher's name. Within one rank of these the newest come first.
    """

    NEWEST = "newest"
    BEST = "best"
    GRADE = "grade"
    SOURCE = "source"


@dataclass(frozen=True)
class Why:
    """Why a hit stands where it does: words of the query that it has, its age, its grade.

    ``words`` counts the query's words and phrases in the excerpt, ``asked`` all of them; ``days`` is the age of
    the source's date on the day of asking, negative where it is to come, None for the undated; ``grade`` is the Admiralty code. ``aside`` counts
    those of ``words`` that are not in the quotation; ``where`` is the field that has them, empty where several do.
    """

    words: int
    asked: int
    days: int | None
    grade: str
    aside: int = 0
    where: str = ""

    def __str__(self) -> str:
        """Return it for people: ``matches 3 words, 4 days old, B2``."""
        fit = f"matches {self.words} word{'' if self.words == 1 else 's'}"
        if self.words < self.asked:
            fit += f" of {self.asked}"
        if self.aside:
            place = f"in the {self.where}" if self.where else "beside the quotation"
            fit += f" ({self.aside} only {place})" if self.aside < self.words else f", only {place}"
        if self.days is None:
            age = "no date"
        elif self.days < 0:
            age = f"dated {-self.days} day{'' if self.days == -1 else 's'} ahead"
        elif self.days < _DAYS_OF_TWO_YEARS:
            age = f"{self.days} day{'' if self.days == 1 else 's'} old"
        else:
            age = f"{self.days // 365} years old"
        return ", ".join((fit, age, self.grade) if self.asked else (age, self.grade))


@dataclass(frozen=True)
class Hit:
    """An excerpt that matches, with its source and the number of briefs that use it."""

    excerpt: Excerpt
    source: Source
    used_in: int = 0
    why: Why | None = None


@dataclass(frozen=True)
class HitPage:
    """One page of hits, the number of all hits, and the number of sources that they come from.

    ``sources`` is None where the hits are too many to count them at once; ``scanned`` says that the search index is damaged and the text itself was read through.
    """

    total: int
    sources: int | None
    hits: tuple[Hit, ...]
    scanned: bool = False


@dataclass(frozen=True)
class Similar:
    """An excerpt that resembles another.

    ``likeness`` is how much of the shorter text is in the other, by shared stretches of letters (0 to 1); ``copy``
    says that it is much the same text. Others are related: they share rare words.
    """

    hit: Hit
    likeness: float
    copy: bool


@dataclass(frozen=True)
class Corroboration:
    """By how many outlets a passage is carried, and how many origins stand behind them."""

    outlets: int
    origins: int


@dataclass(frozen=True)
class SavedSearch:
    """A search under a name; its hits are found anew each time."""

    id: str
    name: str
    query: str
    created_at: datetime


@dataclass(frozen=True)
class SourceHit:
    """A source that matches, with the number of excerpts made from it."""

    source: Source
    excerpts: int


@dataclass(frozen=True)
class Facets:
    """Exact counts of matching excerpts.

    By key of each tag kind (roles of a partner counted together), by publisher ('' for not stated), language
    (the primary subtag), grade, year ('' for undated), and use in briefs (``yes`` and ``no``).
    """

    partner: dict[str, int] = field(default_factory=dict)
    risk: dict[str, int] = field(default_factory=dict)
    theme: dict[str, int] = field(default_factory=dict)
    free: dict[str, int] = field(default_factory=dict)
    publisher: dict[str, int] = field(default_factory=dict)
    language: dict[str, int] = field(default_factory=dict)
    grade: dict[str, int] = field(default_factory=dict)
    year: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Month:
    """How many excerpts of a cell are from one month (``2025-10``; as precise as the date is, '' for none)."""

    month: str
    count: int


@dataclass(frozen=True)
class CoverageCell:
    """How many matching excerpts bear a partner and a risk, and the newest publication date among them."""

    partner: str
    risk: str
    count: int
    newest: str | None
    months: tuple[Month, ...] = ()


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
class BriefUse:
    """A brief that uses some excerpts: whether it does now, and the numbers of the versions in which it did."""

    brief_id: str
    title: str
    meeting_date: str | None
    now: bool
    versions: tuple[int, ...]


@dataclass(frozen=True)
class BriefSummary:
    """What a list of briefs shows; ``withdrawn`` and ``superseded`` count the sources that it leans on."""

    id: str
    title: str
    form: str
    meeting_date: str | None
    changed_at: str
    sections: int
    excerpts: int
    words: int
    subjects: tuple[Tag, ...] = ()
    withdrawn: int = 0
    superseded: int = 0
