"""What follows an article on its page: other articles and their leads, rankings, comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.domain.sources import SegmentKind
from briefer.intake.facts.dating import find_relative
from briefer.intake.facts.heads import dated_line, title_like
from briefer.intake.facts.published import contradicted
from briefer.intake.pasted.lines import Judged
from briefer.intake.pasted.words import furniture

_LEADS = frozenset({"related stories", "ranking"})
_OUTSIDE = "outside the article"
_NEAR = 12
_ALT = re.compile(r"^(?:an? )?(?:illustration|image|photo|picture|screenshot|graphic) of ", re.IGNORECASE)


@dataclass(frozen=True)
class Lead:
    """The lines ``first`` to ``last`` (included) are another article, or the beginning of one."""

    first: int
    last: int
    title: str | None
    publisher: str | None
    published: Dating


def read_rest(lines: Sequence[Judged], start: int, reference: datetime) -> tuple[Lead, ...]:
    """Label the lines from ``start`` on, and return the other articles among them."""
    leads: list[Lead] = []
    pending: list[int] = []
    why = _OUTSIDE
    for i in range(start, len(lines)):
        item = lines[i]
        stop = furniture().stop_heading(item.line.text, weak=i == start)
        if stop:
            why, pending = stop, []
            item.set(SegmentKind.FURNITURE, stop)
        elif item.junk and item.junk != "label":
            pending = []
            item.set(SegmentKind.FURNITURE, item.junk)
        elif item.prose and why in _LEADS and not _ALT.match(item.line.text):
            leads.append(_lead(lines, pending, i, reference))
            pending = []
        else:
            pending.append(i)
            item.set(SegmentKind.FURNITURE, item.junk or why)
    for lead in leads:
        for i in range(lead.first, lead.last + 1):
            lines[i].set(SegmentKind.EMBEDDED, "another article")
    return tuple(_trusted(leads, lines))


def _trusted(leads: Sequence[Lead], lines: Sequence[Judged]) -> Sequence[Lead]:
    """Return the leads without the days that were counted from the time of a file from another time."""
    references = {lead.published.reference for lead in leads if lead.published.basis is Basis.RELATIVE}
    text = "\n".join(item.line.text for item in lines) if references else ""
    wrong = {reference for reference in references if reference and contradicted(reference, text)}
    return [
        replace(lead, published=Dating(None, lead.published.as_written))
        if lead.published.reference in wrong
        else lead
        for lead in leads
    ]


def _lead(lines: Sequence[Judged], pending: Sequence[int], last: int, reference: datetime) -> Lead:
    near = [i for i in pending if last - i <= _NEAR]
    while near and lines[near[0]].junk == "label":
        near = near[1:]
    counts = Counter(lines[i].line.plain for i in near)
    titles = [i for i in near if title_like(lines[i]) and not _when(lines[i], reference)]
    title = max(titles, key=lambda i: (counts[lines[i].line.plain], i), default=None)
    if title is None:
        return Lead(last, last, None, None, UNDATED)
    wanted = lines[title].line.plain
    publisher, published = None, UNDATED
    for before, i in zip([None, *near], near, strict=False):
        found = _when(lines[i], reference)
        if found is None:
            continue
        published = found
        named = lines[before].line if before is not None else None
        if named and named.plain != wanted and named.weight <= 60 and not lines[i - 1].junk:
            publisher = named.text.strip("•· \t")
        break
    return Lead(near[0], last, lines[title].line.text, publisher, published)


def _when(item: Judged, reference: datetime) -> Dating | None:
    if item.line.weight > 60:
        return None
    written = dated_line(item.line) or find_relative(item.line.text, reference)
    return written.dating if written else None
