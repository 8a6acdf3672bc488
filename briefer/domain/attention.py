"""What a person should look at in a source that came in, and how sure its import is.

The review of imports lists the least sure first. How sure a source is, is how sure its least sure point is: a
page with a perfect title and no date is as much work as one with nothing but a missing date.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefer.domain.dates import Basis
from briefer.domain.sources import How, Known, SegmentKind, Snapshot, Source


class Concern(StrEnum):
    """Something to look at, the gravest first."""

    NO_TEXT = "no-text"
    NO_BODY = "no-body"
    FOREIGN_LEAD = "foreign-lead"
    NO_DATE = "no-date"
    MUCH_FURNITURE = "much-furniture"
    AI_WRITTEN = "ai-written"
    TITLE_GUESSED = "title-guessed"
    SAME_STORY = "same-story"
    DATE_INFERRED = "date-inferred"
    NO_PUBLISHER = "no-publisher"


FIELDS = {
    Concern.NO_DATE: "published",
    Concern.DATE_INFERRED: "published",
    Concern.TITLE_GUESSED: "title",
    Concern.NO_PUBLISHER: "publisher",
}
"""The field of a source in which a concern is settled; the others are settled in its text."""

# How sure a source can be at most while there is such a concern.
_CEILINGS = {
    Concern.NO_TEXT: 0.0,
    Concern.NO_BODY: 0.05,
    Concern.FOREIGN_LEAD: 0.2,
    Concern.NO_DATE: 0.3,
    Concern.MUCH_FURNITURE: 0.4,
    Concern.AI_WRITTEN: 0.5,
    Concern.TITLE_GUESSED: 0.55,
    Concern.SAME_STORY: 0.6,
    Concern.DATE_INFERRED: 0.65,
    Concern.NO_PUBLISHER: 0.7,
}
_ASIDE = frozenset({SegmentKind.FURNITURE, SegmentKind.EMBEDDED})
_GUESSED_BELOW = 0.7
_GUESSED_AT_LEAST = 0.1
# Saved news pages have up to nine tenths of furniture; what has more than that, and little text, was hardly read.
_MUCH_FURNITURE = 0.9
_LITTLE_BODY = 1200


@dataclass(frozen=True)
class ReadingFacts:
    """What the reading of a snapshot says about itself.

    ``paragraphs`` counts the body, headings included; ``body`` and ``aside`` are the characters in it and in
    furniture and other articles; ``doubts`` counts the segments that may belong to another article.
    ``unreadable`` is the snapshot's.
    """

    paragraphs: int = 0
    body: int = 0
    aside: int = 0
    doubts: int = 0
    unreadable: str = ""

    @property
    def share_aside(self) -> float:
        """The share of the text that was set aside, 0 to 1."""
        whole = self.body + self.aside
        return self.aside / whole if whole else 0.0


@dataclass(frozen=True)
class Attention:
    """The concerns about a source, the gravest first, and how sure its import is (0 to 1)."""

    concerns: tuple[Concern, ...]
    confidence: float

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that need a person, in the order of a row: title, published, publisher."""
        wanted = {FIELDS[c] for c in self.concerns if c in FIELDS}
        return tuple(name for name in ("title", "published", "publisher") if name in wanted)


def reading_facts(snapshot: Snapshot) -> ReadingFacts:
    """Return what the reading of a snapshot says about itself."""
    segments = snapshot.reading.segments
    body = [s for s in segments if s.number is not None]
    return ReadingFacts(
        paragraphs=len(body),
        body=sum(s.span.end - s.span.start for s in body),
        aside=sum(s.span.end - s.span.start for s in segments if s.kind in _ASIDE),
        doubts=sum(1 for s in segments if s.doubt),
        unreadable=snapshot.unreadable,
    )


def attention(source: Source, facts: ReadingFacts) -> Attention:
    """Return what a person should look at in a source, and how sure its import is."""
    found = frozenset({*_about_text(facts), *_about_facts(source)})
    concerns = tuple(concern for concern in Concern if concern in found)
    sure = [_sure(source, "title"), *(_CEILINGS[c] for c in concerns)]
    if source.published.value is not None:
        sure.append(_sure(source, "published"))
    return Attention(concerns, min(sure))


def rank(source: Source, seen: Attention) -> tuple[float, int, str, str]:
    """Return the key by which the least sure source comes first: then the most concerns, then the title."""
    return seen.confidence, -len(seen.concerns), source.title.casefold(), source.id


def is_ai_flag(flag: str) -> bool:
    """Whether a flag of a source says that a machine wrote it, or helped."""
    return flag.casefold().startswith("ai-")


def _about_text(facts: ReadingFacts) -> set[Concern]:
    if not facts.paragraphs:
        return {Concern.NO_TEXT if facts.unreadable else Concern.NO_BODY}
    found = {Concern.FOREIGN_LEAD} if facts.doubts else set()
    if facts.share_aside > _MUCH_FURNITURE and facts.body < _LITTLE_BODY:
        found.add(Concern.MUCH_FURNITURE)
    return found


def _about_facts(source: Source) -> set[Concern]:
    found: set[Concern] = set()
    published, known = source.published, source.how("published")
    if published.value is None:
        # Somebody who takes a wrong date out has said that there is none.
        if known.how is not How.PERSON:
            found.add(Concern.NO_DATE)
    elif known.how is not How.PERSON and (published.basis is not Basis.EXPLICIT or _doubtful(known)):
        found.add(Concern.DATE_INFERRED)
    if _doubtful(source.how("title")) or not source.title.strip():
        found.add(Concern.TITLE_GUESSED)
    if source.publisher is None and source.how("publisher").how is not How.PERSON:
        found.add(Concern.NO_PUBLISHER)
    if source.story is not None:
        found.add(Concern.SAME_STORY)
    if any(map(is_ai_flag, source.flags)):
        found.add(Concern.AI_WRITTEN)
    return found


def _doubtful(known: Known) -> bool:
    """Whether a value that is there was guessed; how nothing is told of became known is not a guess."""
    guessed = known.how is How.INFERRED or known.confidence < _GUESSED_BELOW
    return guessed and known.how not in {How.PERSON, How.UNKNOWN}


def _sure(source: Source, field: str) -> float:
    known = source.how(field)
    if known.how is How.PERSON or known.how is How.UNKNOWN:
        return 1.0
    return max(_GUESSED_AT_LEAST, known.confidence)
