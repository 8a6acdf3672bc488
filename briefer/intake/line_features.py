"""What the line model is told of each line: the line itself, its neighbours, its place, what the rules say.

The features speak of shape rather than of words (length, marks, capitals, little words, repetition), so that a
model that has seen a few languages holds for others too. Of words they use the furniture lists, and which
words the line shares with the article that the rules found.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate

from briefer.domain.sources import SegmentKind
from briefer.intake.heads import byline, dated_line, title_like
from briefer.intake.lines import Judged, is_prose, words_of
from briefer.intake.words import furniture
from briefer.intake.zones import Zone, headline, remark

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HIRAGANA = re.compile(r"[\u3040-\u309f]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+[\"'“‘«(]?\w|。")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|(?:^|\s)[@#]\w|\.(?:com|org|net|co)\b")
_PRICE = re.compile(r"[$€£¥₹₩円]\s?\d|\d\s?(?:[€£¥₩円₽]|USD|EUR|JPY)")
_QUOTE = re.compile(r"[\"“”„«»「」『』]")
_OPEN = re.compile(r"^[\"“„«「『(\[]")
_STROKE = re.compile(r"[|｜»›·•]")
_PROMO = frozenset({"newsletter", "advertisement", "cookie notice", "share buttons", "rights notice"})
_NEAR = 3
_FEW, _MANY = 5, 12
_FAR = 15


class _Page:
    """The lines of one page as columns of numbers, one value a line."""

    def __init__(self, judged: Sequence[Judged], zone: Zone, title: str | None) -> None:
        self.judged = judged
        self.zone = zone
        self.count = len(judged)
        self.names: list[str] = []
        self.columns: list[list[float]] = []
        self.title = words_of(title or "")
        self.stems = [words_of(item.line.text) for item in judged]
        self.repeated = Counter(item.line.plain for item in judged)

    def add(self, name: str, values: Sequence[float]) -> list[float]:
        column = list(values)
        self.names.append(name)
        self.columns.append(column)
        return column

    def each(self, name: str, of: Callable[[Judged], float]) -> list[float]:
        return self.add(name, [float(of(item)) for item in self.judged])


def features(
    judged: Sequence[Judged], zone: Zone, title: str | None
) -> tuple[tuple[str, ...], list[list[float]]]:
    """Return the names of the features and, for each of them, its values line by line.

    The lines have been judged by the rules already, all but what follows the article.
    """
    page = _Page(judged, zone, title)
    _shape(page)
    _marks(page)
    _words(page)
    _rules(page)
    _topic(page)
    _place(page)
    _surroundings(page)
    return tuple(page.names), page.columns


def _shape(page: _Page) -> None:
    page.each("weight", lambda item: math.log1p(item.line.weight))
    page.each("words", lambda item: math.log1p(len(_WORD.findall(item.line.text))))
    page.each("sentences", lambda item: min(len(_SENTENCE.findall(item.line.text)), 8))
    page.each("gap", lambda item: min(item.line.gap, 3))
    page.add("gap after", [*(float(min(item.line.gap, 3)) for item in page.judged[1:]), 1.0])
    page.each("repeated", lambda item: min(page.repeated[item.line.plain], 4))


def _marks(page: _Page) -> None:
    page.each("ended", lambda item: item.line.ended)
    page.each("ends asking", lambda item: item.line.text[-1] in "?!？！")
    page.each("ends open", lambda item: item.line.text[-1] in ",;、")
    page.each("ends with a colon", lambda item: item.line.text[-1] in ":：")
    page.each("trails off", lambda item: item.line.text.endswith(("…", "...")))
    page.each("bullet", lambda item: item.line.bullet)
    page.each("opens quoted", lambda item: bool(_OPEN.match(item.line.text)))
    page.each("quotes", lambda item: min(len(_QUOTE.findall(item.line.text)), 4))
    page.each("strokes", lambda item: min(len(_STROKE.findall(item.line.text)), 4))
    page.each(
        "commas", lambda item: sum(item.line.text.count(c) for c in ",、") / math.sqrt(item.line.weight)
    )
    page.each("address", lambda item: bool(_ADDRESS.search(item.line.text)))
    page.each("price", lambda item: bool(_PRICE.search(item.line.text)))
    page.each("only marks", lambda item: item.line.only_marks)


def _words(page: _Page) -> None:
    rows = [_of_words(item.line.text) for item in page.judged]
    names = (
        "capitals",
        "all capitals",
        "little words",
        "digits",
        "wide",
        "first small",
        "first digit",
        "length",
    )
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        page.add(name, column)


def _of_words(text: str) -> tuple[float, ...]:
    words = _WORD.findall(text)
    count = max(len(words), 1)
    size = len(text)
    # Particles and endings in hiragana are to Japanese what little words are to others.
    little = sum(len(w) <= 3 and w.islower() for w in words) / count
    if not text.isascii():
        little = max(little, len(_HIRAGANA.findall(text)) / size)
    return (
        sum(w[0].isupper() for w in words) / count,
        float(text.isupper()),
        little,
        sum(ch.isdigit() for ch in text) / size,
        0.0 if text.isascii() else len(_WIDE.findall(text)) / size,
        float(text[0].islower()),
        float(text[0].isdigit()),
        min(sum(map(len, words)) / count, 12.0),
    )


def _rules(page: _Page) -> None:
    page.each("prose", lambda item: item.prose)
    page.each("like prose", lambda item: is_prose(item.line))
    page.each("junk", lambda item: bool(item.junk))
    page.each("promotion", lambda item: item.junk in _PROMO)
    page.each("ends an article", lambda item: bool(furniture().stop_heading(item.line.text, weak=True)))
    page.each("credit", lambda item: item.line.credit)
    page.each("dated", lambda item: item.line.weight < 110 and bool(dated_line(item.line)))
    page.each("byline", lambda item: bool(byline(item.line)))
    page.each("like a title", title_like)
    page.each("section", lambda item: item.line.section)
    page.each("body", lambda item: item.body)
    for kind in (SegmentKind.HEADING, SegmentKind.CAPTION, SegmentKind.TITLE, SegmentKind.DATELINE):
        page.each(kind.value, lambda item, kind=kind: item.kind is kind)  # type: ignore[misc]
    top = headline(page.judged)
    page.add("headline", [float(i == top) for i in range(page.count)])
    page.each("remark", remark)
    page.each("title repeated", lambda item: item.why == "title repeated")
    page.each("standfirst", lambda item: item.why == "standfirst")


def _topic(page: _Page) -> None:
    """How much of the line's vocabulary is that of the title and of other lines of the article."""
    seen = Counter(w for item, stems in zip(page.judged, page.stems, strict=True) if item.body for w in stems)
    shared: list[float] = []
    core: list[float] = []
    for item, stems in zip(page.judged, page.stems, strict=True):
        own = 1 if item.body else 0
        known = sum(seen[w] > own for w in stems)
        shared.append(known / len(stems) if stems else -1.0)
        core.append(float(min(sum(seen[w] > own + 1 for w in stems), 10)))
    page.add("known words", shared)
    page.add("often used words", core)
    page.add("title words", [min(len(stems & page.title), 6) for stems in page.stems])
    first = page.stems[0] - page.stems[-1] if page.count > 1 else page.stems[0]
    page.add(
        "words of the first line",
        [min(len(stems & first), 6) if i else 0 for i, stems in enumerate(page.stems)],
    )
    page.add("title share", [len(stems & page.title) / len(stems) if stems else -1.0 for stems in page.stems])


