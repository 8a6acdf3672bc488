"""The title of a page among those that it states and shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefer.domain.sources import How
from briefer.intake.facts.claims import Claims, letters
from briefer.intake.pasted.lines import words_of

_CUT = re.compile(r"\s+[|–—:·•»«~/\\-]+\s+|\s?[｜]\s?|\s+::\s+|(?<=[\u3040-\u9fff])\s?[-–—|]\s?")
_LONGEST = 300
_SUFFIX_LONGEST = 60
_HEAD_SHORTEST = 7
_ALIKE = 0.6
_CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.)$")


@dataclass(frozen=True)
class Stated:
    """A title that the page states for machines, and where."""

    text: str
    where: str
    confidence: float


def without_site(title: str, sites: Iterable[str], shown: Mapping[str, str]) -> tuple[str, str | None]:
    """Return a title without the site's name at its end or start, and that name where it was cut off.

    ``shown`` are the page's blocks by their letters. What follows the last stroke is a site's name if it is
    known as one, or if the rest stands on the page by itself and the whole does not.
    """
    known = {letters(site) for site in sites} - {""}
    cuts = [(m.start(), m.end()) for m in _CUT.finditer(title)]
    if not cuts:
        return title, None
    whole_ends = [(s, e) for s, e in cuts if letters(title[e:]) in known]
    if whole_ends:
        start, end = whole_ends[0]
        site = title[end:].strip()
        return without_site(title[:start].strip(), sites, shown)[0], site
    start, end = cuts[0]
    if letters(title[:start]) in known:
        return title[end:].strip(), title[:start].strip()
    if letters(title) in shown:
        return title, None
    for start, end in cuts:
        head, tail = title[:start].strip(), title[end:].strip()
        if len(letters(head)) > _HEAD_SHORTEST and letters(head) in shown:
            return head, tail if 2 < len(tail) <= _SUFFIX_LONGEST and not _CUT.search(tail) else None
    return title, None


def alike(one: str, other: str) -> float:
    """Return how much of the shorter of two titles the other has (0 to 1), by stems of words."""
    if letters(one) == letters(other):
        return 1.0
    first, second = words_of(one), words_of(other)
    shared = len(first & second)
    return 0.99 * shared / min(len(first), len(second)) if shared >= 2 else 0.0


def claim_title(
    claims: Claims, stated: Sequence[Stated], headings: Sequence[str], shown: Mapping[str, str]
) -> None:
    """Claim the title: the heading that the page shows and its stated titles bear out, else what it states."""
    for heading in headings:
        if not letters(heading) or len(heading) > _LONGEST:
            continue
        score = max((alike(heading, s.text) for s in stated), default=0.0)
        if score >= _ALIKE:
            claims.add("title", heading, How.WRITTEN, 0.85 + 0.12 * (score == 1.0), "heading of the page")
    alone = {letters(h): h for h in headings if letters(h)}
    if not stated and len(alone) == 1:
        claims.add("title", headings[0], How.WRITTEN, 0.7, "heading of the page")
    for s in stated:
        on_page = shown.get(letters(s.text))
        whole = None if on_page else _completed(s.text, shown.values())
        # As the page shows it: with its own quotation marks, say.
        text = on_page or whole or s.text
        claims.add("title", text, How.STATED, s.confidence + (0.1 if on_page else 0.0), s.where)


def _completed(title: str, blocks: Iterable[str]) -> str | None:
    """Return the block of the page that a shortened title begins, if one does."""
    if not _CUT_SHORT.search(title):
        return None
    start = letters(title)
    found = (b for b in blocks if len(b) <= _LONGEST and letters(b).startswith(start))
    return next(found, None) if len(start) > 15 else None
