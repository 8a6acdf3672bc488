"""Where an excerpt of an older snapshot stands in a newer one.

Looked for in three ways, the surest first: the same words, white space aside; the same letters, whatever became
of capitals, quotation marks, dashes and widths; words that are nearly the same. As everywhere, nothing but the
article is quoted: a place in furniture, a caption or another article is none.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from briefer.domain.excerpts import Anchoring
from briefer.domain.passages import quotable
from briefer.domain.sources import Reading
from briefer.domain.spans import Span, fold, quote_at

CONTEXT = 60
"""So many characters before and after an excerpt tell its place from others with the same words."""

LEAST_LIKENESS = 0.8
"""Words that are less like the excerpt's are other words."""

# Bytes of UTF-8, in which Latin letters count one and Japanese three: a shorter quotation may stand anywhere, and
# is found only where its surroundings are like those that it had.
_SHORT = 24
_LEAST_CONTEXT = 0.5
# Runs of so many letters tell where to look for words that are nearly the same; frequent ones tell nothing.
_SEED = 4
_SEED_PLACES = 50
_CANDIDATES = 4
# A place's ends are sought among so many word borders on either side of the guess.
_BORDERS = 24
_WALL = "\n"  # between two zones; no letter of a zone, since white space is left out

_CLUSTER = re.compile("[^\\s\u00ad\u200b-\u200d\u2060\ufeff][\u0300-\u036f\u3099\u309a\uff9e\uff9f]*")
_LEVEL = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»「」『』", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
_SPACED = re.compile(r"[^\W\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")


@dataclass(frozen=True)
class Anchored:
    """A place that was found, in which way, and how like its letters are to the excerpt's (0 to 1)."""

    span: Span
    method: Anchoring
    likeness: float