def _place(page: _Page) -> None:
    first, last, cut = page.zone.first, page.zone.last, page.zone.cut
    page.add("into the zone", [float(max(-_FAR, min(_FAR, i - first))) for i in range(page.count)])
    page.add("to the zone's end", [float(max(-_FAR, min(_FAR, last - i))) for i in range(page.count)])
    page.add("cut", [float(i >= cut) for i in range(page.count)])
    masses = [item.line.weight * item.body for item in page.judged]
    before = list(accumulate(masses, initial=0))
    whole = max(before[-1], 1)
    page.add("prose above", [before[i] / whole for i in range(page.count)])
    page.add("prose below", [(whole - before[i + 1]) / whole for i in range(page.count)])
    page.add("page length", [math.log1p(page.count)] * page.count)
    page.add(
        "density",
        [sum(item.body for item in page.judged[first : last + 1]) / (last - first + 1)] * page.count,
    )


def _surroundings(page: _Page) -> None:
    """The same facts of the lines around: one by one near by, summed up farther off."""
    column = dict(zip(page.names, page.columns, strict=True))
    for name in ("weight", "ended", "like prose", "junk", "body", "capitals", "little words", "known words"):
        for step in range(1, _NEAR + 1):
            page.add(
                f"{name} -{step}", [-1.0] * min(step, page.count) + column[name][: max(page.count - step, 0)]
            )
            page.add(f"{name} +{step}", column[name][step:] + [-1.0] * min(step, page.count))
    for name in ("like prose", "body", "junk", "weight", "known words", "ended"):
        for size in (_FEW, _MANY):
            page.add(f"{name} in {size} above", _mean(column[name], size, above=True))
            page.add(f"{name} in {size} below", _mean(column[name], size, above=False))
    for name in ("like prose", "ends an article", "title", "headline", "dated", "remark", "promotion"):
        page.add(f"since {name}", _since(column[name]))
        page.add(f"until {name}", _since(column[name][::-1])[::-1])
    weights = column["weight"]
    page.add("alike", [_alike(weights, i) for i in range(page.count)])


def _mean(values: Sequence[float], size: int, *, above: bool) -> list[float]:
    sums = list(accumulate(values, initial=0.0))
    count = len(values)
    found: list[float] = []
    for i in range(count):
        low, high = (max(0, i - size), i) if above else (i + 1, min(count, i + 1 + size))
        found.append((sums[high] - sums[low]) / (high - low) if high > low else -1.0)
    return found


def _since(values: Sequence[float]) -> list[float]:
    """Return how many lines back the last one stands for which the value holds, at most ``_FAR``."""
    distance, found = float(_FAR), []
    for value in values:
        distance = min(distance + 1.0, float(_FAR))
        found.append(distance)
        if value:
            distance = 0.0
    return found


def _alike(weights: Sequence[float], i: int) -> float:
    """Return how many of the ten nearest lines are about as long, as entries of a list are."""
    near = [*weights[max(0, i - _FEW) : i], *weights[i + 1 : i + 1 + _FEW]]
    return float(sum(abs(w - weights[i]) < 0.25 for w in near))
