"""Tags that a text's own words suggest. Suggestions only: a person confirms each."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefer.domain.capitals import CAPITALS
from briefer.domain.matching import Lookup, Match, level, lowered
from briefer.domain.results import Suggestion
from briefer.domain.roles import PARTNER, Judgement, allied, joined, role_of
from briefer.domain.sources import Reading, SegmentKind
from briefer.domain.tags import Role, Tag, TagKind, Term, Vocabulary

_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?][\"'”)]*\s+(?=[A-Z“\"'(])|[。！？]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD_REST = re.compile(r"[\w-]*")
_AROUND = 120
_SHORT_NAME = 3
_CAPITALS_SHARE = 0.8
# The order in which roles win when one paragraph speaks of a place in several.
_STRENGTH = (Role.SOURCE_OF_RISK, Role.PARTNER, Role.THIRD_PARTY, Role.VENUE)


@dataclass(frozen=True, slots=True)
class _Lookups:
    names: Lookup
    names_ja: Lookup
    topics: Lookup
    topics_ja: Lookup
    blocked: Lookup
    blocked_ja: Lookup


@dataclass(slots=True)
class _Named:
    match: Match
    judged: Judgement
    allied: bool


def suggest(text: str, reading: Reading, vocabulary: Vocabulary) -> tuple[Suggestion, ...]:
    """Return the tags that the paragraphs of an article suggest, in text order.

    Headings, doubtful paragraphs and everything outside the article suggest nothing. Names of places and
    organisations count as whole words in their own capitals, words of risks and themes at the beginning of a
    word in any case, Japanese words anywhere, the longest first; never inside a term's blocked phrases. The
    home country is not suggested.
    """
    lookups = _lookups(vocabulary)
    found: list[Suggestion] = []
    for segment in reading.body():
        if segment.kind is SegmentKind.PARAGRAPH and not segment.doubt and segment.number is not None:
            paragraph = text[segment.span.start : segment.span.end]
            found += _of_paragraph(paragraph, segment.number, lookups)
    return tuple(found)


def _of_paragraph(paragraph: str, number: int, lookups: _Lookups) -> list[Suggestion]:
    plain = level(paragraph)
    low = lowered(plain)
    blocked = [*lookups.blocked.find(low, overlapping=True)]
    names = [*lookups.names.find(plain)]
    topics = [*lookups.topics.find(low)]
    if _JAPANESE.search(plain):
        blocked += lookups.blocked_ja.find(low, overlapping=True)
        names += lookups.names_ja.find(plain)
        topics += lookups.topics_ja.find(low)
    names, topics = _unblocked(names, blocked), _unblocked(topics, blocked)
    first: dict[Tag, int] = {}
    words: dict[Tag, list[str]] = {}
    for tag, start, end in (*_partners(plain, names), *_topics(plain, topics)):
        first.setdefault(tag, start)
        written = paragraph[start:end]
        if written not in words.setdefault(tag, []):
            words[tag].append(written)
    return [Suggestion(number, tag, tuple(words[tag])) for tag in sorted(words, key=first.__getitem__)]


def _unblocked(matches: Iterable[Match], blocked: Sequence[Match]) -> list[Match]:
    """Return the matches that do not lie in a blocked phrase of their own term."""
    masks: dict[str, list[Match]] = {}
    for mask in blocked:
        masks.setdefault(f"{mask.term.kind}:{mask.term.key}", []).append(mask)
    kept = [
        m
        for m in matches
        if not any(
            b.start <= m.start and m.end <= b.end for b in masks.get(f"{m.term.kind}:{m.term.key}", ())
        )
    ]
    return sorted(kept, key=lambda m: (m.start, m.end))


def _topics(plain: str, matches: Iterable[Match]) -> Iterator[tuple[Tag, int, int]]:
    for match in matches:
        rest = _WORD_REST.match(plain, match.end) if plain[match.end - 1].isascii() else None
        end = rest.end() if rest and plain[match.end - 1].isalnum() else match.end
        yield Tag(match.term.kind, match.term.key), match.start, end


def _partners(plain: str, matches: Sequence[Match]) -> Iterator[tuple[Tag, int, int]]:
    """Yield one tag for each place, in the strongest role that the paragraph gives it."""
    shouted = _shouted(plain)
    ends = [m.end() for m in _SENTENCE_END.finditer(plain)]
    named: list[_Named] = []
    for match in matches:
        if not (shouted and match.end - match.start <= _SHORT_NAME):
            named += _named(plain, match, ends)
    _share(plain, named)
    allies = {n.match.term.key for n in named if n.allied}
    roles: dict[str, Role] = {}
    for n in named:
        if n.judged.weak and n.match.term.key in allies:
            n.judged = PARTNER
    for role in reversed(_STRENGTH):
        roles |= {n.match.term.key: role for n in named if n.judged.role is role}
    for n in named:
        if n.judged.role is roles[n.match.term.key]:
            yield Tag(TagKind.PARTNER, n.match.term.key, n.judged.role), n.match.start, n.match.end


def _named(plain: str, match: Match, ends: Sequence[int]) -> list[_Named]:
    sentence = bisect.bisect_right(ends, match.start)
    low = ends[sentence - 1] if sentence else 0
    high = ends[sentence] if sentence < len(ends) else len(plain)
    name = plain[match.start : match.end]
    before = plain[max(low, match.start - _AROUND) : match.start]
    after = plain[match.end : max(match.end, min(high, match.end + _AROUND))]
    judged = role_of(before, name, after, city=name in CAPITALS)
    return [] if judged is None else [_Named(match, judged, allied(after))]


def _share(plain: str, named: Sequence[_Named]) -> None:
    """Let names that are joined by "and" take over the hostile role of the one that has it."""
    pairs = list(itertools.pairwise(named))
    for one, two in pairs:
        if one.judged.spreads_on and two.judged is PARTNER and _joined(plain, one, two):
            two.judged = one.judged
    for one, two in reversed(pairs):
        if two.judged.spreads_back and one.judged is PARTNER and _joined(plain, one, two):
            one.judged = two.judged


def _joined(plain: str, one: _Named, two: _Named) -> bool:
    return joined(plain[one.match.end : two.match.start])


def _shouted(plain: str) -> bool:
    """Whether the text is set in capitals, so that "US" may be a pronoun."""
    letters = [c for c in plain if c.isalpha() and c.isascii()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > _CAPITALS_SHARE * len(letters)


@functools.lru_cache(maxsize=4)
def _lookups(vocabulary: Vocabulary) -> _Lookups:
    places = [
        t
        for t in vocabulary.terms
        if t.kind is TagKind.PARTNER and t.key.casefold() != vocabulary.home_country.casefold()
    ]
    topics = [t for t in vocabulary.terms if t.kind is not TagKind.PARTNER]

    def english(terms: Iterable[Term]) -> list[tuple[str, Term]]:
        return [(word, t) for t in terms for word in t.words_en]

    def japanese(terms: Iterable[Term]) -> list[tuple[str, Term]]:
        return [(word, t) for t in terms for word in t.words_ja]

    phrases = [(lowered(phrase), t) for t in (*places, *topics) for phrase in t.blocked]
    return _Lookups(
        names=Lookup(english(places), whole=True),
        names_ja=Lookup(japanese(places), japanese=True),
        topics=Lookup(((lowered(w), t) for w, t in english(topics))),
        topics_ja=Lookup(((lowered(w), t) for w, t in japanese(topics)), japanese=True),
        blocked=Lookup(p for p in phrases if p[0].isascii()),
        blocked_ja=Lookup((p for p in phrases if not p[0].isascii()), japanese=True),
    )
