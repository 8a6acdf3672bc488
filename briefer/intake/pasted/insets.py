"""Boxes that a page puts between two paragraphs of its article: an advertisement, rankings, related stories."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer.intake.facts.heads import byline, dated_line
from briefer.intake.pasted.lines import Judged, words_of
from briefer.intake.pasted.words import furniture

DOUBT = "stands below a list of other articles"
_LONGEST = 12
_ABOVE = 40
_SHARED = 3
_SURE = 3
_CLOSING = 3
_RANKED = re.compile(r"^[(（]?\d{1,2}(?:[.)）:位]\s?|\s)\S")


def boxes(lines: Sequence[Judged]) -> dict[int, int]:
    """Return the index of each heading that begins a box, and of the paragraph that stands below the box."""
    headings = (i for i, item in enumerate(lines) if furniture().stop_heading(item.line.text))
    return {i: below for i in headings if (below := _resumes(lines, i)) is not None}


def _resumes(lines: Sequence[Judged], stop: int) -> int | None:
    """Return the index of the paragraph with which the article goes on below a heading such as "Most read".

    A blank line parts it from the box. No lead follows the numbered entries of a ranking; below others, which stand
    close together, it speaks of what the article spoke of, and not of what they do, as another article's lead would.
    """
    for i in range(stop + 1, min(stop + 1 + _LONGEST, len(lines))):
        item = lines[i]
        if not item.prose:
            continue
        if not item.line.gap or item.line.tag or item.line.bullet:
            return None
        entries = [other for other in lines[stop + 1 : i] if not _marks(other)]
        ranked = all(_ranked(lines, j) for j in range(stop + 1, i) if not _marks(lines[j]))
        if not entries or (not ranked and any(other.line.gap for other in entries)):
            return None
        if ranked:
            return i
        own = words_of(item.line.text)
        before = [other for other in lines[max(0, stop - _ABOVE) : stop] if other.prose]
        above = frozenset(w for other in before for w in words_of(other.line.text))
        titles = frozenset(w for other in entries for w in words_of(other.line.text))
        return i if len(own & above) >= _SHARED and not own & titles else None
    return None


def _ranked(lines: Sequence[Judged], i: int) -> bool:
    """Whether a line is an entry with its number, which may stand on the line above."""
    return bool(_RANKED.match(lines[i].line.text)) or lines[i - 1].line.text.strip(".)").isdigit()


def _marks(item: Judged) -> bool:
    return bool(item.junk) or item.line.only_marks


def mark_resumed(lines: Sequence[Judged], resumed: int, last: int) -> None:
    """Mark what stands below a box as doubtful, unless so much follows that it can only be the article."""
    below = [item for item in lines[resumed : last + 1] if item.body]
    if sum(item.prose for item in below) < _SURE:
        for item in below:
            item.doubt = item.doubt or DOUBT


def with_last_sentences(lines: Sequence[Judged], last: int, cut: int) -> int:
    """Return the end of the article: ``last``, or that of the few short sentences right below it that close it."""
    end = last
    while end + 1 < cut and end - last < _CLOSING and _short_sentence(lines[end + 1], lines[last]):
        end += 1
    after = lines[end + 1] if end + 1 < cut else None
    closes = after is None or after.junk or dated_line(after.line) or byline(after.line)
    return end if closes else last


def _short_sentence(item: Judged, above: Judged) -> bool:
    line = item.line
    if line.tag or item.junk or item.prose or not line.ended or line.gap != above.line.gap:
        return False
    if line.only_marks or line.credit or line.lower_start or furniture().caption_start.begin(line.plain):
        return False
    return not (dated_line(line) or byline(line))
