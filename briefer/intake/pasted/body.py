"""The lines inside the article: paragraphs, headings, captions, and what does not belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer.domain.sources import SegmentKind
from briefer.intake.facts.heads import title_like
from briefer.intake.pasted.lines import Judged, words_of
from briefer.intake.pasted.words import furniture, key

_HEADING_LONGEST = 170
_CAPTION_LONGEST = 360
_PICTURE = re.compile(
    r"[（(][^()（）]*(?:photo|file pic|getty|/ap\b|/afp|/reuters|via ap|shutterstock|写真|撮影|提供)[^()（）]*[)）]\.?$",
    re.IGNORECASE,
)
_HEADING_FOR = 2
DOUBT = "may be the lead of another article"
_LEAD_LONGEST = 3
_LEAD_SHORTEST = 100


def judge_body(judged: Sequence[Judged], first: int, last: int) -> int:
    """Judge the lines ``first`` to ``last`` of the article and those headings just above it.

    Returns:
        The index of the last line that belongs to the article.
    """
    spaced = _spaced(judged, first, last)
    skipping = ""
    for i in range(first, last + 1):
        item = judged[i]
        if item.kind is SegmentKind.TITLE or item.why == "title repeated":
            continue
        # The number of an entry may stand on a line of its own.
        if skipping and not item.prose and not item.line.ended and item.junk in {"", "page number"}:
            item.set(SegmentKind.FURNITURE, skipping)
            continue
        skipping = item.junk if furniture().stop_heading(item.line.text) else ""
        if item.junk or item.line.only_marks:
            item.set(SegmentKind.FURNITURE, item.junk or "no words")
        elif item.kept is False and not _of_picture(judged, i, last):
            item.set(SegmentKind.FURNITURE, "outside the article")
        elif not _caption(judged, i, first, spaced=spaced):
            _text(judged, i, last)
    last = _without_tail(judged, first, last)
    _leading_headings(judged, first, last)
    _glue(judged, first, last)
    return last


def _of_picture(judged: Sequence[Judged], i: int, last: int) -> bool:
    """Whether the line may be the caption or the credit of a picture, which is told below."""
    line = judged[i].line
    return (
        line.credit
        or line.tag == "figcaption"
        or (i < last and judged[i + 1].line.credit and not judged[i + 1].kept)
    )


def _spaced(judged: Sequence[Judged], first: int, last: int) -> bool:
    """Whether blank lines part the paragraphs of this text."""
    prose = [item.line.gap > 0 for item in judged[first : last + 1] if item.prose]
    return sum(prose) > len(prose) * 0.7


def _caption(judged: Sequence[Judged], i: int, first: int, *, spaced: bool) -> bool:
    """Judge a caption, or the credit of a picture with the caption above it; return whether it was one."""
    item = judged[i]
    text = item.line.text
    if item.line.weight > _CAPTION_LONGEST:
        return False
    if item.line.tag == "figcaption" or text.endswith("|") or _PICTURE.search(text):
        item.set(SegmentKind.CAPTION, "caption")
        return True
    if not item.line.credit:
        return not item.prose and not item.line.bullet and _labelled(item)
    above = judged[i - 1] if i > first else None
    captioned = above is not None and (
        above.kind is SegmentKind.CAPTION
        or (above.line.weight <= _CAPTION_LONGEST and spaced and item.line.gap == 0)
        or (above.line.weight <= _CAPTION_LONGEST and not above.line.ended and above.body)
    )
    named = re.match(r"[(A-Z]", text) and (text.isupper() or text.startswith("("))
    if named and not captioned:
        return False
    item.set(SegmentKind.CAPTION, "credit of a picture")
    if captioned and above is not None and above.body:
        above.set(SegmentKind.CAPTION, "caption")
    return True


def _labelled(item: Judged) -> bool:
    folded = key(item.line.text)
    if not (furniture().caption_start.begin(folded) or furniture().caption_inside.inside(folded)):
        return False
    item.set(SegmentKind.CAPTION, "caption")
    return True


def _text(judged: Sequence[Judged], i: int, last: int) -> None:
    item = judged[i]
    line = item.line
    following = judged[i + 1] if i < last else None
    below = judged[i + 2] if i + 1 < last else None
    if item.prose or line.bullet or (line.ended and line.linked < 0.8):
        heading = line.tag in {"h1", "h2", "h3", "h4", "h5", "h6"} or _numbered_heading(item, following)
        item.set(SegmentKind.HEADING if heading and following else SegmentKind.PARAGRAPH)
    elif _continues(judged, i) or _goes_on(item, following):
        item.set(SegmentKind.PARAGRAPH)
    elif following is not None and _heading(item, following, below):
        colon = line.text.endswith((":", "：")) and line.weight > 25
        item.set(SegmentKind.PARAGRAPH if colon else SegmentKind.HEADING)
    elif item.kept or line.weight > _HEADING_LONGEST:
        item.set(SegmentKind.PARAGRAPH)
    else:
        item.set(SegmentKind.FURNITURE, "short line")


def _numbered_heading(item: Judged, following: Judged | None) -> bool:
    """Whether a numbered line is a heading rather than an item of a list."""
    line = item.line
    if item.prose or line.ended or following is None or following.line.bullet:
        return False
    starts = following.prose or following.line.text.endswith((":", "："))
    return line.weight <= _HEADING_LONGEST and starts and not re.match(r"[•*\-–—・]", line.text)


def _continues(judged: Sequence[Judged], i: int) -> bool:
    """Whether the line goes on with a paragraph that stopped in the middle of a sentence."""
    above = judged[i - 1] if i else None
    return bool(above and above.body and above.prose and not above.line.ended and judged[i].line.lower_start)


def _goes_on(item: Judged, following: Judged | None) -> bool:
    """Whether a long line stops in the middle of a sentence that the next one finishes."""
    return following is not None and following.prose and following.line.lower_start and item.line.weight >= 60


def _heading(item: Judged, following: Judged, below: Judged | None) -> bool:
    line = item.line
    if line.weight > _HEADING_LONGEST or line.lower_start or line.linked > 0.8 or following.junk:
        return False
    if line.tag == "" and line.gap == 0 and following.line.gap == 0 and line.weight < 12:
        return False
    if following.prose or following.line.bullet:
        return True
    return not following.line.ended and (
        title_like(following) or bool(line.section and below and below.prose)
    )


def _without_tail(judged: Sequence[Judged], first: int, last: int) -> int:
    """Take headings that nothing follows off the end, and return the last line that is left."""
    end = last
    while end > first and not judged[end].body:
        end -= 1
    while end > first and judged[end].kind is SegmentKind.HEADING:
        judged[end].set(SegmentKind.FURNITURE, "short line")
        end -= 1
    return end


def _leading_headings(judged: Sequence[Judged], first: int, last: int) -> None:
    """Take the heading above the first paragraph in, where the text has such headings."""
    others = sum(other.kind is SegmentKind.HEADING for other in judged[first : last + 1])
    for item in reversed(judged[max(0, first - 2) : first]):
        line = item.line
        if item.kind is not SegmentKind.FURNITURE or item.junk or item.why == "title repeated" or item.prose:
            return
        if not (line.known_heading or (others >= _HEADING_FOR and (line.section or line.tag[:1] == "h"))):
            return
        item.set(SegmentKind.HEADING)


def _glue(judged: Sequence[Judged], first: int, last: int) -> None:
    """Join paragraphs that the end of a page has broken."""
    for i in range(first + 1, last + 1):
        above, item = judged[i - 1], judged[i]
        if (
            not (above.kind is item.kind is SegmentKind.PARAGRAPH)
            or item.line.bullet
            or above.line.weight < 60
        ):
            continue
        if above.line.ended or above.line.text.endswith((":", "：", ";", "；")):
            continue
        item.glued = item.line.lower_start or _japanese_break(above, item)


def _japanese_break(above: Judged, item: Judged) -> bool:
    wide = above.line.weight > 1.6 * len(above.line.text) and item.line.weight > 1.6 * len(item.line.text)
    return wide and above.prose and item.line.ended


def mark_glued_lead(judged: Sequence[Judged], title: str | None) -> None:
    """Mark the first paragraphs as doubtful where they share nothing with the title, and the next does."""
    wanted = words_of(title or "")
    paragraphs = [item for item in judged if item.kind is SegmentKind.PARAGRAPH and not item.glued]
    if len(wanted) < 3:
        return
    for count, item in enumerate(paragraphs[: _LEAD_LONGEST + 1]):
        shared = len(wanted & words_of(item.line.text))
        if shared == 0 and not item.line.bullet:
            continue
        if count and shared >= 2 and sum(p.line.weight for p in paragraphs[:count]) >= _LEAD_SHORTEST:
            for lead in paragraphs[:count]:
                lead.doubt = DOUBT
        return
