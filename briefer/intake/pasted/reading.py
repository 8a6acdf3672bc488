"""Lines into a reading: each stage judges what the stages before it have left open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefer.domain.sources import Embedded, Reading, Segment, SegmentKind
from briefer.domain.spans import Span
from briefer.intake.facts.dating import find_dates
from briefer.intake.facts.heads import (
    Head,
    byline,
    choose_title,
    counted_line,
    dated_line,
    read_foot,
    read_head,
    stated_publisher,
)
from briefer.intake.facts.kinds import form_of
from briefer.intake.pasted.body import judge_body, mark_glued_lead
from briefer.intake.pasted.formal import judge_formal
from briefer.intake.pasted.insets import mark_resumed, with_last_sentences
from briefer.intake.pasted.line_model import LineModel, line_model
from briefer.intake.pasted.lines import Judged, Line, judge
from briefer.intake.pasted.related import Lead, read_rest
from briefer.intake.pasted.words import bare, furniture, key
from briefer.intake.pasted.zones import Zone, find_zone

# The line model knows pages of some hundred lines; what is many times as long is no page, and would take seconds.
MOST_MODELLED = 4_000
_STANDFIRST_LONGEST = 330
# The label of a memo's or a pasted message's subject, which is no part of it.
_SUBJECT = re.compile(r"(?:subject|betreff|objet|asunto|oggetto|件名|題名)\s*[:：]\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """A reading, what the head of the text tells, and the judged lines."""

    reading: Reading
    head: Head
    lines: tuple[Judged, ...]


def read_lines(
    lines: Sequence[Line], reference: datetime, title: str | None = None, model: LineModel | None = None
) -> Read:
    """Judge the lines of a text: by rules, over which the line model goes, and by rules again.

    ``title`` is given where the document states it apart from its text; ``model`` takes the place of ours.
    """
    judged = [judge(line) for line in lines]
    zone = find_zone(judged)
    form = None if any(line.tag for line in lines) else form_of([line.text for line in lines])
    if form:
        cut = zone.cut if zone and zone.cut > form.last else len(judged)
        title, first, last = judge_formal(judged, form, title, cut)
        return _finished(judged, title, Zone(first, last, cut), reference)
    if zone is None:
        return _without_prose(judged, reference)
    if len(judged) <= MOST_MODELLED:
        rough = rough_reading(judged, zone, reference, title)
        revised, kept = (model or line_model()).revise(rough.lines, zone, rough.title)
        for item, keep in zip(judged, kept, strict=True):
            item.kept = keep
        zone = revised if zone.resumed is None else _with_resumed(judged, revised, zone)
    return read_zone(judged, zone, reference, title)


def _with_resumed(judged: Sequence[Judged], revised: Zone, zone: Zone) -> Zone:
    """Return the place as the model sees it, with the paragraphs that the rules found below a box."""
    assert zone.resumed is not None
    for item in judged[zone.resumed : zone.last + 1]:
        item.kept = None
    return replace(revised, last=max(revised.last, zone.last), resumed=zone.resumed)


@dataclass(frozen=True)
class Rough:
    """The lines as the rules alone judge those of the article and above it, and the title they have chosen."""

    lines: tuple[Judged, ...]
    title: str | None


def rough_reading(
    judged: Sequence[Judged], zone: Zone, reference: datetime, title: str | None = None
) -> Rough:
    """Return what the rules say of the lines, which are left as they are."""
    lines = [replace(item) for item in judged]
    title, _, _ = _judge_zone(lines, zone, reference, title)
    return Rough(tuple(lines), title)


def read_zone(judged: list[Judged], zone: Zone, reference: datetime, title: str | None = None) -> Read:
    """Judge lines among which the place of the article is known."""
    title, head, last = _judge_zone(judged, zone, reference, title)
    end = with_last_sentences(judged, last, zone.cut)
    for item in judged[last + 1 : end + 1]:
        item.set(SegmentKind.PARAGRAPH)
    if zone.resumed is not None:
        mark_resumed(judged, zone.resumed, end)
    last = end
    return _below(judged, title, head, Zone(zone.first, last, zone.cut), reference)


def _finished(judged: list[Judged], title: str | None, zone: Zone, reference: datetime) -> Read:
    """Read what stands above and below a body that is judged already."""
    head = read_head(judged, zone.first, title, reference)
    _above(judged, zone.first)
    return _below(judged, title, head, zone, reference)


def _below(judged: list[Judged], title: str | None, head: Head, zone: Zone, reference: datetime) -> Read:
    """Judge what stands below the article, which ends with ``zone.last``."""
    last = zone.last
    for item in judged[last + 1 : zone.cut]:
        if not _foot(item):
            item.set(SegmentKind.FURNITURE, item.junk or "outside the article")
    leads = read_rest(judged, max(zone.cut, last + 1), reference)
    mark_glued_lead(judged, title)
    head = read_foot(judged[last + 1 :], head)
    if head.publisher is None:
        outside = [item for item in judged if item.kind is not SegmentKind.EMBEDDED]
        head = replace(head, publisher=stated_publisher(outside))
    return Read(build(judged, leads), head, tuple(judged))


def _judge_zone(
    judged: list[Judged], zone: Zone, reference: datetime, title: str | None
) -> tuple[str | None, Head, int]:
    """Judge the article and what stands above it; return the title, the head and the article's last line."""
    if title is None:
        index = choose_title(judged, zone.first, zone.last)
        title = None if index is None else _whole_title(judged, index)
    first = _after_head(judged, zone, title, reference)
    head = read_head(judged, first, title, reference)
    _above(judged, first)
    return title, head, judge_body(judged, first, zone.last)


