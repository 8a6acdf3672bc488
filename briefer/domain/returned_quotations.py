"""Finding the quotations of an export in the file that came back, and telling what became of them.

A quotation is looked for by the hidden bookmark of its block, which word processors keep; where that is lost or stands
on other text, by its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.hashing import text_sha256
from briefer.domain.likeness import Likeness, likeness, normal, ratio, window
from briefer.domain.manifests import QuotationRecord
from briefer.domain.returned import Returned
from briefer.domain.verification import Row, Shape, Subject, Verdict

_LEAST = 50.0  # below this a text is another one
_LEAST_ELSEWHERE = 65.0  # without a bookmark more is wanted
_MOST_SPLIT = 4
_UNALTERED = {Verdict.EXACT, Verdict.NORMALISED}


@dataclass(frozen=True)
class _Found:
    """Where a quotation was found: the place of its paragraph, None for nowhere."""

    at: int | None
    like: Likeness
    shape: Shape = Shape.WHOLE


class Body:
    """The paragraphs of a returned file, by their bookmarks and by their words."""

    def __init__(self, paragraphs: Sequence[Returned]) -> None:
        self.paragraphs = paragraphs
        self.normal = [normal(paragraph.text) for paragraph in paragraphs]
        self._places: dict[str, int] = {}
        self._by_text: dict[str, list[int]] = {}
        self._sections: list[int] = []
        section = -1
        for at, paragraph in enumerate(paragraphs):
            for name in paragraph.bookmarks:
                self._places.setdefault(name, at)
            if paragraph.heading and paragraph.bookmarks:
                section = at
            self._sections.append(section)
            if self.normal[at]:
                self._by_text.setdefault(self.normal[at], []).append(at)

    def place(self, anchor: str) -> int | None:
        """Return where the block of ``anchor`` begins, or None."""
        return self._places.get(bookmark_name(anchor)) if anchor else None

    def with_text(self, text: str, taken: Container[int] = ()) -> int | None:
        """Return the first paragraph of that normal text that is not taken, or None."""
        return next((at for at in self._by_text.get(text, ()) if at not in taken), None)

    def stretch(self, at: int) -> range:
        """Return a paragraph with those after it that belong to no other block, headings left out."""
        end = at + 1
        while (
            end < len(self.paragraphs)
            and not self.paragraphs[end].bookmarks
            and not self.paragraphs[end].heading
        ):
            end += 1
        return range(at, end)

    def section(self, at: int) -> int:
        """Return the place of the heading above, -1 where there is none."""
        return self._sections[at]

    def heading(self, at: int | None) -> str:
        """Return the text of the heading above, or nothing."""
        section = -1 if at is None else self._sections[at]
        return "" if section < 0 else " ".join(self.paragraphs[section].text.split())


def quotation_rows(records: Sequence[QuotationRecord], body: Body) -> Iterator[Row]:
    """Yield what became of each quotation, in the order of the export."""
    marked = [_at_bookmark(record, body) for record in records]
    taken = {found.at for found in marked if found and found.at is not None}
    found = [
        at_mark or _by_words(record, body, taken) for record, at_mark in zip(records, marked, strict=True)
    ]
    order = _in_order([f.at for f in found])
    for record, place, kept in zip(records, found, order, strict=True):
        yield _row(record, place, body, moved=not kept or _elsewhere(record, place.at, body))


def _row(record: QuotationRecord, found: _Found, body: Body, *, moved: bool) -> Row:
    like, missing = found.like, found.at is None
    above = body.place(record.section) if missing else found.at
    row = Row(
        Subject.QUOTATION,
        like.verdict,
        record.anchor,
        place=body.heading(above),
        recorded=record.shown,
        found=like.found,
        pieces=like.pieces,
        changed=like.changed,
        moved=moved and not missing,
        shape=found.shape,
        tracked=like.verdict not in _UNALTERED and _was_there(record, body),
    )
    if not record.edited and text_sha256(record.shown) != record.digest:
        return replace(row, verdict=Verdict.RECORD)
    return row


def _whole(record: QuotationRecord) -> str:
    return f"{record.lead}{record.shown}{record.tail}"


def _at_bookmark(record: QuotationRecord, body: Body) -> _Found | None:
    at, whole = body.place(record.anchor), _whole(record)
    if at is None:
        return None
    paragraph = body.paragraphs[at]
    wanted = normal(whole)
    if wanted == body.normal[at]:
        return _Found(at, likeness(whole, paragraph.text))
    if len(paragraph.bookmarks) > 1 and (inside := _inside(whole, paragraph.text)):
        return _Found(at, inside, Shape.JOINED)
    candidates = list(_candidates(at, body))
    if len(paragraph.bookmarks) > 1:
        inner = window(wanted, body.normal[at], _LEAST)
        candidates.append((at, inner, Shape.JOINED))
    scores = [ratio(wanted, normal(text)) for _, text, _ in candidates]
    best = max(range(len(scores)), key=scores.__getitem__)
    if scores[best] < _LEAST:
        return None
    place, text, shape = candidates[best]
    return _Found(place, _told(record, text), shape)


def _candidates(at: int, body: Body) -> Iterator[tuple[int, str, Shape]]:
    """Yield what may stand for the quotation of a bookmark: its paragraph, with some that follow, or one of these."""
    joined = ""
    for place in body.stretch(at)[:_MOST_SPLIT]:
        text = body.paragraphs[place].text
        yield place, text, Shape.WHOLE
        joined = f"{joined.rstrip()} {text.lstrip()}" if place > at else text
        if place > at:
            yield at, joined, Shape.SPLIT


def _inside(whole: str, text: str) -> Likeness | None:
    """Return how a quotation stands inside a longer text that has all its words, or None."""
    if whole in text:
        return Likeness(Verdict.EXACT, whole)
    return Likeness(Verdict.NORMALISED, whole) if normal(whole) in normal(text) else None


def _by_words(record: QuotationRecord, body: Body, taken: set[int]) -> _Found:
    """Look for a quotation all over: as it was, inside a longer paragraph, altered.

    ``taken`` are the paragraphs that stand for other quotations; what is found is added.
    """
    whole = _whole(record)
    wanted = normal(whole)
    at = body.with_text(wanted, taken)
    if at is not None:
        taken.add(at)
        return _Found(at, likeness(whole, body.paragraphs[at].text))
    for text in (wanted, normal(record.shown)):
        at = next((i for i, line in enumerate(body.normal) if text in line and text != line), None)
        if at is not None:
            inside = _inside(whole, body.paragraphs[at].text)
            return _Found(at, inside or _told(record, body.paragraphs[at].text), Shape.JOINED)
    scores = [
        0.0 if i in taken else ratio(wanted, line, _LEAST_ELSEWHERE) for i, line in enumerate(body.normal)
    ]
    best = max(range(len(scores)), key=scores.__getitem__, default=0)
    if not any(scores):
        return _Found(None, Likeness(Verdict.MISSING))
    taken.add(best)
    return _Found(best, _told(record, body.paragraphs[best].text))


def _told(record: QuotationRecord, text: str) -> Likeness:
    """Compare a paragraph with the recorded one; where only words around the quotation differ, say so."""
    like = likeness(_whole(record), text)
    if like.verdict is Verdict.ALTERED and _only_around(record, text):
        return replace(like, verdict=Verdict.AROUND)
    return like


def _only_around(record: QuotationRecord, text: str) -> bool:
    """Whether the quotation stands whole between what may differ: the words before and after it."""
    before, shown, after = normal(text).partition(normal(record.shown))
    # Words put directly before or after a quotation that had nothing there read as part of it.
    added_before = before.strip() and not normal(record.lead)
    added_after = after.strip() and not normal(record.tail)
    return bool(shown) and not added_before and not added_after


def _was_there(record: QuotationRecord, body: Body) -> bool:
    """Whether the quotation is as it was when all tracked changes are refused."""
    wanted = normal(_whole(record))
    at = body.place(record.anchor)
    near = body.stretch(at) if at is not None else range(len(body.paragraphs))
    return any(
        paragraph.before != paragraph.text and wanted in normal(paragraph.before)
        for paragraph in (body.paragraphs[i] for i in near)
    )


def _elsewhere(record: QuotationRecord, at: int | None, body: Body) -> bool:
    """Whether a quotation stands under another heading than at the export, as far as that is still there."""
    section = body.place(record.section)
    return at is not None and section is not None and body.section(at) != section


def _in_order(places: Sequence[int | None]) -> list[bool]:
    """Return which places are among a longest run that keeps the order; None keeps it always."""
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for index, place in enumerate(places):
        if place is None:
            continue
        # Two quotations in one paragraph are in order: equal places may follow one another.
        at = bisect_left(ends, place + 1)
        before[index] = last[at - 1] if at else None
        ends[at : at + 1] = [place]
        last[at : at + 1] = [index]
    kept = [place is None for place in places]
    following: int | None = last[-1] if last else None
    while following is not None:
        kept[following] = True
        following = before[following]
    return kept
