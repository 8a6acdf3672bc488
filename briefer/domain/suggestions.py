"""Tags that a text's own words suggest. Suggestions only: a person confirms each."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from briefer.domain import roles
from briefer.domain.capitals import CAPITALS
from briefer.domain.matching import Lookup, Match, level, longest, lowered
from briefer.domain.mentions import PARTNER, Judgement, Mention, Rule
from briefer.domain.results import Suggestion
from briefer.domain.sources import Reading, SegmentKind
from briefer.domain.tags import Role, Tag, TagKind, Term, Vocabulary

_BORDER = "\x00"  # stands between paragraphs, so that no word or phrase runs across
_WORD_REST = re.compile(r"[A-Za-zÀ-ɏ\d-]*")
_GAP = "…"
_SHORT_NAME = 3
_SHOUT = 12
_LONGEST_PHRASE = 120
# The order in which roles win when one paragraph speaks of a place in several.
_STRENGTH = (Role.SOURCE_OF_RISK, Role.PARTNER, Role.THIRD_PARTY, Role.VENUE)
_WEAKEST_FIRST = tuple(reversed(_STRENGTH))

T = TypeVar("T")
_Word = tuple[int, int, Tag]  # start, end, and the tag that it suggests


@dataclass(frozen=True, slots=True)
class _Place:
    """A word of a place: its term as ``kind:key``, the tag of each role, and what kind of name it is."""

    term: str
    tags: dict[Role, Tag]
    city: bool
    noun: bool


@dataclass(frozen=True, slots=True)
class _Topic:
    """A word of a risk or theme, or the first part of one in two parts."""

    term: str
    tag: Tag
    rest: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Lookups:
    names: Lookup[_Place]
    topics: Lookup[_Topic]
    blocked: Lookup[str]
    cues: Lookup[Rule]


@dataclass(slots=True)
class _Named:
    it: Mention
    place: _Place
    judged: Judgement


def suggest(text: str, reading: Reading, vocabulary: Vocabulary) -> tuple[Suggestion, ...]:
    """Return the tags that the paragraphs of an article suggest, in text order.

    Headings, doubtful paragraphs and everything outside the article suggest nothing. Names of places and
    organisations count as whole words in their own capitals, words of risks and themes at the beginning of a
    word in any case, Japanese words anywhere, the longest first; never inside a term's blocked phrases. The
    home country is not suggested.
    """
    paragraphs = [
        (s.number, text[s.span.start : s.span.end])
        for s in reading.body()
        if s.kind is SegmentKind.PARAGRAPH and not s.doubt and s.number is not None
    ]
    article = _Article(_BORDER.join(paragraph for _, paragraph in paragraphs), _lookups(vocabulary))
    suggestions: list[Suggestion] = []
    at = 0
    for number, paragraph in paragraphs:
        words = article.words(at, at + len(paragraph))
        if words:
            suggestions += _gathered(number, paragraph, at, words)
        at += len(paragraph) + len(_BORDER)
    return tuple(suggestions)


def _gathered(number: int, paragraph: str, at: int, words: Iterable[_Word]) -> Iterator[Suggestion]:
    """Gather the words of one paragraph, which begins at ``at``, by their tags."""
    because: dict[Tag, list[str]] = {}
    for start, end, tag in words:
        written = paragraph[start - at : end - at]
        known = because.setdefault(tag, [])
        if written not in known:
            known.append(written)
    return (Suggestion(number, tag, tuple(written)) for tag, written in because.items())


class _Article:
    """The paragraphs of an article, joined, and all that stands in them; asked for its words in their order."""

    def __init__(self, text: str, lookups: _Lookups) -> None:
        self._text = level(text)
        self._small = lowered(self._text)
        self._names = longest(lookups.names.find(self._text))
        self._topics = lookups.topics.find(self._small)
        self._cues = lookups.cues.find(self._small) if self._names else []
        self._blocked: dict[str, list[tuple[int, int]]] = {}
        for start, end, terms in lookups.blocked.find(self._small):
            for term in terms:
                self._blocked.setdefault(term, []).append((start, end))
        self._name = self._topic = self._cue = 0

    def words(self, low: int, high: int) -> list[_Word]:
        """Return the words of the next paragraph, ``low ≤ i < high``, in text order."""
        names, self._name = _until(self._names, self._name, high)
        topics, self._topic = _until(self._topics, self._topic, high)
        cues, self._cue = _until(self._cues, self._cue, high)
        words = self._partners(names, cues, low, high) if names else []
        if topics:
            words += self._risks(topics, high)
        words.sort(key=_start)
        return words

    def _risks(self, matches: Sequence[Match[_Topic]], high: int) -> Iterator[_Word]:
        """Yield the words of risks and themes; those of one tag do not overlap."""
        free: dict[str, int] = {}
        small = self._small
        for start, end, topics in matches:
            for topic in topics:
                stop = end
                if start < free.get(topic.term, 0):
                    continue
                if topic.rest is not None:
                    tail = topic.rest.match(small, end, high)
                    if tail is None:
                        continue
                    stop = tail.end()
                if topic.term in self._blocked and self._is_blocked(topic.term, start, stop):
                    continue
                if stop < high and small[stop] != " " and small[stop - 1].isascii():
                    rest = _WORD_REST.match(small, stop, high) if small[stop - 1].isalnum() else None
                    stop = rest.end() if rest else stop
                free[topic.term] = stop
                yield start, stop, topic.tag

    def _partners(
        self, matches: Sequence[Match[_Place]], cues: Sequence[Match[Rule]], low: int, high: int
    ) -> list[_Word]:
        """Return one tag for each place, in the strongest role that the paragraph gives it."""
        named: list[_Named] = []
        starts = [cue.start for cue in cues]
        for number, match in enumerate(matches):
            start, end, places = match
            if end - start <= _SHORT_NAME and self._shouted(start, end, low, high):
                continue
            reach = matches[number + 1].start if number + 1 < len(matches) else high
            first = bisect.bisect_left(starts, start - roles.REACH)
            near = cues[first : bisect.bisect_left(starts, end + roles.REACH)]
            for place in places:
                if place.term in self._blocked and self._is_blocked(place.term, start, end):
                    continue
                it = Mention(self._text, self._small, start, end, low, high, reach, place.city, place.noun)
                judged = roles.role_of(it, near)
                if judged is not None:
                    named.append(_Named(it, place, judged))
        if all(n.judged is PARTNER for n in named):
            return [(n.it.start, n.it.end, n.place.tags[Role.PARTNER]) for n in named]
        return _in_strongest_roles(named)

    def _is_blocked(self, term: str, start: int, end: int) -> bool:
        phrases = self._blocked[term]
        first = bisect.bisect_left(phrases, (start - _LONGEST_PHRASE,))
        last = bisect.bisect_left(phrases, (start + 1,))
        return any(end <= high for _, high in phrases[first:last])

    def _shouted(self, start: int, end: int, low: int, high: int) -> bool:
        """Whether the words around are set in capitals, so that "US" may be a pronoun."""
        around = self._text[max(low, start - _SHOUT) : start] + self._text[end : min(high, end + _SHOUT)]
        return around.isupper()


def _in_strongest_roles(named: Sequence[_Named]) -> list[_Word]:
    _share(named)
    if any(n.judged.weak for n in named):
        allies = {n.place.term for n in named if roles.allied(n.it)}
        for n in named:
            if n.judged.weak and n.place.term in allies:
                n.judged = PARTNER
    strongest = {n.place.term: role for role in _WEAKEST_FIRST for n in named if n.judged.role is role}
    return [
        (n.it.start, n.it.end, n.place.tags[n.judged.role])
        for n in named
        if n.judged.role is strongest[n.place.term]
    ]


def _share(named: Sequence[_Named]) -> None:
    """Let names that are joined by "and" take over the hostile role of the one that has it."""
    pairs = list(itertools.pairwise(named))
    for one, two in pairs:
        if one.judged.spreads_on and two.judged is PARTNER and _joined(one.it, two.it):
            two.judged = one.judged
    for one, two in reversed(pairs):
        if two.judged.spreads_back and one.judged is PARTNER and _joined(one.it, two.it):
            one.judged = two.judged


def _joined(one: Mention, two: Mention) -> bool:
    return roles.joined(one.text[one.end : two.start])


def _until(matches: list[Match[T]], first: int, high: int) -> tuple[list[Match[T]], int]:
    last = bisect.bisect_left(matches, (high,), first)
    return matches[first:last], last


def _start(word: _Word) -> int:
    return word[0]


@functools.lru_cache(maxsize=4)
def _lookups(vocabulary: Vocabulary) -> _Lookups:
    home = vocabulary.home_country.casefold()
    places = [t for t in vocabulary.terms if t.kind is TagKind.PARTNER and t.key.casefold() != home]
    topics = [t for t in vocabulary.terms if t.kind is not TagKind.PARTNER]
    return _Lookups(
        names=Lookup((w for t in places for w in _place_words(t)), whole=True),
        topics=Lookup(w for t in topics for w in _topic_words(t)),
        blocked=Lookup((lowered(w), Tag(t.kind, t.key).name) for t in (*places, *topics) for w in t.blocked),
        cues=Lookup(roles.CUES),
    )


def _place_words(term: Term) -> Iterator[tuple[str, _Place]]:
    tags = {role: Tag(TagKind.PARTNER, term.key, role) for role in Role}
    for word in dict.fromkeys((*term.words_en, *term.words_ja)):
        noun = word == term.label_en or word.isupper()
        yield word, _Place(tags[Role.PARTNER].name, tags, word in CAPITALS, noun)


def _topic_words(term: Term) -> Iterator[tuple[str, _Topic]]:
    tag = Tag(term.kind, term.key)
    for word in dict.fromkeys(lowered(level(w)) for w in (*term.words_en, *term.words_ja)):
        first, _, last = (part.strip() for part in word.partition(_GAP))
        yield first, _Topic(tag.name, tag, _following(last) if last else None)


def _following(word: str) -> re.Pattern[str]:
    """Return what finds ``word`` a few words on in the same sentence."""
    if word.isascii():
        return re.compile(rf"[\w'-]*(?:,? [\w'-]+){{0,4}}?,? {re.escape(word)}")
    return re.compile(rf"[^。、\x00]{{0,12}}?{re.escape(word)}")