def _whole_title(judged: Sequence[Judged], index: int) -> str:
    """Return the title; where it runs on in the line below, that line is taken in."""
    title = re.sub(r"^#+\s+", "", judged[index].line.text)
    if subject := _SUBJECT.match(title):
        judged[index].set(SegmentKind.TITLE)
        return title[subject.end() :]
    below = judged[index + 1] if index + 1 < len(judged) else None
    if (
        below is None
        or below.line.gap
        or not below.line.lower_start
        or below.prose
        or below.line.weight > 160
    ):
        return title
    judged[index].set(SegmentKind.TITLE)
    below.set(SegmentKind.TITLE)
    below.glued = True
    return f"{title} {below.line.text}"


def _without_prose(judged: list[Judged], reference: datetime) -> Read:
    """A few short lines, such as a note: all of it is the body but for what is plainly furniture."""
    for item in judged:
        if item.junk or item.line.only_marks:
            item.set(SegmentKind.FURNITURE, item.junk or "no words")
        else:
            item.set(SegmentKind.PARAGRAPH)
    kept = [i for i, item in enumerate(judged) if item.body]
    title = None
    if len(kept) > 1 and not judged[kept[0]].line.ended:
        judged[kept[0]].set(SegmentKind.TITLE)
        title = judged[kept[0]].line.text
        head = read_head(judged, kept[0], title, reference)
    else:
        head = Head()
    return Read(build(judged, ()), head, tuple(judged))


def _after_head(judged: list[Judged], zone: Zone, title: str | None, reference: datetime) -> int:
    """Mark the title's occurrences and return where the body begins, below title, date and names."""
    first = zone.first
    if title:
        first = _mark_title(judged, zone, bare(title))
    early = range(first, min(first + 4, zone.last))
    # A date below text, where date or name stand above it already, is that of a picture.
    named = any(dated_line(item.line) or byline(item.line) for item in judged[max(0, first - 4) : first])
    for i in early:
        line = judged[i].line
        above = [item for item in judged[first:i] if item.prose]
        if sum(item.line.weight for item in above) > (0 if named else _STANDFIRST_LONGEST):
            break
        if dated_line(line) or byline(line) or counted_line(line, reference):
            first = i + 1
    return first


def _mark_title(judged: list[Judged], zone: Zone, wanted: str) -> int:
    first, seen = zone.first, False
    for i, item in enumerate(judged[: zone.last + 1]):
        plain = item.line.plain
        if plain == wanted:
            item.set(SegmentKind.FURNITURE if seen else SegmentKind.TITLE, "title repeated" if seen else "")
            seen = True
            if zone.first <= i < zone.first + 6:
                first = i + 1
        elif i < 5 and len(wanted) > 20 and plain.startswith(wanted) and len(plain) < len(wanted) + 60:
            item.set(SegmentKind.FURNITURE, "title repeated")
            first = max(first, i + 1) if i >= zone.first else first
    return first


def _above(judged: Sequence[Judged], first: int) -> None:
    """Name what stands above the body and is neither title, date nor name."""
    titled = False
    for item in judged[:first]:
        if item.kind is SegmentKind.TITLE:
            titled = True
        elif item.kind is SegmentKind.FURNITURE and not item.why:
            item.why = item.junk or "head of the page"
            if item.prose and titled and not item.junk:
                _standfirst(item)


def _standfirst(item: Judged) -> None:
    text = item.line.text
    cue = furniture().caption_inside.inside(key(text)) or any(
        w.dating.value is None for w in find_dates(text)
    )
    if cue and item.line.weight < _STANDFIRST_LONGEST:
        item.set(SegmentKind.CAPTION, "caption")
    else:
        item.why = "standfirst"


def _foot(item: Judged) -> bool:
    """Label a date or a name below the body; return whether it was one."""
    if dated_line(item.line):
        item.set(SegmentKind.DATELINE)
    elif byline(item.line):
        item.set(SegmentKind.BYLINE)
    else:
        return False
    return True


def build(judged: Sequence[Judged], leads: Sequence[Lead]) -> Reading:
    """Return the reading that the judged lines amount to."""
    segments: list[Segment] = []
    embedded: list[Embedded] = []
    starts = {lead.first: lead for lead in leads}
    number = i = 0
    while i < len(judged):
        item = judged[i]
        lead = starts.get(i)
        if lead:
            span = Span(judged[lead.first].line.start, judged[lead.last].line.end)
            segments.append(Segment(span, SegmentKind.EMBEDDED, why="another article"))
            embedded.append(Embedded(span, lead.title, lead.publisher, lead.published))
            i = lead.last + 1
            continue
        end = i + 1
        while end < len(judged) and judged[end].glued:
            end += 1
        if item.body:
            number += 1
        span = Span(item.line.start, judged[end - 1].line.end)
        segments.append(Segment(span, item.kind, number if item.body else None, item.why, item.doubt))
        i = end
    return Reading(tuple(segments), tuple(embedded))
