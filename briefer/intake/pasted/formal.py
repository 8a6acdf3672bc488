"""Agreements, declarations, speeches, submissions: texts with a form of their own and no site between their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer.domain.sources import SegmentKind
from briefer.intake.facts.heads import byline, dated_line
from briefer.intake.facts.kinds import Form
from briefer.intake.pasted.lines import Judged, Line

_PART = re.compile(
    r"^(?:(?:article|artikel|artículo|articolo|artigo|chapter|part|section|annex|appendix|schedule|title)\s"
    r"(?:\d{1,3}|[IVXLC]{1,7}|[A-Z]|one|two|three)\b[\s.:–—-]*.{0,100}|(?:annex|preamble|附属書|前文|末文|附則)"
    r"|第\s?[\d０-９一二三四五六七八九十百]+\s?[条章節部款](?!の規定).{0,60})$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:between|and|of|the|on|for|concerning|regarding|to|with|in|by|at|und|et)$|[、と及の]$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:between|and|of|on|for|concerning|regarding|to|with|in|by|at|with a view|und|et)\b|^(?:と|及び|に関する)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^[(（]?[a-z\d]{1,3}[.)）]\s")
_UNFINISHED = (",", "、", ";", "；", ":", "：")
_HEADING_LONGEST = 120
_TITLE_LINES = 8
_HEAD_LINES = 4
_ABOVE = 6
_FOOT_LINES = 16
_FULL = 60


def judge_formal(
    judged: Sequence[Judged], form: Form, title: str | None, cut: int
) -> tuple[str | None, int, int]:
    """Judge the title and every line of the text below it, up to ``cut`` at most.

    Returns:
        The title (as given, where one was) and the indexes of the first and the last line of the body.
    """
    first = form.first
    above = range(max(0, first - _ABOVE), first)
    start = form.title if form.title is not None else next((i for i in above if _name(judged[i])), None)
    if start is not None:
        found, first = _title(judged, form, start)
        title = title or found
    for i in range(first, min(first + _HEAD_LINES, form.first)):
        if dated_line(judged[i].line) or byline(judged[i].line):
            first = i + 1
    last = _last(judged, form, first, cut)
    before: Line | None = None
    for i in range(first, last + 1):
        item = judged[i]
        if item.line.only_marks or (item.junk and not _worded(item.line)):
            item.set(SegmentKind.FURNITURE, item.junk or "no words")
            continue
        heads = i < last and _heading(item.line, judged[i + 1].line, before)
        item.set(SegmentKind.HEADING if heads else SegmentKind.PARAGRAPH)
        item.glued = judged[i - 1].kind is item.kind is SegmentKind.PARAGRAPH and _wrapped(
            judged[i - 1].line, item.line
        )
        before = item.line
    return title, first, last


def _worded(line: Line) -> bool:
    """Whether a line that lists take for furniture is rather a sentence, or an item, of the text."""
    return line.ended or line.bullet or bool(_ITEM.match(line.text)) or line.text.endswith(_UNFINISHED)


def _title(judged: Sequence[Judged], form: Form, start: int) -> tuple[str, int]:
    """Mark the title, which may take several lines; return it and the index of the line below it."""
    below = judged[start + 1]
    if form.label and start + 1 < form.first and not _GOES_ON.match(below.line.text) and _name(below):
        start += 1
    end = start + 1
    while end < form.first and end - start < _TITLE_LINES and _runs_on(judged[end - 1].line, judged[end]):
        end += 1
    for i in range(start, end):
        judged[i].set(SegmentKind.TITLE)
        judged[i].glued = i > start
    return " ".join(item.line.text for item in judged[start:end]), end


def _name(item: Judged) -> bool:
    line = item.line
    return not (
        item.prose
        or item.junk
        or line.ended
        or line.text.endswith(_UNFINISHED)
        or dated_line(line)
        or _PART.match(line.text)
    )


def _runs_on(line: Line, below: Judged) -> bool:
    if not _name(below):
        return False
    return bool(_OPEN.search(line.text) or _GOES_ON.match(below.line.text)) or (
        below.line.gap == 0 and below.line.lower_start
    )


def _last(judged: Sequence[Judged], form: Form, first: int, cut: int) -> int:
    """Return the last line of the text: its last sentence, and what is signed below that."""
    last = max(form.last, first)
    for i in range(last, cut):
        if not judged[i].junk and (
            judged[i].prose or judged[i].line.ended or _PART.match(judged[i].line.text)
        ):
            last = i
    for i in range(last + 1, min(last + 1 + _FOOT_LINES, cut)):
        if judged[i].junk and not (judged[i].line.bullet or _ITEM.match(judged[i].line.text)):
            break
        last = i
    return last


def _wrapped(above: Line, line: Line) -> bool:
    """Whether the line goes on with a sentence that a fixed width has broken."""
    if line.gap or line.bullet or above.ended or above.text.endswith((":", "：", ";", "；", "、", "は、")):
        return False
    if line.lower_start:
        return above.weight >= _FULL // 2
    return above.weight >= _FULL and not above.text.endswith(",")


def _heading(line: Line, below: Line, above: Line | None) -> bool:
    if _PART.match(line.text):
        return True
    if (
        line.ended
        or line.weight > _HEADING_LONGEST
        or line.text.endswith(_UNFINISHED)
        or line.lower_start
        or line.bullet
        or (below.lower_start and not below.gap)
    ):
        return False
    if above is not None and _PART.match(above.text):
        return True
    return line.gap > 0 and (below.ended or below.bullet) and (above is None or above.ended)
