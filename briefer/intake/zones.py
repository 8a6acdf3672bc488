"""Where among the lines the article stands: after the head of the page, before what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefer.intake.heads import dated_line
from briefer.intake.lines import Judged
from briefer.intake.words import furniture

_MOST = 4.0
_SHORT = -0.55
_JUNK = -0.9
_LISTED = 0.3
_NEUTRAL = -0.1
_ALONE = 0.6
# So much prose must stand before a heading like "Related articles" for it to end the article.
_ENOUGH = 2.5
_LOOK_AHEAD = 12
_RUN = 3


@dataclass(frozen=True)
class Zone:
    """The lines ``first`` to ``last`` (included) hold the article; from ``cut`` on nothing belongs to it."""

    first: int
    last: int
    cut: int


def find_zone(lines: Sequence[Judged]) -> Zone | None:
    """Return where the article stands, or None when there is no running text."""
    cut = _cut(lines)
    best = _best_stretch(lines[:cut])
    if best is None and cut < len(lines):
        cut = len(lines)
        best = _best_stretch(lines)
    return None if best is None else Zone(best[0], best[1], cut)


def _scores(lines: Sequence[Judged]) -> list[float]:
    """Return the scores of the lines; a paragraph alone among short lines counts less, as a teaser does."""
    scores = [_score(item) for item in lines]
    for i, item in enumerate(lines):
        if item.prose and not (_supported(lines, i, -1) or _supported(lines, i, 1)):
            scores[i] *= _ALONE
    return scores


def _supported(lines: Sequence[Judged], i: int, step: int) -> bool:
    """Whether the next line in that direction, pictures left out, is of the kind that articles are made of."""
    i += step
    while 0 <= i < len(lines) and _picture(lines[i]):
        i += step
    if not 0 <= i < len(lines):
        return False
    return lines[i].prose or lines[i].line.bullet or lines[i].line.section


def _picture(item: Judged) -> bool:
    return not item.junk and (item.line.text.endswith("|") or item.line.credit)


def _score(item: Judged) -> float:
    if item.junk or (not item.prose and item.line.weight < 60 and dated_line(item.line)):
        return _JUNK
    if item.prose:
        return min(item.line.weight / 100, _MOST)
    if item.line.bullet and item.line.weight > 30:
        return _LISTED
    if _picture(item) or item.line.section:
        return _NEUTRAL
    return _SHORT


def _best_stretch(lines: Sequence[Judged]) -> tuple[int, int] | None:
    """Return the ends of the stretch with the greatest sum of scores (Kadane's algorithm)."""
    best, total, start = 0.0, 0.0, 0
    scores = _scores(lines)
    found: tuple[int, int] | None = None
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, found = total, (start, i)
    return found


def _cut(lines: Sequence[Judged]) -> int:
    """Return the index of the heading after which other articles, rankings or comments follow."""
    gathered = 0.0
    for i, item in enumerate(lines):
        gathered = max(0.0, gathered + _score(item))
        if gathered < _ENOUGH or not furniture().stop_heading(item.line.text, weak=True):
            continue
        following = lines[i + 1 : i + 1 + _LOOK_AHEAD]
        if sum(f.prose for f in following[:3]) <= 1 and _longest_run(following) < _RUN:
            return i
    return len(lines)


def _longest_run(lines: Sequence[Judged]) -> int:
    longest = run = 0
    for item in lines:
        run = run + 1 if item.prose else 0
        longest = max(longest, run)
    return longest
