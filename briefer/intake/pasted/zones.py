"""Where among the lines the article stands: after the head of the page, before what follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefer.intake.facts.heads import dated_line, title_like
from briefer.intake.pasted.insets import boxes
from briefer.intake.pasted.lines import Judged
from briefer.intake.pasted.words import furniture

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
_HEADLINE_SHORTEST = 20
_SITE = re.compile(r"\s*(?:$|[|\-–—:»·•/(\[])")
_NUMBERED = re.compile(r"^[(（]?(\d{1,3})[.)）:]\s?\S")
_REMARK = re.compile(
    r"\d{4},? (?:at|um|à|o|kl\.?|klo) \d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s+(?:said|says))?:?$"
    r"|^[^.!?]{2,40}\s(?:says|said|schreibt|sagt|sagte|dit|a dit|dice|ha detto|diz|disse|skriver|sanoo|пишет|говорит):$"
    r"|^\d{1,3}[:：.]\s?.{0,30}(?:名無し|匿名)|^\d{4}[年/-]\d{1,2}[月/-]\d{1,2}日?\s?(?:at\s)?\d{1,2}:\d{2}(?::\d{2})?$",
    re.IGNORECASE,
)
_REMARK_LONGEST = 80
_LIST_SHORTEST = 3
_LIST_APART = 4


@dataclass(frozen=True)
class Zone:
    """The lines ``first`` to ``last`` (included) hold the article; from ``cut`` on nothing belongs to it.

    ``resumed`` is the paragraph with which it goes on below the last box of other articles inside it.
    """

    first: int
    last: int
    cut: int
    resumed: int | None = None


def find_zone(lines: Sequence[Judged]) -> Zone | None:
    """Return where the article stands, or None when there is no running text."""
    found = boxes(lines)
    cut = _cut(lines, found)
    best = _best_stretch(lines[:cut], found)
    if best is None and cut < len(lines):
        cut = len(lines)
        best = _best_stretch(lines, found)
    if best is None:
        return None
    resumed = max((end for end in found.values() if best[0] < end <= best[1]), default=None)
    return Zone(best[0], _with_list(lines[:cut], best[1]), cut, resumed)


def headline(lines: Sequence[Judged]) -> int | None:
    """Return the index of the headline above the article: the page's first line is it, or it and the site's name.

    None when there is no such line, or no running text below it.
    """
    named = lines[0].line.plain if lines else ""
    for i in range(1, len(lines)):
        plain = lines[i].line.plain
        named_so = named.startswith(plain) and _SITE.match(named, len(plain))
        if len(plain) >= _HEADLINE_SHORTEST and named_so and title_like(lines[i]):
            below = [item.prose for item in lines[i + 1 : i + 1 + 2 * _LOOK_AHEAD]]
            if sum(below) >= _RUN:
                return i
    return None


def _with_list(lines: Sequence[Judged], last: int) -> int:
    """Return where the article ends if a numbered list goes on below its last paragraph."""
    expected, end, apart = 1, last, 0
    for i in range(last + 1, len(lines)):
        match = _NUMBERED.match(lines[i].line.text)
        if match and int(match[1]) == expected:
            expected, apart = expected + 1, 0
            if expected > _LIST_SHORTEST:
                end = i
        elif (apart := apart + 1) > _LIST_APART:
            break
    return end


def _scores(lines: Sequence[Judged], found: Mapping[int, int]) -> list[float]:
    """Return the scores of the lines; a paragraph alone among short lines counts less, as a teaser does."""
    scores = [_score(item) for item in lines]
    # Prose above the page's own headline is the teaser of another article.
    start = headline(lines) or 0
    scores[:start] = [min(s, _NEUTRAL) for s in scores[:start]]
    for i, item in enumerate(lines):
        if item.prose and not (_supported(lines, i, -1) or _supported(lines, i, 1)):
            scores[i] *= _ALONE
    for heading, end in found.items():
        begin = heading
        while 0 < begin <= len(lines) and lines[begin - 1].junk:
            begin -= 1
        scores[begin:end] = [0.0] * len(scores[begin:end])
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
    dated = not item.prose and item.line.weight < 60 and not item.line.credit and dated_line(item.line)
    if item.junk or dated:
        return _JUNK
    if item.prose:
        return min(item.line.weight / 100, _MOST)
    if item.line.bullet and item.line.weight > 30:
        return _LISTED
    if _picture(item) or item.line.section:
        return _NEUTRAL
    return _SHORT


def _best_stretch(lines: Sequence[Judged], found: Mapping[int, int]) -> tuple[int, int] | None:
    """Return the ends of the stretch with the greatest sum of scores (Kadane's algorithm)."""
    best, total, start = 0.0, 0.0, 0
    scores = _scores(lines, found)
    place: tuple[int, int] | None = None
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, place = total, (start, i)
    return place


def _cut(lines: Sequence[Judged], found: Mapping[int, int]) -> int:
    """Return the index of the heading after which other articles, rankings or comments follow."""
    gathered = 0.0
    start = headline(lines) or 0
    for i, item in enumerate(lines[start:], start):
        gathered = max(0.0, gathered + _score(item))
        if gathered < _ENOUGH:
            continue
        if remark(item) and any(remark(other) for other in lines[i + 1 :]):
            # Who made the remark stands on the line above, if not on its own.
            return i if item.line.text.endswith(":") else i - 1
        if i in found or not furniture().stop_heading(item.line.text, weak=True):
            continue
        following = lines[i + 1 : i + 1 + _LOOK_AHEAD]
        if sum(f.prose for f in following[:3]) <= 1 and _longest_run(following) < _RUN:
            return i
    return len(lines)


def remark(item: Judged) -> bool:
    """Whether the line is the stamp of a reader's remark."""
    return item.line.weight <= _REMARK_LONGEST and bool(_REMARK.search(item.line.text))


def _longest_run(lines: Sequence[Judged]) -> int:
    longest = run = 0
    for item in lines:
        run = run + 1 if item.prose else 0
        longest = max(longest, run)
    return longest
