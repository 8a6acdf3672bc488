"""A small model of which lines are the article: boosted decision trees over ``line_features``.

``resources/intake/line_model.json`` holds two forests. The first tells how likely a line lies between the first
and the last line of the article; the stretch with the greatest sum of its log-odds is the article's place. The
second tells, of the lines there, which belong to the text. ``benchmarks/train_line_model.py`` makes the file.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from briefer import assets
from briefer.intake.pasted.line_features import features
from briefer.intake.pasted.lines import Judged
from briefer.intake.pasted.zones import Zone, headline

# A leaf is a log-odd; a branch is feature, threshold, what follows up to it, and what follows above it.
Tree: TypeAlias = "float | list[int | float | Tree]"
_SUREST = 3.0
# Lines that the trees have no opinion of end an article rather than go on with it, above all where the rules end it.
_DOUBT = -0.2
_OUTSIDE = -1.0
_BODY = 0.0
_NOT_BODY = -0.4


@dataclass(frozen=True)
class Forest:
    """Trees whose values add up, from ``base``, to the log-odds of a line."""

    base: float
    trees: tuple[Tree, ...]

    def log_odds(self, columns: Sequence[Sequence[float]], count: int) -> list[float]:
        """Return the log-odds of ``count`` lines, whose features stand in ``columns``."""
        odds = [self.base] * count
        for tree in self.trees:
            _add(tree, columns, range(count), odds)
        return odds


@dataclass(frozen=True)
class LineModel:
    """The two forests and the names of the features that they were made with, in order."""

    names: tuple[str, ...]
    place: Forest
    inside: Forest

    def revise(
        self, judged: Sequence[Judged], zone: Zone, title: str | None
    ) -> tuple[Zone, list[bool | None]]:
        """Return where the article stands, and of each line whether it belongs to it (None: the rules decide).

        ``judged`` are the lines as the rules have judged them, with ``zone`` the place that they have found.
        """
        names, columns = features(judged, zone, title)
        assert names == self.names, "the line model was made with other features"
        odds = self.place.log_odds(columns, len(judged))
        start = headline(judged) or 0
        first, last = _stretch([_score(o, i, zone) for i, o in enumerate(odds[start : zone.cut], start)])
        first, last = first + start, last + start
        inside = self.inside.log_odds([c[first : last + 1] for c in columns], last + 1 - first)
        kept: list[bool | None] = [None] * len(judged)
        kept[first : last + 1] = [True if o > _BODY else False if o < _NOT_BODY else None for o in inside]
        return Zone(first, last, zone.cut), kept


def _add(tree: Tree, columns: Sequence[Sequence[float]], lines: Sequence[int], odds: list[float]) -> None:
    """Add what a tree says of ``lines`` to their ``odds``; feature by feature, which is faster than line by line."""
    if not isinstance(tree, list):
        for i in lines:
            odds[i] += tree
        return
    feature, threshold, low, high = tree
    assert isinstance(feature, int)
    assert isinstance(threshold, float)
    column = columns[feature]
    _add(low, columns, [i for i in lines if column[i] <= threshold], odds)
    _add(high, columns, [i for i in lines if column[i] > threshold], odds)


def _score(odds: float, i: int, zone: Zone) -> float:
    doubt = _DOUBT if zone.first <= i <= zone.last else _OUTSIDE
    return max(-_SUREST, min(_SUREST, odds + doubt))


def _stretch(scores: Sequence[float]) -> tuple[int, int]:
    """Return the ends of the stretch with the greatest sum (Kadane's algorithm)."""
    best, total, start = float("-inf"), 0.0, 0
    found = (0, 0)
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, found = total, (start, i)
    return found


def from_json(text: str) -> LineModel:
    """Return the model that a JSON text describes."""
    data = json.loads(text)
    forests = [Forest(data[kind]["base"], tuple(data[kind]["trees"])) for kind in ("place", "inside")]
    return LineModel(tuple(data["features"]), *forests)


@functools.cache
def line_model() -> LineModel:
    """Return the model of ``resources/intake/``."""
    return from_json((assets.resources() / "intake" / "line_model.json").read_text(encoding="utf-8"))