@dataclass(frozen=True)
class _Letters:
    """The letters of a text's quotable zones, levelled, and where in the text each stands."""

    letters: str
    starts: list[int]
    ends: list[int]

    @functools.cached_property
    def walls(self) -> list[int]:
        """Where zones end."""
        return [match.start() for match in re.finditer(_WALL, self.letters)]

    @functools.cached_property
    def seeds(self) -> dict[str, list[int]]:
        """Where each short run of letters stands."""
        found: dict[str, list[int]] = {}
        for at in range(len(self.letters) - _SEED + 1):
            found.setdefault(self.letters[at : at + _SEED], []).append(at)
        return found

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the text in which those letters stand."""
        return Span(self.starts[start], self.ends[end - 1])

    def zone(self, at: int) -> tuple[int, int]:
        """Return the bounds, in letters, of the zone in which a letter stands."""
        next_wall = bisect_right(self.walls, at)
        low = self.walls[next_wall - 1] + 1 if next_wall else 0
        return low, self.walls[next_wall] if next_wall < len(self.walls) else len(self.letters)


@dataclass(frozen=True)
class _Sought:
    """A quotation and its surroundings, levelled."""

    quote: str
    letters: str
    before: str
    after: str

    @property
    def short(self) -> bool:
        return len(self.letters.encode("utf-8", "surrogatepass")) < _SHORT

    def fits(self, held: _Letters, start: int, end: int) -> float:
        """Return how like the surroundings of a place are to those that the quotation had, 0 to 1."""
        low, high = held.zone(start)
        before = held.letters[max(low, start - len(self.before)) : start]
        after = held.letters[end : min(high, end + len(self.after))]
        return (_alike(self.before, before) + _alike(self.after, after)) / 2


def context(text: str, span: Span) -> tuple[str, str]:
    """Return what stands right before and right after ``span``."""
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def anchor(quote: str, before: str, after: str, text: str, reading: Reading) -> Anchored | None:
    """Return the place of ``quote`` in ``text``, or None where it is not in the article any more.

    ``before`` and ``after`` are the :func:`context` that it had; of several places with its words the one is
    chosen whose surroundings are most like them.
    """
    sought = _Sought(fold(quote), _levelled(quote), _levelled(before), _levelled(after))
    if not sought.letters:
        return None
    held = _letters_of(text, reading)
    same = [(at, at + len(sought.letters)) for at in _finds(held.letters, sought.letters)]
    whole = [place for place in same if _is_whole(text, held.span(*place))] or same
    exact = [place for place in whole if quote_at(text, held.span(*place)) == sought.quote]
    for places, method in ((exact, Anchoring.EXACT), (whole, Anchoring.NORMALISED)):
        place = _best(places, sought, held)
        if place:
            return Anchored(held.span(*place), method, 1.0)
    return None if sought.short else _nearly(sought, held, text)


def _best(places: list[tuple[int, int]], sought: _Sought, held: _Letters) -> tuple[int, int] | None:
    if not places or (len(places) == 1 and not sought.short):
        return places[0] if places else None
    fit, _, place = max((sought.fits(held, *place), -place[0], place) for place in places)
    return None if sought.short and fit < _LEAST_CONTEXT else place


def _nearly(sought: _Sought, held: _Letters, text: str) -> Anchored | None:
    best: tuple[float, Anchored] | None = None
    for low, high in _regions(sought.letters, held):
        start, end = _fitted(sought.letters, held, text, low, high)
        likeness = _alike(sought.letters, held.letters[start:end])
        rank = likeness + sought.fits(held, start, end) / 10
        if likeness >= LEAST_LIKENESS and (best is None or rank > best[0]):
            best = rank, Anchored(held.span(start, end), Anchoring.FUZZY, likeness)
    return best[1] if best else None


def _regions(wanted: str, held: _Letters) -> Iterator[tuple[int, int]]:
    """Yield stretches of the letters in which many short runs of ``wanted`` stand in their order."""
    width = max(20, len(wanted) // 4)
    votes: Counter[tuple[int, int]] = Counter()
    for at in range(len(wanted) - _SEED + 1):
        places = held.seeds.get(wanted[at : at + _SEED], [])
        if len(places) <= _SEED_PLACES:
            votes.update((bisect_right(held.walls, place), (place - at) // width) for place in places)
    for (zone, column), _ in votes.most_common(_CANDIDATES):
        low, high = held.zone(held.walls[zone] - 1 if zone < len(held.walls) else len(held.letters) - 1)
        start = max(low, (column - 1) * width)
        yield start, max(start + 1, min(high, (column + 2) * width + len(wanted)))


def _fitted(wanted: str, held: _Letters, text: str, low: int, high: int) -> tuple[int, int]:
    """Return the stretch of whole words between ``low`` and ``high`` that is most like ``wanted``."""
    from rapidfuzz import fuzz

    start = low
    if high - low > len(wanted):
        aligned = fuzz.partial_ratio_alignment(wanted, held.letters[low:high])
        start += aligned.dest_start if aligned else 0
    end = min(high, start + len(wanted))
    starts = [i for i in range(low, high) if _is_border(text, held.starts[i])]
    ends = [i for i in range(low + 1, high + 1) if _is_border(text, held.ends[i - 1])]
    # Each end depends a little on the other, hence twice.
    for _ in range(2):
        start = max(
            (i for i in _around(starts, start) if i < end),
            key=lambda i: (_alike(wanted, held.letters[i:end]), i),
            default=start,
        )
        end = max(
            (i for i in _around(ends, end) if i > start),
            key=lambda i: (_alike(wanted, held.letters[start:i]), -i),
            default=end,
        )
    return start, end


def _around(borders: list[int], at: int) -> list[int]:
    near = bisect_left(borders, at)
    return borders[max(0, near - _BORDERS) : near + _BORDERS]


def _finds(letters: str, wanted: str) -> Iterator[int]:
    at = letters.find(wanted)
    while at >= 0:
        yield at
        at = letters.find(wanted, at + 1)


def _is_whole(text: str, span: Span) -> bool:
    return _is_border(text, span.start) and _is_border(text, span.end)


def _is_border(text: str, at: int) -> bool:
    """Whether no word of a script that writes blanks goes on across an offset."""
    return not (0 < at < len(text) and _SPACED.match(text[at - 1]) and _SPACED.match(text[at]))


def _alike(a: str, b: str) -> float:
    # Imported here, because it takes a tenth of a second and the window should be painted first.
    from rapidfuzz import fuzz

    return fuzz.ratio(a, b) / 100


def _levelled(text: str) -> str:
    return "".join(_level(match[0]) for match in _CLUSTER.finditer(text))


@functools.lru_cache(maxsize=4096)
def _level(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster).translate(_LEVEL).casefold()


def _letters_of(text: str, reading: Reading) -> _Letters:
    """Level the quotable zones of a text: stretches of title, headings and paragraphs with nothing between."""
    zones = []
    for fit, group in groupby(reading.segments, quotable):
        segments = list(group)
        if fit:
            zones.append((segments[0].span.start, segments[-1].span.end))
    return _zone_letters(text, tuple(zones))


@functools.lru_cache(maxsize=2)  # the excerpts of one snapshot are looked for one after the other
def _zone_letters(text: str, zones: tuple[tuple[int, int], ...]) -> _Letters:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for low, high in zones:
        if pieces:
            pieces.append(_WALL)
            starts.append(low)
            ends.append(low)
        for match in _CLUSTER.finditer(text, low, high):
            piece = _level(match[0])
            pieces.append(piece)
            starts += [match.start()] * len(piece)
            ends += [match.end()] * len(piece)
    return _Letters("".join(pieces), starts, ends)
